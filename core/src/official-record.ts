/**
 * The rows of the official files, read strictly: `lutteurs.csv` (wrestlers) and `combats.csv` (bouts).
 *
 * Invariants: an empty cell stays null, nothing is completed; a row is read whole or refused with every reason found in it.
 */
import { foldName } from './name.ts';
import { type CellReader, type Cells, cellReader } from './official-cells.ts';
import { type Reason, reason } from './official-reasons.ts';
import type { PartialDate } from './partial-date.ts';

export type Confidence = 'high' | 'medium' | 'low';
/** Who may see a row: everybody, a reviewer first, or nobody until it is confirmed. */
export type Publication = 'published' | 'pending_review' | 'held';
export type WrestlerStatus = 'active' | 'retired' | 'deceased';
export type BoutResult = 'win' | 'draw' | 'no_verdict' | 'double_disqualification' | 'planned';
export type BoutMethod =
  | 'fall'
  | 'four_supports'
  | 'ko'
  | 'medical_stop'
  | 'abandon'
  | 'decision'
  | 'warnings'
  | 'draw'
  | 'no_verdict'
  | 'double_disqualification';

export interface OfficialWrestler {
  readonly officialId: string;
  readonly ringName: string;
  readonly legalName: string | null;
  /** Partial date text; a year alone when the day is unknown. */
  readonly bornOn: string | null;
  readonly birthPlace: string | null;
  readonly heightCm: number | null;
  readonly weightKg: number | null;
  /** As the source names them; `hasLeft` for "(ex-…)". */
  readonly stables: readonly { readonly name: string; readonly hasLeft: boolean }[];
  readonly aliases: readonly string[];
  readonly status: WrestlerStatus | null;
  /** First season of wrestling with strikes. */
  readonly debutYear: number | null;
  readonly record: OfficialTally | null;
  readonly titles: readonly string[];
  readonly notes: string | null;
  readonly sources: readonly string[];
  readonly confidence: Confidence;
}

/** The record as a source states it on a date, full or partial; draws and no verdicts may be unknown. */
export interface OfficialTally {
  readonly wins: number;
  readonly losses: number;
  readonly draws: number | null;
  readonly noVerdicts: number | null;
  readonly asOf: string;
}

export interface OfficialBout {
  readonly officialId: string;
  readonly heldOn: PartialDate | null;
  readonly arena: string | null;
  readonly nameA: string;
  readonly nameB: string;
  readonly result: BoutResult;
  readonly winner: 'A' | 'B' | null;
  readonly method: BoutMethod | null;
  readonly durationSeconds: number | null;
  readonly title: string | null;
  readonly promoter: string | null;
  readonly initialVerdict: string | null;
  readonly notes: string | null;
  readonly sources: readonly string[];
  readonly confidence: Confidence;
}

export const WRESTLER_COLUMNS = [
  'id',
  'nom_arene',
  'nom_legal',
  'date_naissance',
  'annee_naissance',
  'lieu_naissance',
  'taille_m',
  'poids_kg',
  'ecurie',
  'surnoms',
  'statut',
  'annee_debut_frappe',
  'victoires',
  'defaites',
  'nuls',
  'sans_verdict',
  'bilan_au',
  'titres',
  'notes',
  'source',
  'confidence',
] as const;

export const BOUT_COLUMNS = [
  'id',
  'date',
  'lieu',
  'lutteur_a',
  'lutteur_b',
  'resultat',
  'vainqueur',
  'methode',
  'duree',
  'titre_en_jeu',
  'promoteur',
  'verdict_initial_si_different',
  'notes',
  'source',
  'confidence',
] as const;

/** A row, or every reason why it is none. */
export type Reading<T> = { readonly row: T } | { readonly reasons: readonly Reason[] };

const CONFIDENCES: Readonly<Record<string, Confidence>> = { high: 'high', medium: 'medium', low: 'low' };
const STATUSES: Readonly<Record<string, WrestlerStatus>> = {
  actif: 'active',
  retraité: 'retired',
  décédé: 'deceased',
};
const RESULTS: Readonly<Record<string, BoutResult>> = {
  victoire: 'win',
  nul: 'draw',
  sans_verdict: 'no_verdict',
  double_disqualification: 'double_disqualification',
  prevu: 'planned',
};
/** Each method and the result it goes with. */
const METHODS: Readonly<Record<string, readonly [BoutMethod, BoutResult]>> = {
  chute: ['fall', 'win'],
  'quatre appuis': ['four_supports', 'win'],
  KO: ['ko', 'win'],
  'arrêt médical': ['medical_stop', 'win'],
  abandon: ['abandon', 'win'],
  'décision (avertissements)': ['decision', 'win'],
  'disqualification (avertissements)': ['warnings', 'win'],
  nul: ['draw', 'draw'],
  'sans verdict': ['no_verdict', 'no_verdict'],
  'double disqualification': ['double_disqualification', 'double_disqualification'],
};

/** What a source's confidence allows until a person decides. */
export function publicationOf(confidence: Confidence): Publication {
  switch (confidence) {
    case 'high':
      return 'published';
    case 'medium':
      return 'pending_review';
    case 'low':
      return 'held';
  }
}

/** Reads one row of lutteurs.csv. `cells` has every column of WRESTLER_COLUMNS. */
export function readWrestler(cells: Cells): Reading<OfficialWrestler> {
  const reasons: Reason[] = [];
  const read = cellReader(cells, reasons);
  const ringName = read.name('nom_arene');
  const row: OfficialWrestler = {
    officialId: read.id('L'),
    ringName,
    legalName: read.text('nom_legal'),
    bornOn: readBirth(read, reasons),
    birthPlace: read.text('lieu_naissance'),
    heightCm: readHeight(read, reasons),
    weightKg: read.integer('poids_kg', 30, 300),
    stables: readStables(read.text('ecurie')),
    aliases: distinctNames(read.list('surnoms', ';'), ringName),
    status: read.choice('statut', STATUSES),
    debutYear: read.integer('annee_debut_frappe', 1900, 2100),
    record: readTally(read, reasons),
    titles: read.list('titres', ';'),
    notes: read.text('notes'),
    sources: read.sources(),
    confidence: read.choice('confidence', CONFIDENCES) ?? read.missing('confidence', 'low'),
  };
  return reasons.length === 0 ? { row } : { reasons };
}

/** Reads one row of combats.csv. `cells` has every column of BOUT_COLUMNS. Names are matched later. */
export function readBout(cells: Cells): Reading<OfficialBout> {
  const reasons: Reason[] = [];
  const read = cellReader(cells, reasons);
  const nameA = read.name('lutteur_a');
  const nameB = read.name('lutteur_b');
  if (nameA !== '' && foldName(nameA) === foldName(nameB)) reasons.push(reason('same_wrestler'));
  const result = read.choice('resultat', RESULTS) ?? read.missing('resultat', undefined);
  const method = read.choice('methode', METHODS);
  if (method && result && method[1] !== result) {
    reasons.push(
      reason('method_contradicts_result', {
        method: read.text('methode') ?? '',
        result: read.text('resultat') ?? '',
      }),
    );
  }
  const row: OfficialBout = {
    officialId: read.id('C'),
    heldOn: read.partialDate('date'),
    arena: read.text('lieu'),
    nameA,
    nameB,
    result: result ?? 'planned',
    winner: result ? readWinner(read, reasons, result, nameA, nameB) : null,
    method: method ? method[0] : null,
    durationSeconds: readDuration(read, reasons),
    title: read.text('titre_en_jeu'),
    promoter: read.text('promoteur'),
    initialVerdict: read.text('verdict_initial_si_different'),
    notes: read.text('notes'),
    sources: read.sources(),
    confidence: read.choice('confidence', CONFIDENCES) ?? read.missing('confidence', 'low'),
  };
  return reasons.length === 0 ? { row } : { reasons };
}

function readBirth(read: CellReader, reasons: Reason[]): string | null {
  const day = read.day('date_naissance');
  const year = read.integer('annee_naissance', 1900, 2100);
  if (day !== null && year !== null && !day.startsWith(String(year))) {
    reasons.push(reason('birth_year_differs', { year, date: day }));
  }
  return day ?? (year === null ? null : String(year));
}

/** Metres with two decimals, kept as centimetres. */
function readHeight(read: CellReader, reasons: Reason[]): number | null {
  const metres = read.text('taille_m');
  if (metres === null) return null;
  const heightCm = /^\d\.\d\d$/.test(metres) ? Number(metres.replace('.', '')) : 0;
  if (heightCm >= 100 && heightCm <= 250) return heightCm;
  reasons.push(reason('number_bad', { column: 'taille_m', text: metres, min: '1.00', max: '2.50' }));
  return null;
}

function readTally(read: CellReader, reasons: Reason[]): OfficialTally | null {
  const wins = read.integer('victoires', 0, 999);
  const losses = read.integer('defaites', 0, 999);
  const draws = read.integer('nuls', 0, 999);
  const noVerdicts = read.integer('sans_verdict', 0, 999);
  const asOf = read.partialDate('bilan_au')?.text ?? null;
  if (wins !== null && losses !== null && asOf !== null) return { wins, losses, draws, noVerdicts, asOf };
  const isEmpty = ['victoires', 'defaites', 'nuls', 'sans_verdict', 'bilan_au'].every(
    (column) => read.text(column) === null,
  );
  if (!isEmpty) reasons.push(reason('record_incomplete'));
  return null;
}

/** "Jambaar Wrestling Academy (ex-Fass)" is two memberships, one of them over. */
function readStables(text: string | null): OfficialWrestler['stables'] {
  if (text === null) return [];
  const both = /^(.+?) \(ex-(.+)\)$/.exec(text);
  const [, now, before] = both ?? [];
  if (now === undefined || before === undefined) return [{ name: text, hasLeft: false }];
  return [
    { name: now, hasLeft: false },
    { name: before, hasLeft: true },
  ];
}

/** Aliases without repeats, and without the ring name itself. */
function distinctNames(names: readonly string[], ringName: string): string[] {
  const seen = new Set(['', foldName(ringName)]);
  return names.filter((name) => {
    const folded = foldName(name);
    if (seen.has(folded)) return false;
    seen.add(folded);
    return true;
  });
}

function readWinner(
  read: CellReader,
  reasons: Reason[],
  result: BoutResult,
  nameA: string,
  nameB: string,
): 'A' | 'B' | null {
  const winner = read.text('vainqueur');
  if (result !== 'win') {
    if (winner !== null)
      reasons.push(reason('winner_unexpected', { text: winner, result: read.text('resultat') ?? '' }));
    return null;
  }
  if (winner === null) {
    reasons.push(reason('winner_missing'));
    return null;
  }
  const folded = foldName(winner);
  if (folded === foldName(nameA)) return 'A';
  if (folded === foldName(nameB)) return 'B';
  reasons.push(reason('winner_not_in_bout', { text: winner, a: nameA, b: nameB }));
  return null;
}

/** 'm:ss', seconds wrestled; up to two hours. */
function readDuration(read: CellReader, reasons: Reason[]): number | null {
  const text = read.text('duree');
  if (text === null) return null;
  const [, minutes, seconds] = /^(\d{1,3}):([0-5]\d)$/.exec(text) ?? [];
  const duration =
    minutes === undefined || seconds === undefined ? 0 : Number(minutes) * 60 + Number(seconds);
  if (duration >= 1 && duration <= 7200) return duration;
  reasons.push(reason('duration_bad', { text }));
  return null;
}

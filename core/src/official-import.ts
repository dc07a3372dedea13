/**
 * Judging the official files against the catalogue: what an import would do, row by row, without doing it.
 *
 * Invariants: every data row of a file gets exactly one verdict, so new + changed + unchanged + conflicting + rejected is
 * the file's total; judging again after applying gives no new and no changed row.
 */
import { foldName, tidyText } from './name.ts';
import { type Cells, cellOf, isOfficialId } from './official-cells.ts';
import { type Difference, differentCells, mergeRow } from './official-merge.ts';
import {
  indexNames,
  matchName,
  type NamedWrestler,
  type NameIndex,
  type WrestlerKey,
} from './official-names.ts';
import { type Reason, reason } from './official-reasons.ts';
import {
  type OfficialBout,
  type OfficialWrestler,
  type Reading,
  readBout,
  readWrestler,
} from './official-record.ts';
import { isFullDate, type PartialDate, parsePartialDate } from './partial-date.ts';

/** A data row as it stands in the file; `problem` when its cells could not be told apart. */
export interface FileRow {
  readonly line: number;
  readonly cells: Cells;
  readonly problem: Reason | null;
}

/** A bout with its names resolved; the rest as the file has it. */
export interface BoutFacts extends Omit<OfficialBout, 'nameA' | 'nameB' | 'heldOn'> {
  /** Partial date text. */
  readonly heldOn: string | null;
  readonly a: WrestlerKey;
  readonly b: WrestlerKey;
  /** Whom the import found in the names; `a` and `b` differ once a person has corrected them. */
  readonly foundA: WrestlerKey;
  readonly foundB: WrestlerKey;
}

/** What the catalogue holds, as the judge needs it. */
export interface CatalogueState {
  /** Wrestlers of earlier imports, with the row they came from. */
  readonly wrestlers: readonly { readonly value: OfficialWrestler; readonly cells: Cells }[];
  /** Wrestlers entered in the office: they can be named by a bout. */
  readonly officeWrestlers: readonly NamedWrestler[];
  readonly stubs: readonly { readonly name: string; readonly firstBoutYear: number | null }[];
  readonly bouts: readonly { readonly value: BoutFacts; readonly cells: Cells }[];
}

export type Verdict = 'new' | 'changed' | 'unchanged' | 'conflicting' | 'rejected';

export interface JudgedRow<T> {
  readonly line: number;
  /** Null when the row has no readable id. */
  readonly officialId: string | null;
  readonly verdict: Verdict;
  /** Why it is rejected or in conflict. */
  readonly reasons: readonly Reason[];
  /** Worth knowing about a row that stands. */
  readonly remarks: readonly Reason[];
  readonly differences: readonly Difference[];
  readonly cells: Cells;
  /** What the catalogue should hold; null when rejected or in conflict. */
  readonly value: T | null;
}

export interface ImportPlan {
  readonly wrestlers: readonly JudgedRow<OfficialWrestler>[];
  readonly bouts: readonly JudgedRow<BoutFacts>[];
  /** Names that the standing bouts give and nobody bears, known stubs included. */
  readonly stubNames: ReadonlyMap<WrestlerKey, string>;
  /** Official ids the catalogue has and the files do not: kept, and worth a look. */
  readonly absentIds: readonly string[];
}

const WRESTLER_FIELDS: readonly (keyof OfficialWrestler)[] = [
  'ringName',
  'legalName',
  'bornOn',
  'birthPlace',
  'heightCm',
  'weightKg',
  'stables',
  'aliases',
  'status',
  'debutYear',
  'record',
  'titles',
  'notes',
  'sources',
  'confidence',
];
const BOUT_FIELDS: readonly (keyof BoutFacts)[] = [
  'heldOn',
  'arena',
  'a',
  'b',
  'result',
  'winner',
  'method',
  'durationSeconds',
  'title',
  'promoter',
  'initialVerdict',
  'notes',
  'sources',
  'confidence',
];

export function planImport(
  files: { readonly wrestlers: readonly FileRow[]; readonly bouts: readonly FileRow[] },
  state: CatalogueState,
): ImportPlan {
  const wrestlers = judgeWrestlers(files.wrestlers, state);
  const index = indexNames(namedWrestlers(wrestlers, state));
  const stubNames = new Map<WrestlerKey, string>();
  const bouts = judgeBouts(files.bouts, state, index, stubNames);
  const inFiles = new Set([...wrestlers, ...bouts].map((row) => row.officialId));
  const known = [...state.wrestlers, ...state.bouts].map((row) => row.value.officialId);
  return { wrestlers, bouts, stubNames, absentIds: known.filter((id) => !inFiles.has(id)) };
}

/** Rows of each verdict, and of all. */
export function countVerdicts(
  rows: readonly JudgedRow<unknown>[],
): Readonly<Record<Verdict | 'total', number>> {
  const counts = { new: 0, changed: 0, unchanged: 0, conflicting: 0, rejected: 0, total: rows.length };
  for (const row of rows) counts[row.verdict] += 1;
  return counts;
}

function judgeWrestlers(rows: readonly FileRow[], state: CatalogueState): JudgedRow<OfficialWrestler>[] {
  const known = new Map(state.wrestlers.map((row) => [row.value.officialId, row]));
  const linesById = linesOfIds(rows);
  const stubs = new Map(state.stubs.map((stub) => [foldName(stub.name), stub]));
  const newNames = countBy(rows, (row) => foldName(cellOf(row.cells, 'nom_arene')));
  return rows.map((row) => {
    const twice = idTwice(row, linesById);
    const reading = row.problem ? { reasons: [row.problem] } : readWrestler(row.cells);
    if ('reasons' in reading) return rejected(row, [...reading.reasons, ...twice]);
    if (twice.length > 0) return rejected(row, twice);
    const theirs = reading.row;
    const before = known.get(theirs.officialId);
    if (before) return compare(row, before, theirs, readWrestler(before.cells), WRESTLER_FIELDS, []);
    const folded = foldName(theirs.ringName);
    const stub = stubs.get(folded);
    const takesStub =
      stub !== undefined && newNames.get(folded) === 1 && !isOlder(stub.firstBoutYear, theirs.debutYear);
    return added(row, theirs, takesStub ? [reason('stub_becomes_wrestler')] : []);
  });
}

function judgeBouts(
  rows: readonly FileRow[],
  state: CatalogueState,
  index: NameIndex,
  stubNames: Map<WrestlerKey, string>,
): readonly JudgedRow<BoutFacts>[] {
  const known = new Map(state.bouts.map((row) => [row.value.officialId, row]));
  const linesById = linesOfIds(rows);
  const judged = rows.map((row) => {
    const twice = idTwice(row, linesById);
    const reading = row.problem ? { reasons: [row.problem] } : readBout(row.cells);
    if ('reasons' in reading) return rejected<BoutFacts>(row, [...reading.reasons, ...twice]);
    if (twice.length > 0) return rejected<BoutFacts>(row, twice);
    const theirs = resolveNames(reading.row, index);
    if ('conflicts' in theirs) return conflicting<BoutFacts>(row, theirs.conflicts);
    const before = known.get(theirs.facts.officialId);
    if (!before) return added(row, theirs.facts, theirs.remarks);
    return compare(row, before, theirs.facts, readFacts(before), BOUT_FIELDS, theirs.remarks);
  });
  const distinct = refuseSameBoutTwice(judged, state);
  for (const row of distinct) noteStubs(row, stubNames);
  return distinct;
}

/** Everybody a bout can name: the file's rows, the catalogue's wrestlers, and refused rows nobody may point at. */
function namedWrestlers(
  judged: readonly JudgedRow<OfficialWrestler>[],
  state: CatalogueState,
): NamedWrestler[] {
  const known = new Map(state.wrestlers.map((row) => [row.value.officialId, row.value]));
  const standing = new Map(known);
  const refused: NamedWrestler[] = [];
  for (const row of judged) {
    if (row.value) standing.set(row.value.officialId, row.value);
    else if (row.officialId === null || !known.has(row.officialId)) refused.push(refusedWrestler(row));
  }
  const official = [...standing.values()].map(({ officialId, ringName, aliases, debutYear }) => ({
    key: officialId,
    ringName,
    aliases,
    debutYear,
    refusedLine: null,
  }));
  return [
    ...official,
    ...state.officeWrestlers,
    ...refused.filter(({ ringName }) => foldName(ringName) !== ''),
  ];
}

function refusedWrestler({ line, officialId, cells }: JudgedRow<OfficialWrestler>): NamedWrestler {
  const ringName = tidyText(cellOf(cells, 'nom_arene'));
  return { key: officialId ?? `ligne ${line}`, ringName, aliases: [], debutYear: null, refusedLine: line };
}

function resolveNames(
  bout: OfficialBout,
  index: NameIndex,
):
  | { readonly facts: BoutFacts; readonly remarks: readonly Reason[] }
  | { readonly conflicts: readonly Reason[] } {
  const { nameA, nameB, heldOn, ...rest } = bout;
  const a = matchName(nameA, heldOn, index);
  const b = matchName(nameB, heldOn, index);
  const conflicts = [a, b].flatMap((match) => (match.kind === 'conflict' ? [match.reason] : []));
  if (a.kind === 'conflict' || b.kind === 'conflict') return { conflicts };
  if (a.key === b.key) return { conflicts: [reason('same_wrestler')] };
  return {
    facts: { ...rest, heldOn: heldOn?.text ?? null, a: a.key, b: b.key, foundA: a.key, foundB: b.key },
    remarks: [...a.remarks, ...b.remarks],
  };
}

/** A bout as the last import read it. */
function readFacts(before: CatalogueState['bouts'][number]): Reading<BoutFacts> {
  const reading = readBout(before.cells);
  if ('reasons' in reading) return reading;
  const { nameA: _a, nameB: _b, heldOn, ...rest } = reading.row;
  const { foundA, foundB } = before.value;
  return { row: { ...rest, heldOn: heldOn?.text ?? null, a: foundA, b: foundB, foundA, foundB } };
}

/** A row that was imported before, against what the catalogue and that import have. */
function compare<T extends object>(
  row: FileRow,
  before: { readonly value: T; readonly cells: Cells },
  theirs: T,
  baseReading: Reading<T>,
  fields: readonly (keyof T & string)[],
  remarks: readonly Reason[],
): JudgedRow<T> {
  // A row that today's rules no longer read says nothing about later corrections.
  const base = 'row' in baseReading ? baseReading.row : before.value;
  const { merged, differences, conflicts } = mergeRow(base, before.value, theirs, fields);
  if (conflicts.length > 0) return conflicting(row, conflicts);
  const all = differences.length > 0 ? differences : differentCells(before.cells, row.cells);
  const verdict = all.length > 0 ? 'changed' : 'unchanged';
  return { ...judgedHead(row), verdict, reasons: [], remarks, differences: all, value: merged };
}

/** Two rows of one evening with the same two wrestlers are one bout told twice: a person says which. */
function refuseSameBoutTwice(
  rows: readonly JudgedRow<BoutFacts>[],
  state: CatalogueState,
): readonly JudgedRow<BoutFacts>[] {
  const idsByMeeting = new Map<string, Set<string>>();
  const inFile = new Set(rows.map((row) => row.officialId));
  const elsewhere = state.bouts.map((row) => row.value).filter((value) => !inFile.has(value.officialId));
  for (const value of [...rows.flatMap((row) => row.value ?? []), ...elsewhere]) {
    const key = meetingOf(value);
    if (key !== null) idsByMeeting.set(key, (idsByMeeting.get(key) ?? new Set()).add(value.officialId));
  }
  return rows.map((row) => {
    const key = row.value && meetingOf(row.value);
    const others = [...(idsByMeeting.get(key ?? '') ?? [])].filter((id) => id !== row.officialId);
    return others.length > 0
      ? conflicting(row, [reason('same_bout_twice', { ids: others.join(', ') })])
      : row;
  });
}

/** The two wrestlers and the day; null when the day is not known. */
function meetingOf({ a, b, heldOn }: BoutFacts): string | null {
  const date: PartialDate | undefined = heldOn === null ? undefined : parsePartialDate(heldOn);
  return date && isFullDate(date) ? [date.text, ...(a < b ? [a, b] : [b, a])].join('\n') : null;
}

function noteStubs(row: JudgedRow<BoutFacts>, stubNames: Map<WrestlerKey, string>): void {
  if (!row.value) return;
  for (const [key, column] of [
    [row.value.a, 'lutteur_a'],
    [row.value.b, 'lutteur_b'],
  ] as const) {
    if (key.startsWith('~') && !stubNames.has(key)) stubNames.set(key, tidyText(cellOf(row.cells, column)));
  }
}

function judgedHead(row: { readonly line: number; readonly cells: Cells }) {
  const id = tidyText(cellOf(row.cells, 'id'));
  return {
    line: row.line,
    cells: row.cells,
    officialId: isOfficialId(id, 'L') || isOfficialId(id, 'C') ? id : null,
  };
}

function added<T>(row: FileRow, value: T, remarks: readonly Reason[]): JudgedRow<T> {
  return { ...judgedHead(row), verdict: 'new', reasons: [], remarks, differences: [], value };
}

function rejected<T>(row: FileRow, reasons: readonly Reason[]): JudgedRow<T> {
  return { ...judgedHead(row), verdict: 'rejected', reasons, remarks: [], differences: [], value: null };
}

function conflicting<T>(
  row: { readonly line: number; readonly cells: Cells },
  reasons: readonly Reason[],
): JudgedRow<T> {
  return { ...judgedHead(row), verdict: 'conflicting', reasons, remarks: [], differences: [], value: null };
}

function idOf(row: FileRow): string {
  return tidyText(cellOf(row.cells, 'id'));
}

function linesOfIds(rows: readonly FileRow[]): ReadonlyMap<string, readonly number[]> {
  const lines = new Map<string, number[]>();
  for (const row of rows) lines.set(idOf(row), [...(lines.get(idOf(row)) ?? []), row.line]);
  return lines;
}

/** An id given twice names no row for sure: both wait. */
function idTwice(row: FileRow, linesById: ReadonlyMap<string, readonly number[]>): Reason[] {
  const id = idOf(row);
  const others = (linesById.get(id) ?? []).filter((line) => line !== row.line);
  return id === '' || others.length === 0 ? [] : [reason('id_twice', { id, lines: others.join(', ') })];
}

function isOlder(boutYear: number | null, debutYear: number | null): boolean {
  return boutYear !== null && debutYear !== null && boutYear < debutYear;
}

function countBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
}

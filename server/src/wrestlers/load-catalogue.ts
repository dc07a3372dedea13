/**
 * The catalogue as the judge of an import needs it, and the database ids behind its keys.
 */
import { foldName } from '#core/name.ts';
import type { BoutFacts, CatalogueState } from '#core/official-import.ts';
import type { NamedWrestler, WrestlerKey } from '#core/official-names.ts';
import type {
  BoutMethod,
  BoutResult,
  Confidence,
  OfficialTally,
  OfficialWrestler,
  WrestlerStatus,
} from '#core/official-record.ts';
import type { Tx } from '#server/db.ts';

export interface LoadedCatalogue {
  readonly state: CatalogueState;
  readonly wrestlerIds: ReadonlyMap<WrestlerKey, number>;
  readonly slugs: ReadonlySet<string>;
}

type SourceRow = Readonly<Record<string, string>>;

export async function loadCatalogue(tx: Tx): Promise<LoadedCatalogue> {
  const wrestlers = await readWrestlerRows(tx);
  const stubs = await readStubRows(tx);
  const bouts = await readBoutRows(tx);
  const wrestlerIds = new Map<WrestlerKey, number>([
    ...wrestlers.map((row) => [wrestlerKey(row), row.id] as const),
    ...stubs.map((row) => [`~${row.search_name}`, row.id] as const),
  ]);
  const keysById = new Map([...wrestlerIds].map(([key, id]) => [id, key]));
  const keyOf = (id: number) => keysById.get(id) ?? `#${id}`;
  return {
    state: {
      wrestlers: wrestlers.flatMap((row) => officialWrestler(row) ?? []),
      officeWrestlers: wrestlers.filter((row) => row.source_row === null).map(officeWrestler),
      stubs: stubs.map((row) => ({ name: row.ring_name, firstBoutYear: row.first_bout_year })),
      bouts: bouts.map((row) => ({ value: boutFacts(row, keyOf), cells: row.source_row })),
    },
    wrestlerIds,
    slugs: new Set(wrestlers.map((row) => row.slug)),
  };
}

interface WrestlerRow {
  id: number;
  official_id: string | null;
  slug: string;
  ring_name: string;
  legal_name: string | null;
  born_on: string | null;
  birth_place: string | null;
  height_cm: number | null;
  weight_kg: number | null;
  status: WrestlerStatus | null;
  debut_year: number | null;
  record_wins: number | null;
  record_losses: number | null;
  record_draws: number | null;
  record_no_verdicts: number | null;
  record_as_of: string | null;
  titles: string[];
  notes: string | null;
  sources: string[];
  confidence: Confidence | null;
  source_row: SourceRow | null;
  official_aliases: string[];
  all_aliases: string[];
  stables: { name: string; has_left: boolean }[];
}

function readWrestlerRows(tx: Tx): Promise<WrestlerRow[]> {
  return tx.query<WrestlerRow>(
    `SELECT w.id, w.official_id, w.slug, w.ring_name, w.legal_name, w.born_on, w.birth_place, w.height_cm, w.weight_kg,
            w.status, w.debut_year, w.record_wins, w.record_losses, w.record_draws, w.record_no_verdicts,
            w.record_as_of, w.titles, w.notes, w.sources, w.confidence, w.source_row,
            ARRAY(SELECT a.name FROM wrestler_alias a
                   WHERE a.wrestler_id = w.id AND a.origin = 'official' ORDER BY a.position) AS official_aliases,
            ARRAY(SELECT a.name FROM wrestler_alias a WHERE a.wrestler_id = w.id) AS all_aliases,
            COALESCE((SELECT jsonb_agg(jsonb_build_object('name', s.name, 'has_left', m.has_left) ORDER BY m.id)
                        FROM stable_membership m JOIN stable s ON s.id = m.stable_id
                       WHERE m.wrestler_id = w.id AND m.origin = 'official'), '[]') AS stables
       FROM wrestler w
      WHERE NOT w.is_stub
      ORDER BY w.id`,
  );
}

function readStubRows(
  tx: Tx,
): Promise<{ id: number; ring_name: string; search_name: string; first_bout_year: number | null }[]> {
  return tx.query(
    `SELECT w.id, w.ring_name, w.search_name,
            (SELECT EXTRACT(YEAR FROM min(b.held_first))::int FROM official_bout b
              WHERE w.id IN (b.wrestler_a_id, b.wrestler_b_id)) AS first_bout_year
       FROM wrestler w
      WHERE w.is_stub
      ORDER BY w.id`,
  );
}

interface BoutRow {
  official_id: string;
  held_on: string | null;
  arena: string | null;
  wrestler_a_id: number;
  wrestler_b_id: number;
  found_a_id: number;
  found_b_id: number;
  result: BoutResult;
  winner_id: number | null;
  method: BoutMethod | null;
  duration_seconds: number | null;
  title: string | null;
  promoter: string | null;
  initial_verdict: string | null;
  notes: string | null;
  sources: string[];
  confidence: Confidence;
  source_row: SourceRow;
}

function readBoutRows(tx: Tx): Promise<BoutRow[]> {
  return tx.query<BoutRow>(
    `SELECT b.official_id, b.held_on, a.name AS arena, b.wrestler_a_id, b.wrestler_b_id, b.found_a_id, b.found_b_id,
            b.result, b.winner_id, b.method, b.duration_seconds, b.title, p.name AS promoter, b.initial_verdict, b.notes, b.sources, b.confidence,
            b.source_row
       FROM official_bout b
       LEFT JOIN arena a ON a.id = b.arena_id
       LEFT JOIN promoter p ON p.id = b.promoter_id
      WHERE b.official_id IS NOT NULL
      ORDER BY b.id`,
  );
}

function wrestlerKey(row: WrestlerRow): WrestlerKey {
  return row.official_id ?? `#${row.id}`;
}

/** The row in the shape of the file's reading: the two are compared field by field. */
function officialWrestler(row: WrestlerRow): CatalogueState['wrestlers'][number] | null {
  const { official_id: officialId, source_row: cells, confidence } = row;
  if (officialId === null || cells === null || confidence === null) return null;
  const value: OfficialWrestler = {
    officialId,
    ringName: row.ring_name,
    legalName: row.legal_name,
    bornOn: row.born_on,
    birthPlace: row.birth_place,
    heightCm: row.height_cm,
    weightKg: row.weight_kg,
    stables: row.stables.map((stable) => ({ name: stable.name, hasLeft: stable.has_left })),
    aliases: row.official_aliases,
    status: row.status,
    debutYear: row.debut_year,
    record: tallyOf(row),
    titles: row.titles,
    notes: row.notes,
    sources: row.sources,
    confidence,
  };
  return { value, cells };
}

function tallyOf(row: WrestlerRow): OfficialTally | null {
  const { record_wins: wins, record_losses: losses, record_as_of: asOf } = row;
  if (wins === null || losses === null || asOf === null) return null;
  return { wins, losses, draws: row.record_draws, noVerdicts: row.record_no_verdicts, asOf };
}

function officeWrestler(row: WrestlerRow): NamedWrestler {
  return {
    key: wrestlerKey(row),
    ringName: row.ring_name,
    aliases: row.all_aliases.filter((alias) => foldName(alias) !== ''),
    debutYear: row.debut_year,
    refusedLine: null,
  };
}

function boutFacts(row: BoutRow, keyOf: (id: number) => WrestlerKey): BoutFacts {
  return {
    officialId: row.official_id,
    heldOn: row.held_on,
    arena: row.arena,
    a: keyOf(row.wrestler_a_id),
    b: keyOf(row.wrestler_b_id),
    foundA: keyOf(row.found_a_id),
    foundB: keyOf(row.found_b_id),
    result: row.result,
    winner: row.winner_id === null ? null : row.winner_id === row.wrestler_a_id ? 'A' : 'B',
    method: row.method,
    durationSeconds: row.duration_seconds,
    title: row.title,
    promoter: row.promoter,
    initialVerdict: row.initial_verdict,
    notes: row.notes,
    sources: row.sources,
    confidence: row.confidence,
  };
}

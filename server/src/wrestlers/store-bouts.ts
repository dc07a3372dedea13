/**
 * The bouts of an import, and name-only stubs for the names nobody bears.
 */
import { foldName } from '#core/name.ts';
import type { BoutFacts } from '#core/official-import.ts';
import type { WrestlerKey } from '#core/official-names.ts';
import { publicationOf } from '#core/official-record.ts';
import { parsePartialDate } from '#core/partial-date.ts';
import type { Tx } from '#server/db.ts';
import { excluded, idOf, type StandingRow, storeNames } from './store-rows.ts';

/** Name-only wrestlers for the names nobody bears; a name has one stub. */
export async function insertStubs(
  tx: Tx,
  names: ReadonlyMap<WrestlerKey, string>,
): Promise<ReadonlyMap<WrestlerKey, number>> {
  const folded = [...names.values()].map(foldName);
  await tx.query(
    `INSERT INTO wrestler (is_stub, publication, ring_name, search_name)
     SELECT true, 'held', n.ring_name, n.search_name FROM unnest($1::text[], $2::text[]) AS n(ring_name, search_name)
     ON CONFLICT (search_name) WHERE is_stub DO NOTHING`,
    [[...names.values()], folded],
  );
  const rows = await tx.query<{ id: number; search_name: string }>(
    `SELECT id, search_name FROM wrestler WHERE is_stub`,
  );
  return new Map(rows.map((row) => [`~${row.search_name}`, row.id]));
}

const BOUT_COLUMNS = `held_on, held_first, held_last, arena_id, wrestler_a_id, wrestler_b_id, found_a_id, found_b_id,
  result, winner_id, method, duration_seconds, title, promoter_id, initial_verdict, notes, sources, confidence,
  source_row`;
const BOUT_RECORD = `r(official_id text, held_on text, held_first date, held_last date, arena_id int, wrestler_a_id int,
  wrestler_b_id int, found_a_id int, found_b_id int, result text, winner_id int, method text, duration_seconds int,
  title text, promoter_id int, initial_verdict text, notes text, sources text[], confidence text, source_row jsonb,
  publication text)`;

export async function storeBouts(
  tx: Tx,
  runId: number,
  rows: readonly StandingRow<BoutFacts>[],
  wrestlerIds: ReadonlyMap<WrestlerKey, number>,
): Promise<void> {
  const arenaIds = await storeNames(
    tx,
    'arena',
    rows.map((row) => row.value.arena),
  );
  const promoterIds = await storeNames(
    tx,
    'promoter',
    rows.map((row) => row.value.promoter),
  );
  const records = rows.map((row) => boutRecord(row, wrestlerIds, arenaIds, promoterIds));
  await tx.query(
    `INSERT INTO official_bout (official_id, publication, last_import_run_id, ${BOUT_COLUMNS})
     SELECT official_id, publication, $2, ${BOUT_COLUMNS} FROM jsonb_to_recordset($1::jsonb) AS ${BOUT_RECORD}
     ON CONFLICT (official_id) DO UPDATE
       SET (${BOUT_COLUMNS}, last_import_run_id) = (${excluded(BOUT_COLUMNS)}, EXCLUDED.last_import_run_id),
           publication = CASE WHEN official_bout.publication_decided_by IS NULL
                              THEN EXCLUDED.publication ELSE official_bout.publication END`,
    [JSON.stringify(records), runId],
  );
}

function boutRecord(
  { value, cells }: StandingRow<BoutFacts>,
  wrestlerIds: ReadonlyMap<WrestlerKey, number>,
  arenaIds: ReadonlyMap<string, number>,
  promoterIds: ReadonlyMap<string, number>,
) {
  const date = value.heldOn === null ? undefined : parsePartialDate(value.heldOn);
  const aId = idOf(wrestlerIds, value.a);
  const bId = idOf(wrestlerIds, value.b);
  return {
    official_id: value.officialId,
    held_on: value.heldOn,
    held_first: date?.first ?? null,
    held_last: date?.last ?? null,
    arena_id: value.arena === null ? null : idOf(arenaIds, foldName(value.arena)),
    wrestler_a_id: aId,
    wrestler_b_id: bId,
    found_a_id: idOf(wrestlerIds, value.foundA),
    found_b_id: idOf(wrestlerIds, value.foundB),
    result: value.result,
    winner_id: value.winner === null ? null : value.winner === 'A' ? aId : bId,
    method: value.method,
    duration_seconds: value.durationSeconds,
    title: value.title,
    promoter_id: value.promoter === null ? null : idOf(promoterIds, foldName(value.promoter)),
    initial_verdict: value.initialVerdict,
    notes: value.notes,
    sources: value.sources,
    confidence: value.confidence,
    source_row: cells,
    publication: publicationOf(value.confidence),
  };
}

/**
 * The wrestlers of an import: the rows themselves, their aliases and their stables.
 */
import { foldName, slugOf } from '#core/name.ts';
import type { WrestlerKey } from '#core/official-names.ts';
import { type OfficialWrestler, publicationOf } from '#core/official-record.ts';
import type { Tx } from '#server/db.ts';
import type { LoadedCatalogue } from './load-catalogue.ts';
import { excluded, idOf, type StandingRow, storeNames } from './store-rows.ts';

type Row = StandingRow<OfficialWrestler>;
type WrestlerRecord = ReturnType<typeof wrestlerRecord>;

/** Returns the ids of all wrestlers by key, the new ones included. */
export async function storeWrestlers(
  tx: Tx,
  runId: number,
  rows: readonly Row[],
  loaded: LoadedCatalogue,
): Promise<ReadonlyMap<WrestlerKey, number>> {
  const slugs = new Set(loaded.slugs);
  const records = rows.map((row) => wrestlerRecord(row, freeSlug(row.value, slugs), loaded));
  await turnStubsIntoWrestlers(tx, records);
  const written = await upsertWrestlers(tx, runId, records);
  const ids = new Map([...loaded.wrestlerIds, ...written]);
  await replaceAliases(tx, rows, ids);
  await replaceMemberships(tx, rows, ids);
  return ids;
}

const COLUMNS = `ring_name, search_name, legal_name, search_legal_name, born_on, birth_place, height_cm, weight_kg, status,
  debut_year, record_wins, record_losses, record_draws, record_no_verdicts, record_as_of, titles, notes, sources,
  confidence, source_row`;
const RECORD = `r(stub_id int, official_id text, slug text, publication text, ring_name text, search_name text,
  legal_name text, search_legal_name text, born_on text, birth_place text, height_cm smallint, weight_kg smallint,
  status text, debut_year smallint, record_wins smallint, record_losses smallint, record_draws smallint,
  record_no_verdicts smallint, record_as_of text, titles text[], notes text, sources text[], confidence text,
  source_row jsonb)`;

function wrestlerRecord({ value, cells, remarks }: Row, slug: string, loaded: LoadedCatalogue) {
  const searchName = foldName(value.ringName);
  const wasStub = remarks.some((remark) => remark.code === 'stub_becomes_wrestler');
  return {
    stub_id: wasStub ? idOf(loaded.wrestlerIds, `~${searchName}`) : null,
    official_id: value.officialId,
    slug,
    publication: publicationOf(value.confidence),
    ring_name: value.ringName,
    search_name: searchName,
    legal_name: value.legalName,
    search_legal_name: value.legalName === null ? null : foldName(value.legalName),
    born_on: value.bornOn,
    birth_place: value.birthPlace,
    height_cm: value.heightCm,
    weight_kg: value.weightKg,
    status: value.status,
    debut_year: value.debutYear,
    record_wins: value.record?.wins ?? null,
    record_losses: value.record?.losses ?? null,
    record_draws: value.record?.draws ?? null,
    record_no_verdicts: value.record?.noVerdicts ?? null,
    record_as_of: value.record?.asOf ?? null,
    titles: value.titles,
    notes: value.notes,
    sources: value.sources,
    confidence: value.confidence,
    source_row: cells,
  };
}

/** The page's address: the name, with the official id behind it when another wrestler has the name already. */
function freeSlug({ ringName, officialId }: OfficialWrestler, taken: Set<string>): string {
  const name = slugOf(ringName);
  const id = officialId.toLowerCase();
  const slug = name === '' ? id : taken.has(name) ? `${name}-${id}` : name;
  taken.add(slug);
  return slug;
}

/** A name-only row that the file now describes keeps its id: bouts and bets point at it. */
async function turnStubsIntoWrestlers(tx: Tx, records: readonly WrestlerRecord[]): Promise<void> {
  await tx.query(
    `UPDATE wrestler w
        SET is_stub = false, official_id = r.official_id, slug = r.slug, publication = r.publication,
            confidence = r.confidence, source_row = r.source_row
       FROM jsonb_to_recordset($1::jsonb) AS ${RECORD}
      WHERE w.id = r.stub_id AND w.is_stub`,
    [JSON.stringify(records.filter((record) => record.stub_id !== null))],
  );
}

/** The slug of a known wrestler and a person's decision about publication stay. */
async function upsertWrestlers(
  tx: Tx,
  runId: number,
  records: readonly WrestlerRecord[],
): Promise<ReadonlyMap<WrestlerKey, number>> {
  const written = await tx.query<{ id: number; official_id: string }>(
    `INSERT INTO wrestler (official_id, slug, publication, last_import_run_id, ${COLUMNS})
     SELECT official_id, slug, publication, $2, ${COLUMNS} FROM jsonb_to_recordset($1::jsonb) AS ${RECORD}
     ON CONFLICT (official_id) DO UPDATE
       SET (${COLUMNS}, last_import_run_id) = (${excluded(COLUMNS)}, EXCLUDED.last_import_run_id),
           publication = CASE WHEN wrestler.publication_decided_by IS NULL
                              THEN EXCLUDED.publication ELSE wrestler.publication END
     RETURNING id, official_id`,
    [JSON.stringify(records), runId],
  );
  return new Map(written.map((row) => [row.official_id, row.id]));
}

/** Aliases follow the file; those entered in the office stay, and keep a name both have. */
async function replaceAliases(
  tx: Tx,
  rows: readonly Row[],
  ids: ReadonlyMap<WrestlerKey, number>,
): Promise<void> {
  const aliases = rows.flatMap(({ value }) =>
    value.aliases.map((name, position) => ({
      wrestler_id: idOf(ids, value.officialId),
      name,
      search_name: foldName(name),
      position,
    })),
  );
  await tx.query(`DELETE FROM wrestler_alias WHERE origin = 'official' AND wrestler_id = ANY ($1)`, [
    rows.map((row) => idOf(ids, row.value.officialId)),
  ]);
  await tx.query(
    `INSERT INTO wrestler_alias (wrestler_id, name, search_name, position, origin)
     SELECT wrestler_id, name, search_name, position, 'official'
       FROM jsonb_to_recordset($1::jsonb) AS r(wrestler_id int, name text, search_name text, position smallint)
     ON CONFLICT (wrestler_id, search_name) DO NOTHING`,
    [JSON.stringify(aliases)],
  );
}

/** Memberships follow the file, whose dates are unknown; those entered in the office, with dates, stay. */
async function replaceMemberships(
  tx: Tx,
  rows: readonly Row[],
  ids: ReadonlyMap<WrestlerKey, number>,
): Promise<void> {
  const stableIds = await storeNames(
    tx,
    'stable',
    rows.flatMap((row) => row.value.stables.map((stable) => stable.name)),
  );
  const memberships = rows.flatMap(({ value }) =>
    value.stables.map((stable) => ({
      wrestler_id: idOf(ids, value.officialId),
      stable_id: idOf(stableIds, foldName(stable.name)),
      has_left: stable.hasLeft,
    })),
  );
  await tx.query(`DELETE FROM stable_membership WHERE origin = 'official' AND wrestler_id = ANY ($1)`, [
    rows.map((row) => idOf(ids, row.value.officialId)),
  ]);
  await tx.query(
    `INSERT INTO stable_membership (wrestler_id, stable_id, has_left, origin)
     SELECT wrestler_id, stable_id, has_left, 'official'
       FROM jsonb_to_recordset($1::jsonb) AS r(wrestler_id int, stable_id int, has_left boolean)
     ON CONFLICT (wrestler_id, stable_id) WHERE origin = 'official' DO NOTHING`,
    [JSON.stringify(memberships)],
  );
}

/** Official files made from rows, and what an import left in the tables: for tests. */
import { BOUT_COLUMNS, WRESTLER_COLUMNS } from '#core/official-record.ts';
import { type Db, one } from '#server/db.ts';
import type { OfficialFiles } from '#server/wrestlers/import-official.ts';

export const NOTHING_NEW = { new: 0, changed: 0, conflicting: 0, rejected: 0 };

export function filesOf(wrestlers: readonly object[], bouts: readonly object[]): OfficialFiles {
  return {
    wrestlers: { name: 'lutteurs.csv', bytes: Buffer.from(csvOf(WRESTLER_COLUMNS, wrestlers)) },
    bouts: { name: 'combats.csv', bytes: Buffer.from(csvOf(BOUT_COLUMNS, bouts)) },
  };
}

function csvOf(columns: readonly string[], rows: readonly object[]): string {
  const line = (values: readonly string[]) =>
    values.map((value) => `"${value.replaceAll('"', '""')}"`).join(',');
  const cells = (row: object) =>
    columns.map((column) => String(Object.entries(row).find(([key]) => key === column)?.[1] ?? ''));
  return [columns.join(','), ...rows.map((row) => line(cells(row)))].join('\r\n');
}

export async function countRows(db: Db): Promise<object> {
  return one(
    await db.query<object>(
      `SELECT (SELECT count(*) FROM wrestler) AS wrestlers, (SELECT count(*) FROM official_bout) AS bouts,
              (SELECT count(*) FROM import_run) AS runs, (SELECT count(*) FROM import_row) AS rows`,
    ),
  );
}

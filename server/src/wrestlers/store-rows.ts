/**
 * What the writers of an import share: the rows to write, and the ids behind names.
 */
import { foldName } from '#core/name.ts';
import type { JudgedRow } from '#core/official-import.ts';
import type { Tx } from '#server/db.ts';

/** A row to write: new, or known and changed. */
export type StandingRow<T> = JudgedRow<T> & { readonly value: T };

/** The rows of a file that change the catalogue. */
export function standing<T>(rows: readonly JudgedRow<T>[]): StandingRow<T>[] {
  return rows.flatMap((row) => {
    const { value, verdict } = row;
    return value !== null && (verdict === 'new' || verdict === 'changed') ? [{ ...row, value }] : [];
  });
}

/** The ids of these names, added when they are new. The first spelling of a name stays. */
export async function storeNames(
  tx: Tx,
  table: 'stable' | 'arena' | 'promoter',
  names: readonly (string | null)[],
): Promise<ReadonlyMap<string, number>> {
  const distinct = new Map(names.flatMap((name) => (name === null ? [] : [[foldName(name), name]])));
  const values = [[...distinct.values()], [...distinct.keys()]];
  await tx.query(
    `INSERT INTO ${table} (name, search_name) SELECT * FROM unnest($1::text[], $2::text[])
     ON CONFLICT (search_name) DO NOTHING`,
    values,
  );
  const rows = await tx.query<{ id: number; search_name: string }>(
    `SELECT id, search_name FROM ${table} WHERE search_name = ANY ($1)`,
    [[...distinct.keys()]],
  );
  return new Map(rows.map((row) => [row.search_name, row.id]));
}

/** The id behind a key or a folded name that was stored before: its absence is a bug. */
export function idOf(ids: ReadonlyMap<string, number>, key: string): number {
  const id = ids.get(key);
  if (id === undefined) throw new Error(`no id for ${key}`);
  return id;
}

/** `a, b` → `EXCLUDED.a, EXCLUDED.b`: the right-hand side of an upsert from the same list of columns. */
export function excluded(columns: string): string {
  return columns
    .split(',')
    .map((column) => `EXCLUDED.${column.trim()}`)
    .join(', ');
}

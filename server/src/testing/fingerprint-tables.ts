import type { Db } from '../db.ts';

/** Written by looking: who looked at what, how often somebody asked; and of a session when and where it was last used. */
const tablesWrittenByLooking = /^(audit_|rate_)/;
const columnsWrittenByLooking = ['last_used_at', 'agent', 'place'];

/** A hash of the rows of every table that only a command may change. */
export async function fingerprintTables(owner: Db): Promise<Record<string, string>> {
  const tables = await owner.query<{ schema: string; name: string }>(
    `SELECT schemaname AS schema, tablename AS name FROM pg_tables
     WHERE schemaname NOT IN ('pg_catalog', 'information_schema', 'pgboss') ORDER BY 1, 2`,
  );
  const counted = tables.filter(({ name }) => !tablesWrittenByLooking.test(name));
  const hashes = counted.map(
    ({ schema, name }) =>
      `SELECT '${schema}.${name}' AS name,
         coalesce(md5(string_agg(row, '' ORDER BY row)), '') AS hash
       FROM (SELECT (to_jsonb(t) - $1::text[])::text AS row FROM ${schema}.${name} t) AS rows`,
  );
  const rows = await owner.query<{ name: string; hash: string }>(hashes.join(' UNION ALL '), [
    columnsWrittenByLooking,
  ]);
  return Object.fromEntries(rows.map(({ name, hash }) => [name, hash]));
}

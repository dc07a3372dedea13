/** A database with a market and a pool full of bets, whistled, sealed and decided: copied for each run of the measurement. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { blowWhistle } from '#server/bouts/close-market.ts';
import { type Db, openDb } from '#server/db.ts';
import type { StaffIdentity } from '#server/http.ts';
import type { Jobs } from '#server/jobs.ts';
import { migrate } from '#server/migrate.ts';
import { createPool } from '#server/pools/create-pool.ts';
import { openPool } from '#server/pools/open-pool.ts';
import { sealPool } from '#server/pools/seal-pool.ts';
import { confirmResult } from '#server/settlement/confirm-result.ts';
import { proposeResult } from '#server/settlement/propose-result.ts';
import { sealMarket } from '#server/settlement/seal-market.ts';
import { seedMarkets, seedPlayers, seedStaff } from '#server/testing/seed.ts';

export interface Ground {
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly marketId: number;
  readonly poolId: number;
}

/** Nothing is worked on here: the measurement does what the jobs would. */
export const noJobs: Jobs = { send: async () => undefined };

export async function prepare(
  ownerUrl: string,
  { duels, tickets, players }: { readonly duels: number; readonly tickets: number; readonly players: number },
): Promise<Ground> {
  const { appUrl } = await migrate({ ownerUrl, app: { password: 'bench' } });
  const owner = openDb({ connectionString: ownerUrl, poolSize: 2 });
  await seedPlayers(owner, { count: players, availableXof: 1_000_000_000 });
  const [market] = await seedMarkets(owner, { count: 1 });
  const [one, two] = await operators(owner);
  if (market === undefined || one === undefined || two === undefined) throw new Error('nothing was seeded');
  const { boutId, galaId, marketId } = market;
  const command = () => ({ operationId: randomUUID() });
  const legs = [{ boutId, kind: 'winner' as const }];
  const { poolId } = await createPool(owner, one, { ...command(), galaId, name: 'Mutuel', legs });
  await openPool(owner, one, { ...command(), poolId });
  await fill(ownerUrl, [
    `CALL bench_fill_market(${marketId}, ${duels})`,
    `CALL bench_fill_pool(${poolId}, ${tickets})`,
    'VACUUM ANALYZE',
  ]);
  await blowWhistle({ db: owner, jobs: noJobs }, one, { ...command(), marketId });
  await sealMarket(owner, marketId);
  await sealPool(owner, poolId);
  const verdict = { ending: 'fall', winnerSide: 'A', source: 'Feuille officielle' } as const;
  const { resultId } = await proposeResult(owner, one, { ...command(), boutId, ...verdict });
  await confirmResult({ db: owner, jobs: noJobs }, two, { ...command(), boutId, resultId });
  // A house that has paid before has them. Opened in a chunk that is killed they would take another number: sequences
  // do not go back.
  await owner.query(
    `SELECT ledger.open_account(kind, 'house', true) FROM unnest(ARRAY['commission', 'tax_payable', 'pool_remainder']) AS kind`,
  );
  await owner.close();
  return { ownerUrl, appUrl, marketId, poolId };
}

async function operators(owner: Db): Promise<StaffIdentity[]> {
  return (await seedStaff(owner, 2)).map(({ staffId, name }) => ({
    kind: 'staff',
    staffId,
    name,
    role: 'operator',
    session: { sessionId: staffId, isSteppedUp: true },
  }));
}

/** Longer than the server's own statements may take. */
async function fill(ownerUrl: string, statements: readonly string[]): Promise<void> {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    for (const name of ['fill.sql', 'plain.sql'])
      await client.query(readFileSync(join(import.meta.dirname, name), 'utf8'));
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

/** The same tables under another name. Nobody may be connected to the first. */
export async function copyGround(ground: Ground, name: string): Promise<Ground> {
  const client = new Client({ connectionString: withDatabase(ground.ownerUrl, 'postgres') });
  await client.connect();
  await client.query(`CREATE DATABASE ${name} TEMPLATE ${new URL(ground.ownerUrl).pathname.slice(1)}`);
  await client.query('CHECKPOINT').catch(() => undefined);
  await client.end();
  return {
    ...ground,
    ownerUrl: withDatabase(ground.ownerUrl, name),
    appUrl: withDatabase(ground.appUrl, name),
  };
}

function withDatabase(address: string, name: string): string {
  const url = new URL(address);
  url.pathname = `/${name}`;
  return url.toString();
}

/** A hash of each table but what a clock or a queue has written into it. */
export async function hashTables(ownerUrl: string): Promise<Record<string, string>> {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  const tables = await client.query<{ name: string; clocks: string[] }>(
    `SELECT format('%I.%I', table_schema, table_name) AS name,
       coalesce(array_agg(column_name::text) FILTER (WHERE data_type LIKE 'timestamp%'), '{}') AS clocks
     FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
     WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema', 'pgboss')
     GROUP BY table_schema, table_name ORDER BY 1`,
  );
  const hashes: Record<string, string> = {};
  for (const { name, clocks } of tables.rows) {
    const { rows } = await client.query<{ hash: string }>(
      `SELECT coalesce(md5(string_agg(h, '' ORDER BY h)), '') AS hash
       FROM (SELECT md5((to_jsonb(t) - $1::text[])::text) AS h FROM ${name} t) r`,
      [clocks],
    );
    hashes[name] = rows[0]?.hash ?? '';
  }
  await client.end();
  return hashes;
}

/**
 * `npm run bench`: accepted bets per second over HTTP beside pgbench running the same bet as one committed PL/pgSQL
 * function, on the same cluster (PostgreSQL as shipped, fsync and synchronous_commit on), in turns.
 *
 * One hot market, 1 000 players; half of the bets rest in the book, the other half are matched with them. Options:
 * `--seconds 8 --rounds 3 --players 1000 --data-dir <new directory> --json`.
 */
import type { ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Client } from 'pg';
import { type Db, one, openDb } from '#server/db.ts';
import { findLedgerFaults } from '#server/ledger/check-ledger.ts';
import { migrate } from '#server/migrate.ts';
import { startPostgres } from '#server/postgres/supervisor.ts';
import { seedMarkets, seedPlayers } from '#server/testing/seed.ts';
import { approveSettings, unlimitedRates } from '#server/testing/seed-settings.ts';
import type { LoadOrder } from './bet-load.ts';
import { runLoad, startLoad, startServer } from './bet-processes.ts';
import { type Figure, medianOf, printFigures } from './figures.ts';
import { findPgbench, runPgbench } from './pgbench.ts';
import { measureStrictJson } from './strict-json.ts';

const httpConnections = [64, 256];
const pgbenchClients = [16, 64];
const filledBets = 20_000;

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '8' },
    rounds: { type: 'string', default: '3' },
    players: { type: 'string', default: '1000' },
    'data-dir': { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const seconds = Number(options.seconds);
const rounds = Number(options.rounds);
const players = Number(options.players);
const say = (line: string) => console.error(line);

process.exitCode = await main();

interface Ground {
  readonly owner: Db;
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly marketId: number;
  readonly cookies: readonly string[];
}

async function main(): Promise<number> {
  const dataDir = options['data-dir'] ?? mkdtempSync(join(tmpdir(), 'mbayar-bench-'));
  chmodSync(dataDir, 0o711);
  const postgres = await startPostgres({ dataDir, log: () => undefined });
  try {
    const ground = await prepare(postgres.ownerUrl);
    const figures = [...(await measure(ground)), ...measureStrictJson()];
    await ground.owner.close();
    printFigures(figures, options.json);
    return figures.every((figure) => figure.pass) ? 0 : 1;
  } finally {
    await postgres.stop();
    if (options['data-dir'] === undefined) rmSync(dataDir, { recursive: true, force: true });
  }
}

/** A migrated database with players, money and a hot market, its tables filled and analysed. */
async function prepare(ownerUrl: string): Promise<Ground> {
  say(`filling the tables: ${players} players, ${filledBets} bets …`);
  const { appUrl } = await migrate({ ownerUrl, app: { password: 'bench' } });
  const owner = openDb({ connectionString: ownerUrl, poolSize: 2 });
  const seeded = await seedPlayers(owner, {
    count: players,
    availableXof: 1_000_000_000,
    idOf: (index) => `00000000-0000-4000-8000-${(index + 1).toString(16).padStart(12, '0')}`,
  });
  await approveSettings(owner, unlimitedRates);
  say(`rate limits for the load: ${JSON.stringify(unlimitedRates)}`);
  const [market] = await seedMarkets(owner, { count: 1 });
  if (market === undefined) throw new Error('no market');
  // Longer than the server's own statements may take.
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  await client.query(readFileSync(join(import.meta.dirname, 'place_bet.sql'), 'utf8'));
  await client.query(`CALL bench_fill(${market.marketId}, ${players}, ${filledBets})`);
  await client.query('VACUUM ANALYZE');
  await client.end();
  return {
    owner,
    ownerUrl,
    appUrl,
    marketId: market.marketId,
    cookies: seeded.map((player) => player.cookie),
  };
}

interface Round {
  readonly bets: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly fsyncsPerBet: number;
}

async function measure(ground: Ground): Promise<Figure[]> {
  const program = findPgbench();
  const server = await startServer(ground.appUrl);
  const load = startLoad();
  const overHttp =
    (connections: number, forSeconds = seconds) =>
    () =>
      counted(ground, () =>
        runHttp(load, { ...orderOn(ground), port: server.port, connections, seconds: forSeconds }),
      );
  const inDatabase =
    (clients: number, forSeconds = seconds) =>
    () =>
      counted(ground, () =>
        runComparator(program, { ...ground, url: ground.ownerUrl, clients, seconds: forSeconds, players }),
      );

  const contests = new Map<string, () => Promise<Round>>();
  for (const connections of httpConnections)
    contests.set(`HTTP, ${connections} connections`, overHttp(connections));
  for (const clients of pgbenchClients) contests.set(`pgbench, ${clients} clients`, inDatabase(clients));
  const results = new Map<string, Round[]>();

  await overHttp(64, 2)();
  await inDatabase(16, 2)();
  for (let round = 1; round <= rounds; round++) {
    for (const [name, contest] of contests) {
      const result = await contest();
      results.set(name, [...(results.get(name) ?? []), result]);
      say(`round ${round}: ${name}: ${describe(result)}`);
    }
  }
  load.disconnect();
  server.child.disconnect();
  const faults = await findLedgerFaults(ground.owner);
  return figuresOf(results, faults.length);
}

/** Offers of both sides that meet. */
function orderOn({ marketId, cookies }: Ground): Pick<LoadOrder, 'path' | 'bets' | 'cookies'> {
  const bets = ['A', 'B'].map((side) => ({ side, stakeXof: 1_000, askXof: 1_000 }));
  return { path: `/markets/${marketId}/offers`, bets, cookies };
}

function describe({ perSecond, p50Ms, p99Ms, fsyncsPerBet }: Round): string {
  return `${Math.trunc(perSecond)} bets/s, p50 ${p50Ms.toPrecision(2)} ms, p99 ${p99Ms.toPrecision(2)} ms, ${fsyncsPerBet.toPrecision(2)} fsync a bet`;
}

function figuresOf(results: ReadonlyMap<string, readonly Round[]>, faults: number): Figure[] {
  const median = (name: string) => medianOf((results.get(name) ?? []).map((round) => round.perSecond));
  const figures: Figure[] = [];
  for (const [name, list] of results) {
    figures.push({
      name: `accepted bets, ${name}`,
      value: Math.trunc(median(name)),
      unit: 'bets/s',
      goal: null,
      pass: true,
    });
    const p99Ms = medianOf(list.map((round) => round.p99Ms));
    if (name.startsWith('HTTP'))
      figures.push({ name: `p99, ${name}`, value: p99Ms, unit: 'ms', goal: null, pass: true });
    const fsyncs = medianOf(list.map((round) => round.fsyncsPerBet));
    figures.push({ name: `fsync, ${name}`, value: fsyncs, unit: 'per bet', goal: null, pass: true });
  }
  const best = Math.max(...pgbenchClients.map((clients) => median(`pgbench, ${clients} clients`)));
  const ratio = median('HTTP, 64 connections') / best;
  figures.push({
    name: 'HTTP at 64 connections ÷ best pgbench',
    value: ratio,
    unit: '×',
    goal: '≥ 1',
    pass: ratio >= 1,
  });
  figures.push({
    name: 'faults of the ledger afterwards',
    value: faults,
    unit: '',
    goal: '0',
    pass: faults === 0,
  });
  return figures;
}

/** Runs one round and holds what it says against the database: as many bets as were acknowledged, no more, no fewer. */
async function counted(
  { owner }: Ground,
  run: () => Promise<{ bets: number; elapsedMs: number; p50Ms: number; p99Ms: number }>,
): Promise<Round> {
  await owner.query('CHECKPOINT').catch(() => undefined);
  const before = await countRows(owner);
  const { bets, elapsedMs, p50Ms, p99Ms } = await run();
  const after = await countRows(owner);
  const stored = after.bets - before.bets;
  if (stored !== bets) throw new Error(`${bets} bets were acknowledged, ${stored} are stored`);
  return {
    bets,
    perSecond: (bets * 1_000) / elapsedMs,
    p50Ms,
    p99Ms,
    fsyncsPerBet: (after.fsyncs - before.fsyncs) / bets,
  };
}

async function countRows(owner: Db): Promise<{ bets: number; fsyncs: number }> {
  return one(
    await owner.query<{ bets: number; fsyncs: number }>(
      `SELECT (SELECT count(*) FROM operation WHERE kind = 'place-offer' AND status = 200) AS bets,
         (SELECT coalesce(sum(fsyncs), 0)::bigint FROM pg_stat_io WHERE object = 'wal') AS fsyncs`,
    ),
  );
}

async function runHttp(load: ChildProcess, order: LoadOrder) {
  const { statuses, ...times } = await runLoad(load, order);
  const others = Object.keys(statuses).filter((status) => status !== '201');
  if (others.length > 0) say(`  not accepted: ${JSON.stringify(statuses)}`);
  return { bets: statuses['201'] ?? 0, ...times };
}

async function runComparator(program: string | null, run: Parameters<typeof runPgbench>[1]) {
  if (program === null)
    throw new Error('There is no pgbench on this machine: install postgresql-15 or later.');
  const { transactions, tps, latencyMs } = await runPgbench(program, run);
  return { bets: transactions, elapsedMs: (transactions * 1_000) / tps, p50Ms: latencyMs, p99Ms: Number.NaN };
}

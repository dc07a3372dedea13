/**
 * `npm run bench-pools`: does a pool of thousands of outcomes slow the other markets? Bets at a steady pace on a market,
 * alone and beside tickets at a steady pace in a pool of 8 192 outcomes of which 5 000 at least are taken, in turns, on
 * the real server over HTTP (PostgreSQL as shipped, fsync and synchronous commit on). Each time counts from when its
 * request was due. Options: `--seconds 8 --rounds 5 --bets 150 --tickets 150 --json`.
 */
import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Db, one, openDb } from '#server/db.ts';
import { findLedgerFaults } from '#server/ledger/check-ledger.ts';
import { migrate } from '#server/migrate.ts';
import { createPool, type NewLeg } from '#server/pools/create-pool.ts';
import { openPool } from '#server/pools/open-pool.ts';
import { startPostgres } from '#server/postgres/supervisor.ts';
import { type SeededMarket, seedMarkets, seedPlayers, seedStaff } from '#server/testing/seed.ts';
import { approveSettings, unlimitedRates, unlimitedStakes } from '#server/testing/seed-settings.ts';
import type { LoadOrder, LoadResult } from './bet-load.ts';
import { runLoad, startLoad, startServer } from './bet-processes.ts';
import { type Figure, medianOf, printFigures } from './figures.ts';

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '8' },
    rounds: { type: 'string', default: '5' },
    bets: { type: 'string', default: '150' },
    tickets: { type: 'string', default: '150' },
    json: { type: 'boolean', default: false },
  },
});
const seconds = Number(options.seconds);
const rounds = Number(options.rounds);
const CONNECTIONS = 32;
const PLAYERS = 1_000;
const OUTCOMES_TAKEN = 5_000;
const RATIO_MAX = 1.2;
const groups = ['fall', 'ko', 'stoppage', 'decision'];
const say = (line: string) => console.error(line);

process.exitCode = await main();

async function main(): Promise<number> {
  const dataDir = mkdtempSync(join(tmpdir(), 'mbayar-bench-pools-'));
  chmodSync(dataDir, 0o711);
  const postgres = await startPostgres({ dataDir, log: () => undefined });
  try {
    const { appUrl } = await migrate({ ownerUrl: postgres.ownerUrl, app: { password: 'bench' } });
    const owner = openDb({ connectionString: postgres.ownerUrl, poolSize: 2 });
    const figures = await measure(owner, appUrl);
    await owner.close();
    printFigures(figures, options.json);
    return figures.every((figure) => figure.pass) ? 0 : 1;
  } finally {
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

type Order = Omit<LoadOrder, 'connections' | 'seconds'>;

async function measure(owner: Db, appUrl: string): Promise<Figure[]> {
  await approveSettings(owner, { ...unlimitedRates, ...unlimitedStakes });
  const seeded = await seedPlayers(owner, { count: PLAYERS, availableXof: 1_000_000_000 });
  const [market] = await seedMarkets(owner, { count: 1 });
  if (market === undefined) throw new Error('no market');
  const poolId = await openBigPool(owner, await seedMarkets(owner, { count: 7 }));
  const server = await startServer(appUrl);
  const [betting, buying] = [startLoad(), startLoad()];
  const common = { port: server.port, cookies: seeded.map(({ cookie }) => cookie) };
  const bets: Order = { ...common, path: `/markets/${market.marketId}/offers`, bets: offers() };
  const tickets: Order = { ...common, path: `/pools/${poolId}/tickets`, bets: everyTicket() };

  await warmUp(owner, poolId, { betting, buying, bets, tickets });
  const alone: LoadResult[] = [];
  const beside: LoadResult[] = [];
  const pool: LoadResult[] = [];
  const pace = (order: Order, perSecond: string): LoadOrder => ({
    ...order,
    connections: CONNECTIONS,
    seconds,
    perSecond: Number(perSecond),
  });
  for (let round = 1; round <= rounds; round++) {
    alone.push(accepted(await runLoad(betting, pace(bets, options.bets))));
    const [bet, ticket] = await Promise.all([
      runLoad(betting, pace(bets, options.bets)),
      runLoad(buying, pace(tickets, options.tickets)),
    ]);
    beside.push(accepted(bet));
    pool.push(accepted(ticket));
    say(
      `round ${round}: p99 of bets ${alone.at(-1)?.p99Ms.toFixed(1)} ms alone, ${bet.p99Ms.toFixed(1)} beside`,
    );
  }
  for (const child of [betting, buying, server.child]) child.disconnect();
  return figuresOf({ alone, beside, pool }, await takenOf(owner, poolId), await findLedgerFaults(owner));
}

/** Seven questions: who wins one bout, and how six others are won. */
async function openBigPool(owner: Db, bouts: readonly SeededMarket[]): Promise<number> {
  const [member] = await seedStaff(owner, 1);
  const [first] = bouts;
  if (member === undefined || first === undefined) throw new Error('nobody and nothing to open a pool with');
  const session = { sessionId: randomUUID(), isSteppedUp: true };
  const operator = { kind: 'staff', ...member, role: 'operator', session } as const;
  const legs = bouts.map(({ boutId }, at): NewLeg => ({ boutId, kind: at === 0 ? 'winner' : 'method' }));
  const { poolId } = await createPool(owner, operator, {
    operationId: randomUUID(),
    galaId: first.galaId,
    name: 'Sept combats',
    legs,
  });
  await openPool(owner, operator, { operationId: randomUUID(), poolId });
  return poolId;
}

function offers(): object[] {
  return ['A', 'B'].map((side) => ({ side, stakeXof: 1_000, askXof: 1_000 }));
}

/** One ticket for each of the 8 192 combinations. */
function everyTicket(): object[] {
  let combinations: string[][] = [['A'], ['B']];
  for (let leg = 0; leg < 6; leg++)
    combinations = combinations.flatMap((picks) => groups.map((group) => [...picks, group]));
  return combinations.map((picks) => ({ picks, stakeXof: 1_000 }));
}

/** As fast as can be, until the pool is as big as it is said to be. */
async function warmUp(
  owner: Db,
  poolId: number,
  loads: {
    readonly betting: ChildProcess;
    readonly buying: ChildProcess;
    readonly bets: Order;
    readonly tickets: Order;
  },
): Promise<void> {
  await runLoad(loads.betting, { ...loads.bets, connections: CONNECTIONS, seconds: 2 });
  while ((await takenOf(owner, poolId)) < OUTCOMES_TAKEN)
    await runLoad(loads.buying, { ...loads.tickets, connections: CONNECTIONS, seconds: 2 });
  await owner.query('ANALYZE');
  say(`${await takenOf(owner, poolId)} outcomes of the pool are taken`);
}

async function takenOf(owner: Db, poolId: number): Promise<number> {
  const rows = owner.query<{ taken: number }>('SELECT count(*) AS taken FROM pool_total WHERE pool_id = $1', [
    poolId,
  ]);
  return one(await rows).taken;
}

function accepted(result: LoadResult): LoadResult {
  const others = Object.keys(result.statuses).filter((status) => status !== '201');
  if (others.length > 0) throw new Error(`not accepted: ${JSON.stringify(result.statuses)}`);
  return result;
}

function figuresOf(
  { alone, beside, pool }: Record<'alone' | 'beside' | 'pool', readonly LoadResult[]>,
  taken: number,
  faults: readonly unknown[],
): Figure[] {
  const p50 = (list: readonly LoadResult[]) => medianOf(list.map(({ p50Ms }) => p50Ms));
  const p99 = (list: readonly LoadResult[]) => medianOf(list.map(({ p99Ms }) => p99Ms));
  const ratio = p99(beside) / p99(alone);
  const informs = { goal: null, pass: true };
  return [
    {
      name: 'outcomes of the pool that are taken',
      value: taken,
      unit: '',
      goal: `≥ ${OUTCOMES_TAKEN}`,
      pass: taken >= OUTCOMES_TAKEN,
    },
    { name: 'bets alone, p50', value: p50(alone), unit: 'ms', ...informs },
    { name: 'bets alone, p99', value: p99(alone), unit: 'ms', ...informs },
    { name: 'bets beside the pool, p50', value: p50(beside), unit: 'ms', ...informs },
    { name: 'bets beside the pool, p99', value: p99(beside), unit: 'ms', ...informs },
    { name: 'tickets, p99', value: p99(pool), unit: 'ms', ...informs },
    {
      name: 'p99 of bets, beside ÷ alone',
      value: ratio,
      unit: '×',
      goal: `≤ ${RATIO_MAX}`,
      pass: ratio <= RATIO_MAX,
    },
    {
      name: 'faults of the ledger afterwards',
      value: faults.length,
      unit: '',
      goal: '0',
      pass: faults.length === 0,
    },
  ];
}

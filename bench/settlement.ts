/**
 * `npm run bench:settlement`: a market of 100 000 duels and a pool of 100 000 tickets settled by the product, beside plain
 * SQL that writes the same rows in one transaction each (`bench/settlement/plain.sql`), on copies of one database, in
 * turns (PostgreSQL as shipped, fsync and synchronous_commit on). The settling process's memory at ten points, and once more
 * with the garbage collected at each point: what it really uses. Then once more, killed (kill -9) twenty times at random:
 * its tables have to be those of the undisturbed run, byte for byte.
 *
 * Options: `--duels 100000 --tickets 100000 --players 2000 --rounds 3 --kills 20 --seed N --json`.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Client } from 'pg';
import { openDb } from '#server/db.ts';
import { findLedgerFaults } from '#server/ledger/check-ledger.ts';
import { startPostgres } from '#server/postgres/supervisor.ts';
import { uuidV5 } from '#server/uuid.ts';
import { type Figure, medianOf, printFigures } from './figures.ts';
import { copyGround, type Ground, hashTables, prepare } from './settlement/ground.ts';
import type { Said } from './settlement/worker.ts';

const RATIO_GOAL = 0.5;
const MEMORY_POINTS = 10;
/** How much the memory in use may grow, and how much more a process may hold in its second half: a heap breathes. */
const MEMORY_GROWTH_MAX_MB = 50;

const { values: options } = parseArgs({
  options: {
    duels: { type: 'string', default: '100000' },
    tickets: { type: 'string', default: '100000' },
    players: { type: 'string', default: '2000' },
    rounds: { type: 'string', default: '3' },
    kills: { type: 'string', default: '20' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    json: { type: 'boolean', default: false },
  },
});
const amounts = {
  duels: Number(options.duels),
  tickets: Number(options.tickets),
  players: Number(options.players),
};
type Subject = 'market' | 'pool';
const subjects: readonly Subject[] = ['market', 'pool'];
const say = (line: string) => console.error(line);

process.exitCode = await main();

async function main(): Promise<number> {
  const dataDir = mkdtempSync(join(tmpdir(), 'mbayar-settlement-'));
  chmodSync(dataDir, 0o711);
  const postgres = await startPostgres({ dataDir, log: () => undefined });
  try {
    say(`filling: ${amounts.duels} duels, ${amounts.tickets} tickets, ${amounts.players} players …`);
    const ground = await prepare(postgres.ownerUrl, amounts);
    const figures = await measure(ground);
    printFigures(figures, options.json);
    return figures.every(({ pass }) => pass) ? 0 : 1;
  } finally {
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

interface Settled {
  readonly rowsPerSecond: Readonly<Record<Subject, number>>;
}

async function measure(ground: Ground): Promise<Figure[]> {
  const ours: Settled[] = [];
  const plain: Settled[] = [];
  const memory: (readonly number[])[] = [];
  let plainGround: Ground | null = null;
  let undisturbed: { ground: Ground; tookMs: Record<Subject, number> } | null = null;
  for (let round = 1; round <= Number(options.rounds); round++) {
    const copy = await copyGround(ground, `ours_${round}`);
    const { tookMs, rssBytes } = await settleOnce(copy);
    const rows = await countRows(copy);
    ours.push({ rowsPerSecond: perSecond(rows, tookMs) });
    memory.push(rssBytes);
    undisturbed ??= { ground: copy, tookMs };
    plainGround = await copyGround(ground, `plain_${round}`);
    plain.push(await settlePlainly(plainGround));
    say(`round ${round}: ${describe('ours', ours.at(-1))}; ${describe('plain SQL', plain.at(-1))}`);
  }
  if (undisturbed === null || plainGround === null) throw new Error('--rounds is at least 1');
  const fairness = await fairnessFigure(undisturbed.ground, plainGround);
  const kills = await settleKilled(ground, undisturbed.tookMs);
  const killed = await killFigures(undisturbed.ground, kills);
  const { liveBytes } = await settleOnce(await copyGround(ground, 'memory'), subjects, ['--expose-gc']);
  return [...speedFigures(ours, plain), fairness, ...memoryFigures(memory, liveBytes), ...killed];
}

function describe(who: string, settled: Settled | undefined): string {
  const { market = 0, pool = 0 } = settled?.rowsPerSecond ?? {};
  return `${who} ${Math.trunc(market)} and ${Math.trunc(pool)} rows/s`;
}

function perSecond(
  rows: Readonly<Record<Subject, number>>,
  tookMs: Readonly<Record<Subject, number>>,
): Record<Subject, number> {
  return {
    market: (rows.market * 1_000) / tookMs.market,
    pool: (rows.pool * 1_000) / tookMs.pool,
  };
}

function startWorker(
  { appUrl, marketId, poolId }: Ground,
  what: readonly Subject[],
  execArgv: readonly string[] = [],
): ChildProcess {
  const path = join(import.meta.dirname, 'settlement', 'worker.ts');
  return fork(path, [appUrl, String(marketId), String(poolId), ...what], { execArgv: [...execArgv] });
}

interface Run {
  readonly tookMs: Record<Subject, number>;
  readonly rssBytes: readonly number[];
  readonly liveBytes: readonly number[];
}

/** To the end, undisturbed. */
async function settleOnce(
  ground: Ground,
  what: readonly Subject[] = subjects,
  execArgv: readonly string[] = [],
): Promise<Run> {
  const child = startWorker(ground, what, execArgv);
  const tookMs = { market: Number.NaN, pool: Number.NaN };
  const [rssBytes, liveBytes]: [number[], number[]] = [[], []];
  child.on('message', (message) => {
    // The worker sends this and nothing else.
    const said = message as Said;
    if (said.kind === 'memory') rssBytes.push(said.rssBytes);
    if (said.kind === 'memory' && said.liveBytes !== null) liveBytes.push(said.liveBytes);
    if (said.kind === 'done') tookMs[said.what] = said.tookMs;
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`the worker ended with ${code}`);
  return { tookMs, rssBytes, liveBytes };
}

/** The rows that a settlement wrote: bets, transfers, postings, and each player's balance once. */
async function countRows({ ownerUrl, marketId, poolId }: Ground): Promise<Record<Subject, number>> {
  const count = (bets: string, escrow: string) =>
    `(SELECT count(*) FROM ${bets}) + (SELECT count(*) + count(DISTINCT transfer_id)
       + count(DISTINCT b.account_id) FROM ledger.posting p LEFT JOIN ledger.balance b ON b.account_id = p.credit_account_id
      WHERE p.debit_account_id = (SELECT escrow_account_id FROM ${escrow}))`;
  return queryOne(
    ownerUrl,
    `SELECT (${count(`duel WHERE market_id = ${marketId}`, `market WHERE id = ${marketId}`)})::int AS market,
       (${count(`pool_ticket WHERE pool_id = ${poolId}`, `pool WHERE id = ${poolId}`)})::int AS pool`,
  );
}

/** One transaction for the market, one for the pool. */
async function settlePlainly(ground: Ground): Promise<Settled> {
  const { ownerUrl, marketId, poolId } = ground;
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  const time = async (statement: string) => {
    const beganAt = performance.now();
    await client.query(statement);
    return performance.now() - beganAt;
  };
  const tookMs = {
    market: await time(`CALL bench_settle_market(${marketId})`),
    pool: await time(`CALL bench_settle_pool(${poolId}, '${uuidV5(`pool-settlement:${poolId}`, 1)}')`),
  };
  await client.end();
  return { rowsPerSecond: perSecond(await countRows(ground), tookMs) };
}

interface Kills {
  readonly ground: Ground;
  /** By the signal the process died of and by the database, which says that the rest was still to pay. */
  readonly while: Record<Subject, number>;
  readonly tooLate: number;
}

/**
 * Settles with workers that are killed at random, half of the kills while the market is paid and half while the pool is;
 * then to the end. They reach over most of what an undisturbed run takes.
 */
async function settleKilled(
  ground: Ground,
  undisturbedMs: Readonly<Record<Subject, number>>,
): Promise<Kills> {
  const copy = await copyGround(ground, 'killed');
  const random = randomFrom(Number(options.seed));
  const [kills, halfOfKills] = [Number(options.kills), Math.ceil(Number(options.kills) / 2)];
  say(`killing ${kills} times, seed ${options.seed} …`);
  const during = { market: 0, pool: 0 };
  let tooLate = 0;
  for (const subject of subjects) {
    const times = subject === 'market' ? halfOfKills : kills - halfOfKills;
    for (let kill = 0; kill < times; kill++) {
      const child = startWorker(copy, [subject]);
      const exited = once(child, 'exit');
      await once(child, 'message');
      await pause((random() * 1.5 * undisturbedMs[subject]) / times);
      child.kill('SIGKILL');
      const [, signal] = await exited;
      const { isDone, paidCount } = await readProgress(copy, subject);
      if (signal === 'SIGKILL' && !isDone) during[subject] += 1;
      else tooLate += 1;
      say(`${subject}: killed after ${paidCount} bets`);
    }
    await settleOnce(copy, [subject]);
  }
  return { ground: copy, while: during, tooLate };
}

function readProgress(
  { ownerUrl, marketId, poolId }: Ground,
  subject: Subject,
): Promise<{ isDone: boolean; paidCount: number }> {
  const of =
    subject === 'market'
      ? `settlement WHERE market_id = ${marketId}`
      : `pool_settlement WHERE pool_id = ${poolId}`;
  return queryOne(
    ownerUrl,
    `SELECT coalesce(bool_and(state = 'done'), false) AS "isDone", coalesce(sum(paid_count), 0)::int AS "paidCount" FROM ${of}`,
  );
}

/** The same numbers for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function speedFigures(ours: readonly Settled[], plain: readonly Settled[]): Figure[] {
  return subjects.flatMap((subject): Figure[] => {
    const what = subject === 'market' ? 'duels' : 'tickets';
    const median = (list: readonly Settled[]) => medianOf(list.map((one) => one.rowsPerSecond[subject]));
    const [mine, theirs] = [median(ours), median(plain)];
    const ratio = mine / theirs;
    const info = { unit: 'rows/s', goal: null, pass: true } as const;
    return [
      { name: `${what}: settled`, value: mine, ...info },
      { name: `${what}: plain SQL`, value: theirs, ...info },
      {
        name: `${what}: settled ÷ plain SQL`,
        value: ratio,
        unit: '×',
        goal: `≥ ${RATIO_GOAL}`,
        pass: ratio >= RATIO_GOAL,
      },
    ];
  });
}

/** Whether the comparator did the same work: every bet and every balance as the product left them. */
async function fairnessFigure(ours: Ground, plain: Ground): Promise<Figure> {
  const [expected, seen] = [await hashTables(ours.ownerUrl), await hashTables(plain.ownerUrl)];
  const compared = ['public.duel', 'public.pool_ticket', 'ledger.balance'];
  const different = compared.filter((name) => expected[name] === undefined || expected[name] !== seen[name]);
  return {
    name: 'tables of bets and balances that plain SQL left otherwise, of 3',
    value: different.length,
    unit: '',
    goal: '0',
    pass: different.length === 0,
  };
}

/** At ten points: in use, and held by the process in the round that grew most. */
function memoryFigures(rounds: readonly (readonly number[])[], liveBytes: readonly number[]): Figure[] {
  const live = tenPoints(liveBytes);
  const growthOf = (list: readonly number[]) =>
    Math.max(...list.slice(MEMORY_POINTS / 2)) - Math.max(...list.slice(0, MEMORY_POINTS / 2));
  const held = rounds.map(tenPoints).toSorted((one, other) => growthOf(other) - growthOf(one))[0] ?? [];
  const list = (name: string, points: readonly number[]): Figure[] =>
    points.map((value, index) => ({
      name: `${name} at ${(index + 1) * MEMORY_POINTS} %`,
      value,
      unit: 'MB',
      goal: null,
      pass: true,
    }));
  const flat = (name: string, value: number): Figure => ({
    name,
    value,
    unit: 'MB',
    goal: `< ${MEMORY_GROWTH_MAX_MB}`,
    pass: value < MEMORY_GROWTH_MAX_MB,
  });
  return [
    ...list('memory in use', live),
    flat('memory in use: most less least', Math.max(...live) - Math.min(...live)),
    ...list('memory of the process', held),
    flat('memory of the process: second half less first', growthOf(held)),
  ];
}

function tenPoints(bytes: readonly number[]): number[] {
  return Array.from({ length: MEMORY_POINTS }, (_, index) => {
    const at = Math.floor(((index + 1) * (bytes.length - 1)) / MEMORY_POINTS);
    return (bytes[at] ?? Number.NaN) / 1_048_576;
  });
}

async function killFigures(
  undisturbed: Ground,
  { ground, while: during, tooLate }: Kills,
): Promise<Figure[]> {
  const [expected, seen] = [await hashTables(undisturbed.ownerUrl), await hashTables(ground.ownerUrl)];
  const different = Object.keys(expected).filter((name) => expected[name] !== seen[name]);
  if (different.length > 0) say(`different: ${different.join(', ')}`);
  const owner = openDb({ connectionString: ground.ownerUrl, poolSize: 1 });
  const faults = await findLedgerFaults(owner);
  await owner.close();
  return [
    { name: 'kills while the market was paid', value: during.market, unit: '', goal: null, pass: true },
    { name: 'kills while the pool was paid', value: during.pool, unit: '', goal: null, pass: true },
    { name: 'kills that came too late', value: tooLate, unit: '', goal: '0', pass: tooLate === 0 },
    {
      name: `tables that differ from the undisturbed run’s, of ${Object.keys(expected).length}`,
      value: different.length,
      unit: '',
      goal: '0',
      pass: different.length === 0,
    },
    { name: 'faults of the ledger', value: faults.length, unit: '', goal: '0', pass: faults.length === 0 },
  ];
}

async function queryOne<Row extends object>(url: string, statement: string): Promise<Row> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<Row>(statement);
  await client.end();
  const [row] = rows;
  if (row === undefined) throw new Error('no row');
  return row;
}

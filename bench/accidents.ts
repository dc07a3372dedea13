/**
 * `npm run accidents`: kill -9 of the server and of PostgreSQL while people bet and while they are paid, then the
 * history checker: nothing that was acknowledged is lost, nothing is done twice, the ledger is sound.
 *
 * The real server with its own PostgreSQL, everything over HTTP. Options: `--rounds 20` kills of each kind, `--json`.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Db, openDb } from '#server/db.ts';
import { findHistoryFaults, History } from '#server/testing/history.ts';
import {
  type SeededMarket,
  type SeededStaff,
  seedMarkets,
  seedPlayers,
  seedStaff,
} from '#server/testing/seed.ts';
import { approveSettings, unlimitedRates, unlimitedStakes } from '#server/testing/seed-settings.ts';
import { Clients } from './accidents/clients.ts';
import { request } from './accidents/request.ts';
import { RunningServer } from './accidents/running-server.ts';
import { type Figure, medianOf, printFigures } from './figures.ts';

const workers = 24;
const duelsPerMarket = 4_000;
const sweepXof = 500_000;

const { values: options } = parseArgs({
  options: { rounds: { type: 'string', default: '20' }, json: { type: 'boolean', default: false } },
});
const rounds = Number(options.rounds);
const began = performance.now();
const say = (line: string) => console.error(`${Math.trunc((performance.now() - began) / 1_000)} s: ${line}`);

type Victim = 'server' | 'postgres';

interface Ground {
  readonly server: RunningServer;
  readonly owner: Db;
  readonly clients: Clients;
  readonly staff: readonly SeededStaff[];
}

process.exitCode = await main();

async function main(): Promise<number> {
  const startedAt = performance.now();
  const server = await RunningServer.create();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void server.remove().then(() => process.exit(130)));
  }
  try {
    server.start();
    await server.ready();
    const owner = openDb({ connectionString: server.ownerUrl(), poolSize: 2 });
    await approveSettings(owner, { ...unlimitedRates, ...unlimitedStakes });
    say(`limits for the load: ${JSON.stringify({ ...unlimitedRates, ...unlimitedStakes })}`);
    const history = new History(await earlierOperations(owner));
    const players = await seedPlayers(owner, { count: 60, availableXof: 500_000_000 });
    const clients = new Clients({ port: server.port, history, players });
    const ground = { server, owner, clients, staff: await seedStaff(owner, 2) };

    const figures: Figure[] = [];
    const hot = await seedMarkets(owner, { count: 4 });
    for (const victim of ['server', 'postgres'] as const) {
      const backMs = await killWhilePlacing(ground, hot, victim);
      figures.push(informs(`${victim} killed while placing`, rounds, 'times'));
      figures.push(informs(`answers again after a kill of ${victim}, median`, medianOf(backMs), 'ms'));
      figures.push(informs(`answers again after a kill of ${victim}, longest`, Math.max(...backMs), 'ms'));
    }
    for (const victim of ['server', 'postgres'] as const) {
      await killWhileSettling(ground, victim);
      figures.push(informs(`${victim} killed while settling`, rounds, 'times'));
    }
    for (const market of hot) await decide(ground, market);
    for (const market of hot) await untilPaid(ground, market);
    const resolved = await clients.resolveUnknown();
    say(`${resolved} commands whose outcome was unknown are cleared up; checking …`);
    // What was just written in masses is looked up by plans that know of it.
    await owner.query('ANALYZE');
    const faults = await findHistoryFaults(owner, history);
    for (const fault of faults.slice(0, 20)) say(`  ${fault}`);
    await owner.close();
    figures.push(...countsOf(history, clients), mustBe('faults found', faults.length, 0));
    figures.push(informs('time in all', (performance.now() - startedAt) / 1_000, 's'));
    printFigures(figures, options.json);
    if (faults.length > 0) say(server.log());
    return faults.length === 0 ? 0 : 1;
  } finally {
    await server.remove();
  }
}

function countsOf(history: History, clients: Clients): Figure[] {
  const entries = [...history.entries.values()];
  const count = (test: (entry: (typeof entries)[number]) => boolean) => entries.filter(test).length;
  return [
    informs('commands sent', entries.length, ''),
    informs('commands carried out', clients.doneCount, ''),
    informs(
      'commands refused',
      count((entry) => (entry.answers[0]?.status ?? 0) >= 400),
      '',
    ),
    informs(
      'tries refused for now (503)',
      entries.reduce((sum, entry) => sum + entry.busyCount, 0),
      '',
    ),
    informs(
      'tries without an answer',
      entries.reduce((sum, entry) => sum + entry.unknownCount, 0),
      '',
    ),
    mustBe('commands still unknown', history.unresolved().length, 0),
  ];
}

function informs(name: string, value: number, unit: string): Figure {
  return { name, value, unit, goal: null, pass: true };
}

function mustBe(name: string, value: number, goal: number): Figure {
  return { name, value, unit: '', goal: String(goal), pass: value === goal };
}

async function earlierOperations(owner: Db): Promise<Set<string>> {
  const rows = await owner.query<{ id: string }>('SELECT id FROM operation');
  return new Set(rows.map((row) => row.id));
}

/** Kills `victim` again and again under load; how long each time until commands were carried out again, in ms. */
async function killWhilePlacing(
  { server, clients }: Ground,
  markets: readonly SeededMarket[],
  victim: Victim,
): Promise<number[]> {
  say(`kill -9 of the ${victim}, ${rounds} times, while people bet …`);
  clients.start(
    markets.map((market) => market.marketId),
    workers,
  );
  const backMs: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await untilDone(clients, 50);
    await sleep(Math.random() * 300);
    const killedAt = performance.now();
    await kill(server, victim);
    await untilDone(clients, 1);
    backMs.push(performance.now() - killedAt);
  }
  await clients.stop();
  await clients.resolveUnknown();
  return backMs;
}

async function kill(server: RunningServer, victim: Victim): Promise<void> {
  if (victim === 'postgres') {
    const killed = server.killPostgres();
    // What it had begun goes on for a moment: only with the next one does it answer again.
    await until(() => (server.postmasterPid() ?? killed) !== killed, 'PostgreSQL is started again');
    return;
  }
  await server.killServer();
  server.start();
}

async function untilDone(clients: Clients, more: number): Promise<void> {
  const goal = clients.doneCount + more;
  await until(() => clients.doneCount >= goal, 'commands are carried out');
}

/** Kills `victim` again and again while markets are paid; makes and decides a next market when one is through. */
async function killWhileSettling(ground: Ground, victim: Victim): Promise<void> {
  say(`kill -9 of the ${victim}, ${rounds} times, while people are paid …`);
  const { server, owner } = ground;
  let market: SeededMarket | undefined;
  let paidBefore = -1;
  for (let kills = 0; kills < rounds; ) {
    if (market === undefined) {
      market = await fillMarket(ground);
      await decide(ground, market);
      paidBefore = -1;
    }
    const progress = await progressOf(owner, market);
    if (progress === null || (progress.isPaying && progress.paid === paidBefore)) {
      await sleep(5);
      continue;
    }
    if (progress.isPaying) await sleep(Math.random() * 60);
    const now = await progressOf(owner, market);
    if (now?.isPaying === true) {
      paidBefore = now.paid;
      await kill(server, victim);
      kills += 1;
    } else if (now !== null) {
      market = undefined;
      await server.ready();
    }
  }
  if (market !== undefined) await untilPaid(ground, market);
  await server.ready();
}

/** How far the payment is; null when the database does not answer, or nothing is decided. */
async function progressOf(
  owner: Db,
  market: SeededMarket,
): Promise<{ isPaying: boolean; paid: number } | null> {
  try {
    const [row] = await owner.query<{ isPaying: boolean; paid: number }>(
      `SELECT state = 'paying' AS "isPaying", paid_count AS paid FROM settlement WHERE market_id = $1`,
      [market.marketId],
    );
    return row ?? null;
  } catch {
    return null;
  }
}

/** A new market full of duels, all made over HTTP. */
async function fillMarket({ owner, clients }: Ground): Promise<SeededMarket> {
  const [market] = await seedMarkets(owner, { count: 1 });
  if (market === undefined) throw new Error('no market');
  const players = await seedPlayers(owner, { count: 10, availableXof: duelsPerMarket * 1_000 });
  const place = (index: number, terms: object) =>
    clients.place(market.marketId, players[index % players.length], terms);
  for (let made = 0; made < duelsPerMarket; made += 200) {
    await Promise.all(
      Array.from({ length: 200 }, (_, i) => place(i % 9, { side: 'A', stakeXof: 1_000, askXof: 1_000 })),
    );
  }
  for (let left = duelsPerMarket * 1_000; left > 0; left -= sweepXof) {
    await place(9, { side: 'B', stakeXof: Math.min(left, sweepXof), askXof: Math.min(left, sweepXof) });
  }
  await clients.resolveUnknown();
  return market;
}

/** Whistle, root, result by two people: what the staff does, tried again until it is done. */
async function decide({ server, staff }: Ground, { marketId, boutId }: SeededMarket): Promise<void> {
  const [one, two] = staff;
  if (one === undefined || two === undefined) throw new Error('no staff');
  const resultId = randomUUID();
  const steps: [SeededStaff, string, object][] = [
    [one, `/markets/${marketId}/whistle`, { operationId: randomUUID() }],
    [
      one,
      `/bouts/${boutId}/result`,
      { operationId: resultId, ending: 'fall', winnerSide: 'A', source: 'Accidents' },
    ],
    [two, `/bouts/${boutId}/result/confirm`, { operationId: randomUUID(), resultId }],
  ];
  for (const [who, path, body] of steps) {
    for (const giveUpAt = performance.now() + 60_000; ; await sleep(50)) {
      const answer = await request({
        port: server.officePort,
        method: 'POST',
        path: `/staff${path}`,
        cookie: who.cookie,
        body,
      }).catch(() => null);
      if (answer !== null && answer.status < 300 && answer.status !== 202) break;
      // A refusal is stored with its id: a new try of the proposal needs a new one.
      if (answer?.body['code'] === 'root_not_published') Object.assign(body, { operationId: randomUUID() });
      if (performance.now() > giveUpAt)
        throw new Error(`${path}: ${JSON.stringify(answer)}\n${server.log()}`);
    }
    if (path.endsWith('/result')) {
      const confirmation = steps[2]?.[2];
      if (confirmation !== undefined)
        // Every answer to a command names its operation; a proposal's is the result's id.
        Object.assign(confirmation, { resultId: (body as { operationId: string }).operationId });
    }
  }
}

async function untilPaid({ owner }: Ground, market: SeededMarket): Promise<void> {
  await until(
    async () => (await progressOf(owner, market))?.isPaying === false,
    'the market is paid',
    120_000,
  );
}

async function until(
  test: () => boolean | Promise<boolean>,
  what: string,
  timeoutMs = 60_000,
): Promise<void> {
  for (const giveUpAt = performance.now() + timeoutMs; !(await test()); await sleep(5)) {
    if (performance.now() > giveUpAt) throw new Error(`waited too long until ${what}`);
  }
}

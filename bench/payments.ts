/**
 * `npm run bench-payments`: how long people wait for their money, and whether a bad provider slows down anything else.
 * The real application, its background work included, on a PostgreSQL that waits for the disk, with both simulators
 * behind it; everything in one process but the database. Options: `--seconds 20 --json`.
 */
import { createHmac } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Agent, request } from 'undici';
import { startBackground } from '#server/background.ts';
import { openDataCipher } from '#server/data-cipher.ts';
import type { AnswerFault } from '#server/payments/wave/simulator/control.ts';
import { startPostgres } from '#server/postgres/supervisor.ts';
import { type SeededPlayer, seedMarkets, seedPlayers } from '#server/testing/seed.ts';
import type { TestCluster } from '#server/testing/test-cluster.ts';
import { type Figure, medianOf, printFigures } from './figures.ts';
import { openRandom, type Random } from './simulate/random.ts';
import { openWorld, type SimulatedPlayer, type World } from './simulate/world.ts';

const { values: options } = parseArgs({
  options: { seconds: { type: 'string', default: '20' }, json: { type: 'boolean', default: false } },
});
const seconds = Number(options.seconds);
const DEPOSITS = 120;
const WITHDRAWALS = 60;
const CALLBACKS_A_SECOND = 200;
const BET_SECONDS = 5;
const BETTORS = 8;
const troubles: readonly (readonly [name: string, fault: AnswerFault])[] = [
  ['slow for 30 s', 'slow'],
  ['down', 'reset'],
  ['answering 500', 'error_after'],
];
const say = (line: string) => console.error(line);

process.exitCode = await main();

async function main(): Promise<number> {
  const world = await openWorld(startDurableCluster);
  const background = await startBackground({
    ...world.house.deps,
    jobs: world.house.jobs,
    auditStream: async () => undefined,
    onBoutChanged: world.house.app.onBoutChanged,
    sessions: world.house.app.sessions,
    cipher: openDataCipher(world.house.deps.secrets.dataKeys),
  });
  const random = openRandom(1);
  try {
    const players = await world.takePlayers(20);
    const figures = [
      ...spread('provider success → credited balance', await timeDeposits(world, random, players), 2_000),
      ...spread(
        'withdrawal request → provider’s acceptance',
        await timeWithdrawals(world, random, players),
        5_000,
      ),
      ...spread(`callback answers at ${CALLBACKS_A_SECOND}/s`, await timeCallbacks(world, random), 50, 0.99),
      ...(await timeBets(world, random, players)),
    ];
    printFigures(figures, options.json);
    return figures.every(({ pass }) => pass) ? 0 : 1;
  } finally {
    await background.stop();
    await world.close();
  }
}

async function startDurableCluster(): Promise<TestCluster> {
  const dataDir = mkdtempSync(join(tmpdir(), 'mbayar-bench-'));
  chmodSync(dataDir, 0o711);
  const postgres = await startPostgres({ dataDir, log: () => undefined });
  return {
    adminUrl: postgres.adminUrl,
    stop: async () => {
      await postgres.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function at(times: readonly number[], share: number): number {
  const sorted = times.toSorted((one, other) => one - other);
  return sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? Number.NaN;
}

/** The goal is for one of the shares. */
function spread(name: string, times: readonly number[], goalMs: number, goalShare = 0.95): Figure[] {
  say(`${name}: ${times.length}`);
  return [0.5, 0.95, 0.99].map((share) => {
    const value = at(times, share);
    const hasGoal = share === goalShare;
    return {
      name: `${name}, p${share * 100}`,
      value,
      unit: 'ms',
      goal: hasGoal ? `< ${goalMs}` : null,
      pass: !hasGoal || value < goalMs,
    };
  });
}

async function until(isSo: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await isSo())) await pause(2);
}

async function timeDeposits(
  world: World,
  random: Random,
  players: readonly SimulatedPlayer[],
): Promise<number[]> {
  const times: number[] = [];
  for (let turn = 0; turn < DEPOSITS; turn++) {
    const till = world.tills[turn % world.tills.length];
    const player = players[turn % players.length];
    if (till === undefined || player === undefined) throw new Error('nobody pays');
    const id = random.uuid();
    const asked = { operationId: id, provider: till.name, amountXof: 5_000 };
    await world.house.post('/deposits', player.cookie, asked);
    const [session = ''] = till.sessionsOf(id);
    const beganMs = performance.now();
    till.pay(session, { phone: player.phone });
    void till.deliverCallbacks();
    await until(
      async () => (await world.house.get(`/deposits/${id}`, player.cookie)).body.state === 'credited',
    );
    times.push(performance.now() - beganMs);
  }
  return times;
}

async function timeWithdrawals(
  world: World,
  random: Random,
  players: readonly SimulatedPlayer[],
): Promise<number[]> {
  const times: number[] = [];
  for (let turn = 0; turn < WITHDRAWALS; turn++) {
    const till = world.tills[turn % world.tills.length];
    const player = players[turn % players.length];
    if (till === undefined || player === undefined) throw new Error('nobody is paid');
    const asked = { operationId: random.uuid(), provider: till.name, amountXof: 1_000 };
    const beganMs = performance.now();
    const { status, body } = await world.house.post('/withdrawals', player.cookie, asked);
    if (status !== 202) throw new Error(`a withdrawal was answered ${status} ${JSON.stringify(body)}`);
    await until(() => till.payouts().some(({ reference }) => reference === asked.operationId));
    times.push(performance.now() - beganMs);
  }
  return times;
}

/** Each when its time has come, whether the one before it is answered or not. */
async function timeCallbacks(world: World, random: Random): Promise<number[]> {
  const { config, control } = world.wave;
  const secret = config.webhooks.secrets[0] ?? '';
  const sessions = control.sessions().filter(({ status }) => status === 'complete');
  const address = world.house.app.player.server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const dispatcher = new Agent({ connections: 64 });
  const send = async (): Promise<number> => {
    const session = random.pick(sessions);
    const data = { id: session.id, client_reference: session.reference, transaction_id: session.transaction };
    const body = JSON.stringify({ id: `EV_${random.uuid()}`, type: 'checkout.session.completed', data });
    const t = Math.floor(Date.now() / 1000);
    const digest = createHmac('sha256', secret).update(`${t}${body}`).digest('hex');
    const headers = { 'content-type': 'application/json', 'wave-signature': `t=${t},v1=${digest}` };
    const beganMs = performance.now();
    const url = `http://127.0.0.1:${port}/callbacks/wave`;
    const answer = await request(url, { method: 'POST', headers, body, dispatcher });
    await answer.body.dump();
    if (answer.statusCode !== 200) throw new Error(`a callback was answered ${answer.statusCode}`);
    return performance.now() - beganMs;
  };
  const startedMs = performance.now();
  const answers: Promise<number>[] = [];
  for (let turn = 0; turn < seconds * CALLBACKS_A_SECOND; turn++) {
    const dueMs = startedMs + (turn * 1_000) / CALLBACKS_A_SECOND;
    while (performance.now() < dueMs) await pause(1);
    answers.push(send());
  }
  const times = await Promise.all(answers);
  await dispatcher.close();
  return times;
}

/** Bets with a bad provider, against bets before and after it. */
async function timeBets(
  world: World,
  random: Random,
  players: readonly SimulatedPlayer[],
): Promise<Figure[]> {
  const [market] = await seedMarkets(world.house.owner, { count: 1 });
  if (market === undefined) throw new Error('no market');
  const bettors = await seedPlayers(world.house.owner, { count: 50, availableXof: 100_000_000 });
  const bet = (forSeconds: number) => timeOffers(world, random, bettors, market.marketId, forSeconds);
  await bet(2);
  const alone = [at(await bet(BET_SECONDS), 0.99)];
  const figures: Figure[] = [];
  for (const [name, fault] of troubles) {
    const { control } = world.wave;
    control.setFaults({ answer: () => fault, slowMs: 30_000 });
    const isOver = { now: false };
    const opened = openCircuit(world, random, players, isOver);
    const p99Ms = at(await bet(BET_SECONDS), 0.99);
    const openedAfterMs = await opened;
    isOver.now = true;
    control.clearFaults();
    world.letCircuitsClose();
    alone.push(at(await bet(BET_SECONDS), 0.99));
    figures.push({ name: `bets’ p99 with Wave ${name}`, value: p99Ms, unit: 'ms', goal: null, pass: true });
    const isInTime = openedAfterMs < 10_000;
    figures.push({
      name: `circuit opens, Wave ${name}`,
      value: openedAfterMs / 1_000,
      unit: 's',
      goal: '< 10',
      pass: isInTime,
    });
  }
  const aloneMs = medianOf(alone);
  const judged = figures.map((figure) => {
    if (!figure.name.startsWith('bets')) return figure;
    return { ...figure, goal: `< ${Math.ceil(aloneMs * 1.2)}`, pass: figure.value < aloneMs * 1.2 };
  });
  return [
    { name: 'bets’ p99, providers well', value: aloneMs, unit: 'ms', goal: null, pass: true },
    ...judged,
  ];
}

async function timeOffers(
  world: World,
  random: Random,
  players: readonly SeededPlayer[],
  marketId: number,
  forSeconds: number,
): Promise<number[]> {
  const times: number[] = [];
  const endsMs = performance.now() + forSeconds * 1_000;
  const play = async (side: 'A' | 'B') => {
    while (performance.now() < endsMs) {
      const { cookie } = random.pick(players);
      const offer = { operationId: random.uuid(), side, stakeXof: 1_000, askXof: 1_000 };
      const beganMs = performance.now();
      const { status, body } = await world.house.post(`/markets/${marketId}/offers`, cookie, offer);
      if (status !== 201) throw new Error(`a bet was answered ${status} ${JSON.stringify(body)}`);
      times.push(performance.now() - beganMs);
    }
  };
  await Promise.all(Array.from({ length: BETTORS }, (_, one) => play(one % 2 === 0 ? 'A' : 'B')));
  return times;
}

/** People go on asking for deposits until the circuit opens. Answers how long that took. */
async function openCircuit(
  world: World,
  random: Random,
  players: readonly SimulatedPlayer[],
  isOver: { readonly now: boolean },
): Promise<number> {
  const provider = world.house.deps.providers['wave'];
  const beganMs = performance.now();
  const waiting: Promise<unknown>[] = [];
  while (provider?.isSilent?.() !== true && !isOver.now && performance.now() - beganMs < 15_000) {
    if (waiting.length < 30) {
      const asked = { operationId: random.uuid(), provider: 'wave', amountXof: 1_000 };
      waiting.push(world.house.post('/deposits', random.pick(players).cookie, asked));
    }
    await pause(50);
  }
  const tookMs = performance.now() - beganMs;
  await Promise.all(waiting);
  return tookMs;
}

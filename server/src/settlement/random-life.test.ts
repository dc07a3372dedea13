/** L01, L04: ten thousand operations drawn at random, from deposits to corrections, and then every account once more. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { type BoutEnding, hasWinner } from '#core/bout.ts';
import { type Dice, diceOf } from '#core/testing/command-stream.ts';
import { sealPool } from '../pools/seal-pool.ts';
import { settlePool } from '../pools/settle-pool.ts';
import { accept, cancel, place } from '../testing/bets.ts';
import { type Answer, type House, openHouse } from '../testing/house.ts';
import { buy, openTestPool } from '../testing/pools.ts';
import { close, correct, decide, settle } from '../testing/results.ts';
import {
  type SeededMarket,
  type SeededPlayer,
  type SeededStaff,
  seedBonus,
  seedMarkets,
  seedPlayers,
  seedStaff,
} from '../testing/seed.ts';
import { unlimitedRates, unlimitedStakes } from '../testing/seed-settings.ts';
import { sendWithdrawal } from '../withdrawals/send-withdrawal.ts';

const OPERATIONS = 10_000;
const AT_ONCE = 50;
const ROUNDS = 20;
const ENDINGS: readonly BoutEnding[] = [
  'fall',
  'ko',
  'draw',
  'no_verdict',
  'double_disqualification',
  'decision',
];

let house: House;
let staff: readonly [SeededStaff, SeededStaff];
let players: SeededPlayer[];

before(async () => {
  house = await openHouse({
    settings: { ...unlimitedRates, ...unlimitedStakes, withdrawalsAccountHour: 1_000 },
  });
  staff = (await seedStaff(house.owner, 2)) as [SeededStaff, SeededStaff];
  players = await seedPlayers(house.owner, { count: 24, availableXof: 100_000 });
  for (const { playerId } of players.slice(0, 8)) await seedBonus(house.owner, playerId, 20_000);
});
after(() => house.close());

interface Evening {
  readonly markets: readonly SeededMarket[];
  readonly poolId: number;
  readonly offers: { readonly marketId: number; readonly offerId: string; readonly by: SeededPlayer }[];
}

async function openEvening(): Promise<Evening> {
  const markets = await seedMarkets(house.owner, { count: 3 });
  const [first] = markets;
  assert(first !== undefined);
  const poolId = await openTestPool(house, staff[0].cookie, first.galaId, [{ boutId: first.boutId }]);
  return { markets, poolId, offers: [] };
}

function pick<T>(draw: Dice, from: readonly T[]): T {
  const one = from[draw(from.length)];
  assert(one !== undefined, 'nothing to draw from');
  return one;
}

/** One command of one player; what it is called, and its answer. */
async function act(draw: Dice, evening: Evening): Promise<readonly [string, Answer]> {
  const by = pick(draw, players);
  const { marketId } = pick(draw, evening.markets);
  const stakeXof = 1_000 + 100 * draw(40);
  const side = draw(2) === 0 ? 'A' : 'B';
  const known = evening.offers.length === 0 ? null : pick(draw, evening.offers);
  const chance = draw(100);
  if (chance < 6) {
    const body = { operationId: randomUUID(), provider: 'internal', amountXof: 500 + draw(2_000) };
    return ['deposit', await house.post('/deposits', by.cookie, body)];
  }
  if (chance < 12) {
    const body = { operationId: randomUUID(), provider: 'internal', amountXof: 500 + 5 * draw(100) };
    const answer = await house.post('/withdrawals', by.cookie, body);
    if (answer.status === 202) await sendWithdrawal(house.deps, body.operationId);
    return ['withdrawal', answer];
  }
  if (chance < 20) return ['ticket', await buy(house, by, evening.poolId, side, stakeXof)];
  if (chance < 42 && known !== null)
    return ['accept', await accept(house, by, known.marketId, known.offerId, { stakeXof, partial: true })];
  if (chance < 52 && known !== null)
    return ['cancel', await cancel(house, known.by, known.marketId, known.offerId)];
  const answer = await place(house, by, marketId, { side, stakeXof, byLink: draw(10) === 0 });
  if (answer.status === 201) evening.offers.push({ marketId, offerId: answer.body.offerId, by });
  return ['place', answer];
}

function verdictOf(draw: Dice) {
  const ending = pick(draw, ENDINGS);
  const winnerSide = draw(2) === 0 ? ('A' as const) : ('B' as const);
  return hasWinner(ending) ? { ending, winnerSide } : { ending };
}

/** The whistle of every bout, its result, and of every other one a correction, or two. */
async function endEvening(draw: Dice, { markets, poolId }: Evening): Promise<number> {
  let operations = 0;
  for (const { boutId, marketId } of markets) {
    await close(house, staff[0], [marketId]);
    const isPool = boutId === markets[0]?.boutId;
    if (isPool) await sealPool(house.db, poolId);
    const pay = async () => {
      await settle(house, marketId);
      if (isPool) await settlePool({ db: house.db, jobs: house.jobs }, poolId);
    };
    assert.equal((await decide(house, staff, boutId, verdictOf(draw))).status, 200);
    await pay();
    operations += 4;
    for (let times = draw(3); times > 0; times--) {
      assert.equal((await correct(house, staff, boutId, verdictOf(draw))).status, 200);
      await pay();
      operations += 3;
    }
  }
  return operations;
}

test('L01, L04: after ten thousand random operations the ledger is zero in sum, and every balance what its postings say', async () => {
  const draw = diceOf(20_260_101);
  const done = new Map<string, number>();
  let operations = 0;
  for (let round = 0; round < ROUNDS || operations < OPERATIONS; round++) {
    const evening = await openEvening();
    for (let sent = 0; sent < OPERATIONS / ROUNDS; sent += AT_ONCE) {
      const answers = await Promise.all(Array.from({ length: AT_ONCE }, () => act(draw, evening)));
      for (const [name, { status, body }] of answers) {
        assert.ok(status < 500, `${name}: ${status} ${JSON.stringify(body)}`);
        const key = status < 300 ? name : `${name} refused`;
        done.set(key, (done.get(key) ?? 0) + 1);
      }
      operations += AT_ONCE;
    }
    operations += await endEvening(draw, evening);
  }
  for (const name of ['deposit', 'withdrawal', 'ticket', 'accept', 'cancel', 'place'])
    assert.ok((done.get(name) ?? 0) > 100, `${name}: ${JSON.stringify([...done])}`);
  await house.assertSound();
  const rows = await house.owner.query<{ account: number; stored: number; posted: number }>(
    `SELECT b.account_id AS account, b.amount_xof AS stored,
       (SELECT coalesce(sum(amount_xof), 0) FROM ledger.posting WHERE credit_account_id = b.account_id)::bigint
       - (SELECT coalesce(sum(amount_xof), 0) FROM ledger.posting WHERE debit_account_id = b.account_id)::bigint AS posted
     FROM ledger.balance b`,
  );
  for (const { account, stored, posted } of rows) assert.equal(stored, posted, `account ${account}`);
  const [sums] = await house.owner.query<{ all: number; halves: number }>(
    `SELECT (SELECT sum(CASE WHEN p.credit_account_id = a.id THEN p.amount_xof ELSE -p.amount_xof END)
       FROM ledger.account a JOIN ledger.posting p ON a.id IN (p.credit_account_id, p.debit_account_id))::bigint AS all,
       (SELECT count(*) FROM ledger.posting WHERE debit_account_id IS NULL OR credit_account_id IS NULL OR amount_xof <= 0)::int AS halves`,
  );
  assert.deepEqual(sums, { all: 0, halves: 0 });
});

/** From the whistle to the money, through HTTP on a real database: every ending, every refusal, once to the franc. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { type BoutEnding, enteredEndings } from '#core/bout.ts';
import type { Side } from '#core/market.ts';
import { accept, availableXof, command, place, whistle } from '../testing/bets.ts';
import { type Answer, type House, openHouse } from '../testing/house.ts';
import {
  type SeededMarket,
  type SeededPlayer,
  type SeededStaff,
  seedMarkets,
  seedPlayers,
  seedStaff,
} from '../testing/seed.ts';
import { unlimitedRates } from '../testing/seed-settings.ts';
import { sealMarket } from './seal-market.ts';
import { findUnfinishedMarkets, settleMarket } from './settle-market.ts';

let house: House;
let one: SeededStaff;
let two: SeededStaff;

before(async () => {
  house = await openHouse({ settings: unlimitedRates });
  [one, two] = (await seedStaff(house.owner, 2)) as [SeededStaff, SeededStaff];
});
after(async () => {
  await house.assertSound();
  await house.close();
});

interface Bout extends SeededMarket {
  readonly a: SeededPlayer;
  readonly b: SeededPlayer;
}

/** An open market with one duel of 10 000 F each, and 5 000 F of A still open. */
async function bout(): Promise<Bout> {
  const [market] = await seedMarkets(house.owner, { count: 1 });
  const [a, b] = await seedPlayers(house.owner, { count: 2, availableXof: 100_000 });
  assert(market !== undefined && a !== undefined && b !== undefined);
  const { offerId } = (await place(house, a, market.marketId, { side: 'A', stakeXof: 15_000 })).body;
  await accept(house, b, market.marketId, offerId, { stakeXof: 10_000 });
  return { ...market, a, b };
}

async function closed(): Promise<Bout> {
  const made = await bout();
  await whistle(house, one, made.marketId);
  await sealMarket(house.db, made.marketId);
  return made;
}

interface Verdict {
  readonly ending: BoutEnding;
  readonly winnerSide?: Side;
}

const propose = (staff: SeededStaff, boutId: number, verdict: object, id?: string): Promise<Answer> =>
  command(house, staff, `/bouts/${boutId}/result`, { source: 'Feuille officielle', ...verdict }, id);
const confirm = (staff: SeededStaff, boutId: number, resultId: string, id?: string): Promise<Answer> =>
  command(house, staff, `/bouts/${boutId}/result/confirm`, { resultId }, id);

async function decide(boutId: number, verdict: Verdict): Promise<Answer> {
  const proposed = await propose(one, boutId, verdict);
  assert.equal(proposed.status, 201, JSON.stringify(proposed.body));
  return confirm(two, boutId, proposed.body.resultId);
}

const settle = (marketId: number): Promise<void> =>
  settleMarket({ db: house.db, jobs: house.jobs, onProgress: () => undefined }, marketId);

async function balancesOf(made: Bout): Promise<[number, number]> {
  return [await availableXof(house, made.a), await availableXof(house, made.b)];
}

/** What an account holds, from its postings. */
async function heldXof(kind: string, subject: string): Promise<number> {
  const [row] = await house.owner.query<{ held: number }>(
    `SELECT coalesce(sum(CASE WHEN p.credit_account_id = a.id THEN p.amount_xof ELSE -p.amount_xof END), 0)::bigint AS held
     FROM ledger.account a LEFT JOIN ledger.posting p ON a.id IN (p.credit_account_id, p.debit_account_id)
     WHERE a.kind = $1 AND a.subject = $2`,
    [kind, subject],
  );
  return row?.held ?? 0;
}

function assertRefused(answer: Answer, status: number, code: string): void {
  assert.deepEqual([answer.status, answer.body.code], [status, code], JSON.stringify(answer.body));
}

test('each ending pays the winner his net, or gives every stake back', async () => {
  const won = ['fall', 'four_supports', 'ko', 'medical_stop', 'abandon', 'warnings', 'decision'];
  for (const ending of enteredEndings) {
    const winners: (Side | undefined)[] = won.includes(ending) ? ['A', 'B'] : [undefined];
    for (const winnerSide of winners) {
      const made = await closed();
      const before = [await heldXof('commission', 'house'), await heldXof('tax_payable', 'house')];
      const confirmed = await decide(
        made.boutId,
        winnerSide === undefined ? { ending } : { ending, winnerSide },
      );
      assert.equal(confirmed.body.settlements[0].outcome, winnerSide ?? 'void');
      assert.deepEqual(
        [confirmed.body.settlements[0].state, confirmed.body.settlements[0].duelCount],
        ['paying', 1],
      );
      await settle(made.marketId);

      // 10 000 against 10 000: commission 1 000, tax 20 % of 19 000, net 15 200.
      const expected = { A: [105_200, 90_000], B: [90_000, 105_200], void: [100_000, 100_000] };
      assert.deepEqual(await balancesOf(made), expected[winnerSide ?? 'void'], ending);
      const fees = [await heldXof('commission', 'house'), await heldXof('tax_payable', 'house')];
      const taken = winnerSide === undefined ? [0, 0] : [1_000, 3_800];
      assert.deepEqual([(fees[0] ?? 0) - (before[0] ?? 0), (fees[1] ?? 0) - (before[1] ?? 0)], taken);
      assert.equal(await heldXof('market_escrow', String(made.marketId)), 0);

      const progress = await house.get(`/staff/markets/${made.marketId}/settlement`, one.cookie);
      assert.deepEqual([progress.body.state, progress.body.paidCount], ['done', 1]);
      const shown = (await house.get(`/bouts/${made.boutId}`)).body;
      assert.equal(shown.bout.state, ending === 'cancelled' ? 'cancelled' : 'decided');
      assert.deepEqual([shown.market.state, shown.result.ending], ['settled', ending]);
      const states = { A: ['won', 'lost'], B: ['lost', 'won'], void: ['void', 'void'] };
      const bets = await Promise.all(
        [made.a, made.b].map(async (player) => (await house.get('/bets', player.cookie)).body.bets[0]),
      );
      assert.deepEqual(
        bets.map((bet) => bet.state),
        states[winnerSide ?? 'void'],
      );
      for (const bet of bets) if (bet.state === 'won') assert.equal(bet.payoutXof, bet.netXof);
    }
  }
});

test('a result names a winner exactly when its ending has one', async () => {
  const { boutId } = await closed();
  assertRefused(await propose(one, boutId, { ending: 'fall' }), 422, 'winner_missing');
  assertRefused(await propose(one, boutId, { ending: 'draw', winnerSide: 'A' }), 422, 'winner_not_expected');
  assertRefused(await propose(one, boutId, { ending: 'postponed' }), 400, 'request_invalid');
  assertRefused(await propose(one, boutId, { ending: 'fall', winnerSide: 'C' }), 400, 'request_invalid');
  assertRefused(
    await propose(one, boutId, { ending: 'fall', winnerSide: 'A', source: ' ' }),
    400,
    'request_invalid',
  );
});

test('no result before the close, nor before the root is published', async () => {
  const made = await bout();
  const verdict = { ending: 'fall', winnerSide: 'A' };
  assertRefused(await propose(one, made.boutId, verdict), 409, 'bout_state_forbids');
  await whistle(house, one, made.marketId);
  assertRefused(await propose(one, made.boutId, verdict), 409, 'root_not_published');
  await sealMarket(house.db, made.marketId);
  assert.equal((await propose(one, made.boutId, verdict)).status, 201);
  assertRefused(await propose(one, 999_999, verdict), 404, 'not_found');
});

test('it takes two people', async () => {
  const { boutId } = await closed();
  const { resultId } = (await propose(one, boutId, { ending: 'fall', winnerSide: 'A' })).body;
  assertRefused(await confirm(one, boutId, resultId), 403, 'same_person');
  assertRefused(await confirm(two, boutId, randomUUID()), 409, 'result_absent');
  assertRefused(await propose(two, boutId, { ending: 'draw' }), 409, 'result_already_proposed');
  // Two people at the very same moment, the proposer among them.
  const answers = await Promise.all([confirm(one, boutId, resultId), confirm(two, boutId, resultId)]);
  assert.ok(['same_person', 'result_already_confirmed'].includes(answers[0].body.code), answers[0].body.code);
  assert.equal(answers[1].status, 200);
});

test('a proposal can be taken back, and then another one made', async () => {
  const made = await closed();
  const first = (await propose(one, made.boutId, { ending: 'fall', winnerSide: 'A' })).body.resultId;
  const withdraw = (resultId: string) =>
    command(house, two, `/bouts/${made.boutId}/result/withdraw`, { resultId });
  assert.equal((await withdraw(first)).status, 200);
  assertRefused(await withdraw(first), 409, 'result_absent');
  assertRefused(await confirm(two, made.boutId, first), 409, 'result_absent');
  await decide(made.boutId, { ending: 'fall', winnerSide: 'B' });
  await settle(made.marketId);
  assert.deepEqual(await balancesOf(made), [90_000, 105_200]);
});

test('a second result while the first is paying, and after, is refused; the same tap again is not', async () => {
  const made = await closed();
  const proposal = randomUUID();
  const confirmation = randomUUID();
  const proposed = await propose(one, made.boutId, { ending: 'fall', winnerSide: 'A' }, proposal);
  const confirmed = await confirm(two, made.boutId, proposed.body.resultId, confirmation);
  const second = async () => {
    assertRefused(await propose(two, made.boutId, { ending: 'draw' }), 409, 'result_already_confirmed');
    assertRefused(await confirm(one, made.boutId, proposed.body.resultId), 409, 'result_already_confirmed');
    const withdraw = await command(house, two, `/bouts/${made.boutId}/result/withdraw`, {
      resultId: proposed.body.resultId,
    });
    assertRefused(withdraw, 409, 'result_already_confirmed');
    const again = await confirm(two, made.boutId, proposed.body.resultId, confirmation);
    assert.deepEqual(again.body, confirmed.body);
    const same = await propose(one, made.boutId, { ending: 'fall', winnerSide: 'A' }, proposal);
    assert.deepEqual(same.body, proposed.body);
  };
  await second();
  await settle(made.marketId);
  await second();
  assert.deepEqual(await balancesOf(made), [105_200, 90_000]);
});

test('ten confirmations at once are one settlement', async () => {
  const made = await closed();
  const { resultId } = (await propose(one, made.boutId, { ending: 'ko', winnerSide: 'A' })).body;
  const answers = await Promise.all(Array.from({ length: 10 }, () => confirm(two, made.boutId, resultId)));
  assert.deepEqual(answers.map((answer) => answer.status).sort(), [200, ...Array(9).fill(409)]);
  await Promise.all(Array.from({ length: 5 }, () => settle(made.marketId)));
  assert.deepEqual(await balancesOf(made), [105_200, 90_000]);
});

test('the true whistle, by two people, voids what was bet after it', async () => {
  const [market] = await seedMarkets(house.owner, { count: 1 });
  const [a, b] = await seedPlayers(house.owner, { count: 2, availableXof: 100_000 });
  assert(market !== undefined && a !== undefined && b !== undefined);
  const { marketId, boutId } = market;
  const bet = async () => {
    await place(house, a, marketId, { side: 'A', stakeXof: 10_000 });
    return (await place(house, b, marketId, { side: 'B', stakeXof: 10_000 })).body;
  };
  const inTime = await bet();
  const [{ at } = { at: '' }] = await house.owner.query<{ at: string }>(
    `SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at`,
  );
  // The instant is told to the millisecond: the next bet is made in a later one.
  await house.owner.query('SELECT pg_sleep(0.005)');
  const late = await bet();
  const path = `/bouts/${boutId}/true-whistle`;
  assertRefused(await command(house, one, path, { at }), 409, 'bout_state_forbids');
  await whistle(house, one, marketId);
  await sealMarket(house.db, marketId);
  const future = new Date(Date.now() + 60_000).toISOString();
  assertRefused(await command(house, one, path, { at: future }), 422, 'true_whistle_not_before_close');
  assertRefused(await command(house, two, `${path}/confirm`, { at }), 409, 'true_whistle_absent');
  assert.equal((await command(house, one, path, { at })).status, 200);
  assertRefused(await command(house, one, `${path}/confirm`, { at }), 403, 'same_person');

  const { resultId } = (await propose(one, boutId, { ending: 'fall', winnerSide: 'B' })).body;
  assertRefused(await confirm(two, boutId, resultId), 409, 'true_whistle_unconfirmed');
  const other = new Date(Date.parse(at) - 1_000).toISOString();
  assertRefused(await command(house, two, `${path}/confirm`, { at: other }), 409, 'true_whistle_absent');
  assert.equal((await command(house, two, `${path}/confirm`, { at })).status, 200);
  assert.equal((await confirm(two, boutId, resultId)).status, 200);
  assertRefused(await command(house, one, path, { at }), 409, 'result_already_confirmed');
  await settle(marketId);

  const states = async (betId: string) => (await house.get(`/bets/${betId}`, b.cookie)).body;
  const good = await states(inTime.bets[0].betId);
  const voided = await states(late.bets[0].betId);
  assert.deepEqual([good.state, good.payoutXof], ['won', 15_200]);
  assert.deepEqual([voided.state, voided.payoutXof], ['void', 10_000]);
  assert.deepEqual([await availableXof(house, a), await availableXof(house, b)], [90_000, 105_200]);
});

/** A closed market with `count` duels of 1 000 to 1 900 F, made in a few commands; what side B is owed if it wins. */
async function manyDuels(
  count: number,
): Promise<{ market: SeededMarket; players: SeededPlayer[]; sumXof: number }> {
  const [market] = await seedMarkets(house.owner, { count: 1 });
  const players = await seedPlayers(house.owner, { count: 50, availableXof: 1_000_000 });
  // Several: one player may not stake more than a million in one market.
  const takers = await seedPlayers(house.owner, { count: 4, availableXof: 10_000_000 });
  assert(market !== undefined);
  let sumXof = 0;
  await Promise.all(
    Array.from({ length: count }, (_, i) => {
      const player = players[i % players.length];
      assert(player !== undefined);
      const stakeXof = 1_000 + (i % 10) * 100;
      sumXof += stakeXof;
      return place(house, player, market.marketId, { side: 'A', stakeXof });
    }),
  );
  let left = sumXof;
  for (const taker of takers) {
    const stakeXof = Math.max(1_000, Math.min(left, 500_000));
    if (left > 0) await place(house, taker, market.marketId, { side: 'B', stakeXof });
    left -= stakeXof;
  }
  await whistle(house, one, market.marketId);
  await sealMarket(house.db, market.marketId);
  return { market, players: [...players, ...takers], sumXof };
}

test('1 300 duels are paid in chunks, by two workers at once, once each; sums to the franc', async () => {
  const { market, players, sumXof } = await manyDuels(1_300);
  const before = [await heldXof('commission', 'house'), await heldXof('tax_payable', 'house')];
  const openBefore = await Promise.all(players.map((player) => availableXof(house, player)));
  await decide(market.boutId, { ending: 'decision', winnerSide: 'B' });
  const chunks: number[] = [];
  const work = () =>
    settleMarket(
      { db: house.db, jobs: house.jobs, onProgress: (boutId) => chunks.push(boutId) },
      market.marketId,
    );
  await Promise.all([work(), work()]);
  assert.equal(chunks.length, 3);

  const duels = await house.owner.query<{
    a: number;
    b: number;
    pa: number;
    pb: number;
    fee: number;
    tax: number;
  }>(
    `SELECT stake_a_xof AS a, stake_b_xof AS b, payout_a_xof AS pa, payout_b_xof AS pb, commission_xof AS fee, tax_xof AS tax
     FROM duel WHERE market_id = $1`,
    [market.marketId],
  );
  assert.ok(duels.length >= 1_300);
  let [fees, taxes, paid] = [0, 0, 0];
  for (const { a, b, pa, pb, fee, tax } of duels) {
    // The arithmetic once more, by hand: 5 % of the pot, 20 % of what is left.
    const commission = Math.floor(((a + b) * 5) / 100);
    const taxed = Math.floor(((a + b - commission) * 20) / 100);
    assert.deepEqual([pa, pb, fee, tax], [0, a + b - commission - taxed, commission, taxed]);
    fees += fee;
    taxes += tax;
    paid += pb;
  }
  assert.equal((await heldXof('commission', 'house')) - (before[0] ?? 0), fees);
  assert.equal((await heldXof('tax_payable', 'house')) - (before[1] ?? 0), taxes);
  const openAfter = await Promise.all(players.map((player) => availableXof(house, player)));
  const gained = openAfter.map((held, i) => held - (openBefore[i] ?? 0));
  assert.deepEqual(gained.slice(0, 50), Array(50).fill(0));
  assert.equal(
    gained.slice(50).reduce((sum, one) => sum + one, 0),
    paid,
  );
  assert.equal(paid + fees + taxes, 2 * sumXof);
  assert.equal(await heldXof('market_escrow', String(market.marketId)), 0);
});

test('a worker that dies between two chunks leaves work that the next one finishes', async () => {
  const { market } = await manyDuels(1_100);
  await decide(market.boutId, { ending: 'draw' });
  const dies = settleMarket(
    {
      db: house.db,
      jobs: house.jobs,
      onProgress: () => {
        throw new Error('killed');
      },
    },
    market.marketId,
  );
  await assert.rejects(dies, /killed/);
  const half = await house.get(`/staff/markets/${market.marketId}/settlement`, one.cookie);
  assert.deepEqual([half.body.state, half.body.paidCount], ['paying', 500]);
  assert.ok((await findUnfinishedMarkets(house.db)).toSettle.includes(market.marketId));
  await settle(market.marketId);
  const whole = await house.get(`/staff/markets/${market.marketId}/settlement`, one.cookie);
  assert.deepEqual([whole.body.state, whole.body.paidCount], ['done', whole.body.duelCount]);
  assert.ok(!(await findUnfinishedMarkets(house.db)).toSettle.includes(market.marketId));
  await settle(market.marketId);
});

test('settlement returns first what the seal has left open, when the worker of the seal died', async () => {
  const made = await closed();
  const left = await bout();
  await whistle(house, one, left.marketId);
  assert.ok((await findUnfinishedMarkets(house.db)).toSeal.includes(left.marketId));
  await sealMarket(house.db, left.marketId);
  assert.ok(!(await findUnfinishedMarkets(house.db)).toSeal.includes(left.marketId));
  assert.equal(await availableXof(house, left.a), 90_000);
  // Twice is once.
  await Promise.all([sealMarket(house.db, left.marketId), sealMarket(house.db, made.marketId)]);
  assert.equal(await availableXof(house, left.a), 90_000);
});

test('a market nobody bet on is settled too', async () => {
  const [market] = await seedMarkets(house.owner, { count: 1 });
  assert(market !== undefined);
  await whistle(house, one, market.marketId);
  await sealMarket(house.db, market.marketId);
  const shown = (await house.get(`/bouts/${market.boutId}`)).body.market;
  assert.equal(shown.root, 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  await decide(market.boutId, { ending: 'fall', winnerSide: 'A' });
  await settle(market.marketId);
  const progress = await house.get(`/staff/markets/${market.marketId}/settlement`, one.cookie);
  assert.deepEqual([progress.body.state, progress.body.duelCount], ['done', 0]);
});

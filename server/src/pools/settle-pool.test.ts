/** What pools pay, through HTTP on a real database: shared, refunded, void legs, minimum, late tickets, once to the franc. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { BoutEnding } from '#core/bout.ts';
import type { Side } from '#core/market.ts';
import { closePoolsPastHardStops } from '../pool-whistle/close-pools.ts';
import { sealMarket } from '../settlement/seal-market.ts';
import { availableXof, command, whistle } from '../testing/bets.ts';
import { type House, openHouse } from '../testing/house.ts';
import { buy, openTestPool, type TestLeg } from '../testing/pools.ts';
import { assertRefused, close, proposeResult } from '../testing/results.ts';
import {
  type SeededMarket,
  type SeededPlayer,
  type SeededStaff,
  seedMarkets,
  seedPlayers,
  seedStaff,
} from '../testing/seed.ts';
import { unlimitedRates } from '../testing/seed-settings.ts';
import { payOutWinners } from '../withdrawals/pay-out-winners.ts';
import { sealPool } from './seal-pool.ts';
import { findPoolsToSettle, settlePool } from './settle-pool.ts';

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

interface Table {
  readonly poolId: number;
  readonly bouts: readonly SeededMarket[];
  readonly players: readonly SeededPlayer[];
}

/** A pool, and one ticket for each player: his picks and his stake. */
async function table(
  kinds: readonly Omit<TestLeg, 'boutId'>[],
  tickets: readonly (readonly [picks: readonly string[], stakeXof: number])[],
): Promise<Table> {
  const bouts = await seedMarkets(house.owner, { count: kinds.length });
  const legs = kinds.map((kind, index) => ({ ...kind, boutId: bouts[index]?.boutId ?? 0 }));
  const poolId = await openTestPool(house, one.cookie, bouts[0]?.galaId ?? 0, legs);
  const players = await seedPlayers(house.owner, { count: tickets.length, availableXof: 500_000 });
  for (const [index, [picks, stakeXof]] of tickets.entries()) {
    const [player] = players.slice(index);
    assert(player !== undefined);
    const bought = await buy(house, player, poolId, picks, stakeXof);
    assert.equal(bought.status, 201, JSON.stringify(bought.body));
  }
  return { poolId, bouts, players };
}

const single = [{}] as const;

async function decide(bout: SeededMarket | undefined, ending: BoutEnding, winnerSide?: Side): Promise<void> {
  assert(bout !== undefined);
  await close(house, one, [bout.marketId]);
  const verdict = {
    ending,
    ...(winnerSide === undefined ? {} : { winnerSide }),
    source: 'Feuille officielle',
  };
  const proposed = await command(house, one, `/bouts/${bout.boutId}/result`, verdict);
  assert.equal(proposed.status, 201, JSON.stringify(proposed.body));
  const { resultId } = proposed.body;
  const confirmed = await command(house, two, `/bouts/${bout.boutId}/result/confirm`, { resultId });
  assert.equal(confirmed.status, 200, JSON.stringify(confirmed.body));
}

const settle = (poolId: number) => settlePool({ db: house.db, jobs: house.jobs }, poolId);

/** What each player has won or lost. */
async function gains({ players }: Table): Promise<number[]> {
  const balances = await Promise.all(players.map((player) => availableXof(house, player)));
  return balances.map((balance) => balance - 500_000);
}

async function settlementOf(poolId: number) {
  return (await house.get(`/pools/${poolId}/settlement`)).body;
}

/** What an account of the house holds, from its postings. */
async function heldXof(kind: string): Promise<number> {
  const [row] = await house.owner.query<{ held: number }>(
    `SELECT coalesce(sum(CASE WHEN p.credit_account_id = a.id THEN p.amount_xof ELSE -p.amount_xof END), 0)::bigint AS held
     FROM ledger.account a LEFT JOIN ledger.posting p ON a.id IN (p.credit_account_id, p.debit_account_id)
     WHERE a.kind = $1`,
    [kind],
  );
  return row?.held ?? 0;
}

test('a pool is shared among who is right; take-out, tax and remainder are where they belong', async () => {
  const made = await table(single, [
    [['A'], 1_000],
    [['A'], 1_000],
    [['A'], 5_000],
    [['B'], 3_000],
  ]);
  const before = await Promise.all(['commission', 'tax_payable', 'pool_remainder'].map(heldXof));
  await decide(made.bouts[0], 'fall', 'A');
  await settle(made.poolId);
  // 9 000 for 7 000 right: 1 285, 1 285 and 6 428 before 20 % of tax; 2 F are left.
  assert.deepEqual(await gains(made), [28, 28, 143, -3_000]);
  const held = await Promise.all(['commission', 'tax_payable', 'pool_remainder'].map(heldXof));
  assert.deepEqual(
    held.map((amount, index) => amount - (before[index] ?? 0)),
    [1_000, 257 + 257 + 1_285, 2],
  );
  const { startedAt, finishedAt, ...settled } = await settlementOf(made.poolId);
  assert.ok(startedAt <= finishedAt);
  assert.deepEqual(settled, {
    version: 1,
    state: 'done',
    outcomes: ['A'],
    lateAfter: null,
    lateXof: 0,
    stakesXof: 10_000,
    rightXof: 7_000,
    refundReason: null,
    takeOutXof: 1_000,
    netPoolXof: 9_000,
    dividendBps: 12_857,
    grossXof: 8_998,
    taxXof: 1_799,
    refundedXof: 0,
    remainderXof: 2,
    ticketCount: 4,
    paidCount: 4,
  });
  const [winner, , , loser] = made.players;
  const [won] = (await house.get('/tickets', winner?.cookie)).body.tickets;
  assert.deepEqual([won.state, won.grossXof, won.taxXof, won.payoutXof], ['won', 1_285, 257, 1_028]);
  const [lost] = (await house.get('/tickets', loser?.cookie)).body.tickets;
  assert.deepEqual([lost.state, lost.payoutXof], ['lost', 0]);
  const movements = (await house.get('/wallet/statement', winner?.cookie)).body.movements;
  assert.deepEqual(
    movements
      .slice(0, 2)
      .map((m: Record<string, unknown>) => [m['kind'], m['group'], m['amountXof'], m['taxXof']]),
    [
      ['ticket_settled', 'gains', 1_028, 257],
      ['ticket_bought', 'stakes', -1_000, 0],
    ],
  );
});

test('no result of its bouts before the root of the tickets is published', async () => {
  const made = await table(single, [
    [['A'], 1_000],
    [['B'], 1_000],
  ]);
  const [bout] = made.bouts;
  assert(bout !== undefined);
  await whistle(house, one, bout.marketId);
  await sealMarket(house.db, bout.marketId);
  const propose = () => proposeResult(house, one, bout.boutId, { ending: 'fall', winnerSide: 'A' });
  assertRefused(await propose(), 409, 'root_not_published');
  await sealPool(house.db, made.poolId);
  assert.equal((await propose()).status, 201);
});

test('one-sided, or nobody right: every stake goes back, without a fee', async () => {
  for (const [picks, reason] of [
    ['A', 'one_sided'],
    ['B', 'no_winner'],
  ] as const) {
    const made = await table(single, [
      [[picks], 1_000],
      [[picks], 250_001],
    ]);
    await decide(made.bouts[0], 'ko', 'A');
    await settle(made.poolId);
    assert.deepEqual(await gains(made), [0, 0]);
    const { refundReason, refundedXof, takeOutXof, remainderXof, taxXof } = await settlementOf(made.poolId);
    assert.deepEqual(
      [refundReason, refundedXof, takeOutXof, remainderXof, taxXof],
      [reason, 251_001, 0, 0, 0],
    );
    const [movement] = (await house.get('/wallet/statement', made.players[0]?.cookie)).body.movements;
    assert.deepEqual([movement.kind, movement.group], ['ticket_returned', 'returns']);
  }
});

test('a void leg counts as right for all; the pool is shared among who is right in the others', async () => {
  const made = await table(
    [{}, {}, { kind: 'method' }],
    [
      [['A', 'A', 'fall'], 1_000],
      [['A', 'B', 'fall'], 1_000],
      [['B', 'A', 'fall'], 8_000],
    ],
  );
  await decide(made.bouts[0], 'decision', 'A');
  await decide(made.bouts[1], 'draw');
  await settle(made.poolId);
  assert.equal((await house.get(`/pools/${made.poolId}/settlement`)).status, 404, 'a leg is undecided');
  await decide(made.bouts[2], 'four_supports', 'B');
  await settle(made.poolId);
  // 9 000 for 2 000: 4 500 each, less 20 %.
  assert.deepEqual(await gains(made), [2_600, 2_600, -8_000]);
  assert.deepEqual((await settlementOf(made.poolId)).outcomes, ['A', 'void', 'fall']);
});

test('all legs void: every stake goes back', async () => {
  const made = await table(
    [{}, { kind: 'method' }],
    [
      [['A', 'ko'], 1_000],
      [['B', 'fall'], 2_000],
    ],
  );
  await decide(made.bouts[0], 'no_verdict');
  await decide(made.bouts[1], 'cancelled');
  await settle(made.poolId);
  assert.deepEqual(await gains(made), [0, 0]);
  assert.equal((await settlementOf(made.poolId)).refundReason, 'all_void');
});

test('what is undecided at six the next morning counts as right for all', async () => {
  const made = await table(
    [{}, {}],
    [
      [['A', 'A'], 1_000],
      [['A', 'B'], 1_000],
      [['B', 'A'], 8_000],
    ],
  );
  await decide(made.bouts[0], 'fall', 'A');
  await settle(made.poolId);
  assert.deepEqual(await findPoolsToSettle(house.db), [], 'nothing to do before');
  // The morning after: the card is frozen, so the owner stops its keeper for a moment.
  await house.owner.transaction(async (tx) => {
    await tx.query('ALTER TABLE pool DISABLE TRIGGER pool_frozen');
    await tx.query(
      `UPDATE pool SET hard_stop_at = hard_stop_at - interval '2 days',
         decided_by = clock_timestamp() - interval '1 minute' WHERE id = $1`,
      [made.poolId],
    );
    await tx.query('ALTER TABLE pool ENABLE TRIGGER pool_frozen');
  });
  assert.deepEqual(await findPoolsToSettle(house.db), [made.poolId]);
  await settle(made.poolId);
  assert.deepEqual(await gains(made), [2_600, 2_600, -8_000]);
  assert.deepEqual((await settlementOf(made.poolId)).outcomes, ['A', 'void']);
});

test('the minimum dividend: the take-out shrinks, never below nothing, and the slip had warned', async () => {
  const made = await table(single, [
    [['A'], 9_500],
    [['B'], 1_000],
  ]);
  const slip = await house.get(`/pools/${made.poolId}/slip?picks=A&stakeXof=9500`);
  assert.equal(slip.body.isBelowStake, true);
  await decide(made.bouts[0], 'abandon', 'A');
  await settle(made.poolId);
  // 10 % of 10 500 would be 1 050; 1 000 are there to take. His stake back before tax, 20 % of it to the State.
  const { takeOutXof, netPoolXof, dividendBps, remainderXof } = await settlementOf(made.poolId);
  assert.deepEqual([takeOutXof, netPoolXof, dividendBps, remainderXof], [1_000, 9_500, 10_000, 0]);
  assert.deepEqual(await gains(made), [-1_900, -1_000]);
});

test('a ticket at the instant of the true whistle counts; one a microsecond later goes back, and is in no sum', async () => {
  const made = await table(single, [
    [['A'], 1_000],
    [['B'], 4_000],
    [['A'], 100_000],
  ]);
  const at = new Date(Date.now() - 30_000).toISOString();
  await house.owner.query(
    `UPDATE pool_ticket SET made_at = $2::timestamptz + (seq - 2) * interval '1 microsecond' WHERE pool_id = $1`,
    [made.poolId, at],
  );
  const [bout] = made.bouts;
  assert(bout !== undefined);
  await whistle(house, one, bout.marketId);
  const path = `/bouts/${bout.boutId}/true-whistle`;
  assert.equal((await command(house, one, path, { at })).status, 200);
  assert.equal((await command(house, two, `${path}/confirm`, { at })).status, 200);
  await decide(bout, 'fall', 'A');
  await settle(made.poolId);
  // 5 000 count: 4 500 for the one who was right in time.
  assert.deepEqual(await gains(made), [2_600, -4_000, 0]);
  const { lateXof, stakesXof, refundedXof, lateAfter } = await settlementOf(made.poolId);
  assert.deepEqual([lateXof, stakesXof, refundedXof], [100_000, 5_000, 100_000]);
  assert.equal(Date.parse(lateAfter), Date.parse(at));
});

test('an over/under leg is decided by the time wrestled; without it, it waits', async () => {
  const made = await table(
    [{ kind: 'over_under', lineSeconds: 600 }],
    [
      [['over'], 1_000],
      [['under'], 1_000],
    ],
  );
  await decide(made.bouts[0], 'fall', 'A');
  await settle(made.poolId);
  assert.equal((await house.get(`/pools/${made.poolId}/settlement`)).status, 404);
  await house.owner.query('UPDATE result SET wrestled_seconds = 601 WHERE bout_id = $1', [
    made.bouts[0]?.boutId,
  ]);
  await settle(made.poolId);
  assert.deepEqual(await gains(made), [440, -1_000]);
});

test('settled by two workers at once, killed between chunks and begun again: each ticket is paid once', async () => {
  const bouts = await seedMarkets(house.owner, { count: 1 });
  const [bout] = bouts;
  assert(bout !== undefined);
  const poolId = await openTestPool(house, one.cookie, bout.galaId, [{ boutId: bout.boutId }]);
  const players = await seedPlayers(house.owner, { count: 24, availableXof: 500_000 });
  const tickets = players.flatMap((player, index) =>
    Array.from({ length: 50 }, (_, n) => buy(house, player, poolId, index % 3 === 0 ? 'A' : 'B', 1_000 + n)),
  );
  const answers = await Promise.all(tickets);
  assert.ok(answers.every(({ status }) => status === 201));
  await decide(bout, 'fall', 'A');
  // The first worker dies in its second chunk.
  let chunks = 0;
  const dying = {
    ...house.db,
    transaction: <T>(work: Parameters<typeof house.db.transaction<T>>[0]) => {
      chunks += 1;
      if (chunks === 4) throw new Error('killed');
      return house.db.transaction(work);
    },
  };
  await assert.rejects(settlePool({ db: dying, jobs: house.jobs }, poolId), /killed/);
  const half = await settlementOf(poolId);
  assert.deepEqual([half.state, half.paidCount], ['paying', 500]);
  await house.assertSound();
  assert.deepEqual(await findPoolsToSettle(house.db), [poolId]);
  await Promise.all([settle(poolId), settle(poolId), settle(poolId)]);
  await settle(poolId);
  const done = await settlementOf(poolId);
  assert.deepEqual([done.state, done.paidCount, done.ticketCount], ['done', 1_200, 1_200]);
  const [{ transfers } = { transfers: 0 }] = await house.owner.query<{ transfers: number }>(
    `SELECT count(*) AS transfers FROM ledger.posting q JOIN pool p ON p.escrow_account_id = q.debit_account_id
     JOIN ledger.account a ON a.id = q.credit_account_id WHERE p.id = $1 AND a.kind = 'player_available'`,
    [poolId],
  );
  assert.equal(transfers, 400, 'one payment for each ticket that is right');
  assert.deepEqual(await findPoolsToSettle(house.db), []);
});

test('a pool closes by itself at its hard stop, and one without a ticket is settled like any other', async () => {
  const made = await table(single, []);
  await house.owner.query('UPDATE pool SET hard_stop_at = clock_timestamp() WHERE id = $1', [made.poolId]);
  await closePoolsPastHardStops({ db: house.db, jobs: house.jobs });
  const { pool } = (await house.get(`/staff/pools/${made.poolId}`, one.cookie)).body;
  assert.equal(pool.state, 'closed');
  await decide(made.bouts[0], 'fall', 'B');
  await settle(made.poolId);
  const { state, refundReason, ticketCount } = await settlementOf(made.poolId);
  assert.deepEqual([state, refundReason, ticketCount], ['done', 'no_winner', 0]);
});

test('winners who want it are paid out, and a pool has its root in the chain before it pays', async () => {
  const made = await table(single, [
    [['A'], 5_000],
    [['B'], 5_000],
  ]);
  const [winner] = made.players;
  assert(winner !== undefined);
  const asked = { operationId: randomUUID(), provider: 'internal' };
  assert.equal((await house.post('/wallet/automatic-payout', winner.cookie, asked)).status, 200);
  await decide(made.bouts[0], 'fall', 'A');
  await settle(made.poolId);
  const [chained] = await house.owner.query<{ root: string; leaves: number }>(
    `SELECT encode(root, 'hex') AS root, leaf_count AS leaves FROM root_chain WHERE kind = 'pool' AND subject_id = $1`,
    [made.poolId],
  );
  assert.deepEqual(chained, { root: (await house.get(`/pools/${made.poolId}`)).body.root, leaves: 2 });
  const [job] = await house.owner.query<{ data: { settlementId: string } }>(
    `SELECT data FROM pgboss.job WHERE name = 'pay-out-winners' ORDER BY created_on DESC LIMIT 1`,
  );
  const [settlement] = await house.owner.query<{ id: string }>(
    'SELECT id FROM pool_settlement WHERE pool_id = $1',
    [made.poolId],
  );
  assert(settlement !== undefined);
  assert.equal(job?.data.settlementId, settlement.id);
  await payOutWinners(house.deps, settlement.id);
  const paid = await house.owner.query(
    `SELECT w.amount_xof AS xof FROM automatic_payout a JOIN withdrawal w ON w.id = a.withdrawal_id
     WHERE a.settlement_id = $1`,
    [settlement.id],
  );
  // 10 000 less 10 % for his 5 000, less 20 %.
  assert.deepEqual(paid, [{ xof: 7_200 }]);
});

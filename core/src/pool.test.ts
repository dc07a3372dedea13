import assert from 'node:assert/strict';
import { test } from 'node:test';
import { xof } from './money.ts';
import {
  dividendBps,
  endPool,
  indicativeNet,
  isRight,
  type PoolRates,
  payTicket,
  picksText,
  quoteTicket,
  readPicks,
} from './pool.ts';

const usual: PoolRates = { takeOutBps: 1_000, taxBps: 2_000, taxBase: 'payout' };
const noTax: PoolRates = { ...usual, taxBase: 'none' };
const winningsTax: PoolRates = { ...usual, taxBase: 'winnings' };
const rightOne = { isRight: true, isLate: false };

const end = (stakesXof: number, rightXof: number, rates: PoolRates = usual, outcomes = ['A']) =>
  endPool({ stakesXof: xof(stakesXof), rightXof: xof(rightXof) }, outcomes, rates);
const pay = (stakeXof: number, ending: ReturnType<typeof end>, rates: PoolRates = usual) =>
  payTicket({ stakeXof: xof(stakeXof), ...rightOne }, ending, rates);

test('a pool is shared: take-out, net pool, dividend', () => {
  const ending = end(100_000, 30_000);
  assert.deepEqual(ending, {
    kind: 'shared',
    stakesXof: 100_000,
    rightXof: 30_000,
    takeOutXof: 10_000,
    netPoolXof: 90_000,
    isMinimum: false,
  });
  assert.equal(dividendBps(xof(90_000), xof(30_000)), 30_000);
  for (const [rates, tax, payout] of [
    [usual, 6_000, 24_000],
    [winningsTax, 4_000, 26_000],
    [noTax, 0, 30_000],
  ] as const) {
    assert.deepEqual(pay(10_000, ending, rates), {
      outcome: 'won',
      grossXof: 30_000,
      taxXof: tax,
      payoutXof: payout,
    });
  }
});

test('each ticket is floored by itself, and the remainder is what the floors left', () => {
  // 10 000 staked, 7 000 right by three tickets: 9 000 are shared.
  const ending = end(10_000, 7_000, noTax);
  const paid = [1_000, 1_000, 5_000].map((stake) => pay(stake, ending, noTax).payoutXof);
  assert.deepEqual(paid, [1_285, 1_285, 6_428]);
  assert.equal(9_000 - paid.reduce((sum, payout) => sum + payout, 0), 2);
});

test('nobody who is right gets less than his stake before tax: the take-out shrinks, down to nothing', () => {
  for (const [stakes, right, takeOut, gross] of [
    // 10 % of 10 000 is 1 000: there is just enough, one franc too little, hardly anything.
    [10_000, 9_000, 1_000, 1_000],
    [10_000, 9_001, 999, 1_000],
    [10_000, 9_999, 1, 1_000],
  ] as const) {
    const ending = end(stakes, right);
    assert.equal(ending.kind === 'shared' && ending.takeOutXof, takeOut);
    assert.equal(ending.kind === 'shared' && ending.isMinimum, takeOut < 1_000);
    const paid = pay(1_000, ending);
    assert.equal(paid.grossXof, gross);
    // Before tax: the tax on the payout is the State's, and the slip warned of it.
    assert.equal(paid.payoutXof, 800);
  }
});

test('refunds: every stake in full, no fee and no tax', () => {
  for (const [stakes, right, outcomes, reason] of [
    [10_000, 0, ['A'], 'no_winner'],
    [10_000, 10_000, ['A'], 'one_sided'],
    [10_000, 4_000, ['void'], 'all_void'],
    [10_000, 10_000, ['void', 'void'], 'all_void'],
    [0, 0, ['A'], 'no_winner'],
  ] as const) {
    const ending = end(stakes, right, usual, [...outcomes]);
    assert.deepEqual(ending, { kind: 'refunded', stakesXof: stakes, reason });
    for (const isRightOne of [true, false]) {
      assert.deepEqual(
        payTicket({ stakeXof: xof(1_001), isRight: isRightOne, isLate: false }, ending, usual),
        { outcome: 'refunded', grossXof: 1_001, taxXof: 0, payoutXof: 1_001 },
      );
    }
  }
});

test('a late ticket gets its stake back from a pool that is shared among the others', () => {
  const ending = end(10_000, 1_000);
  for (const isRightOne of [true, false]) {
    const paid = payTicket({ stakeXof: xof(5_000), isRight: isRightOne, isLate: true }, ending, usual);
    assert.deepEqual(paid, { outcome: 'refunded', grossXof: 5_000, taxXof: 0, payoutXof: 5_000 });
  }
  const lost = payTicket({ stakeXof: xof(5_000), isRight: false, isLate: false }, ending, usual);
  assert.deepEqual(lost, { outcome: 'lost', grossXof: 0, taxXof: 0, payoutXof: 0 });
});

test('a void leg counts as right for all', () => {
  const picks = ['A', 'over', 'fall'];
  assert.equal(isRight(picks, ['A', 'over', 'fall']), true);
  assert.equal(isRight(picks, ['A', 'void', 'fall']), true);
  assert.equal(isRight(picks, ['void', 'void', 'void']), true);
  assert.equal(isRight(picks, ['B', 'void', 'fall']), false);
  assert.equal(isRight(picks, ['A', 'over', 'ko']), false);
  assert.throws(() => isRight(picks, ['A', 'over']), RangeError);
  assert.deepEqual(readPicks(picksText(picks)), picks);
});

test('more stakes cannot be right than there are', () => {
  assert.throws(() => end(10, 11), RangeError);
  assert.throws(() => end(10, -1), RangeError);
});

test('the slip: what a ticket would bring as things stand, its own stake included', () => {
  const staked = { poolXof: xof(90_000), samePicksXof: xof(20_000) };
  assert.deepEqual(quoteTicket(xof(10_000), staked, usual), {
    stakeXof: 10_000,
    poolXof: 100_000,
    samePicksXof: 30_000,
    takeOutXof: 10_000,
    grossXof: 30_000,
    taxXof: 6_000,
    netXof: 24_000,
    isBelowStake: false,
    isRefund: false,
  });
  const favourite = quoteTicket(xof(10_000), { poolXof: xof(90_000), samePicksXof: xof(80_000) }, usual);
  assert.deepEqual([favourite.netXof, favourite.isBelowStake], [8_000, true]);
  const first = quoteTicket(xof(1_000), { poolXof: xof(0), samePicksXof: xof(0) }, usual);
  assert.deepEqual([first.netXof, first.isRefund, first.isBelowStake], [1_000, true, false]);
});

test('indicative amounts are net of take-out and tax; unknown while nobody has these picks', () => {
  assert.equal(indicativeNet(xof(1_000), { poolXof: xof(100_000), samePicksXof: xof(30_000) }, usual), 2_400);
  assert.equal(indicativeNet(xof(1_000), { poolXof: xof(100_000), samePicksXof: xof(0) }, usual), null);
});

test('amounts beyond what a product of numbers holds are exact', () => {
  // 9 007 199 254 740 993 is the first whole number a double cannot hold; these products are far above it.
  const ending = end(1_000_000_000_007, 3_000_000_001, noTax);
  const exact = (10_000_019n * 900_000_000_007n) / 3_000_000_001n;
  assert.equal(BigInt(pay(10_000_019, ending, noTax).payoutXof), exact);
});

/**
 * Regulators' published examples. Amounts are taken in cents, so that their cents are our francs.
 *
 * Not ours, and why: the minimum of 1.05 that the permit holder pays (Florida, 75-7.002; 75-7.002(4)), 1.10 that PMU
 * tops up, and 1.10 or 1.02 of the Tote: our house never pays in, the take-out shrinks and the minimum is 1. Breakage to
 * ten cents or ten pence: ours is one franc, and goes to a visible account. Dead heats (HKJC 2007, PMU article 75-5):
 * wrestling has none, a draw is void. A carry-over when nobody is right (Tote Quadpot, Pick Six): we refund.
 */
test('West Virginia, 178 CSR 5, table 178-5C: the win pool by the standard price calculation', () => {
  const rates: PoolRates = { takeOutBps: 1_800, taxBps: 0, taxBase: 'none' };
  // Sum of wagers less refunds, and what was on the winner.
  const ending = end(19_423_000 - 131_700, 2_387_200, rates);
  assert.equal(ending.kind, 'shared');
  if (ending.kind !== 'shared') return;
  assert.equal(ending.takeOutXof, 3_472_434);
  assert.equal(ending.netPoolXof, 15_818_866);
  // $1 unbroken price 6.6265357; a ticket of a million dollars shows its digits.
  assert.equal(dividendBps(ending.netPoolXof, ending.rightXof), 66_265);
  assert.equal(pay(100_000_000, ending, rates).grossXof, 662_653_569);
});

test('Arizona R19-2-523 and Oklahoma 325:65-9-1: profit per dollar plus one dollar is the net pool over the winners', () => {
  // The same price by their road: (net pool − bet on winner) ÷ bet on winner + 1.
  const rates: PoolRates = { takeOutBps: 1_800, taxBps: 0, taxBase: 'none' };
  const ending = end(19_291_300, 2_387_200, rates);
  if (ending.kind !== 'shared') throw new Error('shared');
  const stake = 200n;
  const profit = BigInt(ending.netPoolXof - ending.rightXof);
  const theirs = (stake * profit) / BigInt(ending.rightXof) + stake;
  assert.equal(BigInt(pay(200, ending, rates).grossXof), theirs);
});

test('the textbook example of eight runners: 514.00 at 14.25 %, the fourth wins with 55.00', () => {
  const rates: PoolRates = { takeOutBps: 1_425, taxBps: 0, taxBase: 'none' };
  const stakes = [3_000, 7_000, 1_200, 5_500, 11_000, 4_700, 15_000, 4_000];
  const all = stakes.reduce((sum, stake) => sum + stake, 0);
  const ending = end(all, 5_500, rates);
  // Published as 440.76: a cent is rounded up there, ours is the take-out floored.
  assert.equal(ending.kind === 'shared' && ending.netPoolXof, 44_076);
  // The approximates in decimal odds: 14.69, 6.30, 36.73, 8.01, 4.01, 9.38, 2.94, 11.02, each rounded there.
  const shown = stakes.map((stake) => {
    const each = end(all, stake, rates);
    return each.kind === 'shared' ? dividendBps(each.netPoolXof, each.rightXof) : 0;
  });
  assert.deepEqual(
    shown.map((bps) => Math.floor((bps + 50) / 100)),
    [1_469, 630, 3_673, 801, 401, 938, 294, 1_102],
  );
});

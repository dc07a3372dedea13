/** The State's return in small: what each kind of ending counts as, corrections, months and what they owe. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Rates } from './market.ts';
import { xof } from './money.ts';
import { endPool, type PoolRates } from './pool.ts';
import { defaultRates } from './settings.ts';
import type { DuelStack } from './settlement-totals.ts';
import {
  addFigures,
  differenceOf,
  figureNames,
  figuresOfDuels,
  figuresOfTickets,
  gamingIncomeTax,
  isTaxMonth,
  monthAfter,
  noFigures,
  type TaxFigures,
  taxDue,
  taxDueDay,
  withoutClaim,
} from './tax-return.ts';
import { diceOf } from './testing/command-stream.ts';
import { payByTheRule } from './testing/duel-oracle.ts';

const stack = (stakeA: number, stakeB: number, count = 1, isLate = false): DuelStack => ({
  stakeAXof: xof(stakeA),
  stakeBXof: xof(stakeB),
  count,
  isLate,
});

function assertBalanced(figures: TaxFigures): void {
  const { stakesXof, refundsXof, payoutsXof, commissionXof, remainderXof } = figures;
  assert.equal(stakesXof, refundsXof + payoutsXof + commissionXof + remainderXof);
}

describe('the figures of duels', () => {
  it('are the specification’s numbers, on both bases', () => {
    assert.deepEqual(figuresOfDuels([stack(10_000, 10_000)], 'A', defaultRates), {
      ...noFigures,
      betCount: 2,
      stakesXof: 20_000,
      payoutsXof: 19_000,
      commissionXof: 1_000,
      taxXof: 3_800,
      taxOnPayoutXof: 3_800,
      taxOnWinningsXof: 1_800,
    });
    const onWinnings = figuresOfDuels([stack(10_000, 10_000)], 'A', { ...defaultRates, taxBase: 'winnings' });
    assert.deepEqual(
      [onWinnings.taxXof, onWinnings.taxOnPayoutXof, onWinnings.taxOnWinningsXof],
      [1_800, 3_800, 1_800],
    );
    const untaxed = figuresOfDuels([stack(10_000, 10_000)], 'B', { ...defaultRates, taxBase: 'none' });
    assert.deepEqual([untaxed.taxXof, untaxed.taxOnPayoutXof, untaxed.taxOnWinningsXof], [0, 3_800, 1_800]);
  });

  it('of a void, and of a late duel whoever wins, are refunds and nothing else', () => {
    const back = { ...noFigures, betCount: 2, stakesXof: 30_000, refundsXof: 30_000 };
    assert.deepEqual(figuresOfDuels([stack(20_000, 10_000)], 'void', defaultRates), back);
    assert.deepEqual(figuresOfDuels([stack(20_000, 10_000, 1, true)], 'A', defaultRates), back);
  });

  it('of a stack are those of its duels one by one, by the rule written a second time', () => {
    const dice = diceOf(212);
    for (let round = 0; round < 300; round++) {
      const rates: Rates = {
        commissionBps: dice(2_001),
        commissionBase: dice(2) === 0 ? 'pot' : 'winnings',
        taxBps: dice(5_001),
        taxBase: (['payout', 'winnings', 'none'] as const)[dice(3)] ?? 'none',
      };
      const [a, b, count] = [1 + dice(100_000), 1 + dice(100_000), 1 + dice(50)];
      const outcome = dice(2) === 0 ? 'A' : 'B';
      const figures = figuresOfDuels([stack(a, b, count)], outcome, rates);
      assertBalanced(figures);
      const [stake, against] = outcome === 'A' ? [a, b] : [b, a];
      const bet = {
        stake: BigInt(stake),
        against: BigInt(against),
        commissionRate: BigInt(rates.commissionBps),
        commissionOf: rates.commissionBase,
        taxRate: BigInt(rates.taxBps),
      };
      const times = BigInt(count);
      const [payout, winnings, used] = [
        payByTheRule({ ...bet, taxOf: 'payout' }),
        payByTheRule({ ...bet, taxOf: 'winnings' }),
        payByTheRule({ ...bet, taxOf: rates.taxBase }),
      ];
      assert.deepEqual(
        [figures.commissionXof, figures.taxXof, figures.taxOnPayoutXof, figures.taxOnWinningsXof].map(BigInt),
        [used.commission * times, used.tax * times, payout.tax * times, winnings.tax * times],
      );
    }
  });
});

describe('the figures of tickets', () => {
  const rates: PoolRates = { takeOutBps: 1_000, taxBps: 2_000, taxBase: 'payout' };
  const ticket = (stake: number, isRight: boolean, count = 1, isLate = false) => ({
    stakeXof: xof(stake),
    isRight,
    isLate,
    count,
  });

  it('count the take-out as the house’s, and what the floors leave apart', () => {
    const stacks = [ticket(1_000, true, 3), ticket(7_000, false)];
    const ending = endPool({ stakesXof: xof(10_000), rightXof: xof(3_000) }, ['A'], rates);
    const figures = figuresOfTickets(stacks, ending, rates);
    // 9 000 among three of 1 000: 3 000 each, nothing left.
    assert.deepEqual(figures, {
      ...noFigures,
      betCount: 4,
      stakesXof: 10_000,
      payoutsXof: 9_000,
      commissionXof: 1_000,
      taxXof: 1_800,
      taxOnPayoutXof: 1_800,
      taxOnWinningsXof: 1_200,
    });
    const uneven = figuresOfTickets(
      [ticket(1_000, true, 7), ticket(4_000, false)],
      endPool({ stakesXof: xof(11_000), rightXof: xof(7_000) }, ['A'], rates),
      rates,
    );
    assertBalanced(uneven);
    assert.equal(uneven.remainderXof, 9_900 - 7 * 1_414);
  });

  it('of a refunded pool, and of late tickets, are refunds', () => {
    const all = endPool({ stakesXof: xof(5_000), rightXof: xof(0) }, ['A'], rates);
    assert.deepEqual(figuresOfTickets([ticket(5_000, false)], all, rates), {
      ...noFigures,
      betCount: 1,
      stakesXof: 5_000,
      refundsXof: 5_000,
    });
    const shared = endPool({ stakesXof: xof(10_000), rightXof: xof(3_000) }, ['A'], rates);
    const figures = figuresOfTickets(
      [ticket(3_000, true), ticket(7_000, false), ticket(2_000, true, 1, true)],
      shared,
      rates,
    );
    assertBalanced(figures);
    assert.deepEqual([figures.refundsXof, figures.payoutsXof, figures.commissionXof], [2_000, 9_000, 1_000]);
  });
});

describe('a correction', () => {
  const won = figuresOfDuels([stack(10_000, 10_000)], 'A', defaultRates);
  const drawn = figuresOfDuels([stack(10_000, 10_000)], 'void', defaultRates);

  it('is the difference of the two settlements: the bets stay, what they bring changes', () => {
    assert.deepEqual(differenceOf(drawn, won), {
      ...noFigures,
      refundsXof: 20_000,
      payoutsXof: -19_000,
      commissionXof: -1_000,
      taxXof: -3_800,
      taxOnPayoutXof: -3_800,
      taxOnWinningsXof: -1_800,
    });
    assertBalanced(differenceOf(drawn, won));
    assert.deepEqual(addFigures([won, differenceOf(drawn, won)]), drawn);
  });

  it('of a month that was paid leaves the tax of this one alone', () => {
    const claimed = withoutClaim(differenceOf(drawn, won), 'payout', 3_800);
    assert.deepEqual(
      [claimed.taxXof, claimed.taxOnPayoutXof, claimed.taxOnWinningsXof, claimed.commissionXof],
      [0, 0, 0, -1_000],
    );
    assert.deepEqual(withoutClaim(differenceOf(drawn, won), 'payout', 0), differenceOf(drawn, won));
    // 4 000 more than the month that was paid had: 3 800 take the claim back, 200 are new.
    const back = withoutClaim({ ...noFigures, taxXof: 4_000, taxOnPayoutXof: 4_000 }, 'payout', -3_800);
    assert.deepEqual([back.taxXof, back.taxOnPayoutXof], [200, 200]);
  });
});

describe('months', () => {
  it('follow each other, and are due on the fifteenth', () => {
    assert.deepEqual(['2026-11', '2026-12'].map(monthAfter), ['2026-12', '2027-01']);
    assert.equal(taxDueDay('2026-12'), '2027-01-15');
    for (const bad of ['2026-13', '2026-00', '2026-1', '2026-11-01', '1999-01', '', '2026-11 ']) {
      assert.equal(isTaxMonth(bad), false, bad);
    }
    assert.equal(isTaxMonth('2026-11'), true);
  });

  it('owe their tax; one below nothing lowers the next', () => {
    const months = [
      { month: '2026-08', taxXof: 5_000, isRemitted: true },
      { month: '2026-09', taxXof: -3_800, isRemitted: false },
      { month: '2026-10', taxXof: 1_000, isRemitted: false },
      { month: '2026-11', taxXof: 10_000, isRemitted: false },
      { month: '2026-12', taxXof: 0, isRemitted: false },
    ];
    assert.deepEqual(
      taxDue(months).map(({ carriedXof, dueXof }) => [carriedXof, dueXof]),
      [
        [0, 5_000],
        [0, 0],
        [-3_800, 0],
        [-2_800, 7_200],
        [0, 0],
      ],
    );
    assert.deepEqual(taxDue([]), []);
  });

  it('tax the operator on his income, never below nothing', () => {
    for (const [income, rate, tax] of [
      [1_000, 2_000, 200],
      [1_004, 2_000, 200],
      [0, 2_000, 0],
      [-1_000, 2_000, 0],
    ] as const) {
      assert.equal(gamingIncomeTax(income, rate), tax);
    }
  });
});

it('every figure is in the list of figures', () => {
  assert.deepEqual([...figureNames].sort(), Object.keys(noFigures).sort());
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { xof } from './money.ts';
import { defaultRates } from './settings.ts';
import { payDuel } from './settlement.ts';
import { type DuelStack, totalSettlement } from './settlement-totals.ts';

const stack = (stakeA: number, stakeB: number, count: number, isLate = false): DuelStack => ({
  stakeAXof: xof(stakeA),
  stakeBXof: xof(stakeB),
  count,
  isLate,
});

describe('the totals of a settlement', () => {
  it('are the sum of what each duel pays', () => {
    const stacks = [stack(10_000, 10_000, 3), stack(1_500, 1_000, 7), stack(3_333, 1_111, 2)];
    for (const outcome of ['A', 'B', 'void'] as const) {
      const each = stacks.flatMap((one) =>
        Array.from({ length: one.count }, () => payDuel(one, outcome, defaultRates)),
      );
      const totals = totalSettlement(stacks, outcome, defaultRates);
      const sum = (of: (one: (typeof each)[number]) => number) =>
        each.reduce((total, one) => total + of(one), 0);
      assert.equal(
        totals.wonXof + totals.voidXof,
        sum((one) => one.payoutAXof + one.payoutBXof),
      );
      assert.equal(
        totals.commissionXof,
        sum((one) => one.commissionXof),
      );
      assert.equal(
        totals.taxXof,
        sum((one) => one.taxXof),
      );
      assert.equal(totals.wonCount + totals.voidCount, 12);
    }
  });

  it('leave nothing of the stakes', () => {
    const stacks = [stack(10_001, 9_999, 5), stack(1_234, 5_678, 11), stack(2_000, 2_000, 4, true)];
    const { wonXof, voidXof, commissionXof, taxXof } = totalSettlement(stacks, 'B', defaultRates);
    assert.equal(wonXof + voidXof + commissionXof + taxXof, 20_000 * 5 + 6_912 * 11 + 4_000 * 4);
  });

  it('give late duels back in full, whoever wins', () => {
    const totals = totalSettlement(
      [stack(10_000, 10_000, 2), stack(5_000, 4_000, 3, true)],
      'A',
      defaultRates,
    );
    assert.deepEqual(totals, {
      outcome: 'A',
      wonCount: 2,
      wonXof: 2 * 15_200,
      voidCount: 3,
      voidXof: 3 * 9_000,
      commissionXof: 2 * 1_000,
      taxXof: 2 * 3_800,
    });
  });

  it('of a void take nothing', () => {
    const totals = totalSettlement([stack(7_000, 3_000, 4)], 'void', defaultRates);
    assert.deepEqual(
      [totals.voidCount, totals.voidXof, totals.wonXof, totals.commissionXof, totals.taxXof],
      [4, 40_000, 0, 0, 0],
    );
  });

  it('of no duel are nothing', () => {
    const totals = totalSettlement([], 'A', defaultRates);
    assert.deepEqual([totals.wonCount, totals.voidCount, totals.wonXof], [0, 0, 0]);
  });
});

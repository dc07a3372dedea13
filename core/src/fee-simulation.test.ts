import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type FeesAsked, simulateFees } from './fee-simulation.ts';
import { xof } from './money.ts';
import { winnerGains } from './settlement.ts';

const asked = (changed: Partial<FeesAsked> = {}): FeesAsked => ({
  stakeXof: xof(10_000),
  askXof: xof(10_000),
  commissionBps: 500,
  commissionBase: 'pot',
  taxBps: 2_000,
  poolTakeOutBps: 1_000,
  ...changed,
});

test('the example of the rules: 10 000 each, 5 % of the pot, 20 %', () => {
  const [onPayout, onWinnings] = simulateFees(asked());
  assert.deepEqual(onPayout, {
    taxBase: 'payout',
    own: { stakeXof: 10_000, potXof: 20_000, commissionXof: 1_000, taxXof: 3_800, netXof: 15_200 },
    other: { stakeXof: 10_000, potXof: 20_000, commissionXof: 1_000, taxXof: 3_800, netXof: 15_200 },
    // 1 / (0,95 × 0,8) − 1 = 0,31578…
    breakEvenAskXof: 3_158,
    breakEvenRatioBps: 3_158,
    // 1 / 0,8; and 90 % × 80 % of the stakes.
    breakEvenDividendBps: 12_500,
    rightShareMaxBps: 7_200,
  });
  assert.deepEqual(
    [onWinnings?.own.taxXof, onWinnings?.own.netXof, onWinnings?.breakEvenAskXof],
    [1_800, 17_200, 527],
  );
  assert.deepEqual([onWinnings?.breakEvenDividendBps, onWinnings?.rightShareMaxBps], [10_000, 9_000]);
});

test('a commission and a tax on the gain alone never cost a winner his stake', () => {
  const [onPayout, onWinnings] = simulateFees(asked({ commissionBase: 'winnings' }));
  assert.equal(onWinnings?.breakEvenAskXof, 0);
  // 0,2 / (0,8 × 0,95) = 0,26315…
  assert.equal(onPayout?.breakEvenAskXof, 2_632);
});

test('a winner gains exactly when more than the break-even is put against him', () => {
  const bps = fc.integer({ min: 0, max: 5_000 });
  const amount = fc.integer({ min: 1, max: 1_000_000 });
  fc.assert(
    fc.property(amount, bps, bps, fc.constantFrom('pot', 'winnings'), (stake, commission, tax, base) => {
      const fees = asked({
        stakeXof: xof(stake),
        commissionBps: commission,
        taxBps: tax,
        commissionBase: base,
      });
      for (const { taxBase, breakEvenAskXof } of simulateFees(fees)) {
        const rates = { commissionBps: commission, commissionBase: base, taxBps: tax, taxBase };
        assert.ok(winnerGains(xof(stake), xof(breakEvenAskXof + 1), rates), 'above it');
        if (breakEvenAskXof > 0)
          assert.ok(!winnerGains(xof(stake), xof(breakEvenAskXof - 1), rates), 'below it');
      }
    }),
    { numRuns: 2_000 },
  );
});

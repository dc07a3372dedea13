import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { xof } from './money.ts';
import { refuseStake, type StakeAllowance } from './stake-allowance.ts';

const day = (over: Partial<StakeAllowance>): StakeAllowance => ({
  kind: 'stake',
  period: 'day',
  limitXof: xof(10_000),
  usedXof: 0,
  until: '2026-11-26T18:24:00.000Z',
  ...over,
});

test('without a limit nothing is refused', () => {
  assert.equal(refuseStake([], 1_000_000, xof(500_000)), null);
});

test('to the franc: what is left may be staked, one more may not', () => {
  const allowances = [day({ usedXof: 6_500 })];
  assert.equal(refuseStake(allowances, 1_000, xof(2_500)), null);
  assert.deepEqual(refuseStake(allowances, 1_000, xof(2_501)), {
    code: 'limit_stake',
    params: { period: 'day', limitXof: 10_000, leftXof: 2_500, until: '2026-11-26T18:24:00.000Z' },
  });
});

test('the strictest speaks, whichever it is', () => {
  const allowances = [
    day({ usedXof: 1_000 }),
    day({ kind: 'loss', period: 'week', limitXof: xof(5_000), usedXof: -1_000, until: '' }),
    day({ kind: 'house_day', limitXof: xof(2_000_000) }),
  ];
  assert.deepEqual(refuseStake(allowances, 0, xof(6_001)), {
    code: 'limit_loss',
    params: { period: 'week', limitXof: 5_000, leftXof: 6_000, until: '' },
  });
});

test('a limit that was lowered below what is used leaves nothing, not less', () => {
  assert.equal(refuseStake([day({ usedXof: 30_000 })], 0, xof(1))?.params['leftXof'], 0);
});

test('what is accepted one after the other never exceeds any limit, and refusing was necessary', () => {
  const allowance = fc.record({
    kind: fc.constantFrom<StakeAllowance['kind']>('stake', 'loss', 'house_market', 'house_day'),
    period: fc.constantFrom<StakeAllowance['period']>('day', 'week', 'month'),
    limitXof: fc.nat(100_000).map(xof),
    usedXof: fc.integer({ min: -50_000, max: 50_000 }),
    until: fc.constant(''),
  });
  fc.assert(
    fc.property(
      fc.array(allowance, { minLength: 1, maxLength: 6 }),
      fc.array(fc.integer({ min: 1, max: 30_000 }), { maxLength: 20 }),
      (allowances, stakes) => {
        let staked = 0;
        for (const stake of stakes) {
          const fits = allowances.every((one) => one.usedXof + staked + stake <= one.limitXof);
          assert.equal(refuseStake(allowances, staked, xof(stake)) === null, fits);
          if (fits) staked += stake;
        }
      },
    ),
  );
});

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

const meanwhile = (playerXof: number, everybodyXof = playerXof) => ({ playerXof, everybodyXof });

test('without a limit nothing is refused', () => {
  assert.equal(refuseStake([], [], meanwhile(1_000_000), xof(500_000)), null);
});

test('to the franc: what is left may be staked, one more may not', () => {
  const allowances = [day({ usedXof: 6_500 })];
  assert.equal(refuseStake(allowances, [], meanwhile(1_000), xof(2_500)), null);
  assert.deepEqual(refuseStake(allowances, [], meanwhile(1_000), xof(2_501)), {
    code: 'limit_stake',
    params: { period: 'day', limitXof: 10_000, leftXof: 2_500, until: '2026-11-26T18:24:00.000Z' },
  });
});

test('the strictest speaks, whichever it is', () => {
  const allowances = [
    day({ usedXof: 1_000 }),
    day({ kind: 'loss', period: 'week', limitXof: xof(5_000), usedXof: 1_000, until: null }),
    day({ kind: 'house_day', limitXof: xof(2_000_000) }),
  ];
  assert.deepEqual(refuseStake(allowances, [], meanwhile(0), xof(4_001)), {
    code: 'limit_loss',
    params: { period: 'week', limitXof: 5_000, leftXof: 4_000, until: 'bet_end' },
  });
});

test('a limit of which nothing ends by the clock says what it waits for', () => {
  const endOf = (over: Partial<StakeAllowance>, staked = 0) =>
    refuseStake([day({ until: null, ...over })], [], meanwhile(staked), xof(10_001))?.params['until'];
  for (const kind of ['stake', 'house_day'] as const) {
    assert.equal(endOf({ kind, usedXof: 1 }), 'offer_end', 'only open offers count without an instant');
    assert.equal(endOf({ kind }, 1), 'offer_end');
    assert.equal(endOf({ kind }), 'limit_change', 'nothing counts: it is less than what was asked for');
  }
  assert.equal(endOf({ kind: 'loss', usedXof: 1 }), 'bet_end');
  assert.equal(endOf({ kind: 'loss' }), 'limit_change');
});

test('a limit that was lowered below what is used leaves nothing, not less', () => {
  assert.equal(refuseStake([day({ usedXof: 30_000 })], [], meanwhile(0), xof(1))?.params['leftXof'], 0);
});

test('what is accepted one after the other never exceeds any limit, and refusing was necessary', () => {
  const allowance = fc.record({
    kind: fc.constantFrom<StakeAllowance['kind']>('stake', 'loss', 'house_market', 'house_day'),
    period: fc.constantFrom<StakeAllowance['period']>('day', 'week', 'month'),
    limitXof: fc.nat(100_000).map(xof),
    usedXof: fc.integer({ min: -50_000, max: 50_000 }),
    until: fc.constant(null),
  });
  fc.assert(
    fc.property(
      fc.array(allowance, { minLength: 1, maxLength: 6 }),
      fc.array(fc.integer({ min: 1, max: 30_000 }), { maxLength: 20 }),
      (allowances, stakes) => {
        let staked = 0;
        for (const stake of stakes) {
          const fits = allowances.every((one) => one.usedXof + staked + stake <= one.limitXof);
          assert.equal(refuseStake(allowances, [], meanwhile(staked), xof(stake)) === null, fits);
          if (fits) staked += stake;
        }
      },
    ),
  );
});

test('what all players stake together has its own limit: it counts everybody, and the stricter of the two speaks', () => {
  const total = { kind: 'total_gala', limitXof: xof(50_000), usedXof: 40_000, until: 'gala_end' } as const;
  const own = [day({})];
  assert.equal(refuseStake(own, [total], meanwhile(0, 2_000), xof(8_000)), null);
  assert.deepEqual(refuseStake(own, [total], meanwhile(0, 2_000), xof(8_001)), {
    code: 'limit_total_gala',
    params: { limitXof: 50_000, leftXof: 8_000, until: 'gala_end' },
  });
  assert.equal(refuseStake(own, [total], meanwhile(9_500, 2_000), xof(501))?.code, 'limit_stake');
  for (const kind of ['total_market', 'total_house'] as const)
    assert.equal(refuseStake([], [{ ...total, kind }], meanwhile(0), xof(10_001))?.code, `limit_${kind}`);
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  balanceAllowance,
  ceilingsOf,
  depositsAllowance,
  refuseBeyond,
  strictestOf,
  withdrawalsAllowance,
} from './ceilings.ts';
import { sentenceOf } from './errors.ts';
import { xof } from './money.ts';
import { defaultSettings } from './settings.ts';

describe('ceilings', () => {
  const phone = ceilingsOf(defaultSettings, 'phone');
  const identified = ceilingsOf(defaultSettings, 'identified');
  const freesAt = new Date('2026-11-26T18:30:00.000Z');
  const none = { usedXof: xof(0), freesAt: null };

  it('are those of the specification', () => {
    assert.deepEqual(phone, {
      balanceMaxXof: 200_000,
      depositsDayMaxXof: 100_000,
      withdrawalsDayMaxXof: 50_000,
    });
    assert.deepEqual(identified, {
      balanceMaxXof: 2_000_000,
      depositsDayMaxXof: 1_000_000,
      withdrawalsDayMaxXof: null,
    });
  });

  it('leave what is not used, and nothing above', () => {
    for (const [held, left] of [
      [0, 200_000],
      [199_999, 1],
      [200_000, 0],
      [750_000, 0],
    ] as const) {
      assert.equal(balanceAllowance(phone, xof(held)).leftXof, left, `${held}`);
    }
  });

  it('allow exactly what is left, and refuse a franc more with the reason', () => {
    const allowance = depositsAllowance(phone, { usedXof: xof(30_000), freesAt });
    assert.equal(refuseBeyond([allowance], xof(70_000)), null);
    const refused = refuseBeyond([allowance], xof(70_001));
    assert.deepEqual(refused, {
      code: 'deposit_over_ceiling',
      params: { ceilingXof: 100_000, leftXof: 70_000, freesAt: '2026-11-26T18:30:00.000Z' },
    });
    assert(refused !== null);
    assert.match(sentenceOf(refused, 'fr'), /26\/11, 18:30\.$/);
  });

  it('do not promise a time when there is nothing to wait for', () => {
    assert.deepEqual(refuseBeyond([depositsAllowance(phone, none)], xof(100_001)), {
      code: 'deposit_over_whole_ceiling',
      params: { ceilingXof: 100_000 },
    });
    const withdrawals = withdrawalsAllowance(phone, none);
    assert.equal(withdrawals?.refusal.code, 'withdrawal_over_whole_ceiling');
    assert.equal(withdrawalsAllowance(identified, none), null);
    const some = withdrawalsAllowance(phone, { usedXof: xof(50_000), freesAt });
    assert.deepEqual([some?.leftXof, some?.refusal.code], [0, 'withdrawal_over_ceiling']);
  });

  it('are weighed together: the strictest refuses', () => {
    const day = depositsAllowance(phone, { usedXof: xof(20_000), freesAt });
    const balance = balanceAllowance(phone, xof(190_000));
    assert.equal(strictestOf([day, balance])?.leftXof, 10_000);
    assert.equal(refuseBeyond([day, balance], xof(90_000))?.code, 'balance_over_ceiling');
    assert.equal(refuseBeyond([day, balance], xof(10_000)), null);
    assert.equal(refuseBeyond([], xof(1_000_000)), null);
  });
});

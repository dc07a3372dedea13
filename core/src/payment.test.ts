import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { xof } from './money.ts';
import {
  approvalsRequired,
  depositStates,
  mayDepositBecome,
  mayWithdrawalBecome,
  refuseDepositAmount,
  refuseWithdrawalAmount,
  withdrawalStates,
} from './payment.ts';
import { defaultSettings } from './settings.ts';

describe('deposits', () => {
  it('move as the table says and in no other way', () => {
    const allowed = depositStates.flatMap((from) =>
      depositStates.filter((to) => mayDepositBecome(from, to)).map((to) => `${from} ${to}`),
    );
    assert.deepEqual(allowed, [
      'requested credited',
      'requested expired',
      'requested refused',
      'requested review',
      'requested returned',
      'expired requested',
      'expired credited',
      'expired review',
      'expired returned',
      'refused requested',
      'refused credited',
      'refused review',
      'refused returned',
      'review credited',
      'review refused',
      'review returned',
    ]);
  });

  const amounts: readonly (readonly [number, string | undefined])[] = [
    [499, 'deposit_below_min'],
    [500, undefined],
    [501, undefined],
    [500_000, undefined],
    [500_001, 'deposit_above_max'],
  ];
  for (const [amount, code] of amounts) {
    it(`${amount} F: ${code ?? 'accepted'}`, () =>
      assert.equal(refuseDepositAmount(xof(amount), defaultSettings)?.code, code));
  }
});

describe('withdrawals', () => {
  it('move as the table says and in no other way: never from unknown back to sent', () => {
    const allowed = withdrawalStates.flatMap((from) =>
      withdrawalStates.filter((to) => mayWithdrawalBecome(from, to)).map((to) => `${from} ${to}`),
    );
    assert.deepEqual(allowed, [
      'approval requested',
      'approval refused',
      'requested sent',
      'requested refused',
      'sent requested',
      'sent processing',
      'sent unknown',
      'sent paid',
      'sent refused',
      'processing unknown',
      'processing paid',
      'processing refused',
      'processing reversed',
      'unknown processing',
      'unknown paid',
      'unknown refused',
      'unknown reversed',
      'paid reversed',
    ]);
  });

  it('are multiples of 5 F from 500 F on; the nearest below is proposed, never more than there is', () => {
    assert.deepEqual(refuseWithdrawalAmount(xof(20_003), xof(20_000), defaultSettings), {
      code: 'withdrawal_insufficient_funds',
      params: { availableXof: 20_000 },
    });
    assert.deepEqual(refuseWithdrawalAmount(xof(495), xof(20_000), defaultSettings), {
      code: 'withdrawal_below_min',
      params: { minXof: 500 },
    });
    assert.deepEqual(refuseWithdrawalAmount(xof(503), xof(20_000), defaultSettings), {
      code: 'withdrawal_not_multiple',
      params: { multipleXof: 5, nearestXof: 500 },
    });
    assert.equal(refuseWithdrawalAmount(xof(500), xof(20_000), defaultSettings), null);
    assert.equal(refuseWithdrawalAmount(xof(15_205), xof(20_000), defaultSettings), null);
  });

  const thresholds = [
    [99_995, 0],
    [100_000, 1],
    [499_995, 1],
    [500_000, 2],
  ] as const;
  for (const [asked, people] of thresholds) {
    it(`${asked} F in 24 hours take ${people} people`, () =>
      assert.equal(approvalsRequired(xof(asked), defaultSettings), people));
  }
});

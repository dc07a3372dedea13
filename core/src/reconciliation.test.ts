import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  allocationChoicesOf,
  type BreakKind,
  type Explanation,
  explainedShareBps,
  explainedXof,
  explanationKinds,
  judgeLine,
  type LineToJudge,
  unexplainedXof,
} from './reconciliation.ts';

const line: LineToJudge = {
  kind: 'deposit',
  grossXof: 5_000,
  paymentXof: null,
  hasDeposit: false,
  withdrawal: null,
  refund: null,
};
const payout = (
  state: NonNullable<LineToJudge['withdrawal']>['state'],
  more: Partial<LineToJudge> = {},
): LineToJudge => ({
  ...{ ...line, kind: 'withdrawal', grossXof: -5_000, withdrawal: { state, amountXof: 5_000 } },
  ...more,
});
const back = { kind: 'withdrawal_reversal', grossXof: 5_000 } as const;

for (const [what, judged, expected] of [
  ['a deposit as we have it', { ...line, paymentXof: 5_000 }, { kind: 'matched', oursXof: 5_000 }],
  ['a deposit of another amount', { ...line, paymentXof: 4_900 }, { kind: 'different', oursXof: 4_900 }],
  [
    'a deposit with the wrong sign',
    { ...line, grossXof: -5_000, paymentXof: 5_000 },
    { kind: 'different', oursXof: 5_000 },
  ],
  ['a deposit of ours that is not booked', { ...line, hasDeposit: true }, { kind: 'waiting' }],
  ['a deposit that nobody announced', line, { kind: 'extra' }],
  ['a withdrawal that is paid here too', payout('paid'), { kind: 'matched', oursXof: -5_000 }],
  ['one that came back since', payout('reversed'), { kind: 'matched', oursXof: -5_000 }],
  ['one of another amount', payout('paid', { grossXof: -5_005 }), { kind: 'different', oursXof: -5_000 }],
  ['one that we do not know yet', payout('unknown'), { kind: 'waiting' }],
  ['one that we called refused', payout('refused'), { kind: 'extra' }],
  ['one that is not ours', payout('paid', { withdrawal: null }), { kind: 'extra' }],
  ['one that came back', payout('reversed', back), { kind: 'matched', oursXof: 5_000 }],
  ['one that came back and is paid here', payout('paid', back), { kind: 'waiting' }],
  ['a refund', { ...line, kind: 'deposit_refund', grossXof: -5_000 }, { kind: 'extra' }],
  ['a movement by hand', { ...line, kind: 'other' }, { kind: 'extra' }],
] as const) {
  test(`${what} is ${expected.kind}`, () => assert.deepEqual(judgeLine(judged), expected));
}

const explanation = fc.record({
  kind: fc.constantFrom(...explanationKinds),
  amountXof: fc.integer({ min: -1_000_000, max: 1_000_000 }),
  count: fc.constant(1),
}) satisfies fc.Arbitrary<Explanation>;

test('what is left is the difference without its explanations', () => {
  fc.assert(
    fc.property(
      fc.integer(),
      fc.array(explanation),
      fc.integer({ min: -99, max: 99 }),
      (clearingXof, all, left) => {
        const providerXof = all.reduce((sum, { amountXof }) => sum + amountXof, clearingXof + left);
        assert.equal(unexplainedXof({ clearingXof, providerXof, explanations: all }), left);
      },
    ),
  );
});

test('explained is never more than there is, and all of it only when nobody must look at anything', () => {
  fc.assert(
    fc.property(
      fc.nat(10_000_000),
      fc.array(explanation),
      fc.nat(10_000),
      fc.integer({ min: -99, max: 99 }),
      (providerXof, explanations, suspendedXof, left) => {
        const found = explainedXof({ providerXof, explanations, suspendedXof, unexplainedXof: left });
        assert(found >= 0 && found <= providerXof);
        const needsPeople = explanations.some(
          ({ kind, amountXof }) => ['missing', 'different', 'outside'].includes(kind) && amountXof !== 0,
        );
        if (providerXof > 0) {
          assert.equal(found === providerXof, !needsPeople && suspendedXof === 0 && left === 0);
        }
      },
    ),
  );
});

test('a share is never rounded up to the whole', () => {
  assert.equal(explainedShareBps(9_999_999, 10_000_000), 9_999);
  assert.equal(explainedShareBps(10_000_000, 10_000_000), 10_000);
  assert.equal(explainedShareBps(0, 0), 10_000);
  assert.equal(explainedShareBps(0, -500), 0);
});

test('the way back of a payment waits for the provider, and then is what we gave back', () => {
  const refund = (state: 'asked' | 'refunded', grossXof = -5_000) =>
    judgeLine({
      ...{ ...line, kind: 'deposit_refund', grossXof },
      refund: { state, amountXof: 5_000 },
    });
  assert.deepEqual(refund('asked'), { kind: 'waiting' });
  assert.deepEqual(refund('refunded'), { kind: 'matched', oursXof: -5_000 });
  assert.deepEqual(refund('refunded', -4_950), { kind: 'different', oursXof: -5_000 });
});

test('only a payment is given to somebody, and only what is missing is left out by the statement', () => {
  const choicesOf = (kind: BreakKind | 'payment', hasPayer = true) =>
    allocationChoicesOf({ kind, amountXof: 1_000, hasPayer, canRefund: hasPayer });
  assert.deepEqual(choicesOf('payment'), [
    'player',
    'payer',
    'refund',
    'by_hand',
    'treasury',
    'fee',
    'house',
  ]);
  assert.deepEqual(choicesOf('payment', false), ['player', 'by_hand', 'treasury', 'fee', 'house']);
  assert.deepEqual(choicesOf('missing'), ['omitted', 'treasury', 'fee', 'house']);
  for (const kind of ['extra', 'different', 'outside'] as const) {
    assert.deepEqual(choicesOf(kind), ['treasury', 'fee', 'house']);
  }
});

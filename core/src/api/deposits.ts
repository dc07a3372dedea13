/** Money in: asking for a deposit, and how far it is. */
import { Type } from 'typebox';
import { depositStates } from '../payment.ts';
import { paymentReasonNames } from '../payment-reasons.ts';
import {
  AmountXof,
  type Contract,
  Instant,
  OperationId,
  ProviderName,
  strict,
  Uuid,
  XofOrZero,
} from './contract.ts';

export const DepositView = strict({
  operationId: Uuid,
  provider: ProviderName,
  amountXof: XofOrZero,
  state: Type.Enum([...depositStates]),
  requestedAt: Instant,
});

export const PaymentReasonName = Type.Enum(paymentReasonNames);

const DepositNowView = strict({
  ...DepositView.properties,
  reason: Type.Union([PaymentReasonName, Type.Null()]),
  /** Until when it can be paid, as far as the provider says. */
  expiresAt: Type.Union([Instant, Type.Null()]),
  /** What the player opens or scans; null when there is nothing to pay. */
  launch: Type.Union([
    strict({
      links: Type.Array(strict({ label: Type.String(), url: Type.String() })),
      qr: Type.Union([strict({ png: Type.String() }), strict({ text: Type.String() }), Type.Null()]),
    }),
    Type.Null(),
  ]),
  /** Each state it went through, oldest first. */
  history: Type.Array(
    strict({
      state: Type.Enum([...depositStates]),
      reason: Type.Union([PaymentReasonName, Type.Null()]),
      at: Instant,
    }),
  ),
});

export const depositContract = {
  'POST /deposits': {
    caller: 'player',
    summary: 'Asks for a deposit.',
    body: strict({ operationId: OperationId, provider: ProviderName, amountXof: AmountXof }),
    status: 201,
    reply: DepositView,
    errors: [
      'operation_id_reused',
      'busy',
      'provider_not_for_you',
      'provider_unavailable',
      'provider_stopped',
      'deposit_below_min',
      'deposit_above_max',
      'balance_over_ceiling',
      'deposit_over_ceiling',
      'deposit_over_whole_ceiling',
      'deposit_not_for_you',
      'limit_deposit',
      'player_cooling_off',
      'player_self_excluded',
      'player_under_age',
    ],
  },
  'POST /deposits/find': {
    caller: 'player',
    summary: 'Finds the deposit that a transaction of the provider’s paid, among one’s own.',
    body: strict({
      provider: ProviderName,
      /** As the payer’s phone shows it. */
      transaction: Type.String({ pattern: '^[A-Za-z0-9._-]{4,64}$', maxLength: 64 }),
    }),
    reply: DepositNowView,
    errors: ['provider_not_for_you', 'payment_not_found', 'too_many_requests'],
  },
  'GET /deposits/:operationId': {
    caller: 'owner',
    summary: 'How one of my deposits stands: its history, and what opens to pay it.',
    params: strict({ operationId: Uuid }),
    reply: DepositNowView,
    errors: ['not_found'],
  },
  'POST /deposits/:operationId/look': {
    caller: 'owner',
    summary: 'Has the provider asked now what became of one of my deposits.',
    params: strict({ operationId: Uuid }),
    body: strict({}),
    reply: DepositNowView,
    errors: ['not_found', 'too_many_requests'],
  },
  'POST /deposits/:operationId/attempts': {
    caller: 'owner',
    summary: 'A fresh session or code for one of my deposits that is not paid yet. Both are watched.',
    params: strict({ operationId: Uuid }),
    body: strict({}),
    reply: DepositNowView,
    errors: [
      'not_found',
      'too_many_requests',
      'provider_unavailable',
      'provider_stopped',
      'deposit_has_come',
      'deposit_attempts_used_up',
      'balance_over_ceiling',
      'deposit_over_ceiling',
      'deposit_over_whole_ceiling',
      'deposit_not_for_you',
      'limit_deposit',
      'player_cooling_off',
      'player_self_excluded',
      'player_under_age',
    ],
  },
} as const satisfies Contract;

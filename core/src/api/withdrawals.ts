/** Money out: asking for a withdrawal, and how far it is. */
import { Type } from 'typebox';
import { withdrawalStates } from '../payment.ts';
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
import { PaymentReasonName } from './deposits.ts';

export const WithdrawalView = strict({
  operationId: Uuid,
  provider: ProviderName,
  amountXof: XofOrZero,
  state: Type.Enum([...withdrawalStates]),
  requestedAt: Instant,
});

export const WithdrawalNowView = strict({
  ...WithdrawalView.properties,
  reason: Type.Union([PaymentReasonName, Type.Null()]),
  /** People of the house who have to agree, all in all. */
  approvalsRequired: Type.Integer({ minimum: 0, maximum: 2 }),
  /** Winnings that went out by themselves. */
  isAutomatic: Type.Boolean(),
  /** Each state it went through, oldest first. */
  history: Type.Array(
    strict({
      state: Type.Enum([...withdrawalStates]),
      reason: Type.Union([PaymentReasonName, Type.Null()]),
      at: Instant,
    }),
  ),
});

const ProviderStateView = strict({
  provider: ProviderName,
  areDepositsStopped: Type.Boolean(),
  arePayoutsStopped: Type.Boolean(),
});

const finance = ['finance'] as const;
const Note = Type.String({ minLength: 3, maxLength: 500, pattern: '\\S' });
const verdicts = ['paid', 'refused', 'reverse'] as const;
const VerdictView = strict({
  verdictId: Uuid,
  verdict: Type.Enum([...verdicts]),
  state: Type.Enum(['proposed', 'confirmed', 'dropped']),
});

export const withdrawalContract = {
  'POST /withdrawals': {
    caller: 'player',
    stepUp: true,
    summary: 'Asks for a withdrawal: the money leaves the balance now.',
    body: strict({ operationId: OperationId, provider: ProviderName, amountXof: AmountXof }),
    status: 202,
    reply: WithdrawalView,
    errors: [
      'step_up_required',
      'operation_id_reused',
      'busy',
      'provider_not_for_you',
      'withdrawal_below_min',
      'withdrawal_not_multiple',
      'withdrawal_insufficient_funds',
      'withdrawal_over_ceiling',
      'withdrawal_over_whole_ceiling',
      'withdrawal_device_new',
      'withdrawal_access_changed',
      'account_frozen',
    ],
  },
  'GET /withdrawals/:operationId': {
    caller: 'owner',
    summary: 'How one of my withdrawals stands, with its history.',
    params: strict({ operationId: Uuid }),
    reply: WithdrawalNowView,
    errors: ['not_found'],
  },
  'POST /wallet/automatic-payout': {
    caller: 'player',
    stepUp: true,
    summary: 'Winnings go to this provider by themselves from now on; null: they stay on the balance.',
    body: strict({ operationId: OperationId, provider: Type.Union([ProviderName, Type.Null()]) }),
    reply: strict({ provider: Type.Union([ProviderName, Type.Null()]) }),
    errors: ['step_up_required', 'operation_id_reused', 'provider_not_for_you'],
  },
  'POST /staff/withdrawals/:withdrawalId/decide': {
    caller: finance,
    stepUp: true,
    summary:
      'Yes or no to a withdrawal that waits for people. Each person once; the first no gives the money back.',
    params: strict({ withdrawalId: Uuid }),
    body: strict({ operationId: OperationId, approves: Type.Boolean(), note: Note }),
    reply: WithdrawalView,
    errors: [
      'step_up_required',
      'operation_id_reused',
      'not_found',
      'withdrawal_not_waiting',
      'withdrawal_decided',
    ],
  },
  'POST /staff/withdrawals/:withdrawalId/verdicts': {
    caller: finance,
    stepUp: true,
    summary:
      'What became of a withdrawal that its provider does not explain, or that it is to be taken back.',
    params: strict({ withdrawalId: Uuid }),
    body: strict({ operationId: OperationId, verdict: Type.Enum([...verdicts]), evidence: Note }),
    reply: VerdictView,
    errors: ['step_up_required', 'operation_id_reused', 'not_found', 'verdict_waits', 'verdict_not_now'],
  },
  'POST /staff/verdicts/:verdictId/decide': {
    caller: finance,
    stepUp: true,
    summary: 'A second person confirms what the first one found; or anyone drops it.',
    params: strict({ verdictId: Uuid }),
    body: strict({ operationId: OperationId, confirms: Type.Boolean() }),
    reply: VerdictView,
    errors: [
      'step_up_required',
      'operation_id_reused',
      'not_found',
      'withdrawal_decided',
      'same_person',
      'verdict_not_now',
    ],
  },
  'POST /staff/providers/:provider/stop': {
    caller: finance,
    stepUp: true,
    summary: 'Stops deposits or withdrawals at a provider. What was asked for waits.',
    params: strict({ provider: ProviderName }),
    body: strict({ operationId: OperationId, side: Type.Enum(['deposits', 'payouts']), note: Note }),
    reply: ProviderStateView,
    errors: ['step_up_required', 'operation_id_reused', 'not_found'],
  },
  'POST /staff/providers/:provider/resume': {
    caller: finance,
    stepUp: true,
    summary: 'Lets them go on.',
    params: strict({ provider: ProviderName }),
    body: strict({ operationId: OperationId, side: Type.Enum(['deposits', 'payouts']), note: Note }),
    reply: ProviderStateView,
    errors: ['step_up_required', 'operation_id_reused', 'not_found'],
  },
} as const satisfies Contract;

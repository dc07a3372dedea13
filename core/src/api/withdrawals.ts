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

export const WithdrawalView = strict({
  operationId: Uuid,
  provider: ProviderName,
  amountXof: XofOrZero,
  state: Type.Enum([...withdrawalStates]),
  requestedAt: Instant,
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
    ],
  },
  'GET /withdrawals/:operationId': {
    caller: 'owner',
    summary: 'How far one of my withdrawals is.',
    params: strict({ operationId: Uuid }),
    reply: WithdrawalView,
    errors: ['not_found'],
  },
} as const satisfies Contract;

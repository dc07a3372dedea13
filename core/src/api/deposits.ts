/** Money in: asking for a deposit, and how far it is. */
import { Type } from 'typebox';
import { depositStates } from '../payment.ts';
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
  'GET /deposits/:operationId': {
    caller: 'owner',
    summary: 'How far one of my deposits is.',
    params: strict({ operationId: Uuid }),
    reply: DepositView,
    errors: ['not_found'],
  },
} as const satisfies Contract;

/**
 * The internal provider: play money that comes and goes at once. It serves only accounts flagged as test, in every
 * mode, so that the smoke test runs anywhere. It remembers nothing: the same reference always gives the same answer.
 */
import type { PaymentProvider } from './provider.ts';

export const internalProvider: PaymentProvider = {
  servesTest: true,
  repeatsDepositsSafely: true,
  repeatsWithdrawalsSafely: true,
  requestDeposit: async ({ reference, amountXof }) => ({
    kind: 'paid',
    transaction: `deposit-${reference}`,
    amountXof,
  }),
  findDeposit: async () => ({ kind: 'absent' }),
  sendWithdrawal: async ({ reference }) => ({ kind: 'paid', transaction: `withdrawal-${reference}` }),
  findWithdrawal: async () => ({ kind: 'absent' }),
};

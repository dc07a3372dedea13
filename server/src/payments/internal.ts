/**
 * The internal provider: play money that comes and goes at once. It serves only accounts flagged as test, in every
 * mode, so that the smoke test runs anywhere. It remembers nothing: the same reference always gives the same answer.
 */
import type { PaymentProvider } from './provider.ts';

export const internalProvider: PaymentProvider = {
  name: 'internal',
  label: 'Argent d’essai',
  servesTest: true,
  isOffered: false,
  accounts: { deposits: 'internal', withdrawals: 'internal' },
  repeatsDepositsSafely: true,
  repeatsWithdrawalsSafely: true,
  requestDeposit: async ({ reference, amountXof, phone }) => ({
    kind: 'paid',
    payments: [
      { transaction: `deposit-${reference}`, amountXof, payerPhone: phone, reference, paidAt: null },
    ],
  }),
  findDeposit: async () => ({ kind: 'absent' }),
  composeWithdrawal: ({ reference }) => reference,
  sendWithdrawal: async ({ reference }) => ({ kind: 'paid', transaction: `withdrawal-${reference}` }),
  findWithdrawal: async () => ({ kind: 'absent' }),
  readBalance: async () => ({ kind: 'none' }),
  readStatement: async () => ({ kind: 'none' }),
};

import type { WaveFaults } from './control.ts';

/** Wave on a good day. */
export const goodDay: Readonly<WaveFaults> = {
  answer: () => 'none',
  slowMs: 15_000,
  errorShape: 'code',
  access: 'granted',
  webhookStrategy: 'signature',
  isWebhookDropped: () => false,
  webhookDelayMs: 0,
  webhookDuplicates: 0,
  hasWebhookTwin: false,
  swapsWebhooks: false,
  webhookSignature: 'right',
  sessionLifeMs: 30 * 60_000,
  paidInstead: (amountXof) => amountXof,
  processingMs: 5_000,
  processesPayouts: false,
  payoutError: null,
  feeRoundsToXof: 5,
  tax: null,
  hasRecipientSpent: false,
  nameMatch: 'MATCH',
  statement: (lines) => lines,
  statementPageSize: 1_000,
};

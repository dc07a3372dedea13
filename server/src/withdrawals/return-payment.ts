/** The way back of a payment: a withdrawal to the number that paid, looked up, sent once, and resumed like any other. */
import type { Tx } from '../db.ts';
import { uuidV5 } from '../uuid.ts';
import type { WalletDeps } from '../wallet/wallet-deps.ts';
import { insertReturn } from './queries.ts';

/** The money is in `withdrawal_pending` already, in this transaction. */
export async function returnPayment(
  tx: Tx,
  { jobs }: Pick<WalletDeps, 'jobs'>,
  paymentId: string,
): Promise<void> {
  const withdrawalId = uuidV5(`payment ${paymentId}`, 'returned');
  await insertReturn(tx, withdrawalId, paymentId);
  await jobs.send(tx, 'send-withdrawal', { withdrawalId });
}

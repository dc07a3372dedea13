/** Sends again the jobs of withdrawals that have not ended: at start-up, and again and again. Rows are the list of work. */
import type { WalletDeps } from '../wallet/wallet-deps.ts';
import { findUnendedWithdrawals } from './queries.ts';

export async function resumeWithdrawals({ db, jobs }: Pick<WalletDeps, 'db' | 'jobs'>): Promise<void> {
  await db.transaction(async (tx) => {
    for (const { id } of await findUnendedWithdrawals(tx)) {
      await jobs.send(tx, 'send-withdrawal', { withdrawalId: id });
    }
  });
}

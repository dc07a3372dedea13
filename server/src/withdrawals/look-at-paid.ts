/**
 * Asks the provider about a withdrawal that is paid here, because its statement says that the money came back: what it
 * calls reversed is the player's again.
 */
import type { WithdrawalAnswer } from '../payments/provider.ts';
import type { WalletDeps } from '../wallet/wallet-deps.ts';
import { endWithdrawal } from './end-withdrawal.ts';
import { findWithdrawal, lockWithdrawal } from './queries.ts';

/** Safe to run any number of times, also at once. */
export async function lookAtPaidWithdrawal(deps: WalletDeps, withdrawalId: string): Promise<void> {
  const withdrawal = await findWithdrawal(deps.db, withdrawalId);
  const provider = withdrawal === null ? undefined : deps.providers[withdrawal.provider];
  if (withdrawal?.state !== 'paid' || provider === undefined) return;
  const { session, requestedAt } = withdrawal;
  let answer: WithdrawalAnswer;
  try {
    answer = await provider.findWithdrawal({ reference: withdrawalId, session, requestedAt });
  } catch (error) {
    deps.log.error({ err: error, withdrawal: withdrawalId }, 'the provider did not answer a look-up');
    return;
  }
  if (answer.kind !== 'reversed') return;
  await deps.db.transaction(async (tx) => {
    const locked = await lockWithdrawal(tx, withdrawalId);
    if (locked === null) return;
    await endWithdrawal(tx, deps.providers, locked, { state: 'reversed', reason: 'reversed' });
  });
}

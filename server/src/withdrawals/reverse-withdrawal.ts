/** Asks the provider to take a paid withdrawal back, as two people decided. What it refuses stays paid. */
import type { WithdrawalAnswer } from '../payments/provider.ts';
import type { WalletDeps } from '../wallet/wallet-deps.ts';
import { endWithdrawal } from './end-withdrawal.ts';
import { findWithdrawal, lockWithdrawal, recordWithdrawalNote } from './queries.ts';

const AGAIN_AFTER_MS = 60_000;

/** Safe to run any number of times: a reversal is one at the provider. */
export async function reverseWithdrawal(deps: WalletDeps, withdrawalId: string): Promise<void> {
  const withdrawal = await findWithdrawal(deps.db, withdrawalId);
  const reverse = withdrawal === null ? undefined : deps.providers[withdrawal.provider]?.reverseWithdrawal;
  if (withdrawal?.state !== 'paid' || reverse === undefined) return;
  const { session, transaction, requestedAt } = withdrawal;
  let answer: WithdrawalAnswer;
  try {
    answer = await reverse({ reference: withdrawalId, session, transaction: transaction ?? '', requestedAt });
  } catch (error) {
    deps.log.error({ err: error, withdrawal: withdrawalId }, 'the provider did not answer a reversal');
    answer = { kind: 'unknown', detail: 'no answer' };
  }
  await deps.db.transaction(async (tx) => {
    const locked = await lockWithdrawal(tx, withdrawalId);
    if (locked === null) return;
    if (answer.kind === 'reversed') {
      await endWithdrawal(tx, deps.providers, locked, { state: 'reversed', reason: 'reversed' });
    } else if (answer.kind === 'refused') {
      await recordWithdrawalNote(tx, withdrawalId, `not reversed: ${answer.reason}`);
    } else {
      await deps.jobs.send(tx, 'reverse-withdrawal', { withdrawalId }, { afterMs: AGAIN_AFTER_MS });
    }
  });
}

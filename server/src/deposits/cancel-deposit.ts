/**
 * A player gives a deposit up. Its sessions are made unpayable as far as the provider can; where it cannot, or where he
 * has paid already, the money is credited all the same.
 */
import { fail } from '#core/errors.ts';
import { mayDepositBecome } from '#core/payment.ts';
import type { DepositDeps } from './deposit-deps.ts';
import { findAttempts, lockDeposit, recordDepositState } from './queries.ts';

export async function cancelDeposit(deps: DepositDeps, depositId: string): Promise<void> {
  const { provider: name } = await deps.db.transaction(async (tx) => {
    const deposit = await lockDeposit(tx, depositId);
    if (deposit.state === 'requested') {
      await recordDepositState(tx, depositId, 'refused', 'deposit_cancelled');
    } else if (!mayDepositBecome(deposit.state, 'requested')) fail('deposit_has_come');
    return deposit;
  });
  const provider = deps.providers[name];
  for (const { session, isOver } of await findAttempts(deps.db, depositId)) {
    if (session === null || isOver) continue;
    try {
      await provider?.expireDeposit?.(session);
    } catch (error) {
      // It stays payable, and watched.
      deps.log.warn({ err: error, deposit: depositId }, 'a session could not be ended');
    }
  }
}

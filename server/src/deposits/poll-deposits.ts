/**
 * Looks again and again at deposits whose money may still come, seldom and seldom more, until two days after they can no
 * longer be paid. Rows are the list of work; nodes share it. Each provider has a poller of its own: one that is slow
 * holds up nobody else's money.
 */
import type { ProviderName } from '../payments/provider.ts';
import type { DepositDeps } from './deposit-deps.ts';
import { lookAtDeposit } from './look-at-deposit.ts';
import { claimDepositsToLookAt } from './queries.ts';

/** As many as are surely looked at before they are due for another node. */
const DEPOSITS_A_ROUND = 20;
const LOOKS_AT_ONCE = 4;

/** `aheadMs` also takes what is due only then: for who cannot wait. */
export async function pollDeposits(
  deps: DepositDeps,
  provider: ProviderName,
  { aheadMs = 0 }: { readonly aheadMs?: number } = {},
): Promise<void> {
  for (;;) {
    const due = await claimDepositsToLookAt(deps.db, { provider, aheadMs, limit: DEPOSITS_A_ROUND });
    const isLast = due.length < DEPOSITS_A_ROUND;
    await Promise.all(Array.from({ length: LOOKS_AT_ONCE }, () => lookAtEach(deps, due)));
    // What is ahead of its time would come again and again.
    if (isLast || aheadMs > 0) return;
  }
}

async function lookAtEach(deps: DepositDeps, queue: string[]): Promise<void> {
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    try {
      await lookAtDeposit(deps, id);
    } catch (error) {
      // It is on the list again in a minute.
      deps.log.error({ err: error, deposit: id }, 'a deposit could not be looked at');
    }
  }
}

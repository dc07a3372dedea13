/**
 * Looks again and again at deposits whose money may still come, seldom and seldom more, until two days after they can no
 * longer be paid. Rows are the list of work; nodes share it. One slow provider does not hold up the others.
 */
import type { DepositDeps } from './deposit-deps.ts';
import { lookAtDeposit } from './look-at-deposit.ts';
import { claimDepositsToLookAt } from './queries.ts';

const DEPOSITS_A_ROUND = 200;
const LOOKS_AT_ONCE = 4;

/** `aheadMs` also takes what is due only then: for who cannot wait. */
export async function pollDeposits(
  deps: DepositDeps,
  { aheadMs = 0 }: { readonly aheadMs?: number } = {},
): Promise<void> {
  const due = await claimDepositsToLookAt(deps.db, { aheadMs, limit: DEPOSITS_A_ROUND });
  const byProvider = Map.groupBy(due, ({ provider }) => provider);
  await Promise.all(
    [...byProvider.values()].flatMap((deposits) => {
      const queue = deposits.map(({ id }) => id);
      return Array.from({ length: LOOKS_AT_ONCE }, () => lookAtEach(deps, queue));
    }),
  );
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

import type { Db } from '../db.ts';
import { findWithdrawalEvents, type WithdrawalRow } from './queries.ts';

/** What its operation answers, for ever: how it stood then. */
export function showWithdrawal({ id, provider, amountXof, state, requestedAt }: WithdrawalRow) {
  return { operationId: id, provider, amountXof, state, requestedAt: requestedAt.toISOString() };
}

export type WithdrawalShown = ReturnType<typeof showWithdrawal>;

/** How it stands now, and each state it went through. */
export async function showWithdrawalNow(db: Db, withdrawal: WithdrawalRow) {
  const events = await findWithdrawalEvents(db, withdrawal.id);
  return {
    ...showWithdrawal(withdrawal),
    reason: withdrawal.reason,
    approvalsRequired: withdrawal.approvalsRequired,
    isAutomatic: withdrawal.isAutomatic,
    history: events.map(({ state, reason, at }) => ({ state, reason, at: at.toISOString() })),
  };
}

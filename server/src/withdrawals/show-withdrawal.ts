import type { Db } from '../db.ts';
import { findWithdrawalEvents, type WithdrawalEventRow, type WithdrawalRow } from './queries.ts';

/** What its operation answers, for ever: how it stood then. */
export function showWithdrawal({ id, provider, amountXof, state, requestedAt }: WithdrawalRow) {
  return { operationId: id, provider, amountXof, state, requestedAt: requestedAt.toISOString() };
}

export type WithdrawalShown = ReturnType<typeof showWithdrawal>;

/** What a player reads: notes between staff change neither state nor reason. */
export async function findHistory(db: Db, id: string): Promise<WithdrawalEventRow[]> {
  const events = await findWithdrawalEvents(db, id);
  return events.filter(({ state, reason }, index) => {
    const before = events[index - 1];
    return before?.state !== state || before.reason !== reason;
  });
}

/** How it stands now, and each state it went through. */
export async function showWithdrawalNow(db: Db, withdrawal: WithdrawalRow) {
  const events = await findHistory(db, withdrawal.id);
  return {
    ...showWithdrawal(withdrawal),
    reason: withdrawal.reason,
    approvalsRequired: withdrawal.approvalsRequired,
    isAutomatic: withdrawal.isAutomatic,
    history: events.map(({ state, reason, at }) => ({ state, reason, at: at.toISOString() })),
  };
}

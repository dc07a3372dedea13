import type { Db } from '../db.ts';
import { type AttemptRow, type DepositRow, findAttempts, findDepositEvents } from './queries.ts';

/** The kind of the operation that asks for a deposit. */
export const DEPOSIT_KIND = 'request-deposit';

/** What its operation answers, for ever: how it stood then. */
export function showDeposit({ id, provider, amountXof, state, requestedAt }: DepositRow) {
  return { operationId: id, provider, amountXof, state, requestedAt: requestedAt.toISOString() };
}

export type DepositShown = ReturnType<typeof showDeposit>;

/** How it stands now, with its history and what its player can open to pay. */
export async function showDepositNow(db: Db, deposit: DepositRow) {
  const attempts = await findAttempts(db, deposit.id);
  const events = await findDepositEvents(db, deposit.id);
  return {
    ...showDeposit(deposit),
    reason: deposit.reason,
    expiresAt: deposit.expiresAt?.toISOString() ?? null,
    launch: deposit.state === 'requested' ? launchOf(attempts) : null,
    history: events.map(({ state, reason, at }) => ({ state, reason, at: at.toISOString() })),
  };
}

/** Of the newest attempt that can be paid. */
function launchOf(attempts: readonly AttemptRow[]) {
  const launch = attempts.findLast((attempt) => attempt.launch !== null && !attempt.isOver)?.launch ?? null;
  return launch === null ? null : { links: [...launch.links], qr: launch.qr };
}

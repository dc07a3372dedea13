/**
 * Takes a closure as far as it can go now: offers back, balance out, the end. Safe to run any number of times, also at
 * once: each step is decided under the lock of the balance.
 */
import { recordAudit } from '../audit/record-audit.ts';
import type { Tx } from '../db.ts';
import { withdrawDocuments } from '../identity/withdraw-documents.ts';
import { lockBalances } from '../ledger/post.ts';
import { cancelOffersOf } from '../offers/cancel-offers-of.ts';
import { arePayoutsHeld } from '../players/payout-hold.ts';
import { endSessionsOf } from '../sessions/end-sessions.ts';
import { readSettings } from '../settings/open-settings.ts';
import { uuidV5 } from '../uuid.ts';
import { payOutBalance } from '../withdrawals/pay-out-balance.ts';
import type { ClosureDeps } from './data-deps.ts';
import {
  type ClosureRow,
  findClosure,
  findClosuresToAdvance,
  findEngaged,
  lockClosure,
  recordClosed,
  recordPayout,
} from './queries.ts';

/** All that can go on. */
export async function advanceClosures(deps: ClosureDeps): Promise<void> {
  const { withdrawalMinXof } = await readSettings(deps.db);
  for (const { playerId } of await findClosuresToAdvance(deps.db, withdrawalMinXof)) {
    await advanceClosure(deps, playerId).catch((error: unknown) =>
      deps.log.error({ err: error, playerId }, 'a closure does not go on'),
    );
  }
}

export async function advanceClosure(deps: ClosureDeps, playerId: string): Promise<void> {
  const known = await findClosure(deps.db, playerId);
  if (known === null || known.erasedAt !== null) return;
  await cancelOffersOf(deps, playerId);
  const isClosed = await deps.db.transaction(async (tx) => {
    // A new device, a changed access, an open case: the money waits, and so does the end.
    if (await arePayoutsHeld(tx, playerId)) return false;
    await lockBalances(tx, [known.accountId]);
    const closure = await lockClosure(tx, playerId);
    if (closure === null || closure.erasedAt !== null) return false;
    const engaged = await findEngaged(tx, closure);
    if (engaged.openOfferCount + engaged.duelCount + engaged.withdrawingXof > 0) return false;
    return payOrClose(tx, deps, closure);
  });
  if (isClosed) deps.sessions.refresh({ playerId });
}

/** True when the account ends here. */
async function payOrClose(tx: Tx, deps: ClosureDeps, closure: ClosureRow): Promise<boolean> {
  const { playerId, closureId, payoutCount } = closure;
  const values = await readSettings(tx);
  const withdrawalId = uuidV5(`closure ${closureId}`, payoutCount);
  const { amountXof, remainderXof } = await payOutBalance(tx, deps, closure, { withdrawalId, values });
  if (amountXof > 0) {
    await recordPayout(tx, playerId, withdrawalId);
    return false;
  }
  // No provider serves this account yet: its money waits, and so does its end.
  if (closure.state === 'closed' || remainderXof >= values.withdrawalMinXof) return false;
  await recordClosed(tx, playerId, { remainderXof, eraseAfterMs: values.erasureDelayMs });
  await withdrawDocuments(tx, playerId);
  await endSessionsOf(tx, { playerId });
  await recordAudit(tx, {
    actor: { kind: 'system' },
    command: 'end-account',
    target: `player ${playerId}`,
    input: { closureId, remainderXof },
    outcome: 'done',
    operationId: null,
    origin: null,
  });
  return true;
}

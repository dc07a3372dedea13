/**
 * When money may not go out: a new device or a changed access makes it wait, an open case freezes it. The player's row
 * is locked before any balance.
 */
import { type Refusal, RefusalError, refusal } from '#core/errors.ts';
import type { Db, Tx } from '../db.ts';
import { extendPayoutHold, findPayouts, lockPayouts, type Payouts } from './queries.ts';

/** Refuses while this player's money may not go out. What is decided here holds until the transaction ends. */
export async function refuseHeldPayout(tx: Tx, playerId: string): Promise<void> {
  const refused = refusalOf(await lockPayouts(tx, playerId));
  if (refused !== null) throw new RefusalError(refused);
}

/** Why money may not go out now, for who looks before he asks; null when it may. */
export async function whyPayoutsHeld(db: Db, playerId: string): Promise<Refusal | null> {
  return refusalOf(await findPayouts(db, playerId));
}

function refusalOf({ isFrozen, heldUntil, heldFor }: Payouts): Refusal | null {
  if (isFrozen) return refusal('account_frozen');
  if (heldUntil === null) return null;
  const untilAt = heldUntil.toISOString();
  return refusal(heldFor === 'device' ? 'withdrawal_device_new' : 'withdrawal_access_changed', { untilAt });
}

/** May what was asked for before go out now? */
export async function arePayoutsHeld(tx: Tx, playerId: string): Promise<boolean> {
  const { isFrozen, heldUntil } = await lockPayouts(tx, playerId);
  return isFrozen || heldUntil !== null;
}

/** A hold never gets shorter. */
export async function holdPayouts(
  tx: Tx,
  hold: { readonly playerId: string; readonly reason: 'device' | 'access'; readonly holdMs: number },
): Promise<void> {
  if (hold.holdMs > 0) await extendPayoutHold(tx, hold);
}

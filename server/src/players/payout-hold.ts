/**
 * When money may not go out: a new device or a changed access makes it wait, an open case freezes it. The player's row
 * is locked before any balance.
 */
import { fail } from '#core/errors.ts';
import type { Tx } from '../db.ts';
import { extendPayoutHold, lockPayouts } from './queries.ts';

/** Refuses while this player's money may not go out. What is decided here holds until the transaction ends. */
export async function refuseHeldPayout(tx: Tx, playerId: string): Promise<void> {
  const { isFrozen, heldUntil, heldFor } = await lockPayouts(tx, playerId);
  if (isFrozen) fail('account_frozen');
  if (heldUntil === null) return;
  const untilAt = heldUntil.toISOString();
  fail(heldFor === 'device' ? 'withdrawal_device_new' : 'withdrawal_access_changed', { untilAt });
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

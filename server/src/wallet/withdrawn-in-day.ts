import type { Xof } from '#core/money.ts';
import type { Tx } from '../db.ts';
import { findWithdrawalsUse } from './queries.ts';

/** What a player has asked to withdraw in the last 24 hours and that went out, or may still. Under his balance's lock. */
export async function countWithdrawnInDay(tx: Tx, playerId: string): Promise<Xof> {
  return (await findWithdrawalsUse(tx, playerId)).usedXof;
}

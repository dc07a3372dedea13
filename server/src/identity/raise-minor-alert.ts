/** A payment provider says that a player's mobile account is a minor's: compliance hears of it, in the transaction that books the answer. */
import type { PaymentReason } from '#core/payment-reasons.ts';
import type { Tx } from '../db.ts';
import { insertMinorAlert } from './queries.ts';

const saysMinor: ReadonlySet<PaymentReason> = new Set(['payer_too_young', 'recipient_too_young']);

/** Other reasons raise nothing; one alert of a player is open at a time. */
export async function raiseMinorAlert(
  tx: Tx,
  playerId: string,
  reason: PaymentReason | null | undefined,
): Promise<void> {
  if (reason !== null && reason !== undefined && saysMinor.has(reason)) await insertMinorAlert(tx, playerId);
}

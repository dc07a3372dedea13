/**
 * The ids of transfers that the server makes by itself: each follows from what it is about, so that it happens once,
 * and so that whoever knows the one finds the other.
 */
import { uuidV5 } from '../uuid.ts';

/** The payment of a duel by a version of its market's settlement. */
export function duelSettledId(duelId: string, version: number): string {
  return uuidV5(`duel-settled:${duelId}`, version);
}

/** The open part of an offer goes back to its player without his asking. */
export function offerReturnedId(offerId: string): string {
  return uuidV5(`offer-returned:${offerId}`, 1);
}

/** A payment that came in is booked, wherever it goes. */
export function depositBookedId(paymentId: string): string {
  return uuidV5(`payment ${paymentId}`, 'booked');
}

/** What two people decided of a payment in suspense. */
export function suspenseSettledId(paymentId: string): string {
  return uuidV5(`suspense ${paymentId}`, 'settled');
}

/** A withdrawal is paid out or given back: one id for both, so that it never is both. */
export function withdrawalEndedId(withdrawalId: string): string {
  return uuidV5(`withdrawal ${withdrawalId}`, 'ended');
}

/** A withdrawal that was paid out has come back. */
export function withdrawalReversedId(withdrawalId: string): string {
  return uuidV5(`withdrawal ${withdrawalId}`, 'reversed');
}

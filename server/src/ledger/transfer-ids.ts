/**
 * The ids of transfers that the server makes by itself: each follows from what it is about, so that it happens once,
 * and so that whoever knows the one finds the other.
 */
import { hash } from 'node:crypto';
import { uuidV5 } from '../uuid.ts';

/** The input hash of the server's own transfers: what they are and how much. */
export function inputHashOf(...parts: readonly (string | number)[]): Buffer {
  return hash('sha256', parts.join(':'), 'buffer');
}

/** The payment of a duel by a version of its market's settlement. */
export function duelSettledId(duelId: string, version: number): string {
  return uuidV5(`duel-settled:${duelId}`, version);
}

/** The payment of a ticket by a version of its pool's settlement. */
export function ticketSettledId(ticketId: string, version: number): string {
  return uuidV5(`ticket-settled:${ticketId}`, version);
}

/** The house's parts of a pool, by a version of its settlement. */
export function poolSettledId(poolId: number, version: number): string {
  return uuidV5(`pool-settled:${poolId}`, version);
}

/** A correction takes back from a player's account, or gives to it: once each. */
export function correctionTakenId(correctionId: string, accountId: number): string {
  return uuidV5(`correction-taken:${correctionId}`, accountId);
}

export function correctionGivenId(correctionId: string, accountId: number): string {
  return uuidV5(`correction-given:${correctionId}`, accountId);
}

/** The house's part of a correction. */
export function correctionBookedId(correctionId: string): string {
  return uuidV5(`correction-booked:${correctionId}`, 1);
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

/** The bonus of a referral, for the one who signed up and for the one who had asked him. */
export function referralBonusId(referredId: string, side: 'referred' | 'referrer'): string {
  return uuidV5(`referral ${referredId}`, side);
}

/** What comes back of a first bet that was lost: once for each player. */
export function firstLostBetBackId(playerId: string): string {
  return uuidV5(`first lost bet ${playerId}`, 'back');
}

/** A month's tax is paid to the State, once. */
export function taxRemittedId(month: string): string {
  return uuidV5(`tax ${month}`, 'remitted');
}

/**
 * The ledger's book: its accounts, and one function per business event that gives the event's postings.
 *
 * A posting {debit, credit, amount > 0} is balanced by construction. Player, escrow, pending and tax accounts are
 * liabilities: a credit makes them grow. `docs/ledger.md` draws the T-accounts of each event.
 */
import { type Xof, xof, ZERO_XOF } from './money.ts';
import type { DuelPayment } from './settlement.ts';

export const accountKinds = [
  'player_available',
  'market_escrow',
  'commission',
  'tax_payable',
  'provider_clearing',
  'withdrawal_pending',
  'suspense',
  'provider_fee',
  'transfer_tax',
  'treasury',
] as const;

export type AccountKind = (typeof accountKinds)[number];

/** The database's id of an account. */
export type AccountId = number;

export interface Posting {
  readonly debit: AccountId;
  readonly credit: AccountId;
  readonly amountXof: Xof;
}

/** What a player reads in his statement. */
export type PlayerTransferKind =
  | 'deposit_credited'
  | 'deposit_returned'
  | 'offer_placed'
  | 'offer_accepted'
  | 'offer_cancelled'
  | 'offer_returned'
  | 'duel_settled'
  | 'withdrawal_requested'
  | 'withdrawal_paid'
  | 'withdrawal_refused'
  | 'withdrawal_reversed'
  | 'suspense_credited';

export type TransferKind =
  | PlayerTransferKind
  | 'payment_suspended'
  | 'movement_suspended'
  | 'suspense_settled'
  | 'difference_settled'
  | 'provider_fee_booked';

/** A deposit that the provider confirmed. */
export function depositCredited(of: { clearing: AccountId; player: AccountId; amountXof: Xof }): Posting[] {
  return [{ debit: of.clearing, credit: of.player, amountXof: of.amountXof }];
}

/** A deposit that came for who may not play: never his to spend, owed to its payer. */
export function depositReturned(of: { clearing: AccountId; pending: AccountId; amountXof: Xof }): Posting[] {
  return [{ debit: of.clearing, credit: of.pending, amountXof: of.amountXof }];
}

/** An offer: the whole stake is held; dust that is no unit of its ratio comes straight back. */
export function offerPlaced(of: {
  player: AccountId;
  escrow: AccountId;
  stakeXof: Xof;
  returnedXof: Xof;
}): Posting[] {
  return withoutZero([
    { debit: of.player, credit: of.escrow, amountXof: of.stakeXof },
    { debit: of.escrow, credit: of.player, amountXof: of.returnedXof },
  ]);
}

/** An acceptance: the taker's stake is held. Nothing moves for the maker: his stake is held already. */
export function offerAccepted(of: { player: AccountId; escrow: AccountId; stakeXof: Xof }): Posting[] {
  return [{ debit: of.player, credit: of.escrow, amountXof: of.stakeXof }];
}

/** The open part of an offer goes back: cancelled by its player, or left over at the close. */
export function offerReturned(of: { player: AccountId; escrow: AccountId; returnedXof: Xof }): Posting[] {
  return [{ debit: of.escrow, credit: of.player, amountXof: of.returnedXof }];
}

/** A duel is paid, or its stakes go back. */
export function duelSettled(of: {
  escrow: AccountId;
  playerA: AccountId;
  playerB: AccountId;
  commission: AccountId;
  taxPayable: AccountId;
  payment: DuelPayment;
}): Posting[] {
  const { payment } = of;
  return withoutZero([
    { debit: of.escrow, credit: of.playerA, amountXof: payment.payoutAXof },
    { debit: of.escrow, credit: of.playerB, amountXof: payment.payoutBXof },
    { debit: of.escrow, credit: of.commission, amountXof: payment.commissionXof },
    { debit: of.escrow, credit: of.taxPayable, amountXof: payment.taxXof },
  ]);
}

/** A withdrawal leaves the player's account at the request. */
export function withdrawalRequested(of: {
  player: AccountId;
  pending: AccountId;
  amountXof: Xof;
}): Posting[] {
  return [{ debit: of.player, credit: of.pending, amountXof: of.amountXof }];
}

/** The provider paid it out. */
export function withdrawalPaid(of: { pending: AccountId; clearing: AccountId; amountXof: Xof }): Posting[] {
  return [{ debit: of.pending, credit: of.clearing, amountXof: of.amountXof }];
}

/** The provider refused it for good: the money is the player's again. */
export function withdrawalRefused(of: { pending: AccountId; player: AccountId; amountXof: Xof }): Posting[] {
  return [{ debit: of.pending, credit: of.player, amountXof: of.amountXof }];
}

/** The provider had paid it out, and the money came back. */
export function withdrawalReversed(of: {
  clearing: AccountId;
  player: AccountId;
  amountXof: Xof;
}): Posting[] {
  return [{ debit: of.clearing, credit: of.player, amountXof: of.amountXof }];
}

/** Money that reached us and is nobody's yet. */
export function paymentSuspended(of: {
  clearing: AccountId;
  suspense: AccountId;
  amountXof: Xof;
}): Posting[] {
  return [{ debit: of.clearing, credit: of.suspense, amountXof: of.amountXof }];
}

/** Two people found whose it is. */
export function suspenseCredited(of: { suspense: AccountId; player: AccountId; amountXof: Xof }): Posting[] {
  return [{ debit: of.suspense, credit: of.player, amountXof: of.amountXof }];
}

/** What the provider kept for its work, and the State's tax on the transfer, by its statement. */
export function providerFeeBooked(of: {
  clearing: AccountId;
  fee: AccountId;
  transferTax: AccountId;
  feeXof: Xof;
  taxXof: Xof;
}): Posting[] {
  return withoutZero([
    { debit: of.fee, credit: of.clearing, amountXof: of.feeXof },
    { debit: of.transferTax, credit: of.clearing, amountXof: of.taxXof },
  ]);
}

/** What the provider gave back of its fee, or the State of its tax. */
export function providerFeeReturned(of: {
  clearing: AccountId;
  fee: AccountId;
  transferTax: AccountId;
  feeXof: Xof;
  taxXof: Xof;
}): Posting[] {
  return withoutZero([
    { debit: of.clearing, credit: of.fee, amountXof: of.feeXof },
    { debit: of.clearing, credit: of.transferTax, amountXof: of.taxXof },
  ]);
}

/** Money that left or reached us at a provider, and nobody here asked for it. `amountXof` has the movement's sign. */
export function movementSuspended(of: {
  clearing: AccountId;
  suspense: AccountId;
  amountXof: number;
}): Posting[] {
  return moved(of.clearing, of.suspense, of.amountXof);
}

/**
 * Two people said where it goes: out of suspense, or out of the clearing account itself where the provider's word and
 * our books differ. A negative amount goes the other way.
 */
export function suspenseSettled(of: { from: AccountId; to: AccountId; amountXof: number }): Posting[] {
  return moved(of.from, of.to, of.amountXof);
}

function moved(debit: AccountId, credit: AccountId, amountXof: number): Posting[] {
  return amountXof < 0
    ? [{ debit: credit, credit: debit, amountXof: xof(-amountXof) }]
    : withoutZero([{ debit, credit, amountXof: xof(amountXof) }]);
}

function withoutZero(postings: readonly Posting[]): Posting[] {
  return postings.filter((posting) => posting.amountXof !== ZERO_XOF);
}

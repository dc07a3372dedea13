/**
 * The ledger's book: its accounts, and one function per business event that gives the event's postings.
 *
 * A posting {debit, credit, amount > 0} is balanced by construction. Player, escrow, pending and tax accounts are
 * liabilities: a credit makes them grow. `docs/ledger.md` draws the T-accounts of each event.
 */
import { type Xof, xof, ZERO_XOF } from './money.ts';
import type { MarketOutcome } from './outcome.ts';
import type { TicketPayment } from './pool.ts';
import type { DuelPayment } from './settlement.ts';

export const accountKinds = [
  'player_available',
  'player_bonus',
  'market_escrow',
  'pool_escrow',
  'pool_remainder',
  'commission',
  'tax_payable',
  'tax_claim',
  'house_loss',
  'bonus_expense',
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
  | 'ticket_bought'
  | 'ticket_settled'
  | 'ticket_returned'
  | 'correction_taken'
  | 'correction_given'
  | 'withdrawal_requested'
  | 'withdrawal_paid'
  | 'withdrawal_refused'
  | 'withdrawal_reversed'
  | 'suspense_credited'
  | 'bonus_granted';

export type TransferKind =
  | PlayerTransferKind
  | 'pool_settled'
  | 'correction_booked'
  | 'payment_suspended'
  | 'movement_suspended'
  | 'suspense_settled'
  | 'difference_settled'
  | 'provider_fee_booked'
  | 'tax_remitted';

/** A deposit that the provider confirmed. */
export function depositCredited(of: { clearing: AccountId; player: AccountId; amountXof: Xof }): Posting[] {
  return [{ debit: of.clearing, credit: of.player, amountXof: of.amountXof }];
}

/** A deposit that came for who may not play: never his to spend, owed to its payer. */
export function depositReturned(of: { clearing: AccountId; pending: AccountId; amountXof: Xof }): Posting[] {
  return [{ debit: of.clearing, credit: of.pending, amountXof: of.amountXof }];
}

/** A player's two accounts. Without bonus money he has no account for it. */
export interface PlayerAccounts {
  readonly player: AccountId;
  readonly bonus: AccountId | null;
}

/** An offer: the whole stake is held; dust that is no unit of its ratio comes straight back. */
export function offerPlaced(
  of: PlayerAccounts & {
    escrow: AccountId;
    stakeXof: Xof;
    returnedXof: Xof;
    /** Bonus money in what stays held, and in what comes back. */
    bonusXof: Xof;
    returnedBonusXof: Xof;
  },
): Posting[] {
  return [
    ...staked({ ...of, bonusXof: xof(of.bonusXof + of.returnedBonusXof) }),
    ...offerReturned({ ...of, bonusXof: of.returnedBonusXof }),
  ];
}

/** An acceptance: the taker's stake is held. Nothing moves for the maker: his stake is held already. */
export function offerAccepted(
  of: PlayerAccounts & { escrow: AccountId; stakeXof: Xof; bonusXof: Xof },
): Posting[] {
  return staked(of);
}

/** The open part of an offer goes back, each part to where it came from: cancelled, ended, or left at the close. */
export function offerReturned(
  of: PlayerAccounts & { escrow: AccountId; returnedXof: Xof; bonusXof: Xof },
): Posting[] {
  return withoutZero([
    { debit: of.escrow, credit: of.player, amountXof: xof(of.returnedXof - of.bonusXof) },
    { debit: of.escrow, credit: bonusAccount(of), amountXof: of.bonusXof },
  ]);
}

function staked(of: PlayerAccounts & { escrow: AccountId; stakeXof: Xof; bonusXof: Xof }): Posting[] {
  return withoutZero([
    { debit: of.player, credit: of.escrow, amountXof: xof(of.stakeXof - of.bonusXof) },
    { debit: bonusAccount(of), credit: of.escrow, amountXof: of.bonusXof },
  ]);
}

function bonusAccount({ bonus, bonusXof }: { bonus: AccountId | null; bonusXof: Xof }): AccountId {
  if (bonus !== null) return bonus;
  if (bonusXof !== ZERO_XOF) throw new Error(`${bonusXof} F of bonus money without an account for it`);
  // Of a posting of nothing, which is left out.
  return 0;
}

/**
 * A duel is paid, or its stakes go back. What is won is real money, whatever it was staked with; a void gives bonus
 * money back as such.
 */
export function duelSettled(of: {
  escrow: AccountId;
  a: PlayerAccounts;
  b: PlayerAccounts;
  commission: AccountId;
  taxPayable: AccountId;
  outcome: MarketOutcome;
  payment: DuelPayment;
  /** Bonus money in the stakes of A and of B. */
  bonusAXof: Xof;
  bonusBXof: Xof;
}): Posting[] {
  const { escrow, payment } = of;
  const [bonusAXof, bonusBXof] = of.outcome === 'void' ? [of.bonusAXof, of.bonusBXof] : [ZERO_XOF, ZERO_XOF];
  return [
    ...offerReturned({ ...of.a, escrow, returnedXof: payment.payoutAXof, bonusXof: bonusAXof }),
    ...offerReturned({ ...of.b, escrow, returnedXof: payment.payoutBXof, bonusXof: bonusBXof }),
    ...withoutZero([
      { debit: escrow, credit: of.commission, amountXof: payment.commissionXof },
      { debit: escrow, credit: of.taxPayable, amountXof: payment.taxXof },
    ]),
  ];
}

/** The house gives bonus money: its expense from this moment on, whatever becomes of the bets made with it. */
export function bonusGranted(of: { expense: AccountId; bonus: AccountId; amountXof: Xof }): Posting[] {
  return [{ debit: of.expense, credit: of.bonus, amountXof: of.amountXof }];
}

/** A ticket: the whole stake is held, bonus money first. */
export function ticketBought(
  of: PlayerAccounts & { escrow: AccountId; stakeXof: Xof; bonusXof: Xof },
): Posting[] {
  return withoutZero(staked(of));
}

/**
 * A ticket is paid, or its stake goes back: its bonus money as bonus money. One that lost moves nothing: its stake is in
 * what the others get.
 */
export function ticketSettled(
  of: PlayerAccounts & {
    escrow: AccountId;
    taxPayable: AccountId;
    payment: TicketPayment;
    /** The bonus money in its stake. */
    bonusXof: Xof;
  },
): Posting[] {
  const { payoutXof, taxXof, outcome } = of.payment;
  const bonusXof = outcome === 'refunded' ? of.bonusXof : ZERO_XOF;
  return withoutZero([
    ...offerReturned({ ...of, returnedXof: payoutXof, bonusXof }),
    { debit: of.escrow, credit: of.taxPayable, amountXof: taxXof },
  ]);
}

/** When every ticket is paid: the house's take-out, and the francs that the floors left. */
export function poolSettled(of: {
  escrow: AccountId;
  commission: AccountId;
  remainder: AccountId;
  takeOutXof: Xof;
  remainderXof: Xof;
}): Posting[] {
  return withoutZero([
    { debit: of.escrow, credit: of.commission, amountXof: of.takeOutXof },
    { debit: of.escrow, credit: of.remainder, amountXof: of.remainderXof },
  ]);
}

/**
 * A month's tax is paid to the State. `advanceXof` is by how much the claim grows, because corrections booked since have
 * already taken so much out of the tax account; less than nothing when an earlier one is used up.
 */
export function taxRemitted(of: {
  taxPayable: AccountId;
  taxClaim: AccountId;
  treasury: AccountId;
  amountXof: Xof;
  advanceXof: number;
}): Posting[] {
  const advanceXof = xof(Math.max(0, of.advanceXof));
  return withoutZero([
    { debit: of.taxPayable, credit: of.treasury, amountXof: xof(of.amountXof - advanceXof) },
    { debit: of.taxClaim, credit: of.treasury, amountXof: advanceXof },
    { debit: of.taxPayable, credit: of.taxClaim, amountXof: xof(Math.max(0, -of.advanceXof)) },
  ]);
}

/** A correction takes back what a player has received beyond what he is due now: only what was available. */
export function correctionTaken(of: { player: AccountId; escrow: AccountId; takenXof: Xof }): Posting[] {
  return withoutZero([{ debit: of.player, credit: of.escrow, amountXof: of.takenXof }]);
}

/** What a correction changes for the house; each amount has its sign, and grows the account of its name. */
export interface HouseDeltas {
  readonly commissionXof: number;
  readonly taxPayableXof: number;
  readonly taxClaimXof: number;
  readonly lossXof: number;
  /** Of a pool: what the floors leave. */
  readonly remainderXof: number;
}

/** The house's leg of a correction: commission and tax by difference, and the loss that lets everybody else be paid. */
export function correctionBooked(of: {
  escrow: AccountId;
  commission: AccountId;
  taxPayable: AccountId;
  taxClaim: AccountId;
  houseLoss: AccountId;
  remainder: AccountId;
  deltas: HouseDeltas;
}): Posting[] {
  const { escrow, deltas } = of;
  return [
    ...moved(escrow, of.commission, deltas.commissionXof),
    ...moved(escrow, of.taxPayable, deltas.taxPayableXof),
    ...moved(of.taxClaim, escrow, deltas.taxClaimXof),
    ...moved(of.houseLoss, escrow, deltas.lossXof),
    ...moved(escrow, of.remainder, deltas.remainderXof),
  ];
}

/** A correction gives a player what he is due now and has not received. */
export function correctionGiven(of: { player: AccountId; escrow: AccountId; givenXof: Xof }): Posting[] {
  return withoutZero([{ debit: of.escrow, credit: of.player, amountXof: of.givenXof }]);
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

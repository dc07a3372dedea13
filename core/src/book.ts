/**
 * The matching engine: decides a batch of commands of one market, in order of arrival, each against what is left.
 *
 * Pure: it gets the state that was read under the market's lock and returns what to write. Invariants: fills of an
 * offer never exceed it; open + filled + returned = stake; nobody meets himself; a taker never pays a worse ratio
 * than he asked; a wallet never falls below zero; nobody stakes beyond a limit; a refused command changes nothing.
 */

import { type Refusal, refusal } from './errors.ts';
import { type MarketState, opposite, type RuleCard, type Side } from './market.ts';
import { type Xof, xof, ZERO_XOF } from './money.ts';
import {
  crosses,
  fillFor,
  judgeAcceptance,
  judgeOffer,
  priceOf,
  type Ratio,
  type RestingOffer,
  ratioOf,
  restFor,
  takerStake,
} from './offer.ts';
import { refuseStake, type StakeAllowance } from './stake-allowance.ts';

export interface PlaceCommand {
  readonly kind: 'place';
  readonly playerId: string;
  /** The id of the offer to make: the operation's own. */
  readonly offerId: string;
  readonly side: Side;
  readonly stakeXof: Xof;
  readonly askXof: Xof;
  readonly validUntilMs: number | null;
}

export interface AcceptCommand {
  readonly kind: 'accept';
  readonly playerId: string;
  readonly offerId: string;
  /** What the taker puts. */
  readonly stakeXof: Xof;
  /** Take less when less is left. */
  readonly partial: boolean;
  readonly validUntilMs: number | null;
}

export interface CancelCommand {
  readonly kind: 'cancel';
  readonly playerId: string;
  readonly offerId: string;
}

export type Command = PlaceCommand | AcceptCommand | CancelCommand;

/** One side of the book: best price first, then oldest. `more` says that worse offers were left unread. */
export interface BookSide {
  readonly offers: readonly RestingOffer[];
  readonly more: boolean;
}

/** What was read under the market's lock. */
export interface MarketView {
  readonly state: MarketState;
  readonly ruleCard: RuleCard;
  readonly hardStopMs: number;
  /** The database's clock, read after the lock. */
  readonly nowMs: number;
  readonly lastSeq: number;
  readonly book: Readonly<Record<Side, BookSide>>;
  /** Offers that commands name, whether in `book` or not; absent ones do not exist in this market. */
  readonly named: ReadonlyMap<string, RestingOffer>;
  /** Available francs of each player of the batch. */
  readonly wallets: ReadonlyMap<string, Xof>;
  /** Players of the batch who may not bet at all, and why. */
  readonly barred: ReadonlyMap<string, Refusal>;
  /** The limits of each player of the batch, his own and the house's; nothing for who has none. */
  readonly allowances: ReadonlyMap<string, readonly StakeAllowance[]>;
}

/** A duel to write. The taker's side is opposite to the maker's. */
export interface NewDuel {
  readonly seq: number;
  readonly makerOfferId: string;
  readonly makerId: string;
  readonly takerId: string;
  readonly makerSide: Side;
  readonly makerXof: Xof;
  readonly takerXof: Xof;
}

export interface Placed {
  readonly kind: 'placed';
  readonly seq: number;
  readonly ratio: Ratio;
  readonly filledXof: Xof;
  readonly openXof: Xof;
  readonly returnedXof: Xof;
  readonly duels: readonly NewDuel[];
}

export interface Accepted {
  readonly kind: 'accepted';
  readonly duel: NewDuel;
}

export interface Cancelled {
  readonly kind: 'cancelled';
  readonly returnedXof: Xof;
}

export type Decision = Placed | Accepted | Cancelled | Refusal;

/** How an offer that was in the book before the batch, or came with it, changes. */
export interface OfferChange {
  filledXof: Xof;
  returnedXof: Xof;
}

export interface BatchDecision {
  /** One for each command, in their order. */
  readonly decisions: readonly Decision[];
  /** Changes of offers made before this batch. Offers of the batch itself carry their final state in `finals`. */
  readonly changes: ReadonlyMap<string, OfferChange>;
  /** Offers made by this batch, as the whole batch leaves them. */
  readonly finals: ReadonlyMap<string, { openXof: Xof; filledXof: Xof; returnedXof: Xof }>;
  readonly lastSeq: number;
}

/** The part of the book that was read does not reach far enough: read more and decide again. */
export class BookTooShort extends Error {
  constructor() {
    super('the loaded part of the book is too short');
    this.name = 'BookTooShort';
  }
}

/** Decides `commands` in order. Throws `BookTooShort` when a decision needs offers that were left unread. */
export function decideBatch(market: MarketView, commands: readonly Command[]): BatchDecision {
  const batch = new Batch(market);
  const decisions = commands.map((command) => batch.decide(command));
  return { decisions, changes: batch.changes, finals: batch.finals, lastSeq: batch.lastSeq };
}

interface LiveOffer {
  readonly offer: RestingOffer;
  openXof: Xof;
}

/** The working copy of a market while a batch is decided. */
class Batch {
  readonly changes = new Map<string, OfferChange>();
  readonly finals = new Map<string, { openXof: Xof; filledXof: Xof; returnedXof: Xof }>();
  lastSeq: number;
  readonly #market: MarketView;
  readonly #sides: Record<Side, LiveOffer[]>;
  readonly #offers = new Map<string, LiveOffer>();
  readonly #wallets: Map<string, Xof>;

  constructor(market: MarketView) {
    this.#market = market;
    this.lastSeq = market.lastSeq;
    this.#wallets = new Map(market.wallets);
    this.#sides = { A: this.#liven(market.book.A), B: this.#liven(market.book.B) };
    for (const offer of market.named.values()) {
      if (!this.#offers.has(offer.id)) this.#offers.set(offer.id, { offer, openXof: offer.openXof });
    }
  }

  decide(command: Command): Decision {
    switch (command.kind) {
      case 'place':
        return this.#place(command);
      case 'accept':
        return this.#accept(command);
      case 'cancel':
        return this.#cancel(command);
    }
  }

  #place(command: PlaceCommand): Decision {
    const { limits, rates } = this.#market.ruleCard;
    const refused =
      this.#refuseBettor(command) ??
      judgeOffer(command.stakeXof, command.askXof, limits, rates) ??
      this.#refuseAmount(command.playerId, command.stakeXof);
    if (refused !== null) return refused;
    const ratio = ratioOf(command.stakeXof, command.askXof);
    if (ratio === null) throw new Error('an offer off the ladder passed its judgement');

    const seq = this.#nextSeq();
    const { duels, spentXof } = this.#match(command, ratio);
    const openXof = restFor(xof(command.stakeXof - spentXof), ratio, limits);
    const returnedXof = xof(command.stakeXof - spentXof - openXof);
    this.#spend(command.playerId, xof(command.stakeXof - returnedXof));
    this.finals.set(command.offerId, { openXof, filledXof: spentXof, returnedXof });
    const { playerId, side, offerId: id } = command;
    const live = { offer: { id, playerId, side, ratio, seq, openXof }, openXof };
    // Known by its id even when nothing of it stays open: a later command of the batch may name it.
    this.#offers.set(id, live);
    if (openXof > 0) this.#insert(live);
    return { kind: 'placed', seq, ratio, filledXof: spentXof, openXof, returnedXof, duels };
  }

  /** Takes opposite offers that cross, best first, until the budget holds no unit of any of them. */
  #match(command: PlaceCommand, ratio: Ratio): { duels: NewDuel[]; spentXof: Xof } {
    const side = opposite(command.side);
    const { limits } = this.#market.ruleCard;
    const duels: NewDuel[] = [];
    let budget: number = command.stakeXof;
    for (const live of this.#walk(side)) {
      if (!crosses(live.offer.ratio, ratio)) break;
      if (live.offer.playerId === command.playerId) continue;
      const makerXof = fillFor({ ...live.offer, openXof: live.openXof }, budget, limits);
      if (makerXof === 0) continue;
      const duel = this.#fill(live, makerXof, command.playerId);
      duels.push(duel);
      budget -= duel.takerXof;
      // Asked before the walk goes on: a spent budget needs no more of the book.
      if (budget < limits.stakeUnitXof) break;
    }
    return { duels, spentXof: xof(command.stakeXof - budget) };
  }

  #accept(command: AcceptCommand): Decision {
    const refused = this.#refuseBettor(command);
    if (refused !== null) return refused;
    const live = this.#offers.get(command.offerId);
    if (live === undefined) return refusal('offer_not_found');
    if (live.offer.playerId === command.playerId) return refusal('offer_own');
    if (live.openXof === 0) return refusal('offer_gone');
    const resting = { ...live.offer, openXof: live.openXof };
    const judged = judgeAcceptance(resting, command.stakeXof, command.partial, this.#market.ruleCard.limits);
    if ('code' in judged) return judged;
    const takerXof = takerStake(live.offer.ratio, judged.makerXof);
    const refusedAmount = this.#refuseAmount(command.playerId, takerXof);
    if (refusedAmount !== null) return refusedAmount;
    this.#spend(command.playerId, takerXof);
    return { kind: 'accepted', duel: this.#fill(live, judged.makerXof, command.playerId) };
  }

  #cancel(command: CancelCommand): Decision {
    const live = this.#offers.get(command.offerId);
    // Someone else's offer is as absent as one that never was.
    if (live === undefined || live.offer.playerId !== command.playerId) return refusal('offer_not_found');
    if (this.#isClosed()) return refusal('market_closed');
    if (live.openXof === 0) return refusal('offer_nothing_open');
    const returnedXof = live.openXof;
    live.openXof = ZERO_XOF;
    this.#note(live.offer.id, { filledXof: ZERO_XOF, returnedXof });
    this.#spend(command.playerId, xof(-returnedXof));
    return { kind: 'cancelled', returnedXof };
  }

  #refuseBettor(command: PlaceCommand | AcceptCommand): Refusal | null {
    const barred = this.#market.barred.get(command.playerId);
    if (barred !== undefined) return barred;
    if (this.#isClosed()) return refusal('market_closed');
    if (this.#market.state === 'suspended') return refusal('market_suspended');
    if (this.#market.state !== 'open') return refusal('market_not_open');
    if (command.validUntilMs !== null && this.#market.nowMs > command.validUntilMs)
      return refusal('slip_expired');
    return null;
  }

  #isClosed(): boolean {
    const { state, nowMs, hardStopMs } = this.#market;
    return state === 'closed' || state === 'settling' || state === 'settled' || nowMs >= hardStopMs;
  }

  /** A limit speaks before the balance does: nobody is told to bring money that he may not stake. */
  #refuseAmount(playerId: string, stakeXof: Xof): Refusal | null {
    const allowances = this.#market.allowances.get(playerId) ?? [];
    // What this batch has taken from his wallet is what it has put at stake: a fill of a resting offer changes neither.
    const stakedMeanwhileXof = (this.#market.wallets.get(playerId) ?? 0) - this.#wallet(playerId);
    return refuseStake(allowances, stakedMeanwhileXof, stakeXof) ?? this.#refusePoor(playerId, stakeXof);
  }

  #refusePoor(playerId: string, stakeXof: Xof): Refusal | null {
    const missingXof = xof(stakeXof - this.#wallet(playerId));
    return missingXof > 0 ? refusal('insufficient_funds', { missingXof }) : null;
  }

  #wallet(playerId: string): Xof {
    const available = this.#wallets.get(playerId);
    if (available === undefined) throw new Error(`no wallet was read for ${playerId}`);
    return available;
  }

  #spend(playerId: string, amountXof: Xof): void {
    const left = xof(this.#wallet(playerId) - amountXof);
    if (left < 0) throw new Error(`the wallet of ${playerId} would fall to ${left}`);
    this.#wallets.set(playerId, left);
  }

  #fill(live: LiveOffer, makerXof: Xof, takerId: string): NewDuel {
    live.openXof = xof(live.openXof - makerXof);
    if (live.openXof < 0) throw new Error(`offer ${live.offer.id} filled beyond its open part`);
    this.#note(live.offer.id, { filledXof: makerXof, returnedXof: ZERO_XOF });
    return {
      seq: this.#nextSeq(),
      makerOfferId: live.offer.id,
      makerId: live.offer.playerId,
      takerId,
      makerSide: live.offer.side,
      makerXof,
      takerXof: takerStake(live.offer.ratio, makerXof),
    };
  }

  #note(offerId: string, change: OfferChange): void {
    const final = this.finals.get(offerId);
    if (final !== undefined) {
      final.filledXof = xof(final.filledXof + change.filledXof);
      final.returnedXof = xof(final.returnedXof + change.returnedXof);
      final.openXof = xof(final.openXof - change.filledXof - change.returnedXof);
      return;
    }
    const noted = this.changes.get(offerId) ?? { filledXof: ZERO_XOF, returnedXof: ZERO_XOF };
    noted.filledXof = xof(noted.filledXof + change.filledXof);
    noted.returnedXof = xof(noted.returnedXof + change.returnedXof);
    this.changes.set(offerId, noted);
  }

  #nextSeq(): number {
    this.lastSeq += 1;
    return this.lastSeq;
  }

  #liven(side: BookSide): LiveOffer[] {
    return side.offers.map((offer) => {
      const live = { offer, openXof: offer.openXof };
      this.#offers.set(offer.id, live);
      return live;
    });
  }

  /** Open offers of a side, best first, up to where the book was read; beyond it, `BookTooShort`. */
  *#walk(side: Side): Generator<LiveOffer> {
    const { offers, more } = this.#market.book[side];
    const edge = more ? offers.at(-1) : undefined;
    if (more && edge === undefined) throw new BookTooShort();
    for (const live of this.#sides[side]) {
      if (edge !== undefined && ranksBefore(edge, live.offer)) throw new BookTooShort();
      if (live.openXof > 0) yield live;
    }
    if (more) throw new BookTooShort();
  }

  /** Puts an offer of this batch at its place in the book. */
  #insert(live: LiveOffer): void {
    const side = this.#sides[live.offer.side];
    let [low, high] = [0, side.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = side[middle];
      if (other !== undefined && ranksBefore(other.offer, live.offer)) low = middle + 1;
      else high = middle;
    }
    side.splice(low, 0, live);
  }
}

/** Best price first, then oldest. */
function ranksBefore(one: RestingOffer, other: RestingOffer): boolean {
  const difference = priceOf(one.ratio) - priceOf(other.ratio);
  return difference === 0 ? one.seq < other.seq : difference < 0;
}

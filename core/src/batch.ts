/**
 * The matching engine: decides a batch of commands of one market, in order of arrival, each against what is left.
 *
 * Pure: it gets the state that was read under the market's lock and returns what to write. Invariants: fills of an
 * offer never exceed it; open + filled + returned = stake; nobody meets himself; a taker never pays a worse ratio
 * than he asked; a purse never falls below zero; nobody stakes beyond a limit; bonus money never enters a private
 * offer; a refused command changes nothing.
 */
import type {
  AcceptCommand,
  BatchDecision,
  BookSide,
  CancelCommand,
  Command,
  Decision,
  MarketView,
  NewChallenge,
  NewDuel,
  OfferChange,
  OfferFinal,
  PlaceCommand,
  Returned,
} from './book.ts';
import { type Refusal, refusal } from './errors.ts';
import { opposite, type Side } from './market.ts';
import { type Xof, xof, ZERO_XOF } from './money.ts';
import {
  type Challenge,
  crosses,
  fillFor,
  judgeAcceptance,
  judgeOffer,
  mayTake,
  priceOf,
  type Ratio,
  type RestingOffer,
  ratioOf,
  restFor,
  takerStake,
} from './offer.ts';
import { Purses } from './purses.ts';
import { refuseStake } from './stake-allowance.ts';

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
  const { changes, finals, lastSeq, stakedXof } = batch;
  return { decisions, changes, finals, lastSeq, stakedXof };
}

interface LiveOffer {
  readonly offer: RestingOffer;
  openXof: Xof;
  /** Bonus money in the open part. */
  bonusXof: Xof;
}

/** The working copy of a market while a batch is decided. */
class Batch {
  readonly changes = new Map<string, OfferChange>();
  readonly finals = new Map<string, OfferFinal>();
  lastSeq: number;
  readonly #market: MarketView;
  readonly #sides: Record<Side, LiveOffer[]>;
  readonly #offers = new Map<string, LiveOffer>();
  readonly #purses: Purses;

  constructor(market: MarketView) {
    this.#market = market;
    this.lastSeq = market.lastSeq;
    this.#purses = new Purses(market.wallets, market.bonuses);
    this.#sides = { A: this.#liven(market.book.A), B: this.#liven(market.book.B) };
    for (const offer of market.named.values()) {
      if (!this.#offers.has(offer.id)) this.#offers.set(offer.id, livenOne(offer));
    }
  }

  get stakedXof(): number {
    return this.#purses.spentXof;
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
    const { playerId, side, offerId: id, stakeXof, challenge, expiresAtMs } = command;
    const usesBonus = challenge === null;
    const refused =
      this.#refuseBettor(command) ??
      this.#refuseExpiry(expiresAtMs) ??
      this.#refuseStricter(playerId, stakeXof) ??
      judgeOffer(stakeXof, command.askXof, limits, rates) ??
      this.#refuseAmount(playerId, stakeXof, { usesBonus, freed: null });
    if (refused !== null) return refused;
    const ratio = ratioOf(stakeXof, command.askXof);
    if (ratio === null) throw new Error('an offer off the ladder passed its judgement');

    const seq = this.#nextSeq();
    const broughtXof = usesBonus ? this.#purses.bonusFor(playerId, stakeXof) : ZERO_XOF;
    const { duels, spentXof, bonusLeftXof } =
      challenge === null
        ? this.#match(command, ratio, broughtXof)
        : { duels: [], spentXof: ZERO_XOF, bonusLeftXof: ZERO_XOF };
    const openXof = restFor(xof(stakeXof - spentXof), ratio, limits);
    const returnedXof = xof(stakeXof - spentXof - openXof);
    const openBonusXof = xof(Math.min(bonusLeftXof, openXof));
    const returnedBonusXof = xof(bonusLeftXof - openBonusXof);
    const bonusXof = xof(broughtXof - returnedBonusXof);
    this.#purses.take(playerId, xof(stakeXof - returnedXof), bonusXof);
    this.finals.set(id, { openXof, filledXof: spentXof, returnedXof, bonusXof: openBonusXof });
    const isFor = challenge === null ? null : restingChallenge(challenge);
    const offer = {
      id,
      playerId,
      side,
      ratio,
      seq,
      openXof,
      bonusXof: openBonusXof,
      challenge: isFor,
      expiresAtMs,
    };
    const live = livenOne(offer);
    // Known by its id even when nothing of it stays open: a later command of the batch may name it.
    this.#offers.set(id, live);
    if (openXof > 0 && challenge === null) this.#insert(live);
    const sums = { filledXof: spentXof, openXof, returnedXof, bonusXof, returnedBonusXof };
    return { kind: 'placed', seq, ratio, ...sums, duels };
  }

  /** Takes opposite offers that cross, best first, until the budget holds no unit of any of them; bonus money first. */
  #match(
    command: PlaceCommand,
    ratio: Ratio,
    bonusXof: Xof,
  ): { duels: NewDuel[]; spentXof: Xof; bonusLeftXof: Xof } {
    const side = opposite(command.side);
    const { limits } = this.#market.ruleCard;
    const duels: NewDuel[] = [];
    let budget: number = command.stakeXof;
    let bonusLeft: number = bonusXof;
    for (const live of this.#walk(side)) {
      if (!crosses(live.offer.ratio, ratio)) break;
      if (live.offer.playerId === command.playerId) continue;
      const makerXof = fillFor({ ratio: live.offer.ratio, openXof: live.openXof }, budget, limits);
      if (makerXof === 0) continue;
      const takerXof = takerStake(live.offer.ratio, makerXof);
      const duel = this.#fill(live, makerXof, command.playerId, xof(Math.min(bonusLeft, takerXof)));
      duels.push(duel);
      budget -= duel.takerXof;
      bonusLeft -= duel.takerBonusXof;
      // Asked before the walk goes on: a spent budget needs no more of the book.
      if (budget < limits.stakeUnitXof) break;
    }
    return { duels, spentXof: xof(command.stakeXof - budget), bonusLeftXof: xof(bonusLeft) };
  }

  #accept(command: AcceptCommand): Decision {
    const { playerId, cancelsOfferId } = command;
    const refused = this.#refuseBettor(command);
    if (refused !== null) return refused;
    const live = this.#offers.get(command.offerId);
    if (live === undefined || !mayTake(live.offer, playerId, command.hasLink))
      return refusal('offer_not_found');
    if (live.offer.playerId === playerId) return refusal('offer_own');
    if (this.#market.linked.get(live.offer.id)?.has(playerId) === true) return refusal('accounts_linked');
    if (live.openXof === 0) return refusal('offer_gone');
    if (this.#isExpired(live.offer)) return refusal('offer_expired');
    const own = cancelsOfferId === null ? null : this.#ownOpen(cancelsOfferId, playerId);
    if (own !== null && 'code' in own) return own;
    const resting = { ratio: live.offer.ratio, openXof: live.openXof };
    const judged = judgeAcceptance(resting, command.stakeXof, command.partial, this.#market.ruleCard.limits);
    if ('code' in judged) return judged;
    const takerXof = takerStake(live.offer.ratio, judged.makerXof);
    const usesBonus = live.offer.challenge === null;
    const refusedAmount = this.#refuseAmount(playerId, takerXof, { usesBonus, freed: own });
    if (refusedAmount !== null) return refusedAmount;
    const cancelled = own === null ? null : this.#return(own);
    const takerBonusXof = usesBonus ? this.#purses.bonusFor(playerId, takerXof) : ZERO_XOF;
    this.#purses.take(playerId, takerXof, takerBonusXof);
    const duel = this.#fill(live, judged.makerXof, playerId, takerBonusXof);
    return { kind: 'accepted', duel, cancelled };
  }

  #cancel(command: CancelCommand): Decision {
    const own = this.#ownOpen(command.offerId, command.playerId);
    return 'code' in own ? own : { kind: 'cancelled', ...this.#return(own) };
  }

  /** An own offer with an open part, in a market that is not over; or why there is none. */
  #ownOpen(offerId: string, playerId: string): LiveOffer | Refusal {
    const live = this.#offers.get(offerId);
    // Someone else's offer is as absent as one that never was.
    if (live === undefined || live.offer.playerId !== playerId) return refusal('offer_not_found');
    if (this.#isClosed()) return refusal('market_closed');
    return live.openXof === 0 ? refusal('offer_nothing_open') : live;
  }

  #return(live: LiveOffer): Returned {
    const returned = { returnedXof: live.openXof, bonusXof: live.bonusXof };
    live.openXof = ZERO_XOF;
    live.bonusXof = ZERO_XOF;
    this.#note(live.offer.id, { filledXof: ZERO_XOF, ...returned });
    this.#purses.giveBack(live.offer.playerId, returned.returnedXof, returned.bonusXof);
    return returned;
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

  #refuseExpiry(expiresAtMs: number | null): Refusal | null {
    return expiresAtMs !== null && expiresAtMs <= this.#market.nowMs ? refusal('expiry_passed') : null;
  }

  #isExpired({ expiresAtMs }: RestingOffer): boolean {
    return expiresAtMs !== null && expiresAtMs <= this.#market.nowMs;
  }

  #isClosed(): boolean {
    const { state, nowMs, hardStopMs } = this.#market;
    return state === 'closed' || state === 'settling' || state === 'settled' || nowMs >= hardStopMs;
  }

  /** Beyond the maximum of a bet a limit that leaves less than it speaks: who comes down to it is not refused again. */
  #refuseStricter(playerId: string, stakeXof: Xof): Refusal | null {
    const { stakeMaxXof } = this.#market.ruleCard.limits;
    return stakeXof > stakeMaxXof ? this.#refuseLimited(playerId, stakeMaxXof, 0) : null;
  }

  /** What this batch has taken from his purse is what it has put at stake: a fill of a resting offer changes neither. */
  #refuseLimited(playerId: string, stakeXof: Xof, freedXof: number): Refusal | null {
    const allowances = this.#market.allowances.get(playerId) ?? [];
    const meanwhile = {
      playerXof: this.#purses.spentBy(playerId) - freedXof,
      everybodyXof: this.#purses.spentXof - freedXof,
    };
    return refuseStake(allowances, this.#market.totals, meanwhile, stakeXof);
  }

  /** A limit speaks before the balance does: nobody is told to bring money that he may not stake. */
  #refuseAmount(
    playerId: string,
    stakeXof: Xof,
    { usesBonus, freed }: { readonly usesBonus: boolean; readonly freed: LiveOffer | null },
  ): Refusal | null {
    const freedXof = freed?.openXof ?? 0;
    const freedBonusXof = freed?.bonusXof ?? 0;
    const refused = this.#refuseLimited(playerId, stakeXof, freedXof);
    if (refused !== null) return refused;
    const usableXof =
      this.#purses.usable(playerId, usesBonus) + (usesBonus ? freedXof : freedXof - freedBonusXof);
    const missingXof = xof(stakeXof - usableXof);
    return missingXof > 0 ? refusal('insufficient_funds', { missingXof }) : null;
  }

  #fill(live: LiveOffer, makerXof: Xof, takerId: string, takerBonusXof: Xof): NewDuel {
    live.openXof = xof(live.openXof - makerXof);
    if (live.openXof < 0) throw new Error(`offer ${live.offer.id} filled beyond its open part`);
    const makerBonusXof = xof(Math.min(live.bonusXof, makerXof));
    live.bonusXof = xof(live.bonusXof - makerBonusXof);
    this.#note(live.offer.id, { filledXof: makerXof, returnedXof: ZERO_XOF, bonusXof: makerBonusXof });
    return {
      seq: this.#nextSeq(),
      makerOfferId: live.offer.id,
      makerId: live.offer.playerId,
      takerId,
      makerSide: live.offer.side,
      makerXof,
      takerXof: takerStake(live.offer.ratio, makerXof),
      makerBonusXof,
      takerBonusXof,
    };
  }

  #note(offerId: string, change: OfferChange): void {
    const final = this.finals.get(offerId);
    if (final !== undefined) {
      final.filledXof = xof(final.filledXof + change.filledXof);
      final.returnedXof = xof(final.returnedXof + change.returnedXof);
      final.openXof = xof(final.openXof - change.filledXof - change.returnedXof);
      final.bonusXof = xof(final.bonusXof - change.bonusXof);
      return;
    }
    const noted = this.changes.get(offerId);
    if (noted === undefined) {
      this.changes.set(offerId, { ...change });
      return;
    }
    noted.filledXof = xof(noted.filledXof + change.filledXof);
    noted.returnedXof = xof(noted.returnedXof + change.returnedXof);
    noted.bonusXof = xof(noted.bonusXof + change.bonusXof);
  }

  #nextSeq(): number {
    this.lastSeq += 1;
    return this.lastSeq;
  }

  #liven(side: BookSide): LiveOffer[] {
    return side.offers.map((offer) => {
      const live = livenOne(offer);
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

function restingChallenge(challenge: NewChallenge): Challenge {
  return challenge.by === 'link' ? challenge : { by: 'player', playerId: challenge.playerId };
}

function livenOne(offer: RestingOffer): LiveOffer {
  return { offer, openXof: offer.openXof, bonusXof: offer.bonusXof };
}

/** Best price first, then oldest. */
function ranksBefore(one: RestingOffer, other: RestingOffer): boolean {
  const difference = priceOf(one.ratio) - priceOf(other.ratio);
  return difference === 0 ? one.seq < other.seq : difference < 0;
}

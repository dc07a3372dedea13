/**
 * The betting rules written a second time, as plainly as possible, to judge the engine by.
 *
 * Source: the specification's section 5 (Offer, Matching, Cancel). One command at a time, every offer in one list in
 * order of arrival, every question answered by looking at all of it and counting units one by one. Slow on purpose,
 * and it shares no code with the engine: only the names of things.
 */
import type { AcceptCommand, CancelCommand, Command, PlaceCommand } from '../book.ts';
import type { ErrorCode } from '../errors.ts';
import type { BetLimits, MarketState, Rates, Side } from '../market.ts';

/** What holds while a command is decided. */
export interface Circumstances {
  readonly state: MarketState;
  readonly nowMs: number;
  readonly hardStopMs: number;
  readonly barred: ReadonlySet<string>;
  /** The most that some players may have staked in this market, duels and open offers together. */
  readonly caps: ReadonlyMap<string, number>;
  /** Any two of these have linked accounts. */
  readonly linked: ReadonlySet<string>;
  /** The most that all players together may have staked in this market. */
  readonly totalCap: number | null;
}

export interface PlainDuel {
  readonly makerOfferId: string;
  readonly makerId: string;
  readonly takerId: string;
  readonly makerSide: Side;
  readonly makerXof: number;
  readonly takerXof: number;
  readonly makerBonusXof: number;
  readonly takerBonusXof: number;
}

export type PlainAnswer =
  | {
      readonly kind: 'placed';
      readonly filledXof: number;
      readonly openXof: number;
      readonly returnedXof: number;
      readonly bonusXof: number;
      readonly returnedBonusXof: number;
      readonly duels: readonly PlainDuel[];
    }
  | { readonly kind: 'accepted'; readonly duel: PlainDuel; readonly cancelled: PlainReturned | null }
  | ({ readonly kind: 'cancelled' } & PlainReturned)
  | PlainRefusal;

export interface PlainReturned {
  readonly returnedXof: number;
  readonly bonusXof: number;
}

export interface PlainRefusal {
  readonly code: ErrorCode;
  readonly params: Readonly<Record<string, number | string>>;
}

export interface NaiveOffer {
  readonly id: string;
  readonly playerId: string;
  readonly side: Side;
  /** Francs of one unit of its ratio: what its player puts, and what the other puts. */
  readonly unit: number;
  readonly otherUnit: number;
  /** Francs of it that nobody has taken, and how many of them are bonus money. */
  open: number;
  bonus: number;
  /** Everybody, whoever has the link, or one player: nobody as long as the number has no account. */
  readonly audience: 'everybody' | 'link' | { readonly only: string | null };
  readonly expiresAtMs: number | null;
}

export interface NaiveMarket {
  readonly rates: Rates;
  readonly limits: BetLimits;
  /** In order of arrival. */
  readonly offers: NaiveOffer[];
  readonly duels: PlainDuel[];
  readonly wallets: Map<string, number>;
  readonly bonuses: Map<string, number>;
}

export function naiveMarket(
  rates: Rates,
  limits: BetLimits,
  wallets: ReadonlyMap<string, number>,
  bonuses: ReadonlyMap<string, number>,
): NaiveMarket {
  return { rates, limits, offers: [], duels: [], wallets: new Map(wallets), bonuses: new Map(bonuses) };
}

/** Decides one command and changes the market by it. */
export function answerPlainly(market: NaiveMarket, command: Command, around: Circumstances): PlainAnswer {
  if (command.kind === 'place') return place(market, command, around);
  if (command.kind === 'accept') return accept(market, command, around);
  return cancel(market, command, around);
}

function place(market: NaiveMarket, command: PlaceCommand, around: Circumstances): PlainAnswer {
  const { stakeXof: stake, askXof: ask, playerId, side, challenge, expiresAtMs } = command;
  const refused =
    refuseBettor(command, around) ??
    (expiresAtMs !== null && expiresAtMs <= around.nowMs ? no('expiry_passed') : null) ??
    (stake > market.limits.stakeMaxXof
      ? refuseCapped(market, playerId, market.limits.stakeMaxXof, 0, around)
      : null) ??
    refuseAmounts(stake, ask, market) ??
    refuseCapped(market, playerId, stake, 0, around);
  if (refused !== null) return refused;
  const wallet = market.wallets.get(playerId) ?? 0;
  const bonus = challenge === null ? (market.bonuses.get(playerId) ?? 0) : 0;
  if (wallet + bonus < stake) return no('insufficient_funds', { missingXof: stake - wallet - bonus });

  let budget: number = stake;
  let bonusLeft = Math.min(bonus, stake);
  const brought = bonusLeft;
  const duels: PlainDuel[] = [];
  while (challenge === null) {
    const met = bestOfferFor(market, command, budget, around);
    if (met === undefined) break;
    let makerXof = 0;
    let takerXof = 0;
    while (met.open >= met.unit && budget >= met.otherUnit) {
      met.open -= met.unit;
      budget -= met.otherUnit;
      makerXof += met.unit;
      takerXof += met.otherUnit;
    }
    const takerBonus = Math.min(bonusLeft, takerXof);
    bonusLeft -= takerBonus;
    duels.push(duelOf(met, playerId, makerXof, takerXof, takerBonus));
  }
  market.duels.push(...duels);

  const filledXof = stake - budget;
  const { unit, otherUnit } = unitsOf(stake, ask, market.limits);
  let [openXof, otherXof] = [0, 0];
  while (openXof + unit <= budget) {
    openXof += unit;
    otherXof += otherUnit;
  }
  const { stakeMinXof } = market.limits;
  if (openXof < stakeMinXof || otherXof < stakeMinXof) openXof = 0;
  const returnedXof = budget - openXof;
  const openBonus = Math.min(bonusLeft, openXof);
  const returnedBonusXof = bonusLeft - openBonus;
  const bonusXof = brought - returnedBonusXof;
  const offer = { id: command.offerId, playerId, side, unit, otherUnit, open: openXof, bonus: openBonus };
  market.offers.push({ ...offer, audience: audienceOf(command), expiresAtMs });
  market.wallets.set(playerId, wallet - (stake - returnedXof - bonusXof));
  if (bonusXof !== 0) market.bonuses.set(playerId, bonus - bonusXof);
  return { kind: 'placed', filledXof, openXof, returnedXof, bonusXof, returnedBonusXof, duels };
}

function audienceOf({ challenge }: PlaceCommand): NaiveOffer['audience'] {
  if (challenge === null) return 'everybody';
  return challenge.by === 'link' ? 'link' : { only: challenge.playerId };
}

function hasEnded(offer: NaiveOffer, around: Circumstances): boolean {
  return offer.expiresAtMs !== null && offer.expiresAtMs <= around.nowMs;
}

/** The offer that a newcomer meets next: another player's, other side, crossing, a unit fits; best, then oldest. */
function bestOfferFor(
  market: NaiveMarket,
  command: PlaceCommand,
  budget: number,
  around: Circumstances,
): NaiveOffer | undefined {
  let best: NaiveOffer | undefined;
  for (const resting of market.offers) {
    if (resting.open === 0) continue;
    if (resting.audience !== 'everybody' || hasEnded(resting, around)) continue;
    if (resting.side === command.side) continue;
    if (resting.playerId === command.playerId) continue;
    if (resting.otherUnit * command.askXof > command.stakeXof * resting.unit) continue;
    if (budget < resting.otherUnit) continue;
    // Better: the newcomer puts less against each franc of it. Equal: the older one stays.
    if (best === undefined || resting.otherUnit * best.unit < best.otherUnit * resting.unit) best = resting;
  }
  return best;
}

function accept(market: NaiveMarket, command: AcceptCommand, around: Circumstances): PlainAnswer {
  const refused = refuseBettor(command, around);
  if (refused !== null) return refused;
  const offer = market.offers.find((one) => one.id === command.offerId);
  if (offer === undefined || !isFor(offer, command)) return no('offer_not_found');
  if (offer.playerId === command.playerId) return no('offer_own');
  const isPrivate = offer.audience !== 'everybody';
  if (isPrivate && around.linked.has(offer.playerId) && around.linked.has(command.playerId))
    return no('accounts_linked');
  if (offer.open === 0) return no('offer_gone');
  if (hasEnded(offer, around)) return no('offer_expired');
  const own = market.offers.find((one) => one.id === command.cancelsOfferId);
  if (command.cancelsOfferId !== null) {
    if (own === undefined || own.playerId !== command.playerId) return no('offer_not_found');
    if (own.open === 0) return no('offer_nothing_open');
  }
  const back = { returnedXof: own?.open ?? 0, bonusXof: own?.bonus ?? 0 };

  const units = offer.open / offer.unit;
  const leftXof = units * offer.otherUnit;
  if (command.stakeXof > leftXof && !command.partial) return no('offer_taken', { leftXof });
  const takes = Math.min(command.stakeXof, leftXof) / offer.otherUnit;
  if (!Number.isInteger(takes)) return no('amount_off_ladder');
  if (takes !== units) {
    const parts = partsOf(offer, units, market.limits);
    const [least, most] = [parts[0], parts.at(-1)];
    if (least === undefined || most === undefined) return no('offer_whole_only', { leftXof });
    if (takes < least) return no('fill_below_min', { minXof: least * offer.otherUnit, leftXof });
    if (takes > most) return no('rest_below_min', { fillXof: most * offer.otherUnit, leftXof });
  }
  const takerXof = takes * offer.otherUnit;
  const capped = refuseCapped(market, command.playerId, takerXof, back.returnedXof, around);
  if (capped !== null) return capped;
  const wallet = (market.wallets.get(command.playerId) ?? 0) + back.returnedXof - back.bonusXof;
  const bonus = (market.bonuses.get(command.playerId) ?? 0) + back.bonusXof;
  const usable = isPrivate ? wallet : wallet + bonus;
  if (usable < takerXof) return no('insufficient_funds', { missingXof: takerXof - usable });
  if (own !== undefined) {
    own.open = 0;
    own.bonus = 0;
  }
  const takerBonus = isPrivate ? 0 : Math.min(bonus, takerXof);
  offer.open -= takes * offer.unit;
  market.wallets.set(command.playerId, wallet - (takerXof - takerBonus));
  market.bonuses.set(command.playerId, bonus - takerBonus);
  const duel = duelOf(offer, command.playerId, takes * offer.unit, takerXof, takerBonus);
  market.duels.push(duel);
  return { kind: 'accepted', duel, cancelled: own === undefined ? null : back };
}

/** Is the offer there for this taker? For its own player it always is, though not to take. */
function isFor({ audience, playerId }: NaiveOffer, taker: AcceptCommand): boolean {
  if (audience === 'everybody' || playerId === taker.playerId) return true;
  return audience === 'link' ? taker.hasLink : audience.only === taker.playerId;
}

/** What a player has in open offers, and in duels on either side. */
export function stakedBy(market: NaiveMarket, playerId: string): number {
  let staked = 0;
  for (const offer of market.offers) if (offer.playerId === playerId) staked += offer.open;
  for (const duel of market.duels) {
    if (duel.makerId === playerId) staked += duel.makerXof;
    if (duel.takerId === playerId) staked += duel.takerXof;
  }
  return staked;
}

/** What everybody has in open offers and in duels. */
export function stakedByAll(market: NaiveMarket): number {
  let staked = 0;
  for (const offer of market.offers) staked += offer.open;
  for (const duel of market.duels) staked += duel.makerXof + duel.takerXof;
  return staked;
}

/** His own cap or everybody's: the one that leaves less speaks; of equals his own. `freed` comes back meanwhile. */
function refuseCapped(
  market: NaiveMarket,
  playerId: string,
  stake: number,
  freed: number,
  around: Circumstances,
): PlainRefusal | null {
  const cap = around.caps.get(playerId);
  const own = cap === undefined ? Number.POSITIVE_INFINITY : cap - stakedBy(market, playerId) + freed;
  const all =
    around.totalCap === null ? Number.POSITIVE_INFINITY : around.totalCap - stakedByAll(market) + freed;
  if (stake <= own && stake <= all) return null;
  return own <= all
    ? no('limit_market', {
        limitXof: cap ?? 0,
        leftXof: Math.max(0, own),
        until: new Date(around.hardStopMs).toISOString(),
      })
    : no('limit_total_market', {
        limitXof: around.totalCap ?? 0,
        leftXof: Math.max(0, all),
        until: new Date(around.hardStopMs).toISOString(),
      });
}

/** The numbers of units that may be taken of an offer without taking all: fill and rest reach the minimum. */
function partsOf(offer: NaiveOffer, units: number, limits: BetLimits): number[] {
  const enough = (count: number): boolean =>
    count * offer.unit >= limits.stakeMinXof && count * offer.otherUnit >= limits.stakeMinXof;
  const parts: number[] = [];
  for (let part = 1; part < units; part++) if (enough(part) && enough(units - part)) parts.push(part);
  return parts;
}

function cancel(market: NaiveMarket, command: CancelCommand, around: Circumstances): PlainAnswer {
  const offer = market.offers.find((one) => one.id === command.offerId);
  if (offer === undefined || offer.playerId !== command.playerId) return no('offer_not_found');
  if (isOver(around)) return no('market_closed');
  if (offer.open === 0) return no('offer_nothing_open');
  const [returnedXof, bonusXof] = [offer.open, offer.bonus];
  offer.open = 0;
  offer.bonus = 0;
  const { wallets, bonuses } = market;
  wallets.set(command.playerId, (wallets.get(command.playerId) ?? 0) + returnedXof - bonusXof);
  bonuses.set(command.playerId, (bonuses.get(command.playerId) ?? 0) + bonusXof);
  return { kind: 'cancelled', returnedXof, bonusXof };
}

function refuseBettor(command: PlaceCommand | AcceptCommand, around: Circumstances): PlainRefusal | null {
  if (around.barred.has(command.playerId)) return no('player_may_not_bet');
  if (isOver(around)) return no('market_closed');
  if (around.state === 'suspended') return no('market_suspended');
  if (around.state === 'draft') return no('market_not_open');
  if (command.validUntilMs !== null && command.validUntilMs < around.nowMs) return no('slip_expired');
  return null;
}

function isOver(around: Circumstances): boolean {
  return ['closed', 'settling', 'settled'].includes(around.state) || around.hardStopMs <= around.nowMs;
}

function refuseAmounts(stake: number, ask: number, market: NaiveMarket): PlainRefusal | null {
  const { stakeMinXof: minXof, stakeMaxXof: maxXof } = market.limits;
  if (stake < minXof) return no('stake_below_min', { minXof });
  if (stake > maxXof) return no('stake_above_max', { maxXof, until: 'market_close' });
  if (ask < minXof) return no('ask_below_min', { minXof });
  if (ask > maxXof) return no('ask_above_max', { maxXof, until: 'market_close' });
  for (const [mine, theirs] of [
    [stake, ask],
    [ask, stake],
  ] as const) {
    // In hundred-millionths of a franc there is nothing to round: the ratio itself must gain.
    const isGain =
      netOf(BigInt(mine) * 10n ** 8n, BigInt(theirs) * 10n ** 8n, market.rates) > BigInt(mine) * 10n ** 8n;
    const netXof = Number(netOf(BigInt(mine), BigInt(theirs), market.rates));
    if (!isGain) return no('net_below_stake', { netXof, stakeXof: mine });
  }
  if (unitsOf(stake, ask, market.limits).unit === 0) return no('amount_off_ladder');
  return null;
}

/** The smallest p and q up to 20 of which both amounts are the same whole number of units; zeros when there is none. */
function unitsOf(stake: number, ask: number, limits: BetLimits): { unit: number; otherUnit: number } {
  for (let p = 1; p <= 20; p++) {
    for (let q = 1; q <= 20; q++) {
      const [unit, otherUnit] = [p * limits.stakeUnitXof, q * limits.stakeUnitXof];
      if (stake % unit === 0 && ask % otherUnit === 0 && stake / unit === ask / otherUnit) {
        return { unit, otherUnit };
      }
    }
  }
  return { unit: 0, otherUnit: 0 };
}

/** What the winner holds after commission and tax; specification, section 5, Arithmetic. */
function netOf(stake: bigint, ask: bigint, rates: Rates): bigint {
  const pot = stake + ask;
  const commissioned = { pot, winnings: ask }[rates.commissionBase];
  const payout = pot - (commissioned * BigInt(rates.commissionBps)) / 10_000n;
  const winnings = payout > stake ? payout - stake : 0n;
  const taxed = { payout, winnings, none: 0n }[rates.taxBase];
  return payout - (taxed * BigInt(rates.taxBps)) / 10_000n;
}

/** The maker's bonus money is used up first, too. */
function duelOf(
  maker: NaiveOffer,
  takerId: string,
  makerXof: number,
  takerXof: number,
  takerBonusXof: number,
): PlainDuel {
  const makerBonusXof = Math.min(maker.bonus, makerXof);
  maker.bonus -= makerBonusXof;
  return {
    makerBonusXof,
    takerBonusXof,
    makerOfferId: maker.id,
    makerId: maker.playerId,
    takerId,
    makerSide: maker.side,
    makerXof,
    takerXof,
  };
}

function no(code: ErrorCode, params: Readonly<Record<string, number | string>> = {}): PlainRefusal {
  return { code, params };
}

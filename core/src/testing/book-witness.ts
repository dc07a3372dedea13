/**
 * Watches a market from outside and checks the promises of matching after each decision and each batch, from what
 * was asked and what was answered alone. It decides nothing itself.
 */
import type {
  Accepted,
  Cancelled,
  Command,
  Decision,
  NewDuel,
  PlaceCommand,
  Placed,
  Returned,
} from '../book.ts';
import type { BetLimits, Side } from '../market.ts';
import type { StoredMarket } from './stored-market.ts';

interface SeenOffer {
  readonly id: string;
  readonly playerId: string;
  readonly side: Side;
  readonly seq: number;
  readonly stake: number;
  readonly ask: number;
  readonly isPublic: boolean;
  readonly expiresAtMs: number | null;
  open: number;
  filled: number;
  returned: number;
}

export interface Witness {
  readonly limits: BetLimits;
  readonly totalXof: number;
  readonly offers: Map<string, SeenOffer>;
  /** Available and bonus money together. */
  readonly wallets: Map<string, number>;
  /** Both stakes of every duel made. */
  heldXof: number;
  lastSeq: number;
}

export function witnessOf(
  limits: BetLimits,
  wallets: ReadonlyMap<string, number>,
  bonuses: ReadonlyMap<string, number>,
): Witness {
  const money = new Map(
    [...wallets].map(([player, amount]) => [player, amount + (bonuses.get(player) ?? 0)]),
  );
  return { limits, totalXof: sum(money.values()), offers: new Map(), wallets: money, heldXof: 0, lastSeq: 0 };
}

/** Checks one decision against all that was seen before it. A refusal changes nothing of what is seen. */
export function seeDecision(witness: Witness, command: Command, decision: Decision, nowMs: number): void {
  if (!('kind' in decision)) return;
  if (decision.kind === 'placed' && command.kind === 'place') seePlaced(witness, command, decision, nowMs);
  else if (decision.kind === 'accepted' && command.kind === 'accept') seeAccepted(witness, command, decision);
  else if (decision.kind === 'cancelled' && command.kind === 'cancel')
    seeCancelled(witness, command, decision);
  else hold(false, () => `a ${command.kind} was answered with ${decision.kind}`);
}

/** Checks what is stored after a batch: exactly what was answered, and not a franc more or less in the house. */
export function seeStored(witness: Witness, market: StoredMarket): void {
  let openXof = 0;
  hold(market.offers.size === witness.offers.size, () => 'as many offers are stored as were placed');
  for (const stored of market.offers.values()) {
    const seen = witness.offers.get(stored.id);
    hold(
      seen !== undefined &&
        seen.open === stored.openXof &&
        seen.filled === stored.filledXof &&
        seen.returned === stored.returnedXof &&
        seen.seq === stored.seq,
      () => `offer ${stored.id} is stored as answered: ${JSON.stringify({ stored, seen })}`,
    );
    hold(
      stored.openXof >= 0 &&
        stored.filledXof >= 0 &&
        stored.returnedXof >= 0 &&
        stored.openXof + stored.filledXof + stored.returnedXof === stored.stakeXof,
      () => `open + filled + returned = stake: ${JSON.stringify(stored)}`,
    );
    openXof += stored.openXof;
  }
  for (const [playerId, availableXof] of market.wallets) {
    hold(availableXof >= 0, () => `the wallet of ${playerId} is not negative: ${availableXof}`);
    const bonusXof = market.bonuses.get(playerId) ?? 0;
    hold(bonusXof >= 0, () => `the bonus of ${playerId} is not negative: ${bonusXof}`);
    hold(
      availableXof + bonusXof === witness.wallets.get(playerId),
      () => `the wallet of ${playerId} is as answered`,
    );
  }
  hold(market.stakedXof === openXof + witness.heldXof, () => `staked: ${market.stakedXof}`);
  const houseXof = sum(market.wallets.values()) + sum(market.bonuses.values()) + openXof + witness.heldXof;
  hold(
    houseXof === witness.totalXof,
    () => `wallets, open parts and duels sum to ${witness.totalXof}: ${houseXof}`,
  );
  hold(market.lastSeq === witness.lastSeq, () => 'the last sequence number is the last one given');
}

function seePlaced(witness: Witness, command: PlaceCommand, placed: Placed, nowMs: number): void {
  const { stakeXof: stake, askXof: ask, playerId, side, offerId: id } = command;
  nextSeq(witness, placed.seq);
  hold(
    placed.ratio.stake * ask === placed.ratio.ask * stake,
    () => `ratio of ${id}: ${JSON.stringify(placed.ratio)}`,
  );
  let budget: number = stake;
  for (const duel of placed.duels) {
    const maker = seeDuel(witness, duel, playerId);
    hold(maker.side !== side, () => `${duel.makerOfferId} is on the other side`);
    hold(duel.makerXof * stake >= ask * duel.takerXof, () => `never a worse ratio than asked by ${id}`);
    hold(maker.isPublic && isAlive(maker, nowMs), () => `${maker.id} is there for everybody`);
    const passedOver = bestMatch(witness, command, budget, nowMs, maker);
    hold(passedOver === undefined, () => `${id} met ${maker.id} and passed over ${passedOver?.id}`);
    fill(witness, maker, duel);
    budget -= duel.takerXof;
    hold(budget >= 0, () => `${id} spends at most its stake`);
  }
  const missed = bestMatch(witness, command, budget, nowMs);
  hold(missed === undefined, () => `${id} keeps ${budget} F though ${missed?.id} could take some of it`);
  hold(placed.filledXof === stake - budget, () => `${id} is filled by its duels`);
  hold(placed.openXof + placed.filledXof + placed.returnedXof === stake, () => `${id} is accounted for`);
  checkRest(witness.limits, placed, command);
  witness.offers.set(id, {
    id,
    playerId,
    side,
    seq: placed.seq,
    stake,
    ask,
    isPublic: command.challenge === null,
    expiresAtMs: command.expiresAtMs,
    open: placed.openXof,
    filled: placed.filledXof,
    returned: placed.returnedXof,
  });
  spend(witness, playerId, stake - placed.returnedXof);
}

/** What stays open is whole units and at least the minimum on both sides; no more comes back than has to. */
function checkRest(limits: BetLimits, placed: Placed, { stakeXof, askXof }: PlaceCommand): void {
  const unit = placed.ratio.stake * limits.stakeUnitXof;
  const isEnough = (openXof: number): boolean =>
    openXof >= limits.stakeMinXof && openXof * askXof >= limits.stakeMinXof * stakeXof;
  hold(placed.openXof % unit === 0, () => 'the rest is whole units of its ratio');
  hold(placed.openXof === 0 || isEnough(placed.openXof), () => 'the rest reaches the minimum');
  const couldStay = placed.returnedXof - (placed.returnedXof % unit) + placed.openXof;
  hold(
    placed.openXof === couldStay || (placed.openXof === 0 && !isEnough(couldStay)),
    () => 'no more is returned than dust or a rest below the minimum',
  );
}

function seeAccepted(witness: Witness, command: Command & { kind: 'accept' }, accepted: Accepted): void {
  const { duel, cancelled } = accepted;
  const { limits } = witness;
  if (cancelled !== null) seeReturned(witness, command.playerId, command.cancelsOfferId ?? '', cancelled);
  const maker = seeDuel(witness, duel, command.playerId);
  hold(duel.makerOfferId === command.offerId, () => `${command.offerId} is the offer that was accepted`);
  const leftXof = (maker.open * maker.ask) / maker.stake;
  const wantedXof = command.partial ? Math.min(command.stakeXof, leftXof) : command.stakeXof;
  hold(duel.takerXof === wantedXof, () => `the taker puts what he named: ${wantedXof}`);
  fill(witness, maker, duel);
  const isPart = maker.open > 0;
  const restAskXof = (maker.open * maker.ask) / maker.stake;
  for (const amountXof of isPart ? [duel.makerXof, duel.takerXof, maker.open, restAskXof] : [])
    hold(
      amountXof >= limits.stakeMinXof,
      () => `fill and rest of ${maker.id} reach the minimum: ${amountXof}`,
    );
  spend(witness, command.playerId, duel.takerXof);
}

function seeCancelled(witness: Witness, command: Command & { kind: 'cancel' }, cancelled: Cancelled): void {
  seeReturned(witness, command.playerId, command.offerId, cancelled);
}

function seeReturned(witness: Witness, playerId: string, offerId: string, cancelled: Returned): void {
  const offer = witness.offers.get(offerId);
  if (offer === undefined) throw new Error(`cancelled ${offerId}, which nobody placed`);
  hold(offer.playerId === playerId, () => `${offer.id} is cancelled by its player`);
  hold(
    offer.open > 0 && cancelled.returnedXof === offer.open,
    () => `the open part of ${offer.id} comes back`,
  );
  offer.returned += offer.open;
  offer.open = 0;
  spend(witness, playerId, -cancelled.returnedXof);
}

function seeDuel(witness: Witness, duel: NewDuel, takerId: string): SeenOffer {
  nextSeq(witness, duel.seq);
  const maker = witness.offers.get(duel.makerOfferId);
  if (maker === undefined) throw new Error(`a duel with ${duel.makerOfferId}, which nobody placed`);
  hold(duel.takerId === takerId && duel.makerId === maker.playerId, () => `the two players of ${maker.id}`);
  hold(duel.makerId !== duel.takerId, () => `${takerId} does not meet himself`);
  hold(duel.makerSide === maker.side, () => `the maker of ${maker.id} keeps his side`);
  hold(
    duel.makerXof > 0 && duel.makerXof <= maker.open,
    () => `${maker.id} is not filled beyond its open part`,
  );
  hold(
    duel.makerXof * maker.ask === duel.takerXof * maker.stake,
    () => `${maker.id} is filled at exactly its ratio`,
  );
  hold(duel.makerXof % witness.limits.stakeUnitXof === 0, () => `${maker.id} is filled by whole units`);
  return maker;
}

function isAlive({ expiresAtMs }: SeenOffer, nowMs: number): boolean {
  return expiresAtMs === null || expiresAtMs > nowMs;
}

/** An offer that `command` could meet now and that ranks before `than`; any at all without `than`. */
function bestMatch(
  witness: Witness,
  command: PlaceCommand,
  budget: number,
  nowMs: number,
  than?: SeenOffer,
): SeenOffer | undefined {
  if (command.challenge !== null) return undefined;
  for (const offer of witness.offers.values()) {
    if (!offer.isPublic || !isAlive(offer, nowMs)) continue;
    if (offer.open === 0 || offer.side === command.side || offer.playerId === command.playerId) continue;
    if (offer.ask * command.askXof > command.stakeXof * offer.stake) continue;
    if (than !== undefined) {
      const worse = offer.ask * than.stake - than.ask * offer.stake;
      if (worse > 0 || (worse === 0 && offer.seq >= than.seq)) continue;
    }
    if (budget >= leastTake(offer, witness.limits)) return offer;
  }
  return undefined;
}

/** Francs a taker puts against one unit of an offer: the fewest whole stake units that are exact on both sides. */
function leastTake(offer: SeenOffer, limits: BetLimits): number {
  let takes = limits.stakeUnitXof as number;
  while ((takes * offer.stake) % (offer.ask * limits.stakeUnitXof) !== 0) takes += limits.stakeUnitXof;
  return takes;
}

function fill(witness: Witness, maker: SeenOffer, duel: NewDuel): void {
  witness.heldXof += duel.makerXof + duel.takerXof;
  maker.open -= duel.makerXof;
  maker.filled += duel.makerXof;
}

function spend(witness: Witness, playerId: string, amountXof: number): void {
  const left = (witness.wallets.get(playerId) ?? 0) - amountXof;
  hold(left >= 0, () => `the wallet of ${playerId} does not fall below zero: ${left}`);
  witness.wallets.set(playerId, left);
}

function nextSeq(witness: Witness, seq: number): void {
  hold(seq === witness.lastSeq + 1, () => `sequence ${seq} follows ${witness.lastSeq}`);
  witness.lastSeq = seq;
}

function sum(amounts: Iterable<number>): number {
  let total = 0;
  for (const amount of amounts) total += amount;
  return total;
}

function hold(isTrue: boolean, promise: () => string): void {
  if (!isTrue) throw new Error(`broken promise: ${promise()}`);
}

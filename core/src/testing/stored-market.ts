/**
 * A market kept in memory the way the server keeps it in the database: reads the book to a depth, lets the engine
 * decide a batch, reads deeper when the engine asks for it, and writes down what it decided.
 */

import { BookTooShort, decideBatch } from '../batch.ts';
import type { BookSide, Command, Decision, NewChallenge, NewDuel } from '../book.ts';
import { refusal } from '../errors.ts';
import type { Side } from '../market.ts';
import { type Xof, xof, ZERO_XOF } from '../money.ts';
import type { Challenge, Ratio, RestingOffer } from '../offer.ts';
import type { RuleCard } from '../rule-card.ts';
import type { StakeAllowance } from '../stake-allowance.ts';
import type { Circumstances } from './naive-market.ts';

export interface StoredOffer {
  readonly id: string;
  readonly playerId: string;
  readonly side: Side;
  readonly ratio: Ratio;
  readonly seq: number;
  readonly stakeXof: Xof;
  readonly askXof: Xof;
  openXof: Xof;
  filledXof: Xof;
  returnedXof: Xof;
  bonusXof: Xof;
  readonly challenge: Challenge | null;
  readonly expiresAtMs: number | null;
}

export interface StoredMarket {
  readonly ruleCard: RuleCard;
  readonly offers: Map<string, StoredOffer>;
  readonly wallets: Map<string, Xof>;
  readonly bonuses: Map<string, Xof>;
  stakedXof: number;
  readonly duels: NewDuel[];
  lastSeq: number;
  /** How often the engine asked for more of the book. */
  rereads: number;
}

export function storedMarket(
  ruleCard: RuleCard,
  wallets: ReadonlyMap<string, Xof>,
  bonuses: ReadonlyMap<string, Xof>,
): StoredMarket {
  const money = { wallets: new Map(wallets), bonuses: new Map(bonuses), stakedXof: 0 };
  return { ruleCard, offers: new Map(), ...money, duels: [], lastSeq: 0, rereads: 0 };
}

/** Decides and stores one batch, with the book read to `depth` offers a side at first. */
export function storeBatch(
  market: StoredMarket,
  commands: readonly Command[],
  around: Circumstances,
  depth: number,
): readonly Decision[] {
  const book = { A: rankedOffers(market, 'A', around), B: rankedOffers(market, 'B', around) };
  const named = new Map<string, RestingOffer>();
  const wallets = new Map<string, Xof>();
  for (const command of commands) {
    wallets.set(command.playerId, market.wallets.get(command.playerId) ?? ZERO_XOF);
    const ids =
      command.kind === 'place'
        ? []
        : command.kind === 'accept'
          ? [command.offerId, command.cancelsOfferId]
          : [command.offerId];
    for (const id of ids) {
      const offer = market.offers.get(id ?? '');
      if (offer !== undefined) named.set(offer.id, resting(offer));
    }
  }
  for (let read = depth; ; read = 2 * read + 1) {
    try {
      const decided = decideBatch(
        {
          state: around.state,
          ruleCard: market.ruleCard,
          hardStopMs: around.hardStopMs,
          nowMs: around.nowMs,
          lastSeq: market.lastSeq,
          book: { A: readSide(book.A, read), B: readSide(book.B, read) },
          named,
          wallets,
          bonuses: new Map([...market.bonuses].filter(([player]) => wallets.has(player))),
          linked: linkedTo(market, commands, around),
          totals:
            around.totalCap === null
              ? []
              : [
                  {
                    kind: 'total_market',
                    limitXof: xof(around.totalCap),
                    usedXof: market.stakedXof,
                    until: hardStopOf(around),
                  },
                ],
          barred: new Map([...around.barred].map((player) => [player, refusal('player_may_not_bet')])),
          allowances: new Map(
            [...around.caps].map(([player, capXof]) => [
              player,
              [allowanceOf(market, player, capXof, around)],
            ]),
          ),
        },
        commands,
      );
      store(market, commands, decided);
      return decided.decisions;
    } catch (error) {
      if (!(error instanceof BookTooShort)) throw error;
      if (read > market.offers.size) throw new Error('the whole book is read and the engine asks for more');
      market.rereads += 1;
    }
  }
}

/** Takers whose accounts are linked with the maker's, of every offer: those of the batch itself too. */
function linkedTo(
  market: StoredMarket,
  commands: readonly Command[],
  around: Circumstances,
): Map<string, ReadonlySet<string>> {
  const makers = new Map([...market.offers.values()].map(({ id, playerId }) => [id, playerId]));
  for (const command of commands) if (command.kind === 'place') makers.set(command.offerId, command.playerId);
  const linked = [...makers].filter(([, playerId]) => around.linked.has(playerId));
  const isPrivate = (id: string) =>
    market.offers.get(id)?.challenge !== null &&
    !commands.some((one) => one.kind === 'place' && one.offerId === id && one.challenge === null);
  return new Map(linked.filter(([id]) => isPrivate(id)).map(([id]) => [id, around.linked]));
}

/** A cap on this market with what the player has staked in it, read from what is stored. */
function allowanceOf(
  market: StoredMarket,
  playerId: string,
  capXof: number,
  around: Circumstances,
): StakeAllowance {
  let usedXof = 0;
  for (const offer of market.offers.values()) if (offer.playerId === playerId) usedXof += offer.openXof;
  for (const { makerId, makerXof, takerId, takerXof } of market.duels) {
    usedXof += makerId === playerId ? makerXof : takerId === playerId ? takerXof : 0;
  }
  const limit = { limitXof: xof(capXof), usedXof, until: hardStopOf(around) };
  return { kind: 'house_market', period: 'month', ...limit };
}

function hardStopOf({ hardStopMs }: Circumstances): string {
  return new Date(hardStopMs).toISOString();
}

function store(
  market: StoredMarket,
  commands: readonly Command[],
  { decisions, changes, finals, lastSeq, stakedXof }: ReturnType<typeof decideBatch>,
): void {
  market.lastSeq = lastSeq;
  market.stakedXof += stakedXof;
  for (const [offerId, change] of changes) {
    const offer = market.offers.get(offerId);
    if (offer === undefined) throw new Error(`changed an offer that is not stored: ${offerId}`);
    offer.filledXof = xof(offer.filledXof + change.filledXof);
    offer.returnedXof = xof(offer.returnedXof + change.returnedXof);
    offer.openXof = xof(offer.openXof - change.filledXof - change.returnedXof);
    offer.bonusXof = xof(offer.bonusXof - change.bonusXof);
  }
  commands.forEach((command, at) => {
    const decision = decisions[at];
    if (decision === undefined) throw new Error(`no decision for command ${at} of the batch`);
    if (!('kind' in decision)) return;
    switch (decision.kind) {
      case 'placed': {
        const final = finals.get(command.offerId);
        if (command.kind !== 'place' || final === undefined)
          throw new Error(`no final state of ${command.offerId}`);
        const { offerId: id, playerId, side, stakeXof, askXof, expiresAtMs } = command;
        const { seq, ratio } = decision;
        const challenge = challengeOf(command.challenge);
        const terms = { challenge, expiresAtMs };
        market.offers.set(id, { id, playerId, side, ratio, seq, stakeXof, askXof, ...final, ...terms });
        pay(market, playerId, decision.returnedXof - stakeXof, -decision.bonusXof);
        market.duels.push(...decision.duels);
        return;
      }
      case 'accepted':
        pay(market, command.playerId, -decision.duel.takerXof, -decision.duel.takerBonusXof);
        pay(
          market,
          command.playerId,
          decision.cancelled?.returnedXof ?? 0,
          decision.cancelled?.bonusXof ?? 0,
        );
        market.duels.push(decision.duel);
        return;
      case 'cancelled':
        pay(market, command.playerId, decision.returnedXof, decision.bonusXof);
    }
  });
}

function challengeOf(challenge: NewChallenge | null): Challenge | null {
  if (challenge === null || challenge.by === 'link') return challenge;
  return { by: 'player', playerId: challenge.playerId };
}

/** Of `amountXof`, `bonusXof` is bonus money. */
function pay(market: StoredMarket, playerId: string, amountXof: number, bonusXof: number): void {
  const add = (purses: Map<string, Xof>, more: number) =>
    purses.set(playerId, xof((purses.get(playerId) ?? 0) + more));
  add(market.wallets, amountXof - bonusXof);
  if (bonusXof !== 0) add(market.bonuses, bonusXof);
}

/** What everybody may take, as the server reads it. */
function rankedOffers(market: StoredMarket, side: Side, around: Circumstances): StoredOffer[] {
  const offers: StoredOffer[] = [];
  for (const offer of market.offers.values()) {
    const isOver = offer.expiresAtMs !== null && offer.expiresAtMs <= around.nowMs;
    if (offer.side === side && offer.openXof > 0 && offer.challenge === null && !isOver) offers.push(offer);
  }
  return offers.sort(
    (one, other) => one.askXof * other.stakeXof - other.askXof * one.stakeXof || one.seq - other.seq,
  );
}

function readSide(ranked: readonly StoredOffer[], depth: number): BookSide {
  return { offers: ranked.slice(0, depth).map(resting), more: ranked.length > depth };
}

function resting(offer: StoredOffer): RestingOffer {
  const { id, playerId, side, ratio, seq, openXof, bonusXof, challenge, expiresAtMs } = offer;
  return { id, playerId, side, ratio, seq, openXof, bonusXof, challenge, expiresAtMs };
}

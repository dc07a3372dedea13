/**
 * A market kept in memory the way the server keeps it in the database: reads the book to a depth, lets the engine
 * decide a batch, reads deeper when the engine asks for it, and writes down what it decided.
 */

import {
  type BookSide,
  BookTooShort,
  type Command,
  type Decision,
  decideBatch,
  type NewDuel,
} from '../book.ts';
import { refusal } from '../errors.ts';
import type { RuleCard, Side } from '../market.ts';
import { type Xof, xof, ZERO_XOF } from '../money.ts';
import type { Ratio, RestingOffer } from '../offer.ts';
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
}

export interface StoredMarket {
  readonly ruleCard: RuleCard;
  readonly offers: Map<string, StoredOffer>;
  readonly wallets: Map<string, Xof>;
  readonly duels: NewDuel[];
  lastSeq: number;
  /** How often the engine asked for more of the book. */
  rereads: number;
}

export function storedMarket(ruleCard: RuleCard, wallets: ReadonlyMap<string, Xof>): StoredMarket {
  return { ruleCard, offers: new Map(), wallets: new Map(wallets), duels: [], lastSeq: 0, rereads: 0 };
}

/** Decides and stores one batch, with the book read to `depth` offers a side at first. */
export function storeBatch(
  market: StoredMarket,
  commands: readonly Command[],
  around: Circumstances,
  depth: number,
): readonly Decision[] {
  const book = { A: rankedOffers(market, 'A'), B: rankedOffers(market, 'B') };
  const named = new Map<string, RestingOffer>();
  const wallets = new Map<string, Xof>();
  for (const command of commands) {
    wallets.set(command.playerId, market.wallets.get(command.playerId) ?? ZERO_XOF);
    const offer = command.kind === 'place' ? undefined : market.offers.get(command.offerId);
    if (offer !== undefined) named.set(offer.id, resting(offer));
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
          barred: new Map([...around.barred].map((player) => [player, refusal('player_may_not_bet')])),
          allowances: new Map(
            [...around.caps].map(([player, capXof]) => [player, [allowanceOf(market, player, capXof)]]),
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

/** A cap on this market with what the player has staked in it, read from what is stored. */
function allowanceOf(market: StoredMarket, playerId: string, capXof: number): StakeAllowance {
  let usedXof = 0;
  for (const offer of market.offers.values()) if (offer.playerId === playerId) usedXof += offer.openXof;
  for (const { makerId, makerXof, takerId, takerXof } of market.duels) {
    usedXof += makerId === playerId ? makerXof : takerId === playerId ? takerXof : 0;
  }
  return { kind: 'house_market', period: 'month', limitXof: xof(capXof), usedXof, until: '' };
}

function store(
  market: StoredMarket,
  commands: readonly Command[],
  { decisions, changes, finals, lastSeq }: ReturnType<typeof decideBatch>,
): void {
  market.lastSeq = lastSeq;
  for (const [offerId, change] of changes) {
    const offer = market.offers.get(offerId);
    if (offer === undefined) throw new Error(`changed an offer that is not stored: ${offerId}`);
    offer.filledXof = xof(offer.filledXof + change.filledXof);
    offer.returnedXof = xof(offer.returnedXof + change.returnedXof);
    offer.openXof = xof(offer.openXof - change.filledXof - change.returnedXof);
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
        const { offerId: id, playerId, side, stakeXof, askXof } = command;
        const { seq, ratio } = decision;
        market.offers.set(id, { id, playerId, side, ratio, seq, stakeXof, askXof, ...final });
        pay(market, playerId, xof(decision.returnedXof - stakeXof));
        market.duels.push(...decision.duels);
        return;
      }
      case 'accepted':
        pay(market, command.playerId, xof(-decision.duel.takerXof));
        market.duels.push(decision.duel);
        return;
      case 'cancelled':
        pay(market, command.playerId, decision.returnedXof);
    }
  });
}

function pay(market: StoredMarket, playerId: string, amountXof: Xof): void {
  market.wallets.set(playerId, xof((market.wallets.get(playerId) ?? 0) + amountXof));
}

function rankedOffers(market: StoredMarket, side: Side): StoredOffer[] {
  const offers: StoredOffer[] = [];
  for (const offer of market.offers.values())
    if (offer.side === side && offer.openXof > 0) offers.push(offer);
  return offers.sort(
    (one, other) => one.askXof * other.stakeXof - other.askXof * one.stakeXof || one.seq - other.seq,
  );
}

function readSide(ranked: readonly StoredOffer[], depth: number): BookSide {
  return { offers: ranked.slice(0, depth).map(resting), more: ranked.length > depth };
}

function resting({ id, playerId, side, ratio, seq, openXof }: StoredOffer): RestingOffer {
  return { id, playerId, side, ratio, seq, openXof };
}

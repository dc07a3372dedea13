/** The page of a bout: what everybody sees of it, cut to what a phone shows, and what is the player's own. */
import type { BoutPageView, OfferChoice } from '#core/api/player-pages.ts';
import { errorCatalogue, limitEnds } from '#core/errors.ts';
import { questionText, winnerQuestion } from '#core/question.ts';
import { liveBoutOf } from '../bouts/live-bout.ts';
import { type BoutReads, recallBout } from '../bouts/recall-bouts.ts';
import type { PlayerIdentity } from '../http.ts';
import { findPoolsOfBout } from '../pool-links/find-pool-links.ts';
import { marcheOf, marketWords } from './market-words.ts';
import { findBetsOfBout, findOpenOffersByPlayer } from './queries.ts';

export const noChoice: OfferChoice = {
  side: null,
  stakeXof: null,
  otherStakeXof: null,
  ratio: null,
  otherAskXof: null,
  audience: null,
  endsIn: null,
};

export interface BoutPageRequest {
  readonly player: PlayerIdentity | null;
  readonly boutId: number;
  /** The one of the winner when null. */
  readonly marketId: number | null;
  readonly choice: OfferChoice;
  readonly isWhole: boolean;
  newSlip(): string;
}

export async function showBoutPage(reads: BoutReads, request: BoutPageRequest): Promise<BoutPageView> {
  const { player, boutId, newSlip } = request;
  const { db } = reads;
  const found = await recallBout(reads, player, boutId, request.marketId);
  const { bout, gala, market, markets } = found;
  const isMine = player !== null && market !== null;
  const openOffers = isMine ? await findOpenOffersByPlayer(db, player.playerId) : [];
  const ownOffers = openOffers.filter((offer) => offer.marketId === market?.id);
  return {
    boutId,
    wrestlerA: bout.wrestlerA,
    wrestlerB: bout.wrestlerB,
    title: bout.title,
    gala,
    markets: markets.map(({ id, question, state, openOfferCount }) => ({
      id,
      marche: marcheOf({ id, question }),
      question: questionText(question),
      state,
      openOfferCount,
    })),
    marche: marcheOf(market),
    question: marketWords(market?.question ?? winnerQuestion, bout),
    ruleCard: market?.ruleCard ?? null,
    ruleCardHash: market?.ruleCardHash ?? null,
    root: market?.root ?? null,
    live: liveBoutOf(found, request.isWhole ? found.offers.length : undefined),
    pools: await findPoolsOfBout(db, boutId),
    ownOffers,
    ownBets: isMine ? await findBetsOfBout(db, player.playerId, boutId) : [],
    choice: request.choice,
    slip: player === null ? null : newSlip(),
    cancelSlips: ownOffers.map(() => newSlip()),
    sentences,
  };
}

/** What `judgeAmounts` can say to a choice before it is sent: all that is left to fill in are amounts. */
const sentences = Object.fromEntries(
  (['stake_below_min', 'stake_above_max', 'ask_below_min', 'ask_above_max', 'net_below_stake'] as const).map(
    (code) => [code, errorCatalogue[code].fr.replace('{until}', limitEnds.market_close.fr)],
  ),
);

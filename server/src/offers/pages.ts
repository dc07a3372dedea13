import type { OfferChoice } from '#core/api/player-pages.ts';
import { amountsForRatio, readRatio } from '#core/choice.ts';
import { readDigits } from '#core/digits.ts';
import { fail } from '#core/errors.ts';
import type { Side } from '#core/market.ts';
import { type Xof, xof } from '#core/money.ts';
import { betLimitsOf } from '#core/settings.ts';
import { showBout } from '../bouts/show-bouts.ts';
import type { Db } from '../db.ts';
import type { PlayerIdentity } from '../http.ts';
import { findAvailable } from '../ledger/find-available.ts';
import type { Catalogue } from '../memory/catalogue.ts';
import type { PlayerPages } from '../player-pages.ts';
import type { Settings } from '../settings/open-settings.ts';
import { acceptOffer } from './accept-offer.ts';
import { noChoice, showBoutPage } from './bout-page.ts';
import { cancelOffer } from './cancel-offer.ts';
import type { BetDesk } from './desk.ts';
import { placeOffer } from './place-offer.ts';
import {
  findBetOfPlayer,
  findBetsByPlayer,
  findBetsOfOffer,
  findOfferOfPlayer,
  findOpenOffersByPlayer,
} from './queries.ts';
import { slipOf } from './quote-slip.ts';
import { type SlipRequest, showAcceptPage, showSlipPage } from './slip-page.ts';

interface Deps {
  readonly db: Db;
  readonly catalogue: Catalogue;
  readonly desk: BetDesk;
  readonly settings: Settings;
}

const BETS_PER_PAGE = 50;

export function registerOfferPages(site: PlayerPages, deps: Deps): void {
  registerPlacing(site, deps);
  registerAccepting(site, deps);
  registerOwn(site, deps);
}

function registerPlacing(site: PlayerPages, deps: Deps): void {
  const { db, desk, settings } = deps;
  site.page('GET /combats/:boutId', async ({ caller, params, query, newSlip }) => {
    const { tous, ...picked } = query;
    const view = await showBoutPage(deps, {
      player: caller,
      boutId: Number(params.boutId),
      choice: { ...noChoice, ...picked },
      isWhole: tous === '1',
      newSlip,
    });
    return { page: 'bout', view };
  });

  site.page('GET /combats/:boutId/bulletin', async ({ caller, params, query, newSlip, problem }) => {
    const boutId = Number(params.boutId);
    const choice: OfferChoice = { ...noChoice, ...query };
    const stakeXof = choice.otherStakeXof ?? choice.stakeXof;
    if (problem !== null || choice.side === null || stakeXof === null) {
      // Something is missing or unreadable: back to the form, which says what.
      const view = await showBoutPage(deps, { player: caller, boutId, choice, isWhole: false, newSlip });
      return { page: 'bout', view, status: 400 };
    }
    const { market } = await showBout(db, caller, boutId);
    const limits = market?.ruleCard?.limits ?? betLimitsOf(settings.current());
    const picked =
      choice.otherAskXof === null
        ? amountsForRatio(stakeXof, readRatio(choice.ratio ?? '1:1'), limits)
        : { stakeXof: xof(stakeXof), askXof: xof(choice.otherAskXof) };
    const view = await showSlipPage(db, await slipRequest(deps, caller, boutId, newSlip), {
      ...picked,
      side: choice.side,
      movedFromXof: picked.stakeXof === stakeXof ? null : stakeXof,
      earlierId: null,
    });
    return { page: 'slip', view };
  });

  site.form('POST /combats/:boutId/defis', {
    whereIs: (params, typed) => slipPath(params.boutId, typed),
    act: async ({ caller, params, form, slip }) => {
      const { side, stakeXof, askXof } = form;
      const marketId = await marketOf(db, caller, params.boutId);
      const { operationId, validUntil } = slip;
      await placeOffer(desk, caller, { operationId, marketId, side, stakeXof, askXof, validUntil });
      return { seeOther: `/defis/${operationId}?nouveau=1` };
    },
    again: async ({ caller, params, newSlip, slip }, problem) => {
      const { side, stakeXof, askXof } = readTyped(problem.typed);
      const view = await showSlipPage(db, await slipRequest(deps, caller, Number(params.boutId), newSlip), {
        side,
        stakeXof,
        askXof,
        movedFromXof: null,
        earlierId: problem.code === 'operation_id_reused' ? (slip?.operationId ?? null) : null,
      });
      return { page: 'slip', view };
    },
  });

  site.page('GET /bulletin/neuf', async ({ newSlip, reply }) => {
    reply.header('cache-control', 'no-store').send({ slip: newSlip() });
    return { answered: true };
  });
}

function registerAccepting(site: PlayerPages, deps: Deps): void {
  const { db, desk } = deps;
  site.page('GET /combats/:boutId/defis/:offerId', async ({ caller, params, query, newSlip }) => {
    const { offerId } = params;
    const request = await slipRequest(deps, caller, Number(params.boutId), newSlip);
    const asked = { offerId, stakeXof: query.stakeXof ?? null };
    const own = caller === null ? null : await findOfferOfPlayer(db, offerId, caller.playerId);
    if (own !== null) return { seeOther: `/defis/${offerId}` };
    const view = await showAcceptPage(db, request, asked);
    return { page: 'accept', view, ...(view.offer === null ? { status: 404 } : {}) };
  });

  site.form('POST /combats/:boutId/defis/:offerId/accepter', {
    whereIs: ({ boutId, offerId }) => `/combats/${boutId}/defis/${offerId}`,
    act: async ({ caller, params, form, slip }) => {
      const marketId = await marketOf(db, caller, params.boutId);
      const { operationId, validUntil } = slip;
      const { offerId } = params;
      const { stakeXof } = form;
      const { bet } = await acceptOffer(desk, caller, {
        operationId,
        marketId,
        offerId,
        stakeXof,
        validUntil,
      });
      return { seeOther: `/paris/${bet.betId}?nouveau=1` };
    },
    again: async ({ caller, params, newSlip }, problem) => {
      const request = await slipRequest(deps, caller, Number(params.boutId), newSlip);
      // After a race the amount that was refused helps nobody: the page proposes what is left.
      const stakeXof = problem.code === 'offer_taken' ? null : readAmount(problem.typed['stakeXof']);
      const view = await showAcceptPage(db, request, { offerId: params.offerId, stakeXof });
      return { page: 'accept', view };
    },
  });

  site.form('POST /combats/:boutId/defis/:offerId/retirer', {
    whereIs: ({ offerId }) => `/defis/${offerId}`,
    act: async ({ caller, params, slip }) => {
      const marketId = await marketOf(db, caller, params.boutId);
      const { offerId } = params;
      await cancelOffer(desk, caller, { operationId: slip.operationId, marketId, offerId });
      return { seeOther: `/defis/${offerId}` };
    },
    again: async ({ caller, params, newSlip }) => ({
      page: 'offer',
      view: await offerView(db, caller, params.offerId, newSlip, false),
    }),
  });
}

function registerOwn(site: PlayerPages, { db }: Deps): void {
  site.page('GET /defis/:offerId', async ({ caller, params, query, newSlip }) => ({
    page: 'offer',
    view: await offerView(db, caller, params.offerId, newSlip, query.nouveau === '1'),
  }));

  site.page('GET /paris', async ({ caller, query }) => {
    const before = query.before ?? null;
    const bets = await findBetsByPlayer(db, caller.playerId, before);
    return {
      page: 'bets',
      view: {
        offers: before === null ? await findOpenOffersByPlayer(db, caller.playerId) : [],
        bets,
        next: bets.length === BETS_PER_PAGE ? (bets.at(-1)?.betId ?? null) : null,
        isFirstPage: before === null,
      },
    };
  });

  site.page('GET /paris/:betId', async ({ caller, params, query }) => {
    const bet = (await findBetOfPlayer(db, params.betId, caller.playerId)) ?? fail('not_found');
    const { bout, market, result } = await showBout(db, caller, bet.boutId);
    if (market?.ruleCard == null) throw new Error(`bet ${bet.betId} on a market without a rule card`);
    return {
      page: 'bet',
      view: {
        bet,
        sums: slipOf(market.ruleCard, bet.stakeXof, bet.opponentStakeXof),
        bout: { state: bout.state, result, scheduledAt: bout.scheduledAt },
        isNew: query.nouveau === '1',
        isTest: caller.isTest,
      },
    };
  });
}

async function offerView(
  db: Db,
  player: PlayerIdentity,
  offerId: string,
  newSlip: () => string,
  isNew: boolean,
) {
  const offer = (await findOfferOfPlayer(db, offerId, player.playerId)) ?? fail('not_found');
  const bets = await findBetsOfOffer(db, player.playerId, offerId);
  return { offer, bets, isNew, isTest: player.isTest, slip: newSlip() };
}

async function slipRequest(
  { db, settings }: Deps,
  player: PlayerIdentity | null,
  boutId: number,
  newSlip: () => string,
): Promise<SlipRequest> {
  const availableXof = player === null ? null : await findAvailable(db, player.accountId);
  return { player, boutId, availableXof, depositMinXof: settings.current().depositMinXof, newSlip };
}

async function marketOf(db: Db, player: PlayerIdentity, boutId: string): Promise<number> {
  const { market } = await showBout(db, player, Number(boutId));
  return market?.id ?? fail('market_not_open');
}

/** The slip that a form came from, asked again: after a log-in, or when its outcome was not known. */
function slipPath(boutId: string, typed: Readonly<Record<string, string>>): string {
  const { side, stakeXof, askXof } = readTyped(typed);
  return `/combats/${boutId}/bulletin?side=${side}&otherStakeXof=${stakeXof}&otherAskXof=${askXof}`;
}

function readTyped(typed: Readonly<Record<string, string>>): { side: Side; stakeXof: Xof; askXof: Xof } {
  const stakeXof = readAmount(typed['stakeXof']) ?? xof(0);
  const askXof = readAmount(typed['askXof']) ?? xof(0);
  return { side: typed['side'] === 'B' ? 'B' : 'A', stakeXof, askXof };
}

function readAmount(text: string | undefined): Xof | null {
  const amount = readDigits(text?.trim() ?? '');
  return amount === null ? null : xof(amount);
}

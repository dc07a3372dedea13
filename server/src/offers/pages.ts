import { audiences, boutPath, endChoices, slipPath } from '#core/bet-paths.ts';
import { amountsForRatio, ratioChoices, readRatio } from '#core/choice.ts';
import { readDigits } from '#core/digits.ts';
import { fail, refusal } from '#core/errors.ts';
import { xof } from '#core/money.ts';
import { winnerQuestion } from '#core/question.ts';
import { betLimitsOf } from '#core/settings.ts';
import { leftByLimit } from '#core/stake-allowance.ts';
import { showStory } from '../bet-history/show-story.ts';
import { showBout } from '../bouts/show-bouts.ts';
import type { Db } from '../db.ts';
import { FieldRefusalError, type Fields } from '../forms.ts';
import { languageOf, type PlayerIdentity } from '../http.ts';
import { showBetObjection } from '../objections/show-objection.ts';
import type { PlayerPages } from '../player-pages.ts';
import { readRoot } from '../proofs/list-roots.ts';
import { listChances } from '../rebets/find-chances.ts';
import { noChoice, showBoutPage } from './bout-page.ts';
import { showAcceptPage, showChallengePage, sightOf } from './challenge-page.ts';
import { registerChallengePages } from './challenge-pages.ts';
import { findChallenge, findChallengesFor } from './challenge-queries.ts';
import { marcheOf, marketWords } from './market-words.ts';
import { type PlaceOffer, placeOffer } from './place-offer.ts';
import { findBetOfPlayer, findBetsByPlayer, findOpenOffersByPlayer, findReturnedOffers } from './queries.ts';
import { slipOf } from './quote-slip.ts';
import { registerRebetPages } from './rebet-pages.ts';
import { readPast, showRebet } from './show-rebet.ts';
import { showSlipPage } from './slip-page.ts';
import { acceptRequest, type OfferPageDeps, readAmount, slipRequest } from './slip-request.ts';

const BETS_PER_PAGE = 50;
const ID_MAX = 999_999_999;
const HOUR_MS = 3_600_000;

export function registerOfferPages(site: PlayerPages, deps: OfferPageDeps): void {
  registerBout(site, deps);
  registerSlip(site, deps);
  registerPlacing(site, deps);
  registerBets(site, deps);
  registerChallengePages(site, deps);
  registerRebetPages(site, deps);
}

function registerBout(site: PlayerPages, deps: OfferPageDeps): void {
  site.page('GET /combats/:boutId', async ({ caller, params, query, newSlip }) => {
    const { tous, marche, ...picked } = query;
    const view = await showBoutPage(deps, {
      player: caller,
      boutId: Number(params.boutId),
      marketId: idOrNull(marche),
      choice: { ...noChoice, ...picked },
      isWhole: tous === '1',
      newSlip,
    });
    return { page: 'bout', view };
  });

  site.page('GET /bulletin/neuf', async ({ newSlip, reply }) => {
    reply.header('cache-control', 'no-store').send({ slip: newSlip() });
    return { answered: true };
  });
}

function registerSlip(site: PlayerPages, deps: OfferPageDeps): void {
  const { db, settings } = deps;
  site.page('GET /combats/:boutId/bulletin', async ({ caller, params, query, newSlip, problem }) => {
    const boutId = Number(params.boutId);
    const { marche, answers, cle, ratio = '1:1', ...asked } = query;
    const marketId = idOrNull(marche);
    const choice = { ...noChoice, ...asked, ratio: ratioChoices.find((known) => known === ratio) ?? null };
    const stakeXof = choice.otherStakeXof ?? choice.stakeXof;
    if (problem !== null || choice.side === null || stakeXof === null) {
      // Something is missing or unreadable: back to the form, which says what.
      if (answers !== undefined) return answeredPage(deps, caller, { answers, cle, newSlip });
      const request = { player: caller, boutId, marketId, choice, isWhole: false, newSlip };
      const view = await showBoutPage(deps, request);
      return { page: 'bout', view, status: 400 };
    }
    const { market } = await showBout(db, caller, boutId, marketId);
    const limits = market?.ruleCard?.limits ?? betLimitsOf(settings.current());
    const picked =
      choice.otherAskXof === null
        ? amountsForRatio(stakeXof, readRatio(ratio), limits)
        : { stakeXof: xof(stakeXof), askXof: xof(choice.otherAskXof) };
    const { side, audience, endsIn } = choice;
    const isPublic = audience === null && answers === undefined;
    const request = await slipRequest(deps, caller, { boutId, marketId, newSlip, isPublic });
    const view = await showSlipPage(db, request, {
      ...picked,
      side,
      audience,
      endsIn,
      answered: answers === undefined ? null : await requireAnswered(deps, caller, answers, cle),
      movedFromXof: picked.stakeXof === stakeXof ? null : stakeXof,
      leftXof: null,
      earlierId: null,
    });
    return { page: 'slip', view };
  });
}

function registerPlacing(site: PlayerPages, deps: OfferPageDeps): void {
  const { db, desk } = deps;
  site.form('POST /combats/:boutId/defis', {
    whereIs: (params, typed) => {
      const { boutId, marche } = { boutId: Number(params.boutId), marche: readMarche(typed) };
      return slipPath({ boutId, marche }, readTyped(typed));
    },
    act: async ({ caller, params, form, slip }) => {
      const marketId = await marketOf(db, caller, params.boutId, idOrNull(form.marche));
      const { side, stakeXof, askXof } = form;
      const { operationId, validUntil } = slip;
      const terms = { operationId, marketId, side, stakeXof, askXof, validUntil };
      await placeOffer(desk, caller, { ...terms, ...audienceOf(form, validUntil) });
      return { seeOther: `/defis/${operationId}?nouveau=1` };
    },
    again: async ({ caller, params, newSlip, slip }, problem) => {
      const boutId = Number(params.boutId);
      const marketId = readMarche(problem.typed);
      const { answers, cle, ...asked } = readTyped(problem.typed);
      const isPublic = asked.audience === null && answers === null;
      const request = await slipRequest(deps, caller, { boutId, marketId, newSlip, isPublic });
      const view = await showSlipPage(db, request, {
        ...asked,
        answered: answers === null ? null : await requireAnswered(deps, caller, answers, cle ?? undefined),
        movedFromXof: null,
        leftXof: leftByLimit(problem),
        earlierId: problem.code === 'operation_id_reused' ? (slip?.operationId ?? null) : null,
      });
      return { page: 'slip', view };
    },
  });
}

/**
 * Whom an offer of the form is for, and when it ends: counted from the slip's own end, so that the same slip sent
 * again is the same offer.
 */
function audienceOf(
  form: {
    readonly audience?: 'phone' | 'link';
    readonly invitedPhone?: string;
    readonly endsIn?: string;
    readonly answers?: string;
    readonly cle?: string;
  },
  validUntil: string,
): Pick<PlaceOffer, 'invitedPhone' | 'byLink' | 'answersOfferId' | 'answersKey' | 'expiresAt'> {
  if (form.audience === 'phone' && form.invitedPhone === undefined)
    throw new FieldRefusalError('invitedPhone', refusal('field_missing'));
  const endsAtMs = Date.parse(validUntil) + Number(form.endsIn ?? 0) * HOUR_MS;
  return {
    invitedPhone: form.audience === 'phone' ? form.invitedPhone : undefined,
    byLink: form.audience === 'link' ? true : undefined,
    answersOfferId: form.answers,
    answersKey: form.cle,
    expiresAt: form.endsIn === undefined ? undefined : new Date(endsAtMs).toISOString(),
  };
}

/** The page of the offer that is answered, for its form to say what is missing. */
async function answeredPage(
  deps: OfferPageDeps,
  player: PlayerIdentity | null,
  asked: {
    readonly answers: string;
    readonly cle: string | undefined;
    readonly newSlip: () => string;
  },
) {
  const { db, desk } = deps;
  const challenge = (await findChallenge(db, asked.answers)) ?? fail('offer_not_found');
  const request = await acceptRequest(deps, player, challenge, asked.newSlip);
  const sight = sightOf(desk, player, challenge, asked.cle);
  const amounts = { stakeXof: null, leftXof: null };
  if (sight === 'for_me') {
    const view = await showChallengePage(db, request, challenge, { cle: asked.cle ?? null, ...amounts });
    return { page: 'challenge' as const, view, status: 400 };
  }
  if (sight !== 'open') fail('offer_not_found');
  const view = await showAcceptPage(db, request, challenge, { cancels: null, ...amounts });
  return { page: 'accept' as const, view, status: 400 };
}

/** The offer that a new one answers, if it is there for this person. */
async function requireAnswered(
  { db, desk }: OfferPageDeps,
  player: PlayerIdentity | null,
  offerId: string,
  cle: string | undefined,
) {
  const challenge = (await findChallenge(db, offerId)) ?? fail('offer_not_found');
  const sight = sightOf(desk, player, challenge, cle);
  if (sight !== 'for_me' && sight !== 'open') fail('offer_not_found');
  return { offerId, cle: cle ?? null, pseudonym: challenge.offer.pseudonym };
}

function registerBets(site: PlayerPages, deps: OfferPageDeps): void {
  const { db } = deps;
  site.page('GET /paris', async ({ caller, query }) => {
    const before = query.before ?? null;
    const bets = await findBetsByPlayer(db, caller.playerId, before);
    const returned = before === null ? await findReturnedOffers(db, caller.playerId) : [];
    const over = bets.filter(({ state }) => state !== 'engaged').map(({ betId }) => betId);
    const pastIds = [...over, ...returned.map(({ offerId }) => offerId)];
    return {
      page: 'bets',
      view: {
        challenges: before === null ? await findChallengesFor(db, caller.playerId) : [],
        offers: before === null ? await findOpenOffersByPlayer(db, caller.playerId) : [],
        returned,
        bets,
        chances: await listChances(db, caller, pastIds),
        next: bets.length === BETS_PER_PAGE ? (bets.at(-1)?.betId ?? null) : null,
        isFirstPage: before === null,
      },
    };
  });

  site.page('GET /paris/:betId', async ({ caller, params, query, request, newSlip }) => {
    const bet = (await findBetOfPlayer(db, params.betId, caller.playerId)) ?? fail('not_found');
    const { bout, market, result } = await showBout(db, caller, bet.boutId, bet.marketId);
    const question = marketWords(market?.question ?? winnerQuestion, bout);
    if (market?.ruleCard == null) throw new Error(`bet ${bet.betId} on a market without a rule card`);
    return {
      page: 'bet',
      view: {
        bet,
        question,
        winsIf: question.sides[bet.side].winsIf,
        payoutPolicy: market.payoutPolicy,
        sums: slipOf(market.ruleCard, bet.stakeXof, bet.opponentStakeXof),
        bout: {
          state: bout.state,
          result,
          scheduledAt: bout.scheduledAt,
          moved: bout.isCalledOff ? null : bout.moved,
        },
        root: await readRoot(db, 'market', bet.marketId),
        story: (await showStory(db, caller, bet.betId)) ?? [],
        objection: await showBetObjection(db, caller, bet.betId),
        rebet: await showRebet(deps, caller, await readPast(db, caller, bet.betId), newSlip),
        share: {
          link: `${deps.origins.player}${boutPath({ boutId: bet.boutId, marche: marcheOf(market) })}`,
          language: languageOf(request),
        },
        isNew: query.nouveau === '1',
        isTest: caller.isTest,
      },
    };
  });
}

async function marketOf(
  db: Db,
  player: PlayerIdentity,
  boutId: string,
  marketId: number | null,
): Promise<number> {
  const { market } = await showBout(db, player, Number(boutId), marketId);
  return market?.id ?? fail('market_not_open');
}

function idOrNull(text: string | undefined): number | null {
  return text === undefined ? null : Number(text);
}

/** The market a form was sent with, readable or not. */
function readMarche(typed: Fields): number | null {
  const id = readDigits(typed['marche']?.trim() ?? '');
  return id === null || id > ID_MAX ? null : id;
}

/** What a form was sent with, for its slip to be asked again: after a log-in, or when its outcome was not known. */
function readTyped(typed: Fields) {
  const { side, audience, endsIn, answers, cle } = typed;
  return {
    side: side === 'B' ? ('B' as const) : ('A' as const),
    stakeXof: readAmount(typed['stakeXof']) ?? xof(0),
    askXof: readAmount(typed['askXof']) ?? xof(0),
    audience: audiences.find((known) => known === audience) ?? null,
    endsIn: endChoices.find((known) => known === endsIn) ?? null,
    answers: answers !== undefined && /^[0-9a-f-]{36}$/.test(answers) ? answers : null,
    cle: cle !== undefined && /^[\w-]{43}$/.test(cle) ? cle : null,
  };
}

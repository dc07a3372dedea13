import { xof } from '#core/money.ts';
import { winnerQuestion } from '#core/question.ts';
import { makeRuleCard } from '#core/rule-card.ts';
import { betLimitsOf, ratesOf } from '#core/settings.ts';
import { winnerSlip } from '#core/settlement.ts';
import type { Live } from '../live.ts';
import type { PlayerPages } from '../player-pages.ts';
import { findPoolsOfGala } from '../pool-links/find-pool-links.ts';
import type { Settings } from '../settings/open-settings.ts';
import { topicOf } from './live-bout.ts';
import { type BoutReads, recallGala, recallGalas } from './recall-bouts.ts';
import { showBout } from './show-bouts.ts';

/** The example of the rules: ten thousand on each side. */
const EXAMPLE_STAKE = xof(10_000);

interface Deps extends BoutReads {
  readonly live: Live;
  readonly settings: Settings;
}

export function registerBoutPages(site: PlayerPages, deps: Deps): void {
  const { db, live, settings } = deps;
  site.page('GET /', async ({ caller }) => ({
    page: 'home',
    view: { galas: await recallGalas(deps, caller) },
  }));

  site.page('GET /galas/:galaId', async ({ caller, params }) => {
    const gala = await recallGala(deps, caller, Number(params.galaId));
    return { page: 'gala', view: { gala, pools: await findPoolsOfGala(db, gala.id) } };
  });

  site.page('GET /live/bouts/:boutId', async ({ caller, params, query, request, reply }) => {
    const marketId = query.marche === undefined ? null : Number(query.marche);
    const { bout } = await showBout(db, caller, Number(params.boutId), marketId);
    live.stream(topicOf(bout.id, marketId), request, reply);
    return { answered: true };
  });

  site.page('GET /regles', async () => {
    const values = settings.current();
    const terms = {
      question: winnerQuestion,
      rates: ratesOf(values),
      limits: betLimitsOf(values),
      authority: '',
      boutRules: null,
      payoutPolicy: 'verdict',
      postponementMs: values.postponementMs,
    } as const;
    const { wins, voids } = makeRuleCard(terms).texts.fr;
    const example = {
      ...winnerSlip(EXAMPLE_STAKE, EXAMPLE_STAKE, terms.rates),
      opponentStakeXof: EXAMPLE_STAKE,
    };
    return { page: 'rules', view: { rates: terms.rates, limits: terms.limits, example, wins, voids } };
  });
}

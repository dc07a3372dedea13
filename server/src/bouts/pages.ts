import { winnerRuleCard } from '#core/market.ts';
import { xof } from '#core/money.ts';
import { betLimitsOf, ratesOf } from '#core/settings.ts';
import { winnerSlip } from '#core/settlement.ts';
import type { Live } from '../live.ts';
import type { PlayerPages } from '../player-pages.ts';
import type { Settings } from '../settings/open-settings.ts';
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

  site.page('GET /galas/:galaId', async ({ caller, params }) => ({
    page: 'gala',
    view: { gala: await recallGala(deps, caller, Number(params.galaId)) },
  }));

  site.page('GET /live/bouts/:boutId', async ({ caller, params, request, reply }) => {
    const { bout } = await showBout(db, caller, Number(params.boutId));
    live.stream(`bout:${bout.id}`, request, reply);
    return { answered: true };
  });

  site.page('GET /regles', async () => {
    const values = settings.current();
    const terms = { rates: ratesOf(values), limits: betLimitsOf(values), authority: '' };
    const { wins, voids } = winnerRuleCard(terms);
    const example = {
      ...winnerSlip(EXAMPLE_STAKE, EXAMPLE_STAKE, terms.rates),
      opponentStakeXof: EXAMPLE_STAKE,
    };
    return { page: 'rules', view: { rates: terms.rates, limits: terms.limits, example, wins, voids } };
  });
}

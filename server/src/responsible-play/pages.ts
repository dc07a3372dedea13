/** The pages of responsible play: two taps from everywhere, and open while everything else is closed. */
import type { PlayNews } from '#core/api/play-pages.ts';
import { refusal } from '#core/errors.ts';
import { type LimitKind, type Period, pauses, realityCheckMinutes } from '#core/responsible-play.ts';
import { FieldRefusalError } from '../forms.ts';
import { originOf, type PlayerIdentity } from '../http.ts';
import { countOpenOffers } from '../offers/count-open-offers.ts';
import type { PlayerPages } from '../player-pages.ts';
import { askReturn } from './ask-return.ts';
import { confirmLimit } from './confirm-limit.ts';
import { dropLimit } from './drop-limit.ts';
import { excludePlayer } from './exclude-player.ts';
import type { PlayDeps } from './play-deps.ts';
import { seeRealityCheck } from './see-reality-check.ts';
import { setLimit } from './set-limit.ts';
import { setRealityCheck } from './set-reality-check.ts';
import { showPlay, showRealityCheck } from './show-play.ts';

const HOME = '/jouer-responsable';
const done = (news: PlayNews) => ({ seeOther: `${HOME}?fait=${news}` });

export function registerPlayPages(site: PlayerPages, deps: PlayDeps): void {
  registerOverview(site, deps);
  registerLimits(site, deps);
  registerPauses(site, deps);
  registerRealityCheck(site, deps);
}

interface Seen {
  readonly caller: PlayerIdentity | null;
  newSlip(): string;
}

async function overview({ db }: PlayDeps, { caller, newSlip }: Seen, news: PlayNews | null) {
  const play = caller === null ? null : await showPlay(db, caller);
  const waiting = play?.limits.flatMap(({ pending }) => pending ?? []) ?? [];
  const forms = [
    'return',
    'reality',
    ...waiting.flatMap(({ changeId }) => [`confirm ${changeId}`, `drop ${changeId}`]),
  ];
  const exclusion = play?.exclusion ?? null;
  return {
    page: 'responsible' as const,
    view: {
      play,
      mayReturn:
        exclusion?.kind === 'self_exclusion' &&
        exclusion.returnsAt === null &&
        exclusion.endsAt !== null &&
        Date.parse(exclusion.endsAt) <= Date.now(),
      news,
      slips: play === null ? {} : Object.fromEntries(forms.map((form) => [form, newSlip()])),
    },
  };
}

function registerOverview(site: PlayerPages, deps: PlayDeps): void {
  site.page('GET /jouer-responsable', (call) => overview(deps, call, call.query.fait ?? null));
}

async function limitForm(
  { db }: PlayDeps,
  { caller, newSlip }: Seen & { readonly caller: PlayerIdentity },
  asked: { readonly kind: LimitKind; readonly period: Period; readonly back: string | null },
) {
  const { limits } = await showPlay(db, caller);
  const limit = limits.find(({ kind, period }) => kind === asked.kind && period === asked.period);
  if (limit === undefined) throw new Error(`no limit ${asked.kind} ${asked.period}`);
  return { page: 'limit' as const, view: { ...asked, limit, slip: newSlip(), removeSlip: newSlip() } };
}

function registerLimits(site: PlayerPages, deps: PlayDeps): void {
  site.page('GET /jouer-responsable/limite', (call) => {
    const { kind = 'deposit', period = 'week', suite = null } = call.query;
    return limitForm(deps, call, { kind, period, back: suite });
  });
  site.form('POST /jouer-responsable/limite', {
    whereIs: (_params, { kind = 'deposit', period = 'week' }) =>
      `${HOME}/limite?kind=${encodeURIComponent(kind)}&period=${encodeURIComponent(period)}`,
    act: async ({ caller, form, slip, request }) => {
      const { kind, period, sans, suite, limitXof } = form;
      if (!sans && limitXof === undefined) throw new FieldRefusalError('limitXof', refusal('field_missing'));
      const { state } = await setLimit(deps, caller, originOf(request), {
        operationId: slip.operationId,
        kind,
        period,
        limitXof: sans ? null : (limitXof ?? null),
      });
      return state === 'pending'
        ? done('attente')
        : suite === undefined
          ? done('limite')
          : { seeOther: suite };
    },
    again: (call, { typed }) =>
      limitForm(deps, call, {
        kind: typed['kind'] === 'stake' || typed['kind'] === 'loss' ? typed['kind'] : 'deposit',
        period: typed['period'] === 'day' || typed['period'] === 'month' ? typed['period'] : 'week',
        back: null,
      }),
  });
  site.form('POST /jouer-responsable/limite/:changeId/confirmer', {
    whereIs: () => HOME,
    act: async ({ caller, params, slip, request }) => {
      const { operationId } = slip;
      await confirmLimit(deps, caller, originOf(request), { operationId, changeId: params.changeId });
      return done('confirme');
    },
    again: (call) => overview(deps, call, null),
  });
  site.form('POST /jouer-responsable/limite/:changeId/abandonner', {
    whereIs: () => HOME,
    act: async ({ caller, params, slip, request }) => {
      const { operationId } = slip;
      await dropLimit(deps, caller, originOf(request), { operationId, changeId: params.changeId });
      return done('abandon');
    },
    again: (call) => overview(deps, call, null),
  });
}

function registerPauses(site: PlayerPages, deps: PlayDeps): void {
  site.page('GET /jouer-responsable/pause', async ({ caller, query, newSlip }) => {
    if (query.duree === undefined) return { seeOther: HOME };
    const openOffers = await countOpenOffers(deps.db, caller.playerId);
    return { page: 'pause', view: { pause: query.duree, openOffers, slip: newSlip() } };
  });
  site.form('POST /jouer-responsable/pause', {
    whereIs: (_params, { duree = '' }) => `${HOME}/pause?duree=${encodeURIComponent(duree)}`,
    act: async ({ caller, form, slip, request }) => {
      const asked = { operationId: slip.operationId, ...pauses[form.duree] };
      await excludePlayer(deps, caller, originOf(request), asked);
      return done('pause');
    },
    again: (call) => overview(deps, call, null),
  });
  site.form('POST /jouer-responsable/retour', {
    whereIs: () => HOME,
    act: async ({ caller, slip, request }) => {
      await askReturn(deps, caller, originOf(request), slip.operationId);
      return done('retour');
    },
    again: (call) => overview(deps, call, null),
  });
}

function registerRealityCheck(site: PlayerPages, deps: PlayDeps): void {
  site.form('POST /jouer-responsable/rappel', {
    whereIs: () => HOME,
    act: async ({ caller, form, slip, request }) => {
      const everyMinutes = realityCheckMinutes.find((minutes) => minutes === form.minutes);
      if (everyMinutes === undefined) throw new FieldRefusalError('minutes', refusal('field_invalid'));
      const { operationId } = slip;
      await setRealityCheck(deps, caller, originOf(request), { operationId, everyMinutes });
      return done('rappel');
    },
    again: (call) => overview(deps, call, null),
  });
  const page = async (caller: PlayerIdentity, back: string, slip: string) => ({
    page: 'realityCheck' as const,
    view: { check: await showRealityCheck(deps.db, caller), back, slip },
  });
  site.page('GET /rappel', ({ caller, query, newSlip }) => page(caller, query.suite ?? '/', newSlip()));
  site.form('POST /rappel', {
    whereIs: () => '/rappel',
    act: async ({ caller, form, slip, request }) => {
      await seeRealityCheck(deps, caller, originOf(request), slip.operationId);
      return { seeOther: form.suite ?? '/' };
    },
    again: ({ caller, newSlip }, { typed }) => page(caller, typed['suite'] ?? '/', newSlip()),
  });
}

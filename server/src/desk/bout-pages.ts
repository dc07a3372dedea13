/** The desk of a bout: from the opening of its bets to the last franc paid. Each form is one operation. */
import type { DeskSlips } from '#core/api/desk-views.ts';
import type { BoutDone, OfficeViews, officePages } from '#core/api/office-pages.ts';
import { fail } from '#core/errors.ts';
import { blowWhistle, type CloseDeps } from '../bouts/close-market.ts';
import { moveHardStop } from '../bouts/move-hard-stop.ts';
import { openMarket } from '../bouts/open-market.ts';
import { confirmTrueWhistle, proposeTrueWhistle } from '../bouts/record-true-whistle.ts';
import { resumeBout, suspendBout } from '../bouts/suspend-bout.ts';
import type { Live } from '../live.ts';
import type { OfficePages } from '../office-pages.ts';
import type { PageCall } from '../pages.ts';
import { confirmResult } from '../settlement/confirm-result.ts';
import { proposeResult, withdrawResult } from '../settlement/propose-result.ts';
import { showResults } from '../settlement/show-results.ts';
import { localMinuteOf, readLocalMinute, whistleInstant } from './local-time.ts';
import { findMarketId } from './queries.ts';
import { requireDesk, showDeskOf } from './read-bout-desk.ts';
import { readVerdict } from './read-verdict.ts';

export interface BoutPagesDeps extends CloseDeps {
  /** Streams of desks, not of the players' pages. */
  readonly deskLive: Live;
  /** Tells both kinds of pages that something of the bout was committed. */
  readonly onBoutChanged: (boutId: number) => void;
}

type Routes = typeof officePages;
type BoutCall = PageCall<Routes['GET /combats/:boutId']>;
/** What the desk of a bout is asked by: its address, and who looks. */
type DeskCall = Pick<BoutCall, 'caller' | 'newSlip'> & { readonly params: BoutCall['params'] };

export function registerBoutDeskPages(site: OfficePages, deps: BoutPagesDeps): void {
  const { db, deskLive } = deps;

  site.page('GET /combats/:boutId', async (call) => {
    const { fait = null, fige } = call.query;
    return boutPage(deps, call, { done: fait, isStill: fige === '1' });
  });

  site.page('GET /live/combats/:boutId', async ({ caller, params, request, reply }) => {
    const { subject } = await requireDesk(db, caller, Number(params.boutId));
    await deskLive.stream(`bout:${subject.boutId}`, request, reply);
    return { answered: true };
  });

  registerMarketForms(site, deps);
  registerHardStop(site, deps);
  registerTrueWhistle(site, deps);
  registerResult(site, deps);
}

async function boutPage(
  { db }: BoutPagesDeps,
  call: DeskCall,
  how: { readonly done?: BoutDone | null; readonly isStill?: boolean } = {},
): Promise<{ page: 'bout'; view: OfficeViews['bout'] }> {
  const desk = await showDeskOf(db, call.caller, boutIdOf(call));
  const { done = null, isStill = false } = how;
  return { page: 'bout', view: { ...desk, slips: newSlips(call), done, isStill } };
}

/** One command each: whatever the page is asked to do first, it does once. */
function newSlips({ newSlip }: DeskCall): DeskSlips {
  return {
    open: newSlip(),
    suspend: newSlip(),
    resume: newSlip(),
    whistle: newSlip(),
    confirmWhistle: newSlip(),
    withdraw: newSlip(),
    confirm: newSlip(),
  };
}

function boutIdOf({ params }: Pick<DeskCall, 'params'>): number {
  return Number(params.boutId);
}

const whereIs = ({ boutId }: BoutCall['params']) => `/combats/${boutId}`;

/** After the commit: the pages that look at the bout, and the one of who commanded. */
function doneWith(deps: BoutPagesDeps, boutId: number, done: BoutDone): { seeOther: string } {
  deps.onBoutChanged(boutId);
  return { seeOther: `/combats/${boutId}?fait=${done}` };
}

function registerMarketForms(site: OfficePages, deps: BoutPagesDeps): void {
  const { db } = deps;
  const again = (call: DeskCall) => boutPage(deps, call);
  const winnerOf = async (boutId: number) => (await findMarketId(db, boutId)) ?? fail('not_found');
  site.form('POST /combats/:boutId/ouvrir', {
    whereIs,
    act: async (call) => {
      const boutId = boutIdOf(call);
      const { operationId } = call.slip;
      const { payoutPolicy } = call.form;
      await openMarket(db, call.caller, { operationId, marketId: await winnerOf(boutId), payoutPolicy });
      return doneWith(deps, boutId, 'ouvert');
    },
    again,
  });
  site.form('POST /combats/:boutId/suspendre', {
    whereIs,
    act: async (call) => {
      const boutId = boutIdOf(call);
      await suspendBout(db, call.caller, { operationId: call.slip.operationId, boutId });
      return doneWith(deps, boutId, 'suspendu');
    },
    again,
  });
  site.form('POST /combats/:boutId/reprendre', {
    whereIs,
    act: async (call) => {
      const boutId = boutIdOf(call);
      await resumeBout(db, call.caller, { operationId: call.slip.operationId, boutId });
      return doneWith(deps, boutId, 'repris');
    },
    again,
  });
  site.form('POST /combats/:boutId/sifflet', {
    whereIs,
    act: async (call) => {
      const boutId = boutIdOf(call);
      const { operationId } = call.slip;
      await blowWhistle(deps, call.caller, { operationId, marketId: await winnerOf(boutId) });
      return doneWith(deps, boutId, 'sifflet');
    },
    again,
  });
}

function registerHardStop(site: OfficePages, deps: BoutPagesDeps): void {
  const { db } = deps;
  const page = async (call: DeskCall) => {
    const { subject, hardStopAt } = await requireDesk(db, call.caller, boutIdOf(call));
    const view = { subject, hardStopAt: localMinuteOf(hardStopAt), slip: call.newSlip() };
    return { page: 'hardStop' as const, view };
  };
  site.page('GET /combats/:boutId/heure-limite', page);
  site.form('POST /combats/:boutId/heure-limite', {
    whereIs: ({ boutId }) => `/combats/${boutId}/heure-limite`,
    act: async (call) => {
      const { marketId, subject } = await requireDesk(db, call.caller, boutIdOf(call));
      const hardStopAt = readLocalMinute(call.form.hardStopAt);
      const { operationId } = call.slip;
      await moveHardStop(db, call.caller, { operationId, marketId, hardStopAt });
      return doneWith(deps, subject.boutId, 'heure-limite');
    },
    again: page,
  });
}

function registerTrueWhistle(site: OfficePages, deps: BoutPagesDeps): void {
  const { db } = deps;
  const page = async (call: DeskCall) => {
    const { subject, closedAt } = await requireDesk(db, call.caller, boutIdOf(call));
    return { page: 'trueWhistle' as const, view: { subject, closedAt, slip: call.newSlip() } };
  };
  site.page('GET /combats/:boutId/vrai-sifflet', page);
  site.form('POST /combats/:boutId/vrai-sifflet', {
    whereIs: ({ boutId }) => `/combats/${boutId}/vrai-sifflet`,
    act: async (call) => {
      const { subject, closedAt, state } = await requireDesk(db, call.caller, boutIdOf(call));
      const { boutId } = subject;
      if (closedAt === null) return fail('bout_state_forbids', { state });
      const at = whistleInstant(call.form.time, closedAt);
      await proposeTrueWhistle(db, call.caller, { operationId: call.slip.operationId, boutId, at });
      return doneWith(deps, boutId, 'vrai-sifflet');
    },
    again: page,
  });
  site.form('POST /combats/:boutId/vrai-sifflet/confirmer', {
    whereIs,
    act: async (call) => {
      const boutId = boutIdOf(call);
      const { at } = call.form;
      await confirmTrueWhistle(db, call.caller, { operationId: call.slip.operationId, boutId, at });
      return doneWith(deps, boutId, 'vrai-sifflet-confirme');
    },
    again: (call) => boutPage(deps, call),
  });
}

function registerResult(site: OfficePages, deps: BoutPagesDeps): void {
  const { db } = deps;
  const page = async (call: DeskCall) => {
    const { subject } = await requireDesk(db, call.caller, boutIdOf(call));
    const { markets } = await showResults(db, subject.boutId);
    return { page: 'result' as const, view: { subject, markets, slip: call.newSlip() } };
  };
  site.page('GET /combats/:boutId/resultat', page);
  site.form('POST /combats/:boutId/resultat', {
    whereIs: ({ boutId }) => `/combats/${boutId}/resultat`,
    act: async (call) => {
      const boutId = boutIdOf(call);
      const { operationId } = call.slip;
      await proposeResult(db, call.caller, { operationId, boutId, ...readVerdict(call.form) });
      return doneWith(deps, boutId, 'resultat');
    },
    again: page,
  });
  site.form('POST /combats/:boutId/resultat/retirer', {
    whereIs,
    act: async (call) => {
      const boutId = boutIdOf(call);
      const { operationId } = call.slip;
      await withdrawResult(db, call.caller, { operationId, boutId, resultId: call.form.resultId });
      return doneWith(deps, boutId, 'resultat-retire');
    },
    again: (call) => boutPage(deps, call),
  });
  site.form('POST /combats/:boutId/resultat/confirmer', {
    whereIs,
    act: async (call) => {
      const boutId = boutIdOf(call);
      const { operationId } = call.slip;
      await confirmResult(deps, call.caller, { operationId, boutId, resultId: call.form.resultId });
      return doneWith(deps, boutId, 'resultat-confirme');
    },
    again: (call) => boutPage(deps, call),
  });
}

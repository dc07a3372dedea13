/** The results of a bout in the office: versions, corrections and homologation, each by two people; what they have cost. */
import type { officePages } from '#core/api/office-pages.ts';
import type { ResultsDone } from '#core/api/result-pages.ts';
import type { StaffIdentity } from '../http.ts';
import type { OfficePages } from '../office-pages.ts';
import type { PageCall } from '../pages.ts';
import { confirmResult } from '../settlement/confirm-result.ts';
import {
  confirmHomologation,
  proposeHomologation,
  withdrawHomologation,
} from '../settlement/homologate-result.ts';
import { proposeCorrection, withdrawResult } from '../settlement/propose-result.ts';
import { listLosses, showResults } from '../settlement/show-results.ts';
import type { BoutPagesDeps } from './bout-pages.ts';
import { requireDesk } from './read-bout-desk.ts';
import { readVerdict } from './read-verdict.ts';

type BoutCall = PageCall<(typeof officePages)['GET /combats/:boutId/resultats']>;
type ResultsCall = Pick<BoutCall, 'caller' | 'newSlip'> & { readonly params: BoutCall['params'] };

const whereIs = ({ boutId }: BoutCall['params']) => `/combats/${boutId}/resultats`;

export function registerResultPages(site: OfficePages, deps: BoutPagesDeps): void {
  const { db } = deps;
  site.page('GET /combats/:boutId/resultats', (call) => resultsPage(deps, call, call.query.fait ?? null));
  site.page('GET /pertes', async ({ query }) => ({
    page: 'losses',
    view: await listLosses(db, query.argent === 'essai'),
  }));
  registerCorrection(site, deps);
  registerHomologation(site, deps);
}

async function resultsPage({ db }: BoutPagesDeps, call: ResultsCall, done: ResultsDone | null = null) {
  const { subject } = await requireDesk(db, call.caller, Number(call.params.boutId));
  const { standing, ...shown } = await showResults(db, subject.boutId);
  const slips = {
    withdraw: call.newSlip(),
    confirm: call.newSlip(),
    homologate: call.newSlip(),
    withdrawHomologation: call.newSlip(),
    confirmHomologation: call.newSlip(),
  };
  const isPaying = shown.markets.some((market) => market.isPaying);
  const isProposed = shown.versions.some(({ confirmedAt }) => confirmedAt === null);
  const mayCorrect = standing !== null && !isPaying && !isProposed;
  return { page: 'results' as const, view: { subject, ...shown, mayCorrect, done, slips } };
}

function registerCorrection(site: OfficePages, deps: BoutPagesDeps): void {
  const { db } = deps;
  const form = async (call: ResultsCall) => {
    const { subject } = await requireDesk(db, call.caller, Number(call.params.boutId));
    const { markets, standing } = await showResults(db, subject.boutId);
    return { page: 'correction' as const, view: { subject, markets, standing, slip: call.newSlip() } };
  };
  site.page('GET /combats/:boutId/correction', form);
  site.form('POST /combats/:boutId/correction', {
    whereIs: ({ boutId }) => `/combats/${boutId}/correction`,
    act: async ({ caller, params, form: { reason, slip: _, ...said }, slip: { operationId } }) => {
      const boutId = Number(params.boutId);
      await proposeCorrection(db, caller, { operationId, boutId, reason, ...readVerdict(said) });
      return doneWith(deps, boutId, 'correction');
    },
    again: form,
  });
  addCommand(site, deps, 'POST /combats/:boutId/correction/retirer', 'correction-retiree', (staff, asked) =>
    withdrawResult(db, staff, asked),
  );
  addCommand(
    site,
    deps,
    'POST /combats/:boutId/correction/confirmer',
    'correction-confirmee',
    (staff, asked) => confirmResult(deps, staff, asked),
  );
}

function addCommand(
  site: OfficePages,
  deps: BoutPagesDeps,
  key: `POST /combats/:boutId/correction/${'retirer' | 'confirmer'}`,
  done: ResultsDone,
  run: (
    staff: StaffIdentity,
    asked: { readonly operationId: string; readonly boutId: number; readonly resultId: string },
  ) => Promise<unknown>,
): void {
  site.form(key, {
    whereIs,
    act: async ({ caller, params, form: { resultId }, slip: { operationId } }) => {
      const boutId = Number(params.boutId);
      await run(caller, { operationId, boutId, resultId });
      return doneWith(deps, boutId, done);
    },
    again: (call) => resultsPage(deps, call),
  });
}

function registerHomologation(site: OfficePages, deps: BoutPagesDeps): void {
  const { db } = deps;
  const again = (call: ResultsCall) => resultsPage(deps, call);
  site.form('POST /combats/:boutId/homologation', {
    whereIs,
    act: async ({ caller, params, form: { source }, slip: { operationId } }) => {
      const boutId = Number(params.boutId);
      await proposeHomologation(db, caller, { operationId, boutId, source });
      return doneWith(deps, boutId, 'homologation');
    },
    again,
  });
  site.form('POST /combats/:boutId/homologation/retirer', {
    whereIs,
    act: async ({ caller, params, form: { homologationId }, slip: { operationId } }) => {
      const boutId = Number(params.boutId);
      await withdrawHomologation(db, caller, { operationId, boutId, homologationId });
      return doneWith(deps, boutId, 'homologation-retiree');
    },
    again,
  });
  site.form('POST /combats/:boutId/homologation/confirmer', {
    whereIs,
    act: async ({ caller, params, form: { homologationId }, slip: { operationId } }) => {
      const boutId = Number(params.boutId);
      await confirmHomologation(deps, caller, { operationId, boutId, homologationId });
      return doneWith(deps, boutId, 'homologation-confirmee');
    },
    again,
  });
}

function doneWith(deps: BoutPagesDeps, boutId: number, done: ResultsDone): { seeOther: string } {
  deps.onBoutChanged(boutId);
  return { seeOther: `/combats/${boutId}/resultats?fait=${done}` };
}

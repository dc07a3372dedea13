/** Account cases in the office: support and compliance see and propose, compliance decides. */
import type { StaffIdentity } from '../http.ts';
import type { OfficePages } from '../office-pages.ts';
import type { PeopleDeps } from '../sessions/people-deps.ts';
import { decideCase, proposeDecision } from './decide-case.ts';
import { listCases, showCase } from './show-case.ts';

export function registerOfficeCasePages(site: OfficePages, deps: PeopleDeps): void {
  site.page('GET /dossiers', async () => ({ page: 'cases', view: { cases: await listCases(deps.db) } }));

  const casePage = async (caller: StaffIdentity, caseId: string, newSlip: () => string) => ({
    page: 'accountCase' as const,
    view: {
      shown: await showCase(deps.db, caller, caseId),
      mayDecide: caller.role === 'compliance',
      proposeSlip: newSlip(),
      decideSlip: newSlip(),
    },
  });
  site.page('GET /dossiers/:caseId', ({ caller, params, newSlip }) =>
    casePage(caller, params.caseId, newSlip),
  );
  site.form('POST /dossiers/:caseId/proposer', {
    whereIs: ({ caseId }) => `/dossiers/${caseId}`,
    act: async ({ caller, params, form: { decision, reason }, slip: { operationId } }) => {
      await proposeDecision(deps, caller, { operationId, ...params, decision, reason });
      return { seeOther: `/dossiers/${params.caseId}` };
    },
    again: ({ caller, params, newSlip }) => casePage(caller, params.caseId, newSlip),
  });
  site.form('POST /dossiers/:caseId/decider', {
    whereIs: ({ caseId }) => `/dossiers/${caseId}`,
    act: async ({ caller, params, form: { decision, reason }, slip: { operationId } }) => {
      await decideCase(deps, caller, { operationId, ...params, decision, reason });
      return { seeOther: `/dossiers/${params.caseId}` };
    },
    again: ({ caller, params, newSlip }) => casePage(caller, params.caseId, newSlip),
  });
}

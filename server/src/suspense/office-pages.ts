/** Suspense in the office: one person proposes where money goes, another one confirms. */
import type { StaffIdentity } from '../http.ts';
import type { OfficePages } from '../office-pages.ts';
import { confirmAllocation, type DecideDeps, refuseAllocation } from './decide-allocation.ts';
import { proposeAllocation } from './propose-allocation.ts';
import { listSuspense, showSuspense } from './show-suspense.ts';

export function registerSuspensePages(site: OfficePages, deps: DecideDeps): void {
  site.page('GET /en-attente', async ({ caller, query }) => ({
    page: 'suspense',
    view: { ...(await listSuspense(deps, caller)), done: query.fait ?? null },
  }));

  const itemPage = async (caller: StaffIdentity, itemId: string, newSlip: () => string) => ({
    page: 'suspenseItem' as const,
    view: {
      ...(await showSuspense(deps, caller, itemId)),
      proposeSlip: newSlip(),
      confirmSlip: newSlip(),
      refuseSlip: newSlip(),
    },
  });
  site.page('GET /en-attente/:itemId', ({ caller, params, newSlip }) =>
    itemPage(caller, params.itemId, newSlip),
  );

  site.form('POST /en-attente/:itemId/proposer', {
    whereIs: ({ itemId }) => `/en-attente/${itemId}`,
    act: async ({ caller, params, form: { choice, phone, transaction, note }, slip: { operationId } }) => {
      await proposeAllocation(deps, caller, { operationId, ...params, choice, phone, transaction, note });
      return { seeOther: '/en-attente?fait=propose' };
    },
    again: ({ caller, params, newSlip }) => itemPage(caller, params.itemId, newSlip),
  });
  site.form('POST /en-attente/:itemId/:allocationId/confirmer', {
    whereIs: ({ itemId }) => `/en-attente/${itemId}`,
    act: async ({ caller, params: { allocationId }, slip: { operationId } }) => {
      await confirmAllocation(deps, caller, { operationId, allocationId });
      return { seeOther: '/en-attente?fait=confirme' };
    },
    again: ({ caller, params, newSlip }) => itemPage(caller, params.itemId, newSlip),
  });
  site.form('POST /en-attente/:itemId/:allocationId/refuser', {
    whereIs: ({ itemId }) => `/en-attente/${itemId}`,
    act: async ({ caller, params: { allocationId }, slip: { operationId } }) => {
      await refuseAllocation(deps, caller, { operationId, allocationId });
      return { seeOther: '/en-attente?fait=refuse' };
    },
    again: ({ caller, params, newSlip }) => itemPage(caller, params.itemId, newSlip),
  });
}

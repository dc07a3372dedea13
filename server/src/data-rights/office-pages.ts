import type { Db } from '../db.ts';
import type { OfficePages } from '../office-pages.ts';
import { holdErasure, releaseErasure } from './hold-erasure.ts';
import { listRequests } from './show-data.ts';

export function registerDataOfficePages(site: OfficePages, { db }: { readonly db: Db }): void {
  const requestsPage = async (done: 'retenue' | 'rendue' | null, newSlip: () => string) => {
    const requests = await listRequests(db);
    return { page: 'dataRequests' as const, view: { requests, slips: requests.map(() => newSlip()), done } };
  };
  site.page('GET /donnees', ({ query, newSlip }) => requestsPage(query.fait ?? null, newSlip));

  site.form('POST /donnees/:playerId/retenir', {
    whereIs: () => '/donnees',
    act: async ({ caller, params, form: { reason }, slip: { operationId } }) => {
      await holdErasure(db, caller, { operationId, ...params, reason });
      return { seeOther: '/donnees?fait=retenue' };
    },
    again: ({ newSlip }) => requestsPage(null, newSlip),
  });

  site.form('POST /donnees/:playerId/liberer', {
    whereIs: () => '/donnees',
    act: async ({ caller, params, slip: { operationId } }) => {
      await releaseErasure(db, caller, { operationId, ...params });
      return { seeOther: '/donnees?fait=rendue' };
    },
    again: ({ newSlip }) => requestsPage(null, newSlip),
  });
}

import { type Implement, originOf } from '../http.ts';
import { closeAccount } from './close-account.ts';
import type { DataDeps } from './data-deps.ts';
import { requestExport } from './export-data.ts';
import { holdErasure, releaseErasure } from './hold-erasure.ts';
import { listRequests, showData } from './show-data.ts';

export function registerDataRights(implement: Implement, deps: DataDeps): void {
  const { db } = deps;

  implement('GET /data', ({ caller }) => showData(db, caller));

  implement('POST /data/exports', ({ caller, body, request }) =>
    requestExport(deps, caller, { ...body, origin: originOf(request) }),
  );

  implement('POST /data/closure', ({ caller, body, request }) =>
    closeAccount(deps, caller, { ...body, origin: originOf(request) }),
  );

  implement('GET /staff/data-requests', async () => ({ requests: await listRequests(db) }));

  implement('POST /staff/data-requests/:playerId/hold', ({ caller, params, body }) =>
    holdErasure(db, caller, { ...body, ...params }),
  );

  implement('POST /staff/data-requests/:playerId/release', ({ caller, params, body }) =>
    releaseErasure(db, caller, { ...body, ...params }),
  );
}

import type { Implement } from '../http.ts';
import { approveDocument } from './approve-document.ts';
import { closeAlert } from './close-alert.ts';
import type { IdentityDeps } from './identity-deps.ts';
import { listAlerts, listDocuments } from './list-documents.ts';
import { refuseDocument } from './refuse-document.ts';
import { showDocument } from './show-document.ts';
import { showIdentity } from './show-identity.ts';

export function registerIdentity(implement: Implement, deps: IdentityDeps): void {
  implement('GET /identity', ({ caller }) => showIdentity(deps.db, caller));

  implement('GET /staff/identity/documents', async () => ({ documents: await listDocuments(deps.db) }));

  implement('GET /staff/identity/documents/:documentId', ({ caller, params }) =>
    showDocument(deps, caller, params.documentId),
  );

  implement('POST /staff/identity/documents/:documentId/approve', ({ caller, params, body }) =>
    approveDocument(deps, caller, { ...body, ...params }),
  );

  implement('POST /staff/identity/documents/:documentId/refuse', ({ caller, params, body }) =>
    refuseDocument(deps, caller, { ...body, ...params }),
  );

  implement('GET /staff/identity/alerts', async () => ({ alerts: await listAlerts(deps.db) }));

  implement('POST /staff/identity/alerts/:alertId/close', ({ caller, params, body }) =>
    closeAlert(deps, caller, { ...body, alertId: Number(params.alertId) }),
  );
}

/** The review of documents in the office. */
import type { FastifyReply } from 'fastify';
import type { IdentityDone } from '#core/api/identity-pages.ts';
import type { DocumentSide } from '#core/identity-document.ts';
import type { StaffIdentity } from '../http.ts';
import type { OfficePages } from '../office-pages.ts';
import { approveDocument } from './approve-document.ts';
import { barMinor } from './bar-minor.ts';
import { closeAlert } from './close-alert.ts';
import type { DocumentDecided } from './decide-document.ts';
import type { IdentityDeps } from './identity-deps.ts';
import { listAlerts, listDocuments } from './list-documents.ts';
import { refuseDocument } from './refuse-document.ts';
import { showDocument, showPicture } from './show-document.ts';

export function registerIdentityOfficePages(site: OfficePages, deps: IdentityDeps): void {
  registerQueue(site, deps);

  const documentPage = async (caller: StaffIdentity, documentId: string, newSlip: () => string) => ({
    page: 'identityDocument' as const,
    view: {
      document: await showDocument(deps, caller, documentId),
      approveSlip: newSlip(),
      refuseSlip: newSlip(),
    },
  });
  site.page('GET /identites/:documentId', ({ caller, params, newSlip }) =>
    documentPage(caller, params.documentId, newSlip),
  );

  site.page('GET /identites/:documentId/photos/:side', async ({ caller, params, reply }) => {
    const bytes = await showPicture(deps, caller, params.documentId, params.side);
    await sendPicture(reply, params.side, bytes);
    return { answered: true };
  });

  site.form('POST /identites/:documentId/approuver', {
    whereIs: ({ documentId }) => `/identites/${documentId}`,
    act: async ({ caller, params, form: { correctsBirthDate }, slip: { operationId } }) => {
      const decided = await approveDocument(deps, caller, { operationId, ...params, correctsBirthDate });
      return { seeOther: `/identites?fait=${doneOf(decided)}` };
    },
    again: ({ caller, params, newSlip }) => documentPage(caller, params.documentId, newSlip),
  });

  site.form('POST /identites/:documentId/refuser', {
    whereIs: ({ documentId }) => `/identites/${documentId}`,
    act: async ({ caller, params, form: { reason, remark }, slip: { operationId } }) => {
      await refuseDocument(deps, caller, { operationId, ...params, reason, remark });
      return { seeOther: '/identites?fait=refuse' };
    },
    again: ({ caller, params, newSlip }) => documentPage(caller, params.documentId, newSlip),
  });
}

function registerQueue(site: OfficePages, deps: IdentityDeps): void {
  const queue = async (done: IdentityDone | null, newSlip: () => string) => {
    const documents = await listDocuments(deps.db);
    const alerts = await listAlerts(deps.db);
    return {
      page: 'identities' as const,
      view: { documents, alerts, slips: alerts.map(() => newSlip()), done },
    };
  };
  site.page('GET /identites', ({ query, newSlip }) => queue(query.fait ?? null, newSlip));

  site.form('POST /identites/alertes/:alertId/fermer', {
    whereIs: () => '/identites',
    act: async ({ caller, params, slip: { operationId } }) => {
      await barMinor(deps, caller, { operationId, alertId: Number(params.alertId) });
      return { seeOther: '/identites?fait=ferme' };
    },
    again: ({ newSlip }) => queue(null, newSlip),
  });
  site.form('POST /identites/alertes/:alertId/traiter', {
    whereIs: () => '/identites',
    act: async ({ caller, params, slip: { operationId } }) => {
      await closeAlert(deps, caller, { operationId, alertId: Number(params.alertId) });
      return { seeOther: '/identites?fait=alerte' };
    },
    again: ({ newSlip }) => queue(null, newSlip),
  });
}

function doneOf({ state, reason }: DocumentDecided): IdentityDone {
  if (state === 'approved') return 'approuve';
  if (reason === 'same_document') return 'meme-piece';
  return reason === 'barred' ? 'interdit' : 'refuse';
}

/** For this person's eye, now: kept nowhere, run as nothing, shown in no other site's page. */
async function sendPicture(reply: FastifyReply, side: DocumentSide, bytes: Buffer): Promise<void> {
  await reply
    .type('image/jpeg')
    .header('content-disposition', `inline; filename="${side}.jpg"`)
    .header('content-security-policy', "default-src 'none'; sandbox; frame-ancestors 'none'")
    .header('x-content-type-options', 'nosniff')
    .header('cross-origin-resource-policy', 'same-origin')
    .header('referrer-policy', 'no-referrer')
    .header('cache-control', 'private, no-store')
    .send(bytes);
}

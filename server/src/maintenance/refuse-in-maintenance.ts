/**
 * In maintenance players are turned away at the door: programs with the coded refusal, people with a page that needs no
 * database. What providers call about is stored all the same, and the sandbox's windows stay open: staff find their
 * codes there.
 */
import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { errorCatalogue, fail } from '#core/errors.ts';
import { escapeHtml } from '../escape-html.ts';
import { documentPolicy } from '../headers.ts';
import { API_PREFIX, MAINTENANCE_PAUSE_S } from '../http.ts';
import type { Maintenance } from './open-maintenance.ts';

const stayOpen = ['/callbacks/', `${API_PREFIX}/sandbox/`, '/bac-a-sable'];

const STYLE = `
:root { color-scheme: dark light; font: 18px/1.5 system-ui; }
body { max-width: 32rem; margin: 0 auto; padding: 2rem 1rem; }`;

const POLICY = documentPolicy(createHash('sha256').update(STYLE).digest('base64'));
const { fr, wo } = errorCatalogue.maintenance;

const PAGE = `<!doctype html><html lang="fr"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>Mbayar en maintenance</title>
<style>${STYLE}</style></head><body><main><h1>Nous revenons vite</h1>
<p>${escapeHtml(fr)}</p><p lang="wo">${escapeHtml(wo)}</p></main></body></html>`;

export function refuseInMaintenance(app: FastifyInstance, maintenance: Maintenance): void {
  app.addHook('onRequest', async (request, reply) => {
    if (!maintenance.isOn()) return;
    const route = request.routeOptions.url ?? '';
    if (stayOpen.some((path) => route.startsWith(path))) return;
    if (request.url.startsWith('/api/')) fail('maintenance');
    return reply
      .code(errorCatalogue.maintenance.status)
      .header('retry-after', String(MAINTENANCE_PAUSE_S))
      .header('content-security-policy', POLICY)
      .type('text/html; charset=utf-8')
      .send(PAGE);
  });
}

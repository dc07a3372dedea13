/**
 * The sandbox for people: the last text messages and the staff's codes of now, on one page that refreshes itself.
 * Absent in production mode, as every route of the sandbox.
 */
import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { demoPin } from '../demo/people.ts';
import { escapeHtml } from '../escape-html.ts';
import { documentPolicy } from '../headers.ts';
import { type CodeDeps, listStaffWithCodes } from '../staff/list-staff-codes.ts';
import { findNewestSms } from './queries.ts';

const STYLE = `
:root { color-scheme: dark light; font: 16px/1.5 system-ui; }
body { max-width: 40rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
li { margin: 0.75rem 0; } ul { padding: 0; list-style: none; }
strong { font-size: 1.5rem; font-variant-numeric: tabular-nums; letter-spacing: 0.1em; }
p, time { opacity: 0.85; }`;

const POLICY = documentPolicy(createHash('sha256').update(STYLE).digest('base64'));

export function registerSandboxPage(
  app: FastifyInstance,
  deps: CodeDeps & { readonly isProduction: boolean },
): void {
  if (deps.isProduction) return;
  app.get('/bac-a-sable', async (_request, reply) => {
    const [staff, messages] = [await listStaffWithCodes(deps), await findNewestSms(deps.db)];
    return reply
      .header('content-security-policy', POLICY)
      .type('text/html; charset=utf-8')
      .send(page(staff, messages));
  });
}

function page(
  staff: readonly { readonly name: string; readonly phone: string; readonly totp: string }[],
  messages: readonly { readonly phone: string; readonly body: string; readonly queuedAt: Date }[],
): string {
  const codes = staff.map(
    ({ name, phone, totp }) =>
      `<li>${escapeHtml(name)} · ${escapeHtml(phone)}<br><strong>${escapeHtml(totp)}</strong></li>`,
  );
  const texts = messages.map(
    ({ phone, body, queuedAt }) =>
      `<li><time>${queuedAt.toISOString().slice(11, 19)}</time> · ${escapeHtml(phone)}<br>${escapeHtml(body)}</li>`,
  );
  return `<!doctype html><html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="5"><title>Bac à sable</title><style>${STYLE}</style></head><body><main>
<h1>Bac à sable</h1><p>Mode essai : rien ne part d’ici. La page se recharge toutes les 5 secondes.</p>
<p>PIN des joueurs de la démonstration : <b>${demoPin}</b></p>
<h2>Derniers SMS</h2>${texts.length === 0 ? '<p>Aucun SMS pour le moment.</p>' : `<ul>${texts.join('')}</ul>`}
<h2>Codes TOTP du personnel</h2><ul>${codes.join('')}</ul></main></body></html>`;
}

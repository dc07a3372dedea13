/** The frame of the simulators' pages: what a phone shows when its owner pays. They are of the sandbox only. */
import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import { escapeHtml } from '../../escape-html.ts';

const STYLE = `
:root { color-scheme: light dark; font: 17px/1.5 system-ui; }
* { box-sizing: border-box; }
body { max-width: 28rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.25rem; margin: 0 0 .25rem; }
h2 { font-size: 1.1rem; margin: 1.5rem 0 .5rem; }
.amount { font-size: 2.25rem; font-weight: 700; margin: .5rem 0 0; font-variant-numeric: tabular-nums; }
.note { opacity: .85; margin: .25rem 0 1rem; }
.told { border-inline-start: 4px solid; padding: .25rem .75rem; margin: 1rem 0; }
form { display: grid; gap: .75rem; margin: 1.25rem 0; }
label { display: grid; gap: .25rem; }
input { font: inherit; min-height: 48px; padding: 0 .75rem; width: 100%; }
button, a.button { font: inherit; min-height: 52px; padding: .5rem 1rem; border: 1px solid; border-radius: 12px;
  background: transparent; color: inherit; text-align: center; text-decoration: none; cursor: pointer;
  display: grid; place-content: center; }
button.first { background: var(--brand); border-color: var(--brand); color: var(--on-brand); font-weight: 700; }
ul { list-style: none; padding: 0; margin: 0; } li { padding: .5rem 0; border-bottom: 1px solid #8886; }
li a { display: inline-block; min-height: 48px; line-height: 48px; }`;

export interface PhonePage {
  readonly title: string;
  readonly brand: { readonly color: string; readonly onColor: string };
  /** HTML; everything that came from outside is escaped. */
  readonly content: string;
  /** Where the phone goes by itself, after a moment in which the page can be read. */
  readonly next?: { readonly url: string; readonly afterS: number };
}

export function sendPhonePage(reply: FastifyReply, page: PhonePage): FastifyReply {
  const style = `:root { --brand: ${page.brand.color}; --on-brand: ${page.brand.onColor}; }${STYLE}`;
  const hash = createHash('sha256').update(style).digest('base64');
  const refresh =
    page.next === undefined
      ? ''
      : `<meta http-equiv="refresh" content="${page.next.afterS};url=${escapeHtml(page.next.url)}">`;
  return reply
    .header(
      'content-security-policy',
      `default-src 'none'; style-src 'sha256-${hash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
    )
    .header('cache-control', 'no-store')
    .header('x-content-type-options', 'nosniff')
    .type('text/html; charset=utf-8')
    .send(`<!doctype html><html lang="fr"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">${refresh}
<title>${escapeHtml(page.title)}</title><style>${style}</style></head><body><main>${page.content}
<p class="note">Simulateur : aucun argent réel ne circule ici.</p></main></body></html>`);
}

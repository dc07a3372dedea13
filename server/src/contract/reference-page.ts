/** A page that a person can read of the contract: every route, its caller, its fields, its refusals. */
import type { Route } from '#core/api/contract.ts';
import { contract } from '#core/api/index.ts';
import { errorCatalogue } from '#core/errors.ts';
import { escapeHtml } from '../escape-html.ts';
import { API_PREFIX, type Site, siteOf } from '../http.ts';

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui; }
body { max-width: 60rem; margin: 0 auto; padding: 1rem; }
h2 { margin-top: 2.5rem; } code { font: 0.95em ui-monospace, monospace; }
section { border-top: 1px solid #8886; padding: 1rem 0; } h3 { margin: 0; font-size: 1rem; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; } td, th { text-align: left; padding: 0.25rem 0.75rem 0.25rem 0; vertical-align: top; }
.caller { border: 1px solid #8886; border-radius: 1rem; padding: 0 0.6rem; font-size: 0.85rem; }
pre { overflow: auto; font-size: 0.85rem; max-height: 24rem; }`;

export const REFERENCE_STYLE = STYLE;

export function referencePage(site: Site, isProduction: boolean): string {
  const routes = Object.entries<Route>(contract)
    .filter(([key, route]) => siteOf(key) === site && !(route.caller === 'sandbox' && isProduction))
    .map(([key, route]) => section(key, route));
  const errors = Object.entries(errorCatalogue).map(
    ([code, { status, fr, retry }]) =>
      `<tr id="${code}"><td><code>${code}</code><td>${status}<td>${retry ? 'yes' : 'no'}<td lang="fr">${escapeHtml(fr)}`,
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Mbayar interface</title><style>${STYLE}</style></head><body><main>
<h1>The interface of Mbayar</h1>
<p>The same as <a href="/api/openapi.json">OpenAPI 3.1</a>. All addresses are under <code>${API_PREFIX}</code>. Bodies are
strict JSON: an unknown field, or a number sent as text, is refused. A command carries an <code>operationId</code> (UUID)
made by its sender before sending and kept for every retry: one id has one effect, for ever.</p>
<h2>Routes</h2>${routes.join('')}
<h2>Errors</h2><table><thead><tr><th>Code<th>Status<th>Retry<th>Sentence</thead><tbody>${errors.join('')}</tbody></table>
</main></body></html>`;
}

function section(key: string, route: Route): string {
  const fields = (name: string, schema: object | undefined) =>
    schema === undefined
      ? ''
      : `<details><summary>${name}</summary><pre>${escapeHtml(JSON.stringify(schema, null, 2))}</pre></details>`;
  const errors = route.errors.map((code) => `<a href="#${code}"><code>${code}</code></a>`).join(' · ');
  return `<section><h3><code>${escapeHtml(key)}</code> <span class="caller">${route.caller}</span></h3>
<p>${escapeHtml(route.summary)}</p>${fields('Query', route.query)}${fields('Body', route.body)}
${fields(`Answer ${route.status ?? 200}`, route.reply)}${errors === '' ? '' : `<p>Refusals: ${errors}</p>`}</section>`;
}

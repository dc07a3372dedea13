/**
 * Requests that a foreign page makes in somebody's browser. A page of another origin may link to ours; it may not read,
 * stream, or send anything here. Another port and another name under the same domain are other origins.
 *
 * Browsers say where a request comes from (Sec-Fetch-Site, Origin); a request that says it is from elsewhere is refused.
 * One that says nothing comes from a program or an old browser: it cannot be a foreign page's either, because
 * JSON needs a preflight, which nobody answers here, and forms need their token. What is neither is refused.
 */
import type { FastifyRequest } from 'fastify';
import { fail } from '#core/errors.ts';
import { bearerOf } from './session-of-request.ts';

const foreignSites: readonly unknown[] = ['cross-site', 'same-site'];

export function refuseForeignPages(request: FastifyRequest, isProduction: boolean): void {
  const { origin, host, cookie, 'sec-fetch-site': site, 'sec-fetch-mode': mode } = request.headers;
  // A program: what it carries, no browser adds by itself.
  if (cookie === undefined && bearerOf(request) !== null) return;
  const isReading = request.method === 'GET' || request.method === 'HEAD';
  if (origin !== undefined && !isOwnOrigin(origin, host, isProduction)) fail('not_allowed');
  if (site !== undefined) {
    const isLink = isReading && mode === 'navigate' && foreignSites.includes(site);
    if (site !== 'same-origin' && site !== 'none' && !isLink) fail('not_allowed');
    return;
  }
  if (isReading || origin !== undefined || cookie === undefined) return;
  if (request.headers['content-type'] === undefined) fail('not_allowed');
}

/** `null`, another host, another port; in production, anything that did not come over TLS. */
function isOwnOrigin(origin: string, host: string | undefined, isProduction: boolean): boolean {
  return origin === `https://${host}` || (!isProduction && origin === `http://${host}`);
}

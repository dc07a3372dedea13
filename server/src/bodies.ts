/** What may come in: addresses that say what they say, bodies of plain UTF-8, JSON through the strict parser. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { fail } from '#core/errors.ts';
import { parseStrictJson } from './strict-json.ts';

/** Compressed bodies, other alphabets, and a NUL in the address, which no text of the database can hold. */
export function refuseUnreadable(request: FastifyRequest): void {
  const { 'content-encoding': encoding, 'content-type': type } = request.headers;
  if (encoding !== undefined && encoding !== 'identity') fail('media_type_unsupported');
  const [, charset = 'utf-8'] = /;\s*charset="?([^";]*)/i.exec(type ?? '') ?? [];
  if (charset.trim().toLowerCase() !== 'utf-8') fail('media_type_unsupported');
  if (request.url.includes('%00')) fail('request_invalid', { detail: 'caractère nul' });
}

/** JSON only: a body that a foreign page's form can make is not taken. */
export function takeJsonOnly(api: FastifyInstance): void {
  api.removeAllContentTypeParsers();
  api.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, bytes, done) => {
    try {
      // parseAs says so; the types of the framework do not.
      done(null, parseStrictJson(bytes as Buffer));
    } catch (error) {
      done(error instanceof Error ? error : new Error('unreadable', { cause: error }));
    }
  });
}

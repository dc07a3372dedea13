/** The files that pages load: named by their content, so kept for ever, and compressed once. */
import type { FastifyInstance } from 'fastify';
import { fail } from '#core/errors.ts';
import type { PageBundle } from './page-bundle.ts';

export function serveAssets(app: FastifyInstance, bundle: PageBundle): void {
  const config = { isUncounted: true } as const;
  app.get<{ Params: { file: string } }>('/assets/:file', { config }, async (request, reply) => {
    const asset = bundle.files.get(request.params.file) ?? fail('not_found');
    const accepted = String(request.headers['accept-encoding'] ?? '');
    reply
      .type(asset.type)
      .header('cache-control', 'public, max-age=31536000, immutable')
      .header('vary', 'accept-encoding');
    if (asset.brotli !== null && /\bbr\b/.test(accepted)) {
      return reply.header('content-encoding', 'br').send(asset.brotli);
    }
    if (asset.gzip !== null && /\bgzip\b/.test(accepted)) {
      return reply.header('content-encoding', 'gzip').send(asset.gzip);
    }
    return reply.send(asset.bytes);
  });
}

import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { documentPolicy } from '../headers.ts';
import type { Site } from '../http.ts';
import { openApiDocument } from './openapi.ts';
import { REFERENCE_STYLE, referencePage } from './reference-page.ts';

/** /api/openapi.json for machines, /api for people. */
export function registerContract(app: FastifyInstance, site: Site, isProduction: boolean): void {
  const document = JSON.stringify(openApiDocument(site, isProduction));
  const page = referencePage(site, isProduction);
  const styleHash = createHash('sha256').update(REFERENCE_STYLE).digest('base64');
  app.get('/api/openapi.json', (_request, reply) =>
    reply.type('application/json; charset=utf-8').send(document),
  );
  app.get('/api', (_request, reply) =>
    reply
      .header('content-security-policy', documentPolicy(styleHash))
      .type('text/html; charset=utf-8')
      .send(page),
  );
}

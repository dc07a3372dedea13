/**
 * The application: two sites (the player's app and the office) on one set of features. Everything is registered here
 * by hand, one line a feature; tests call the same function.
 */
import cookie from '@fastify/cookie';
import { type FastifyInstance, fastify } from 'fastify';
import { contract } from '#core/api/index.ts';
import { fail } from '#core/errors.ts';
import type { Db } from './db.ts';
import {
  API_PREFIX,
  type HttpDeps,
  implementer,
  missingRoutes,
  refuseCrossSite,
  type Sessions,
  type Site,
  sendProblem,
} from './http.ts';
import type { Log } from './log.ts';
import { registerOperations } from './operations/routes.ts';
import { registerWrestlers } from './wrestlers/routes.ts';

export interface AppSecrets {
  /** Signs form tokens and slips. */
  readonly formKey: string;
  /** Peppers the hashes of one-time codes. */
  readonly codeKey: string;
}

export interface AppDeps {
  readonly db: Db;
  readonly log: Log;
  readonly isProduction: boolean;
  readonly secrets: AppSecrets;
}

export interface App {
  readonly player: FastifyInstance;
  readonly office: FastifyInstance;
  close(): Promise<void>;
}

export async function buildApp(deps: AppDeps): Promise<App> {
  const sessions = openSessions(deps);
  const player = await buildSite('player', deps, sessions);
  const office = await buildSite('office', deps, sessions);
  return {
    player,
    office,
    close: async () => {
      await Promise.all([player.close(), office.close()]);
    },
  };
}

async function buildSite(site: Site, deps: AppDeps, sessions: Sessions): Promise<FastifyInstance> {
  const app = fastify({
    logger: false,
    bodyLimit: 64 * 1024,
    requestTimeout: 30_000,
    exposeHeadRoutes: true,
    genReqId: () => crypto.randomUUID(),
    ajv: {
      customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: false, allErrors: false },
    },
  });
  const httpDeps: HttpDeps = { site, sessions, isProduction: deps.isProduction, log: deps.log };
  await app.register(cookie);
  app.addHook('onRequest', async (request) => refuseCrossSite(request));
  await app.register(async (api) => registerApi(api, deps, httpDeps), { prefix: API_PREFIX });
  await app.ready();
  const missing = missingRoutes(app, httpDeps, contract);
  if (missing.length > 0) throw new Error(`routes of the contract without a feature: ${missing.join(', ')}`);
  return app;
}

function registerApi(api: FastifyInstance, deps: AppDeps, http: HttpDeps): void {
  api.setErrorHandler((error, request, reply) => sendProblem(error, request, reply, deps.log));
  api.setNotFoundHandler(() => fail('not_found'));
  api.addHook('onSend', async (_request, reply) => {
    reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff');
  });
  const implement = implementer(api, http);
  registerOperations(implement, deps);
  registerWrestlers(implement, deps);
}

/**
 * The application: two sites (the player's app and the office) on one set of features. Everything is registered here
 * by hand, one line a feature; tests call the same function.
 */
import cookie from '@fastify/cookie';
import { type FastifyInstance, fastify } from 'fastify';
import { contract } from '#core/api/index.ts';
import { fail } from '#core/errors.ts';
import { recordDenial } from './audit/record-denial.ts';
import { registerAudit } from './audit/routes.ts';
import { registerBarredPeople } from './barred-people/routes.ts';

import { registerBetHistory } from './bet-history/routes.ts';
import { refuseUnreadable, takeJsonOnly } from './bodies.ts';
import { registerBonuses } from './bonuses/routes.ts';
import { registerBoutChanges } from './bout-changes/routes.ts';
import { liveBouts } from './bouts/live-bout.ts';
import { registerBouts } from './bouts/routes.ts';
import { registerContract } from './contract/routes.ts';
import { countForAddress } from './count-requests.ts';
import { refuseForeignPages } from './cross-site.ts';
import type { DataCipher } from './data-cipher.ts';
import { registerDataRights } from './data-rights/routes.ts';
import type { Db } from './db.ts';
import { registerCallbacks } from './deposits/callback-routes.ts';
import { registerDeposits } from './deposits/routes.ts';
import { liveDesks } from './desk/live-desk.ts';
import { registerDesk } from './desk/routes.ts';
import { registerDevices } from './devices/routes.ts';
import { answerBadConnection, baseHeaders, sendBaseHeaders } from './headers.ts';
import {
  API_PREFIX,
  type Denial,
  type HttpDeps,
  implementer,
  missingRoutes,
  type Origins,
  type Site,
  sendProblem,
} from './http.ts';
import { registerIdentity } from './identity/routes.ts';
import type { Jobs } from './jobs.ts';
import { type Limiter, openLimiter } from './limiter/limiter.ts';
import { type Live, openLive } from './live.ts';
import type { Log } from './log.ts';
import { type Maintenance, openMaintenance } from './maintenance/open-maintenance.ts';
import { refuseInMaintenance } from './maintenance/refuse-in-maintenance.ts';
import { type Catalogue, emptyCatalogue, openCatalogue } from './memory/catalogue.ts';
import type { SharedMemory } from './memory/shared-memory.ts';
import { registerObjections } from './objections/routes.ts';
import { type BetDesk, openBetDesk } from './offers/desk.ts';
import { registerOffers } from './offers/routes.ts';
import { registerOfficePages } from './office-pages.ts';
import { registerOperations } from './operations/routes.ts';
import type { PageBundle, PageBundles } from './page-bundle.ts';
import { registerPasskeys } from './passkeys/routes.ts';
import type { Providers } from './payments/provider.ts';
import { registerPlayAlerts } from './play-alerts/routes.ts';
import { registerPlayerPages } from './player-pages.ts';
import { registerPlayers } from './players/routes.ts';
import { type GuessWatch, openGuessWatch } from './players/watch-guessing.ts';
import { openPoolDesk, type PoolDesk } from './pools/pool-desk.ts';
import { registerPools } from './pools/routes.ts';
import { openTrees, type Trees } from './proofs/open-trees.ts';
import { keepReceiptKey } from './proofs/receipt-keys.ts';
import { registerProofs } from './proofs/routes.ts';
import { registerReconciliation } from './reconciliation/routes.ts';
import { registerResponsiblePlay } from './responsible-play/routes.ts';
import { registerSandbox } from './sandbox/routes.ts';
import { registerSandboxPage } from './sandbox/sandbox-page.ts';
import { compileSchemasLate } from './schema-compilers.ts';
import type { Secrets } from './secret-table.ts';
import { openSessions, type SessionStore } from './sessions/open-sessions.ts';
import { registerSessions } from './sessions/routes.ts';
import { registerSettings } from './setting-changes/routes.ts';
import type { Settings } from './settings/open-settings.ts';
import { shareSettings } from './settings/share-settings.ts';
import { registerSettlement } from './settlement/routes.ts';
import type { SmsGateway } from './sms/sms.ts';
import { registerStaff } from './staff/routes.ts';
import { registerStepUp } from './step-up/routes.ts';
import { registerWallet } from './wallet/routes.ts';
import { registerWithdrawals } from './withdrawals/routes.ts';
import { registerWrestlers } from './wrestlers/routes.ts';

export interface AppDeps {
  readonly db: Db;
  readonly jobs: Jobs;
  readonly log: Log;
  readonly isProduction: boolean;
  readonly secrets: Secrets;
  /** Of what the database keeps sealed. */
  readonly cipher: DataCipher;
  /** The names under which the two sites are reached. */
  readonly hosts: { readonly player: string; readonly office: string };
  /** Where the two sites are reached, as browsers name it. */
  readonly origins: Origins;
  /** Null: no message can be sent, and nobody can ask for a code. */
  readonly smsGateway: SmsGateway | null;
  readonly providers: Providers;
  readonly settings: Settings;
  /** What this node shares with the others. */
  readonly memory: SharedMemory;
  /** Public reads are kept for a moment, unless this says no. */
  readonly keepsCatalogue?: boolean;
  /** Addresses and networks of the proxies whose X-Forwarded-For is believed; nobody's unless given. */
  readonly trustedProxies?: readonly string[];
  /** The built pages of both apps; without them there is the JSON interface only. */
  readonly pages?: PageBundles | undefined;
  /** The clock of what a node believes of sessions; tests move it. */
  readonly now?: () => number;
}

export interface App {
  readonly player: FastifyInstance;
  readonly office: FastifyInstance;
  /** Tells the live pages of a bout that something was committed. */
  readonly onBoutChanged: (boutId: number) => void;
  /** Hears that a person's sessions ended otherwise than by a request. */
  readonly sessions: Pick<SessionStore, 'refresh'>;
  close(): Promise<void>;
}

/** What the features of both sites share. */
interface Shared extends AppDeps {
  readonly sessions: SessionStore;
  readonly limiter: Limiter;
  readonly catalogue: Catalogue;
  readonly guessWatch: GuessWatch;
  readonly live: Live;
  /** The same for the office: what only staff may see. */
  readonly deskLive: Live;
  readonly desk: BetDesk;
  readonly poolDesk: PoolDesk;
  readonly maintenance: Maintenance;
  readonly trees: Trees;
  readonly onBoutChanged: (boutId: number) => void;
}

export async function buildApp(deps: AppDeps): Promise<App> {
  const settings = shareSettings(deps);
  const maintenance = await openMaintenance(deps);
  const live = openLive(liveBouts(deps.db), deps.log);
  const deskLive = openLive(liveDesks(deps.db), deps.log);
  const endFollowing = deps.memory.subscribe('bout-changed', (boutId) => {
    live.changed(`bout:${boutId}`);
    deskLive.changed(`bout:${boutId}`);
  });
  const onBoutChanged = (boutId: number) => deps.memory.publish('bout-changed', boutId);
  const desk = openBetDesk({
    db: deps.db,
    settings: deps.settings,
    formKeys: deps.secrets.formKeys,
    onChanged: ({ boutId }) => onBoutChanged(boutId),
  });
  const limiter = openLimiter({ counts: deps.memory.counts, settings: deps.settings });
  await keepReceiptKey(deps);
  const shared: Shared = {
    ...deps,
    catalogue: deps.keepsCatalogue === false ? emptyCatalogue : openCatalogue(deps.memory.beliefs),
    settings,
    sessions: openSessions(deps),
    limiter,
    guessWatch: openGuessWatch({ ...deps, limiter }),
    live,
    deskLive,
    desk,
    poolDesk: openPoolDesk(deps),
    maintenance,
    trees: openTrees(deps.db, deps.keepsCatalogue === false ? { keptMs: 0 } : {}),
    onBoutChanged,
  };
  const player = await buildSite('player', shared);
  const office = await buildSite('office', shared);
  return {
    player,
    office,
    onBoutChanged,
    sessions: shared.sessions,
    close: async () => {
      endFollowing();
      settings.close();
      maintenance.close();
      live.close();
      deskLive.close();
      await Promise.all([player.close(), office.close()]);
      await shared.sessions.close();
    },
  };
}

async function buildSite(site: Site, deps: Shared): Promise<FastifyInstance> {
  const app = fastify({
    logger: false,
    bodyLimit: 64 * 1024,
    trustProxy: deps.trustedProxies === undefined ? false : [...deps.trustedProxies],
    // A picture of 5 MB takes its time on a slow network; heads have to come at once.
    requestTimeout: 180_000,
    http: { headersTimeout: 20_000 },
    exposeHeadRoutes: true,
    genReqId: () => crypto.randomUUID(),
    clientErrorHandler: answerBadConnection,
    // Addresses that are none: the framework answers before any hook of ours.
    frameworkErrors: (error, request, reply) =>
      sendProblem(error, request, reply.headers(baseHeaders), deps.log),
  });
  const { sessions, limiter, isProduction, log } = deps;
  const onDenied = (denial: Denial) => recordDenial(deps.db, denial);
  const httpDeps: HttpDeps = { site, sessions, limiter, isProduction, log, onDenied };
  sendBaseHeaders(app);
  compileSchemasLate(app);
  app.setErrorHandler((error, request, reply) => sendProblem(error, request, reply, log));
  if (site === 'player') refuseInMaintenance(app, deps.maintenance);
  if (site === 'player') await app.register(async (callbacks) => registerCallbacks(callbacks, deps));
  await app.register(cookie);
  app.addHook('onRequest', (request) => countForAddress(request, limiter));
  app.addHook('onRequest', async (request) => {
    // A provider is judged by its signature, over whatever bytes it sends.
    if (request.routeOptions.config.isForProviders === true) return;
    refuseUnreadable(request);
    refuseForeignPages(request, isProduction);
  });
  await app.register(async (api) => registerApi(api, deps, httpDeps), { prefix: API_PREFIX });
  registerContract(app, site, isProduction);
  if (site === 'player') registerSandboxPage(app, deps);
  const bundle = deps.pages?.[site];
  if (bundle != null) await app.register(async (pages) => registerPages(pages, deps, httpDeps, bundle));
  await app.ready();
  const missing = missingRoutes(app, httpDeps, contract);
  if (missing.length > 0) throw new Error(`routes of the contract without a feature: ${missing.join(', ')}`);
  return app;
}

function registerApi(api: FastifyInstance, deps: Shared, http: HttpDeps): void {
  takeJsonOnly(api);
  api.setNotFoundHandler(() => fail('not_found'));
  const implement = implementer(api, http);
  registerPlayers(implement, deps);
  registerDevices(implement, deps);
  registerStaff(implement, deps);
  registerSessions(implement, deps);
  registerPasskeys(implement, deps);
  registerStepUp(implement, deps);
  registerOperations(implement, deps);
  registerWrestlers(implement, deps);
  registerBouts(implement, deps);
  registerBoutChanges(implement, deps);
  registerOffers(implement, deps);
  registerBetHistory(implement, deps);
  registerObjections(implement, deps);
  registerPlayAlerts(implement, deps);
  registerProofs(implement, deps);
  registerPools(implement, deps);
  registerSettlement(implement, deps);
  registerDesk(implement, deps);
  registerWallet(implement, deps);
  registerBonuses(implement, deps);
  registerDeposits(implement, deps);
  registerWithdrawals(implement, deps);
  registerResponsiblePlay(implement, deps);
  registerIdentity(implement, deps);
  registerBarredPeople(implement, deps);
  registerDataRights(implement, deps);
  registerReconciliation(implement, deps);
  registerSettings(implement, deps);
  registerAudit(implement, deps);
  registerSandbox(implement, deps);
}

function registerPages(pages: FastifyInstance, deps: Shared, http: HttpDeps, bundle: PageBundle): void {
  if (http.site === 'player') registerPlayerPages(pages, deps, http, bundle);
  else registerOfficePages(pages, deps, http, bundle);
}

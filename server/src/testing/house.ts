/**
 * The whole house on a database of its own, for tests through HTTP: both sites, the job queue, an owner's handle to
 * prepare what is tested, and the check that every test of money ends with.
 */
import assert from 'node:assert/strict';
import type { InjectOptions } from 'fastify';
import type { SettingValues } from '#core/settings.ts';
import { type App, type AppDeps, buildApp } from '../app.ts';
import { openDataCipher } from '../data-cipher.ts';
import { type Db, openDb } from '../db.ts';
import { type JobRunner, openJobs } from '../jobs.ts';
import { findLedgerFaults } from '../ledger/check-ledger.ts';
import { openLog } from '../log.ts';
import { openEmbeddedMemory } from '../memory/embedded-memory.ts';
import type { SharedMemory } from '../memory/shared-memory.ts';
import type { PageBundles } from '../page-bundle.ts';
import type { Providers } from '../payments/provider.ts';
import { internalProviders } from '../payments/providers.ts';
import { openSettings, type Settings } from '../settings/open-settings.ts';
import { sandboxSmsGateway } from '../sms/sms.ts';
import { drawSecrets } from './secrets.ts';
import { approveSettings } from './seed-settings.ts';
import { openSimulated, type Simulated } from './simulated-providers.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

export interface Answer {
  readonly status: number;
  // What a test reads from an answer is checked by the test itself.
  // biome-ignore lint/suspicious/noExplicitAny: JSON of any shape
  readonly body: any;
  readonly headers: Readonly<Record<string, unknown>>;
}

export interface House {
  readonly database: TestDatabase;
  /** The server's own role. */
  readonly db: Db;
  /** The owner of the tables: prepares and looks, never acts. */
  readonly owner: Db;
  readonly jobs: JobRunner;
  readonly app: App;
  readonly settings: Settings;
  readonly memory: SharedMemory;
  /** What the application was built with: for another node on the same database. */
  readonly deps: AppDeps;
  /** Null unless asked for. */
  readonly simulated: Simulated | null;
  /** GET as whoever has the cookie; the site follows from the path. */
  get(path: string, cookie?: string): Promise<Answer>;
  /** POST of a JSON body; a string is sent as it is. */
  post(path: string, cookie: string | undefined, body: object | string): Promise<Answer>;
  assertSound(): Promise<void>;
  close(): Promise<void>;
}

export interface HouseOptions {
  /** Between the server and its database: a proxy that breaks connections, say. */
  readonly reroute?: (appUrl: string) => Promise<string>;
  readonly poolSize?: number;
  /** Sandbox unless said. */
  readonly isProduction?: boolean;
  /** Payment providers that misbehave; the real internal one unless said. */
  readonly providers?: Providers;
  /** Every provider with its simulator, whose callbacks come to this house. */
  readonly simulators?: true;
  /** The built pages: the JSON interface alone unless given. */
  readonly pages?: PageBundles;
  /** Settings that two people approved before the start: a higher rate limit, say. */
  readonly settings?: Partial<SettingValues>;
  readonly trustedProxies?: readonly string[];
  /** Public reads may be a moment old. Not unless said: tests look at what they have just changed. */
  readonly keepsCatalogue?: boolean;
}

/** A busy machine is no reason for a node to count by itself. */
const patienceMs = 30_000;

export async function openHouse(options: HouseOptions = {}): Promise<House> {
  const database = await createTestDatabase();
  const log = openLog('silent');
  const owner = openDb({ connectionString: database.ownerUrl, poolSize: 4 });
  const appUrl = (await options.reroute?.(database.appUrl)) ?? database.appUrl;
  const db = openDb({ connectionString: appUrl, poolSize: options.poolSize ?? 16 });
  const jobs = await openJobs({ connectionString: database.appUrl, log });
  if (options.settings !== undefined) await approveSettings(owner, options.settings);
  const settings = await openSettings({ db, log });
  const memory = await openEmbeddedMemory({ db, connectionString: database.appUrl, log, patienceMs });
  const simulated = options.simulators === true ? await openSimulated(log) : null;
  const secrets = drawSecrets();
  const deps: AppDeps = {
    db,
    jobs,
    log,
    isProduction: options.isProduction ?? false,
    secrets,
    cipher: openDataCipher(secrets.dataKeys),
    hosts: { player: 'localhost', office: 'localhost' },
    origins: { player: 'http://localhost:3000', office: 'http://localhost:3001' },
    smsGateway: sandboxSmsGateway,
    providers: simulated?.providers ?? options.providers ?? internalProviders,
    settings,
    memory,
    keepsCatalogue: options.keepsCatalogue ?? false,
    ...(options.trustedProxies === undefined ? {} : { trustedProxies: options.trustedProxies }),
    pages: options.pages,
  };
  const app = await buildApp(deps);
  simulated?.lead(app.player);

  let addresses = 0;
  const send = async (path: string, request: InjectOptions): Promise<Answer> => {
    addresses += 1;
    const site = path.startsWith('/staff') ? app.office : app.player;
    const response = await site.inject({
      // Each from an address of its own: limits by address have tests of their own.
      remoteAddress: `10.${(addresses >> 16) & 255}.${(addresses >> 8) & 255}.${addresses & 255}`,
      ...request,
      url: `/api/v1${path}`,
    });
    const text = response.body;
    return {
      status: response.statusCode,
      body: text === '' ? null : JSON.parse(text),
      headers: response.headers,
    };
  };

  return {
    database,
    db,
    owner,
    jobs,
    app,
    settings,
    memory,
    deps,
    simulated,
    get: (path, cookie) => send(path, { method: 'GET', headers: cookie === undefined ? {} : { cookie } }),
    post: (path, cookie, body) =>
      send(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(cookie === undefined ? {} : { cookie }) },
        payload: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    assertSound: async () => assert.deepEqual(await findLedgerFaults(owner), []),
    close: async () => {
      await simulated?.close();
      await app.close();
      settings.close();
      await memory.close();
      await jobs.stop();
      await db.close();
      await owner.close();
      await database.drop();
    },
  };
}

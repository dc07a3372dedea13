/**
 * `npm start`: from an empty directory to two sites that answer, and back down again.
 *
 * The order up is configuration, database, migrations, official record, demonstration, pages, application, ports;
 * the order down is the reverse: no new connection, the last answer sent, the database closed, PostgreSQL stopped.
 */
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { buildPages } from '../../tools/build-pages.ts';
import { type App, buildApp } from './app.ts';
import { openAuditFiles } from './audit/audit-files.ts';
import { startBackground } from './background.ts';
import { type Config, readConfig } from './config.ts';
import { openDataCipher } from './data-cipher.ts';
import { type Db, openDb } from './db.ts';
import { describeDemo } from './demo/describe-demo.ts';
import { seedDemo } from './demo/seed-demo.ts';
import type { Origins } from './http.ts';
import { type Jobs, openJobs } from './jobs.ts';
import { type Log, openLog } from './log.ts';
import { openMemory } from './memory/open-memory.ts';
import { migrate } from './migrate.ts';
import { loadPageBundles } from './page-bundle.ts';
import type { Providers } from './payments/provider.ts';
import { type ConfiguredProviders, openSimulatedProviders, readProviders } from './payments/providers.ts';
import { isPortFree } from './postgres/free-port.ts';
import { startPostgres } from './postgres/supervisor.ts';
import { keepSecret } from './secrets.ts';
import { openSettings } from './settings/open-settings.ts';
import { openOrangeSms } from './sms/orange.ts';
import { openSmsOutbox } from './sms/outbox.ts';
import { type SmsGateway, sandboxSmsGateway } from './sms/sms.ts';
import { StartError } from './start-error.ts';
import { type Step, stopInOrder } from './stop-in-order.ts';
import { applyImportOnce, readBundledFiles } from './wrestlers/import-official.ts';

/** How long a request that is being answered may hold up a stop. */
const lastAnswersTimeoutMs = 25_000;
/** How long one part may take to end; more than the last answers. */
const stepTimeoutMs = lastAnswersTimeoutMs + 10_000;
const idleSweepMs = 100;
const secondWishAfterMs = 2_000;

/** What runs, in the order it was started. */
const running: Step[] = [];
let starting: Promise<void> = Promise.resolve();
let stoppingSince: number | undefined;

listenToSignals();
await main();

async function main(): Promise<void> {
  const startedAt = performance.now();
  try {
    const config = readConfig(process.env, readProviders);
    const log = openLog(config.logLevel);
    starting = start(config, log);
    await starting;
    if (!isStopping()) announce(config, performance.now() - startedAt);
  } catch (error) {
    console.error(error instanceof StartError ? error.message : error);
    await stop(1);
  }
}

async function start(
  config: Config & { readonly more: ConfiguredProviders | undefined },
  log: Log,
): Promise<void> {
  const ports = [
    config.playerPort,
    config.officePort,
    ...(config.isProduction ? [] : [config.simulatorPort]),
  ];
  for (const port of ports) await refuseTakenPort(port, config.host);
  const { appUrl } = await openDatabase(config);
  if (isStopping()) return;
  const db = openDb({
    connectionString: appUrl,
    onIdleError: (error) => log.warn({ reason: error.message }, 'idle connection lost'),
  });
  running.push({ name: "the database's connections", stop: () => db.close() });
  await importOfficialRecord(db);
  if (isStopping()) return;
  const built = await buildPages();
  if (built.length > 0) say(`built the pages of ${built.join(' and ')}`);
  const settings = await openSettings({ db, log });
  running.push({ name: 'the settings', stop: async () => settings.close() });
  const memory = await openMemory(config, { db, connectionString: appUrl, log });
  running.push({ name: 'the shared memory', stop: () => memory.close() });
  const { isProduction, secrets } = config;
  const cipher = openDataCipher(secrets.dataKeys);
  const jobs = await openJobs({ connectionString: appUrl, log });
  running.push({ name: 'the jobs', stop: () => jobs.stop() });
  const providers = await openProviders(config, log);
  if (
    !isProduction &&
    (await seedDemo({ db, jobs, log, secrets, cipher, providers, settings, origins: originsOf(config) }))
  )
    say('made the demonstration gala');
  if (isStopping()) return;
  const app = await buildApp({
    db,
    jobs,
    log,
    isProduction,
    secrets,
    cipher,
    hosts: { player: new URL(config.publicUrl).hostname, office: new URL(config.officeUrl).hostname },
    origins: originsOf(config),
    smsGateway: smsGatewayOf(config, jobs),
    providers,
    settings,
    memory,
    trustedProxies: config.trustedProxies,
    pages: await loadPageBundles(),
  });
  running.push({ name: 'the sites', stop: () => closeApp(app) });
  const background = await startBackground({
    db,
    jobs,
    log,
    providers,
    settings,
    smsCarrier: config.orangeSms === null ? null : openOrangeSms(config.orangeSms),
    auditStream: openAuditFiles(config.auditDir),
    onBoutChanged: app.onBoutChanged,
    sessions: app.sessions,
    cipher,
    origins: originsOf(config),
  });
  running.push({ name: 'the background', stop: () => background.stop() });
  await listen(app.player, config.playerPort, config.host);
  await listen(app.office, config.officePort, config.host);
}

function originsOf({ publicUrl, officeUrl }: Config): Origins {
  return { player: publicUrl, office: officeUrl };
}

/** In the sandbox the simulators answer before anything may ask them. */
async function openProviders(
  config: Config & { readonly more: ConfiguredProviders | undefined },
  log: Log,
): Promise<Providers> {
  if (config.isProduction) {
    const opened = config.more?.({ log });
    if (opened === undefined) throw new Error('the providers were not read');
    running.push({ name: 'the providers', stop: () => opened.close() });
    return opened.providers;
  }
  const simulated = await openSimulatedProviders({
    log,
    url: config.simulatorUrl,
    playerUrl: config.publicUrl,
    directory: join(config.dataDir, 'simulators'),
  });
  running.push({ name: 'the simulators', stop: () => simulated.close() });
  await listen(simulated.site, config.simulatorPort, config.host);
  return simulated.providers;
}

/** Without a carrier production sends nothing, and nobody can ask for a code: the start says so. */
function smsGatewayOf({ isProduction, orangeSms }: Config, jobs: Jobs): SmsGateway | null {
  if (!isProduction) return sandboxSmsGateway;
  if (orangeSms !== null) return openSmsOutbox(jobs);
  say('no carrier of text messages (ORANGE_SMS_CLIENT_ID): nobody can log in with a code');
  return null;
}

/** The embedded PostgreSQL, or somebody else's; migrated either way. */
async function openDatabase(config: Config): Promise<{ appUrl: string }> {
  const ownerUrl = config.databaseUrl ?? (await startEmbedded(config.dataDir));
  const app =
    config.appDatabaseUrl === undefined
      ? { password: keepSecret(join(config.dataDir, 'secrets'), 'postgres-server') }
      : { url: config.appDatabaseUrl };
  const { appUrl, applied } = await migrate({ ownerUrl, app });
  if (applied.length > 0) say(`applied ${applied.length} migrations, up to ${applied.at(-1)}`);
  return { appUrl };
}

async function startEmbedded(dataDir: string): Promise<string> {
  const postgres = await startPostgres({ dataDir, log: say });
  running.push({ name: 'PostgreSQL', stop: () => postgres.stop() });
  return postgres.ownerUrl;
}

async function importOfficialRecord(db: Db): Promise<void> {
  const report = await applyImportOnce(db, await readBundledFiles(), { actor: 'start' });
  if (report !== null) say('imported the official record');
}

async function refuseTakenPort(port: number, host: string): Promise<void> {
  if (!(await isPortFree(port, host))) throw portTaken(port, host);
}

function portTaken(port: number, host: string): StartError {
  return new StartError(
    `Port ${port} of ${host} is taken by another program: stop it, or set PORT to another number.`,
  );
}

async function listen(site: FastifyInstance, port: number, host: string): Promise<void> {
  try {
    await site.listen({ port, host });
  } catch (error) {
    // It was free when it was looked at; it may be free again by now.
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') throw portTaken(port, host);
    throw error;
  }
}

/** Lets the requests that are being answered end; connections that wait for a next one are closed as they fall idle. */
async function closeApp(app: App): Promise<void> {
  const servers = [app.player.server, app.office.server];
  const sweep = setInterval(() => {
    for (const server of servers) server.closeIdleConnections();
  }, idleSweepMs);
  const giveUp = setTimeout(() => {
    for (const server of servers) server.closeAllConnections();
  }, lastAnswersTimeoutMs);
  await app.close();
  clearInterval(sweep);
  clearTimeout(giveUp);
}

function listenToSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0));
  // The launcher is gone without a word.
  process.on('disconnect', () => void stop(0));
  process.channel?.unref();
  process.on('uncaughtException', (error) => {
    console.error(error);
    void stop(1);
  });
}

function isStopping(): boolean {
  return stoppingSince !== undefined;
}

async function stop(exitCode: number): Promise<void> {
  if (stoppingSince !== undefined) {
    // Ctrl-C reaches us from the terminal and from the launcher too: only a later one is a second wish.
    if (performance.now() - stoppingSince > secondWishAfterMs) process.exit(130);
    return;
  }
  stoppingSince = performance.now();
  await starting.catch(() => undefined);
  const isDone = await stopInOrder(running, { timeoutMs: stepTimeoutMs, tell: console.error });
  process.exit(isDone ? exitCode : 1);
}

function say(line: string): void {
  console.log(`  ${line}`);
}

function announce(config: Config, tookMs: number): void {
  const seconds = Math.ceil(tookMs / 100) / 10;
  console.log(`
Mbayar is ready (${config.mode === 'sandbox' ? 'sandbox, play money' : 'production'}, ${seconds} s).

  Player's app   ${config.publicUrl}
  Office         ${config.officeUrl}
  Data           ${config.databaseUrl === undefined ? config.dataDir : 'DATABASE_URL'}
${config.isProduction ? '' : describeDemo(config)}
Ctrl-C stops everything.`);
}

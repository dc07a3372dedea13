/** The server under measurement, in a process of its own: the real application on a free port of loopback. */
import { buildApp } from '#server/app.ts';
import { openDataCipher } from '#server/data-cipher.ts';
import { openDb } from '#server/db.ts';
import { openJobs } from '#server/jobs.ts';
import { openLog } from '#server/log.ts';
import { openEmbeddedMemory } from '#server/memory/embedded-memory.ts';
import { internalProviders } from '#server/payments/providers.ts';
import { openSettings } from '#server/settings/open-settings.ts';
import { sandboxSmsGateway } from '#server/sms/sms.ts';
import { drawSecrets } from '#server/testing/secrets.ts';

const connectionString = process.argv[2] ?? '';
const secrets = drawSecrets();
const log = openLog('error');
const db = openDb({ connectionString });
const jobs = await openJobs({ connectionString, log });
const settings = await openSettings({ db, log });
const memory = await openEmbeddedMemory({ db, connectionString, log });
const app = await buildApp({
  db,
  jobs,
  log,
  isProduction: false,
  secrets,
  cipher: openDataCipher(secrets.dataKeys),
  hosts: { player: 'localhost', office: 'localhost' },
  origins: { player: 'http://localhost:3000', office: 'http://localhost:3001' },
  smsGateway: sandboxSmsGateway,
  providers: internalProviders,
  settings,
  memory,
});
await app.player.listen({ host: '127.0.0.1', port: Number(process.argv[3] ?? 0) });
const address = app.player.server.address();
process.send?.({ port: typeof address === 'object' ? address?.port : null });

process.on('message', (message) => {
  if (message === 'cpu') process.send?.({ cpu: process.cpuUsage() });
});
process.on('disconnect', () => void stop());
process.on('SIGTERM', () => void stop());

async function stop(): Promise<void> {
  app.player.server.closeAllConnections();
  await app.close();
  settings.close();
  await memory.close();
  await jobs.stop();
  await db.close();
  process.exit();
}

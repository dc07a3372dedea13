/**
 * The supervisor in a process of its own, for tests that kill it: `node run-postgres.ts <DATA_DIR>`. Prints what it
 * says, and one line of JSON when the database is up; stops on SIGTERM.
 */
import { startPostgres } from '../postgres/supervisor.ts';
import { StartError } from '../start-error.ts';

const dataDir = process.argv[2] ?? '';
// Orphaned by a killed test run, it would wait for ever.
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
try {
  const postgres = await startPostgres({ dataDir, log: (line) => console.error(line) });
  process.once('SIGTERM', async () => {
    await postgres.stop();
    process.exit(0);
  });
  process.send?.({
    pid: postgres.pid(),
    port: postgres.port,
    ownerUrl: postgres.ownerUrl,
    adminUrl: postgres.adminUrl,
  });
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  console.error(error.message);
  process.exit(1);
}

/** A node that takes jobs and never ends one. */
import { openJobs } from '#server/jobs.ts';
import { openLog } from '#server/log.ts';

const jobs = await openJobs({ connectionString: process.argv[2] ?? '', log: openLog('error') });
await jobs.work('seal-market', async () => {
  process.send?.('begun');
  await new Promise(() => undefined);
});
process.send?.('ready');

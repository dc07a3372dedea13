/**
 * Jobs: work that follows from a transaction and outlives the process. A job is sent inside the transaction that
 * causes it, so it exists if and only if that commits. It may run twice or by two workers at once: handlers look at
 * the state they find. A node that dies leaves its jobs to the others within 30 s (`npm run killed-worker`); features also look for unfinished
 * work when they start.
 */
import { type JobResult, PgBoss } from 'pg-boss';
import type { Tx } from './db.ts';
import type { Log } from './log.ts';

/** Every kind of job with what it carries: verb-noun, as in the file that does it. */
export interface JobData {
  readonly 'seal-market': { readonly marketId: number };
  readonly 'settle-market': { readonly marketId: number };
  /** Publishes a closed pool's root, and pays it once every leg is decided. */
  readonly 'settle-pool': { readonly poolId: number };
  readonly 'read-callback': { readonly callbackId: number };
  readonly 'send-withdrawal': { readonly withdrawalId: string };
  readonly 'reverse-withdrawal': { readonly withdrawalId: string };
  readonly 'refund-payment': { readonly refundId: string };
  readonly 'pay-out-winners': { readonly settlementId: string };
  /** Gives the bonuses that follow from the settlement of a market or a pool. */
  readonly 'grant-bonuses': { readonly marketId: number } | { readonly poolId: number };
  readonly 'cancel-offers': { readonly playerId: string };
  readonly 'send-sms': { readonly smsId: number };
  readonly 'export-data': { readonly exportId: string };
  readonly 'erase-player': { readonly playerId: string };
}

export type JobName = keyof JobData;

const jobNames = [
  'seal-market',
  'settle-market',
  'settle-pool',
  'read-callback',
  'send-withdrawal',
  'reverse-withdrawal',
  'refund-payment',
  'pay-out-winners',
  'grant-bonuses',
  'cancel-offers',
  'send-sms',
  'export-data',
  'erase-player',
] as const satisfies readonly JobName[];

export interface SendOptions {
  readonly afterMs?: number;
}

export interface Jobs {
  /** Equal jobs that wait to be run are one job. */
  send<Name extends JobName>(tx: Tx, name: Name, data: JobData[Name], options?: SendOptions): Promise<void>;
}

export interface JobRunner extends Jobs {
  /** From now on this node does jobs of this name. A handler that throws is run again later. */
  work<Name extends JobName>(
    name: Name,
    handler: (data: JobData[Name]) => Promise<void>,
    /** How many handlers run at once, at least 2. */
    options?: { readonly concurrency?: number },
  ): Promise<void>;
  /** Lets running handlers finish, for four seconds at most. */
  stop(): Promise<void>;
}

/** Opens the queue that the migrations made. Nothing is done until `work`. */
export async function openJobs(options: { connectionString: string; log: Log }): Promise<JobRunner> {
  const boss = new PgBoss({
    connectionString: options.connectionString,
    application_name: 'mbayar-jobs',
    max: 4,
    migrate: false,
    schedule: false,
    // Belongs to the owner of the tables.
    reindex: false,
    monitorVacuum: false,
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 4,
  });
  boss.on('error', (error) => options.log.error({ err: error }, 'jobs'));
  await boss.start();
  for (const name of jobNames) await createQueue(boss, name);
  return {
    send: async (tx, name, data, { afterMs = 0 } = {}) => {
      await boss.send(name, data, {
        singletonKey: JSON.stringify(data),
        db: { executeSql: async (text, values) => ({ rows: await tx.query(text, values) }) },
        ...(afterMs > 0 ? { startAfter: new Date(Date.now() + afterMs) } : {}),
      });
    },
    work: async <Name extends JobName>(
      name: Name,
      handler: (data: JobData[Name]) => Promise<void>,
      { concurrency = 4 }: { readonly concurrency?: number } = {},
    ) => {
      // As many as run at once are fetched at once; as long as there are more, without a pause.
      const how = {
        pollingIntervalSeconds: 0.5,
        batchSize: concurrency,
        burstWhenBatchFull: true,
        perJobResults: true,
      } as const;
      await boss.work<JobData[Name], never, typeof how>(name, how, (jobs) =>
        Promise.all(jobs.map(({ id, data }) => runJob({ name, id, log: options.log }, () => handler(data)))),
      );
    },
    stop: () => boss.stop({ graceful: true, timeout: 4_000 }),
  };
}

/** A node that has been silent for so long is dead: with the supervision above, its jobs go on within 30 s. */
const HEARTBEAT_S = 10;

async function createQueue(boss: PgBoss, name: JobName): Promise<void> {
  await boss.createQueue(name, {
    policy: 'short',
    heartbeatSeconds: HEARTBEAT_S,
    expireInSeconds: 15 * 60,
    retryLimit: 1_000,
    retryDelay: 1,
    retryBackoff: true,
    retryDelayMax: 60,
    deleteAfterSeconds: 24 * 60 * 60,
  });
  // A queue that an older version made would keep its own.
  await boss.updateQueue(name, { heartbeatSeconds: HEARTBEAT_S });
}

async function runJob(
  job: { readonly name: string; readonly id: string; readonly log: Log },
  handle: () => Promise<void>,
): Promise<JobResult> {
  try {
    await handle();
    return { id: job.id, status: 'completed' };
  } catch (error) {
    job.log.error({ err: error, job: job.name, jobId: job.id }, 'a job failed and is run again');
    return { id: job.id, status: 'failed', output: String(error) };
  }
}

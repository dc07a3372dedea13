/**
 * What runs beside the requests: the workers of the job queue, the hard stops, and the ledger's own check. Every node
 * may run it: each piece of work is safe to do twice.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type AuditStream, sealAudit } from './audit/seal-audit.ts';
import { grantBonuses } from './bonuses/grant-bonuses.ts';
import { voidPostponed } from './bout-changes/void-postponed.ts';
import { closePastHardStops } from './bouts/close-market.ts';
import type { DataCipher } from './data-cipher.ts';
import { advanceClosures } from './data-rights/advance-closure.ts';
import { erasePlayer, sendErasuresDue } from './data-rights/erase-player.ts';
import { buildExport } from './data-rights/export-data.ts';
import { DatabaseUnavailable, type Db, OutcomeUnknown } from './db.ts';
import { pollDeposits } from './deposits/poll-deposits.ts';
import { readCallback } from './deposits/read-callback.ts';
import type { Origins } from './http.ts';
import type { JobRunner } from './jobs.ts';
import { findLedgerFaults } from './ledger/check-ledger.ts';
import type { Log } from './log.ts';
import { cancelOffersOf } from './offers/cancel-offers-of.ts';
import { expireOffers } from './offers/expire-offers.ts';
import type { Providers } from './payments/provider.ts';
import { raiseAlerts } from './play-alerts/raise-alerts.ts';
import { closePoolsPastHardStops } from './pool-whistle/close-pools.ts';
import { findPoolsToSettle, settlePool } from './pools/settle-pool.ts';
import { findRootFaults } from './proofs/find-root-faults.ts';
import { reconcileHourly } from './reconciliation/reconcile.ts';
import { findExcludedWhoOffer } from './responsible-play/find-excluded-who-offer.ts';
import type { SessionStore } from './sessions/open-sessions.ts';
import type { Settings } from './settings/open-settings.ts';
import { sealMarket } from './settlement/seal-market.ts';
import { findUnfinishedMarkets, settleMarket } from './settlement/settle-market.ts';
import type { SmsCarrier } from './sms/carrier.ts';
import { expireSms, sendSms } from './sms/send-sms.ts';
import { refundPayment } from './suspense/refund-payment.ts';
import { payOutWinners } from './withdrawals/pay-out-winners.ts';
import { readBalances } from './withdrawals/read-balances.ts';
import { resumeWithdrawals } from './withdrawals/resume-withdrawals.ts';
import { reverseWithdrawal } from './withdrawals/reverse-withdrawal.ts';
import { sendWithdrawal } from './withdrawals/send-withdrawal.ts';

export interface BackgroundDeps {
  readonly db: Db;
  readonly jobs: JobRunner;
  readonly log: Log;
  readonly providers: Providers;
  readonly settings: Settings;
  /** Who carries text messages; none in the sandbox, which keeps them. */
  readonly smsCarrier?: SmsCarrier | null;
  /** Where the audit log is copied to. */
  readonly auditStream: AuditStream;
  readonly onBoutChanged: (boutId: number) => void;
  readonly sessions: Pick<SessionStore, 'refresh'>;
  readonly cipher: DataCipher;
  readonly origins: Origins;
}

export interface Background {
  stop(): Promise<void>;
}

const HARD_STOP_EVERY_MS = 1_000;
const EXPIRE_OFFERS_EVERY_MS = 1_000;
const POLL_DEPOSITS_EVERY_MS = 2_000;
const RESUME_WITHDRAWALS_EVERY_MS = 10_000;
const READ_BALANCES_EVERY_MS = 60_000;
/** What is decided because its time is over has nobody who says so. */
const SETTLE_POOLS_EVERY_MS = 10_000;
const EXPIRE_SMS_EVERY_MS = 30_000;
const VOID_POSTPONED_EVERY_MS = 60_000;
const DATABASE_RETRY_MS = 250;
const DATABASE_AWAY_MAX_MS = 5 * 60_000;
const AUDIT_SEAL_EVERY_MS = 1_000;
const CLOSURES_EVERY_MS = 5_000;
const ERASURES_EVERY_MS = 10 * 60_000;
const PLAY_ALERTS_EVERY_MS = 15 * 60_000;
const LEDGER_CHECK_EVERY_MS = 3 * 60_000;
const ROOTS_CHECK_EVERY_MS = 60_000;
/** About a tenth of a second of hashing. */
const LEAVES_PER_CHECK = 50_000;
/** Each account once an hour, whichever node comes first. */
const RECONCILE_LOOK_EVERY_MS = 60_000;

export async function startBackground(deps: BackgroundDeps): Promise<Background> {
  const { db, jobs, onBoutChanged } = deps;
  await jobs.work('seal-market', ({ marketId }) => outlast(() => sealMarket(db, marketId)));
  await jobs.work('settle-market', ({ marketId }) =>
    outlast(() => settleMarket({ db, jobs, onProgress: onBoutChanged }, marketId)),
  );
  await jobs.work('settle-pool', ({ poolId }) => outlast(() => settlePool(deps, poolId)));
  await jobs.work('read-callback', ({ callbackId }) => readCallback(deps, callbackId), { concurrency: 8 });
  await jobs.work('send-withdrawal', ({ withdrawalId }) => sendWithdrawal(deps, withdrawalId), {
    concurrency: 4,
  });
  await jobs.work('reverse-withdrawal', ({ withdrawalId }) => reverseWithdrawal(deps, withdrawalId));
  await jobs.work('refund-payment', ({ refundId }) => refundPayment(deps, refundId));
  await jobs.work('pay-out-winners', ({ settlementId }) => outlast(() => payOutWinners(deps, settlementId)));
  await jobs.work('grant-bonuses', (settled) => outlast(() => grantBonuses(deps, settled)));
  await jobs.work('cancel-offers', ({ playerId }) => outlast(() => cancelOffersOf(deps, playerId)));
  const carrier = deps.smsCarrier ?? null;
  if (carrier !== null) {
    await jobs.work('send-sms', ({ smsId }) => sendSms({ ...deps, carrier }, smsId), { concurrency: 8 });
  }
  await jobs.work('export-data', ({ exportId }) => outlast(() => buildExport(deps, exportId)));
  await jobs.work('erase-player', async ({ playerId }) => {
    await erasePlayer(db, playerId);
  });
  await resumeUnfinished(deps);
  const repeated = [
    repeat(HARD_STOP_EVERY_MS, deps.log, async () => {
      for (const boutId of await closePastHardStops(deps)) onBoutChanged(boutId);
      await closePoolsPastHardStops(deps);
    }),
    repeat(EXPIRE_OFFERS_EVERY_MS, deps.log, () => expireOffers(deps)),
    ...Object.keys(deps.providers).map((provider) =>
      repeat(POLL_DEPOSITS_EVERY_MS, deps.log, () => pollDeposits(deps, provider)),
    ),
    repeat(VOID_POSTPONED_EVERY_MS, deps.log, async () => {
      await voidPostponed(deps);
    }),
    repeat(SETTLE_POOLS_EVERY_MS, deps.log, () => sendPoolsToSettle(deps)),
    repeat(READ_BALANCES_EVERY_MS, deps.log, () => readBalances(deps)),
    repeat(RESUME_WITHDRAWALS_EVERY_MS, deps.log, () => resumeWithdrawals(deps)),
    repeat(EXPIRE_SMS_EVERY_MS, deps.log, () => expireSms(db)),
    repeat(AUDIT_SEAL_EVERY_MS, deps.log, async () => {
      await sealAudit(db, deps.auditStream);
    }),
    repeat(CLOSURES_EVERY_MS, deps.log, () => advanceClosures(deps)),
    repeat(ERASURES_EVERY_MS, deps.log, () => sendErasuresDue(deps)),
    repeat(PLAY_ALERTS_EVERY_MS, deps.log, async () => {
      await raiseAlerts(deps);
    }),
    repeat(LEDGER_CHECK_EVERY_MS, deps.log, () => checkLedger(deps)),
    repeat(ROOTS_CHECK_EVERY_MS, deps.log, checkRoots(deps)),
    repeat(RECONCILE_LOOK_EVERY_MS, deps.log, () => reconcileHourly(deps)),
  ];
  return {
    stop: async () => {
      await Promise.all(repeated.map((stop) => stop()));
    },
  };
}

/**
 * Runs work that may be begun again, and goes on as soon as a database that went away answers: the queue would wait
 * for the end of the job's lease, and people wait for their money.
 */
async function outlast(work: () => Promise<void>): Promise<void> {
  const giveUpAt = performance.now() + DATABASE_AWAY_MAX_MS;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      const isAway = error instanceof DatabaseUnavailable || error instanceof OutcomeUnknown;
      if (!isAway || performance.now() > giveUpAt) throw error;
      await sleep(DATABASE_RETRY_MS);
    }
  }
}

/** What a killed process left half done goes on at once; its job would come back only when its lease has ended. */
async function resumeUnfinished(deps: BackgroundDeps): Promise<void> {
  const { db, jobs } = deps;
  const { toSeal, toSettle } = await findUnfinishedMarkets(db);
  const excluded = await findExcludedWhoOffer(db);
  await db.transaction(async (tx) => {
    for (const marketId of toSeal) await jobs.send(tx, 'seal-market', { marketId });
    for (const playerId of excluded) await jobs.send(tx, 'cancel-offers', { playerId });
    for (const marketId of toSettle) await jobs.send(tx, 'settle-market', { marketId });
  });
  await sendPoolsToSettle(deps);
  await resumeWithdrawals(deps);
}

async function sendPoolsToSettle({ db, jobs }: BackgroundDeps): Promise<void> {
  const poolIds = await findPoolsToSettle(db);
  if (poolIds.length === 0) return;
  await db.transaction(async (tx) => {
    for (const poolId of poolIds) await jobs.send(tx, 'settle-pool', { poolId });
  });
}

async function checkLedger({ db, log }: BackgroundDeps): Promise<void> {
  const faults = await findLedgerFaults(db);
  if (faults.length > 0)
    log.error({ faults: faults.slice(0, 20), count: faults.length }, 'the ledger is not sound');
}

/** Makes published roots again, each time the next ones, and begins anew at the end of the chain. */
function checkRoots({ db, log }: BackgroundDeps): () => Promise<void> {
  let after = 0;
  return async () => {
    const { faults, next } = await findRootFaults(db, after, LEAVES_PER_CHECK);
    after = next ?? 0;
    if (faults.length > 0)
      log.error({ faults: faults.slice(0, 20), count: faults.length }, 'bets are not what was published');
  };
}

/** Runs `work` again and again, `everyMs` after it has ended. Returns what stops it, once it rests. */
function repeat(everyMs: number, log: Log, work: () => Promise<void>): () => Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  let isStopped = false;
  const turn = () => {
    running = work()
      .catch((error: unknown) => log.error({ err: error }, 'background work failed'))
      .then(() => {
        if (!isStopped) timer = setTimeout(turn, everyMs).unref();
      });
  };
  timer = setTimeout(turn, everyMs).unref();
  return () => {
    isStopped = true;
    clearTimeout(timer);
    return running;
  };
}

/** Settles a market, a pool or both, as the jobs do, and says how much memory it takes. Killed at any time by its parent. */
import { openDb } from '#server/db.ts';
import { settlePool } from '#server/pools/settle-pool.ts';
import { settleMarket } from '#server/settlement/settle-market.ts';
import { noJobs } from './ground.ts';

/** What it tells its parent: its memory now, what it does, or that something is done. */
export type Said =
  | { readonly kind: 'begins' }
  /** What the process holds, and, where it may collect garbage at will, what of it is in use. */
  | { readonly kind: 'memory'; readonly rssBytes: number; readonly liveBytes: number | null }
  | { readonly kind: 'done'; readonly what: 'market' | 'pool'; readonly tookMs: number };

const [appUrl = '', marketId = '', poolId = '', ...subjects] = process.argv.slice(2);
const say = (said: Said) => process.send?.(said);
const db = openDb({ connectionString: appUrl, poolSize: 2 });
await db.query('SELECT 1');
say({ kind: 'begins' });
const sampling = setInterval(() => {
  globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  say({ kind: 'memory', rssBytes: rss, liveBytes: globalThis.gc === undefined ? null : heapUsed + external });
}, 50);
const timed = async (what: 'market' | 'pool', work: () => Promise<void>) => {
  if (!subjects.includes(what)) return;
  const beganAt = performance.now();
  await work();
  say({ kind: 'done', what, tookMs: performance.now() - beganAt });
};
await timed('market', () =>
  settleMarket({ db, jobs: noJobs, onProgress: () => undefined }, Number(marketId)),
);
await timed('pool', () => settlePool({ db, jobs: noJobs }, Number(poolId)));
clearInterval(sampling);
await db.close();
process.disconnect?.();

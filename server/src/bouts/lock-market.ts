/**
 * Locks a market, or a bout with every market of it, for a staff command, and reads what the command decides on.
 * Order: the bout, then its markets in id order.
 */
import type { BoutState } from '#core/bout.ts';
import { fail } from '#core/errors.ts';
import { type MarketState, mayBecome } from '#core/market.ts';
import type { Question } from '#core/question.ts';
import type { BoutRules, PayoutPolicy } from '#core/rule-card.ts';
import { first, type Tx } from '../db.ts';
import type { StaffIdentity } from '../http.ts';
import { type GalaAccess, requireMayRun } from './access.ts';
import { boutRulesOf } from './bout-rules-sql.ts';

export interface LockedMarket extends GalaAccess {
  readonly id: number;
  readonly boutId: number;
  readonly boutState: BoutState;
  readonly state: MarketState;
  readonly question: Question;
  readonly payoutPolicy: PayoutPolicy;
  readonly authority: string;
  readonly boutRules: BoutRules;
  readonly hardStopAt: Date;
  readonly closedAt: Date | null;
  readonly isTest: boolean;
  readonly hasRoot: boolean;
  /** The database's clock, read after the lock. */
  readonly now: Date;
  /** The same to the microsecond, as the database writes it: for what is stored. */
  readonly nowAt: string;
}

const MARKETS = `SELECT m.id, m.bout_id AS "boutId", b.state AS "boutState", m.state, g.authority, g.visibility,
    question_of(m.kind, m.line_seconds, m.method_group) AS question, m.payout_policy AS "payoutPolicy",
    ${boutRulesOf('g')} AS "boutRules", m.is_test AS "isTest",
    m.hard_stop_at AS "hardStopAt", m.closed_at AS "closedAt", m.root IS NOT NULL AS "hasRoot", c.now, c.now::text AS "nowAt"
  FROM (SELECT clock_timestamp() AS now OFFSET 0) c, market m JOIN bout b ON b.id = m.bout_id JOIN gala g ON g.id = b.gala_id`;

/** Exclusive until the transaction ends: no bet of this market is decided meanwhile. Two statements, so that what is
 * read is what stands after the lock was got. */
export async function lockMarket(tx: Tx, marketId: number): Promise<LockedMarket | null> {
  await tx.query('SELECT 1 FROM market WHERE id = $1 FOR NO KEY UPDATE', [marketId]);
  return first(await tx.query<LockedMarket>(`${MARKETS} WHERE m.id = $1`, [marketId]));
}

export async function lockMarketFor(tx: Tx, staff: StaffIdentity, marketId: number): Promise<LockedMarket> {
  const market = (await lockMarket(tx, marketId)) ?? fail('not_found');
  requireMayRun(staff, market);
  return market;
}

/** Waits for a whistle that is being blown, and keeps the bout's state as it is until the transaction ends. */
export async function holdBoutOfMarket(tx: Tx, marketId: number): Promise<void> {
  await tx.query('SELECT 1 FROM bout WHERE id = (SELECT bout_id FROM market WHERE id = $1) FOR SHARE', [
    marketId,
  ]);
}

/** 0, which no bout has, when there is no such market. */
export async function findBoutOfMarket(tx: Tx, marketId: number): Promise<number> {
  const row = first(
    await tx.query<{ id: number }>('SELECT bout_id AS id FROM market WHERE id = $1', [marketId]),
  );
  return row?.id ?? 0;
}

export interface LockedBout extends GalaAccess {
  readonly id: number;
  readonly state: BoutState;
  /** Every market of the bout, drafts included, in id order. */
  readonly markets: readonly LockedMarket[];
}

/** Locks a bout and every market of it: nothing is bet or opened on it meanwhile. A market added now is a draft. */
export async function lockBout(tx: Tx, boutId: number): Promise<LockedBout | null> {
  await tx.query('SELECT 1 FROM bout WHERE id = $1 FOR NO KEY UPDATE', [boutId]);
  await tx.query('SELECT 1 FROM market WHERE bout_id = $1 ORDER BY id FOR NO KEY UPDATE', [boutId]);
  const bout = first(
    await tx.query<Omit<LockedBout, 'markets'>>(
      `SELECT b.id, b.state, g.visibility, g.is_test AS "isTest" FROM bout b JOIN gala g ON g.id = b.gala_id WHERE b.id = $1`,
      [boutId],
    ),
  );
  if (bout === null) return null;
  const markets = await tx.query<LockedMarket>(`${MARKETS} WHERE m.bout_id = $1 ORDER BY m.id`, [boutId]);
  return { ...bout, markets };
}

export async function lockBoutFor(tx: Tx, staff: StaffIdentity, boutId: number): Promise<LockedBout> {
  const bout = (await lockBout(tx, boutId)) ?? fail('not_found');
  requireMayRun(staff, bout);
  return bout;
}

/** When the bets of the bout closed: all at one instant. Null before. */
export function closedAtOf(bout: LockedBout): Date | null {
  return bout.markets.find((market) => market.closedAt !== null)?.closedAt ?? null;
}

export function requireMayBecome(market: LockedMarket, state: MarketState): void {
  if (!mayBecome(market.state, state)) fail('market_state_forbids', { state: market.state });
}

export function requireBeforeHardStop(market: LockedMarket): void {
  if (market.now >= market.hardStopAt) fail('hard_stop_passed');
}

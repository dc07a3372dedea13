import type { Static } from 'typebox';
import type { SettlementView } from '#core/api/bouts.ts';
import { type Db, first, type Tx } from '../db.ts';

export type Settlement = Static<typeof SettlementView>;

/** How far the payment of a market is, its newest version; null before any result was confirmed. */
export async function findSettlement(db: Db | Tx, marketId: number): Promise<Settlement | null> {
  const row = first(
    await db.query<
      Omit<Settlement, 'startedAt' | 'finishedAt'> & { startedAt: Date; finishedAt: Date | null }
    >(
      `SELECT market_id AS "marketId", outcome, state, duel_count AS "duelCount", paid_count AS "paidCount",
         started_at AS "startedAt", finished_at AS "finishedAt"
       FROM settlement WHERE market_id = $1 ORDER BY version DESC LIMIT 1`,
      [marketId],
    ),
  );
  if (row === null) return null;
  return {
    ...row,
    startedAt: row.startedAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}

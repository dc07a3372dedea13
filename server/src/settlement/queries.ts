import type { Static } from 'typebox';
import type { SettlementView } from '#core/api/results.ts';
import { type Db, first, type Tx } from '../db.ts';

export type Settlement = Static<typeof SettlementView>;

interface Row extends Omit<Settlement, 'startedAt' | 'finishedAt'> {
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
}

const SETTLEMENT = `SELECT s.market_id AS "marketId", s.version, s.outcome, s.state, s.duel_count AS "duelCount",
    s.paid_count AS "paidCount", s.started_at AS "startedAt", s.finished_at AS "finishedAt", c.state AS correction
  FROM settlement s LEFT JOIN correction c ON c.id = s.id`;

/** How far the payment of a market is, its newest version; null before any result was confirmed. */
export async function findSettlement(db: Db | Tx, marketId: number): Promise<Settlement | null> {
  const row = first(
    await db.query<Row>(`${SETTLEMENT} WHERE s.market_id = $1 ORDER BY s.version DESC LIMIT 1`, [marketId]),
  );
  return row === null ? null : settlementOf(row);
}

/** The settlements of one version of a bout's result, in the order of its markets. */
export async function findSettlementsOfBout(
  db: Db | Tx,
  boutId: number,
  version: number,
): Promise<Settlement[]> {
  const rows = await db.query<Row>(
    `${SETTLEMENT} JOIN market m ON m.id = s.market_id WHERE m.bout_id = $1 AND s.version = $2 ORDER BY m.id`,
    [boutId, version],
  );
  return rows.map(settlementOf);
}

function settlementOf(row: Row): Settlement {
  return {
    ...row,
    startedAt: row.startedAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}

import type { Xof } from '#core/money.ts';
import type { Db, Tx } from '../db.ts';
import type { ProviderName } from '../payments/provider.ts';

export interface Winner {
  readonly playerId: string;
  readonly accountId: number;
  readonly isTest: boolean;
  readonly provider: ProviderName;
  /** Of all his duels or tickets of this settlement. */
  readonly payoutXof: Xof;
}

/** Who of this settlement wants his winnings at once and has had no answer yet. Stakes given back are no winnings. */
export async function findWinnersToPayOut(db: Db, settlementId: string, limit: number): Promise<Winner[]> {
  return db.query<Winner>(
    `WITH won AS (
       SELECT player_a_id AS player_id, payout_a_xof AS payout_xof FROM duel
       WHERE settlement_id = $1 AND outcome = 'A'
       UNION ALL
       SELECT player_b_id, payout_b_xof FROM duel WHERE settlement_id = $1 AND outcome = 'B'
       UNION ALL
       SELECT player_id, payout_xof FROM pool_ticket WHERE settlement_id = $1 AND outcome = 'won'
     )
     SELECT p.id AS "playerId", p.available_account_id AS "accountId", p.is_test AS "isTest",
       p.pays_out_to AS provider, sum(w.payout_xof)::bigint AS "payoutXof"
     FROM won w JOIN player p ON p.id = w.player_id
     WHERE p.pays_out_to IS NOT NULL AND NOT EXISTS (
       SELECT FROM automatic_payout a WHERE a.settlement_id = $1 AND a.player_id = p.id)
     GROUP BY p.id ORDER BY p.id LIMIT $2`,
    [settlementId, limit],
  );
}

export async function recordAutomaticPayout(
  tx: Tx,
  made: {
    readonly settlementId: string;
    readonly playerId: string;
    readonly withdrawalId: string | null;
    readonly refusal: string | null;
  },
): Promise<void> {
  await tx.query(
    'INSERT INTO automatic_payout (settlement_id, player_id, withdrawal_id, refusal) VALUES ($1, $2, $3, $4)',
    [made.settlementId, made.playerId, made.withdrawalId, made.refusal],
  );
}

/** Null: his winnings stay on his balance. */
export async function findPaysOutTo(db: Db | Tx, playerId: string): Promise<ProviderName | null> {
  const rows = await db.query<{ paysOutTo: ProviderName | null }>(
    'SELECT pays_out_to AS "paysOutTo" FROM player WHERE id = $1',
    [playerId],
  );
  return rows[0]?.paysOutTo ?? null;
}

export async function recordPaysOutTo(
  tx: Tx,
  playerId: string,
  provider: ProviderName | null,
): Promise<void> {
  await tx.query('UPDATE player SET pays_out_to = $2 WHERE id = $1', [playerId, provider]);
}

import type { Tx } from '../db.ts';

/** False: no active player has this pseudonym. */
export async function insertReferral(tx: Tx, playerId: string, pseudonymKey: string): Promise<boolean> {
  const rows = await tx.query(
    `INSERT INTO referral (player_id, referrer_id)
     SELECT $1, id FROM player WHERE pseudonym_key = $2 AND state = 'active' AND id <> $1 RETURNING 1`,
    [playerId, pseudonymKey],
  );
  return rows.length > 0;
}

import type { BonusGrant } from '#core/api/bonuses.ts';
import type { Xof } from '#core/money.ts';
import { type Db, one } from '../db.ts';
import type { GrantRefusal } from './queries.ts';

export async function findBonusAccount(db: Db, playerId: string): Promise<number | null> {
  return one(
    await db.query<{ id: number | null }>('SELECT bonus_account_id AS id FROM player WHERE id = $1', [
      playerId,
    ]),
  ).id;
}

export async function findGrants(
  db: Db,
  playerId: string,
): Promise<(Omit<BonusGrant, 'decidedAt'> & { readonly decidedAt: Date })[]> {
  return db.query(
    `SELECT id AS "grantId", reason, amount_xof AS "amountXof", refusal, decided_at AS "decidedAt"
     FROM bonus_grant WHERE player_id = $1 ORDER BY decided_at DESC, id LIMIT 100`,
    [playerId],
  );
}

export interface FriendRow {
  readonly pseudonym: string;
  readonly signedUpAt: Date;
  readonly isDecided: boolean;
  /** Of the one who referred him; null: nothing was given for anybody. */
  readonly amountXof: Xof | null;
  readonly refusal: GrantRefusal | null;
}

export async function findFriends(db: Db, playerId: string): Promise<FriendRow[]> {
  return db.query<FriendRow>(
    `SELECT p.pseudonym, r.signed_up_at AS "signedUpAt", r.decided_at IS NOT NULL AS "isDecided",
       g.amount_xof AS "amountXof", g.refusal
     FROM referral r JOIN player p ON p.id = r.player_id
     LEFT JOIN bonus_grant g ON g.referred_id = r.player_id AND g.reason = 'referrer'
     WHERE r.referrer_id = $1 ORDER BY r.signed_up_at DESC, r.player_id LIMIT 100`,
    [playerId],
  );
}

/** What a player sees of his bonus money, and of the friends he referred. */
import type { Bonus, Friend, Referral } from '#core/api/bonuses.ts';
import type { Movement } from '#core/api/player-pages.ts';
import { ZERO_XOF } from '#core/money.ts';
import type { Db } from '../db.ts';
import type { Origins, PlayerIdentity } from '../http.ts';
import { findBonus } from '../ledger/find-available.ts';
import { readSettings } from '../settings/open-settings.ts';
import { readMovements } from '../wallet/show-statement.ts';
import { findBonusAccount, findFriends, findGrants } from './show-queries.ts';

const MOVEMENTS_A_PAGE = 50;

export async function showBonus(db: Db, { playerId }: PlayerIdentity): Promise<Bonus> {
  const { referralBonusXof, firstLostBetBackMaxXof } = await readSettings(db);
  const grants = await findGrants(db, playerId);
  return {
    balanceXof: await findBonus(db, playerId),
    referralXof: referralBonusXof,
    firstLostBetBackMaxXof,
    grants: grants.map((grant) => ({ ...grant, decidedAt: grant.decidedAt.toISOString() })),
  };
}

export async function showBonusStatement(
  db: Db,
  player: PlayerIdentity,
  before: string | null,
): Promise<{ movements: Movement[]; next: string | null }> {
  const accountId = await findBonusAccount(db, player.playerId);
  if (accountId === null) return { movements: [], next: null };
  const filter = { kind: null, since: null, until: null, before };
  return readMovements(db, { ...player, accountId }, filter, MOVEMENTS_A_PAGE);
}

export async function showReferral(db: Db, player: PlayerIdentity, origins: Origins): Promise<Referral> {
  const { referralBonusXof, referralsPlayerMax } = await readSettings(db);
  const friends = await findFriends(db, player.playerId);
  return {
    code: player.pseudonym,
    link: `${origins.player}/connexion?parrain=${encodeURIComponent(player.pseudonym)}`,
    referralXof: referralBonusXof,
    friendsMax: referralsPlayerMax,
    friends: friends.map(
      ({ pseudonym, signedUpAt, isDecided, amountXof, refusal }): Friend => ({
        pseudonym,
        signedUpAt: signedUpAt.toISOString(),
        state: stateOf(isDecided, amountXof, refusal),
        amountXof: refusal === null && amountXof !== null ? amountXof : ZERO_XOF,
        refusal,
      }),
    ),
  };
}

function stateOf(isDecided: boolean, amountXof: number | null, refusal: string | null): Friend['state'] {
  if (!isDecided) return 'waiting';
  if (refusal !== null) return 'refused';
  return amountXof === null ? 'none' : 'given';
}

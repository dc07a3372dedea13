/** Private offers: whom a new one is for, and the link that lets one in. */
import type { NewChallenge } from '#core/book.ts';
import { fail } from '#core/errors.ts';
import { opposite, type Side } from '#core/market.ts';
import type { Db } from '../db.ts';
import type { PlayerIdentity } from '../http.ts';
import { readPhone } from '../sessions/read-phone.ts';
import { isSigned, type Keys, signText } from '../sessions/signed-text.ts';
import { findAccountOfPhone, findAnswered } from './queries.ts';

const PURPOSE = 'challenge';

/** The secret of an offer's link: it follows from the offer's id, so that nothing is stored. */
export function challengeKey(keys: Keys, offerId: string): string {
  return signText(keys, PURPOSE, offerId);
}

export function isChallengeKey(keys: Keys, offerId: string, key: string | undefined): boolean {
  return key !== undefined && isSigned(keys, PURPOSE, offerId, key);
}

export interface ChallengeAsked {
  readonly marketId: number;
  readonly side: Side;
  /** As typed. */
  readonly invitedPhone?: string | undefined;
  readonly byLink?: boolean | undefined;
  /** The offer that this one answers, and the key of its link if it has one. */
  readonly answersOfferId?: string | undefined;
  readonly answersKey?: string | undefined;
}

/** Null when the offer is for everybody. One way at most: a phone, a link or an answer. */
export async function readNewChallenge(
  db: Db,
  keys: Keys,
  player: PlayerIdentity,
  asked: ChallengeAsked,
): Promise<NewChallenge | null> {
  const { invitedPhone, byLink = false, answersOfferId } = asked;
  const ways = [invitedPhone !== undefined, byLink, answersOfferId !== undefined].filter(Boolean).length;
  if (ways > 1) fail('request_invalid', { detail: 'un défi est pour un numéro, par lien ou en réponse' });
  if (invitedPhone !== undefined) {
    const phone = readPhone(invitedPhone);
    const playerId = await findAccountOfPhone(db, phone);
    return playerId === player.playerId ? fail('offer_own') : { by: 'phone', phone, playerId };
  }
  if (byLink) return { by: 'link' };
  return answersOfferId === undefined ? null : readAnswer(db, keys, player, { ...asked, answersOfferId });
}

async function readAnswer(
  db: Db,
  keys: Keys,
  player: PlayerIdentity,
  asked: ChallengeAsked & { readonly answersOfferId: string },
): Promise<NewChallenge> {
  const { answersOfferId: offerId, marketId, side, answersKey } = asked;
  const answered = await findAnswered(db, offerId);
  if (answered === null || answered.marketId !== marketId) return fail('offer_not_found');
  if (answered.playerId === player.playerId) return fail('offer_own');
  const maySee =
    answered.visibility === 'public' ||
    answered.invitedPlayerId === player.playerId ||
    (answered.visibility === 'link' && isChallengeKey(keys, offerId, answersKey));
  if (!maySee) return fail('offer_not_found');
  if (side !== opposite(answered.side))
    fail('request_invalid', { detail: 'une contre-offre est de l’autre côté du défi' });
  return { by: 'answer', offerId, playerId: answered.playerId };
}

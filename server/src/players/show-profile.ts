import { fail } from '#core/errors.ts';
import type { Db } from '../db.ts';
import type { PlayerIdentity } from '../http.ts';
import { maskPhone } from '../sessions/read-phone.ts';
import { findPlayerById, type PlayerRow } from './queries.ts';

export function viewOf({ playerId, pseudonym, phone, isTest }: PlayerRow) {
  return { playerId, pseudonym, maskedPhone: maskPhone(phone), isTest };
}

/** Who a player is, as he sees himself: of his phone, the last digits only. */
export async function showProfile(db: Db, player: PlayerIdentity) {
  return viewOf((await findPlayerById(db, player.playerId)) ?? fail('log_in_required'));
}

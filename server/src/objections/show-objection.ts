import type { BetObjection, StaffObjection } from '#core/api/objection-pages.ts';
import { fail } from '#core/errors.ts';
import { recordLook } from '../audit/record-look.ts';
import type { Db } from '../db.ts';
import type { PlayerIdentity, StaffIdentity } from '../http.ts';
import { findGround, findObjection, findObjections } from './queries.ts';

/** What a bettor has said about a bet of his, or until when he may. */
export async function showBetObjection(
  db: Db,
  { playerId }: PlayerIdentity,
  betId: string,
): Promise<BetObjection> {
  const ground = (await findGround(db, playerId, betId)) ?? fail('not_found');
  const objection = await findObjection(db, playerId, ground.marketId);
  return {
    objection,
    untilAt: ground.untilAt?.toISOString() ?? null,
    mayObject: ground.isInTime && objection === null,
  };
}

/** What people wrote is theirs: the look is written down. */
export async function listObjections(db: Db, staff: StaffIdentity): Promise<StaffObjection[]> {
  await recordLook(db, staff, { what: 'view-objections', target: 'objections' });
  return findObjections(db);
}

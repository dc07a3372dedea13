/** A player objects to what a market paid him. Nothing moves by it: a settled bet changes by a correction only. */
import type { BetObjection } from '#core/api/objection-pages.ts';
import { fail } from '#core/errors.ts';
import { ANSWER_HOURS } from '#core/objection.ts';
import type { Db } from '../db.ts';
import type { PlayerIdentity } from '../http.ts';
import { runOperation } from '../operations/operation.ts';
import { findGround, findObjection, insertObjection } from './queries.ts';

export function raiseObjection(
  db: Db,
  { playerId }: PlayerIdentity,
  {
    operationId,
    betId,
    reason,
  }: { readonly operationId: string; readonly betId: string; readonly reason: string },
): Promise<NonNullable<BetObjection['objection']>> {
  const operation = { id: operationId, kind: 'raise-objection', actorId: playerId, input: { betId, reason } };
  return runOperation(db, operation, async (tx) => {
    const { marketId, version, isInTime } = (await findGround(tx, playerId, betId)) ?? fail('not_found');
    // Before the clock: who has objected is told so, whatever the hour.
    if ((await findObjection(tx, playerId, marketId)) !== null) fail('objection_already_made');
    if (version === null) fail('objection_too_early');
    if (!isInTime) fail('objection_too_late');
    const raised = {
      id: operationId,
      playerId,
      marketId,
      betId,
      version,
      reason: reason.trim(),
      answerHours: ANSWER_HOURS,
    };
    if (!(await insertObjection(tx, raised))) fail('objection_already_made');
    return (await findObjection(tx, playerId, marketId)) ?? fail('not_found');
  });
}

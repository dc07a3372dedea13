/** Support answers an objection, once: upheld by a correction that two people have made, or rejected with a reason. */
import type { StaffObjection } from '#core/api/objection-pages.ts';
import { fail } from '#core/errors.ts';
import type { ObjectionVerdict } from '#core/objection.ts';
import type { Db } from '../db.ts';
import type { StaffIdentity } from '../http.ts';
import { runStaffCommand } from '../staff/run-staff-command.ts';
import { lockObjection, recordAnswer } from './queries.ts';

export function answerObjection(
  db: Db,
  staff: StaffIdentity,
  {
    operationId,
    objectionId,
    verdict,
    answer,
  }: {
    readonly operationId: string;
    readonly objectionId: string;
    readonly verdict: ObjectionVerdict;
    readonly answer: string;
  },
): Promise<StaffObjection> {
  const command = {
    operationId,
    command: 'answer-objection',
    target: `objection ${objectionId}`,
    input: { verdict, answer },
  };
  return runStaffCommand(db, staff, command, async (tx) => {
    const { objection, correctionId } = (await lockObjection(tx, objectionId)) ?? fail('not_found');
    if (objection.state !== 'open') fail('objection_already_answered');
    if (verdict === 'upheld' && correctionId === null) fail('objection_needs_correction');
    const resultId = verdict === 'upheld' ? correctionId : null;
    const given = { verdict, answer: answer.trim(), resultId, staffId: staff.staffId };
    await recordAnswer(tx, objectionId, given);
    const { objection: answered } = (await lockObjection(tx, objectionId)) ?? fail('not_found');
    return answered;
  });
}

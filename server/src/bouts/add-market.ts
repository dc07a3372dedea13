import { fail } from '#core/errors.ts';
import type { Question } from '#core/question.ts';
import type { Db } from '../db.ts';
import type { StaffIdentity } from '../http.ts';
import { runStaffCommand } from '../staff/run-staff-command.ts';
import { insertMarket } from './add-bout.ts';
import { lockBoutFor } from './lock-market.ts';

export interface AddMarket {
  readonly operationId: string;
  readonly boutId: number;
  readonly question: Question;
}

/** Adds a market in draft to a bout that is still to come. A bout asks each question once. */
export function addMarket(
  db: Db,
  staff: StaffIdentity,
  { operationId, boutId, question }: AddMarket,
): Promise<{ readonly operationId: string; readonly marketId: number }> {
  const command = { operationId, command: 'add-market', target: `bout ${boutId}`, input: { question } };
  return runStaffCommand(db, staff, command, async (tx) => {
    const bout = await lockBoutFor(tx, staff, boutId);
    if (bout.state !== 'announced') fail('bout_state_forbids', { state: bout.state });
    const marketId = await insertMarket(tx, boutId, question);
    return { operationId, marketId: marketId ?? fail('question_already_asked') };
  });
}

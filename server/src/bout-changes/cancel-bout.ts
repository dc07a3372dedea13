/**
 * A bout that is not fought: called off, an opponent replaced, a forfeit before the whistle. One command stops betting
 * on every market and pool of it and proposes that result; a colleague confirms it, and every stake goes back.
 */
import type { UnfoughtEnding } from '#core/api/bout-changes.ts';
import { fail } from '#core/errors.ts';
import { type CloseDeps, closeBout } from '../bouts/close-market.ts';
import { closedAtOf, lockBoutFor } from '../bouts/lock-market.ts';
import type { StaffIdentity } from '../http.ts';
import { proposeUnfought } from '../settlement/propose-result.ts';
import { runStaffCommand } from '../staff/run-staff-command.ts';

export interface CancelBout {
  readonly operationId: string;
  readonly boutId: number;
  readonly ending: UnfoughtEnding;
  readonly source: string;
}

export interface CancelledBout {
  readonly operationId: string;
  readonly resultId: string;
  /** Null when nothing was ever opened on the bout. */
  readonly closedAt: string | null;
}

export function cancelBout(
  deps: CloseDeps,
  staff: StaffIdentity,
  { operationId, boutId, ending, source }: CancelBout,
): Promise<CancelledBout> {
  const input = { ending, source };
  const command = { operationId, command: 'cancel-bout', target: `bout ${boutId}`, input };
  return runStaffCommand(deps.db, staff, command, async (tx) => {
    const bout = await lockBoutFor(tx, staff, boutId);
    if (bout.state === 'decided' || bout.state === 'cancelled') fail('result_already_confirmed');
    const closedAt = (await closeBout(tx, deps.jobs, bout, 'cancelled')) ?? closedAtOf(bout);
    // Nothing of it was ever opened: nothing can be opened any more.
    await tx.query(`UPDATE bout SET state = 'whistled' WHERE id = $1 AND state = 'announced'`, [boutId]);
    await proposeUnfought(tx, staff, boutId, { id: operationId, ending, source });
    return { operationId, resultId: operationId, closedAt: closedAt?.toISOString() ?? null };
  });
}

/**
 * The true instant of the whistle, by two people. The press may come late: any bet made after the true whistle is
 * voided before settlement.
 */
import { fail } from '#core/errors.ts';
import { type Db, first, type Tx } from '../db.ts';
import type { StaffIdentity } from '../http.ts';
import { runStaffCommand } from '../staff/run-staff-command.ts';
import { closedAtOf, type LockedBout, lockBoutFor } from './lock-market.ts';

export interface TrueWhistle {
  readonly operationId: string;
  readonly boutId: number;
  /** ISO 8601. */
  readonly at: string;
}

export interface RecordedWhistle {
  readonly operationId: string;
  readonly at: string;
}

/** Proposes the instant; a proposal of a colleague that is not confirmed is replaced. */
export function proposeTrueWhistle(
  db: Db,
  staff: StaffIdentity,
  asked: TrueWhistle,
): Promise<RecordedWhistle> {
  const { operationId, boutId, at } = asked;
  const command = { operationId, command: 'propose-true-whistle', target: `bout ${boutId}`, input: { at } };
  return runStaffCommand(db, staff, command, async (tx) => {
    const bout = await lockBoutFor(tx, staff, boutId);
    requireUndecided(bout);
    const closedAt = closedAtOf(bout) ?? fail('bout_state_forbids', { state: bout.state });
    if (Date.parse(at) > closedAt.getTime()) fail('true_whistle_not_before_close');
    await tx.query(
      `INSERT INTO true_whistle (bout_id, at, proposed_by) VALUES ($1, $2, $3)
       ON CONFLICT (bout_id) DO UPDATE SET at = excluded.at, proposed_by = excluded.proposed_by,
         proposed_at = clock_timestamp(), confirmed_by = NULL, confirmed_at = NULL`,
      [boutId, at, staff.staffId],
    );
    return { operationId, at: new Date(at).toISOString() };
  });
}

/** Confirms the instant that was proposed: another person, and the very instant he read. */
export function confirmTrueWhistle(
  db: Db,
  staff: StaffIdentity,
  asked: TrueWhistle,
): Promise<RecordedWhistle> {
  const { operationId, boutId, at } = asked;
  const command = { operationId, command: 'confirm-true-whistle', target: `bout ${boutId}`, input: { at } };
  return runStaffCommand(db, staff, command, async (tx) => {
    requireUndecided(await lockBoutFor(tx, staff, boutId));
    const proposed = await findTrueWhistle(tx, boutId);
    if (proposed === null || proposed.confirmedBy !== null || proposed.at.getTime() !== Date.parse(at)) {
      return fail('true_whistle_absent');
    }
    if (proposed.proposedBy === staff.staffId) fail('same_person');
    await tx.query(
      'UPDATE true_whistle SET confirmed_by = $2, confirmed_at = clock_timestamp() WHERE bout_id = $1',
      [boutId, staff.staffId],
    );
    return { operationId, at: proposed.at.toISOString() };
  });
}

function requireUndecided({ state }: LockedBout): void {
  if (state === 'decided' || state === 'cancelled') fail('result_already_confirmed');
}

interface TrueWhistleRow {
  readonly at: Date;
  readonly proposedBy: string;
  readonly confirmedBy: string | null;
}

export async function findTrueWhistle(tx: Tx, boutId: number): Promise<TrueWhistleRow | null> {
  return first(
    await tx.query<TrueWhistleRow>(
      `SELECT at, proposed_by AS "proposedBy", confirmed_by AS "confirmedBy" FROM true_whistle WHERE bout_id = $1`,
      [boutId],
    ),
  );
}

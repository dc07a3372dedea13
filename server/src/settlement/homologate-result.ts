/**
 * Homologation: the body that decides says that the verdict of the day stands. One person proposes it with its source,
 * another confirms; the markets of the bout whose card waits for it are then paid.
 */
import { fail } from '#core/errors.ts';
import { waitsForHomologation } from '#core/outcome.ts';
import { lockBoutFor } from '../bouts/lock-market.ts';
import { type Db, first, type Tx } from '../db.ts';
import type { StaffIdentity } from '../http.ts';
import type { Jobs } from '../jobs.ts';
import { runStaffCommand } from '../staff/run-staff-command.ts';
import { findStandingResult } from './result-queries.ts';
import { startSettlement } from './start-settlements.ts';

export interface HomologationNamed {
  readonly operationId: string;
  readonly homologationId: string;
}

interface HomologationAsked {
  readonly operationId: string;
  readonly boutId: number;
  readonly homologationId: string;
}

/** Proposes the homologation of the result that stands. Its id is the operation's. */
export function proposeHomologation(
  db: Db,
  staff: StaffIdentity,
  asked: { readonly operationId: string; readonly boutId: number; readonly source: string },
): Promise<HomologationNamed> {
  const { operationId, boutId, source } = asked;
  const command = {
    operationId,
    command: 'propose-homologation',
    target: `bout ${boutId}`,
    input: { source },
  };
  return runStaffCommand(db, staff, command, async (tx) => {
    const { result } = await lockHeld(tx, staff, boutId);
    const inserted = await tx.query(
      `INSERT INTO homologation (id, result_id, source, proposed_by) VALUES ($1, $2, $3, $4)
       ON CONFLICT (result_id) WHERE withdrawn_at IS NULL DO NOTHING RETURNING id`,
      [operationId, result.id, source, staff.staffId],
    );
    if (inserted.length === 0) fail('homologation_already_proposed');
    return { operationId, homologationId: operationId };
  });
}

/** Confirms it: another person. What waited for it is paid. */
export function confirmHomologation(
  deps: { readonly db: Db; readonly jobs: Jobs },
  staff: StaffIdentity,
  asked: HomologationAsked,
): Promise<HomologationNamed> {
  const { operationId, boutId, homologationId } = asked;
  const command = {
    operationId,
    command: 'confirm-homologation',
    target: `bout ${boutId}`,
    input: { homologationId },
  };
  return runStaffCommand(deps.db, staff, command, async (tx) => {
    const { held, result } = await lockHeld(tx, staff, boutId);
    const proposed = await requireProposed(tx, result.id, homologationId);
    if (proposed.proposedBy === staff.staffId) fail('same_person');
    await tx.query(
      'UPDATE homologation SET confirmed_by = $2, confirmed_at = clock_timestamp() WHERE id = $1',
      [homologationId, staff.staffId],
    );
    for (const market of held) await startSettlement(tx, deps.jobs, market, result);
    return { operationId, homologationId };
  });
}

/** Takes a proposed homologation back. */
export function withdrawHomologation(
  db: Db,
  staff: StaffIdentity,
  asked: HomologationAsked,
): Promise<HomologationNamed> {
  const { operationId, boutId, homologationId } = asked;
  const command = {
    operationId,
    command: 'withdraw-homologation',
    target: `bout ${boutId}`,
    input: { homologationId },
  };
  return runStaffCommand(db, staff, command, async (tx) => {
    const { result } = await lockHeld(tx, staff, boutId);
    await requireProposed(tx, result.id, homologationId);
    await tx.query('UPDATE homologation SET withdrawn_at = clock_timestamp() WHERE id = $1', [
      homologationId,
    ]);
    return { operationId, homologationId };
  });
}

/** The bout, locked, with the markets that wait and the result that they wait for. */
async function lockHeld(tx: Tx, staff: StaffIdentity, boutId: number) {
  const bout = await lockBoutFor(tx, staff, boutId);
  const result = await findStandingResult(tx, boutId);
  const held = bout.markets.filter(
    ({ state, payoutPolicy }) =>
      state === 'closed' && result !== null && waitsForHomologation(payoutPolicy, result.ending),
  );
  if (result === null || held.length === 0) return fail('homologation_not_expected');
  return { held, result };
}

async function requireProposed(
  tx: Tx,
  resultId: string,
  homologationId: string,
): Promise<{ proposedBy: string }> {
  const row = first(
    await tx.query<{ proposedBy: string }>(
      `SELECT proposed_by AS "proposedBy" FROM homologation
       WHERE id = $1 AND result_id = $2 AND withdrawn_at IS NULL AND confirmed_at IS NULL`,
      [homologationId, resultId],
    ),
  );
  return row ?? fail('homologation_absent');
}

import { fail } from '#core/errors.ts';
import { type BoutRules, usualBoutRules } from '#core/rule-card.ts';
import { type Db, one, type Tx } from '../db.ts';
import type { StaffIdentity } from '../http.ts';
import { runStaffCommand } from '../staff/run-staff-command.ts';
import { mayRun } from './access.ts';

export interface NewGala {
  readonly name: string;
  readonly venue: string;
  readonly promoter?: string | undefined;
  readonly authority: string;
  /** ISO 8601. */
  readonly startsAt: string;
  readonly visibility: 'public' | 'hidden';
  readonly isTest: boolean;
  /** Durations and warnings of the evening; the usual ones unless said. */
  readonly boutRules?: BoutRules | undefined;
}

export interface CreatedGala {
  readonly operationId: string;
  readonly galaId: number;
}

/** Creates a gala in the future. A robot may only make hidden test galas. */
export function createGala(
  db: Db,
  staff: StaffIdentity,
  gala: NewGala & { readonly operationId: string },
): Promise<CreatedGala> {
  const { operationId, ...input } = gala;
  const asked = { operationId, command: 'create-gala', target: 'gala', input };
  return runStaffCommand(db, staff, asked, async (tx) => {
    if (!mayRun(staff, gala)) fail('not_allowed');
    await requireFuture(tx, gala.startsAt);
    return { operationId, galaId: await insertGala(tx, operationId, gala) };
  });
}

/** Refuses an instant that the database's clock has passed. */
export async function requireFuture(tx: Tx, instant: string): Promise<void> {
  const { past } = one(
    await tx.query<{ past: boolean }>('SELECT $1::timestamptz <= clock_timestamp() AS past', [instant]),
  );
  if (past) fail('date_in_past');
}

export async function insertGala(tx: Tx, operationId: string, gala: NewGala): Promise<number> {
  const rules = gala.boutRules ?? usualBoutRules;
  const rows = await tx.query<{ id: number }>(
    `INSERT INTO gala (name, venue, promoter, authority, starts_at, visibility, is_test, created_by_operation,
       round_count, round_minutes, break_minutes, extension_minutes, warnings_limit)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) RETURNING id`,
    [
      gala.name,
      gala.venue,
      gala.promoter ?? null,
      gala.authority,
      gala.startsAt,
      gala.visibility,
      gala.isTest,
      operationId,
      rules.roundCount,
      rules.roundMinutes,
      rules.breakMinutes,
      rules.extensionMinutes,
      rules.warningsLimit,
    ],
  );
  return one(rows).id;
}

/** Creates a pool in draft: its questions, its own escrow account, and the instants that follow from its bouts. */
import { fail } from '#core/errors.ts';
import { LEGS_MAX, type LegKind } from '#core/pool-leg.ts';
import { type GalaAccess, requireMayRun } from '../bouts/access.ts';
import { type Db, first, one, type Tx } from '../db.ts';
import type { StaffIdentity } from '../http.ts';
import { openAccount } from '../ledger/post.ts';
import { readSettings } from '../settings/open-settings.ts';
import { runStaffCommand } from '../staff/run-staff-command.ts';

export interface NewLeg {
  readonly boutId: number;
  readonly kind: LegKind;
  readonly lineSeconds?: number | undefined;
}

export interface NewPool {
  readonly operationId: string;
  readonly galaId: number;
  readonly name: string;
  readonly legs: readonly NewLeg[];
}

export interface CreatedPool {
  readonly operationId: string;
  readonly poolId: number;
}

export function createPool(db: Db, staff: StaffIdentity, asked: NewPool): Promise<CreatedPool> {
  const { operationId, galaId, name, legs } = asked;
  const command = { operationId, command: 'create-pool', target: `gala ${galaId}`, input: { name, legs } };
  return runStaffCommand(db, staff, command, async (tx) => {
    const gala = first(
      await tx.query<GalaAccess>('SELECT visibility, is_test AS "isTest" FROM gala WHERE id = $1', [galaId]),
    );
    if (gala === null) return fail('not_found');
    requireMayRun(staff, gala);
    requireGoodLegs(legs);
    await requireAnnounced(
      tx,
      legs.map(({ boutId }) => boutId),
      galaId,
    );
    return { operationId, poolId: await insertPool(tx, asked, gala.isTest) };
  });
}

function requireGoodLegs(legs: readonly NewLeg[]): void {
  const questions = new Set(legs.map(({ boutId, kind }) => `${boutId} ${kind}`));
  const hasLine = legs.every(
    ({ kind, lineSeconds }) => (kind === 'over_under') === (lineSeconds !== undefined),
  );
  if (legs.length === 0 || legs.length > LEGS_MAX || questions.size < legs.length || !hasLine)
    fail('pool_legs_invalid');
}

/** Bouts of this gala (of any, when it is null) that have not been whistled. */
export async function requireAnnounced(
  tx: Tx,
  boutIds: readonly number[],
  galaId: number | null,
): Promise<void> {
  const ids = [...new Set(boutIds)];
  const announced = await tx.query(
    `SELECT FROM bout WHERE id = ANY ($1) AND state = 'announced' AND gala_id = coalesce($2, gala_id)`,
    [ids, galaId],
  );
  if (announced.length < ids.length) fail('pool_legs_invalid');
}

/** The first bout's hard stop is the pool's; what is undecided at six the next morning counts as right for all. */
async function insertPool(
  tx: Tx,
  { operationId, galaId, name, legs }: NewPool,
  isTest: boolean,
): Promise<number> {
  const { id } = one(await tx.query<{ id: number }>(`SELECT nextval('pool_id_seq')::int AS id`));
  const { hardStopDelayMs } = await readSettings(tx);
  const escrow = await openAccount(tx, 'pool_escrow', String(id), isTest);
  const { isOver } = one(
    await tx.query<{ isOver: boolean }>(
      `WITH gala_day AS (
         SELECT date_trunc('day', starts_at AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' + interval '30 hours' AS decided_by
         FROM gala WHERE id = $2
       )
       INSERT INTO pool (id, gala_id, name, is_test, escrow_account_id, decided_by, hard_stop_at, created_by_operation)
       OVERRIDING SYSTEM VALUE
       SELECT $1, $2, $3, $4, $5, d.decided_by,
         least(d.decided_by, (SELECT min(scheduled_at) FROM bout WHERE id = ANY ($6)) + make_interval(secs => $7)), $8
       FROM gala_day d RETURNING hard_stop_at <= clock_timestamp() AS "isOver"`,
      [
        id,
        galaId,
        name.trim(),
        isTest,
        escrow,
        legs.map(({ boutId }) => boutId),
        hardStopDelayMs / 1000,
        operationId,
      ],
    ),
  );
  if (isOver) fail('hard_stop_passed');
  await tx.query(
    `INSERT INTO pool_leg (pool_id, position, bout_id, kind, line_seconds)
     SELECT $1, l.position, l.bout_id, l.kind, l.line_seconds
     FROM unnest($2::int[], $3::text[], $4::int[]) WITH ORDINALITY AS l (bout_id, kind, line_seconds, position)`,
    [
      id,
      legs.map(({ boutId }) => boutId),
      legs.map(({ kind }) => kind),
      legs.map(({ lineSeconds }) => lineSeconds ?? null),
    ],
  );
  return id;
}

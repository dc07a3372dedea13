import { fail } from '#core/errors.ts';
import { type Question, winnerQuestion } from '#core/question.ts';
import { type Db, first, one, type Tx } from '../db.ts';
import type { StaffIdentity } from '../http.ts';
import { openAccount } from '../ledger/post.ts';
import { readSettings } from '../settings/open-settings.ts';
import { runStaffCommand } from '../staff/run-staff-command.ts';
import { type GalaAccess, requireMayRun } from './access.ts';
import { requireFuture } from './create-gala.ts';

export interface NewBout {
  readonly wrestlerAId: number;
  readonly wrestlerBId: number;
  readonly title?: string | undefined;
  /** ISO 8601. */
  readonly scheduledAt: string;
}

export interface AddedBout {
  readonly boutId: number;
  readonly marketId: number;
}

/** Adds a bout to a gala, last in its order, with its `winner` market in draft. */
export function addBout(
  db: Db,
  staff: StaffIdentity,
  bout: NewBout & { readonly operationId: string; readonly galaId: number },
): Promise<AddedBout & { readonly operationId: string }> {
  const { operationId, galaId, ...input } = bout;
  const asked = { operationId, command: 'add-bout', target: `gala ${galaId}`, input };
  return runStaffCommand(db, staff, asked, async (tx) => {
    const gala = first(
      await tx.query<GalaAccess>(
        'SELECT visibility, is_test AS "isTest" FROM gala WHERE id = $1 FOR UPDATE',
        [galaId],
      ),
    );
    if (gala === null) return fail('not_found');
    requireMayRun(staff, gala);
    await requireFuture(tx, bout.scheduledAt);
    return { operationId, ...(await insertBout(tx, galaId, bout)) };
  });
}

export async function insertBout(tx: Tx, galaId: number, bout: NewBout): Promise<AddedBout> {
  await requireWrestlers(tx, bout);
  const { id: boutId } = one(
    await tx.query<{ id: number }>(
      `INSERT INTO bout (gala_id, position, wrestler_a_id, wrestler_b_id, title, scheduled_at)
       SELECT $1, coalesce(max(position), 0) + 1, $2, $3, $4, $5 FROM bout WHERE gala_id = $1 RETURNING id`,
      [galaId, bout.wrestlerAId, bout.wrestlerBId, bout.title ?? null, bout.scheduledAt],
    ),
  );
  const marketId = await insertMarket(tx, boutId, winnerQuestion);
  if (marketId === null) throw new Error(`a new bout ${boutId} had a market`);
  return { boutId, marketId };
}

/** A market in draft on a bout, with the hard stop of the bout's others, or one after its hour. Its id; null when the bout asks this already. */
export async function insertMarket(tx: Tx, boutId: number, question: Question): Promise<number | null> {
  const bout = one(
    await tx.query<{ isTest: boolean; scheduledAt: Date }>(
      `SELECT g.is_test AS "isTest", b.scheduled_at AS "scheduledAt" FROM bout b JOIN gala g ON g.id = b.gala_id WHERE b.id = $1`,
      [boutId],
    ),
  );
  const { id } = one(await tx.query<{ id: number }>(`SELECT nextval('market_id_seq') AS id`));
  const { hardStopDelayMs } = await readSettings(tx);
  const escrow = await openAccount(tx, 'market_escrow', String(id), bout.isTest);
  const inserted = await tx.query(
    `INSERT INTO market (id, bout_id, kind, line_seconds, method_group, is_test, escrow_account_id, hard_stop_at)
     OVERRIDING SYSTEM VALUE VALUES ($1, $2, $3, $4, $5, $6, $7,
       coalesce((SELECT max(hard_stop_at) FROM market WHERE bout_id = $2), $8::timestamptz + make_interval(secs => $9)))
     ON CONFLICT DO NOTHING RETURNING id`,
    [
      id,
      boutId,
      question.kind,
      question.kind === 'over_under' ? question.lineSeconds : null,
      question.kind === 'method' ? question.group : null,
      bout.isTest,
      escrow,
      bout.scheduledAt,
      hardStopDelayMs / 1000,
    ],
  );
  return inserted.length === 0 ? null : id;
}

async function requireWrestlers(tx: Tx, bout: NewBout): Promise<void> {
  const ids = new Set([bout.wrestlerAId, bout.wrestlerBId]);
  if (ids.size < 2) fail('request_invalid', { detail: 'un lutteur ne se bat pas contre lui-même' });
  const known = await tx.query('SELECT id FROM wrestler WHERE id = ANY ($1)', [[...ids]]);
  if (known.length < ids.size) fail('request_invalid', { detail: 'ce lutteur n’est pas au catalogue' });
}

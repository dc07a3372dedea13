import type { Db, Tx } from '../db.ts';
import { first } from '../db.ts';
import type { OperationInput } from './operation.ts';

export interface StoredOperation {
  readonly id: string;
  readonly kind: string;
  readonly actorId: string;
  readonly inputHash: Buffer;
  readonly status: number;
  readonly answer: object;
  readonly recordedAt: Date;
}

const COLUMNS = `id, kind, actor_id AS "actorId", input_hash AS "inputHash", status, answer, recorded_at AS "recordedAt"`;

export async function findOperation(db: Db | Tx, id: string): Promise<StoredOperation | null> {
  return first(await db.query<StoredOperation>(`SELECT ${COLUMNS} FROM operation WHERE id = $1`, [id]));
}

/** Holds back every other try of this id until the transaction ends: a second one sees the first one's answer. */
export async function lockOperation(tx: Tx, id: string): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [id]);
}

export async function insertOperation(
  tx: Tx,
  operation: OperationInput & {
    readonly inputHash: Buffer;
    readonly status: number;
    readonly answer: object;
  },
): Promise<void> {
  await tx.query(
    `INSERT INTO operation (id, kind, actor_id, input_hash, status, answer, recorded_at)
     VALUES ($1, $2, $3, $4, $5, $6, clock_timestamp())`,
    [
      operation.id,
      operation.kind,
      operation.actorId,
      operation.inputHash,
      operation.status,
      operation.answer,
    ],
  );
}

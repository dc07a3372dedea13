import { type Db, first, one, type Tx } from '../db.ts';
import type { CallbackReading, ProviderName } from '../payments/provider.ts';

type Authentic = Extract<CallbackReading, { readonly kind: 'authentic' }>;

/** Stores a callback; one that has come before is counted. */
export async function insertCallback(
  tx: Tx,
  callback: Omit<Authentic, 'kind'> & { readonly provider: ProviderName; readonly body: Buffer },
): Promise<{ readonly callbackId: number; readonly isNew: boolean }> {
  const { provider, eventId, body, about, reference, session, transaction } = callback;
  return one(
    await tx.query<{ callbackId: number; isNew: boolean }>(
      `INSERT INTO provider_callback (provider, event_id, body, about, reference, session, transaction)
       VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (provider, event_id) DO UPDATE SET delivery_count = provider_callback.delivery_count + 1
       RETURNING id AS "callbackId", delivery_count = 1 AS "isNew"`,
      [provider, eventId, body, about, reference, session, transaction],
    ),
  );
}

export interface CallbackRow {
  readonly id: number;
  readonly provider: ProviderName;
  readonly about: Authentic['about'];
  readonly reference: string | null;
  readonly session: string | null;
  readonly transaction: string | null;
  readonly receivedAt: Date;
  /** By the database's clock. */
  readonly ageMs: number;
}

/** Null: read already, or none. */
export async function findUnreadCallback(db: Db, id: number): Promise<CallbackRow | null> {
  return first(
    await db.query<CallbackRow>(
      `SELECT id, provider, about, reference, session, transaction, received_at AS "receivedAt",
         (extract(epoch FROM clock_timestamp() - received_at) * 1000)::bigint AS "ageMs"
       FROM provider_callback WHERE id = $1 AND read_at IS NULL`,
      [id],
    ),
  );
}

export async function recordCallbackRead(db: Db | Tx, id: number, outcome: string): Promise<void> {
  await db.query(
    'UPDATE provider_callback SET read_at = clock_timestamp(), outcome = $2 WHERE id = $1 AND read_at IS NULL',
    [id, outcome],
  );
}

/** The withdrawal that a provider speaks of, by our reference or by its own id. */
export async function findWithdrawalOf(
  db: Db,
  { provider, reference, session }: Pick<CallbackRow, 'provider' | 'reference' | 'session'>,
): Promise<string | null> {
  const rows = await db.query<{ id: string }>(
    'SELECT id FROM withdrawal WHERE provider = $1 AND (id::text = $2 OR session = $3) LIMIT 1',
    [provider, reference, session],
  );
  return first(rows)?.id ?? null;
}

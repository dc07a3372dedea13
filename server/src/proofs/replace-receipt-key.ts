import { recordAudit } from '../audit/record-audit.ts';
import { first } from '../db.ts';
import { insertNewKey, type KeyDeps } from './receipt-keys.ts';

export interface ReplacedKey {
  readonly retired: string | null;
  readonly keyId: string;
}

/** Another key signs from now on. The one before is published for ever; its private part is forgotten. */
export function replaceReceiptKey({ db, cipher }: KeyDeps, reason: string): Promise<ReplacedKey> {
  return db.transaction(async (tx) => {
    const retired = first(
      await tx.query<{ id: string }>(
        `UPDATE receipt_key SET retired_at = clock_timestamp(), sealed_private_key = NULL
         WHERE retired_at IS NULL RETURNING id`,
      ),
    );
    const keyId = await insertNewKey(tx, cipher);
    if (keyId === null) throw new Error('another key was made at the same time');
    await recordAudit(tx, {
      actor: { kind: 'command_line' },
      command: 'replace-receipt-key',
      target: `receipt key ${retired?.id ?? 'none'}`,
      input: { reason, keyId },
      outcome: 'done',
      operationId: null,
      origin: null,
    });
    return { retired: retired?.id ?? null, keyId };
  });
}

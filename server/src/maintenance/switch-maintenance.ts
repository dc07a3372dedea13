/** Closes the players' site for maintenance, or opens it again. Every node follows within two seconds. */
import { recordAudit } from '../audit/record-audit.ts';
import type { Db } from '../db.ts';
import { findMaintenance, updateMaintenance } from './queries.ts';

/** Answers since when it is closed; null: it is open. */
export async function switchMaintenance(db: Db, isOn: boolean): Promise<Date | null> {
  return db.transaction(async (tx) => {
    await updateMaintenance(tx, isOn);
    await recordAudit(tx, {
      actor: { kind: 'command_line' },
      command: 'switch-maintenance',
      target: 'service',
      input: { isOn },
      outcome: 'done',
      operationId: null,
      origin: null,
    });
    return findMaintenance(tx);
  });
}

export async function showMaintenance(db: Db): Promise<Date | null> {
  return findMaintenance(db);
}

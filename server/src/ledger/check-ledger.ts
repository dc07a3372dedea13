/** The ledger's own check: what is wrong with the money held, one line a finding. Sound when there is none. */
import type { Db, Tx } from '../db.ts';

export interface LedgerFault {
  readonly fault: string;
  readonly detail: string;
}

export async function findLedgerFaults(db: Db | Tx): Promise<LedgerFault[]> {
  return db.query<LedgerFault>(
    `SELECT * FROM ledger.find_faults() UNION ALL SELECT * FROM find_betting_faults()
     UNION ALL SELECT * FROM find_pool_faults() UNION ALL SELECT * FROM find_suspense_faults()
     UNION ALL SELECT * FROM find_proof_faults()`,
  );
}

import type { Db } from '../db.ts';
import type { LedgerFault } from '../ledger/check-ledger.ts';

/** What is wrong with the chain itself and with what it says of the markets; the ledger's check reads it too. */
export function findChainFaults(db: Db): Promise<LedgerFault[]> {
  return db.query<LedgerFault>('SELECT fault, detail FROM find_proof_faults()');
}

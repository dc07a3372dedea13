import { violatedConstraint } from '../db.ts';

/** Rows that carry the operation's own id. */
const NAMED_BY_OPERATION: ReadonlySet<string | null> = new Set([
  'operation_pkey',
  'transfer_pkey',
  'offer_pkey',
  'pool_ticket_pkey',
]);

/**
 * Runs a transaction, and once more when another one (of another market, of another kind) took the same operation id
 * meanwhile: the second time its answer is there to be found.
 */
export async function retryTakenId<T>(transaction: () => Promise<T>): Promise<T> {
  try {
    return await transaction();
  } catch (error) {
    if (!NAMED_BY_OPERATION.has(violatedConstraint(error))) throw error;
    return transaction();
  }
}

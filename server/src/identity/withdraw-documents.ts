import type { Tx } from '../db.ts';
import { recordWithdrawn } from './queries.ts';

/** The account ends: nobody has to look at what still waited. */
export function withdrawDocuments(tx: Tx, playerId: string): Promise<void> {
  return recordWithdrawn(tx, playerId);
}

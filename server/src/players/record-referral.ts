/**
 * A new player says who asked him to come. The code is that player's pseudonym: known to all, easy to say aloud, and
 * worth nothing without a bet of the new player's own.
 */
import { fail } from '#core/errors.ts';
import { readPseudonym } from '#core/pseudonym.ts';
import type { Tx } from '../db.ts';
import { insertReferral } from './referral-queries.ts';

export async function recordReferral(tx: Tx, playerId: string, code: string): Promise<void> {
  const key = readPseudonym(code)?.key;
  if (key === undefined || !(await insertReferral(tx, playerId, key))) fail('referral_code_unknown');
}

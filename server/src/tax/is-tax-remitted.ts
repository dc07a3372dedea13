import { one, type Tx } from '../db.ts';

/**
 * Whether the tax booked in this month has been paid over to the State: what is corrected of it is then a claim
 * (`tax_claim`), no longer a debt (`tax_payable`). The answer stands until the transaction ends.
 * `bookedAt`: any instant of the month, as the database writes it or as a date.
 */
export async function isTaxRemitted(tx: Tx, bookedAt: Date | string): Promise<boolean> {
  const rows = await tx.query<{ isRemitted: boolean }>(
    'SELECT is_tax_remitted($1::timestamptz) AS "isRemitted"',
    [bookedAt],
  );
  return one(rows).isRemitted;
}

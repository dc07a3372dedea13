/** When a month of tax is closed to corrections: the question that a correction asks. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { type House, openHouse } from '../testing/house.ts';
import { type SeededStaff, seedStaff } from '../testing/seed.ts';
import { isTaxRemitted } from './is-tax-remitted.ts';

describe('a month of tax', () => {
  let house: House;
  let khady: SeededStaff;
  let moussa: SeededStaff;
  before(async () => {
    house = await openHouse();
    const [one, two] = await seedStaff(house.owner, 2, 'finance');
    assert(one && two);
    [khady, moussa] = [one, two];
  });
  after(async () => {
    await house.assertSound();
    await house.close();
  });

  const propose = async (month: string): Promise<string> => {
    const id = randomUUID();
    await house.db.query(
      `INSERT INTO tax_remittance (id, month, amount_xof, reference, paid_on, report, report_hash, proposed_by)
       VALUES ($1, $2, 3800, 'DGID', '2026-12-01', 'x', sha256('x'), $3)`,
      [id, month, khady.staffId],
    );
    return id;
  };
  const decide = (id: string, decision: 'confirmed' | 'refused', by: SeededStaff) =>
    house.db.query(
      `UPDATE tax_remittance SET decision = $2, decided_by = $3, decided_at = clock_timestamp(),
         advance_xof = CASE WHEN $2 = 'confirmed' THEN 0 END WHERE id = $1`,
      [id, decision, by.staffId],
    );
  const isRemitted = (bookedAt: Date | string) => house.db.transaction((tx) => isTaxRemitted(tx, bookedAt));

  it('is open until two people say that it was paid, and closes the months before it', async () => {
    assert.equal(await isRemitted('2026-10-15T12:00:00Z'), false);
    await decide(await propose('2026-10-01'), 'refused', moussa);
    const id = await propose('2026-10-01');
    assert.equal(await isRemitted('2026-10-15T12:00:00Z'), false);
    await assert.rejects(decide(id, 'confirmed', khady), { constraint: 'tax_remittance_two_people' });
    await decide(id, 'confirmed', moussa);
    for (const [at, expected] of [
      ['2026-09-30T23:59:59.999999Z', true],
      ['2026-10-01T00:00:00Z', true],
      ['2026-10-31T23:59:59.999999Z', true],
      ['2026-11-01T00:00:00Z', false],
    ] as const) {
      assert.equal(await isRemitted(at), expected, at);
      assert.equal(await isRemitted(new Date(at)), expected, at);
    }
  });

  it('is paid once, and what was decided stays', async () => {
    await assert.rejects(propose('2026-10-01'), { constraint: 'tax_remittance_month_once' });
    const [row] = await house.owner.query<{ id: string }>(
      `SELECT id FROM tax_remittance WHERE decision = 'confirmed'`,
    );
    await assert.rejects(decide(row?.id ?? '', 'refused', moussa), { constraint: 'tax_remittance_decided' });
    await assert.rejects(house.db.query('UPDATE tax_remittance SET amount_xof = 1'), { code: '42501' });
    await assert.rejects(house.db.query('DELETE FROM tax_remittance'), { code: '42501' });
  });

  it('keeps its report as it was read, and is paid after its end', async () => {
    const insert = (changes: { paidOn?: string; hash?: string }) =>
      house.db.query(
        `INSERT INTO tax_remittance (id, month, amount_xof, reference, paid_on, report, report_hash, proposed_by)
         VALUES (gen_random_uuid(), '2026-11-01', 3800, 'DGID', $1, 'x', sha256($2::bytea), $3)`,
        [changes.paidOn ?? '2026-12-01', changes.hash ?? 'x', khady.staffId],
      );
    await assert.rejects(insert({ hash: 'y' }), { constraint: 'tax_remittance_hash_of_report' });
    await assert.rejects(insert({ paidOn: '2026-11-30' }), { constraint: 'tax_remittance_paid_after' });
    await insert({});
  });

  it('does not close under who has just asked', async () => {
    const mayClose = async () => {
      const [row] = await house.db.query<{ free: boolean }>(
        `SELECT pg_try_advisory_xact_lock(hashtextextended('mbayar tax remittance', 0)) AS free`,
      );
      return row?.free;
    };
    await house.db.transaction(async (tx) => {
      assert.equal(await isTaxRemitted(tx, '2026-11-15T12:00:00Z'), false);
      assert.equal(await mayClose(), false);
    });
    assert.equal(await mayClose(), true);
  });
});

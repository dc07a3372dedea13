import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type House, openHouse } from '../testing/house.ts';
import { askCode, newPhone } from '../testing/people.ts';
import { seedMarkets, seedStaff } from '../testing/seed.ts';

describe('the sandbox', () => {
  let house: House;
  before(async () => {
    house = await openHouse();
  });
  after(() => house.close());

  /** Start of the gala, of each bout, and its hard stop, in microseconds. */
  const times = async (galaId: number) => {
    const rows = await house.owner.query<{ starts: number; scheduled: number; stop: number }>(
      `SELECT (extract(epoch FROM g.starts_at) * 1000000)::bigint AS starts,
         (extract(epoch FROM b.scheduled_at) * 1000000)::bigint AS scheduled,
         (extract(epoch FROM m.hard_stop_at) * 1000000)::bigint AS stop
       FROM gala g JOIN bout b ON b.gala_id = g.id JOIN market m ON m.bout_id = b.id WHERE g.id = $1 ORDER BY m.id`,
      [galaId],
    );
    return rows.map(({ starts, scheduled, stop }) => [starts, scheduled, stop]);
  };

  it('shows the last messages of one phone, newest first', async () => {
    const [phone, other] = [newPhone(), newPhone()];
    const code = await askCode(house, phone);
    await askCode(house, other);
    await house.owner.query(`UPDATE one_time_code SET sent_at = sent_at - interval '1 minute'`);
    const second = await askCode(house, phone);
    const { messages } = (await house.get(`/sandbox/sms?phone=%2B${phone.slice(1)}`)).body;
    assert.deepEqual(
      messages.map(({ body }: { body: string }) => body.slice(-6)),
      [second, code],
    );
    assert.equal((await house.get('/sandbox/sms?phone=771234567')).status, 400);
    assert.equal((await house.get('/sandbox/sms')).status, 400);
  });

  it('tells the codes of staff, and no secret', async () => {
    const [staff] = await seedStaff(house.owner, 1);
    const { body } = await house.get('/sandbox/staff');
    const found = body.staff.find(({ name }: { name: string }) => name === staff?.name);
    assert.match(found.totp, /^\d{6}$/);
    assert.deepEqual(Object.keys(found).sort(), ['name', 'phone', 'role', 'totp']);
  });

  it('moves a test gala, its bouts and their hard stops by the same time', async () => {
    const [market] = await seedMarkets(house.owner, { count: 3 });
    const [untouched] = await seedMarkets(house.owner, { count: 1 });
    assert(market && untouched);
    const [before, others] = [await times(market.galaId), await times(untouched.galaId)];
    const startsAt = new Date(Date.now() - 90 * 60_000).toISOString();
    const answer = await house.post(`/sandbox/galas/${market.galaId}/clock`, undefined, { startsAt });
    assert.deepEqual(answer.body, { galaId: market.galaId, startsAt });
    const shift = Date.parse(startsAt) * 1_000 - (before[0]?.[0] ?? 0);
    assert.deepEqual(
      await times(market.galaId),
      before.map((row) => row.map((time) => time + shift)),
    );
    assert.deepEqual(await times(untouched.galaId), others);
  });

  it('leaves galas of real money alone', async () => {
    const [real] = await seedMarkets(house.owner, { count: 1, isTest: false });
    assert(real);
    const before = await times(real.galaId);
    for (const galaId of [real.galaId, 999_999]) {
      const path = `/sandbox/galas/${galaId}/clock`;
      const answer = await house.post(path, undefined, { startsAt: '2026-01-01T00:00:00Z' });
      assert.equal(answer.status, 404);
    }
    assert.deepEqual(await times(real.galaId), before);
  });
});

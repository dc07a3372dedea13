/** What codes may cost, and what they tell. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { buildApp } from '../app.ts';
import { type House, openHouse } from '../testing/house.ts';
import { newPhone, signUpPlayer } from '../testing/people.ts';

let house: House;
before(async () => {
  house = await openHouse();
});
after(() => house.close());

const ask = (phone: string, remoteAddress: string) =>
  house.app.player.inject({
    method: 'POST',
    url: '/api/v1/sessions/code',
    remoteAddress,
    payload: { phone },
  });
const countSms = async () => (await house.owner.query('SELECT 1 FROM sms')).length;

describe('S06: codes are capped', () => {
  it('for one number', async () => {
    const phone = newPhone();
    const codes: string[] = [];
    const before = await countSms();
    for (let i = 0; i < 100; i++) {
      codes.push((await ask(phone, `10.40.0.${i}`)).json().code ?? 'sent');
      await house.owner.query(
        `UPDATE one_time_code SET sent_at = sent_at - interval '1 hour' WHERE phone = $1`,
        [phone],
      );
    }
    assert.equal((await countSms()) - before, 6);
    assert.equal(codes.filter((code) => code === 'too_many_requests').length, 94);
  });

  it('from one address', async () => {
    const before = await countSms();
    const answers = [];
    for (let i = 0; i < 100; i++) answers.push(await ask(newPhone(), '10.41.0.1'));
    assert.equal((await countSms()) - before, 60);
    const last = answers.at(-1);
    assert.equal(last?.statusCode, 429);
    assert(Number(last?.headers['retry-after']) > 0);
  });

  it('to one country abroad, and no other', async () => {
    const french = Array.from({ length: 30 }, (_, i) => `+336123456${String(i).padStart(2, '0')}`);
    const before = await countSms();
    for (const [i, phone] of french.entries()) await ask(phone, `10.42.0.${i}`);
    assert.equal((await countSms()) - before, 20);
    assert.equal((await ask('+34612345678', '10.42.1.1')).statusCode, 202);
    assert.equal((await ask(newPhone(), '10.42.1.2')).statusCode, 202);
  });

  for (const phone of ['+18005551234', '+33899123456', '+448712345678', '+881612345678', '+221338210000']) {
    it(`never to ${phone}`, async () => {
      const before = await countSms();
      assert.equal((await ask(phone, '10.43.0.1')).json().code, 'phone_invalid');
      assert.equal(await countSms(), before);
    });
  }
});

describe('S03: nothing tells whether a number is known', () => {
  /** What one request did to the database: every statement of the house's own role, by its text. */
  async function workOf(payload: object, path: string): Promise<string[]> {
    const seen: string[] = [];
    const { db } = house;
    const record = (text: string) => {
      // Every node asks this now and then, whoever calls.
      if (text.includes('maintenance_since')) return;
      seen.push(text.replace(/\s+/g, ' ').slice(0, 80));
    };
    const spied: typeof db = {
      ...db,
      query: (text, values) => {
        record(text);
        return db.query(text, values);
      },
      run: (statement) => {
        record(statement.text);
        return db.run(statement);
      },
      transaction: (work) =>
        db.transaction((tx) =>
          work({
            ...tx,
            query: (text, values) => {
              record(text);
              return tx.query(text, values);
            },
          }),
        ),
    };
    const app = await buildApp({ ...house.deps, db: spied });
    seen.length = 0;
    await app.player.inject({ method: 'POST', url: `/api/v1${path}`, payload, remoteAddress: '10.44.0.1' });
    await app.close();
    return seen;
  }

  it('asking for a code, a wrong code, a PIN without a device: the same answer after the same work', async () => {
    const [known, excluded, closed] = [
      await signUpPlayer(house),
      await signUpPlayer(house),
      await signUpPlayer(house),
    ];
    await house.owner.query(`UPDATE player SET state = 'excluded' WHERE id = $1`, [excluded.playerId]);
    await house.owner.query(`UPDATE player SET state = 'closed' WHERE id = $1`, [closed.playerId]);
    const unknown = newPhone();
    for (const [path, more] of [
      ['/sessions/code', {}],
      ['/sessions', { code: '000000' }],
      ['/sessions/device', { pin: '7294' }],
    ] as const) {
      const expected = await workOf({ phone: unknown, ...more }, path);
      assert(expected.length > 0, path);
      const answer = await house.post(path, undefined, { phone: unknown, ...more });
      for (const { phone } of [known, excluded, closed]) {
        assert.deepEqual(await workOf({ phone, ...more }, path), expected, path);
        const other = await house.post(path, undefined, { phone, ...more });
        const shape = ({ requestId: _id, expiresAt: _at, ...rest }: Record<string, unknown>) => rest;
        assert.deepEqual([other.status, shape(other.body)], [answer.status, shape(answer.body)], path);
      }
    }
  });
});

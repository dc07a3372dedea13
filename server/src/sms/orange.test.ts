import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { openLog } from '../log.ts';
import { type FakeOrange, startFakeOrange } from '../testing/fake-orange.ts';
import { type House, openHouse } from '../testing/house.ts';
import { signUpPlayer } from '../testing/people.ts';
import { openOrangeSms } from './orange.ts';
import { openSmsOutbox } from './outbox.ts';
import { sendSms } from './send-sms.ts';
import { codeMessage } from './texts.ts';

let orange: FakeOrange;
beforeEach(async () => {
  orange = await startFakeOrange();
});
const close = async () => orange.close();

const sms = { phone: '+221771234567', body: codeMessage('012345', 'mbayar.example', 600_000) };
const contract = { clientId: 'id', clientSecret: 'secret', sender: '+2210000', senderName: 'Mbayar' };
const openCarrier = (options = {}) =>
  openOrangeSms({ url: orange.url, ...contract }, { timeoutMs: 300, ...options });

describe('Orange’s SMS API', () => {
  it('gets a token once and posts as Orange documents it', async () => {
    const carrier = openCarrier();
    assert.deepEqual(await carrier.hand(sms), { kind: 'sent', reference: '3a1b5c0d-0f0e' });
    assert.equal((await carrier.hand(sms)).kind, 'sent');
    assert.equal(orange.tokens.length, 1);
    const [token] = orange.tokens;
    assert.equal(token?.headers.authorization, `Basic ${Buffer.from('id:secret').toString('base64')}`);
    assert.equal(token?.headers['content-type'], 'application/x-www-form-urlencoded');
    assert.equal(token?.body, 'grant_type=client_credentials');
    const [message] = orange.messages;
    assert.equal(message?.path, '/smsmessaging/v1/outbound/tel%3A%2B2210000/requests');
    assert.equal(message?.headers.authorization, 'Bearer token-1');
    assert.deepEqual(JSON.parse(message?.body ?? ''), {
      outboundSMSMessageRequest: {
        address: 'tel:+221771234567',
        senderAddress: 'tel:+2210000',
        senderName: 'Mbayar',
        outboundSMSTextMessage: { message: sms.body },
      },
    });
    await close();
  });

  it('asks for one token when ten messages leave at once, and for another when its hour is over', async () => {
    let nowMs = 0;
    const carrier = openCarrier({ now: () => nowMs });
    const answers = await Promise.all(Array.from({ length: 10 }, () => carrier.hand(sms)));
    assert(answers.every(({ kind }) => kind === 'sent'));
    assert.equal(orange.tokens.length, 1);
    nowMs = 59 * 60_000;
    await carrier.hand(sms);
    assert.equal(orange.tokens.length, 2);
    await close();
  });

  it('renews a token that ended too early, once', async () => {
    const carrier = openCarrier();
    orange.moods.push('token_ended');
    assert.equal((await carrier.hand(sms)).kind, 'sent');
    assert.equal(orange.tokens.length, 2);
    orange.moods.push('token_ended', 'token_ended');
    assert.deepEqual(await carrier.hand(sms), { kind: 'later', reason: '401 42' });
    assert.equal(orange.messages.length, 4);
    await close();
  });

  for (const [mood, expected] of [
    ['too_many', { kind: 'later', reason: '429 53', afterMs: 7_000 }],
    ['broken', { kind: 'later', reason: '500' }],
    ['no_credit', { kind: 'later', reason: '403 POL0001' }],
    ['bad_address', { kind: 'refused', reason: '400 SVC0004' }],
    ['garbage', { kind: 'unknown', reason: '200' }],
    ['redirect', { kind: 'unknown', reason: '302' }],
  ] as const) {
    it(`${mood}: ${expected.kind}`, async () => {
      orange.moods.push(mood);
      assert.deepEqual(await openCarrier().hand(sms), expected);
      assert.equal(orange.messages.length, 1);
      await close();
    });
  }

  for (const mood of ['hang', 'cut'] as const) {
    it(`${mood}: nobody knows, and the adapter does not send it again`, async () => {
      orange.moods.push(mood);
      assert.equal((await openCarrier().hand(sms)).kind, 'unknown');
      assert.equal(orange.messages.length, 1);
      await close();
    });
  }

  it('without a token, or without Orange, nothing was sent', async () => {
    for (const tokenAnswer of [
      { status: 401, body: '{"error":"invalid_client"}' },
      { status: 200, body: 'garbage' },
      { status: 200, body: '{"access_token":""}' },
    ]) {
      orange.tokenAnswer = tokenAnswer;
      assert.equal((await openCarrier().hand(sms)).kind, 'later');
    }
    assert.equal(orange.messages.length, 0);
    const carrier = openCarrier();
    await close();
    assert.equal((await carrier.hand(sms)).kind, 'later');
  });
});

describe('the outbox', () => {
  let house: House;
  before(async () => {
    house = await openHouse();
  });
  after(() => house.close());

  const depsOf = () => ({ ...house.deps, log: openLog('silent'), carrier: openCarrier() });
  async function queue(kind: 'code' | 'security', usefulMs = 600_000): Promise<number> {
    const outbox = openSmsOutbox(house.jobs);
    await house.db.transaction((tx) => outbox.send(tx, { ...sms, kind, usefulMs }));
    const rows = await house.owner.query<{ id: number }>('SELECT max(id) AS id FROM sms');
    return rows[0]?.id ?? 0;
  }
  const rowOf = async (id: number) => {
    const [row] = await house.owner.query<{ state: string; body: string | null; all: string }>(
      'SELECT state, body, sms::text AS all FROM sms WHERE id = $1',
      [id],
    );
    assert(row !== undefined);
    return row;
  };

  it('sends, and keeps no code readable, also when two workers have the job', async () => {
    const id = await queue('code');
    assert((await rowOf(id)).body?.includes('012345'));
    await Promise.all([sendSms(depsOf(), id), sendSms(depsOf(), id)]);
    await sendSms(depsOf(), id);
    const row = await rowOf(id);
    assert.equal(row.state, 'sent');
    assert(!row.all.includes('012345'), row.all);
    assert(orange.messages.length >= 1);
    await close();
  });

  it('leaves nothing behind when its transaction is undone', async () => {
    const count = async () => (await house.owner.query('SELECT 1 FROM sms')).length;
    const before = await count();
    const outbox = openSmsOutbox(house.jobs);
    await assert.rejects(
      house.db.transaction(async (tx) => {
        await outbox.send(tx, { ...sms, kind: 'code' });
        throw new Error('undone');
      }),
    );
    assert.equal(await count(), before);
    await close();
  });

  it('tries again after 429 and 500, while the code is of use', async () => {
    const id = await queue('code');
    orange.moods.push('too_many', 'broken');
    await sendSms(depsOf(), id);
    assert.equal((await rowOf(id)).state, 'queued');
    await sendSms(depsOf(), id);
    await sendSms(depsOf(), id);
    assert.equal((await rowOf(id)).state, 'sent');
    assert.equal(orange.messages.length, 3);

    const late = await queue('code');
    orange.moods.push('broken');
    await sendSms(depsOf(), late);
    await house.owner.query('UPDATE sms SET useful_until = clock_timestamp() WHERE id = $1', [late]);
    await sendSms(depsOf(), late);
    const row = await rowOf(late);
    assert.deepEqual([row.state, row.body], ['expired', null]);
    assert.equal(orange.messages.length, 4, 'not sent any more');
    await close();
  });

  it('repeats a code nobody answered for once, and no other message', async () => {
    const code = await queue('code');
    orange.moods.push('hang', 'hang', 'hang');
    await sendSms(depsOf(), code);
    await sendSms(depsOf(), code);
    await sendSms(depsOf(), code);
    assert.equal((await rowOf(code)).state, 'unknown');
    assert.equal(orange.messages.length, 2);
    const told = await queue('security');
    await sendSms(depsOf(), told);
    await sendSms(depsOf(), told);
    const row = await rowOf(told);
    assert.deepEqual([row.state, row.body], ['unknown', null]);
    assert.equal(orange.messages.length, 3);
    await close();
  });

  it('does not repeat what a dead process was sending, unless it is a code', async () => {
    const [code, told] = [await queue('code'), await queue('security')];
    await house.owner.query(`UPDATE sms SET state = 'sending', attempt_count = 1 WHERE id = ANY ($1)`, [
      [code, told],
    ]);
    await sendSms(depsOf(), code);
    await sendSms(depsOf(), told);
    assert.deepEqual([(await rowOf(code)).state, (await rowOf(told)).state], ['sent', 'unknown']);
    await close();
  });

  it('drops what the carrier refuses', async () => {
    const id = await queue('code');
    orange.moods.push('bad_address');
    await sendSms(depsOf(), id);
    await sendSms(depsOf(), id);
    const row = await rowOf(id);
    assert.deepEqual([row.state, row.body, orange.messages.length], ['refused', null, 1]);
    await close();
  });

  it('leaves who has excluded himself in peace, except for his safety', async () => {
    const player = await signUpPlayer(house);
    await house.owner.query(`UPDATE player SET state = 'excluded' WHERE id = $1`, [player.playerId]);
    const outbox = openSmsOutbox(house.jobs);
    const send = (kind: 'service' | 'security') =>
      house.db.transaction((tx) => outbox.send(tx, { phone: player.phone, body: 'Bonjour', kind }));
    const count = async () =>
      (await house.owner.query(`SELECT 1 FROM sms WHERE phone = $1 AND body = 'Bonjour'`, [player.phone]))
        .length;
    await send('service');
    assert.equal(await count(), 0);
    await send('security');
    assert.equal(await count(), 1);
    await close();
  });
});

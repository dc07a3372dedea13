import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { buildApp } from '../app.ts';
import type { Db } from '../db.ts';
import { type Answer, type House, openHouse } from '../testing/house.ts';
import {
  askCode,
  cookieOf,
  logInPlayer,
  newPhone,
  readCode,
  signUpPlayer,
  testPin,
} from '../testing/people.ts';

describe('a player’s log-in', () => {
  let house: House;
  before(async () => {
    house = await openHouse();
  });
  after(() => house.close());

  const tryCode = (phone: string, code: string): Promise<Answer> =>
    house.post('/sessions', undefined, { phone, code });
  const wrongCode = (code: string) => (code === '000000' ? '000001' : '000000');
  const changeCode = (phone: string, change: string) =>
    house.owner.query(`UPDATE one_time_code SET ${change} WHERE phone = $1`, [phone]);
  /** As if the thirty seconds between two codes had passed. */
  const letResend = (phone: string) => changeCode(phone, `sent_at = sent_at - interval '31 seconds'`);

  it('brings a known phone in, however it is written, and a new one to the sign-up', async () => {
    const player = await signUpPlayer(house, { phone: '+221771234567' });
    for (const written of ['771234567', '77 123 45 67', '+221 77 123 45 67', '00221771234567']) {
      assert.equal((await house.post('/sessions/code', undefined, { phone: written })).status, 202, written);
      const answer = await tryCode(written, await readCode(house, player.phone));
      assert.equal(answer.status, 200, written);
      assert.equal(answer.body.kind, 'pin_required');
      const { logInToken } = answer.body;
      const inside = await house.post('/sessions/pin', undefined, { logInToken, pin: testPin });
      assert.equal(inside.body.playerId, player.playerId);
      const me = await house.get('/me', cookieOf(inside));
      assert.deepEqual(me.body, inside.body);
      assert.equal(me.body.maskedPhone, '••• 67');
    }
    const stranger = newPhone();
    const answer = await tryCode(stranger, await askCode(house, stranger));
    assert.equal(answer.body.kind, 'sign_up');
    assert.equal(cookieOf(answer), '');
  });

  for (const phone of [
    'abcdef',
    '12345678',
    '338210000',
    '+221338210000',
    '771234567 ext 5',
    '+000000000',
    '77123456789',
    'téléphone 771234567',
  ]) {
    it(`refuses ${phone}`, async () => {
      const asked = await house.post('/sessions/code', undefined, { phone });
      assert.equal(asked.status, 400);
      assert.equal(asked.body.code, 'phone_invalid');
      assert.equal((await tryCode(phone, '123456')).body.code, 'phone_invalid');
    });
  }

  it('S03: answers a known and an unknown phone alike', async () => {
    const { phone: known } = await signUpPlayer(house);
    const unknown = newPhone();
    const [one, other] = [
      await house.post('/sessions/code', undefined, { phone: known }),
      await house.post('/sessions/code', undefined, { phone: unknown }),
    ];
    assert.deepEqual([one.status, Object.keys(one.body)], [other.status, Object.keys(other.body)]);
    assert.equal(one.body.resendAfterS, other.body.resendAfterS);
    const [wrong, wrongToo] = [
      await tryCode(known, wrongCode(await readCode(house, known))),
      await tryCode(unknown, wrongCode(await readCode(house, unknown))),
    ];
    assert.deepEqual(
      { ...wrong.body, requestId: '' },
      { ...wrongToo.body, requestId: '' },
      'the same refusal',
    );
  });

  it('S04: takes a code once', async () => {
    const { phone } = await signUpPlayer(house);
    const code = await askCode(house, phone);
    assert.equal((await tryCode(phone, code)).status, 200);
    const again = await tryCode(phone, code);
    assert.equal(again.status, 401);
    assert.equal(again.body.code, 'code_wrong');
  });

  it('S04: takes a code once, also when it comes fifty times at once', async () => {
    const { phone } = await signUpPlayer(house);
    const code = await askCode(house, phone);
    const answers = await Promise.all(Array.from({ length: 50 }, () => tryCode(phone, code)));
    assert.equal(answers.filter(({ status }) => status === 200).length, 1);
  });

  it('S04: refuses an expired code, another phone’s and another purpose’s', async () => {
    const { phone } = await signUpPlayer(house);
    const expired = await askCode(house, phone);
    await changeCode(phone, 'expires_at = clock_timestamp()');
    assert.equal((await tryCode(phone, expired)).body.code, 'code_wrong');
    await letResend(phone);
    const code = await askCode(house, phone);
    const stranger = newPhone();
    await askCode(house, stranger);
    assert.equal((await tryCode(stranger, code)).body.code, 'code_wrong');
    const asStaff = await house.post('/staff/sessions', undefined, { phone, code, totp: '000000' });
    assert.equal(asStaff.body.code, 'code_wrong');
    assert.equal((await tryCode(phone, code)).status, 200, 'it still serves for what it was sent for');
  });

  it('sends the next code after thirty seconds, or at once when the last one has been used', async () => {
    const { phone } = await signUpPlayer(house);
    const code = await askCode(house, phone);
    const soon = await house.post('/sessions/code', undefined, { phone });
    assert.equal(soon.status, 429);
    assert.equal(soon.body.code, 'code_too_soon');
    assert(soon.body.params.retryAfterS > 0 && soon.body.params.retryAfterS <= 30);
    assert.equal((await tryCode(phone, code)).status, 200);
    await askCode(house, phone);
    await letResend(phone);
    await askCode(house, phone);
  });

  it('slows down after five codes that nobody used', async () => {
    const phone = newPhone();
    for (let i = 0; i < 5; i++) {
      await askCode(house, phone);
      await letResend(phone);
    }
    const slow = await house.post('/sessions/code', undefined, { phone });
    assert.equal(slow.body.code, 'code_too_soon');
    assert(slow.body.params.retryAfterS > 500);
  });

  it('S05: waits after five wrong codes, counted across new codes, each time twice as long', async () => {
    const { phone } = await signUpPlayer(house);
    const first = await askCode(house, phone);
    for (let i = 0; i < 4; i++) {
      assert.equal((await tryCode(phone, wrongCode(first))).body.code, 'code_wrong');
    }
    await letResend(phone);
    const second = await askCode(house, phone);
    assert.equal((await tryCode(phone, first === second ? wrongCode(second) : first)).status, 429);
    const right = await tryCode(phone, second);
    assert.equal(right.body.code, 'code_too_many_failures');
    assert.equal(right.body.params.retryAfterS, 300);
    const asked = await house.post('/sessions/code', undefined, { phone });
    assert.equal(asked.body.code, 'code_too_many_failures');

    await changeCode(phone, 'blocked_until = clock_timestamp()');
    assert.equal((await tryCode(phone, second)).body.code, 'code_wrong', 'the code of before serves no more');
    const third = await askCode(house, phone);
    for (let i = 0; i < 3; i++) await tryCode(phone, wrongCode(third));
    const tenth = await tryCode(phone, wrongCode(third));
    assert.equal(tenth.body.code, 'code_too_many_failures');
    assert.equal(tenth.body.params.retryAfterS, 600);

    await changeCode(phone, 'blocked_until = clock_timestamp()');
    assert.equal((await tryCode(phone, await askCode(house, phone))).status, 200);
    const [row] = await house.owner.query<{ failure_count: number }>(
      'SELECT failure_count FROM one_time_code WHERE phone = $1',
      [phone],
    );
    assert.equal(row?.failure_count, 0);
  });

  it('lets no more than five guesses through when fifty come at once', async () => {
    const { phone } = await signUpPlayer(house);
    const wrong = wrongCode(await askCode(house, phone));
    const answers = await Promise.all(Array.from({ length: 50 }, () => tryCode(phone, wrong)));
    const judged = answers.filter(({ body }) => body.code === 'code_wrong');
    assert.equal(judged.length, 4);
    assert.equal(answers.length - judged.length, 46);
  });

  it('keeps no code readable in the table of codes', async () => {
    const phone = newPhone();
    const code = await askCode(house, phone);
    const [row] = await house.owner.query<{ row: string }>(
      'SELECT one_time_code::text AS row FROM one_time_code WHERE phone = $1',
      [phone],
    );
    assert(!row?.row.includes(code));
  });

  it('gives a cookie that scripts and other sites do not get', async () => {
    const { phone } = await signUpPlayer(house);
    const answer = await logInPlayer(house, phone);
    const [session, device] = [answer.headers['set-cookie']].flat().map(String);
    assert.match(session ?? '', /^mb_player=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/);
    assert.match(device ?? '', /^mb_appareil=[\w-]{43}; Max-Age=34560000; Path=\/; HttpOnly; SameSite=Lax$/);
    assert.equal(answer.headers['cache-control'], 'no-store');
  });

  it('ends the session that the same browser had before', async () => {
    const player = await signUpPlayer(house);
    const answer = await logInPlayer(house, player.phone, player.cookie);
    assert.notEqual(cookieOf(answer), player.cookie);
    assert.equal((await player.get('/me')).status, 401);
    assert.equal((await house.get('/me', cookieOf(answer))).status, 200);
  });

  it('logs out: here at once, on another node within a second', async () => {
    const player = await signUpPlayer(house);
    const other = await openSecondNode(house, house.db);
    const see = () => other.player.inject({ url: '/api/v1/me', headers: { cookie: player.cookie } });
    assert.equal((await see()).statusCode, 200);
    const out = await player.post('/sessions/end');
    assert.equal(out.status, 204);
    assert.match(String(out.headers['set-cookie']), /^mb_player=; Max-Age=0; Path=\/; HttpOnly/);
    assert.equal((await player.get('/me')).body.code, 'log_in_required');
    await new Promise((done) => setTimeout(done, 1_000));
    assert.equal((await see()).statusCode, 401);
    await other.close();
  });

  it('opens nothing with a session that has expired, of a closed account, or made up', async () => {
    const [late, closed] = [await signUpPlayer(house), await signUpPlayer(house)];
    await house.owner.query('UPDATE session SET expires_at = clock_timestamp() WHERE player_id = $1', [
      late.playerId,
    ]);
    await house.owner.query(`UPDATE player SET state = 'closed' WHERE id = $1`, [closed.playerId]);
    const fresh = await openSecondNode(house, house.db);
    const cookies = [
      late.cookie,
      closed.cookie,
      'mb_player=',
      'mb_player=x',
      `mb_player=${'a'.repeat(43)}`,
      late.cookie.replace('mb_player', '__Host-mb_player'),
      late.cookie.replace('mb_player', 'mb_office'),
    ];
    for (const cookie of cookies) {
      const answer = await fresh.player.inject({ url: '/api/v1/me', headers: { cookie } });
      assert.equal(answer.statusCode, 401, cookie);
    }
    await fresh.close();
    const back = await tryCode(closed.phone, await askCode(house, closed.phone));
    assert.equal(back.body.code, 'not_allowed');
  });

  const crossSite: readonly Readonly<Record<string, string>>[] = [
    { origin: 'https://evil.example', host: 'localhost' },
    { origin: 'null', host: 'localhost' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ];
  for (const headers of crossSite) {
    it(`refuses a post with ${JSON.stringify(headers)}`, async () => {
      const player = await signUpPlayer(house);
      const answer = await house.app.player.inject({
        method: 'POST',
        url: '/api/v1/sessions/end',
        headers: { cookie: player.cookie, ...headers },
      });
      assert.equal(answer.statusCode, 403);
      assert.equal((await player.get('/me')).status, 200, 'the session lives');
    });
  }

  it('takes a post from its own pages', async () => {
    const answer = await house.app.player.inject({
      method: 'POST',
      url: '/api/v1/sessions/code',
      headers: { origin: 'http://localhost:3000', host: 'localhost:3000', 'sec-fetch-site': 'same-origin' },
      payload: { phone: newPhone() },
    });
    assert.equal(answer.statusCode, 202);
  });

  it('refuses what the contract does not know', async () => {
    const phone = newPhone();
    const bodies = [
      {},
      { phone, extra: 1 },
      { phone: 771234567 },
      { phone: [phone] },
      { phone: null },
      '{"phone":"771234567","__proto__":{"x":1}}',
      '{"phone"',
    ];
    for (const body of bodies) {
      const answer = await house.post('/sessions/code', undefined, body);
      assert.equal(answer.status, 400, JSON.stringify(body));
    }
    for (const code of ['12345', '1234567', '12345a', '１２３４５６', 123456]) {
      assert.equal((await house.post('/sessions', undefined, { phone, code })).status, 400, String(code));
    }
  });
});

describe('log-in in production', () => {
  it('says that no message can be sent while there is no gateway', async () => {
    const house = await openHouse();
    const app = await openSecondNode(house, house.db, { isProduction: true, smsGateway: null });
    for (const [site, path] of [
      [app.player, '/sessions/code'],
      [app.office, '/staff/sessions/code'],
    ] as const) {
      const answer = await site.inject({
        method: 'POST',
        url: `/api/v1${path}`,
        payload: { phone: newPhone() },
      });
      assert.equal(answer.statusCode, 503);
      assert.equal(answer.json().code, 'sms_unavailable');
    }
    await app.close();
    await house.close();
  });

  it('sets a Secure __Host- cookie and opens real accounts', async () => {
    const house = await openHouse();
    const sent: string[] = [];
    const smsGateway = {
      send: async (_tx: unknown, sms: { readonly body: string }) => {
        sent.push(sms.body);
      },
    };
    const app = await openSecondNode(house, house.db, { isProduction: true, smsGateway });
    const post = (path: string, payload: object) =>
      app.player.inject({ method: 'POST', url: `/api/v1${path}`, payload });
    const phone = newPhone();
    await post('/sessions/code', { phone });
    const code = sent[0]?.slice(-6) ?? '';
    const { signUpToken } = (await post('/sessions', { phone, code })).json();
    const form = {
      signUpToken,
      pseudonym: 'Vraie',
      birthDate: '1990-01-01',
      pin: testPin,
      termsVersion: '2026-11',
    };
    const answer = await post('/players', form);
    assert.equal(answer.json().isTest, false);
    assert.match(
      String([answer.headers['set-cookie']].flat()[1]),
      /^__Host-mb_appareil=[\w-]{43}; Max-Age=34560000; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
    assert.match(
      String([answer.headers['set-cookie']].flat()[0]),
      /^__Host-mb_player=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
    await app.close();
    await house.assertSound();
    await house.close();
  });
});

/** Another node on the same database. */
function openSecondNode(
  house: House,
  db: Db,
  options: Partial<Pick<Parameters<typeof buildApp>[0], 'isProduction' | 'smsGateway'>> = {},
) {
  return buildApp({ ...house.deps, db, smsGateway: null, ...options });
}

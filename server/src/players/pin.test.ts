import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { buildApp } from '../app.ts';
import { type Answer, type House, openHouse } from '../testing/house.ts';
import {
  askCode,
  cookieOf,
  deviceOf,
  logInPlayer,
  newPhone,
  signUpPlayer,
  type TestPlayer,
  testPin,
} from '../testing/people.ts';

let house: House;
before(async () => {
  house = await openHouse();
});
after(async () => {
  await house.assertSound();
  await house.close();
});

const wrongPin = '8305';

async function showCode(phone: string, device?: string): Promise<string> {
  const shown = await house.post('/sessions', device, { phone, code: await askCode(house, phone) });
  assert.match(shown.body.kind, /^pin_/, JSON.stringify(shown.body));
  return shown.body.logInToken;
}
const tryPin = (logInToken: string, pin: string, device?: string): Promise<Answer> =>
  house.post('/sessions/pin', device, { logInToken, pin });
const tryDevice = (phone: string, pin: string, device?: string): Promise<Answer> =>
  house.post('/sessions/device', device, { phone, pin });
const withdraw = (cookie: string): Promise<Answer> =>
  house.post('/withdrawals', cookie, { operationId: randomUUID(), provider: 'internal', amountXof: 1_000 });
const changePlayer = (player: TestPlayer, change: string) =>
  house.owner.query(`UPDATE player SET ${change} WHERE id = $1`, [player.playerId]);
async function smsTo(phone: string): Promise<string[]> {
  const { body } = await house.get(`/sandbox/sms?phone=${encodeURIComponent(phone)}`);
  return body.messages.map((message: { body: string }) => message.body);
}

describe('a PIN at log-in', () => {
  it('S01: 1 000 guesses from 200 addresses by who has neither code nor device never reach the PIN', async () => {
    const { phone, device } = await signUpPlayer(house);
    const guesses = Array.from({ length: 1_000 }, (_, i) =>
      house.app.player.inject({
        method: 'POST',
        url: '/api/v1/sessions/device',
        remoteAddress: `10.66.0.${i % 200}`,
        payload: { phone, pin: String(1_000 + i) },
      }),
    );
    for (const answer of await Promise.all(guesses)) assert.equal(answer.json().code, 'device_unknown');
    assert.equal((await tryDevice(phone, testPin, device)).status, 200, 'its owner notices nothing');
  });

  it('S01: who has stolen the number is stopped after five; the owner is told and comes in on his device at once', async () => {
    const player = await signUpPlayer(house);
    const token = await showCode(player.phone);
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, i) => tryPin(token, String(2_000 + i))),
    );
    const codes = answers.map(({ body }) => body.code);
    assert.equal(codes.filter((code) => code === 'pin_wrong').length, 4);
    assert.equal(codes.filter((code) => code === 'pin_too_many_failures').length, 196);
    assert.equal(
      (await tryPin(token, testPin)).body.code,
      'pin_too_many_failures',
      'the right one waits too',
    );
    const told = (await smsTo(player.phone)).filter((body) => body.includes('trop de PIN faux'));
    assert.equal(told.length, 1);

    assert.equal(
      (await tryDevice(player.phone, testPin, player.device)).status,
      200,
      'the owner’s own device',
    );
    await changePlayer(player, 'pin_blocked_until = clock_timestamp()');
    assert.equal((await logInPlayer(house, player.phone)).status, 200, 'and elsewhere once the wait is over');
  });

  it('waits longer each time', async () => {
    const player = await signUpPlayer(house);
    const token = await showCode(player.phone);
    const waits: number[] = [];
    for (let i = 0; i < 15; i++) {
      const { body } = await tryPin(token, wrongPin);
      if (body.code === 'pin_too_many_failures') {
        waits.push(body.params.retryAfterS);
        await changePlayer(player, 'pin_blocked_until = clock_timestamp()');
      }
    }
    assert.deepEqual(waits, [300, 600, 1_200]);
  });

  it('counts wrong ones on a stolen device on that device alone', async () => {
    const player = await signUpPlayer(house);
    for (let i = 0; i < 4; i++) {
      assert.equal((await tryDevice(player.phone, wrongPin, player.device)).body.code, 'pin_wrong');
    }
    assert.equal((await tryDevice(player.phone, wrongPin, player.device)).body.code, 'pin_too_many_failures');
    assert.equal((await tryDevice(player.phone, testPin, player.device)).body.code, 'pin_too_many_failures');
    assert.equal((await logInPlayer(house, player.phone)).status, 200);
  });

  it('S02: one PIN against hundreds of accounts raises one alarm and locks nobody out', async () => {
    const alarms = () =>
      house.owner.query(`SELECT 1 FROM audit_entry WHERE command = 'watch-guessing' AND outcome = 'alarm'`);
    const { phone, device } = await signUpPlayer(house);
    const before = (await alarms()).length;
    const victims = Array.from({ length: 320 }, () => newPhone());
    const answers = await Promise.all(victims.map((victim) => tryDevice(victim, '2580')));
    assert(answers.every(({ body }) => body.code === 'device_unknown'));
    assert.equal((await alarms()).length, Math.max(before, 1));
    assert.equal((await tryDevice(phone, testPin, device)).status, 200);
    assert.equal((await logInPlayer(house, phone)).status, 200);
  });

  it('one address is stopped, whatever it tries', async () => {
    const { phone, device } = await signUpPlayer(house);
    const from = (remoteAddress: string, cookie: string) =>
      house.app.player.inject({
        method: 'POST',
        url: '/api/v1/sessions/device',
        remoteAddress,
        headers: { cookie },
        payload: { phone, pin: testPin },
      });
    const answers = [];
    for (let i = 0; i < 101; i++) answers.push(await from('10.77.0.1', ''));
    assert.equal(answers.filter((one) => one.json().code === 'device_unknown').length, 100);
    assert.equal(answers.at(-1)?.json().code, 'too_many_requests');
    assert(Number(answers.at(-1)?.headers['retry-after']) > 0);
    assert.equal((await from('10.77.0.2', device)).statusCode, 200);
  });

  it('fifty log-ins at once with one token: one wins', async () => {
    const { phone } = await signUpPlayer(house);
    const token = await showCode(phone);
    const answers = await Promise.all(Array.from({ length: 50 }, () => tryPin(token, testPin)));
    assert.equal(answers.filter(({ status }) => status === 200).length, 1);
    assert.equal(answers.filter(({ body }) => body.code === 'log_in_expired').length, 49);
  });

  it('refuses a token that is not ours, is too old, or of a number that changed', async () => {
    const player = await signUpPlayer(house);
    const token = await showCode(player.phone);
    const [text = '', mac = ''] = token.split('.');
    for (const bad of ['x', `${text}.${mac}x`, `${text}x.${mac}`, text]) {
      assert.equal((await tryPin(bad, testPin)).body.code, 'log_in_expired', bad);
    }
    await changePlayer(player, `phone = '${newPhone()}'`);
    assert.equal((await tryPin(token, testPin)).body.code, 'log_in_expired');
    await changePlayer(player, `phone = '${player.phone}'`);
    assert.equal((await tryPin(token, testPin)).status, 200);
    assert.equal((await tryPin(token, testPin)).body.code, 'log_in_expired', 'a log-in makes it void');
  });

  it('is chosen at the first log-in by who has none', async () => {
    const player = await signUpPlayer(house);
    await changePlayer(player, 'pin_hash = NULL, pin_set_at = NULL');
    const shown = await house.post('/sessions', undefined, {
      phone: player.phone,
      code: await askCode(house, player.phone),
    });
    assert.equal(shown.body.kind, 'pin_unset');
    const { logInToken } = shown.body;
    assert.equal((await tryDevice(player.phone, testPin, player.device)).body.code, 'device_unknown');
    assert.equal((await tryPin(logInToken, '1234')).body.code, 'pin_weak');
    assert.equal((await tryPin(logInToken, '592803')).status, 200);
    assert.equal((await tryDevice(player.phone, '592803', player.device)).status, 200);
  });
});

describe('S07: a weak PIN', () => {
  const birthDate = '1994-08-23';
  for (const [pin, reason] of [
    ['0000', 'repeated'],
    ['1234', 'sequence'],
    ['2308', 'birth_date'],
    ['1994', 'birth_year'],
    ['2580', 'common'],
  ] as const) {
    it(`${pin} is refused at sign-up: ${reason}`, async () => {
      const phone = newPhone();
      const shown = await house.post('/sessions', undefined, { phone, code: await askCode(house, phone) });
      const { signUpToken } = shown.body;
      const form = { signUpToken, pseudonym: 'Faible', birthDate, pin, termsVersion: '2026-11' };
      const answer = await house.post('/players', undefined, form);
      assert.equal(answer.status, 422);
      assert.deepEqual([answer.body.code, answer.body.params], ['pin_weak', { reason }]);
      assert.doesNotMatch(answer.body.title, /[{}_]/);
    });
  }

  it('the tail of the phone is refused', async () => {
    const phone = '+221778306415';
    const shown = await house.post('/sessions', undefined, { phone, code: await askCode(house, phone) });
    const form = {
      signUpToken: shown.body.signUpToken,
      pseudonym: 'Faible',
      birthDate,
      termsVersion: '2026-11',
    };
    const answer = await house.post('/players', undefined, { ...form, pin: '6415' });
    assert.deepEqual(answer.body.params, { reason: 'phone_tail' });
    assert.equal((await house.post('/players', undefined, { ...form, pin: '7294' })).status, 201);
  });

  for (const pin of ['123', '1234567', '12a4', '１２３４', ' 7294', 7294, null]) {
    it(`${JSON.stringify(pin)} is no PIN`, async () => {
      const answer = await house.post('/sessions/pin', undefined, { logInToken: 'x', pin });
      assert.equal(answer.body.code, 'request_invalid');
    });
  }
});

describe('S08 and S09: what is kept of a PIN', () => {
  const rowOf = async (player: TestPlayer) => {
    const [row] = await house.owner.query<{ hash: string; row: string }>(
      'SELECT pin_hash AS hash, player::text AS row FROM player WHERE id = $1',
      [player.playerId],
    );
    assert(row !== undefined);
    return row;
  };

  it('S08: six digits are taken whole, with their zeros', async () => {
    const phone = newPhone();
    const shown = await house.post('/sessions', undefined, { phone, code: await askCode(house, phone) });
    const form = {
      pseudonym: 'Six-Chiffres',
      birthDate: '1990-01-31',
      pin: '003957',
      termsVersion: '2026-11',
    };
    const signedUp = await house.post('/players', undefined, {
      signUpToken: shown.body.signUpToken,
      ...form,
    });
    assert.equal(signedUp.status, 201);
    const device = deviceOf(signedUp);
    for (const pin of ['3957', '00395', '0039570'.slice(1)]) {
      assert.equal((await tryDevice(phone, pin, device)).body.code, 'pin_wrong', pin);
    }
    assert.equal((await tryDevice(phone, '003957', device)).status, 200);
  });

  it('S09: scrypt with its parameters, and nothing readable', async () => {
    const player = await signUpPlayer(house);
    const { hash, row } = await rowOf(player);
    assert.match(hash, /^scrypt\$N=16384,r=8,p=1\$[0-9a-f]{8}\$[\w-]{22}\$[\w-]{43}$/);
    assert(!row.includes(testPin));
    const other = await rowOf(await signUpPlayer(house));
    assert.notEqual(hash.split('$')[3], other.hash.split('$')[3], 'a salt of its own');
  });

  it('S09: is hashed anew at log-in when its key or its work is older', async () => {
    const player = await signUpPlayer(house);
    const { secrets } = house.deps;
    const before = (await rowOf(player)).hash;
    const rotated = await buildApp({
      ...house.deps,
      secrets: { ...secrets, pinKeys: ['the key that comes after', ...secrets.pinKeys] },
    });
    const logIn = () =>
      rotated.player.inject({
        method: 'POST',
        url: '/api/v1/sessions/device',
        headers: { cookie: player.device },
        payload: { phone: player.phone, pin: testPin },
      });
    assert.equal((await logIn()).statusCode, 200);
    const after = (await rowOf(player)).hash;
    assert.notEqual(after.split('$')[2], before.split('$')[2], 'under the new key');
    assert.equal((await logIn()).statusCode, 200);
    assert.equal((await rowOf(player)).hash, after, 'the newest is left alone');
    await rotated.close();
    const lost = await tryDevice(player.phone, testPin, player.device);
    assert.equal(lost.body.code, 'pin_wrong', 'without its key nobody can check it');
  });

  it('a hash copied to another player opens nothing', async () => {
    const [one, other] = [await signUpPlayer(house), await signUpPlayer(house)];
    await changePlayer(other, `pin_hash = '${(await rowOf(one)).hash}'`);
    assert.equal((await tryDevice(other.phone, testPin, other.device)).body.code, 'pin_wrong');
  });
});

describe('a bound device', () => {
  it('logs in with phone and PIN, and with nobody else’s phone', async () => {
    const [player, other] = [await signUpPlayer(house), await signUpPlayer(house)];
    const answer = await tryDevice(player.phone, testPin, player.device);
    assert.equal(answer.status, 200);
    assert.equal(answer.body.playerId, player.playerId);
    assert.equal((await tryDevice(other.phone, testPin, player.device)).body.code, 'device_unknown');
    const { devices } = (await house.get('/me/devices', cookieOf(answer))).body;
    assert.equal(devices.length, 1);
    assert.equal(devices[0].isThisOne, true);
  });

  it('a new one makes withdrawals wait a day, and the others hear of it', async () => {
    const player = await signUpPlayer(house, { availableXof: 10_000 });
    assert.equal((await withdraw(player.cookie)).status, 202, 'the first device does not wait');
    const onNew = await logInPlayer(house, player.phone);
    assert.equal(onNew.status, 200);
    for (const cookie of [cookieOf(onNew), player.cookie]) {
      const refused = await withdraw(cookie);
      assert.equal(refused.status, 403);
      assert.equal(refused.body.code, 'withdrawal_device_new');
      const waitMs = Date.parse(refused.body.params.untilAt) - Date.now();
      assert(waitMs > 23.9 * 3_600_000 && waitMs <= 24 * 3_600_000, `${waitMs}`);
      assert.match(refused.body.title, /reprennent le \d\d\/\d\d/);
    }
    assert((await smsTo(player.phone))[0]?.includes('nouvel appareil'));
    await changePlayer(player, `payout_held_until = payout_held_until - interval '24 hours'`);
    assert.equal((await withdraw(cookieOf(onNew))).status, 202);
    const again = await logInPlayer(house, player.phone, deviceOf(onNew));
    assert.equal((await withdraw(cookieOf(again))).status, 202, 'a device that is known does not wait');
  });

  it('what waits is refused with its reason', async () => {
    const player = await signUpPlayer(house, { availableXof: 10_000 });
    const held = `payout_held_until = clock_timestamp() + interval '1 hour', payout_held_for = 'access'`;
    await changePlayer(player, held);
    assert.equal((await withdraw(player.cookie)).body.code, 'withdrawal_access_changed');
    await changePlayer(player, 'payout_frozen_at = clock_timestamp()');
    assert.equal((await withdraw(player.cookie)).body.code, 'account_frozen');
  });

  it('taken away, its sessions end and it needs a code again', async () => {
    const player = await signUpPlayer(house);
    const onNew = await logInPlayer(house, player.phone);
    const { devices } = (await player.get('/me/devices')).body;
    const stolen = devices.find((device: { isThisOne: boolean }) => !device.isThisOne);
    const removed = await player.post(`/me/devices/${stolen.deviceId}/remove`);
    assert.equal(removed.status, 204);
    assert.equal((await player.post(`/me/devices/${stolen.deviceId}/remove`)).status, 404, 'once');
    const [session] = await house.owner.query(
      'SELECT 1 FROM session WHERE device_id = $1 AND ended_at IS NULL',
      [stolen.deviceId],
    );
    assert.equal(session, undefined);
    assert.equal((await tryDevice(player.phone, testPin, deviceOf(onNew))).body.code, 'device_unknown');
    assert.equal((await tryDevice(player.phone, testPin, player.device)).status, 200);
  });

  it('is shared by two players of one phone, each with his own PIN', async () => {
    const one = await signUpPlayer(house);
    const other = await signUpPlayer(house);
    const answer = await logInPlayer(house, other.phone, one.device);
    const device = deviceOf(answer);
    assert.notEqual(device, one.device, 'a new token each time');
    assert.equal((await tryDevice(one.phone, testPin, device)).status, 200);
    assert.equal((await tryDevice(other.phone, testPin, device)).status, 200);
    assert.equal((await tryDevice(one.phone, testPin, one.device)).body.code, 'device_unknown');
  });
});

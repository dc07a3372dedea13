import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { termsVersion } from '#core/settings.ts';
import { signJson } from '../sessions/signed-text.ts';
import { type Answer, type House, openHouse } from '../testing/house.ts';
import { askCode, cookieOf, logInNewStaff, newPhone, signUpPlayer, testPin } from '../testing/people.ts';
import { phoneOfSignUpToken } from './door-token.ts';

describe('sign-up', () => {
  let house: House;
  before(async () => {
    house = await openHouse();
  });
  after(async () => {
    await house.assertSound();
    await house.close();
  });

  async function newToken(phone = newPhone()): Promise<string> {
    const answer = await house.post('/sessions', undefined, { phone, code: await askCode(house, phone) });
    return answer.body.signUpToken;
  }

  let names = 0;
  function signUp(signUpToken: string, changed: object = {}): Promise<Answer> {
    names += 1;
    const form = {
      signUpToken,
      pseudonym: `Nouveau-${names}`,
      birthDate: '1990-01-01',
      pin: testPin,
      termsVersion,
    };
    return house.post('/players', undefined, { ...form, ...changed });
  }

  it('opens an account flagged as test in the sandbox, with an empty balance, and logs in', async () => {
    const answer = await signUp(await newToken());
    assert.equal(answer.status, 201);
    assert.equal(answer.body.isTest, true);
    const cookie = cookieOf(answer);
    assert.deepEqual((await house.get('/me', cookie)).body, answer.body);
    const { room: _room, ...wallet } = (await house.get('/wallet', cookie)).body;
    assert.deepEqual(wallet, {
      availableXof: 0,
      bonusXof: 0,
      openXof: 0,
      engagedXof: 0,
      withdrawingXof: 0,
      isTest: true,
    });
    assert.deepEqual((await house.get('/wallet/statement', cookie)).body, { movements: [], next: null });
  });

  it('takes a token once, also when it comes ten times at once', async () => {
    const token = await newToken();
    const answers = await Promise.all(Array.from({ length: 10 }, () => signUp(token)));
    assert.equal(answers.filter(({ status }) => status === 201).length, 1);
    assert.equal(answers.filter(({ body }) => body.code === 'sign_up_expired').length, 9);
  });

  it('refuses a token that is not ours, and one after its quarter of an hour', async () => {
    const token = await newToken();
    const [text = '', mac = ''] = token.split('.');
    const richer = Buffer.from(JSON.stringify({ phone: newPhone(), untilMs: 9e15 })).toString('base64url');
    const foreign = signJson(['another key'], 'sign-up', { phone: newPhone(), untilMs: 9e15 });
    for (const bad of ['x', `${richer}.${mac}`, `${text}.${mac}x`, text, foreign]) {
      assert.equal((await signUp(bad)).body.code, 'sign_up_expired', bad);
    }
    const signed = signJson(['key'], 'sign-up', { phone: '+221771234567', untilMs: 1_000 });
    assert.equal(phoneOfSignUpToken(['key'], signed, 999), '+221771234567');
    assert.equal(phoneOfSignUpToken(['key'], signed, 1_000), null);
    assert.equal((await signUp(token)).status, 201, 'the true one still serves');
  });

  it('is for people of 18 and more, by the database’s today', async () => {
    const [day] = await house.owner.query<{ eighteen: string; tomorrow: string; ancient: string }>(
      `SELECT to_char(current_date - interval '18 years', 'YYYY-MM-DD') AS eighteen,
              to_char(current_date + 1 - interval '18 years', 'YYYY-MM-DD') AS tomorrow,
              to_char(current_date - interval '121 years', 'YYYY-MM-DD') AS ancient`,
    );
    const token = await newToken();
    const refusals = [
      [day?.tomorrow, 'too_young'],
      ['2199-01-01', 'too_young'],
      [day?.ancient, 'request_invalid'],
      ['1990-02-30', 'request_invalid'],
      ['01/01/1990', 'request_invalid'],
    ];
    for (const [birthDate, code] of refusals) {
      assert.equal((await signUp(token, { birthDate })).body.code, code, birthDate);
    }
    assert.equal((await signUp(token, { birthDate: day?.eighteen })).status, 201);
  });

  it('refuses other terms than today’s, and a pseudonym against the rules', async () => {
    const token = await newToken();
    assert.equal((await signUp(token, { termsVersion: '2020-01' })).body.code, 'terms_outdated');
    for (const pseudonym of ['ab', '771234567', 'Mbayar', 'un espace', '<script>']) {
      assert.equal((await signUp(token, { pseudonym })).body.code, 'pseudonym_invalid', pseudonym);
    }
    assert.equal((await signUp(token)).status, 201);
  });

  it('gives a pseudonym to one person, however it is dressed', async () => {
    await signUpPlayer(house, { pseudonym: 'Modou-Lo' });
    const token = await newToken();
    for (const pseudonym of ['Modou-Lo', 'modoulo', 'MODOU_LÔ', 'mo-dou-lo']) {
      const answer = await signUp(token, { pseudonym });
      assert.equal(answer.status, 409, pseudonym);
      assert.equal(answer.body.code, 'pseudonym_taken');
    }
    const tokens = await Promise.all(Array.from({ length: 8 }, () => newToken()));
    const answers = await Promise.all(tokens.map((one) => signUp(one, { pseudonym: 'Balla-Gaye' })));
    assert.equal(answers.filter(({ status }) => status === 201).length, 1);
    assert.equal(answers.filter(({ body }) => body.code === 'pseudonym_taken').length, 7);
  });

  it('is closed to staff', async () => {
    const staff = await logInNewStaff(house);
    const code = await askCode(house, staff.phone);
    const answer = await house.post('/sessions', undefined, { phone: staff.phone, code });
    assert.equal(answer.status, 403);
    assert.equal(answer.body.code, 'staff_may_not_bet');

    const phone = newPhone();
    const token = await newToken(phone);
    await house.owner.query(
      `INSERT INTO staff (id, phone, name, role, totp_secret) VALUES (gen_random_uuid(), $1, 'Nouveau', 'operator', 'AAAA')`,
      [phone],
    );
    assert.equal((await signUp(token)).body.code, 'staff_may_not_bet');
  });

  it('leaves nothing behind when it is refused', async () => {
    const count = async () => {
      const [row] = await house.owner.query<{ accounts: number; holders: number; players: number }>(
        `SELECT (SELECT count(*) FROM ledger.account WHERE kind = 'player_available') AS accounts,
                (SELECT count(*) FROM phone_holder WHERE kind = 'player') AS holders,
                (SELECT count(*) FROM player) AS players`,
      );
      return row;
    };
    const before = await count();
    await signUp(await newToken(), { pseudonym: 'Modou-Lo' });
    assert.deepEqual(await count(), before);
    assert.equal(before?.accounts, before?.players);
    assert.equal(before?.holders, before?.players);
  });
});

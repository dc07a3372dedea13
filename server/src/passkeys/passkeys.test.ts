import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Authenticator, type Lies } from '../testing/authenticator.ts';
import { type Answer, type House, openHouse } from '../testing/house.ts';
import { cookieOf, logInNewStaff, readTotp, signUpPlayer, type TestPerson } from '../testing/people.ts';

describe('passkeys', () => {
  let house: House;
  before(async () => {
    house = await openHouse();
  });
  after(() => house.close());

  /** The cookies of a browser: its session, and the one of its challenge. */
  const withChallenge = (cookie: string | undefined, asked: Answer) =>
    [cookie, cookieOf(asked)].filter(Boolean).join('; ');

  const register = async (
    person: TestPerson,
    key: Authenticator,
    { site = '', lies = {} }: { site?: '' | '/staff'; lies?: Lies } = {},
  ): Promise<Answer> => {
    const asked = await person.post(`${site}/passkeys/options`);
    assert.equal(asked.status, 200, JSON.stringify(asked.body));
    const credential = key.create(asked.body.options, lies);
    return house.post(`${site}/passkeys`, withChallenge(person.cookie, asked), { credential });
  };
  const logIn = async (
    key: Authenticator,
    lies: Lies = {},
    own?: Authenticator['keys'][number],
    site: '' | '/staff' = '',
  ) => {
    const asked = await house.post(`${site}/sessions/passkey/options`, undefined, {});
    const credential = key.show(asked.body.options, lies, own);
    return house.post(`${site}/sessions/passkey`, cookieOf(asked), { credential });
  };
  const stepUp = async (
    person: TestPerson,
    key: Authenticator,
    lies: Lies = {},
    site: '' | '/staff' = '',
  ) => {
    const asked = await person.post(`${site}/sessions/step-up/options`);
    const credential = key.show(asked.body.options, lies);
    return house.post(`${site}/sessions/step-up`, withChallenge(person.cookie, asked), { credential });
  };
  const refused = (answer: Answer, code = 'passkey_refused') =>
    assert.equal(answer.body?.code, code, JSON.stringify(answer.body));
  /** A player with a passkey in his phone. */
  const playerWithKey = async () => {
    const player = await signUpPlayer(house);
    const key = new Authenticator();
    const added = await register(player, key);
    assert.equal(added.status, 201, JSON.stringify(added.body));
    return { player, key, passkeyId: String(added.body.passkeyId) };
  };
  const letStepUpPass = (personId: string) =>
    house.owner.query(
      `UPDATE session SET stepped_up_at = stepped_up_at - interval '1 hour', rotated_at = rotated_at - interval '1 hour'
       WHERE $1 IN (player_id, staff_id)`,
      [personId],
    );

  it('is registered, logs in by itself with one tap, is named and removed', async () => {
    const { player, key, passkeyId } = await playerWithKey();
    const loggedIn = await logIn(key);
    assert.equal(loggedIn.status, 200, JSON.stringify(loggedIn.body));
    assert.equal(loggedIn.body.playerId, player.playerId);
    const cookie = cookieOf(loggedIn);
    assert.deepEqual((await house.get('/me', cookie)).body, loggedIn.body);
    assert.equal((await house.post('/sessions/end-others', cookie, {})).status, 200, 'two factors in one');

    const named = await house.post(`/passkeys/${passkeyId}/rename`, cookie, { label: 'Téléphone' });
    assert.equal(named.body.label, 'Téléphone');
    const [shown] = (await house.get('/passkeys', cookie)).body.passkeys;
    assert.deepEqual([shown.passkeyId, shown.label], [passkeyId, 'Téléphone']);
    assert.notEqual(shown.lastUsedAt, null);
    const stranger = await signUpPlayer(house);
    for (const action of ['rename', 'remove']) {
      const answer = await stranger.post(
        `/passkeys/${passkeyId}/${action}`,
        action === 'rename' ? { label: 'x' } : {},
      );
      assert.equal(answer.status, 404, action);
    }
    assert.equal((await house.post(`/passkeys/${passkeyId}/remove`, cookie, {})).status, 204);
    refused(await logIn(key));
    assert.deepEqual((await house.get('/passkeys', cookie)).body.passkeys, []);
  });

  it('makes a new browser a bound device: withdrawals wait there, and the old devices are told', async () => {
    const { player, key } = await playerWithKey();
    const loggedIn = await logIn(key);
    const cookies = [loggedIn.headers['set-cookie']].flat().map(String);
    assert(
      cookies.some((cookie) => cookie.startsWith('mb_appareil=')),
      cookies.join(),
    );
    const [row] = await house.owner.query<{ reason: string | null; devices: number }>(
      `SELECT payout_held_for AS reason, (SELECT count(*)::int FROM device WHERE player_id = player.id) AS devices
       FROM player WHERE id = $1`,
      [player.playerId],
    );
    assert.deepEqual(row, { reason: 'device', devices: 2 });
  });

  it('asks for a discoverable credential and its owner in person, for our site alone', async () => {
    const player = await signUpPlayer(house);
    const { options } = (await player.post('/passkeys/options')).body;
    assert.deepEqual(options.rp, { name: 'Mbayar', id: 'localhost' });
    assert.equal(options.authenticatorSelection.userVerification, 'required');
    assert.equal(options.authenticatorSelection.residentKey, 'required');
    assert.equal(Buffer.from(options.challenge, 'base64url').length, 32);
    const shown = (await house.post('/sessions/passkey/options', undefined, {})).body.options;
    assert.equal(shown.userVerification, 'required');
    assert.deepEqual(shown.allowCredentials ?? [], [], 'nobody learns who has a passkey');
  });

  it('refuses a registration with a wrong challenge, origin or site, or without its owner', async () => {
    const player = await signUpPlayer(house);
    const lies: readonly Lies[] = [
      { challenge: Buffer.alloc(32).toString('base64url') },
      { origin: 'https://evil.example' },
      { origin: 'http://localhost:3001' },
      { rpId: 'evil.example' },
      { isUserVerified: false },
    ];
    for (const lie of lies) refused(await register(player, new Authenticator(), { lies: lie }));
    assert.deepEqual((await player.get('/passkeys')).body.passkeys, []);
  });

  it('refuses a log-in with a wrong challenge, origin or site, or without its owner', async () => {
    const { key } = await playerWithKey();
    const lies: readonly Lies[] = [
      { challenge: Buffer.alloc(32).toString('base64url') },
      { origin: 'https://evil.example' },
      { rpId: 'evil.example' },
      { isUserVerified: false },
      { id: 'unknown' },
    ];
    for (const lie of lies) refused(await logIn(key, lie));
    assert.equal((await logIn(key)).status, 200);
  });

  it('takes a challenge once, from the browser it was given to, for its purpose, within five minutes', async () => {
    const { player, key } = await playerWithKey();
    const ask = () => house.post('/sessions/passkey/options', undefined, {});
    const asked = await ask();
    const credential = key.show(asked.body.options);
    refused(await house.post('/sessions/passkey', undefined, { credential }), 'passkey_expired');
    const another = cookieOf(await ask());
    refused(await house.post('/sessions/passkey', another, { credential }));
    assert.equal((await house.post('/sessions/passkey', cookieOf(asked), { credential })).status, 200);
    refused(await house.post('/sessions/passkey', cookieOf(asked), { credential }), 'passkey_expired');

    const forLogIn = await ask();
    const misused = key.show(forLogIn.body.options);
    const cookie = withChallenge(player.cookie, forLogIn);
    refused(await house.post('/sessions/step-up', cookie, { credential: misused }), 'passkey_expired');

    const late = await ask();
    await house.owner.query(`UPDATE passkey_challenge SET expires_at = expires_at - interval '5 minutes'`);
    const shownLate = key.show(late.body.options);
    refused(
      await house.post('/sessions/passkey', cookieOf(late), { credential: shownLate }),
      'passkey_expired',
    );
  });

  it('takes a challenge once, also when it comes ten times at once', async () => {
    const { key } = await playerWithKey();
    const asked = await house.post('/sessions/passkey/options', undefined, {});
    const credential = key.show(asked.body.options);
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => house.post('/sessions/passkey', cookieOf(asked), { credential })),
    );
    assert.equal(answers.filter(({ status }) => status === 200).length, 1);
  });

  it('refuses a copy that counts what was counted already', async () => {
    const { key } = await playerWithKey();
    assert.equal((await logIn(key)).status, 200);
    assert.equal((await logIn(key)).status, 200);
    for (const counter of [0, 1, 2]) refused(await logIn(key, { counter }));
    assert.equal((await logIn(key, { counter: 90 })).status, 200);
  });

  it('does not register what somebody has already, nor show what is somebody else’s', async () => {
    const { key } = await playerWithKey();
    const [own] = key.keys;
    const thief = await signUpPlayer(house);
    const copied = await register(thief, new Authenticator(), {
      lies: { id: own?.id.toString('base64url') ?? '' },
    });
    refused(copied);
    refused(await stepUp(thief, key));
    const forged = new Authenticator();
    await register(thief, forged);
    refused(await logIn(forged, { id: own?.id.toString('base64url') ?? '' }));
  });

  it('S10: steps a session up, under a new cookie; the one before is not stepped up', async () => {
    const { player, key } = await playerWithKey();
    await letStepUpPass(player.playerId);
    refused(await stepUp(player, key, { isUserVerified: false }));
    const stepped = await stepUp(player, key);
    assert.deepEqual(stepped.body, { steppedUp: true }, JSON.stringify(stepped.body));
    const cookie = cookieOf(stepped);
    assert.notEqual(cookie, player.cookie);
    assert.equal((await house.post('/passkeys/options', cookie, {})).status, 200);
    assert.equal((await player.post('/passkeys/options')).body.code, 'step_up_required');
    const audit = await house.owner.query<{ input: object }>(
      `SELECT input FROM audit_entry WHERE actor_id = $1 AND command = 'step-up'`,
      [player.playerId],
    );
    assert.deepEqual(audit, [{ input: { factor: 'passkey' } }]);
  });

  it('needs a fresh second factor before another is added', async () => {
    const player = await signUpPlayer(house);
    await letStepUpPass(player.playerId);
    for (const path of ['/passkeys/options', '/passkeys']) {
      const answer = await player.post(path, path === '/passkeys' ? { credential: new Authenticator() } : {});
      assert.match(String(answer.body.code), /step_up_required|request_invalid/);
    }
  });

  it('holds ten passkeys of a person and no more', async () => {
    const player = await signUpPlayer(house);
    for (let i = 0; i < 10; i++) assert.equal((await register(player, new Authenticator())).status, 201);
    refused(await player.post('/passkeys/options'), 'passkeys_too_many');
  });

  it('opens nothing for a closed account', async () => {
    const { player, key } = await playerWithKey();
    await house.owner.query(`UPDATE player SET state = 'closed' WHERE id = $1`, [player.playerId]);
    refused(await logIn(key), 'not_allowed');
  });

  it('refuses what is no credential', async () => {
    const asked = await house.post('/sessions/passkey/options', undefined, {});
    for (const credential of [
      null,
      {},
      'x',
      { id: 'x' },
      { id: '<>', rawId: 'x', type: 'public-key', response: {} },
    ]) {
      const answer = await house.post('/sessions/passkey', cookieOf(asked), { credential });
      assert.equal(answer.body.code, 'request_invalid');
    }
    const { key } = await playerWithKey();
    const id = key.keys[0]?.id.toString('base64url');
    const junk = { clientDataJSON: 'eA', authenticatorData: 'eA', signature: 'eA' };
    const credential = { id, rawId: id, type: 'public-key', response: junk };
    refused(await house.post('/sessions/passkey', cookieOf(asked), { credential }));
  });

  describe('of staff', () => {
    it('belongs to the office, and steps up where TOTP does', async () => {
      const staff = await logInNewStaff(house);
      refused(await register(staff, new Authenticator('http://localhost:3000'), { site: '/staff' }));
      const key = new Authenticator('http://localhost:3001');
      assert.equal((await register(staff, key, { site: '/staff' })).status, 201);
      await letStepUpPass(staff.staffId);
      const stepped = await stepUp(staff, key, {}, '/staff');
      assert.deepEqual(stepped.body, { steppedUp: true }, JSON.stringify(stepped.body));
      assert.equal((await house.post('/staff/sessions/end-others', cookieOf(stepped), {})).status, 200);
      refused(await logIn(key), 'passkey_refused');
    });

    it('logs in by itself, where TOTP would, and opens nothing for who has left', async () => {
      const staff = await logInNewStaff(house, 'finance');
      const key = new Authenticator('http://localhost:3001');
      assert.equal((await register(staff, key, { site: '/staff' })).status, 201);
      refused(await logIn(key, { origin: 'http://localhost:3000' }, undefined, '/staff'));
      refused(await logIn(key, { isUserVerified: false }, undefined, '/staff'));
      const loggedIn = await logIn(key, {}, undefined, '/staff');
      assert.deepEqual(loggedIn.body, { staffId: staff.staffId, name: staff.name, role: 'finance' });
      const cookie = cookieOf(loggedIn);
      assert.equal((await house.get('/staff/me', cookie)).status, 200);
      assert.equal(
        (await house.post('/staff/sessions/end-others', cookie, {})).status,
        200,
        'two factors in one',
      );
      const player = await playerWithKey();
      refused(await logIn(player.key, {}, undefined, '/staff'));
      await house.owner.query(`UPDATE staff SET state = 'left' WHERE id = $1`, [staff.staffId]);
      refused(await logIn(key, {}, undefined, '/staff'), 'not_allowed');
    });

    it('step up with TOTP, each code once; wrong ones count with those of the log-in', async () => {
      const staff = await logInNewStaff(house);
      await letStepUpPass(staff.staffId);
      const totp = await readTotp(house, staff.phone);
      const stepped = await staff.post('/staff/sessions/step-up', { totp });
      assert.deepEqual(stepped.body, { steppedUp: true });
      const cookie = cookieOf(stepped);
      const again = await house.post('/staff/sessions/step-up', cookie, { totp });
      assert.equal(again.body.code, 'code_wrong');
      const wrong = totp === '000000' ? '000001' : '000000';
      for (let i = 0; i < 3; i++) {
        assert.equal(
          (await house.post('/staff/sessions/step-up', cookie, { totp: wrong })).body.code,
          'code_wrong',
        );
      }
      const fifth = await house.post('/staff/sessions/step-up', cookie, { totp: wrong });
      assert.equal(fifth.body.code, 'code_too_many_failures');
      const asked = await house.post('/staff/sessions/code', undefined, { phone: staff.phone });
      assert.equal(asked.body.code, 'code_too_many_failures');
    });
  });
});

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { type Answer, type House, openHouse } from '../testing/house.ts';
import { openNode, type TestNode } from '../testing/nodes.ts';
import {
  askCode,
  cookieOf,
  logInNewStaff,
  logInStaff,
  signUpPlayer,
  type TestPlayer,
} from '../testing/people.ts';
import { endSessionsOf } from './end-sessions.ts';
import { stepUpSession } from './rotate-session.ts';
import { placeOf } from './seen.ts';
import { hashSessionToken } from './session-token.ts';
import { startSession } from './start-session.ts';

describe('sessions', () => {
  let house: House;
  /** Two nodes on one database. */
  let one: TestNode;
  let two: TestNode;
  before(async () => {
    house = await openHouse();
    one = await openNode(house);
    two = await openNode(house);
  });
  after(async () => {
    await one.close();
    await two.close();
    await house.close();
  });

  const tokenOf = (cookie: string) => cookie.split('=')[1] ?? '';
  const logInAgain = async ({ phone }: TestPlayer): Promise<string> => {
    const { playerId } = await playerAt(phone);
    const session = await house.db.transaction((tx) =>
      startSession(tx, { kind: 'player', personId: playerId, replaces: null }),
    );
    return `mb_player=${session.token}`;
  };
  const playerAt = async (phone: string): Promise<{ playerId: string }> => {
    const [row] = await house.owner.query<{ playerId: string }>(
      'SELECT id AS "playerId" FROM player WHERE phone = $1',
      [phone],
    );
    assert(row);
    return row;
  };
  /** Moves a session's times into the past. */
  const age = (cookie: string, change: string) =>
    house.owner.query(`UPDATE session SET ${change} WHERE token_hash = $1`, [
      hashSessionToken(tokenOf(cookie)),
    ]);
  const livingCount = async (playerId: string): Promise<number> => {
    const rows = await house.owner.query('SELECT 1 FROM session WHERE player_id = $1 AND ended_at IS NULL', [
      playerId,
    ]);
    return rows.length;
  };
  const isDead = (answer: Answer) =>
    assert.deepEqual([answer.status, answer.body.code], [401, 'log_in_required']);
  const onBoth = async (cookie: string, path: string, judge: (answer: Answer) => void) => {
    for (const node of [one, two]) {
      node.letSecondPass();
      judge(await node.get(path, cookie));
    }
  };

  it('S10: a session has 256 random bits, and a log-in makes a new one', async () => {
    const player = await signUpPlayer(house);
    const again = [await logInAgain(player), await logInAgain(player)];
    const tokens = [player.cookie, ...again].map(tokenOf);
    assert.equal(new Set(tokens).size, 3);
    for (const token of tokens) assert.equal(Buffer.from(token, 'base64url').length, 32);
    const [row] = await house.owner.query<{ text: string }>(
      'SELECT string_agg(session::text, $1) AS text FROM session',
      ['\n'],
    );
    for (const token of tokens) assert(row?.text.includes(token) === false, 'the table opens no session');
  });

  it('S10: a step-up brings a new token; the old one is not stepped up, and dies', async () => {
    const player = await signUpPlayer(house);
    await age(
      player.cookie,
      `stepped_up_at = stepped_up_at - interval '1 hour', rotated_at = rotated_at - interval '1 hour'`,
    );
    await onBoth(player.cookie, '/me', ({ status }) => assert.equal(status, 200));
    const sessionId = (await player.get('/sessions')).body.sessions[0].sessionId;
    const stepped = await house.db.transaction((tx) => stepUpSession(tx, { kind: 'player', sessionId }));
    const cookie = `mb_player=${stepped?.token}`;
    for (const node of [one, two]) {
      node.letSecondPass();
      assert.equal((await node.post('/sessions/end-others', player.cookie)).body.code, 'step_up_required');
      assert.equal((await node.post('/sessions/end-others', cookie)).status, 200);
    }
    const list = (await one.get('/sessions', cookie)).body.sessions;
    assert.deepEqual(
      list.map((session: { sessionId: string }) => session.sessionId),
      [sessionId],
      'the session is the same',
    );
    await age(cookie, 'previous_until = clock_timestamp()');
    await onBoth(player.cookie, '/me', isDead);
    await onBoth(cookie, '/me', ({ status }) => assert.equal(status, 200));
  });

  it('S11: replayed cookie on a second node after log-out', async () => {
    const player = await signUpPlayer(house);
    assert.equal((await two.get('/me', player.cookie)).status, 200);
    assert.equal((await one.post('/sessions/end', player.cookie)).status, 204);
    isDead(await one.get('/me', player.cookie));
    two.letSecondPass();
    isDead(await two.get('/me', player.cookie));
  });

  it('S11: replayed cookie on a second node after what ends all sessions (PIN change, ban, number change)', async () => {
    const player = await signUpPlayer(house);
    const elsewhere = await logInAgain(player);
    for (const cookie of [player.cookie, elsewhere]) assert.equal((await two.get('/me', cookie)).status, 200);
    const sessionId = (await one.get('/sessions', player.cookie)).body.sessions.find(
      (session: { isCurrent: boolean }) => session.isCurrent,
    ).sessionId;
    const { playerId } = player;
    await house.db.transaction((tx) => endSessionsOf(tx, { playerId, except: sessionId }));
    await onBoth(elsewhere, '/me', isDead);
    await onBoth(player.cookie, '/me', ({ status }) => assert.equal(status, 200));
    await house.db.transaction((tx) => endSessionsOf(tx, { playerId }));
    await onBoth(player.cookie, '/me', isDead);
  });

  it('S11: a cookie from before a role change has the new role, or none, on every node', async () => {
    // There is always another administrator.
    await logInNewStaff(house, 'administrator');
    const staff = await logInNewStaff(house, 'administrator');
    // The last administrator could not change.
    await logInNewStaff(house, 'administrator');
    const path = `/staff/members/${staff.staffId}/sessions/end`;
    const create = {
      operationId: randomUUID(),
      name: 'Gala',
      venue: 'Arène',
      authority: 'FSL',
      startsAt: new Date(Date.now() + 3_600_000).toISOString(),
      visibility: 'public',
      isTest: true,
    };
    assert.equal((await two.post('/staff/galas', staff.cookie, create)).body.code, 'not_allowed');
    assert.equal((await one.get('/staff/me', staff.cookie)).body.role, 'administrator');
    await house.owner.query(`UPDATE staff SET role = 'operator' WHERE id = $1`, [staff.staffId]);
    for (const node of [one, two]) {
      node.letSecondPass();
      assert.equal((await node.get('/staff/me', staff.cookie)).body.role, 'operator');
      const refused = await node.post(path, staff.cookie);
      assert.deepEqual([refused.status, refused.body.code], [403, 'not_allowed']);
    }
    await house.db.transaction((tx) => endSessionsOf(tx, { staffId: staff.staffId }));
    await onBoth(staff.cookie, '/staff/me', isDead);
    const back = await logInStaff(house, staff.phone);
    await house.owner.query(`UPDATE staff SET state = 'left' WHERE id = $1`, [staff.staffId]);
    await onBoth(back.cookie, '/staff/me', isDead);
  });

  it('S12: a session that is idle for its limit is over, by the database’s own clock', async () => {
    const [player, staff] = [await signUpPlayer(house), await logInNewStaff(house)];
    for (const { cookie, path, idle } of [
      { cookie: player.cookie, path: '/me', idle: '7 days' },
      { cookie: staff.cookie, path: '/staff/me', idle: '30 minutes' },
    ]) {
      await age(cookie, `last_used_at = clock_timestamp() - interval '${idle}' + interval '10 seconds'`);
      const node = await openNode(house);
      assert.equal((await node.get(path, cookie)).status, 200);
      // What it noted is written down.
      await node.close();
      await age(cookie, `last_used_at = clock_timestamp() - interval '${idle}'`);
      await onBoth(cookie, path, isDead);
    }
  });

  it('S12: a session that is used lives on, and its use is recorded within a minute', async () => {
    const staff = await logInNewStaff(house);
    const idleMs = async () => {
      const [row] = await house.owner.query<{ idleMs: number }>(
        `SELECT (extract(epoch FROM clock_timestamp() - last_used_at) * 1000)::bigint AS "idleMs" FROM session WHERE token_hash = $1`,
        [hashSessionToken(tokenOf(staff.cookie))],
      );
      return row?.idleMs ?? 0;
    };
    await age(staff.cookie, `last_used_at = clock_timestamp() - interval '29 minutes'`);
    const node = await openNode(house);
    assert.equal((await node.get('/staff/me', staff.cookie)).status, 200);
    await node.close();
    assert((await idleMs()) < 60_000);
    await age(staff.cookie, `last_used_at = clock_timestamp() - interval '40 seconds'`);
    const next = await openNode(house);
    assert.equal((await next.get('/staff/me', staff.cookie)).status, 200);
    await next.close();
    assert((await idleMs()) >= 40_000, 'not more often than once a minute');
  });

  it('S12: a session ends at its greatest age, however much it is used', async () => {
    const [player, staff] = [await signUpPlayer(house), await logInNewStaff(house)];
    for (const { cookie, path, max } of [
      { cookie: player.cookie, path: '/me', max: '30 days' },
      { cookie: staff.cookie, path: '/staff/me', max: '12 hours' },
    ]) {
      await age(cookie, `started_at = clock_timestamp() - interval '${max}' + interval '10 seconds'`);
      await onBoth(cookie, path, ({ status }) => assert.equal(status, 200));
      await age(cookie, `started_at = clock_timestamp() - interval '${max}'`);
      await onBoth(cookie, path, isDead);
    }
    const late = await signUpPlayer(house);
    await age(late.cookie, 'expires_at = clock_timestamp()');
    await onBoth(late.cookie, '/me', isDead);
  });

  it('S12: lists my sessions with device and network, this one marked, and ends one or all others', async () => {
    const player = await signUpPlayer(house);
    const [phone, laptop] = [await logInAgain(player), await logInAgain(player)];
    const agent = 'Mozilla/5.0 (Linux; Android 12) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36';
    const node = await openNode(house);
    await node.get('/me', phone, { 'user-agent': agent });
    await node.close();
    const list = async (cookie: string) => (await house.get('/sessions', cookie)).body.sessions;
    const seen = await list(player.cookie);
    assert.equal(seen.length, 3);
    assert.equal(seen.filter((session: { isCurrent: boolean }) => session.isCurrent).length, 1);
    const onPhone = seen.find(({ device }: { device: string | null }) => device === 'Chrome sur Android');
    assert.deepEqual([onPhone.place, onPhone.via, onPhone.isCurrent], ['127.0.0.•', 'browser', false]);

    const stranger = await signUpPlayer(house);
    const notHis = await stranger.post(`/sessions/${onPhone.sessionId}/end`);
    assert.equal(notHis.status, 404);
    assert.equal((await player.post(`/sessions/${onPhone.sessionId}/end`)).status, 204);
    assert.equal((await player.post(`/sessions/${onPhone.sessionId}/end`)).status, 204, 'twice is once');
    isDead(await house.get('/me', phone));
    assert.equal((await house.get('/me', laptop)).status, 200);
    assert.deepEqual((await player.post('/sessions/end-others')).body, { endedCount: 1 });
    isDead(await house.get('/me', laptop));
    assert.equal((await list(player.cookie)).length, 1);
    assert.equal((await stranger.get('/me')).status, 200);
    const audit = await house.owner.query<{ command: string }>(
      `SELECT command FROM audit_entry WHERE actor_id = $1 AND command = 'end-sessions'`,
      [player.playerId],
    );
    assert.equal(audit.length, 3);
  });

  it('S12: staff have the same list, and an administrator ends all sessions of one', async () => {
    const staff = await logInNewStaff(house, 'support');
    const administrator = await logInNewStaff(house, 'administrator');
    const [session] = (await staff.get('/staff/sessions')).body.sessions;
    assert.equal(session.isCurrent, true);
    assert.equal((await administrator.post(`/staff/sessions/${session.sessionId}/end`)).status, 404);
    assert.equal((await staff.post('/staff/sessions/end-others')).body.endedCount, 0);
    const path = `/staff/members/${staff.staffId}/sessions/end`;
    assert.equal((await staff.post(path)).body.code, 'not_allowed');
    assert.deepEqual((await administrator.post(path)).body, { endedCount: 1 });
    isDead(await staff.get('/staff/me'));
    await onBoth(staff.cookie, '/staff/me', isDead);
    assert.equal((await administrator.post(`/staff/members/${randomUUID()}/sessions/end`)).status, 404);
    const [row] = await house.owner.query<{ input: object }>(
      `SELECT input FROM audit_entry WHERE target = $1 AND command = 'end-sessions'`,
      [`staff ${staff.staffId}`],
    );
    assert.deepEqual(row?.input, { endedCount: 1 });
  });

  it('S13: cookies are __Host-, Secure, HttpOnly and SameSite in production; plain ones open nothing there', async () => {
    const node = await openNode(house, { isProduction: true });
    const player = await signUpPlayer(house);
    await age(player.cookie, `rotated_at = rotated_at - interval '1 day'`);
    const cookie = `__Host-${player.cookie}`;
    const rotated = await node.get('/me', cookie);
    assert.match(
      String(rotated.headers['set-cookie']),
      /^__Host-mb_player=[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
    isDead(await node.get('/me', player.cookie));
    const out = await node.post('/sessions/end', cookieOf(rotated));
    assert.match(String(out.headers['set-cookie']), /^__Host-mb_player=; Max-Age=0; .*HttpOnly; Secure/);
    await node.close();
  });

  it('50 parallel log-ins leave a person with the newest sessions, and end the oldest', async () => {
    const player = await signUpPlayer(house);
    const cookies = await Promise.all(Array.from({ length: 50 }, () => logInAgain(player)));
    const max = house.settings.current().sessionsPersonMax;
    assert.equal(await livingCount(player.playerId), max);
    isDead(await one.get('/me', player.cookie));
    const answers = await Promise.all(cookies.map((cookie) => one.get('/me', cookie)));
    assert.equal(answers.filter(({ status }) => status === 200).length, max);
    const code = await askCode(house, player.phone);
    assert.match(code, /^\d{6}$/);
  });

  describe('rotation', () => {
    const makeDue = (cookie: string) => age(cookie, `rotated_at = rotated_at - interval '1 day'`);

    it('replaces a token once a day; forms that are open go on', async () => {
      const player = await signUpPlayer(house);
      assert.equal(cookieOf(await one.get('/me', player.cookie)), '');
      await makeDue(player.cookie);
      one.letSecondPass();
      const answers = await Promise.all(Array.from({ length: 10 }, () => one.get('/me', player.cookie)));
      assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]));
      const cookies = answers.map(cookieOf).filter((cookie) => cookie !== '');
      assert.equal(cookies.length, 1, 'one of those who came at once gets it');
      const [cookie = ''] = cookies;
      const before = (await one.get('/sessions', player.cookie)).body.sessions[0].sessionId;
      const after = (await one.get('/sessions', cookie)).body.sessions[0].sessionId;
      assert.equal(before, after, 'what form tokens are bound to');
    });

    it('lets the old token go on until the new one was used, and seconds longer', async () => {
      const player = await signUpPlayer(house);
      await makeDue(player.cookie);
      const node = await openNode(house);
      const cookie = cookieOf(await node.get('/me', player.cookie));
      assert.notEqual(cookie, '');
      node.letSecondPass();
      assert.equal((await node.get('/me', player.cookie)).status, 200, 'its answer may have been lost');
      await node.get('/me', cookie);
      await node.close();
      await onBoth(player.cookie, '/me', ({ status }) => assert.equal(status, 200));
      const [row] = await house.owner.query<{ leftMs: number }>(
        `SELECT (extract(epoch FROM previous_until - clock_timestamp()) * 1000)::bigint AS "leftMs" FROM session WHERE token_hash = $1`,
        [hashSessionToken(tokenOf(cookie))],
      );
      assert(row !== undefined && row.leftMs > 0 && row.leftMs <= 15_000, String(row?.leftMs));
      await age(cookie, 'previous_until = clock_timestamp()');
      await onBoth(player.cookie, '/me', isDead);
      await onBoth(cookie, '/me', ({ status }) => assert.equal(status, 200));
    });

    it('offers another when the new token never arrived', async () => {
      const player = await signUpPlayer(house);
      await makeDue(player.cookie);
      one.letSecondPass();
      const lost = cookieOf(await one.get('/me', player.cookie));
      one.letSecondPass();
      assert.equal(cookieOf(await one.get('/me', player.cookie)), '', 'not at once');
      await age(lost, `rotated_at = rotated_at - interval '1 minute'`);
      one.letSecondPass();
      const arrived = cookieOf(await one.get('/me', player.cookie));
      assert(arrived !== '' && arrived !== lost);
      await onBoth(arrived, '/me', ({ status }) => assert.equal(status, 200));
      await onBoth(lost, '/me', isDead);
    });

    it('refuses a replayed old token; from elsewhere it ends the session: one of the two is a thief', async () => {
      const player = await signUpPlayer(house);
      await makeDue(player.cookie);
      const node = await openNode(house);
      const cookie = cookieOf(await node.get('/me', player.cookie));
      node.letSecondPass();
      await node.get('/me', cookie);
      await node.close();
      await age(cookie, 'previous_until = clock_timestamp()');
      await onBoth(player.cookie, '/me', isDead);
      await onBoth(cookie, '/me', ({ status }) => assert.equal(status, 200));
      const thief = await one.app.player.inject({
        url: '/api/v1/me',
        headers: { cookie: player.cookie },
        remoteAddress: '203.0.113.9',
      });
      assert.equal(thief.statusCode, 401);
      await onBoth(cookie, '/me', isDead);
      const [row] = await house.owner.query<{ input: { place: string } }>(
        `SELECT input FROM audit_entry WHERE actor_kind = 'system' AND input->'of'->>'playerId' = $1`,
        [player.playerId],
      );
      assert.equal(row?.input.place, '203.0.113.•');
    });
  });
});

describe('from where a session is used', () => {
  it('keeps the network of an address, not the address', () => {
    assert.equal(placeOf('41.82.17.203'), '41.82.17.•');
    assert.equal(placeOf('::ffff:41.82.17.203'), '41.82.17.•');
    assert.equal(placeOf('2001:db8:7:1::9'), '2001:db8:7::');
    assert.equal(placeOf('2001:db8::9'), '2001:db8:0::');
    assert.equal(placeOf('::1'), '0:0:0::');
  });
});

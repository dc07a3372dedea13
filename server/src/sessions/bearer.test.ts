import assert from 'node:assert/strict';
import { createHmac, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { loadPageBundles } from '../page-bundle.ts';
import { type House, openHouse } from '../testing/house.ts';
import { openNode, type TestNode } from '../testing/nodes.ts';
import { signUpPlayer } from '../testing/people.ts';

describe('bearer tokens', () => {
  let house: House;
  let one: TestNode;
  let two: TestNode;
  before(async () => {
    house = await openHouse({ pages: await loadPageBundles() });
    one = await openNode(house);
    two = await openNode(house);
  });
  after(async () => {
    await one.close();
    await two.close();
    await house.close();
  });

  const ask = async (
    token: string,
    { path = '/me', node = one, method = 'GET', body = undefined as object | undefined, headers = {} } = {},
  ) => {
    const answer = await node.app.player.inject({
      method: method as 'GET' | 'POST',
      url: `/api/v1${path}`,
      headers: { authorization: `Bearer ${token}`, ...headers },
      ...(body === undefined ? {} : { payload: body }),
    });
    return { status: answer.statusCode, body: answer.body === '' ? null : answer.json() };
  };
  const programOf = async () => {
    const player = await signUpPlayer(house);
    const made = await player.post('/sessions/bearer', { label: 'Mon programme' });
    assert.equal(made.status, 201, JSON.stringify(made.body));
    const { token, sessionId } = made.body as { token: string; sessionId: string };
    return { player, token, sessionId };
  };
  const partsOf = (token: string) =>
    token
      .split('.')
      .slice(0, 2)
      .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()));
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const forge = (header: object, payload: object, key: string) => {
    const text = `${encode(header)}.${encode(payload)}`;
    return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`;
  };

  it('open the JSON interface as their player, with a second factor shown before they are made', async () => {
    const { player, token, sessionId } = await programOf();
    assert.deepEqual((await ask(token)).body, (await player.get('/me')).body);
    const [header, payload] = partsOf(token);
    assert.deepEqual([header.alg, typeof header.kid], ['HS256', 'string']);
    assert.deepEqual(Object.keys(payload).sort(), ['aud', 'exp', 'iss', 'jti', 'sub']);
    assert.deepEqual([payload.sub, payload.jti], [player.playerId, sessionId]);
    const listed = (await player.get('/sessions')).body.sessions;
    const program = listed.find((session: { sessionId: string }) => session.sessionId === sessionId);
    assert.deepEqual([program.via, program.device, program.isCurrent], ['program', 'Mon programme', false]);

    await house.owner.query(
      `UPDATE session SET stepped_up_at = stepped_up_at - interval '1 hour', rotated_at = rotated_at - interval '1 hour' WHERE player_id = $1`,
      [player.playerId],
    );
    const refused = await one.post('/sessions/bearer', player.cookie, { label: 'Encore' });
    assert.equal(refused.body.code, 'step_up_required');
  });

  it('have no second factor: what needs one is refused, a bearer token too', async () => {
    const { token } = await programOf();
    for (const path of ['/sessions/bearer', '/sessions/end-others', '/passkeys/options']) {
      const body = path === '/sessions/bearer' ? { label: 'Un autre' } : undefined;
      assert.equal((await ask(token, { method: 'POST', path, body })).body.code, 'step_up_required', path);
    }
  });

  it('send without the marks of a browser: no cookie, no rule about foreign pages', async () => {
    const { token, sessionId } = await programOf();
    const headers = { origin: 'https://elsewhere.example' };
    assert.equal((await ask(token, { headers })).status, 200);
    const path = `/sessions/${sessionId}/end`;
    assert.equal((await ask(token, { method: 'POST', path, headers })).status, 204);
  });

  it('die with their session on every node, within the second', async () => {
    const { player, token, sessionId } = await programOf();
    for (const node of [one, two]) assert.equal((await ask(token, { node })).status, 200);
    assert.equal((await player.post(`/sessions/${sessionId}/end`)).status, 204);
    for (const node of [one, two]) {
      node.letSecondPass();
      assert.deepEqual((await ask(token, { node })).body.code, 'log_in_required');
    }
  });

  it('log out like any other session', async () => {
    const { player, token } = await programOf();
    assert.equal((await ask(token, { method: 'POST', path: '/sessions/end' })).status, 204);
    one.letSecondPass();
    assert.equal((await ask(token)).status, 401);
    assert.equal((await player.get('/me')).status, 200, 'that one alone');
  });

  it('open no page, and nothing together with a cookie', async () => {
    const { player, token } = await programOf();
    const page = await one.app.player.inject({ url: '/moi', headers: { authorization: `Bearer ${token}` } });
    assert.equal(page.statusCode, 303);
    const both = await ask(token, { headers: { cookie: player.cookie } });
    assert.deepEqual([both.status, both.body.code], [400, 'request_invalid']);
    const asCookie = await one.get('/me', `mb_player=${token}`);
    assert.equal(asCookie.status, 401);
    const office = await one.app.office.inject({
      url: '/api/v1/staff/me',
      headers: { authorization: `Bearer ${token}` },
    });
    assert.equal(office.statusCode, 401);
  });

  it('are refused when forged, foreign, expired or not signed', async () => {
    const { player, token } = await programOf();
    const [header, payload] = partsOf(token);
    const key = house.deps.secrets.bearerKeys[0] ?? '';
    const past = Math.floor(Date.now() / 1000) - 60;
    assert.equal((await ask(forge(header, payload, key))).status, 200, 'the forge is a good one');
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const rsa = `${encode({ ...header, alg: 'RS256' })}.${encode(payload)}`;
    const other = await signUpPlayer(house);
    const sessions: { via: string; sessionId: string }[] = (await player.get('/sessions')).body.sessions;
    const browserSessionId = sessions.find(({ via }) => via === 'browser')?.sessionId;
    const forged: readonly (readonly [string, string])[] = [
      ['alg none', `${encode({ ...header, alg: 'none' })}.${encode(payload)}.`],
      ['no signature', token.split('.').slice(0, 2).join('.')],
      ['another algorithm', `${rsa}.${sign('sha256', Buffer.from(rsa), privateKey).toString('base64url')}`],
      ['HS512', forge({ ...header, alg: 'HS512' }, payload, key)],
      ['an unknown kid', forge({ ...header, kid: 'ffffffff' }, payload, key)],
      ['no kid', forge({ alg: 'HS256' }, payload, key)],
      ['another key', forge(header, payload, randomBytes(32).toString('hex'))],
      ['another audience', forge(header, { ...payload, aud: 'https://other.example' }, key)],
      ['another issuer', forge(header, { ...payload, iss: 'other' }, key)],
      ['expired', forge(header, { ...payload, exp: past }, key)],
      ['no end', forge(header, { ...payload, exp: undefined }, key)],
      ['no session', forge(header, { ...payload, jti: undefined }, key)],
      ['another player', forge(header, { ...payload, sub: other.playerId }, key)],
      ['a session that never was', forge(header, { ...payload, jti: crypto.randomUUID() }, key)],
      ['the session of a browser', forge(header, { ...payload, jti: browserSessionId }, key)],
      ['changed', `${token.slice(0, -2)}xx`],
      ['nothing', ''],
      ['words', 'let me in'],
    ];
    for (const [name, text] of forged) {
      assert.deepEqual((await ask(text)).status, 401, name);
    }
  });

  it('end with the row of their session, whatever they say themselves', async () => {
    const { token, sessionId } = await programOf();
    await house.owner.query('UPDATE session SET expires_at = clock_timestamp() WHERE id = $1', [sessionId]);
    one.letSecondPass();
    assert.equal((await ask(token)).status, 401);
  });

  it('T06: go on while their key rotates, and end when the old one is taken away', async () => {
    const { token } = await programOf();
    const [old = ''] = house.deps.secrets.bearerKeys;
    const fresh = randomBytes(32).toString('hex');
    const { secrets } = house.deps;
    const both = await openNode(house, { secrets: { ...secrets, bearerKeys: [fresh, old] } });
    assert.equal((await ask(token, { node: both })).status, 200);
    const player = await signUpPlayer(house);
    const made = await both.post('/sessions/bearer', player.cookie, { label: 'Neuf' });
    const after = await openNode(house, { secrets: { ...secrets, bearerKeys: [fresh] } });
    assert.equal((await ask(token, { node: after })).status, 401);
    assert.equal((await ask(made.body.token, { node: after })).status, 200);
    await both.close();
    await after.close();
  });
});

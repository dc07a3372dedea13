/** W14: where our calls to providers go, and what of the answer is read. */
import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { isPrivateAddress, OutgoingFailure, openOutgoingHttp } from './outgoing-http.ts';

const open = openOutgoingHttp({ allowsPrivateHosts: true });
const production = openOutgoingHttp({ allowsPrivateHosts: false });

let answer: RequestListener = (_request, response) => void response.end('hello');
const seen: string[] = [];
const server = createServer((request, response) => {
  seen.push(`${request.method} ${request.url}`);
  void answer(request, response);
});
let port = 0;
before(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
});
after(async () => {
  server.closeAllConnections();
  server.close();
  await open.close();
  await production.close();
});

const urlOf = (path = '/') => `http://127.0.0.1:${port}${path}`;
const get = (url: string, timeoutMs = 5_000) => open.send({ method: 'GET', url, headers: {}, timeoutMs });

async function failureOf(sent: Promise<unknown>): Promise<OutgoingFailure> {
  const failure = await sent.then(
    () => null,
    (error: unknown) => error,
  );
  assert(failure instanceof OutgoingFailure, String(failure));
  return failure;
}

describe('what our calls to providers follow and read', () => {
  it('a whole answer, with the bytes sent as they were given', async () => {
    let body = '';
    answer = async (request, response) => {
      for await (const chunk of request) body += String(chunk);
      response.writeHead(201, { 'x-kind': 'test' }).end('é');
    };
    const sent = { method: 'POST', url: urlOf('/v1'), headers: { accept: 'a/b' }, body: '{"a": 1}' } as const;
    const { status, headers, body: text } = await open.send(sent);
    assert.deepEqual([status, headers['x-kind'], text, body], [201, 'test', 'é', '{"a": 1}']);
  });

  for (const status of [301, 302, 303, 307, 308]) {
    it(`a redirect (${status}) is an answer, not a way`, async () => {
      answer = (_request, response) => void response.writeHead(status, { location: urlOf('/inside') }).end();
      seen.length = 0;
      assert.equal((await get(urlOf('/outside'))).status, status);
      assert.deepEqual(seen, ['GET /outside']);
    });
  }

  it('an answer that is too large is none, and may have been executed', async () => {
    const chunk = Buffer.alloc(1024 * 1024);
    answer = (_request, response) => {
      for (let i = 0; i < 5; i++) response.write(chunk);
      response.end();
    };
    assert.equal((await failureOf(get(urlOf()))).isNeverSent, false);
  });

  it('a slow answer is none, and may have been executed', async () => {
    answer = () => undefined;
    assert.equal((await failureOf(get(urlOf(), 50))).isNeverSent, false);
    // Begun, and never ended.
    answer = (_request, response) => void response.writeHead(200).write('half');
    assert.equal((await failureOf(get(urlOf(), 50))).isNeverSent, false);
  });

  it('a connection that breaks may have executed it', async () => {
    answer = (request) => void request.socket.destroy();
    assert.equal((await failureOf(get(urlOf()))).isNeverSent, false);
    answer = (request, response) => {
      response
        .writeHead(200, { 'content-length': '100' })
        .write('half', () => request.socket.resetAndDestroy());
    };
    assert.equal((await failureOf(get(urlOf()))).isNeverSent, false);
  });

  it('what is no HTTP is no answer', async () => {
    const tcp = createTcpServer((socket) => void socket.resume().end('garbage\r\n\r\n'));
    await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve));
    const address = tcp.address();
    assert(typeof address === 'object' && address !== null);
    assert.equal((await failureOf(get(`http://127.0.0.1:${address.port}/`))).isNeverSent, false);
    await new Promise((resolve) => tcp.close(resolve));
  });

  it('a refused connection, and a name that does not exist, were never sent', async () => {
    const closed = createTcpServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const address = closed.address();
    assert(typeof address === 'object' && address !== null);
    await new Promise((resolve) => closed.close(resolve));
    assert.equal((await failureOf(get(`http://127.0.0.1:${address.port}/`))).isNeverSent, true);
    assert.equal((await failureOf(get('http://nobody.invalid/'))).isNeverSent, true);
  });

  it('a failure repeats nothing that was sent', async () => {
    answer = (request) => void request.socket.destroy();
    const headers = { authorization: 'Bearer very-secret' };
    const failure = await failureOf(open.send({ method: 'POST', url: urlOf(), headers, body: 'pin' }));
    assert.doesNotMatch(`${failure.message} ${failure.stack}`, /very-secret|pin\b/);
  });
});

describe('a provider inside our own network (W14)', () => {
  for (const host of [
    '127.0.0.1',
    '127.255.0.3',
    '10.0.0.7',
    '169.254.169.254',
    '192.168.1.1',
    '172.31.0.1',
    '0.0.0.0',
    // The same addresses in other writings.
    '2130706433',
    '0x7f.1',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:a00:1]',
    '[fd00::1]',
    '[fe80::1]',
  ]) {
    it(`${host} is not called`, async () => {
      const sent = production.send({ method: 'GET', url: `http://${host}/`, headers: {}, timeoutMs: 2_000 });
      const failure = await failureOf(sent);
      assert.match(failure.message, /our own network/);
      assert.equal(failure.isNeverSent, true);
    });
  }

  it('a name that leads there is not called, although somebody answers', async () => {
    answer = (_request, response) => void response.end('inside');
    const url = `http://localhost:${port}/`;
    assert.equal((await get(url)).body, 'inside');
    seen.length = 0;
    const failure = await failureOf(production.send({ method: 'GET', url, headers: {} }));
    assert.equal(failure.isNeverSent, true);
    assert.match(failure.message, /EFORBIDDENHOST/);
    assert.deepEqual(seen, []);
  });

  it('public addresses are not our own', () => {
    for (const address of ['104.155.43.220', '8.8.8.8', '172.32.0.1', '2a00:1450::1'])
      assert.equal(isPrivateAddress(address), false, address);
  });
});

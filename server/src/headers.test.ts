/** Every answer of both sites, page or JSON, good or bad, to anybody: what its headers say. Made from the contracts. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { contract } from '#core/api/index.ts';
import { officePages } from '#core/api/office-pages.ts';
import { playerPages } from '#core/api/player-pages.ts';
import { baseHeaders } from './headers.ts';
import { API_PREFIX, type Site, siteOf, splitKey } from './http.ts';
import { loadPageBundles } from './page-bundle.ts';
import { type House, openHouse } from './testing/house.ts';
import { seedMarkets, seedPlayers, seedStaff } from './testing/seed.ts';

interface Target {
  readonly site: Site;
  readonly method: string;
  readonly path: string;
}

interface Seen {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** What ends the session that tries it comes last. */
const endsLast = ({ path }: Target) =>
  Number(/deconnexion|\bend\b|fermer|terminer/.test(path) && !path.includes('alertes'));

const sites = ['player', 'office'] as const satisfies Site[];
const targets: readonly Target[] = [
  ...Object.keys(contract).map((key) => ({ ...targetOf(key), site: siteOf(key), prefix: API_PREFIX })),
  ...Object.keys(playerPages).map((key) => ({ ...targetOf(key), site: 'player' as const, prefix: '' })),
  ...Object.keys(officePages).map((key) => ({ ...targetOf(key), site: 'office' as const, prefix: '' })),
]
  .map(({ prefix, ...target }) => ({ ...target, path: `${prefix}${target.path}` }))
  .toSorted((a, b) => endsLast(a) - endsLast(b));

function targetOf(key: string): { method: string; path: string } {
  const [method, path] = splitKey(key);
  return { method, path };
}

describe('headers', () => {
  let house: House;
  const ports = new Map<Site, number>();
  const ids = new Map<string, string>();
  const cookies = new Map<Site, string>();

  before(async () => {
    house = await openHouse({
      pages: await loadPageBundles(),
      settings: { rateAccountMinute: 1_000_000, rateAddressMinute: 1_000_000 },
    });
    for (const site of sites) {
      await house.app[site].listen({ host: '127.0.0.1', port: 0 });
      ports.set(site, (house.app[site].server.address() as AddressInfo).port);
    }
    const [market] = await seedMarkets(house.owner, { count: 1 });
    const [player] = await seedPlayers(house.owner, { count: 1, availableXof: 10_000 });
    const [member] = await seedStaff(house.owner, 1, 'administrator');
    assert(market && player && member);
    for (const [name, id] of Object.entries(market)) ids.set(name, String(id));
    cookies.set('player', player.cookie);
    cookies.set('office', member.cookie);
    await house.owner.query('UPDATE session SET stepped_up_at = clock_timestamp()');
  });
  after(async () => {
    for (const site of sites) house.app[site].server.closeAllConnections();
    await house.close();
  });

  function ask(target: Target, headers: Record<string, string> = {}, body?: string): Promise<Seen> {
    const path = target.path.replace(/:(\w+)/g, (_, name: string) => ids.get(name) ?? randomUUID());
    const options = { host: '127.0.0.1', port: ports.get(target.site), method: target.method, path, headers };
    return new Promise((resolve, reject) => {
      const outgoing = httpRequest(options, (incoming) => {
        let text = '';
        const done = () => resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text });
        incoming.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
          // A stream has no end.
          if (incoming.headers['content-type']?.startsWith('text/event-stream') !== true) return;
          done();
          incoming.destroy();
        });
        incoming.on('end', done);
      });
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }

  function assertHeaders(seen: Seen, what: string, isPrivate: boolean): void {
    const { headers } = seen;
    const type = String(headers['content-type'] ?? '');
    for (const [name, value] of Object.entries(baseHeaders)) {
      if (name === 'content-security-policy' || name === 'cache-control') continue;
      assert.equal(headers[name], value, `${what}: ${name}`);
    }
    const policy = String(headers['content-security-policy']);
    assert.match(policy, /^default-src 'none'; .*base-uri 'none'; .*frame-ancestors 'none'/, what);
    assert.match(policy, /form-action '(none|self)'/, what);
    assert.doesNotMatch(policy, /unsafe|\*|data:|https?:/, what);
    if (!type.startsWith('text/html')) assert.equal(policy, baseHeaders['content-security-policy'], what);
    const caching = String(headers['cache-control']);
    if (isPrivate || !type.startsWith('text/html')) assert.match(caching, /no-store/, what);
    else assert.match(caching, /no-store|no-cache/, what);
    for (const name of [
      'server',
      'x-powered-by',
      'strict-transport-security',
      'access-control-allow-origin',
    ]) {
      assert.equal(headers[name], undefined, `${what}: ${name}`);
    }
  }

  for (const target of targets) {
    const name = `${target.method} ${target.path} of the ${target.site} site`;
    it(`T02 ${name} carries them`, async () => {
      const isJson = target.path.startsWith(API_PREFIX);
      const type = isJson ? 'application/json' : 'application/x-www-form-urlencoded';
      const body = target.method === 'POST' ? (isJson ? '{}' : 'x=1') : undefined;
      const own = body === undefined ? {} : { 'content-type': type };
      for (const cookie of [undefined, cookies.get(target.site)]) {
        const seen = await ask(target, { ...own, ...(cookie === undefined ? {} : { cookie }) }, body);
        assert.ok(seen.status < 500, `${seen.status} ${seen.text}`);
        // The office's log-in looks at nobody's session.
        const isPrivate = cookie !== undefined && !(target.site === 'office' && target.path === '/connexion');
        assertHeaders(seen, cookie === undefined ? 'nobody' : 'logged in', isPrivate);
      }
      const foreign = await ask(target, { ...own, origin: 'null', 'sec-fetch-site': 'cross-site' }, body);
      assert.equal(foreign.status, 403);
      assertHeaders(foreign, 'a foreign page', false);
    });
  }

  for (const site of sites) {
    const errors: readonly [
      name: string,
      status: number,
      target: Partial<Target>,
      headers?: Record<string, string>,
    ][] = [
      ['no page', 404, { path: '/nulle-part' }],
      ['no route', 404, { path: '/api/v1/nowhere' }],
      ['no address', 400, { path: '/%zz' }],
      ['a NUL in the address', 400, { path: '/a%00b' }],
      ['an address of 10 000 letters', 404, { path: `/${'a'.repeat(10_000)}` }],
      [
        'a parameter of 3 000 letters',
        400,
        { path: `/api/v1/${site === 'office' ? 'staff/' : ''}bouts/${'1'.repeat(3_000)}` },
      ],
      [
        'text for JSON',
        415,
        { method: 'POST', path: `/api/v1/${site === 'office' ? 'staff/' : ''}sessions` },
        { 'content-type': 'text/plain' },
      ],
      [
        'no JSON',
        400,
        { method: 'POST', path: `/api/v1/${site === 'office' ? 'staff/' : ''}sessions` },
        { 'content-type': 'application/json' },
      ],
      ['the document', 200, { path: '/api/openapi.json' }],
      ['the reference', 200, { path: '/api' }],
      ['the sandbox', site === 'player' ? 200 : 404, { path: '/bac-a-sable' }],
      ['the icon', 404, { path: '/favicon.ico' }],
      [
        'a preflight',
        404,
        { method: 'OPTIONS', path: '/api/v1/wallet' },
        { 'access-control-request-method': 'POST' },
      ],
    ];
    for (const [name, status, target, headers] of errors) {
      it(`T02 ${name} on the ${site} site carries them`, async () => {
        const method = target.method ?? 'GET';
        const seen = await ask(
          { site, method, path: target.path ?? '/' },
          headers,
          method === 'POST' ? 'x' : undefined,
        );
        assert.equal(seen.status, status, seen.text);
        assertHeaders(seen, name, false);
      });
    }

    it(`T02 files of the ${site} site keep for ever, and are nobody's else`, async () => {
      const [file = ''] = [...((await loadPageBundles())[site]?.files.keys() ?? [])];
      const { headers } = await ask({ site, method: 'GET', path: `/assets/${file}` });
      assert.equal(headers['cache-control'], 'public, max-age=31536000, immutable');
      assert.equal(headers['x-content-type-options'], 'nosniff');
      assert.equal(headers['cross-origin-resource-policy'], 'same-origin');
    });

    it(`X13 the ${site} site shows nothing of its inside`, async () => {
      const paths = [
        ...['/metrics', '/health', '/status', '/debug', '/docs', '/swagger', '/graphql', '/server-status'],
        ...[
          '/.git/HEAD',
          '/.git/config',
          '/.env',
          '/.npmrc',
          '/package.json',
          '/package-lock.json',
          '/tsconfig.json',
        ],
        ...[
          '/server/src/main.ts',
          '/server/schema.sql',
          '/dist/',
          '/node_modules/',
          '/.data/secrets/form-key',
        ],
        ...[
          '/assets',
          '/assets/',
          '/assets/..%2fmanifest.json',
          '/assets/../manifest.json',
          '/assets/%2e%2e/server/render.js',
        ],
        ...['/api/v0/galas', '/api/v2/galas', '/api/galas', '/v1/galas', '/api/v1', '/api/v1/'],
        ...['//', '/./', '/..;/', '/api/v1/../../package.json'],
      ];
      for (const path of paths) {
        const { status, text } = await ask({ site, method: 'GET', path });
        assert.ok(status === 404 || path === '//' || path === '/./', `${path}: ${status}`);
        assert.doesNotMatch(text, /Index of|ref: refs|"dependencies"|CREATE TABLE|#!\//);
      }
      for (const method of ['TRACE', 'PUT', 'PATCH', 'DELETE', 'PROPFIND']) {
        const { status, text } = await ask({ site, method, path: '/' }, { 'x-echo': 'me-not' });
        assert.equal(status, 404, method);
        assert.doesNotMatch(text, /me-not/);
      }
      for (const [name, { bytes }] of (await loadPageBundles())[site]?.files ?? []) {
        assert.doesNotMatch(name, /\.map$/);
        assert.doesNotMatch(bytes.toString('utf8'), /sourceMappingURL/, name);
      }
    });

    const rawRequests: readonly [name: string, status: number, text: string][] = [
      [
        'two lengths',
        400,
        'POST /api/v1/sessions HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nhello',
      ],
      [
        'a length and chunks',
        400,
        'POST /api/v1/sessions HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
      ],
      [
        'chunks and a length',
        400,
        'POST /api/v1/sessions HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\ncontent-length: 5\r\n\r\n0\r\n\r\n',
      ],
      ['chunks that are none', 400, 'POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: xchunked\r\n\r\n'],
      ['a space before the colon', 400, 'GET / HTTP/1.1\r\nhost : x\r\n\r\n'],
      ['no host', 400, 'GET / HTTP/1.1\r\n\r\n'],
      ['no HTTP', 400, 'hello\r\n\r\n'],
      ['a header without end', 431, `GET / HTTP/1.1\r\nhost: x\r\nx: ${'a'.repeat(100_000)}\r\n\r\n`],
      [
        'a flood of headers',
        431,
        `GET / HTTP/1.1\r\nhost: x\r\n${Array.from({ length: 5_000 }, (_, i) => `x${i}: 1\r\n`).join('')}\r\n`,
      ],
    ];
    for (const [name, status, text] of rawRequests) {
      it(`X09 ${name} is refused by the ${site} site, once, and the connection ends`, async () => {
        const answer = await talk(ports.get(site) ?? 0, text);
        assert.match(answer, new RegExp(`^HTTP/1.1 ${status} `));
        assert.equal(answer.match(/HTTP\/1\.1/g)?.length, 1, answer);
      });
    }
  }
});

/** Sends bytes and reads until the server ends the connection. */
function talk(port: number, bytes: string): Promise<string> {
  return new Promise((resolve) => {
    let heard = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      heard += chunk;
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(heard));
  });
}

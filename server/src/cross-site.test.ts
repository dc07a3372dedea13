/** What a foreign page can make somebody's browser send: every form and every route of both sites, and the streams. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { contract } from '#core/api/index.ts';
import { officePages } from '#core/api/office-pages.ts';
import { playerPages } from '#core/api/player-pages.ts';
import { buildApp } from './app.ts';
import { API_PREFIX, type Site, siteOf } from './http.ts';
import { loadPageBundles } from './page-bundle.ts';
import { fingerprintTables } from './testing/fingerprint-tables.ts';
import { type House, openHouse } from './testing/house.ts';
import { seedMarkets, seedPlayers, seedStaff } from './testing/seed.ts';

interface Target {
  readonly site: Site;
  readonly method: string;
  readonly path: string;
}

const targets: readonly Target[] = [
  ...Object.keys(contract).map((key) => target(key, siteOf(key), API_PREFIX)),
  ...Object.keys(playerPages).map((key) => target(key, 'player', '')),
  ...Object.keys(officePages).map((key) => target(key, 'office', '')),
];

function target(key: string, site: Site, prefix: string): Target {
  const [method = '', path = ''] = key.split(' ');
  return { site, method, path: `${prefix}${path}` };
}

/** What browsers, new and old, say of a page that is not ours. */
const foreign: readonly Record<string, string>[] = [
  { origin: 'https://ailleurs.example' },
  { origin: 'null' },
  { origin: 'http://localhost:9999' },
  { origin: 'http://bureau.localhost' },
  { origin: 'http://localhost.ailleurs.example' },
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
  { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' },
  { 'sec-fetch-site': 'nonsense' },
  { origin: 'http://localhost', 'sec-fetch-site': 'same-site' },
];

describe('foreign pages', () => {
  let house: House;
  /** All that is stored, before anything is sent: nothing that is sent here may change it. */
  let untouched: Awaited<ReturnType<typeof fingerprintTables>>;
  const ids = new Map<string, string>();
  const cookies = new Map<Site, string>();

  before(async () => {
    house = await openHouse({
      pages: await loadPageBundles(),
      settings: { rateAccountMinute: 1_000_000, rateAddressMinute: 1_000_000 },
    });
    const [market] = await seedMarkets(house.owner, { count: 1 });
    const [player] = await seedPlayers(house.owner, { count: 1, availableXof: 10_000 });
    const [member] = await seedStaff(house.owner, 1, 'operator');
    assert(market && player && member);
    for (const [name, id] of Object.entries(market)) ids.set(name, String(id));
    cookies.set('player', player.cookie);
    cookies.set('office', member.cookie);
    untouched = await fingerprintTables(house.owner);
  });
  after(() => house.close());

  async function send({ site, method, path }: Target, headers: Record<string, string>, payload?: string) {
    const url = path.replace(/:(\w+)/g, (_, name: string) => ids.get(name) ?? randomUUID());
    const answer = await house.app[site].inject({
      method: method === 'GET' ? 'GET' : 'POST',
      url,
      headers: { host: 'localhost', cookie: cookies.get(site) ?? '', ...headers },
      ...(payload === undefined ? {} : { payload }),
    });
    return answer.statusCode;
  }

  for (const one of targets.filter(({ method }) => method === 'POST')) {
    it(`S15 ${one.method} ${one.path} of the ${one.site} site does nothing for a foreign page`, async () => {
      const isJson = one.path.startsWith(API_PREFIX);
      const type = isJson ? 'application/json' : 'application/x-www-form-urlencoded';
      const body = isJson ? '{}' : 'x=1';
      for (const headers of foreign) {
        const status = await send(one, { 'content-type': type, ...headers }, body);
        assert.equal(status, 403, JSON.stringify(headers));
      }
      // A browser so old that it tells nothing: what its forms and scripts can send without asking first.
      for (const simple of [
        'text/plain',
        'application/x-www-form-urlencoded',
        'multipart/form-data; boundary=x',
      ]) {
        const status = await send(one, { 'content-type': simple }, '{"a":"="}');
        // A form without its token is shown again, or sends to where it is.
        const isRefused = (status >= 400 && status < 500) || (status === 303 && !isJson);
        assert.ok(isRefused, `${simple}: ${status}`);
      }
      assert.equal(await send(one, {}), 403, 'no body at all');
      assert.deepEqual(await fingerprintTables(house.owner), untouched);
    });
  }

  it('S15 a foreign page may link to a page, and load, read or stream nothing', async () => {
    const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
    const page: Target = { site: 'player', method: 'GET', path: '/' };
    assert.equal(await send(page, link), 200);
    for (const one of targets.filter(({ method }) => method === 'GET')) {
      for (const mode of ['cors', 'no-cors', 'websocket']) {
        for (const site of ['cross-site', 'same-site']) {
          const status = await send(one, { 'sec-fetch-site': site, 'sec-fetch-mode': mode });
          assert.equal(status, 403, `${one.path} ${site} ${mode}`);
        }
      }
      assert.equal(await send(one, { origin: 'https://ailleurs.example' }), 403, one.path);
      assert.equal(await send(one, { origin: 'null' }), 403, one.path);
    }
  });

  it('S15 no GET changes anything but when a session was last used, and who looked', async () => {
    for (const one of targets.filter(({ method, path }) => method === 'GET' && !path.startsWith('/live/'))) {
      await send(one, {});
      assert.deepEqual(await fingerprintTables(house.owner), untouched, `${one.site} ${one.path}`);
    }
  });

  it('S15 in production an origin without TLS is another origin', async () => {
    const production = await buildApp({ ...house.deps, isProduction: true });
    try {
      for (const [origin, status] of [
        ['http://mbayar.example', 403],
        ['https://mbayar.example', 401],
      ] as const) {
        const answer = await production.player.inject({
          method: 'POST',
          url: `${API_PREFIX}/sessions/end`,
          headers: { host: 'mbayar.example', origin },
        });
        assert.equal(answer.statusCode, status, origin);
      }
    } finally {
      await production.close();
    }
  });
});

/** Attacks that concern no feature alone: cookies, texts that would be something else, lists without end. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type App, buildApp } from './app.ts';
import { openLog } from './log.ts';
import { loadPageBundles } from './page-bundle.ts';
import { accept, place } from './testing/bets.ts';
import { type House, openHouse } from './testing/house.ts';
import { logInNewStaff, readCode, readTotp, signUpPlayer } from './testing/people.ts';
import { Reader } from './testing/reader.ts';
import { seedMarkets, seedPlayers, seedStaff } from './testing/seed.ts';

/** What is something else in SQL, HTML, JavaScript, a header, a terminal, a log, a format, a path. */
const hostileTexts = [
  "Robert'); DROP TABLE gala; --",
  "' OR '1'='1",
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '</script><script>alert(1)</script>',
  '{{7*7}} #{7*7} %{7*7} $(7*7)',
  'a\r\nset-cookie: mb_player=x',
  'a\n{"level":60,"msg":"forged"}',
  '\u001b[31mrouge\u001b[0m\u0007',
  '../../../../etc/passwd',
  '%s%s%s%n',
  '\u202eevil\u2066',
  '&lt;b&gt; &amp;amp;',
];

describe('attacks', () => {
  let house: House;
  const lines: string[] = [];
  let logged: App;

  before(async () => {
    const pages = await loadPageBundles();
    house = await openHouse({
      pages,
      settings: { rateAccountMinute: 1_000_000, rateAddressMinute: 1_000_000 },
    });
    const log = openLog('trace', { write: (line) => void lines.push(line) });
    logged = await buildApp({ ...house.deps, log });
  });
  after(async () => {
    await logged.close();
    await house.assertSound();
    await house.close();
  });

  describe('cookies', () => {
    let production: App;
    const given: string[] = [];

    before(async () => {
      production = await buildApp({ ...house.deps, isProduction: true });
    });
    after(() => production.close());

    async function post(site: 'player' | 'office', url: string, body: object, cookie = '') {
      const answer = await production[site].inject({
        method: 'POST',
        url: `/api/v1${url}`,
        headers: { 'content-type': 'application/json', ...(cookie === '' ? {} : { cookie }) },
        payload: JSON.stringify(body),
      });
      given.push(...[answer.headers['set-cookie'] ?? []].flat());
      const text = answer.body;
      return {
        status: answer.statusCode,
        headers: answer.headers,
        body: text === '' ? null : JSON.parse(text),
      };
    }

    it('S13 every cookie of production is hidden from scripts, from other sites and from plain HTTP', async () => {
      const onProduction: House = {
        ...house,
        post: (path, cookie, body) => post('player', path, Object(body), cookie),
      };
      const player = await signUpPlayer(onProduction);
      const passkey = await post('player', '/sessions/passkey/options', {});
      assert.equal(passkey.status, 200);
      assert.equal((await post('player', '/sessions/end', {}, player.cookie)).status, 204);
      const { phone } = await logInNewStaff(house);
      await house.owner.query('DELETE FROM one_time_code WHERE phone = $1', [phone]);
      await post('office', '/staff/sessions/code', { phone });
      const [code, totp] = [await readCode(house, phone), await readTotp(house, phone)];
      await house.owner.query('UPDATE staff SET totp_last_step = 0 WHERE phone = $1', [phone]);
      assert.equal((await post('office', '/staff/sessions', { phone, code, totp })).status, 200);
      for (const [site, path] of [
        ['player', '/connexion'],
        ['office', '/connexion'],
      ] as const) {
        const reader = new Reader(production[site]);
        const sent = await reader.submit(await reader.ask(path), path, { phone: '+221771239876' });
        given.push(...[sent.headers['set-cookie'] ?? []].flat().map(String));
      }
      assert.ok(given.length >= 5, given.join('\n'));
      for (const cookie of given) {
        assert.match(cookie, /; HttpOnly/, cookie);
        assert.match(cookie, /; Secure/, cookie);
        assert.match(cookie, /; SameSite=(Lax|Strict)/, cookie);
        assert.doesNotMatch(cookie, /Domain=/i, cookie);
        if (/; Path=\/(;|$)/.test(cookie)) assert.match(cookie, /^__Host-/, cookie);
      }
    });

    it('S13 nothing secret is kept where scripts can read it', () => {
      const root = join(import.meta.dirname, '../..');
      for (const file of globSync('{player,office,ui}/src/**/*.{ts,tsx}', { cwd: root })) {
        const text = readFileSync(join(root, file), 'utf8');
        assert.doesNotMatch(text, /localStorage|sessionStorage|indexedDB|document\.cookie/, file);
      }
    });
  });

  describe('texts', () => {
    it('X07 stay texts: stored as they are, shown as they are, and the tables are still there', async () => {
      const [operator] = await seedStaff(house.owner, 1);
      const [player] = await seedPlayers(house.owner, { count: 1, availableXof: 0 });
      assert(operator && player);
      for (const name of hostileTexts) {
        const made = await house.post('/staff/galas', operator.cookie, {
          operationId: randomUUID(),
          name,
          venue: name,
          authority: 'FSL',
          startsAt: new Date(Date.now() + 3_600_000).toISOString(),
          visibility: 'public',
          isTest: true,
        });
        assert.equal(made.status, 201, `${name}: ${JSON.stringify(made.body)}`);
        const { galas } = (await house.get('/galas', player.cookie)).body;
        assert.ok(
          galas.some((gala: { name: string; venue: string }) => gala.name === name && gala.venue === name),
          name,
        );
      }
      const office = new Reader(house.app.office, operator.cookie);
      const app = new Reader(house.app.player, player.cookie);
      for (const page of [await office.ask('/'), await app.ask('/')]) {
        assert.equal(page.status, 200);
        const ours = page.html.replace(/<script type="application\/json" id="data">.*?<\/script>/s, '');
        assert.doesNotMatch(ours, /<script>|<img src=x/);
        assert.doesNotMatch(page.html, /<\/script><script>/);
      }
    });

    it('X07 of a browser’s name too, and what is logged stays one line each', async () => {
      const [player] = await seedPlayers(house.owner, { count: 1, availableXof: 0 });
      assert(player);
      for (const text of hostileTexts) {
        // What a header can carry at all: the server of Node refuses line breaks before we see them.
        const agent = Buffer.from(text.replace(/[\r\n\0]/g, ' '))
          .toString('latin1')
          .replace(/[^\t\x20-\x7e\x80-\xff]/g, '?');
        const headers: Record<string, string> = { 'user-agent': agent, cookie: player.cookie };
        const seen = await logged.player.inject({ url: '/api/v1/me', headers });
        assert.equal(seen.statusCode, 200, text);
        await logged.player.inject({ url: `/api/v1/wrestlers?search=${encodeURIComponent(text)}`, headers });
        await logged.player.inject({ url: `/${encodeURIComponent(text)}`, headers });
      }
      // A handler that breaks says where: the address goes into the log.
      await house.owner.query('REVOKE SELECT ON gala FROM mbayar_app');
      for (const text of hostileTexts) {
        const url = `/api/v1/galas?${encodeURIComponent(text)}`;
        await logged.player.inject({
          url: '/api/v1/galas',
          headers: { 'user-agent': 'x', 'accept-language': text.replace(/[^\x20-\x7e]/g, '') },
        });
        await logged.player.inject({ url });
      }
      await house.owner.query('GRANT SELECT ON gala TO mbayar_app');
      assert.ok(lines.length > 0);
      for (const line of lines) {
        assert.equal(line.trimEnd().includes('\n'), false, line);
        const entry: unknown = JSON.parse(line);
        assert.equal(typeof entry, 'object');
        assert.ok(!line.includes('\u001b') && !line.includes('\u0007'), line);
      }
    });
  });

  it('X11 a list ends: 130 bets, offers and movements come in parts', async () => {
    const [market] = await seedMarkets(house.owner, { count: 1 });
    const [a, b] = await seedPlayers(house.owner, { count: 2, availableXof: 900_000 });
    assert(market && a && b);
    for (let i = 0; i < 130; i++) {
      const placed = await place(house, a, market.marketId, { side: 'A', stakeXof: 2_000 });
      assert.equal(placed.status, 201, JSON.stringify(placed.body));
      const taken = await accept(house, b, market.marketId, placed.body.offerId, { stakeXof: 1_000 });
      assert.equal(taken.status, 201, JSON.stringify(taken.body));
    }
    const sizes = {
      bets: (await house.get('/bets', a.cookie)).body.bets.length,
      movements: (await house.get('/wallet/statement', a.cookie)).body.movements.length,
      offers: (await house.get('/offers', a.cookie)).body.offers.length,
    };
    for (const [name, size] of Object.entries(sizes))
      assert.ok(size >= 50 && size <= 200, `${name}: ${size}`);
    for (const query of ['limit=1000000000', 'before[]=x', 'before=', 'page=-1', 'before=1e9']) {
      for (const path of ['/bets', '/wallet/statement', '/offers']) {
        const { status } = await house.get(`${path}?${query}`, a.cookie);
        assert.equal(status, 400, `${path}?${query}`);
      }
    }
  });
});

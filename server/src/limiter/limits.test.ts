import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { type App, buildApp } from '../app.ts';
import { loadPageBundles } from '../page-bundle.ts';
import { type House, openHouse } from '../testing/house.ts';
import { Reader } from '../testing/reader.ts';
import { type SeededPlayer, seedPlayers, seedStaff } from '../testing/seed.ts';
import { approveSettings } from '../testing/seed-settings.ts';

const PER_MINUTE = 100;

describe('rate limits', () => {
  let house: House;
  /** Another node on the same database. */
  let other: App;
  before(async () => {
    house = await openHouse({ pages: await loadPageBundles(), trustedProxies: ['10.0.0.0/8', '127.0.0.1'] });
    other = await buildApp(house.deps);
  });
  after(async () => {
    await other.close();
    await house.close();
  });

  const newPlayer = async (): Promise<SeededPlayer> => {
    const [player] = await seedPlayers(house.owner, { count: 1, availableXof: 100_000 });
    assert(player !== undefined);
    return player;
  };
  /** Windows that end are made to end now. */
  const endWindows = () =>
    house.owner.query("UPDATE rate_count SET ends_at = clock_timestamp() - interval '1 second'");
  const statusesOf = async (count: number, ask: (index: number) => Promise<{ status: number }>) => {
    const counts: Record<number, number> = {};
    for (let index = 0; index < count; index++) {
      const { status } = await ask(index);
      counts[status] = (counts[status] ?? 0) + 1;
    }
    return counts;
  };
  /** A request by somebody at this address, as the trusted proxy on loopback tells it. */
  const from = (address: string, site = house.app.player, url = '/api/v1/galas') =>
    site.inject({ url, headers: { 'x-forwarded-for': address } });

  it('X10: the 101st request of a minute is refused, with the time to wait', async () => {
    const player = await newPlayer();
    const ask = () => house.get('/wallet', player.cookie);
    assert.deepEqual(await statusesOf(PER_MINUTE, ask), { 200: PER_MINUTE });
    const refused = await ask();
    assert.equal(refused.status, 429);
    assert.equal(refused.body.code, 'too_many_requests');
    const retryAfterS = Number(refused.headers['retry-after']);
    assert(retryAfterS >= 1 && retryAfterS <= 60, String(retryAfterS));
    assert.equal(refused.body.params.retryAfterS, retryAfterS);
    assert.match(String(refused.headers['content-type']), /^application\/problem\+json/);
  });

  it('X10: the same through two nodes in turns', async () => {
    const player = await newPlayer();
    const ask = async (index: number) => {
      const { player: site } = index % 2 === 0 ? house.app : other;
      const answer = await site.inject({ url: '/api/v1/wallet', headers: { cookie: player.cookie } });
      return { status: answer.statusCode };
    };
    assert.deepEqual(await statusesOf(PER_MINUTE + 20, ask), { 200: PER_MINUTE, 429: 20 });
  });

  it('lets through no more when 300 requests come to two nodes at once', async () => {
    const player = await newPlayer();
    const answers = await Promise.all(
      Array.from({ length: 300 }, (_, index) =>
        (index % 3 === 0 ? house.app : other).player.inject({
          url: '/api/v1/wallet',
          headers: { cookie: player.cookie },
        }),
      ),
    );
    const good = answers.filter(({ statusCode }) => statusCode === 200).length;
    assert(good <= PER_MINUTE && good >= PER_MINUTE - 5, `${good} of 300`);
    assert.equal(answers.filter(({ statusCode }) => statusCode === 429).length, 300 - good);
  });

  it('counts pages, forms and the JSON interface together, and shows a page that says so', async () => {
    const player = await newPlayer();
    const reader = new Reader(house.app.player, player.cookie);
    await statusesOf(PER_MINUTE / 2, () => house.get('/wallet', player.cookie));
    await statusesOf(PER_MINUTE / 2 - 1, () => reader.ask('/portefeuille'));
    const form = await reader.ask('/portefeuille/retrait');
    assert.equal(form.status, 200);
    for (const refused of [
      await reader.ask('/portefeuille'),
      await reader.submit(form, '/portefeuille/retrait', { amountXof: '500' }),
    ]) {
      assert.equal(refused.status, 429);
      assert.match(
        refused.text,
        /Trop de demandes à la suite\. Attendez \d+ secondes : rien n’a été débité\./,
      );
      assert.match(String(refused.headers['retry-after']), /^\d+$/);
      assert.match(String(refused.headers['content-type']), /^text\/html/);
    }
  });

  it('limits staff by account too', async () => {
    const [member] = await seedStaff(house.owner, 1);
    const ask = () => house.get('/staff/me', member?.cookie);
    assert.deepEqual(await statusesOf(PER_MINUTE + 3, ask), { 200: PER_MINUTE, 429: 3 });
  });

  it('does not let one account behind an address use up another’s', async () => {
    const [greedy, modest] = [await newPlayer(), await newPlayer()];
    await statusesOf(PER_MINUTE + 10, () => house.get('/wallet', greedy.cookie));
    assert.equal((await house.get('/wallet', greedy.cookie)).status, 429);
    assert.equal((await house.get('/wallet', modest.cookie)).status, 200);
  });

  it('starts anew when the window ends, on both nodes', async () => {
    const player = await newPlayer();
    await approveSettings(house.owner, { rateAccountMinute: 10 });
    await house.settings.refresh();
    const ask = () => house.get('/wallet', player.cookie);
    assert.deepEqual(await statusesOf(11, ask), { 200: 10, 429: 1 });
    await endWindows();
    const there = await other.player.inject({ url: '/api/v1/wallet', headers: { cookie: player.cookie } });
    assert.equal(there.statusCode, 200);
    await approveSettings(house.owner, { rateAccountMinute: PER_MINUTE });
    await house.settings.refresh();
  });

  it('takes another limit at once, up and down, without a restart', async () => {
    const player = await newPlayer();
    const ask = () => house.get('/wallet', player.cookie);
    await statusesOf(PER_MINUTE, ask);
    assert.equal((await ask()).status, 429);
    await approveSettings(house.owner, { rateAccountMinute: 120 });
    await house.settings.refresh();
    assert.deepEqual(await statusesOf(21, ask), { 200: 20, 429: 1 });
    await approveSettings(house.owner, { rateAccountMinute: PER_MINUTE });
    await house.settings.refresh();
    assert.equal((await ask()).status, 429);
  });

  it('counts withdrawals of an account, pages and JSON together', async () => {
    await approveSettings(house.owner, { withdrawalsAccountHour: 2 });
    await house.settings.refresh();
    const player = await newPlayer();
    const ask = () =>
      house.post('/withdrawals', player.cookie, {
        operationId: randomUUID(),
        provider: 'internal',
        amountXof: 500,
      });
    assert.deepEqual(await statusesOf(2, ask), { 202: 2 });
    const refused = await ask();
    assert.equal(refused.body.code, 'too_many_requests');
    const reader = new Reader(house.app.player, player.cookie);
    const page = await reader.submit(await reader.ask('/portefeuille/retrait'), '/portefeuille/retrait', {
      amountXof: '500',
    });
    assert.equal(page.status, 429);
    assert.match(page.text, /Trop de demandes/);
    await house.assertSound();
  });

  describe('by address', () => {
    before(async () => {
      await approveSettings(house.owner, { rateAddressMinute: 100 });
      await house.settings.refresh();
    });

    it('refuses a stranger’s request too many before anybody looks at his session', async () => {
      const address = '196.207.1.1';
      const codes = await statusesOf(103, async () => ({ status: (await from(address)).statusCode }));
      assert.deepEqual(codes, { 200: 100, 429: 3 });
      const withSession = await house.app.player.inject({
        url: '/api/v1/wallet',
        headers: { 'x-forwarded-for': address, cookie: (await newPlayer()).cookie },
      });
      assert.equal(withSession.statusCode, 429);
      const page = await from(address, house.app.player, '/');
      assert.equal(page.statusCode, 429);
      assert.match(page.body, /Trop de demandes/);
      assert.equal((await from(address, other.player)).statusCode, 429);
      assert.equal((await from('196.207.1.2')).statusCode, 200);
    });

    it('counts HEAD, unknown addresses and the contract, and no file of a page', async () => {
      const address = '196.207.2.1';
      const home = await from(address, house.app.player, '/');
      const asset = /"(\/assets\/[^"]+)"/.exec(home.body)?.[1] ?? '';
      const urls = ['/api/v1/nothing', '/nothing', '/api/openapi.json'];
      for (let index = 0; index < 99; index++) {
        await house.app.player.inject({
          method: 'HEAD',
          url: urls[index % urls.length] ?? '/',
          headers: { 'x-forwarded-for': address },
        });
      }
      for (const url of ['/', '/api/v1/nothing', '/nothing', '/api/openapi.json'])
        assert.equal((await from(address, house.app.player, url)).statusCode, 429, url);
      assert.equal((await from(address, house.app.player, asset)).statusCode, 200);
    });

    it('counts an IPv6 client by its /64', async () => {
      const codes = await statusesOf(101, async (index) => ({
        status: (await from(`2001:db8:7:1::${index.toString(16)}`)).statusCode,
      }));
      assert.deepEqual(codes, { 200: 100, 429: 1 });
      assert.equal((await from('2001:db8:7:2::1')).statusCode, 200);
    });

    it('X08: believes the right-most address that is no trusted proxy’s', async () => {
      const forged = (index: number) => `8.8.8.${index}, 196.207.3.3, 10.1.2.3`;
      const codes = await statusesOf(101, async (index) => ({
        status: (await from(forged(index))).statusCode,
      }));
      assert.deepEqual(codes, { 200: 100, 429: 1 });
    });
  });
});

describe('X08: without a trusted proxy', () => {
  let house: House;
  before(async () => {
    house = await openHouse({ settings: { rateAddressMinute: 100 } });
  });
  after(() => house.close());

  it('a forged X-Forwarded-For changes nothing', async () => {
    const codes: Record<number, number> = {};
    for (let index = 0; index < 102; index++) {
      const { statusCode } = await house.app.player.inject({
        url: '/api/v1/galas',
        headers: { 'x-forwarded-for': `196.207.4.${index}`, forwarded: `for=196.207.4.${index}` },
      });
      codes[statusCode] = (codes[statusCode] ?? 0) + 1;
    }
    assert.deepEqual(codes, { 200: 100, 429: 2 });
  });
});

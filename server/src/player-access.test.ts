/** Every page and form of the player's app, as nobody, as a player, and from the office's side of the door. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { PageRoute } from '#core/api/pages.ts';
import { playerPages } from '#core/api/player-pages.ts';
import { errorCatalogue } from '#core/errors.ts';
import { splitKey } from './http.ts';
import { loadPageBundles } from './page-bundle.ts';
import { type House, openHouse } from './testing/house.ts';
import { openTestPool } from './testing/pools.ts';
import { seedMarkets, seedPlayers, seedStaff } from './testing/seed.ts';

describe('access to the player’s app', () => {
  let house: House;
  let player: string;
  let staff: string;
  const ids = new Map<string, string>();

  before(async () => {
    house = await openHouse({
      pages: await loadPageBundles(),
      settings: { rateAccountMinute: 1_000_000, rateAddressMinute: 1_000_000 },
    });
    const [someone] = await seedPlayers(house.owner, { count: 1, availableXof: 10_000 });
    const [member] = await seedStaff(house.owner, 1, 'administrator');
    const [market] = await seedMarkets(house.owner, { count: 1 });
    assert(someone && member && market);
    for (const [name, id] of Object.entries(market)) ids.set(name, String(id));
    const [operator] = await seedStaff(house.owner, 1);
    assert(operator !== undefined);
    const poolId = await openTestPool(house, operator.cookie, market.galaId, [{ boutId: market.boutId }]);
    ids.set('poolId', String(poolId));
    player = someone.cookie;
    // The office's own name for it, and the office's token under the app's name.
    staff = `${member.cookie}; mb_player=${member.cookie.split('=')[1]}`;
    await house.owner.query('UPDATE session SET stepped_up_at = clock_timestamp()');
  });
  after(() => house.close());

  async function ask(key: string, cookie: string) {
    const [method, pattern] = splitKey(key);
    const url = pattern.replace(/:(\w+)/g, (_, name: string) => ids.get(name) ?? randomUUID());
    const { statusCode, headers, body } = await house.app.player.inject({
      method,
      url,
      headers: {
        cookie,
        'sec-fetch-site': 'same-origin',
        ...(method === 'POST' ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
      },
      ...(method === 'POST' ? { payload: '' } : {}),
    });
    return { status: statusCode, location: String(headers.location ?? ''), body };
  }

  for (const [key, route] of Object.entries<PageRoute>(playerPages)) {
    // A stream has no end to wait for; headers.test.ts opens them.
    if (key.startsWith('GET /live/')) continue;
    const needsSession = route.caller === 'player' || route.caller === 'owner';
    it(`X01 ${key}: asks nobody in without a session, and opens to a player`, async () => {
      for (const cookie of ['', staff, 'mb_player=%00']) {
        const { status, location } = await ask(key, cookie);
        if (needsSession) {
          assert.deepEqual([status, location.split('?')[0]], [303, '/connexion'], cookie);
        } else assert.ok(status < 500, `${status}`);
      }
      const { status, location, body } = await ask(key, player);
      assert.ok(status < 500, body);
      if (needsSession) assert.ok(!location.startsWith('/connexion?suite'), location);
      assert.ok(!body.includes(errorCatalogue.not_allowed.fr), 'a player may');
    });
  }

  it('X01 has no page for staff on the player’s side', () => {
    const callers = Object.values<PageRoute>(playerPages).map(({ caller }) => caller);
    for (const caller of callers)
      assert.ok(['anyone', 'player', 'owner'].includes(String(caller)), String(caller));
  });
});

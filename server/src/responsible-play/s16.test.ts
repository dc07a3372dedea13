/**
 * S16: who may not play is refused wherever money is staked or brought, on every channel that the contracts name, and
 * takes his money out all the same. The channels are found in the contracts: a new one is tried by itself.
 */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { TSchema } from 'typebox';
import type { Route } from '#core/api/contract.ts';
import { contract } from '#core/api/index.ts';
import type { PageRoute } from '#core/api/pages.ts';
import { playerPages } from '#core/api/player-pages.ts';
import { errorCatalogue } from '#core/errors.ts';
import { loadPageBundles } from '../page-bundle.ts';
import { openForms } from '../sessions/form-token.ts';
import { cancel, place } from '../testing/bets.ts';
import { type House, openHouse } from '../testing/house.ts';
import { openTestPool } from '../testing/pools.ts';
import { formOf, Reader } from '../testing/reader.ts';
import {
  type SeededMarket,
  type SeededPlayer,
  seedMarkets,
  seedPlayers,
  seedStaff,
} from '../testing/seed.ts';
import { unlimitedRates } from '../testing/seed-settings.ts';

/** Who may not play: how he comes to it, what his bets are told, and what his deposits are. */
const people = {
  'self-excluded': {
    make: `INSERT INTO exclusion (id, player_id, kind, began_at)
      VALUES (gen_random_uuid(), $1, 'self_exclusion', clock_timestamp())`,
    bet: 'player_self_excluded',
    deposit: 'player_self_excluded',
  },
  'cooling off': {
    make: `INSERT INTO exclusion (id, player_id, kind, began_at, ends_at, returns_at)
      SELECT gen_random_uuid(), $1, 'cool_off', n, n + interval '1 day', n + interval '1 day' FROM clock_timestamp() n`,
    bet: 'player_cooling_off',
    deposit: 'player_cooling_off',
  },
  'under age': {
    make: `UPDATE player SET birth_date = current_date - interval '17 years 364 days' WHERE id = $1`,
    bet: 'player_under_age',
    deposit: 'player_under_age',
  },
  barred: {
    make: `UPDATE player SET state = 'barred' WHERE id = $1`,
    bet: 'player_may_not_bet',
    deposit: 'deposit_not_for_you',
  },
} as const;

const hasField = (schema: TSchema | undefined, name: string): boolean =>
  schema !== undefined && 'properties' in schema && Object.hasOwn(Object(schema.properties), name);

/** Every command that takes a player's money to a bet or to his account. */
const commands = Object.entries(contract as Readonly<Record<string, Route>>).filter(
  ([key, { body, caller }]) =>
    (caller === 'player' || caller === 'owner') &&
    key.startsWith('POST ') &&
    (hasField(body, 'stakeXof') || (hasField(body, 'amountXof') && !/withdraw/.test(key))),
);
const forms = Object.entries(playerPages as Readonly<Record<string, PageRoute>>).filter(
  ([key, { form }]) =>
    key.startsWith('POST ') &&
    (hasField(form, 'stakeXof') || (hasField(form, 'amountXof') && !/retrait/.test(key))),
);

describe('who may not play', () => {
  let house: House;
  let market: SeededMarket;
  let offerId: string;
  let poolId: number;
  before(async () => {
    house = await openHouse({ pages: await loadPageBundles(), settings: unlimitedRates });
    const [one] = await seedMarkets(house.owner, { count: 1 });
    const [maker] = await seedPlayers(house.owner, { count: 1, availableXof: 100_000 });
    assert(one !== undefined && maker !== undefined);
    market = one;
    const [operator] = await seedStaff(house.owner, 1);
    poolId = await openTestPool(house, operator?.cookie ?? '', market.galaId, [{ boutId: market.boutId }]);
    offerId = (await place(house, maker, market.marketId, { side: 'A', stakeXof: 50_000 })).body.offerId;
  });
  after(async () => {
    await house.assertSound();
    await house.close();
  });

  it('is tried on what the contracts name', () => {
    assert.deepEqual(commands.map(([key]) => key).sort(), [
      'POST /deposits',
      'POST /markets/:marketId/offers',
      'POST /markets/:marketId/offers/:offerId/accept',
      'POST /pools/:poolId/tickets',
    ]);
    assert.deepEqual(forms.map(([key]) => key).sort(), [
      'POST /combats/:boutId/defis',
      'POST /combats/:boutId/defis/:offerId/accepter',
      'POST /mutuels/:poolId/tickets',
      'POST /portefeuille/depot',
      'POST /rejouer/:pastId',
    ]);
  });

  const newPlayer = async (): Promise<SeededPlayer> => {
    const [one] = await seedPlayers(house.owner, { count: 1, availableXof: 20_000 });
    assert(one !== undefined);
    return one;
  };
  /** An offer of his that came back: what he could bet again. */
  const returnedOfferOf = async (player: SeededPlayer): Promise<string> => {
    const placed = await place(house, player, market.marketId, {
      side: 'B',
      stakeXof: 1_000,
      askXof: 1_500,
    });
    assert.equal(placed.status, 201, JSON.stringify(placed.body));
    assert.equal((await cancel(house, player, market.marketId, placed.body.offerId)).status, 200);
    return placed.body.offerId;
  };
  const pathOf = (key: string, pastId = '') =>
    (key.split(' ')[1] ?? '')
      .replace(':pastId', pastId)
      .replace(':marketId', String(market.marketId))
      .replace(':poolId', String(poolId))
      .replace(':boutId', String(market.boutId))
      .replace(':offerId', offerId);
  const isDeposit = (key: string) => /deposit|depot/.test(key);
  const amounts = { stakeXof: 1_000, askXof: 1_000, amountXof: 1_000 };
  const asked = { side: 'B', picks: ['A'], choix1: 'A', provider: 'internal', ...amounts };
  const askedHere = () => ({ ...asked, marketId: String(market.marketId) });
  const fill = (schema: TSchema | undefined) =>
    Object.fromEntries(Object.entries(askedHere()).filter(([name]) => hasField(schema, name)));

  for (const [who, { make, bet, deposit }] of Object.entries(people)) {
    it(`${who}: is refused on every channel, a slip already open too, and takes his money out`, async () => {
      const ada = await newPlayer();
      const pastId = await returnedOfferOf(ada);
      // The pages are open before it happens: their forms are whole.
      const reader = new Reader(house.app.player, ada.cookie);
      const { jeton = '' } = formOf(await reader.open('/portefeuille/depot'), '/portefeuille/depot');
      const keys = openForms(house.deps.secrets.formKeys);
      const validUntil = new Date(Date.now() + 60_000).toISOString();
      await house.owner.query(make, [ada.playerId]);

      for (const [key, { body }] of commands) {
        const answer = await house.post(pathOf(key), ada.cookie, {
          operationId: randomUUID(),
          ...fill(body),
        });
        assert.equal(
          answer.body.code,
          isDeposit(key) ? deposit : bet,
          `${key} ${JSON.stringify(answer.body)}`,
        );
        assert.equal(answer.status, 403, key);
      }
      for (const [key, { form }] of forms) {
        const slip = keys.signSlip({ operationId: randomUUID(), validUntil });
        const fields = { ...fill(form), jeton, slip };
        const answer = await reader.post(pathOf(key, pastId), new URLSearchParams(fields).toString());
        assert.equal(answer.status, 403, `${key} ${answer.text}`);
        const [sentence = ''] = errorCatalogue[isDeposit(key) ? deposit : bet].fr.split('{');
        assert.ok(answer.text.includes(sentence.trim()), `${key} ${answer.text}`);
      }
      const wallet = (await house.get('/wallet', ada.cookie)).body;
      assert.deepEqual([wallet.availableXof, wallet.openXof, wallet.engagedXof], [20_000, 0, 0]);
      const out = { operationId: randomUUID(), provider: 'internal', amountXof: 20_000 };
      assert.equal((await house.post('/withdrawals', ada.cookie, out)).status, 202);
      assert.equal((await reader.open('/portefeuille/retrait')).status, 200);
    });
  }

  it('on the barred list: is asked for in the same place', async () => {
    const ada = await newPlayer();
    const ask = () =>
      house.owner.query<{ code: string }>('SELECT code FROM who_may_not_play(ARRAY[$1::uuid])', [
        ada.playerId,
      ]);
    assert.deepEqual(await ask(), []);
    await house.owner
      .transaction(async (tx) => {
        await tx.query(
          `CREATE OR REPLACE FUNCTION barred_players(p_players uuid[]) RETURNS SETOF uuid
         LANGUAGE sql STABLE AS 'SELECT unnest(p_players)'`,
        );
        const rows = await tx.query<{ code: string }>('SELECT code FROM who_may_not_play(ARRAY[$1::uuid])', [
          ada.playerId,
        ]);
        assert.deepEqual(rows, [{ code: 'barred_person' }]);
        throw new Error('undone');
      })
      .catch((error: unknown) => assert.match(String(error), /undone/));
    assert.deepEqual(await ask(), []);
  });

  it('closed: opens nothing any more', async () => {
    const ada = await newPlayer();
    await house.owner.query(`UPDATE player SET state = 'closed' WHERE id = $1`, [ada.playerId]);
    for (const [key, { body }] of commands) {
      const answer = await house.post(pathOf(key), ada.cookie, { operationId: randomUUID(), ...fill(body) });
      assert.equal(answer.status, 401, key);
    }
  });
});

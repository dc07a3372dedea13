/** What is held for bets that are not settled, as the office reads it: equal to the bets, row by row, and to the ledger. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Engagement, gapOf, heldBy } from '#core/engagements.ts';
import { loadPageBundles } from '../page-bundle.ts';
import { accept, cancel, place } from '../testing/bets.ts';
import { type House, openHouse } from '../testing/house.ts';
import { buy, openTestPool } from '../testing/pools.ts';
import { Reader } from '../testing/reader.ts';
import { close, decide, heldXof, settle } from '../testing/results.ts';
import { type SeededStaff, seedBonus, seedMarkets, seedPlayers, seedStaff } from '../testing/seed.ts';
import { unlimitedRates } from '../testing/seed-settings.ts';
import { showEngagements } from './show-engagements.ts';

let house: House;
let staff: readonly [SeededStaff, SeededStaff];

before(async () => {
  house = await openHouse({ pages: await loadPageBundles(), settings: unlimitedRates });
  staff = (await seedStaff(house.owner, 2)) as [SeededStaff, SeededStaff];
});
after(async () => {
  await house.assertSound();
  await house.close();
});

const linesOf = async (): Promise<Engagement[]> =>
  (await showEngagements(house.db)).flatMap(({ lines }) => lines);

/** The same from the rows alone, one by one. */
async function recompute(): Promise<Map<string, number>> {
  const held = new Map<string, number>();
  const add = (key: string, xof: number) => held.set(key, (held.get(key) ?? 0) + xof);
  const offers = await house.owner.query<{ id: number; xof: number }>(
    'SELECT market_id AS id, open_xof AS xof FROM offer WHERE is_open',
  );
  for (const { id, xof } of offers) add(`market ${id}`, xof);
  const duels = await house.owner.query<{ id: number; a: number; b: number; paid: string | null }>(
    'SELECT market_id AS id, stake_a_xof AS a, stake_b_xof AS b, settlement_id AS paid FROM duel',
  );
  for (const { id, a, b, paid } of duels) if (paid === null) add(`market ${id}`, a + b);
  const tickets = await house.owner.query<{ id: number; xof: number; paid: string | null }>(
    'SELECT pool_id AS id, stake_xof AS xof, settlement_id AS paid FROM pool_ticket',
  );
  for (const { id, xof, paid } of tickets) if (paid === null) add(`pool ${id}`, xof);
  return held;
}

async function assertEqual(): Promise<void> {
  const [lines, held] = [await linesOf(), await recompute()];
  const shown = new Map(
    lines.filter((line) => heldBy(line) > 0).map((line) => [`${line.kind} ${line.id}`, heldBy(line)]),
  );
  assert.deepEqual([...shown].sort(), [...held].filter(([, xof]) => xof > 0).sort());
  for (const line of lines) {
    assert.equal(gapOf(line), 0, line.name);
    assert.equal(line.escrowXof, await heldXof(house, `${line.kind}_escrow`, String(line.id)));
  }
}

test('L20 the office’s figures are those of the open bets, whatever has happened to them, and of the ledger', async () => {
  const markets = await seedMarkets(house.owner, { count: 4 });
  const players = await seedPlayers(house.owner, { count: 8, availableXof: 100_000 });
  await seedBonus(house.owner, players[0]?.playerId ?? '', 1_500);
  const [first] = markets;
  assert(first !== undefined);
  await assertEqual();
  for (const [at, { marketId }] of markets.entries()) {
    for (const [who, player] of players.entries()) {
      const side = (who + at) % 2 === 0 ? 'A' : 'B';
      const stakeXof = 1_000 + 100 * ((who * 7 + at * 3) % 9);
      const { body } = await place(house, player, marketId, {
        side,
        stakeXof,
        askXof: stakeXof + 500 * (who % 3),
      });
      const taker = players[(who + 3) % players.length];
      if (who % 3 === 0 && taker !== undefined)
        await accept(house, taker, marketId, body.offerId, { stakeXof: 1_000, partial: true });
      if (who % 4 === 1) await cancel(house, player, marketId, body.offerId);
    }
  }
  const poolId = await openTestPool(house, staff[0].cookie, first.galaId, [
    { boutId: markets[3]?.boutId ?? 0 },
  ]);
  for (const player of players.slice(0, 3)) await buy(house, player, poolId, ['A'], 1_000);
  await assertEqual();
  assert((await linesOf()).some((line) => line.kind === 'pool' && line.openXof === 3_000));

  await close(house, staff[0], [first.marketId]);
  await assertEqual();
  await decide(house, staff, first.boutId, { ending: 'fall', winnerSide: 'A' });
  await assertEqual();
  await settle(house, first.marketId);
  await assertEqual();
  assert(!(await linesOf()).some((line) => line.kind === 'market' && line.id === first.marketId), 'settled');
});

test('the page says which market is not as our books say, and how much', async () => {
  const [market] = await seedMarkets(house.owner, { count: 1 });
  const [player] = await seedPlayers(house.owner, { count: 1, availableXof: 5_000 });
  assert(market !== undefined && player !== undefined);
  const { body } = await place(house, player, market.marketId, { side: 'A', stakeXof: 2_000 });
  const open = () => new Reader(house.app.office, staff[0].cookie).open('/engagements');
  assert.match((await open()).text, /Chaque marché s’accorde avec nos livres/);
  await house.owner.query('UPDATE offer SET open_xof = 1900, filled_xof = 100 WHERE id = $1', [body.offerId]);
  const page = await open();
  assert.match(page.text, /1 marché ne s’accorde pas avec nos livres/);
  assert.match(
    page.text,
    /Défis ouverts \(1\) 1 900 F .* Gardé 1 900 F Dans nos livres 2 000 F Écart : \+100 F/,
  );
  await house.owner.query('UPDATE offer SET open_xof = 2000, filled_xof = 0 WHERE id = $1', [body.offerId]);
});

test('support has no such page', async () => {
  const [support] = await seedStaff(house.owner, 1, 'support');
  const page = await new Reader(house.app.office, support?.cookie).open('/engagements');
  assert.equal(page.status, 403);
});

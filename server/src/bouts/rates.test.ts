/** Rates and bases have their instant: a market is opened before it or after it, and pays by what it was opened with. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Rates } from '#core/market.ts';
import { defaultRates } from '#core/settings.ts';
import { ratesOfRow } from '#core/testing/duel-examples.ts';
import { readRuleTable } from '#core/testing/rule-tables.ts';
import { readSettings } from '../settings/open-settings.ts';
import { sealMarket } from '../settlement/seal-market.ts';
import { settleMarket } from '../settlement/settle-market.ts';
import { accept, availableXof, command, place, whistle } from '../testing/bets.ts';
import { type House, openHouse } from '../testing/house.ts';
import { type SeededMarket, type SeededStaff, seedMarkets, seedPlayers, seedStaff } from '../testing/seed.ts';
import { unlimitedRates } from '../testing/seed-settings.ts';

/** What tomorrow brings: a smaller commission, and the tax of the winnings alone. */
const coming = { commissionBps: 300, taxBase: 'winnings' } as const;
const newRates: Rates = { ...defaultRates, ...coming };

describe('rates that change', () => {
  let house: House;
  let one: SeededStaff;
  let two: SeededStaff;
  before(async () => {
    house = await openHouse({ settings: unlimitedRates });
    const [operator, other] = await seedStaff(house.owner, 2);
    assert(operator && other);
    [one, two] = [operator, other];
  });
  after(async () => {
    await house.assertSound();
    await house.close();
  });

  const open = async ({ marketId }: SeededMarket): Promise<void> => {
    const answer = await command(house, one, `/markets/${marketId}/open`);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
  };
  /** What a market was opened with, and whether that was before this instant. */
  const cardOf = async ({ marketId }: SeededMarket, instant: string) => {
    const [row] = await house.owner.query<{ rates: Rates; isBefore: boolean }>(
      `SELECT rule_card -> 'rates' AS rates, opened_at < $2::timestamptz AS "isBefore" FROM market WHERE id = $1`,
      [marketId, instant],
    );
    assert(row);
    return row;
  };
  /** Both changes, approved by two people, from this instant on. */
  const change = async (instant: string): Promise<string> => {
    const [row] = await house.owner.query<{ at: string }>(
      `WITH made AS (
         INSERT INTO setting_change (id, name, value, reason, effective_at, proposed_by, decision, decided_by, decided_at)
         SELECT gen_random_uuid(), key, value, 'Loi', ${instant}, $2, 'approved', $3, transaction_timestamp()
         FROM jsonb_each($1::jsonb) RETURNING effective_at
       ) SELECT DISTINCT effective_at::text AS at FROM made`,
      [JSON.stringify(coming), one.staffId, two.staffId],
    );
    assert(row);
    return row.at;
  };

  const forget = () =>
    house.owner.query('DELETE FROM setting_change WHERE name = ANY ($1)', [Object.keys(coming)]);

  it('change at one instant for all of them, to the microsecond', async () => {
    const at = await change(`transaction_timestamp() + interval '1 day'`);
    const ratesAt = async (offset: string): Promise<Partial<Rates>> => {
      const [row] = await house.owner.query<{ at: string }>(
        'SELECT ($1::timestamptz + $2::interval)::text AS at',
        [at, offset],
      );
      const { commissionBps, taxBase } = await readSettings(house.db, row?.at ?? null);
      return { commissionBps, taxBase };
    };
    const old = { commissionBps: defaultRates.commissionBps, taxBase: defaultRates.taxBase };
    assert.deepEqual(await ratesAt('-1 microsecond'), old);
    assert.deepEqual(await ratesAt('0'), coming);
    assert.deepEqual(await ratesAt('1 microsecond'), coming);
    const { commissionBps, taxBase } = await readSettings(house.db);
    assert.deepEqual({ commissionBps, taxBase }, old, 'today is before');
    await forget();
  });

  it('leave a market that was opened before as it is, and each pays by its own', async () => {
    const [early, late] = await seedMarkets(house.owner, { count: 2, state: 'draft' });
    const [a, b] = await seedPlayers(house.owner, { count: 2, availableXof: 100_000 });
    assert(early && late && a && b);
    await open(early);
    const at = await change(`transaction_timestamp() + interval '1 day'`);
    assert.deepEqual((await cardOf(early, at)).rates, defaultRates);
    // The day comes: its rows move back in time.
    await house.owner.query(
      `UPDATE setting_change SET effective_at = transaction_timestamp(), decided_at = decided_at - interval '1 day'
       WHERE effective_at = $1::timestamptz`,
      [at],
    );
    await open(late);
    assert.deepEqual((await cardOf(early, at)).rates, defaultRates);
    assert.deepEqual((await cardOf(late, at)).rates, newRates);

    const gains: number[] = [];
    for (const market of [early, late]) {
      const before = await availableXof(house, a);
      const { offerId } = (await place(house, a, market.marketId, { side: 'A', stakeXof: 10_000 })).body;
      await accept(house, b, market.marketId, offerId, { stakeXof: 10_000 });
      const [bet]: { netXof: number }[] = (await house.get('/bets', a.cookie)).body.bets;
      assert(bet);
      await whistle(house, one, market.marketId);
      await sealMarket(house.db, market.marketId);
      const { resultId } = (
        await command(house, one, `/bouts/${market.boutId}/result`, {
          ending: 'fall',
          winnerSide: 'A',
          source: 'Feuille officielle',
        })
      ).body;
      const confirmed = await command(house, two, `/bouts/${market.boutId}/result/confirm`, { resultId });
      assert.equal(confirmed.status, 200, JSON.stringify(confirmed.body));
      await settleMarket({ db: house.db, jobs: house.jobs, onProgress: () => undefined }, market.marketId);
      assert.equal((await availableXof(house, a)) - before, bet.netXof - 10_000, 'as the slip said');
      gains.push(bet.netXof);
    }
    const { rows } = readRuleTable('rates-dated');
    assert.deepEqual(
      rows.map((row) => [row.text('opened'), ratesOfRow(row), row.number('net in hand')]),
      [
        ['before', defaultRates, gains[0]],
        ['after', newRates, gains[1]],
      ],
    );
    await forget();
  });

  it('come while markets are being opened: each is wholly before or wholly after', async () => {
    const drafts = await seedMarkets(house.owner, { count: 400, state: 'draft' });
    const at = await change(`transaction_timestamp() + interval '200 milliseconds'`);
    const opened: SeededMarket[] = [];
    for (let isBefore = true; isBefore; ) {
      const next = drafts.splice(0, 4);
      assert.ok(next.length > 0, 'the instant came');
      await Promise.all(next.map(open));
      opened.push(...next);
      isBefore = (await Promise.all(next.map((market) => cardOf(market, at)))).every((card) => card.isBefore);
    }
    const cards = await Promise.all(opened.map((market) => cardOf(market, at)));
    for (const { rates, isBefore } of cards) assert.deepEqual(rates, isBefore ? defaultRates : newRates);
    assert.ok(cards.some(({ isBefore }) => isBefore) && cards.some(({ isBefore }) => !isBefore));
  });
});

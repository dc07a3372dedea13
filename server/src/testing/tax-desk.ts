/** Two people of finance before the months of tax, and evenings of real money that months go by after. */
import assert from 'node:assert/strict';
import { loadPageBundles } from '../page-bundle.ts';
import { settlePool } from '../pools/settle-pool.ts';
import { sealMarket } from '../settlement/seal-market.ts';
import { settleMarket } from '../settlement/settle-market.ts';
import { accept, command, place, whistle } from './bets.ts';
import { type House, openHouse } from './house.ts';
import { formOf, Reader, type ReadPage } from './reader.ts';
import {
  type MarketSeed,
  type SeededMarket,
  type SeededPlayer,
  type SeededStaff,
  seedMarkets,
  seedPlayers,
  seedStaff,
} from './seed.ts';
import { unlimitedRates, unlimitedStakes } from './seed-settings.ts';

export interface Verdict {
  readonly ending: string;
  readonly winnerSide?: 'A' | 'B';
}

export interface Stakes {
  readonly a: number;
  readonly b: number;
}

export interface TaxDesk {
  readonly house: House;
  readonly khady: Reader;
  readonly moussa: Reader;
  readonly operators: readonly [SeededStaff, SeededStaff];
  /** A bout with these duels, whistled and sealed. Real money unless said. */
  whistled(duels: readonly Stakes[], seed?: Omit<MarketSeed, 'count'>): Promise<SeededMarket>;
  /** Its result, by two people. */
  decide(market: SeededMarket, verdict: Verdict): Promise<void>;
  settle(market: SeededMarket): Promise<void>;
  /** Another result in the place of that one, by two people, and what follows for its market and pools. */
  correct(market: Pick<SeededMarket, 'boutId' | 'marketId'>, verdict: Verdict): Promise<void>;
  /**
   * As if these transfers (a query for their ids) had been booked a second before this month, and what is in the table
   * had been begun then: a settlement that goes on over the end of a month.
   */
  bookLastMonth(transfers: string, table: 'settlement' | 'pool_settlement'): Promise<void>;
  /** All of it: bets, whistle, result, payment. */
  evening(
    duels: readonly Stakes[],
    verdict: Verdict,
    seed?: Omit<MarketSeed, 'count'>,
  ): Promise<SeededMarket>;
  /** All that was settled and booked so far happened this many months earlier. */
  monthsPass(count?: number): Promise<void>;
  /** "2026-10": so many months before this one, by the database's clock. */
  month(ago: number): Promise<string>;
  /** Today, by the database's clock. */
  today(): Promise<string>;
  /** Sends the form of a payment of this month. Does not follow. */
  propose(by: Reader, month: string, fields?: Record<string, string>): Promise<ReadPage>;
  /** Presses a button of the proposal that waits. Does not follow. */
  press(by: Reader, month: string, action: 'confirmer' | 'refuser'): Promise<ReadPage>;
  /** Khady proposes, her colleague confirms; the page that follows. */
  pay(month: string): Promise<ReadPage>;
  /** What an account of real money holds, in francs; credits count up. */
  heldBy(kind: string): Promise<number>;
  close(): Promise<void>;
}

export async function openTaxDesk(): Promise<TaxDesk> {
  const settings = { ...unlimitedRates, ...unlimitedStakes };
  const house = await openHouse({ pages: await loadPageBundles(), settings });
  const [one, two] = await seedStaff(house.owner, 2, 'finance');
  const [first, second] = await seedStaff(house.owner, 2);
  assert(one && two && first && second);
  const khady = new Reader(house.app.office, one.cookie);
  const moussa = new Reader(house.app.office, two.cookie);

  const whistled: TaxDesk['whistled'] = async (duels, seed = {}) => {
    const isTest = seed.isTest ?? false;
    const [market] = await seedMarkets(house.owner, { count: 1, ...seed, isTest });
    const [a, b] = await seedPlayers(house.owner, { count: 2, availableXof: 5_000_000, isTest });
    assert(market && a && b);
    for (const stakes of duels) await makeDuel(house, market.marketId, [a, b], stakes);
    assert.equal((await whistle(house, first, market.marketId)).status, 200);
    await sealMarket(house.db, market.marketId);
    return market;
  };
  const decide: TaxDesk['decide'] = async ({ boutId }, verdict) => {
    const source = 'Feuille officielle';
    const proposed = await command(house, first, `/bouts/${boutId}/result`, { ...verdict, source });
    assert.equal(proposed.status, 201, JSON.stringify(proposed.body));
    const { resultId } = proposed.body;
    const confirmed = await command(house, second, `/bouts/${boutId}/result/confirm`, { resultId });
    assert.equal(confirmed.status, 200, JSON.stringify(confirmed.body));
  };
  const settle: TaxDesk['settle'] = ({ marketId }) =>
    settleMarket({ db: house.db, jobs: house.jobs, onProgress: () => undefined }, marketId);
  const correct: TaxDesk['correct'] = async ({ boutId, marketId }, verdict) => {
    const told = { ...verdict, source: 'Procès-verbal de la FSL', reason: 'Vainqueur mal saisi' };
    const proposed = await command(house, first, `/bouts/${boutId}/correction`, told);
    assert.equal(proposed.status, 201, JSON.stringify(proposed.body));
    const { resultId } = proposed.body;
    const confirmed = await command(house, second, `/bouts/${boutId}/result/confirm`, { resultId });
    assert.equal(confirmed.status, 200, JSON.stringify(confirmed.body));
    await settleMarket({ db: house.db, jobs: house.jobs, onProgress: () => undefined }, marketId);
    const pools = await house.owner.query<{ id: number }>(
      'SELECT DISTINCT pool_id AS id FROM pool_leg WHERE bout_id = $1',
      [boutId],
    );
    for (const { id } of pools) await settlePool({ db: house.db, jobs: house.jobs }, id);
  };

  const propose: TaxDesk['propose'] = async (by, month, fields = {}) => {
    const path = `/impots/${month}/versement`;
    const page = await by.ask(`/impots/${month}`);
    const form = { ...formOf(page, path), reference: 'Quittance DGID 212', ...fields };
    return by.post(path, new URLSearchParams(form).toString());
  };
  const press: TaxDesk['press'] = async (by, month, action) => {
    const page = await by.ask(`/impots/${month}`);
    const path = new RegExp(`action="(/impots/${month}/versement/[^/"]+/${action})"`).exec(page.html)?.[1];
    assert(path !== undefined, `no button ${action}: ${page.text}`);
    return by.submit(page, path);
  };
  return {
    ...{
      house,
      khady,
      moussa,
      operators: [first, second],
      whistled,
      decide,
      settle,
      correct,
      propose,
      press,
    },
    bookLastMonth: (transfers, table) => bookLastMonth(house, transfers, table),
    evening: async (duels, verdict, seed) => {
      const market = await whistled(duels, seed);
      await decide(market, verdict);
      await settle(market);
      return market;
    },
    monthsPass: (count = 1) => movePast(house, count),
    month: async (ago) => {
      const [row] = await house.owner.query<{ month: string }>(
        `SELECT to_char(date_trunc('month', clock_timestamp()) - $1 * interval '1 month', 'YYYY-MM') AS month`,
        [ago],
      );
      return row?.month ?? assert.fail('no clock');
    },
    today: async () => {
      const [row] = await house.owner.query<{ day: string }>(
        `SELECT to_char(clock_timestamp(), 'YYYY-MM-DD') AS day`,
      );
      return row?.day ?? assert.fail('no clock');
    },
    pay: async (month) => {
      const proposed = await propose(khady, month);
      assert.equal(proposed.status, 303, proposed.text);
      const confirmed = await press(moussa, month, 'confirmer');
      assert.equal(confirmed.status, 303, confirmed.text);
      return moussa.follow(confirmed);
    },
    heldBy: async (kind) => {
      const [row] = await house.owner.query<{ xof: number }>(
        `SELECT coalesce(sum(CASE WHEN p.credit_account_id = a.id THEN p.amount_xof ELSE -p.amount_xof END), 0)::bigint AS xof
         FROM ledger.account a JOIN ledger.posting p ON a.id IN (p.credit_account_id, p.debit_account_id)
         WHERE a.kind = $1 AND NOT a.is_test`,
        [kind],
      );
      return row?.xof ?? 0;
    },
    close: async () => {
      await house.assertSound();
      await house.close();
    },
  };
}

async function makeDuel(
  house: House,
  marketId: number,
  [a, b]: readonly [SeededPlayer, SeededPlayer],
  stakes: Stakes,
): Promise<void> {
  const placed = await place(house, a, marketId, { side: 'A', stakeXof: stakes.a, askXof: stakes.b });
  assert.equal(placed.status, 201, JSON.stringify(placed.body));
  const accepted = await accept(house, b, marketId, placed.body.offerId, { stakeXof: stakes.b });
  assert.equal(accepted.status, 201, JSON.stringify(accepted.body));
}

const LEDGER_TABLES = ['ledger.transfer', 'ledger.posting'] as const;

/** The ledger lets nobody change it, its owner included: the triggers stand aside while a test moves time. */
async function changeLedger(owner: House['owner'], work: () => Promise<void>): Promise<void> {
  for (const table of LEDGER_TABLES) await owner.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
  await work();
  for (const table of LEDGER_TABLES) await owner.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
}

async function bookLastMonth({ owner }: House, transfers: string, table: string): Promise<void> {
  const then = `date_trunc('month', clock_timestamp()) - interval '1 second'`;
  const ids = (await owner.query<{ id: string }>(transfers)).map(({ id }) => id);
  assert(ids.length > 0, 'no such transfers');
  await changeLedger(owner, async () => {
    await owner.query(`UPDATE ledger.transfer SET recorded_at = ${then} WHERE id = ANY ($1)`, [ids]);
    await owner.query(`UPDATE ledger.posting SET recorded_at = ${then} WHERE transfer_id = ANY ($1)`, [ids]);
  });
  await owner.query(`UPDATE ${table} SET started_at = ${then} - interval '1 second'`);
}

async function movePast({ owner }: House, months: number): Promise<void> {
  const back = `- $1 * interval '1 month'`;
  await changeLedger(owner, async () => {
    for (const table of LEDGER_TABLES)
      await owner.query(`UPDATE ${table} SET recorded_at = recorded_at ${back}`, [months]);
  });
  for (const table of ['settlement', 'pool_settlement', 'correction'])
    await owner.query(
      `UPDATE ${table} SET started_at = started_at ${back}, finished_at = finished_at ${back}`,
      [months],
    );
  await owner.query(`UPDATE correction SET house_at = house_at ${back}`, [months]);
  await owner.query(`ALTER TABLE tax_remittance DISABLE TRIGGER USER`);
  await owner.query(
    `UPDATE tax_remittance SET month = month ${back}, paid_on = paid_on ${back}, proposed_at = proposed_at ${back}`,
    [months],
  );
  await owner.query(`ALTER TABLE tax_remittance ENABLE TRIGGER USER`);
}

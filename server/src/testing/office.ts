/** The office with people in it, for tests of its pages: two operators and a robot at their phones, bouts with bets. */
import assert from 'node:assert/strict';
import { loadPageBundles } from '../page-bundle.ts';
import { sealMarket } from '../settlement/seal-market.ts';
import { settleMarket } from '../settlement/settle-market.ts';
import { accept, place } from './bets.ts';
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
import { unlimitedRates } from './seed-settings.ts';

export interface DeskBout extends SeededMarket {
  readonly a: SeededPlayer;
  readonly b: SeededPlayer;
  /** Its desk's address. */
  readonly desk: string;
}

export interface Office {
  readonly house: House;
  readonly awa: SeededStaff;
  /** Awa at her phone, her colleague at another, and the robot. */
  readonly one: Reader;
  readonly two: Reader;
  readonly machine: Reader;
  newBout(seed?: Omit<MarketSeed, 'count'>): Promise<DeskBout>;
  /** Open, with a duel of 10 000 F each, and 5 000 F of A still open. */
  openBout(): Promise<DeskBout>;
  /** Whistled, and its proof published. */
  closedBout(): Promise<DeskBout>;
  /** Does what the job of the settlement does. */
  settle(bout: DeskBout): Promise<void>;
  close(): Promise<void>;
}

export async function openOffice(): Promise<Office> {
  const house = await openHouse({ pages: await loadPageBundles(), settings: unlimitedRates });
  const [awa, cheikh] = await seedStaff(house.owner, 2);
  const [robot] = await seedStaff(house.owner, 1, 'robot');
  assert(awa !== undefined && cheikh !== undefined && robot !== undefined);
  const one = new Reader(house.app.office, awa.cookie);

  const newBout: Office['newBout'] = async (seed = {}) => {
    const [market] = await seedMarkets(house.owner, { count: 1, ...seed });
    const [a, b] = await seedPlayers(house.owner, { count: 2, availableXof: 100_000 });
    assert(market !== undefined && a !== undefined && b !== undefined);
    return { ...market, a, b, desk: `/combats/${market.boutId}` };
  };
  const openBout: Office['openBout'] = async () => {
    const bout = await newBout();
    const { offerId } = (await place(house, bout.a, bout.marketId, { side: 'A', stakeXof: 15_000 })).body;
    const accepted = await accept(house, bout.b, bout.marketId, offerId, { stakeXof: 10_000 });
    assert.equal(accepted.status, 201, JSON.stringify(accepted.body));
    return bout;
  };
  return {
    house,
    awa,
    one,
    two: new Reader(house.app.office, cheikh.cookie),
    machine: new Reader(house.app.office, robot.cookie),
    newBout,
    openBout,
    closedBout: async () => {
      const bout = await openBout();
      await press(one, bout.desk, 'sifflet');
      await sealMarket(house.db, bout.marketId);
      return bout;
    },
    settle: ({ marketId }) =>
      settleMarket({ db: house.db, jobs: house.jobs, onProgress: house.app.onBoutChanged }, marketId),
    close: async () => {
      await house.assertSound();
      await house.close();
    },
  };
}

/** Presses a button of a bout's desk; the page that answers. */
export async function press(reader: Reader, desk: string, action: string): Promise<ReadPage> {
  const answer = await reader.submit(await reader.ask(desk), `${desk}/${action}`);
  assert.equal(answer.status, 303, answer.text);
  return reader.follow(answer);
}

export const fallOfB = { ending: 'fall', winnerSide: 'A', source: 'Feuille officielle' };

/** Sends the form of a result. Does not follow. */
export async function propose(
  reader: Reader,
  { desk }: DeskBout,
  verdict: Record<string, string> = fallOfB,
): Promise<ReadPage> {
  return reader.submit(await reader.ask(`${desk}/resultat`), `${desk}/resultat`, verdict);
}

/** The buttons of a bout's desk. */
export function actionsOf(page: ReadPage, desk: string): string[] {
  return [...page.html.matchAll(/<form[^>]* action="([^"]+)"/g)]
    .map(([, action = '']) => action.replace(`${desk}/`, ''))
    .filter((action) => action !== '/deconnexion');
}

/** What the form to `action` holds, on the page at `path`. */
export async function fieldsAt(
  reader: Reader,
  path: string,
  action: string,
): Promise<Record<string, string>> {
  return formOf(await reader.ask(path), action);
}

/** Sends any fields to any path: what a person, or somebody else's page, could send. */
export function send(
  reader: Reader,
  path: string,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<ReadPage> {
  return reader.post(path, new URLSearchParams(fields).toString(), headers);
}

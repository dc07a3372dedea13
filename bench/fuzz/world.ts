/** The real server on loopback, with people, bouts and bets in it; what the fuzzer knows to exist. */
import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { Site } from '#server/http.ts';
import { type House, openHouse } from '#server/testing/house.ts';
import { seedMarkets, seedPlayers, seedStaff } from '#server/testing/seed.ts';
import { startTestCluster } from '#server/testing/test-cluster.ts';
import type { PersonName } from './inputs.ts';

/** A request a person may make before somebody fresh takes his place: excluded, closed, out of money. */
const REQUESTS_OF_ONE_PERSON = 600;
const KNOWN_MAX = 8;

/** Raised so that the fuzzer is not told to wait; printed with the figures. */
export const raisedLimits = {
  rateAccountMinute: 100_000_000,
  rateAddressMinute: 100_000_000,
  codesAddressHour: 1_000_000,
  codesForeignPrefixHour: 1_000_000,
  logInsAddressTenMinutes: 1_000_000,
  wrongLogInsMinute: 1_000_000,
} as const;

export interface World {
  readonly house: House;
  readonly bases: Readonly<Record<Site, string>>;
  cookieOf(person: PersonName): Promise<string | undefined>;
  /** Somebody else takes this part from now on. */
  replace(person: PersonName): void;
  /** Remembers the ids, tokens and codes in an answer. */
  learn(answer: unknown): void;
  /** One of the newest things of this name, or undefined; `new` is an id that nobody has used. */
  known(name: string, pick: number): string | number | undefined;
  renewMarkets(): Promise<void>;
  close(): Promise<void>;
}

export async function openWorld(): Promise<World> {
  const cluster = await startTestCluster();
  process.env.TEST_DATABASE_URL = cluster.adminUrl;
  const house = await openHouse({ settings: raisedLimits });
  const bases = { player: await listen(house, 'player'), office: await listen(house, 'office') };
  const things = new Map<string, (string | number)[]>();
  const remember = (name: string, value: string | number) => {
    const list = things.get(name) ?? [];
    if (!list.includes(value)) things.set(name, [...list, value].slice(-KNOWN_MAX));
  };
  const learn = (answer: unknown, depth = 0): void => {
    if (typeof answer !== 'object' || answer === null || depth > 6) return;
    for (const [name, value] of Object.entries(answer)) {
      if (typeof value === 'object') learn(value, depth + 1);
      else if (/(Id|Token)$|^(phone|totp)$/.test(name) && typeof value !== 'boolean') remember(name, value);
      const code = name === 'body' ? /#(\d{6})$/.exec(String(value))?.[1] : undefined;
      if (code !== undefined) remember('code', code);
    }
  };
  const cast = openCast(house, learn);
  const renewMarkets = async () => {
    for (const visibility of ['public', 'hidden'] as const) {
      const [market] = await seedMarkets(house.owner, { count: 1, visibility });
      learn(market);
      const [a] = await seedPlayers(house.owner, { count: 1, availableXof: 100_000 });
      if (market === undefined || a === undefined || visibility === 'hidden') continue;
      const offer = { operationId: randomUUID(), side: 'A', stakeXof: 5_000, askXof: 5_000 };
      learn((await house.post(`/markets/${market.marketId}/offers`, a.cookie, offer)).body);
    }
  };
  for (const phone of ['771230001', '771230002', '+221761230003']) remember('phone', phone);
  for (const wrestlerId of [1, 2]) {
    for (const name of ['wrestlerId', 'wrestlerAId', 'wrestlerBId']) remember(name, wrestlerId);
  }
  await renewMarkets();
  return {
    house,
    bases,
    ...cast,
    learn,
    known: (name, pick) => {
      if (name === 'new') return randomUUID();
      const list = things.get(name) ?? [];
      return list[pick % Math.max(list.length, 1)];
    },
    renewMarkets,
    close: async () => {
      for (const site of ['player', 'office'] as const) house.app[site].server.closeAllConnections();
      await house.close();
      await cluster.stop();
    },
  };
}

/** Who plays which part now. */
function openCast(house: House, learn: World['learn']): Pick<World, 'cookieOf' | 'replace'> {
  const cast = new Map<PersonName, { readonly cookie: Promise<string>; requests: number }>();
  const enter = async (person: PersonName): Promise<string> => {
    const isPlayer = person === 'player' || person === 'stranger';
    const [someone] = isPlayer
      ? await seedPlayers(house.owner, { count: 1, availableXof: 100_000 })
      : await seedStaff(house.owner, 1, person === 'nobody' ? 'support' : person);
    if (someone === undefined) throw new Error(`nobody plays ${person}`);
    await house.owner.query(
      'UPDATE session SET stepped_up_at = clock_timestamp() WHERE coalesce(player_id, staff_id) = $1',
      ['playerId' in someone ? someone.playerId : someone.staffId],
    );
    if (isPlayer) await act(house, someone.cookie, learn);
    return someone.cookie;
  };
  return {
    cookieOf: async (person) => {
      if (person === 'nobody') return undefined;
      const now = cast.get(person);
      const part =
        now === undefined || now.requests >= REQUESTS_OF_ONE_PERSON
          ? { cookie: enter(person), requests: 0 }
          : now;
      part.requests += 1;
      cast.set(person, part);
      return part.cookie;
    },
    replace: (person) => cast.delete(person),
  };
}

async function listen(house: House, site: Site): Promise<string> {
  await house.app[site].listen({ host: '127.0.0.1', port: 0 });
  // It listens on a port of the network.
  const { port } = house.app[site].server.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
}

/** What a player has done before he plays his part: things of his own to be asked for. */
async function act(house: House, cookie: string, learn: World['learn']): Promise<void> {
  const [market] = await seedMarkets(house.owner, { count: 1 });
  const offer = { side: 'A', stakeXof: 5_000, askXof: 5_000 };
  const payment = { provider: 'internal', amountXof: 1_000 };
  const asked: [path: string, body: object][] = [
    [`/markets/${market?.marketId}/offers`, offer],
    ['/deposits', payment],
    ['/withdrawals', payment],
    ['/play/limits', { kind: 'stake', period: 'day', limitXof: 50_000 }],
    ['/play/limits', { kind: 'stake', period: 'day', limitXof: 60_000 }],
  ];
  for (const [path, body] of asked) {
    learn((await house.post(path, cookie, { operationId: randomUUID(), ...body })).body);
  }
  for (const path of ['/sessions', '/play', '/offers']) learn((await house.get(path, cookie)).body);
  learn(market);
}

/** Many commands at the same instant, through HTTP: each gets a definite answer, and money moves at most once. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import { sealMarket } from '../settlement/seal-market.ts';
import { accept, availableXof, cancel, place, whistle } from '../testing/bets.ts';
import { type FaultProxy, startFaultProxy } from '../testing/fault-proxy.ts';
import { type Answer, type House, openHouse } from '../testing/house.ts';
import { witnessRoot } from '../testing/merkle-witness.ts';
import {
  deposit,
  type SeededMarket,
  type SeededPlayer,
  seedMarkets,
  seedPlayers,
  seedStaff,
} from '../testing/seed.ts';
import { unlimitedRates } from '../testing/seed-settings.ts';

let house: House;
let proxy: FaultProxy;

before(async () => {
  house = await openHouse({
    settings: unlimitedRates,
    reroute: async (appUrl) => {
      proxy = await startFaultProxy(appUrl);
      return proxy.through(appUrl);
    },
  });
});
after(async () => {
  await house.assertSound();
  await house.close();
  await proxy.close();
});

async function openMarket(): Promise<SeededMarket> {
  const [market] = await seedMarkets(house.owner, { count: 1 });
  assert(market !== undefined);
  return market;
}

async function player(availableXof: number): Promise<SeededPlayer> {
  const [one] = await seedPlayers(house.owner, { count: 1, availableXof });
  assert(one !== undefined);
  return one;
}

/** How many answers there are of each status and code. */
function tally(answers: readonly Answer[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status, body } of answers) {
    const name = status < 300 ? String(status) : `${status} ${body.code}`;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

/** Holds a market's lock while `work` starts commands, so that they gather into batches; then lets go. */
async function whileLocked(marketId: number, work: () => void | Promise<void>): Promise<void> {
  await house.owner.transaction(async (tx) => {
    await tx.query('SELECT 1 FROM market WHERE id = $1 FOR UPDATE', [marketId]);
    await work();
  });
}

/** Resolves once a batch waits for the lock that `whileLocked` holds; what comes from then on gathers behind it. */
async function someoneWaits(): Promise<void> {
  for (;;) {
    const waiting = await house.owner.query(
      `SELECT 1 FROM pg_locks JOIN pg_stat_activity a USING (pid)
       WHERE NOT granted AND a.datname = current_database()`,
    );
    if (waiting.length > 0) return;
  }
}

test('of many who accept one offer at the same instant, one gets it', async () => {
  const { marketId } = await openMarket();
  const maker = await player(100_000);
  const takers = await seedPlayers(house.owner, { count: 20, availableXof: 10_000 });
  for (let round = 0; round < 10; round++) {
    const { offerId } = (await place(house, maker, marketId, { side: 'A', stakeXof: 1_000 })).body;
    const answers = await Promise.all(
      takers.map((taker) => accept(house, taker, marketId, offerId, { stakeXof: 1_000 })),
    );
    assert.deepEqual(tally(answers), { '201': 1, '409 offer_gone': 19 });
  }
});

test('partial takers at the same instant never fill more than there is', async () => {
  const { marketId } = await openMarket();
  const maker = await player(100_000);
  const takers = await seedPlayers(house.owner, { count: 30, availableXof: 10_000 });
  const { offerId } = (await place(house, maker, marketId, { side: 'A', stakeXof: 50_000 })).body;
  const answers = await Promise.all(
    takers.map((taker) => accept(house, taker, marketId, offerId, { stakeXof: 4_000, partial: true })),
  );
  const filled = answers
    .filter((answer) => answer.status === 201)
    .reduce((sum, answer) => sum + answer.body.bet.stakeXof, 0);
  assert.equal(filled, 50_000);
  assert.deepEqual(tally(answers), { '201': 13, '409 offer_gone': 17 });
});

test('a cancel and an acceptance at the same instant: the stake goes one way', async () => {
  const { marketId } = await openMarket();
  const [maker, taker] = await seedPlayers(house.owner, { count: 2, availableXof: 300_000 });
  assert(maker !== undefined && taker !== undefined);
  const seen = new Set<string>();
  for (let round = 0; round < 100; round++) {
    const { offerId } = (await place(house, maker, marketId, { side: 'A', stakeXof: 1_000 })).body;
    const both: (() => Promise<Answer>)[] = [
      () => cancel(house, maker, marketId, offerId),
      () => accept(house, taker, marketId, offerId, { stakeXof: 1_000 }),
    ];
    if (round % 2 === 1) both.reverse();
    const answers = await Promise.all(both.map((send) => send()));
    assert.equal(answers.filter((answer) => answer.status < 300).length, 1, JSON.stringify(tally(answers)));
    seen.add(JSON.stringify(tally(answers)));
  }
  assert.equal(seen.size, 2, 'each of the two won at least once');
});

test('one balance staked 200 times in parallel is staked once, in one market and over twenty', async () => {
  for (const count of [1, 20]) {
    const markets = await seedMarkets(house.owner, { count });
    const ada = await player(10_000);
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, i) => {
        const market = markets[i % count];
        assert(market !== undefined);
        return place(house, ada, market.marketId, { side: 'A', stakeXof: 10_000 });
      }),
    );
    assert.deepEqual(tally(answers), { '201': 1, '409 insufficient_funds': 199 });
    assert.equal(await availableXof(house, ada), 0);
  }
});

test('one id 50 times in parallel, and again later: one effect, the same answer', async () => {
  const { marketId } = await openMarket();
  const [ada, other] = await seedPlayers(house.owner, { count: 2, availableXof: 100_000 });
  assert(ada !== undefined && other !== undefined);
  await place(house, other, marketId, { side: 'B', stakeXof: 4_000 });
  const operationId = randomUUID();
  const send = () => place(house, ada, marketId, { side: 'A', stakeXof: 10_000 }, operationId);
  const answers = await Promise.all(Array.from({ length: 50 }, send));
  for (const answer of answers) {
    assert.equal(answer.status, 201);
    assert.deepEqual(answer.body, answers[0]?.body);
  }
  await whistle(house, (await seedStaff(house.owner, 1))[0] as never, marketId);
  assert.deepEqual((await send()).body, answers[0]?.body, 'the answer stands, even after the close');
  assert.equal(await availableXof(house, ada), 90_000);
});

test('one id with two bodies in parallel: one of them has its effect, the other is refused', async () => {
  const markets = await seedMarkets(house.owner, { count: 2 });
  const ada = await player(100_000);
  for (let round = 0; round < 20; round++) {
    const operationId = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) => {
        // Another amount in the same market; the same terms in another market, another batch.
        const market = markets[i % 4 === 3 ? 1 : 0];
        assert(market !== undefined);
        return place(
          house,
          ada,
          market.marketId,
          { side: 'A', stakeXof: 1_000 + (i % 2) * 500 },
          operationId,
        );
      }),
    );
    const counts = tally(answers);
    assert.deepEqual(Object.keys(counts).sort(), ['201', '422 operation_id_reused'], JSON.stringify(counts));
    const rows = await house.owner.query<{ stake: number }>(
      'SELECT stake_xof AS stake FROM offer WHERE id = $1',
      [operationId],
    );
    assert.equal(rows.length, 1);
    const good = answers.filter((answer) => answer.status === 201);
    for (const answer of good) assert.deepEqual(answer.body, good[0]?.body);
    const late = await place(house, ada, good[0]?.body.marketId, { side: 'B', stakeXof: 1_000 }, operationId);
    assert.equal(late.body.code, 'operation_id_reused');
  }
});

test('one id sent to two markets at the same instant: one takes it', async () => {
  const markets = await seedMarkets(house.owner, { count: 2 });
  const ada = await player(100_000);
  for (let round = 0; round < 30; round++) {
    const operationId = randomUUID();
    const answers = await Promise.all(
      markets.map(({ marketId }) => place(house, ada, marketId, { side: 'A', stakeXof: 1_000 }, operationId)),
    );
    assert.deepEqual(tally(answers), { '201': 1, '422 operation_id_reused': 1 });
  }
});

test('a refused id stays refused after the money has come', async () => {
  const { marketId } = await openMarket();
  const ada = await player(500);
  const operationId = randomUUID();
  const first = await place(house, ada, marketId, { side: 'A', stakeXof: 1_000 }, operationId);
  assert.equal(first.body.code, 'insufficient_funds');
  await deposit(house.owner, [ada.accountId], 100_000);
  const again = await Promise.all(
    Array.from({ length: 10 }, () =>
      place(house, ada, marketId, { side: 'A', stakeXof: 1_000 }, operationId),
    ),
  );
  for (const answer of again) {
    assert.deepEqual(
      [answer.status, answer.body.code, answer.body.params],
      [409, 'insufficient_funds', { missingXof: 500 }],
    );
  }
  const stored = await house.get(`/operations/${operationId}`, ada.cookie);
  assert.deepEqual([stored.body.status, stored.body.answer.code], [409, 'insufficient_funds']);
  assert.equal((await place(house, ada, marketId, { side: 'A', stakeXof: 1_000 })).status, 201);
});

test('a thousand bets while the whistle is pressed: in the set of the root, or refused', async () => {
  const races = 1_000;
  const markets = await seedMarkets(house.owner, { count: races });
  const people = await seedPlayers(house.owner, { count: 30, availableXof: 5_000_000 });
  const operators = await seedStaff(house.owner, 2);
  const outcomes = { taken: 0, refused: 0, mixed: 0 };

  const race = async ({ marketId, boutId }: SeededMarket, index: number) => {
    const [maker, taker, late] = [0, 1, 2].map((i) => people[(index * 3 + i) % people.length]) as [
      SeededPlayer,
      SeededPlayer,
      SeededPlayer,
    ];
    const operator = operators[index % 2];
    assert(operator !== undefined);
    const resting = await place(house, maker, marketId, { side: 'A', stakeXof: 5_000 });
    const soon = <T>(send: () => Promise<T>) => sleep(Math.random() * 4).then(send);
    const [taken, placed, whistled] = await Promise.all([
      soon(() => accept(house, taker, marketId, resting.body.offerId, { stakeXof: 2_000 })),
      soon(() => place(house, late, marketId, { side: 'B', stakeXof: 1_000, askXof: 1_000 })),
      soon(() => whistle(house, operator, marketId)),
    ]);
    assert.equal(whistled.body.state, 'closed');
    await sealMarket(house.db, marketId);

    const { root, duelIds } = await witnessRoot(house.owner, marketId);
    const market = (await house.get(`/bouts/${boutId}`)).body.market;
    assert.equal(market.root, root);
    const acknowledged = new Set<string>();
    for (const { status, body } of [taken, placed]) {
      if (status === 201) for (const bet of body.bets ?? [body.bet]) acknowledged.add(bet.betId);
      else assert.deepEqual([status, body.code], [409, 'market_closed']);
    }
    assert.deepEqual(duelIds, acknowledged, 'what was acknowledged is what the root holds');
    const [left] = await house.owner.query<{ open: number; returned: number; filled: number }>(
      `SELECT sum(open_xof)::bigint AS open, sum(returned_xof)::bigint AS returned, sum(filled_xof)::bigint AS filled
       FROM offer WHERE market_id = $1`,
      [marketId],
    );
    const stakes = 5_000 + (placed.status === 201 ? 1_000 : 0);
    assert.equal(left?.open, 0);
    assert.equal((left?.returned ?? 0) + (left?.filled ?? 0), stakes);
    const good = [taken, placed].filter((answer) => answer.status === 201).length;
    outcomes[good === 2 ? 'taken' : good === 0 ? 'refused' : 'mixed'] += 1;
  };

  for (let at = 0; at < races; at += 10) {
    await Promise.all(markets.slice(at, at + 10).map((market, i) => race(market, at + i)));
  }
  // Otherwise nothing was raced.
  for (const [name, count] of Object.entries(outcomes)) assert.ok(count > 0, `${name}: ${count}`);
  await house.assertSound();
});

test('a command that the database refuses does not hurt the others of its batch', async () => {
  const { marketId } = await openMarket();
  const people = await seedPlayers(house.owner, { count: 40, availableXof: 10_000 });
  await house.owner.query(
    `CREATE FUNCTION refuse_seven() RETURNS trigger LANGUAGE plpgsql AS $$
     BEGIN IF NEW.stake_xof = 7700 THEN RAISE EXCEPTION 'poison'; END IF; RETURN NEW; END $$`,
  );
  await house.owner.query(
    'CREATE TRIGGER refuse_seven BEFORE INSERT ON offer FOR EACH ROW EXECUTE FUNCTION refuse_seven()',
  );
  let answers: Promise<Answer>[] = [];
  await whileLocked(marketId, async () => {
    answers = people.map((one, i) =>
      place(house, one, marketId, { side: 'A', stakeXof: i === 23 ? 7_700 : 1_000 }),
    );
    await someoneWaits();
  });
  assert.deepEqual(tally(await Promise.all(answers)), { '201': 39, '500 internal': 1 });
  const poisoned = people[23];
  assert(poisoned !== undefined);
  assert.equal(await availableXof(house, poisoned), 10_000);
  await house.owner.query('DROP TRIGGER refuse_seven ON offer');
});

test('beyond the bound of the queue a command is refused at once, and the others are all served', async () => {
  const { marketId } = await openMarket();
  const people = await seedPlayers(house.owner, { count: 100, availableXof: 100_000 });
  const early: Answer[] = [];
  let all: Promise<Answer>[] = [];
  await whileLocked(marketId, async () => {
    all = Array.from({ length: 2_400 }, async (_, i) => {
      const one = people[i % people.length];
      assert(one !== undefined);
      const answer = await place(house, one, marketId, { side: 'A', stakeXof: 1_000 });
      early.push(answer);
      return answer;
    });
    while (early.length < 100) await turn();
    // The lock is still held: nobody has been served.
    for (const { status, body, headers } of early) {
      assert.deepEqual([status, body.code, body.retry, headers['retry-after']], [503, 'busy', true, '2']);
    }
  });
  const counts = tally(await Promise.all(all));
  assert.equal((counts['201'] ?? 0) + (counts['503 busy'] ?? 0), 2_400, JSON.stringify(counts));
  assert.ok((counts['201'] ?? 0) >= 2_000, JSON.stringify(counts));
  const [row] = await house.owner.query<{ count: number }>(
    'SELECT count(*) FROM offer WHERE market_id = $1',
    [marketId],
  );
  assert.equal(row?.count, counts['201']);
});

test('a connection lost at the commit: 202, and the operation tells what became of it', async () => {
  for (const when of ['before', 'after'] as const) {
    const { marketId } = await openMarket();
    const people = await seedPlayers(house.owner, { count: 10, availableXof: 10_000 });
    const ids = people.map(() => randomUUID());
    const send = (one: SeededPlayer, i: number) =>
      place(house, one, marketId, { side: 'A', stakeXof: 1_000 }, ids[i] ?? '');
    let answers: Promise<Answer>[] = [];
    // However the commands fall into batches, the first batch loses its connection.
    const cut = proxy.cutCommit(when);
    await whileLocked(marketId, async () => {
      answers = people.map(send);
      await someoneWaits();
    });
    await cut;
    const given = await Promise.all(answers);
    const unknown = given.filter((answer) => answer.status === 202);
    assert.ok(unknown.length > 0, JSON.stringify(tally(given)));
    for (const [i, one] of people.entries()) {
      const first = given[i];
      const asked = await house.get(`/operations/${ids[i]}`, one.cookie);
      if (first?.status === 202) {
        assert.deepEqual(first.body, {
          operationId: ids[i],
          state: 'unknown',
          ask: `/api/v1/operations/${ids[i]}`,
        });
        assert.equal(asked.status, when === 'after' ? 200 : 404, when);
      } else assert.equal(first?.status, 201);
      const again = await send(one, i);
      assert.equal(again.status, 201);
      if (asked.status === 200) assert.deepEqual(again.body, asked.body.answer);
      assert.equal(await availableXof(house, one), 9_000, when);
    }
  }
});

/**
 * Limits inside the bet transaction: a player's own and the house's hold to the franc, whoever comes at the same
 * instant and in however many markets.
 */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { LimitKind, Period } from '#core/responsible-play.ts';
import { sealMarket } from '../settlement/seal-market.ts';
import { settleMarket } from '../settlement/settle-market.ts';
import { accept, cancel, command, place, whistle } from '../testing/bets.ts';
import { type Answer, type House, openHouse } from '../testing/house.ts';
import {
  type SeededMarket,
  type SeededPlayer,
  type SeededStaff,
  seedMarkets,
  seedPlayers,
  seedStaff,
} from '../testing/seed.ts';
import { unlimitedRates } from '../testing/seed-settings.ts';

let house: House;
let staff: readonly [SeededStaff, SeededStaff];

before(async () => {
  house = await openHouse({ settings: unlimitedRates });
  const [one, two] = await seedStaff(house.owner, 2);
  assert(one !== undefined && two !== undefined);
  staff = [one, two];
});
after(async () => {
  await house.assertSound();
  await house.close();
});

async function player(availableXof = 5_000_000): Promise<SeededPlayer> {
  const [one] = await seedPlayers(house.owner, { count: 1, availableXof });
  assert(one !== undefined);
  return one;
}

async function markets(count: number): Promise<SeededMarket[]> {
  return seedMarkets(house.owner, { count });
}

async function market(): Promise<SeededMarket> {
  const [one] = await markets(1);
  assert(one !== undefined);
  return one;
}

async function setLimit(
  of: SeededPlayer,
  kind: LimitKind,
  period: Period,
  limitXof: number | null,
): Promise<Answer> {
  const answer = await house.post('/play/limits', of.cookie, {
    operationId: randomUUID(),
    kind,
    period,
    limitXof,
  });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return answer;
}

/** A duel of this much each in a new market: `of` on side A. Where it was made. */
async function duel(of: SeededPlayer, stakeXof: number): Promise<SeededMarket> {
  const made = await market();
  const other = await player();
  const { body } = await place(house, other, made.marketId, { side: 'B', stakeXof });
  const taken = await accept(house, of, made.marketId, body.offerId, { stakeXof });
  assert.equal(taken.status, 201, JSON.stringify(taken.body));
  return made;
}

async function settle(made: SeededMarket, verdict: object): Promise<void> {
  await whistle(house, staff[0], made.marketId);
  await sealMarket(house.db, made.marketId);
  const path = `/bouts/${made.boutId}/result`;
  const proposed = await command(house, staff[0], path, { source: 'Feuille officielle', ...verdict });
  const { resultId } = proposed.body;
  const confirmed = await command(house, staff[1], `${path}/confirm`, { resultId });
  assert.equal(confirmed.status, 200, JSON.stringify(confirmed.body));
  await settleMarket({ db: house.db, jobs: house.jobs, onProgress: () => undefined }, made.marketId);
}

/** Moves what a player has done this far into the past. */
async function age(of: SeededPlayer, by: string): Promise<void> {
  const moves = [
    'UPDATE offer SET placed_at = placed_at - $2::interval WHERE player_id = $1',
    'UPDATE duel SET made_at = made_at - $2::interval WHERE $1 IN (player_a_id, player_b_id)',
    `UPDATE market SET opened_at = opened_at - $2::interval
     WHERE id IN (SELECT market_id FROM duel WHERE $1 IN (player_a_id, player_b_id))`,
    `UPDATE settlement SET started_at = started_at - $2::interval
     WHERE id IN (SELECT settlement_id FROM duel WHERE $1 IN (player_a_id, player_b_id))`,
  ];
  for (const move of moves) await house.owner.query(move, [of.playerId, by]);
}

async function stakedXof(of: SeededPlayer): Promise<number> {
  const [row] = await house.owner.query<{ staked: number }>(
    `SELECT coalesce(sum(stake_xof), 0)::bigint AS staked FROM stakes_of($1, '-infinity')`,
    [of.playerId],
  );
  return row?.staked ?? 0;
}

function assertRefused(answer: Answer, code: string, params: object): void {
  assert.equal(answer.body.code, code, JSON.stringify(answer.body));
  assert.equal(answer.status, 409);
  const { until: _, ...rest } = answer.body.params;
  assert.deepEqual(rest, params);
}

const tally = (answers: readonly Answer[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { status, body } of answers) {
    const name = status < 300 ? String(status) : body.code;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
};

test('L05, L06: 200 parallel bets over two markets never pass a stake limit, to the franc', async () => {
  const [one, two] = await markets(2);
  assert(one !== undefined && two !== undefined);
  const maker = await player();
  const offers = await Promise.all(
    [one, two].map(({ marketId }) => place(house, maker, marketId, { side: 'B', stakeXof: 300_000 })),
  );
  const ada = await player();
  await setLimit(ada, 'stake', 'day', 50_500);
  // Placed and accepted in turns, in both markets; among them smaller ones that still fit when others do not.
  const answers = await Promise.all(
    Array.from({ length: 200 }, (_, i) => {
      const { marketId } = i % 2 === 0 ? one : two;
      const stakeXof = i % 7 === 0 ? 1_500 : 4_000;
      if (i % 3 === 0) {
        const { offerId } = offers[i % 2]?.body ?? {};
        return accept(house, ada, marketId, offerId, { stakeXof });
      }
      return place(house, ada, marketId, { side: 'A', stakeXof });
    }),
  );
  const counts = tally(answers);
  assert.deepEqual(Object.keys(counts).sort(), ['201', 'limit_stake']);
  const staked = await stakedXof(ada);
  assert.ok(staked <= 50_500, `${staked} F are staked`);
  assert.ok(50_500 - staked < 4_000, `${50_500 - staked} F are left though 4 000 were asked for`);
});

test('a limit counts what a batch fills and returns exactly, and hurts nobody else of the batch', async () => {
  const { marketId } = await market();
  const [ada, bouba] = [await player(), await player()];
  await setLimit(ada, 'stake', 'day', 10_000);
  const { offerId } = (await place(house, ada, marketId, { side: 'A', stakeXof: 6_000 })).body;
  assertRefused(await place(house, ada, marketId, { side: 'A', stakeXof: 5_000 }), 'limit_stake', {
    period: 'day',
    limitXof: 10_000,
    leftXof: 4_000,
  });
  // A fill of his resting offer takes nothing of what is left; a cancel gives back what was open.
  assert.equal((await accept(house, bouba, marketId, offerId, { stakeXof: 2_000 })).status, 201);
  assert.equal((await place(house, ada, marketId, { side: 'B', stakeXof: 4_000 })).status, 201);
  assert.equal((await place(house, ada, marketId, { side: 'B', stakeXof: 1_000 })).body.code, 'limit_stake');
  assert.equal((await cancel(house, ada, marketId, offerId)).body.returnedXof, 4_000);
  const answers = await Promise.all([
    place(house, ada, marketId, { side: 'B', stakeXof: 4_100 }),
    place(house, bouba, marketId, { side: 'B', stakeXof: 40_000 }),
    place(house, ada, marketId, { side: 'B', stakeXof: 4_000 }),
  ]);
  assert.deepEqual(
    answers.map(({ status, body }) => (status < 300 ? status : body.code)),
    ['limit_stake', 201, 201],
  );
});

test('windows roll: what was staked a day ago frees the day, not the week', async () => {
  const ada = await player();
  await setLimit(ada, 'stake', 'day', 10_000);
  await setLimit(ada, 'stake', 'week', 15_000);
  await duel(ada, 10_000);
  const { marketId } = await market();
  const refused = await place(house, ada, marketId, { side: 'A', stakeXof: 1_000 });
  assertRefused(refused, 'limit_stake', { period: 'day', limitXof: 10_000, leftXof: 0 });
  const inMs = Date.parse(refused.body.params.until) - Date.now();
  assert.ok(inMs > 23 * 3_600_000 && inMs <= 24 * 3_600_000, refused.body.params.until);
  await age(ada, '24 hours 1 second');
  assertRefused(await place(house, ada, marketId, { side: 'A', stakeXof: 6_000 }), 'limit_stake', {
    period: 'week',
    limitXof: 15_000,
    leftXof: 5_000,
  });
  assert.equal((await place(house, ada, marketId, { side: 'A', stakeXof: 5_000 })).status, 201);
  // An open offer holds its place however old it is.
  await age(ada, '40 days');
  const old = await place(house, ada, marketId, { side: 'A', stakeXof: 6_000 });
  assertRefused(old, 'limit_stake', { period: 'day', limitXof: 10_000, leftXof: 5_000 });
  assert.equal(old.body.params.until, 'offer_end', 'no instant is promised for what waits on others');
});

test('a loss limit counts open stakes, then what was lost; a void gives back, a win makes room', async () => {
  const ada = await player();
  await setLimit(ada, 'loss', 'day', 20_000);
  const lost = await duel(ada, 10_000);
  const voided = await duel(ada, 10_000);
  const { marketId } = await market();
  const stake = (stakeXof: number) => place(house, ada, marketId, { side: 'A', stakeXof });
  const left = (leftXof: number) => ({ period: 'day', limitXof: 20_000, leftXof });
  assertRefused(await stake(1_000), 'limit_loss', left(0));
  await age(ada, '3 days');
  assertRefused(await stake(1_000), 'limit_loss', left(0));
  await settle(lost, { ending: 'fall', winnerSide: 'B' });
  assertRefused(await stake(1_000), 'limit_loss', left(0));
  await settle(voided, { ending: 'draw' });
  assertRefused(await stake(11_000), 'limit_loss', left(10_000));
  const won = await duel(ada, 10_000);
  await settle(won, { ending: 'fall', winnerSide: 'A' });
  // 10 000 lost, 5 200 won: 15 200 net for 10 000.
  assertRefused(await stake(15_300), 'limit_loss', left(15_200));
  await age(ada, '24 hours 1 second');
  assertRefused(await stake(20_100), 'limit_loss', left(20_000));
  assert.equal((await stake(20_000)).status, 201);
});

test('the house lets a player stake a million in one market and two in a day, to the franc', async () => {
  const [one, two, three, four] = await markets(4);
  assert(one !== undefined && two !== undefined && three !== undefined && four !== undefined);
  const ada = await player();
  const answers = await Promise.all(
    Array.from({ length: 30 }, () => place(house, ada, one.marketId, { side: 'A', stakeXof: 300_000 })),
  );
  assert.deepEqual(tally(answers), { '201': 3, limit_market: 27 });
  assertRefused(await place(house, ada, one.marketId, { side: 'A', stakeXof: 100_100 }), 'limit_market', {
    limitXof: 1_000_000,
    leftXof: 100_000,
  });
  assert.equal((await place(house, ada, one.marketId, { side: 'A', stakeXof: 100_000 })).status, 201);
  const more = await Promise.all(
    Array.from({ length: 40 }, (_, i) =>
      place(house, ada, i % 2 === 0 ? two.marketId : three.marketId, { side: 'A', stakeXof: 90_000 }),
    ),
  );
  // All eleven in one market leave as little of the market's limit as of the day's: of equals the market's speaks.
  assert.equal(tally(more)['201'], 11);
  assert.ok(more.every(({ status, body }) => status === 201 || /^limit_(house_day|market)$/.test(body.code)));
  assertRefused(await place(house, ada, four.marketId, { side: 'A', stakeXof: 10_100 }), 'limit_house_day', {
    limitXof: 2_000_000,
    leftXof: 10_000,
  });
});

test('a tightening while a batch waits holds for it', async () => {
  const { marketId } = await market();
  const ada = await player();
  let tightened: Promise<Answer> | undefined;
  let bets: Promise<Answer[]> | undefined;
  await house.owner.transaction(async (tx) => {
    await tx.query('SELECT 1 FROM market WHERE id = $1 FOR UPDATE', [marketId]);
    bets = Promise.all(
      Array.from({ length: 10 }, () => place(house, ada, marketId, { side: 'A', stakeXof: 10_000 })),
    );
    for (let waiting = 0; waiting === 0; ) {
      const rows = await house.owner.query(
        `SELECT 1 FROM pg_locks JOIN pg_stat_activity a USING (pid) WHERE NOT granted AND a.datname = current_database()`,
      );
      waiting = rows.length;
    }
    tightened = setLimit(ada, 'stake', 'week', 30_000);
    assert.equal((await tightened).body.state, 'in_force');
  });
  assert.deepEqual(tally((await bets) ?? []), { '201': 3, limit_stake: 7 });
});

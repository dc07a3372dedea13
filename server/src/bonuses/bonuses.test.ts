/** Bonuses through HTTP: who gets them, once, and that they are never taken out. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { xof } from '#core/money.ts';
import { availableXof, place } from '../testing/bets.ts';
import { type House, openHouse } from '../testing/house.ts';
import { newPhone, signUpPlayer, type TestPlayer } from '../testing/people.ts';
import { close, correct, decide, duel, heldXof, settle } from '../testing/results.ts';
import {
  type SeededMarket,
  type SeededPlayer,
  type SeededStaff,
  seedMarkets,
  seedPlayers,
  seedStaff,
} from '../testing/seed.ts';
import { approveSettings, unlimitedRates } from '../testing/seed-settings.ts';
import { grantBonuses } from './grant-bonuses.ts';

let house: House;
let staff: readonly [SeededStaff, SeededStaff];

before(async () => {
  house = await openHouse({ settings: unlimitedRates });
  staff = (await seedStaff(house.owner, 2)) as [SeededStaff, SeededStaff];
});
after(async () => {
  await house.assertSound();
  await house.close();
});

const wonBy = (winnerSide: 'A' | 'B') => ({ ending: 'fall', winnerSide }) as const;
const DRAW = { ending: 'draw' } as const;

async function newMarket(): Promise<SeededMarket> {
  const [market] = await seedMarkets(house.owner, { count: 1 });
  assert(market !== undefined);
  return market;
}

async function seedPlayer(money = 20_000): Promise<SeededPlayer> {
  const [player] = await seedPlayers(house.owner, { count: 1, availableXof: money });
  assert(player !== undefined);
  return player;
}

/** Somebody who has signed up, with the code of who asked him if there is one, and deposited. */
async function signUp(referralCode?: string): Promise<SeededPlayer> {
  const phone = newPhone();
  const pseudonym = `Essai-${phone.slice(-6)}`;
  const asked = { phone, pseudonym, availableXof: 20_000 };
  return asSeeded(
    await signUpPlayer(house, referralCode === undefined ? asked : { ...asked, referralCode }),
    pseudonym,
  );
}

const referredBy = ({ pseudonym }: SeededPlayer) => signUp(pseudonym);

async function asSeeded({ playerId, cookie }: TestPlayer, pseudonym: string): Promise<SeededPlayer> {
  const [row] = await house.owner.query<{ accountId: number }>(
    'SELECT available_account_id AS "accountId" FROM player WHERE id = $1',
    [playerId],
  );
  return { playerId, cookie, pseudonym, accountId: row?.accountId ?? 0 };
}

async function bonusXof({ playerId }: SeededPlayer): Promise<number> {
  const [row] = await house.owner.query<{ amount: number }>(
    `SELECT b.amount_xof AS amount FROM player p JOIN ledger.balance b ON b.account_id = p.bonus_account_id WHERE p.id = $1`,
    [playerId],
  );
  return row?.amount ?? 0;
}

/** The bout ends, the duels are paid, and the job that gives bonuses has run, three times at once. */
async function end({ boutId, marketId }: SeededMarket, verdict: object): Promise<void> {
  await close(house, staff[0], [marketId]);
  assert.equal((await decide(house, staff, boutId, verdict as typeof DRAW)).status, 200);
  await settle(house, marketId);
  await give(marketId);
}

async function give(marketId: number): Promise<void> {
  await Promise.all([1, 2, 3].map(() => grantBonuses(house, { marketId })));
}

async function refusalsOf({ playerId }: SeededPlayer): Promise<(string | null)[]> {
  const rows = await house.owner.query<{ refusal: string | null }>(
    'SELECT refusal FROM bonus_grant WHERE player_id = $1 ORDER BY decided_at, id',
    [playerId],
  );
  return rows.map(({ refusal }) => refusal);
}

async function lose(player: SeededPlayer, other: SeededPlayer, stakeXof = 10_000): Promise<SeededMarket> {
  const market = await newMarket();
  await duel(house, market.marketId, [player, other], stakeXof);
  await end(market, wonBy('B'));
  return market;
}

test('a referral is paid to both, once, with the first bet of the new player that has a result', async () => {
  const referrer = await signUp();
  const friend = await referredBy(referrer);
  const other = await seedPlayer();
  const spentBefore = await heldXof(house, 'bonus_expense');

  const drawn = await newMarket();
  await duel(house, drawn.marketId, [friend, other], 2_000);
  await end(drawn, DRAW);
  assert.deepEqual([await bonusXof(friend), await bonusXof(referrer)], [0, 0], 'a void is no result');

  const market = await newMarket();
  await duel(house, market.marketId, [friend, other], 2_000);
  await end(market, wonBy('A'));
  assert.deepEqual([await bonusXof(friend), await bonusXof(referrer)], [500, 500]);
  // The other lost his first bet.
  assert.equal(await bonusXof(other), 2_000);
  assert.equal((await heldXof(house, 'bonus_expense')) - spentBefore, -3_000);

  await lose(friend, other);
  assert.deepEqual([await bonusXof(friend), await bonusXof(referrer)], [0, 500], 'staked first, given once');
});

test('no referral for accounts that look like one person’s, whoever brings the same device', async () => {
  const referrer = await signUp();
  const friend = await referredBy(referrer);
  await house.owner.query(
    `INSERT INTO device (player_id, token_hash, label) SELECT $1, token_hash, 'Le même' FROM device WHERE player_id = $2`,
    [referrer.playerId, friend.playerId],
  );
  const market = await newMarket();
  await duel(house, market.marketId, [friend, await seedPlayer()], 2_000);
  await end(market, wonBy('A'));
  assert.deepEqual([await bonusXof(friend), await bonusXof(referrer)], [0, 0]);
  assert.deepEqual([await refusalsOf(friend), await refusalsOf(referrer)], [['linked'], ['linked']]);
});

test('a bet against who referred him does not count, nor one without money of his own', async () => {
  const referrer = await signUp();
  const friend = await referredBy(referrer);
  const market = await newMarket();
  await duel(house, market.marketId, [friend, referrer], 2_000);
  await end(market, wonBy('A'));
  assert.deepEqual(
    [await bonusXof(friend), await refusalsOf(referrer)],
    [0, [null]],
    'his own lost bet only',
  );
  assert.equal(await bonusXof(referrer), 2_000);

  // The referrer's bonus money is staked first: his next bet has none of his own money, and its loss costs him none.
  const again = await newMarket();
  await duel(house, again.marketId, [friend, await seedPlayer()], 2_000);
  await end(again, wonBy('B'));
  assert.deepEqual([await bonusXof(friend), await bonusXof(referrer)], [500, 2_500]);
});

test('who excluded himself gets none, and it is not made up for later', async () => {
  const referrer = await signUp();
  const friend = await referredBy(referrer);
  const market = await newMarket();
  await duel(house, market.marketId, [friend, await seedPlayer()], 2_000);
  const pause = await house.post('/play/exclusions', referrer.cookie, {
    operationId: randomUUID(),
    kind: 'cool_off',
    days: 7,
  });
  assert.ok(pause.status < 300, JSON.stringify(pause.body));
  await end(market, wonBy('A'));
  assert.deepEqual([await bonusXof(friend), await bonusXof(referrer)], [500, 0]);
  assert.deepEqual(await refusalsOf(referrer), ['may_not_play']);
});

test('a player is paid for so many friends and no more; the friends get theirs', async () => {
  await approveSettings(house.owner, { referralsPlayerMax: 2 });
  const referrer = await signUp();
  const friends = [await referredBy(referrer), await referredBy(referrer), await referredBy(referrer)];
  const market = await newMarket();
  for (const friend of friends) await duel(house, market.marketId, [friend, await seedPlayer()], 1_000);
  await end(market, wonBy('A'));
  assert.equal(await bonusXof(referrer), 1_000);
  assert.deepEqual(await Promise.all(friends.map(bonusXof)), [500, 500, 500]);
  assert.equal((await refusalsOf(referrer)).filter((refusal) => refusal === 'enough').length, 1);
  await approveSettings(house.owner, { referralsPlayerMax: 20 });
});

test('a first bet that is lost comes back as bonus money, up to the setting, of his own money only', async () => {
  const [small, big, winner] = [await seedPlayer(), await seedPlayer(), await seedPlayer()];
  await lose(small, winner, 1_500);
  await lose(big, winner, 9_000);
  assert.deepEqual([await bonusXof(small), await bonusXof(big), await bonusXof(winner)], [1_500, 2_000, 0]);
  await lose(winner, big, 2_000);
  assert.equal(await bonusXof(winner), 0, 'his first bet was won');
  await lose(big, winner, 2_000);
  assert.equal(await bonusXof(big), 0, 'staked first, lost, and given once');
});

test('a correction takes nothing back and gives nothing twice', async () => {
  const [first, second] = [await seedPlayer(), await seedPlayer()];
  const market = await lose(first, second);
  assert.deepEqual([await bonusXof(first), await bonusXof(second)], [2_000, 0]);
  for (const [verdict, expected] of [
    // Now the other has lost his first bet, too.
    [wonBy('A'), [2_000, 2_000]],
    [wonBy('B'), [2_000, 2_000]],
    [DRAW, [2_000, 2_000]],
  ] as const) {
    assert.equal((await correct(house, staff, market.boutId, verdict)).status, 200);
    await settle(house, market.marketId);
    await give(market.marketId);
    assert.deepEqual([await bonusXof(first), await bonusXof(second)], expected);
  }
});

test('what the house may give in a day is not passed; the rest waits and comes', async () => {
  const [row] = await house.owner.query<{ given: number }>(
    `SELECT coalesce(sum(amount_xof), 0)::bigint AS given FROM bonus_grant WHERE refusal IS NULL`,
  );
  const given = row?.given ?? 0;
  await approveSettings(house.owner, { bonusHouseDayMaxXof: xof(given + 2_500) });
  const losers = await seedPlayers(house.owner, { count: 3, availableXof: 5_000 });
  const market = await newMarket();
  for (const loser of losers) await duel(house, market.marketId, [loser, await seedPlayer()], 1_000);
  await end(market, wonBy('B'));
  const balances = async () => (await Promise.all(losers.map(bonusXof))).sort();
  assert.deepEqual(await balances(), [0, 1_000, 1_000]);
  await approveSettings(house.owner, { bonusHouseDayMaxXof: xof(0) });
  await give(market.marketId);
  assert.deepEqual(await balances(), [1_000, 1_000, 1_000]);
});

test('a code that is nobody’s is refused and nobody signs up; case and accents do not matter', async () => {
  const referrer = await signUp();
  const friend = await signUp(referrer.pseudonym.toUpperCase());
  const rows = await house.owner.query('SELECT referrer_id FROM referral WHERE player_id = $1', [
    friend.playerId,
  ]);
  assert.deepEqual(rows, [{ referrer_id: referrer.playerId }]);
  for (const code of ['Personne-ici', '12', "' OR 1=1", friend.pseudonym.repeat(2)]) {
    await assert.rejects(signUpPlayer(house, { referralCode: code }), /referral_code_unknown/, code);
  }
});

test('L24 bonus money cannot be taken out, alone or with what is beside it', async () => {
  const player = await seedPlayer(11_000);
  await lose(player, await seedPlayer());
  assert.deepEqual([await availableXof(house, player), await bonusXof(player)], [1_000, 2_000]);
  for (const amountXof of [1_005, 2_000, 3_000]) {
    const answer = await house.post('/withdrawals', player.cookie, {
      operationId: randomUUID(),
      provider: 'internal',
      amountXof,
    });
    assert.deepEqual(
      [answer.status, answer.body.code],
      [409, 'withdrawal_insufficient_funds'],
      String(amountXof),
    );
  }
  const all = await house.post('/withdrawals', player.cookie, {
    operationId: randomUUID(),
    provider: 'internal',
    amountXof: 1_000,
  });
  assert.equal(all.status, 202, JSON.stringify(all.body));
  assert.deepEqual([await availableXof(house, player), await bonusXof(player)], [0, 2_000]);
  const { marketId } = await newMarket();
  assert.equal((await place(house, player, marketId, { side: 'A', stakeXof: 2_000 })).status, 201);
  assert.equal(await bonusXof(player), 0);
});

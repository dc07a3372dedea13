/** Private and passing offers through HTTP: for one number, by link, in answer to another, until an hour. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { sealMarket } from '../settlement/seal-market.ts';
import { accept, availableXof, cancel, command, place, whistle } from '../testing/bets.ts';
import { type Answer, type House, openHouse } from '../testing/house.ts';
import { type SeededPlayer, type SeededStaff, seedMarkets, seedPlayers, seedStaff } from '../testing/seed.ts';
import { expireOffers } from './expire-offers.ts';

let house: House;
let operator: SeededStaff;

before(async () => {
  house = await openHouse();
  [operator] = (await seedStaff(house.owner, 1)) as [SeededStaff];
});
after(async () => {
  await house.assertSound();
  await house.close();
});

type Three = readonly [SeededPlayer, SeededPlayer, SeededPlayer];

async function table(): Promise<{ marketId: number; boutId: number; players: Three }> {
  const [market] = await seedMarkets(house.owner, { count: 1 });
  const players = await seedPlayers(house.owner, { count: 3, availableXof: 100_000 });
  assert(market !== undefined);
  return { ...market, players: players as unknown as Three };
}

async function phoneOf(player: SeededPlayer): Promise<string> {
  const [row] = await house.owner.query<{ phone: string }>('SELECT phone FROM player WHERE id = $1', [
    player.playerId,
  ]);
  assert(row !== undefined);
  return row.phone;
}

function assertRefused(answer: Answer, status: number, code: string): void {
  assert.equal(answer.body.code, code, JSON.stringify(answer.body));
  assert.equal(answer.status, status);
}

const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();

test('an offer for one number: nobody else sees it, meets it or takes it; the invited player takes it', async () => {
  const { marketId, boutId, players } = await table();
  const [ada, bouba, coumba] = players;
  const invitedPhone = await phoneOf(bouba);
  const offer = await place(house, ada, marketId, { side: 'A', stakeXof: 5_000, invitedPhone });
  assert.equal(offer.status, 201, JSON.stringify(offer.body));
  assert.equal(offer.body.openXof, 5_000);
  assert.deepEqual((await house.get(`/bouts/${boutId}`)).body.offers, []);
  const crossing = await place(house, coumba, marketId, { side: 'B', stakeXof: 5_000 });
  assert.equal(crossing.body.openXof, 5_000, 'it does not meet a public one');
  assertRefused(
    await accept(house, coumba, marketId, offer.body.offerId, { stakeXof: 5_000 }),
    404,
    'offer_not_found',
  );
  const taken = await accept(house, bouba, marketId, offer.body.offerId, { stakeXof: 5_000 });
  assert.equal(taken.status, 201, JSON.stringify(taken.body));
  assert.equal(taken.body.bet.opponent, ada.pseudonym);
  assert.equal(JSON.stringify(taken.body).includes(invitedPhone), false);
});

test('a number without an account is invited too: whoever signs up with it may take the offer', async () => {
  const { marketId, players } = await table();
  const [ada] = players;
  const invitedPhone = '+221779990001';
  const offer = await place(house, ada, marketId, { side: 'A', stakeXof: 5_000, invitedPhone });
  const [late] = (await seedPlayers(house.owner, { count: 1, availableXof: 50_000 })) as [SeededPlayer];
  assertRefused(
    await accept(house, late, marketId, offer.body.offerId, { stakeXof: 5_000 }),
    404,
    'offer_not_found',
  );
  await house.owner.query('UPDATE player SET phone = $2 WHERE id = $1', [late.playerId, invitedPhone]);
  assert.equal((await accept(house, late, marketId, offer.body.offerId, { stakeXof: 5_000 })).status, 201);
});

test('one’s own number, no number, and two audiences at once are refused, and nothing is held', async () => {
  const { marketId, players } = await table();
  const [ada, bouba] = players;
  const offer = { side: 'A', stakeXof: 5_000 } as const;
  const own = await place(house, ada, marketId, { ...offer, invitedPhone: await phoneOf(ada) });
  assertRefused(own, 409, 'offer_own');
  for (const invitedPhone of ['+221', 'personne', '338210000'])
    assertRefused(await place(house, ada, marketId, { ...offer, invitedPhone }), 400, 'phone_invalid');
  const both = { ...offer, byLink: true, invitedPhone: await phoneOf(bouba) };
  assertRefused(await place(house, ada, marketId, both), 400, 'request_invalid');
  assert.equal(await availableXof(house, ada), 100_000);
});

test('an offer by link: its key lets anybody in, a wrong one nobody; sent again the same key comes back', async () => {
  const { marketId, players } = await table();
  const [ada, bouba, coumba] = players;
  const id = randomUUID();
  const terms = { side: 'A', stakeXof: 6_000, byLink: true } as const;
  const offer = await place(house, ada, marketId, terms, id);
  const { challengeKey } = offer.body;
  assert.match(challengeKey, /^[A-Za-z0-9_-]{43}$/);
  assert.deepEqual((await place(house, ada, marketId, terms, id)).body, offer.body);
  const other = await place(house, ada, marketId, terms);
  const stakeXof = 3_000;
  assertRefused(await accept(house, bouba, marketId, id, { stakeXof }), 404, 'offer_not_found');
  const wrong = { stakeXof, challengeKey: other.body.challengeKey };
  assertRefused(await accept(house, bouba, marketId, id, wrong), 404, 'offer_not_found');
  assert.equal((await accept(house, bouba, marketId, id, { stakeXof, challengeKey })).status, 201);
  assert.equal((await accept(house, coumba, marketId, id, { stakeXof, challengeKey })).status, 201);
  assertRefused(await accept(house, coumba, marketId, id, { stakeXof, challengeKey }), 409, 'offer_gone');
});

test('linked accounts do not meet in private: the same device, now or before', async () => {
  const { marketId, players } = await table();
  const [ada, bouba] = players;
  await house.owner.query(
    `INSERT INTO device (player_id, token_hash, label, removed_at)
     SELECT p.id, sha256(convert_to('one phone ' || $3::text, 'UTF8')), 'Chrome sur Android', p.gone
     FROM (VALUES ($1::uuid, NULL::timestamptz), ($2::uuid, clock_timestamp())) AS p (id, gone)`,
    [ada.playerId, bouba.playerId, marketId],
  );
  const offer = await place(house, ada, marketId, { side: 'A', stakeXof: 5_000, byLink: true });
  const take = { stakeXof: 5_000, challengeKey: offer.body.challengeKey };
  assertRefused(await accept(house, bouba, marketId, offer.body.offerId, take), 409, 'accounts_linked');
  assert.equal(await availableXof(house, bouba), 100_000);
});

test('a counter-offer: only the maker takes it, and his own offer comes back in the same decision', async () => {
  const { marketId, players } = await table();
  const [ada, bouba, coumba] = players;
  const offer = await place(house, ada, marketId, {
    side: 'A',
    stakeXof: 100_000,
    invitedPhone: await phoneOf(bouba),
  });
  const answersOfferId = offer.body.offerId;
  const terms = { side: 'B', stakeXof: 40_000, askXof: 80_000, answersOfferId } as const;
  assertRefused(await place(house, coumba, marketId, terms), 404, 'offer_not_found');
  assertRefused(await place(house, ada, marketId, terms), 409, 'offer_own');
  assertRefused(await place(house, bouba, marketId, { ...terms, side: 'A' }), 400, 'request_invalid');
  const counter = await place(house, bouba, marketId, terms);
  assert.equal(counter.status, 201, JSON.stringify(counter.body));
  const take = { stakeXof: 80_000, cancelsOfferId: answersOfferId };
  assertRefused(await accept(house, coumba, marketId, counter.body.offerId, take), 404, 'offer_not_found');
  // All of ada's money is in the offer that was answered.
  const alone = await accept(house, ada, marketId, counter.body.offerId, { stakeXof: 80_000 });
  assertRefused(alone, 409, 'insufficient_funds');
  const taken = await accept(house, ada, marketId, counter.body.offerId, take);
  assert.equal(taken.status, 201, JSON.stringify(taken.body));
  assert.equal(await availableXof(house, ada), 20_000);
  assertRefused(await cancel(house, ada, marketId, answersOfferId), 409, 'offer_nothing_open');
});

test('an acceptance that is refused takes no own offer back', async () => {
  const { marketId, players } = await table();
  const [ada, bouba] = players;
  const offer = await place(house, ada, marketId, { side: 'A', stakeXof: 50_000 });
  const answersOfferId = offer.body.offerId;
  const terms = { side: 'B', stakeXof: 100_000, askXof: 100_000, answersOfferId } as const;
  const counter = await place(house, bouba, marketId, terms);
  const take = { stakeXof: 100_100, cancelsOfferId: answersOfferId };
  assertRefused(await accept(house, ada, marketId, counter.body.offerId, take), 409, 'offer_taken');
  assert.equal(await availableXof(house, ada), 50_000, 'the offer of 50 000 F still stands');
  const wrong = { stakeXof: 100_000, cancelsOfferId: counter.body.offerId };
  assertRefused(await accept(house, ada, marketId, counter.body.offerId, wrong), 404, 'offer_not_found');
});

test('an offer ends at the hour its player chose: nobody meets or takes it after, and its rest comes back', async () => {
  const { marketId, boutId, players } = await table();
  const [ada, bouba] = players;
  const past = { side: 'A', stakeXof: 5_000, expiresAt: '2020-01-01T00:00:00.000Z' } as const;
  assertRefused(await place(house, ada, marketId, past), 409, 'expiry_passed');
  const offer = await place(house, ada, marketId, { side: 'A', stakeXof: 6_000, expiresAt: inAnHour() });
  const id = offer.body.offerId;
  assert.equal((await accept(house, bouba, marketId, id, { stakeXof: 2_000 })).status, 201);
  await house.owner.query(
    `UPDATE offer SET placed_at = placed_at - interval '2 hours', expires_at = clock_timestamp() - interval '1 second'
     WHERE id = $1`,
    [id],
  );
  assertRefused(await accept(house, bouba, marketId, id, { stakeXof: 2_000 }), 409, 'offer_expired');
  assert.deepEqual((await house.get(`/bouts/${boutId}`)).body.offers, []);
  const crossing = await place(house, bouba, marketId, { side: 'B', stakeXof: 4_000 });
  assert.equal(crossing.body.openXof, 4_000);
  const changed: number[] = [];
  const deps = { db: house.db, onBoutChanged: (bout: number) => changed.push(bout) };
  await expireOffers(deps);
  assert.ok(changed.includes(boutId));
  assert.equal(await availableXof(house, ada), 98_000);
  await expireOffers(deps);
  assert.equal(await availableXof(house, ada), 98_000);
});

test('at the close private offers come back like the others', async () => {
  const { marketId, players } = await table();
  const [ada, bouba] = players;
  await place(house, ada, marketId, { side: 'A', stakeXof: 5_000, byLink: true });
  await place(house, bouba, marketId, { side: 'B', stakeXof: 7_000, invitedPhone: '+221779990002' });
  await command(house, operator, `/markets/${marketId}/suspend`);
  assert.equal((await whistle(house, operator, marketId)).status, 200);
  await sealMarket(house.db, marketId);
  assert.deepEqual([await availableXof(house, ada), await availableXof(house, bouba)], [100_000, 100_000]);
});

/** Pauses and exclusions: at once, everywhere, to the end; and money that comes too late goes back. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, test } from 'node:test';
import { xof } from '#core/money.ts';
import { pollDeposits } from '../deposits/poll-deposits.ts';
import { cancelOffersOf } from '../offers/cancel-offers-of.ts';
import { accept, availableXof, cancel, place } from '../testing/bets.ts';
import { type FakeProvider, openFakeProvider, paidBy, waitingDeposit } from '../testing/fake-provider.ts';
import { type Answer, type House, openHouse } from '../testing/house.ts';
import { askCode, cookieOf, signUpPlayer } from '../testing/people.ts';
import { type SeededPlayer, seedMarkets, seedPlayers, seedStaff } from '../testing/seed.ts';
import { unlimitedRates } from '../testing/seed-settings.ts';
import { sendWithdrawal } from '../withdrawals/send-withdrawal.ts';
import { findExcludedWhoOffer } from './find-excluded-who-offer.ts';
import { mayReceiveMarketing } from './may-receive-marketing.ts';

let house: House;
let fake: FakeProvider;

before(async () => {
  fake = openFakeProvider();
  house = await openHouse({ providers: { internal: fake }, settings: unlimitedRates });
});
beforeEach(() => fake.reset());
after(async () => {
  await house.assertSound();
  await house.close();
});

async function player(available = 100_000): Promise<SeededPlayer> {
  const [one] = await seedPlayers(house.owner, { count: 1, availableXof: available });
  assert(one !== undefined);
  return one;
}

async function newMarket(): Promise<number> {
  const [one] = await seedMarkets(house.owner, { count: 1 });
  assert(one !== undefined);
  return one.marketId;
}

const exclude = (
  of: SeededPlayer,
  kind: 'cool_off' | 'self_exclusion' = 'self_exclusion',
  days: number | null = null,
) => house.post('/play/exclusions', of.cookie, { operationId: randomUUID(), kind, days });
const askToReturn = (of: SeededPlayer) =>
  house.post('/play/return', of.cookie, { operationId: randomUUID() });
const put = (of: SeededPlayer, amountXof = 5_000, operationId: string = randomUUID()) =>
  house.post('/deposits', of.cookie, { operationId, provider: 'internal', amountXof });

function assertRefused(answer: Answer, status: number, code: string): void {
  assert.deepEqual([answer.status, answer.body.code], [status, code], JSON.stringify(answer.body));
}

/** Moves the exclusions of a player into the past: what no role of the house can do. */
async function age(of: SeededPlayer, by: string): Promise<void> {
  await house.owner.transaction(async (tx) => {
    await tx.query('ALTER TABLE exclusion DISABLE TRIGGER exclusion_kept');
    await tx.query(
      `UPDATE exclusion SET began_at = began_at - $2::interval, ends_at = ends_at - $2::interval,
         returns_at = returns_at - $2::interval WHERE player_id = $1`,
      [of.playerId, by],
    );
    await tx.query('ALTER TABLE exclusion ENABLE TRIGGER exclusion_kept');
  });
}

test('an exclusion while bets fly in several markets: nothing of his after it, nothing of his open', async () => {
  const markets = await seedMarkets(house.owner, { count: 6 });
  const ada = await player(1_000_000);
  const others = await seedPlayers(house.owner, { count: 12, availableXof: 1_000_000 });
  const offers = await Promise.all(
    markets.map(({ marketId }) => place(house, ada, marketId, { side: 'A', stakeXof: 50_000 })),
  );
  const flying: Promise<Answer>[] = [];
  const fly = (round: number) => {
    for (const [index, { marketId }] of markets.entries()) {
      const other = others[(round + index) % others.length];
      assert(other !== undefined);
      flying.push(place(house, ada, marketId, { side: round % 2 === 0 ? 'A' : 'B', stakeXof: 1_000 }));
      flying.push(
        accept(house, other, marketId, offers[index]?.body.offerId, { stakeXof: 1_000, partial: true }),
      );
    }
  };
  for (let round = 0; round < 10; round++) fly(round);
  const excluding = exclude(ada, 'cool_off', 7);
  for (let round = 10; round < 20; round++) fly(round);
  const excluded = await excluding;
  assert.equal(excluded.status, 201, JSON.stringify(excluded.body));
  fly(20);
  const answers = await Promise.all(flying);

  const codes = new Set(answers.map(({ status, body }) => (status < 300 ? 'done' : body.code)));
  assert.ok(codes.has('done') && codes.has('player_cooling_off'), [...codes].join(' '));
  const [late] = await house.owner.query<{ count: number }>(
    `SELECT count(*) AS count FROM operation o, exclusion e
     WHERE o.actor_id = $1 AND e.player_id = $1 AND o.status = 200 AND o.kind IN ('place-offer', 'accept-offer')
       AND o.recorded_at > e.began_at`,
    [ada.playerId],
  );
  assert.equal(late?.count, 0, 'no bet of his after it');
  assert.deepEqual((await house.get('/offers', ada.cookie)).body.offers, []);
  const { bets } = (await house.get('/bets', ada.cookie)).body;
  assert.ok(bets.length > 0 && bets.every(({ state }: { state: string }) => state === 'engaged'));
});

test('a batch that waits is judged when its turn comes', async () => {
  const marketId = await newMarket();
  const ada = await player();
  let waiting: Promise<Answer[]> | undefined;
  await house.owner.transaction(async (tx) => {
    await tx.query('SELECT 1 FROM market WHERE id = $1 FOR UPDATE', [marketId]);
    waiting = Promise.all([1, 2, 3].map(() => place(house, ada, marketId, { side: 'A', stakeXof: 1_000 })));
    for (let blocked = 0; blocked === 0; ) {
      const rows = await house.owner.query(
        `SELECT 1 FROM pg_locks JOIN pg_stat_activity a USING (pid) WHERE NOT granted AND a.datname = current_database()`,
      );
      blocked = rows.length;
    }
    assert.equal((await exclude(ada)).status, 201);
  });
  for (const answer of (await waiting) ?? []) assertRefused(answer, 403, 'player_self_excluded');
  assert.equal(await availableXof(house, ada), 100_000);
});

test('who dies between two markets leaves work that the next one finishes; a job was there with the commit', async () => {
  const ada = await player();
  const markets = [await newMarket(), await newMarket(), await newMarket()];
  for (const marketId of markets) await place(house, ada, marketId, { side: 'A', stakeXof: 10_000 });
  // What the request would have done in one go, it does not live to do.
  await house.owner.query(
    `INSERT INTO exclusion (id, player_id, kind, began_at) VALUES (gen_random_uuid(), $1, 'self_exclusion', clock_timestamp())`,
    [ada.playerId],
  );
  const dies = cancelOffersOf(
    {
      db: house.db,
      onBoutChanged: () => {
        throw new Error('killed');
      },
    },
    ada.playerId,
  );
  await assert.rejects(dies, /killed/);
  assert.equal((await house.get('/offers', ada.cookie)).body.offers.length, 2);
  assert.ok((await findExcludedWhoOffer(house.db)).includes(ada.playerId));
  const [first] = (await house.get('/offers', ada.cookie)).body.offers;
  assert.equal((await cancel(house, ada, first.marketId, first.offerId)).status, 200, 'he may help himself');
  const twice = [1, 2].map(() =>
    cancelOffersOf({ db: house.db, onBoutChanged: () => undefined }, ada.playerId),
  );
  await Promise.all(twice);
  assert.deepEqual((await house.get('/offers', ada.cookie)).body.offers, []);
  assert.equal(await availableXof(house, ada), 100_000);
  assert.ok(!(await findExcludedWhoOffer(house.db)).includes(ada.playerId));

  const bouba = await player();
  await exclude(bouba);
  const jobs = await house.owner.query(
    `SELECT 1 FROM pgboss.job WHERE name = 'cancel-offers' AND data->>'playerId' = $1`,
    [bouba.playerId],
  );
  assert.equal(jobs.length, 1);
});

test('a deposit that arrives after the exclusion goes back to its payer, and the ledger is sound', async () => {
  const ada = await player();
  const operationId = randomUUID();
  fake.behaviour.depositAnswer = () => waitingDeposit;
  assert.equal((await put(ada, 7_000, operationId)).body.state, 'requested');
  assert.equal((await exclude(ada)).status, 201);
  assertRefused(await put(ada), 403, 'player_self_excluded');

  fake.behaviour.foundDeposit = (reference) =>
    paidBy({ transaction: `late-${reference}`, amountXof: xof(7_000) });
  await pollDeposits(house.deps, 'internal', { aheadMs: 60_000 });
  assert.equal((await house.get(`/deposits/${operationId}`, ada.cookie)).body.state, 'returned');
  assert.equal(await availableXof(house, ada), 100_000, 'it was never his to spend');
  const [back] = await house.owner.query<{ id: string; state: string; amount: number }>(
    `SELECT id, state, amount_xof AS amount FROM withdrawal WHERE returns_payment = (SELECT id FROM incoming_payment WHERE deposit_id = $1)`,
    [operationId],
  );
  assert.deepEqual([back?.state, back?.amount], ['requested', 7_000]);
  assert(back !== undefined);
  // The way back is lost once and taken up again: paid once.
  fake.behaviour.beforeAnswer = async () => {
    throw new Error('lost');
  };
  await sendWithdrawal(house.deps, back.id);
  fake.reset();
  await Promise.all([sendWithdrawal(house.deps, back.id), sendWithdrawal(house.deps, back.id)]);
  assert.equal(fake.paidOut.get(back.id), 1);
  const kinds = await house.owner.query<{ kind: string }>(
    `SELECT t.kind FROM ledger.transfer t JOIN ledger.posting p ON p.transfer_id = t.id
     JOIN ledger.account a ON a.id = p.credit_account_id OR a.id = p.debit_account_id
     WHERE p.amount_xof = 7000 AND a.kind = 'withdrawal_pending' ORDER BY t.recorded_at`,
  );
  assert.deepEqual(
    kinds.map(({ kind }) => kind),
    ['deposit_returned', 'withdrawal_paid'],
  );
  await house.assertSound();
});

test('a deposit that is on its way at the instant of the exclusion goes back as well', async () => {
  const ada = await player();
  fake.behaviour.beforeAnswer = async () => {
    fake.reset();
    assert.equal((await exclude(ada)).status, 201);
  };
  assert.equal((await put(ada)).body.state, 'returned');
  assert.equal(await availableXof(house, ada), 100_000);
});

test('an excluded player logs in, sees, and takes his money out; nothing invites him', async () => {
  const ada = await signUpPlayer(house, { availableXof: 20_000 });
  const excluded = { operationId: randomUUID(), kind: 'self_exclusion', days: 183 };
  assert.equal(await mayReceiveMarketing(house.db, ada.playerId), true);
  assert.equal((await ada.post('/play/exclusions', excluded)).status, 201);
  assert.equal(await mayReceiveMarketing(house.db, ada.playerId), false);
  const code = await askCode(house, ada.phone);
  const again = await house.post('/sessions', undefined, { phone: ada.phone, code });
  const cookie = cookieOf(again) === '' ? ada.cookie : cookieOf(again);
  assert.equal((await house.get('/wallet', cookie)).body.availableXof, 20_000);
  const seen = (await house.get('/play', cookie)).body.exclusion;
  assert.deepEqual([seen.kind, seen.returnsAt], ['self_exclusion', null]);
  const out = { operationId: randomUUID(), provider: 'internal', amountXof: 20_000 };
  assert.equal((await house.post('/withdrawals', cookie, out)).status, 202);
});

test('a cool-off ends by itself and not before; nobody shortens it', async () => {
  const marketId = await newMarket();
  const ada = await player();
  const made = await exclude(ada, 'cool_off', 1);
  const bet = () => place(house, ada, marketId, { side: 'A', stakeXof: 1_000 });
  const refused = await bet();
  assertRefused(refused, 403, 'player_cooling_off');
  assert.equal(refused.body.params.until, made.body.endsAt);
  assertRefused(await askToReturn(ada), 409, 'exclusion_absent');
  for (const statement of [
    'UPDATE exclusion SET returns_at = clock_timestamp()',
    'UPDATE exclusion SET ends_at = clock_timestamp()',
    'DELETE FROM exclusion',
  ]) {
    await assert.rejects(house.db.query(`${statement} WHERE player_id = $1`, [ada.playerId]), statement);
    await assert.rejects(house.owner.query(`${statement} WHERE player_id = $1`, [ada.playerId]), statement);
  }
  await age(ada, '23 hours 59 minutes');
  assertRefused(await bet(), 403, 'player_cooling_off');
  await age(ada, '2 minutes');
  assert.equal((await bet()).status, 201);
  assert.equal((await put(ada)).status, 201);
});

test('a self-exclusion ends by his wish, after its end, a day later', async () => {
  const marketId = await newMarket();
  const ada = await player();
  const bet = () => place(house, ada, marketId, { side: 'A', stakeXof: 1_000 });
  assertRefused(await exclude(ada, 'self_exclusion', 182), 422, 'exclusion_length_forbidden');
  assertRefused(await exclude(ada, 'cool_off', 43), 422, 'exclusion_length_forbidden');
  assertRefused(await exclude(ada, 'cool_off', null), 422, 'exclusion_length_forbidden');
  assert.equal((await exclude(ada, 'self_exclusion', 200)).status, 201);
  assertRefused(await askToReturn(ada), 409, 'exclusion_not_over');
  await age(ada, '201 days');
  assertRefused(await bet(), 403, 'player_self_excluded');
  const returning = await askToReturn(ada);
  assert.ok(Date.parse(returning.body.returnsAt) - Date.now() > 86_000_000, JSON.stringify(returning.body));
  assertRefused(await askToReturn(ada), 409, 'exclusion_absent');
  assertRefused(await bet(), 403, 'player_self_excluded');
  await age(ada, '25 hours');
  assert.equal((await bet()).status, 201);

  const forGood = await player();
  assert.equal((await exclude(forGood)).body.endsAt, null);
  await age(forGood, '100 years');
  assertRefused(await askToReturn(forGood), 409, 'exclusion_not_over');
});

test('the longest of several holds, and each leaves an audit row that compliance can read', async () => {
  const ada = await player();
  await exclude(ada, 'cool_off', 2);
  await exclude(ada, 'self_exclusion', 300);
  assert.equal((await house.get('/play', ada.cookie)).body.exclusion.kind, 'self_exclusion');
  const rows = await house.owner.query<{ outcome: string }>(
    `SELECT outcome FROM audit_entry WHERE command = 'exclude-player' AND actor_id = $1 AND address IS NOT NULL`,
    [ada.playerId],
  );
  assert.deepEqual(
    rows.map(({ outcome }) => outcome),
    ['done', 'done'],
  );
  const [compliance] = await seedStaff(house.owner, 1, 'compliance');
  const seen = (await house.get('/staff/play', compliance?.cookie)).body.exclusions.filter(
    ({ playerId }: { playerId: string }) => playerId === ada.playerId,
  );
  assert.deepEqual(
    seen.map(({ kind, isInForce }: { kind: string; isInForce: boolean }) => [kind, isInForce]),
    [
      ['self_exclusion', true],
      ['cool_off', true],
    ],
  );
  const looks = await house.owner.query(
    `SELECT 1 FROM audit_entry WHERE command = 'list-play' AND actor_id = $1`,
    [compliance?.staffId],
  );
  assert.equal(looks.length, 1);
});

/** "Pay me automatically when I win": what is won goes out by itself, once, by the same rules as any withdrawal. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { loadPageBundles } from '../page-bundle.ts';
import { sealMarket } from '../settlement/seal-market.ts';
import { settleMarket } from '../settlement/settle-market.ts';
import { accept, command, place, whistle } from '../testing/bets.ts';
import { type House, openHouse } from '../testing/house.ts';
import { Reader } from '../testing/reader.ts';
import { type SeededPlayer, type SeededStaff, seedMarkets, seedPlayers, seedStaff } from '../testing/seed.ts';
import { unlimitedRates } from '../testing/seed-settings.ts';
import { payOutWinners } from './pay-out-winners.ts';

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

const choose = (player: SeededPlayer, provider: string | null) =>
  house.post('/wallet/automatic-payout', player.cookie, { operationId: randomUUID(), provider });
const available = async (player: SeededPlayer) =>
  (await house.get('/wallet', player.cookie)).body.availableXof;
const payoutsOf = (player: SeededPlayer) =>
  house.owner.query<{ amountXof: number; isAutomatic: boolean; state: string }>(
    `SELECT amount_xof AS "amountXof", is_automatic AS "isAutomatic", state FROM withdrawal WHERE player_id = $1`,
    [player.playerId],
  );
const refusalsOf = async (player: SeededPlayer) => {
  const rows = await house.owner.query<{ refusal: string }>(
    'SELECT refusal FROM automatic_payout WHERE player_id = $1',
    [player.playerId],
  );
  return rows.map(({ refusal }) => refusal);
};

/** Bets of 10 000 F by pairs; A wins; settled. Returns the settlement and the winners. */
async function settled(winners: readonly SeededPlayer[], ending = 'fall') {
  const [market] = await seedMarkets(house.owner, { count: 1 });
  assert(market !== undefined);
  const losers = await seedPlayers(house.owner, { count: winners.length, availableXof: 10_000 });
  for (const [index, winner] of winners.entries()) {
    const { offerId } = (await place(house, winner, market.marketId, { side: 'A', stakeXof: 10_000 })).body;
    const loser = losers[index];
    assert(loser !== undefined);
    await accept(house, loser, market.marketId, offerId, { stakeXof: 10_000 });
  }
  const [one, two] = staff;
  await whistle(house, one, market.marketId);
  await sealMarket(house.db, market.marketId);
  const verdict = ending === 'draw' ? { ending } : { ending, winnerSide: 'A' };
  const source = 'Feuille officielle';
  const proposed = await command(house, one, `/bouts/${market.boutId}/result`, { source, ...verdict });
  const { resultId } = proposed.body;
  assert.equal(
    (await command(house, two, `/bouts/${market.boutId}/result/confirm`, { resultId })).status,
    200,
  );
  await settleMarket({ db: house.db, jobs: house.jobs, onProgress: () => undefined }, market.marketId);
  const [job] = await house.owner.query<{ settlementId: string }>(
    `SELECT data->>'settlementId' AS "settlementId" FROM pgboss.job WHERE name = 'pay-out-winners'
     ORDER BY created_on DESC LIMIT 1`,
  );
  assert(job !== undefined, 'the settlement has sent the job in its own transaction');
  return job.settlementId;
}

const winnersOf = async (count: number) => {
  const players = await seedPlayers(house.owner, { count, availableXof: 10_000 });
  await house.owner.query('UPDATE session SET stepped_up_at = clock_timestamp()');
  return players;
};

test('who wants it, and only who wants it, is paid what he won; twice changes nothing', async () => {
  const [wants, stays] = await winnersOf(2);
  assert(wants !== undefined && stays !== undefined);
  assert.deepEqual((await choose(wants, 'internal')).body, { provider: 'internal' });
  const settlementId = await settled([wants, stays]);
  await Promise.allSettled([
    payOutWinners(house.deps, settlementId),
    payOutWinners(house.deps, settlementId),
  ]);
  await payOutWinners(house.deps, settlementId);
  assert.deepEqual(await payoutsOf(wants), [{ amountXof: 15_200, isAutomatic: true, state: 'requested' }]);
  assert.deepEqual([await available(wants), await available(stays)], [0, 15_200]);
  assert.deepEqual(await payoutsOf(stays), []);

  const [asked] = await house.owner.query<{ id: string }>('SELECT id FROM withdrawal WHERE player_id = $1', [
    wants.playerId,
  ]);
  const [member] = await seedStaff(house.owner, 1, 'finance');
  const { text } = await new Reader(house.app.office, member?.cookie).open(`/retraits/${asked?.id}`);
  assert.match(text, /Misé en 30 jours 10 000 F Gagné en 30 jours 15 200 F/, 'what it comes from');
  assert.match(text, /Derniers gains .* – .* 15 200 F pour une mise de 10 000 F/);
});

test('only what was won goes out, and people agree to it like to any withdrawal of these 24 hours', async () => {
  const [wants] = await seedPlayers(house.owner, { count: 1, availableXof: 110_000, tier: 'identified' });
  assert(wants !== undefined);
  await house.owner.query('UPDATE session SET stepped_up_at = clock_timestamp()');
  await choose(wants, 'internal');
  const settlementId = await settled([wants]);
  const asked = { operationId: randomUUID(), provider: 'internal', amountXof: 90_000 };
  assert.equal((await house.post('/withdrawals', wants.cookie, asked)).body.state, 'requested');
  await payOutWinners(house.deps, settlementId);
  const automatic = (await payoutsOf(wants)).filter(({ isAutomatic }) => isAutomatic);
  assert.deepEqual(automatic, [{ amountXof: 15_200, isAutomatic: true, state: 'approval' }]);
  assert.equal(await available(wants), 10_000, 'what he had besides stays');
});

test('stakes given back are no winnings', async () => {
  const [wants] = await winnersOf(1);
  assert(wants !== undefined);
  await choose(wants, 'internal');
  await payOutWinners(house.deps, await settled([wants], 'draw'));
  assert.deepEqual([await available(wants), await payoutsOf(wants)], [10_000, []]);
});

test('a held account and a ceiling hold it back, with the reason; nothing moves', async () => {
  const [held, full] = await winnersOf(2);
  assert(held !== undefined && full !== undefined);
  for (const player of [held, full]) await choose(player, 'internal');
  await house.owner.query(
    `UPDATE player SET payout_held_until = now() + interval '1 hour', payout_held_for = 'device' WHERE id = $1`,
    [held.playerId],
  );
  await house.owner.query(
    `INSERT INTO withdrawal (id, player_id, provider, amount_xof, state, phone)
     SELECT gen_random_uuid(), id, 'internal', 45000, 'requested', phone FROM player WHERE id = $1`,
    [full.playerId],
  );
  await payOutWinners(house.deps, await settled([held, full]));
  assert.deepEqual(await refusalsOf(held), ['withdrawal_device_new']);
  assert.deepEqual(await refusalsOf(full), ['withdrawal_over_ceiling']);
  for (const path of ['/portefeuille', '/portefeuille/gains']) {
    const page = await new Reader(house.app.player, full.cookie).open(path);
    assert.match(page.text, /Votre dernier gain est resté sur votre solde : .* sont à leur plafond/, path);
  }
  assert.deepEqual([await available(held), await available(full)], [15_200, 15_200]);
  await house.owner.query('DELETE FROM withdrawal WHERE player_id = $1', [full.playerId]);
});

test('switched off, or to a provider that does not serve him', async () => {
  const [player] = await winnersOf(1);
  assert(player !== undefined);
  assert.equal((await choose(player, 'nobody')).body.code, 'provider_not_for_you');
  await choose(player, 'internal');
  assert.deepEqual((await choose(player, null)).body, { provider: null });
  await payOutWinners(house.deps, await settled([player]));
  assert.deepEqual(await payoutsOf(player), []);
});

/** A pool as a player without JavaScript meets it: picks, slip, ticket, and every step of what was paid. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { loadPageBundles } from '../page-bundle.ts';
import { type House, openHouse } from '../testing/house.ts';
import { buy, createTestPool, openTestPool } from '../testing/pools.ts';
import { locationOf, Reader } from '../testing/reader.ts';
import {
  type SeededPlayer,
  type SeededStaff,
  seedBonus,
  seedMarkets,
  seedPlayers,
  seedStaff,
} from '../testing/seed.ts';
import { unlimitedRates } from '../testing/seed-settings.ts';
import { settlePool } from './settle-pool.ts';

let house: House;
let operator: SeededStaff;
before(async () => {
  house = await openHouse({ pages: await loadPageBundles(), settings: unlimitedRates });
  [operator] = (await seedStaff(house.owner, 1)) as [SeededStaff];
});
after(async () => {
  await house.assertSound();
  await house.close();
});

const reader = (player?: SeededPlayer) => new Reader(house.app.player, player?.cookie);

async function bettors(count: number, availableXof = 100_000): Promise<SeededPlayer[]> {
  return seedPlayers(house.owner, { count, availableXof });
}

/** An open pool on who wins a bout, and on how another is won. */
async function openPool() {
  const bouts = await seedMarkets(house.owner, { count: 2 });
  const [first, second] = bouts;
  assert(first !== undefined && second !== undefined);
  const legs = [{ boutId: first.boutId }, { boutId: second.boutId, kind: 'method' }];
  const poolId = await openTestPool(house, operator.cookie, first.galaId, legs);
  return { poolId, galaId: first.galaId, boutIds: [first.boutId, second.boutId] };
}

async function openSingle(): Promise<number> {
  const [market] = await seedMarkets(house.owner, { count: 1 });
  assert(market !== undefined);
  return openTestPool(house, operator.cookie, market.galaId, [{ boutId: market.boutId }]);
}

/** Closed, and with these results: an ending and who won, one a bout. */
async function settle(
  poolId: number,
  boutIds: readonly number[],
  results: readonly [string, string | null][],
) {
  await house.owner.query(
    `UPDATE pool SET state = 'closed', closed_at = clock_timestamp(), close_cause = 'whistle' WHERE id = $1`,
    [poolId],
  );
  for (const [index, [ending, side]] of results.entries()) {
    await house.owner.query(
      `INSERT INTO result (id, bout_id, version, ending, winner_side, source, proposed_by, confirmed_by, confirmed_at)
       SELECT gen_random_uuid(), $1, 1, $2, $3, 'Feuille', $4, s.id, clock_timestamp()
       FROM staff s WHERE s.id <> $4 LIMIT 1`,
      [boutIds[index], ending, side, operator.staffId],
    );
  }
  await settlePool({ db: house.db, jobs: house.jobs }, poolId);
}

test('from the bout to the ticket: the page of the bout leads to the pool, the form to the slip, the slip to a receipt', async () => {
  const { poolId, galaId, boutIds } = await openPool();
  const [player, other] = await bettors(2);
  assert(player !== undefined && other !== undefined);
  await buy(house, other, poolId, ['B', 'ko'], 4_000);
  const phone = reader(player);
  for (const path of [`/combats/${boutIds[0]}`, `/galas/${galaId}`]) {
    const page = await phone.open(path);
    assert.ok(page.html.includes(`href="/mutuels/${poolId}"`), path);
    assert.match(page.text, /Mutuel du soir/);
  }
  const page = await phone.open(`/mutuels/${poolId}`);
  assert.match(page.text, /Mises en tout 4 000 F/);
  assert.match(page.text, /Un seul choix joué pour l’instant, sur 8 possibles/);

  const slip = await phone.open(`/mutuels/${poolId}/bulletin?choix1=A&choix2=fall&stakeXof=2000`);
  assert.equal(slip.status, 200);
  // 6 000 of stakes, 600 of take-out: 5 400 to him alone who has these picks.
  assert.match(slip.text, /Toutes les mises, avec la vôtre 6 000 F/);
  assert.match(slip.text, /Votre part 5 400 F/);
  assert.match(slip.text, /Un ticket est définitif/);
  const sent = await phone.submit(slip, `/mutuels/${poolId}/tickets`);
  assert.equal(sent.status, 303, sent.text);
  const again = await phone.submit(slip, `/mutuels/${poolId}/tickets`);
  assert.equal(locationOf(again), locationOf(sent), 'sent twice, it is one ticket');

  const receipt = await phone.follow(sent);
  assert.match(receipt.text, /Ticket acheté !/);
  assert.match(receipt.text, /Ticket n° 2 de ce pari mutuel/);
  const mine = await phone.open('/tickets');
  assert.equal(mine.html.split('href="/tickets/').length - 1, 1);
  assert.ok((await phone.open('/paris')).html.includes('href="/tickets"'));
  const path = locationOf(sent).split('?')[0] ?? '';
  assert.equal((await reader(other).open(path)).status, 404, 'nobody sees a ticket of another');
});

test('the page warns when being right would bring less than the stake, and on the slip before the tap', async () => {
  const poolId = await openSingle();
  const [player, other] = await bettors(2);
  assert(player !== undefined && other !== undefined);
  const phone = reader(player);
  const empty = await phone.open(`/mutuels/${poolId}`);
  assert.match(
    empty.text,
    /Personne encore.*Personne encore/s,
    'each outcome is named before anybody has it',
  );
  const alone = await phone.open(`/mutuels/${poolId}/bulletin?choix1=A&stakeXof=1000`);
  assert.match(alone.text, /personne n’a un autre choix : chaque mise serait rendue/);
  await buy(house, other, poolId, 'A', 20_000);
  await buy(house, other, poolId, 'B', 1_000);
  const page = await phone.open(`/mutuels/${poolId}`);
  assert.match(page.text, /moins que la mise/);
  const slip = await phone.open(`/mutuels/${poolId}/bulletin?choix1=A&otherStakeXof=5000`);
  assert.match(slip.text, /avoir juste vous rendrait moins que votre mise/);
  const good = await phone.open(`/mutuels/${poolId}/bulletin?choix1=B&otherStakeXof=1000`);
  assert.doesNotMatch(good.text, /vous rendrait moins/);
});

test('what is missing or unreadable brings the form back with what was picked; a refusal says its sentence', async () => {
  const { poolId } = await openPool();
  const [player, poor] = [...(await bettors(1)), ...(await bettors(1, 700))];
  assert(player !== undefined && poor !== undefined);
  const phone = reader(player);
  for (const query of [
    'choix1=A&stakeXof=1000',
    'choix1=A&choix2=fall',
    'choix1=A&choix2=nothing&stakeXof=1000',
    '',
  ]) {
    const page = await phone.open(`/mutuels/${poolId}/bulletin?${query}`);
    assert.equal(page.status, 400, query);
    assert.match(page.text, /Il manque un choix ou la mise/);
  }
  const kept = await phone.open(`/mutuels/${poolId}/bulletin?choix1=B&stakeXof=2000`);
  assert.match(kept.html, /value="B"[^>]*checked|checked[^>]*value="B"/);
  const unreadable = await phone.open(`/mutuels/${poolId}/bulletin?choix1=A&choix2=fall&otherStakeXof=1e3`);
  assert.equal(unreadable.status, 400);
  assert.match(unreadable.text, /montant en francs entiers/);
  const small = await phone.open(`/mutuels/${poolId}/bulletin?choix1=A&choix2=fall&otherStakeXof=10`);
  assert.match(small.text, /minimum|au moins/i);
  assert.ok(!small.html.includes(`action="/mutuels/${poolId}/tickets"`));

  const nobody = await reader().open(`/mutuels/${poolId}/bulletin?choix1=A&choix2=fall&stakeXof=1000`);
  assert.match(nobody.text, /Entrer pour continuer/);
  const lacking = await reader(poor).open(`/mutuels/${poolId}/bulletin?choix1=A&choix2=fall&stakeXof=1000`);
  assert.match(lacking.text, /Il vous manque 300 F/);
});

test('bonus money counts on the slip, and the ticket says how much of it there is', async () => {
  const { poolId } = await openPool();
  const [player] = await bettors(1, 700);
  assert(player !== undefined);
  await seedBonus(house.owner, player.playerId, 300);
  const phone = reader(player);
  const path = `/mutuels/${poolId}/bulletin?choix1=A&choix2=fall`;
  assert.match((await phone.open(`${path}&otherStakeXof=1001`)).text, /Il vous manque 1 F/);
  const slip = await phone.open(`${path}&stakeXof=1000`);
  const receipt = await phone.follow(await phone.submit(slip, `/mutuels/${poolId}/tickets`));
  assert.match(receipt.text, /Ticket acheté !.*dont 300 F de bonus/s);
});

test('a ticket that comes after the close is refused where it was asked for; nothing was debited', async () => {
  const { poolId, boutIds } = await openPool();
  const [player] = await bettors(1);
  assert(player !== undefined);
  const phone = reader(player);
  const slip = await phone.open(`/mutuels/${poolId}/bulletin?choix1=A&choix2=fall&stakeXof=1000`);
  await settle(poolId, boutIds, [
    ['fall', 'A'],
    ['fall', 'A'],
  ]);
  const late = await phone.submit(slip, `/mutuels/${poolId}/tickets`);
  assert.equal(late.status, 409);
  assert.match(late.text, /Ce pari mutuel est fermé\. Rien n’a été débité/);
  assert.match((await phone.open('/tickets')).text, /Pas encore de ticket/);
});

test('after the settlement everybody reads every step, and the winner what he got', async () => {
  const { poolId, boutIds } = await openPool();
  const [winner, loser, third] = await bettors(3);
  assert(winner !== undefined && loser !== undefined && third !== undefined);
  const { body } = await buy(house, winner, poolId, ['A', 'ko'], 1_000);
  await buy(house, loser, poolId, ['B', 'ko'], 4_000);
  await buy(house, third, poolId, ['A', 'ko'], 2_333);
  assert.equal((await reader().open(`/mutuels/${poolId}/calcul`)).status, 404, 'not before');
  await settle(poolId, boutIds, [
    ['fall', 'A'],
    ['ko', 'B'],
  ]);
  const page = await reader().open(`/mutuels/${poolId}/calcul`);
  assert.equal(page.status, 200);
  // 7 333 × 10 % = 733; 6 600 are shared by 3 333; 1 000 × 6 600 ÷ 3 333 = 1 980.
  for (const words of [
    /Mises qui comptent 7 333 F.*Dont sur les bons choix 3 333 F/,
    /Prélèvement de 10 % − ?733 F.*Reste à partager 6 600 F/,
    /Pour 1 F sur le bon choix 1,9801 F/,
    /Sa part, au franc entier 1 980 F/,
    /Les francs qui restent 1 F/,
  ])
    assert.match(page.text.replaceAll(/(moins )?\d+ francs/g, ''), words);
  assert.ok(page.html.includes(`href="/mutuels/${poolId}/fichier"`));
  assert.ok(page.html.includes('href="/mutuels/recalculer"'));
  const ticket = await reader(winner).open(`/tickets/${body.ticketId}`);
  assert.match(ticket.text, /Vous avez reçu 1 \d{3} F/);
  assert.ok(ticket.html.includes(`href="/mutuels/${poolId}/calcul"`));
});

test('a pool in draft and one of a hidden gala have no page', async () => {
  const [hidden] = await seedMarkets(house.owner, { count: 1, visibility: 'hidden' });
  const [shown] = await seedMarkets(house.owner, { count: 1 });
  assert(hidden !== undefined && shown !== undefined);
  const { body } = await createTestPool(house, operator.cookie, shown.galaId, [{ boutId: shown.boutId }]);
  const hiddenId = await openTestPool(house, operator.cookie, hidden.galaId, [{ boutId: hidden.boutId }]);
  for (const id of [body.poolId, hiddenId, 999_999, 'x'])
    for (const page of ['', '/bulletin', '/calcul'])
      assert.equal((await reader().open(`/mutuels/${id}${page}`)).status, 404, `${id}${page}`);
});

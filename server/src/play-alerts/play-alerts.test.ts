/** Alerts about how some play: raised by what happened, once, closed with a note, raised again by what comes after. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { xof } from '#core/money.ts';
import { loadPageBundles } from '../page-bundle.ts';
import { command } from '../testing/bets.ts';
import { type House, openHouse } from '../testing/house.ts';
import { locationOf, Reader } from '../testing/reader.ts';
import { assertRefused, close, decide, duel, settle } from '../testing/results.ts';
import {
  type SeededMarket,
  type SeededPlayer,
  type SeededStaff,
  seedMarkets,
  seedPlayers,
  seedStaff,
} from '../testing/seed.ts';
import { unlimitedRates } from '../testing/seed-settings.ts';
import { raiseAlerts } from './raise-alerts.ts';

let house: House;
let staff: readonly [SeededStaff, SeededStaff];
let compliance: SeededStaff;

before(async () => {
  house = await openHouse({
    pages: await loadPageBundles(),
    settings: { ...unlimitedRates, alertPairDuels: 3, alertSpikeMinXof: xof(40_000), alertSpikeTimes: 5 },
  });
  staff = (await seedStaff(house.owner, 2)) as [SeededStaff, SeededStaff];
  [compliance] = (await seedStaff(house.owner, 1, 'compliance')) as [SeededStaff];
});
after(async () => {
  await house.assertSound();
  await house.close();
});

const raise = () => raiseAlerts({ db: house.db, settings: house.deps.settings });
const two = async (availableXof = 100_000) =>
  (await seedPlayers(house.owner, { count: 2, availableXof })) as [SeededPlayer, SeededPlayer];

/** One duel a market, A against B, each won by the side named or undecided. */
async function duels(
  players: readonly [SeededPlayer, SeededPlayer],
  winners: readonly ('A' | 'B' | null)[],
): Promise<void> {
  const markets = await seedMarkets(house.owner, { count: winners.length });
  for (const [index, market] of markets.entries()) {
    await duel(house, market.marketId, players, 2_000);
    const winner = winners[index] ?? null;
    if (winner === null) continue;
    await close(house, staff[0], [market.marketId]);
    await decide(house, staff, market.boutId, { ending: 'fall', winnerSide: winner });
    await settle(house, market.marketId);
  }
}

interface Alert {
  readonly alertId: number;
  readonly kind: string;
  readonly pseudonym: string;
  readonly otherPseudonym: string | null;
  readonly betCount: number;
  readonly stakedXof: number;
  readonly comparedXof: number;
  readonly closedAt: string | null;
}

async function alertsOf(players: readonly SeededPlayer[]): Promise<Alert[]> {
  const { alerts } = (await house.get('/staff/play-alerts', compliance.cookie)).body as { alerts: Alert[] };
  const names = players.map(({ pseudonym }) => pseudonym);
  return alerts.filter(({ pseudonym }) => names.includes(pseudonym));
}
const closeAlert = (alertId: number, note: unknown = 'Deux cousins, vus au téléphone.') =>
  command(house, compliance, `/play-alerts/${alertId}/close`, { note }, randomUUID());

test('the same two again and again, with the money going one way, are one alert', async () => {
  const [giver, taker] = await two();
  await duels([giver, taker], ['B', 'B']);
  await raise();
  assert.deepEqual(await alertsOf([giver, taker]), [], 'two are not yet three');
  await duels([taker, giver], ['A']);
  assert.equal(await raise(), 1);
  assert.equal(await raise(), 0, 'once');
  const [alert] = await alertsOf([giver, taker]);
  assert(alert);
  assert.deepEqual(
    [alert.kind, alert.pseudonym, alert.otherPseudonym, alert.betCount, alert.stakedXof, alert.comparedXof],
    ['same_pair', taker.pseudonym, giver.pseudonym, 3, 12_000, 6_000],
    'the one it goes to is named first, whichever side he was on',
  );
});

test('rivals who win in turns, and bets that nobody has won yet, are none', async () => {
  const rivals = await two();
  await duels(rivals, ['A', 'B', 'A', 'B']);
  const open = await two();
  await duels(open, [null, null, null]);
  await raise();
  assert.deepEqual(await alertsOf([...rivals, ...open]), []);
});

test('what is older than thirty days does not count', async () => {
  const pair = await two();
  await duels(pair, ['A', 'A', 'A']);
  await house.owner.query(`UPDATE duel SET made_at = made_at - interval '31 days' WHERE player_a_id = $1`, [
    pair[0].playerId,
  ]);
  await raise();
  assert.deepEqual(await alertsOf(pair), []);
});

test('closed with a note, it comes again only by what happens afterwards', async () => {
  const pair = await two();
  await duels(pair, ['A', 'A', 'A']);
  await raise();
  const [alert] = await alertsOf(pair);
  assert(alert);
  for (const note of ['', '  ', 'x'.repeat(501), 3])
    assertRefused(await closeAlert(alert.alertId, note), 400, 'request_invalid');
  const answers = await Promise.all([closeAlert(alert.alertId), closeAlert(alert.alertId)]);
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409]);
  assertRefused(await closeAlert(alert.alertId), 409, 'alert_already_closed');
  assertRefused(await closeAlert(999_999), 404, 'not_found');
  await duels(pair, ['A', 'A']);
  await raise();
  assert.equal((await alertsOf(pair)).filter(({ closedAt }) => closedAt === null).length, 0);
  await duels(pair, ['A']);
  await raise();
  const [again] = (await alertsOf(pair)).filter(({ closedAt }) => closedAt === null);
  assert.equal(again?.betCount, 3, 'counted from the closing on');
});

test('linked accounts that meet in a public duel are told', async () => {
  const pair = await two();
  await duels(pair, [null]);
  await raise();
  assert.deepEqual(await alertsOf(pair), []);
  for (const { playerId } of pair)
    await house.owner.query(
      `INSERT INTO device (id, player_id, token_hash, label) VALUES (gen_random_uuid(), $1, sha256($2::text::bytea), 'Tecno')`,
      [playerId, pair[0].playerId],
    );
  await raise();
  const [alert] = await alertsOf(pair);
  assert.deepEqual([alert?.kind, alert?.betCount, alert?.stakedXof], ['linked_accounts', 1, 4_000]);
});

test('a sudden stake is compared with his ordinary days; who has none is not', async () => {
  const [careful, newcomer] = (await seedPlayers(house.owner, { count: 2, availableXof: 200_000 })) as [
    SeededPlayer,
    SeededPlayer,
  ];
  const [other] = await two(500_000);
  const [market] = (await seedMarkets(house.owner, { count: 1 })) as [SeededMarket];
  for (const day of [4, 3, 2]) {
    const { betId } = await duel(house, market.marketId, [careful, other], 1_000);
    await house.owner.query(`UPDATE duel SET made_at = made_at - $2 * interval '1 day' WHERE id = $1`, [
      betId,
      day,
    ]);
  }
  await duel(house, market.marketId, [careful, other], 50_000);
  await duel(house, market.marketId, [newcomer, other], 50_000);
  await raise();
  const alerts = (await alertsOf([careful, newcomer])).filter(({ kind }) => kind === 'stake_spike');
  assert.deepEqual(
    alerts.map(({ pseudonym, stakedXof, comparedXof }) => [pseudonym, stakedXof, comparedXof]),
    [[careful.pseudonym, 50_000, 1_000]],
  );
});

test('compliance reads them as a page, and closes one there; the look is written down', async () => {
  const pair = await two();
  await duels(pair, ['A', 'A', 'A']);
  await raise();
  const [alert] = await alertsOf(pair);
  assert(alert);
  const desk = new Reader(house.app.office, compliance.cookie);
  const page = await desk.open('/alertes');
  assert.match(page.text, /Toujours les deux mêmes .* 3 duels, 12 000 F engagés à deux/);
  const action = `/alertes/${alert.alertId}/fermer`;
  const refused = await desk.submit(page, action, { note: '' });
  assert.equal(refused.status, 400);
  const closed = await desk.submit(await desk.open('/alertes'), action, {
    note: 'Deux frères qui s’amusent.',
  });
  assert.equal(locationOf(closed), '/alertes?fait=ferme');
  assert.match((await desk.open('/alertes')).text, /Deux frères qui s’amusent/);
  const looks = await house.owner.query(`SELECT FROM audit_entry WHERE command = 'view-play-alerts'`);
  assert.ok(looks.length > 1);
});

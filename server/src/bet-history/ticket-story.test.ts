/** The story of a ticket, through HTTP and on its page: every leg's result, every payment, each version of what was corrected. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { BetStep } from '#core/api/bet-history-pages.ts';
import { loadPageBundles } from '../page-bundle.ts';
import { settlePool } from '../pools/settle-pool.ts';
import { type House, openHouse } from '../testing/house.ts';
import { buy, openTestPool } from '../testing/pools.ts';
import { Reader } from '../testing/reader.ts';
import { assertRefused, close, correct, decide, settle, type Verdict } from '../testing/results.ts';
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
  house = await openHouse({ pages: await loadPageBundles(), settings: unlimitedRates });
  staff = (await seedStaff(house.owner, 2)) as [SeededStaff, SeededStaff];
});
after(async () => {
  await house.assertSound();
  await house.close();
});

interface Table {
  readonly bouts: readonly SeededMarket[];
  readonly poolId: number;
  readonly players: readonly [SeededPlayer, SeededPlayer];
  /** 4 000 F on A of every bout, and 6 000 F on B. */
  readonly ticketIds: readonly [string, string];
}

async function table(boutCount: number): Promise<Table> {
  const bouts = await seedMarkets(house.owner, { count: boutCount });
  const players = (await seedPlayers(house.owner, { count: 2, availableXof: 10_000 })) as [
    SeededPlayer,
    SeededPlayer,
  ];
  const legs = bouts.map(({ boutId }) => ({ boutId }));
  const poolId = await openTestPool(house, staff[0].cookie, bouts[0]?.galaId ?? 0, legs);
  const ticket = async (player: SeededPlayer, pick: string, stakeXof: number): Promise<string> =>
    (await buy(house, player, poolId, Array(boutCount).fill(pick), stakeXof)).body.ticketId;
  const ticketIds = [await ticket(players[0], 'A', 4_000), await ticket(players[1], 'B', 6_000)] as const;
  return { bouts, poolId, players, ticketIds };
}

async function end({ bouts, poolId }: Table, verdicts: readonly Verdict[]): Promise<void> {
  for (const { marketId } of bouts) await close(house, staff[0], [marketId]);
  for (const [at, { marketId, boutId }] of bouts.entries()) {
    assert.equal((await decide(house, staff, boutId, verdicts[at] ?? { ending: 'draw' })).status, 200);
    await settle(house, marketId);
  }
  await settlePool({ db: house.db, jobs: house.jobs }, poolId);
}

const wonBy = (winnerSide: 'A' | 'B') => ({ ending: 'fall', winnerSide }) as const;
const storyOf = async (player: SeededPlayer, ticketId: string): Promise<BetStep[]> =>
  (await house.get(`/bets/${ticketId}/story`, player.cookie)).body.steps;
const kindsOf = (steps: readonly BetStep[]) => steps.map(({ kind }) => kind);
const paidOf = (steps: readonly BetStep[]) =>
  steps.flatMap((step) =>
    step.kind === 'paid'
      ? [[step.version, step.outcome, step.payoutXof, step.taxXof, step.givenXof, step.takenXof]]
      : [],
  );
const read = (player: SeededPlayer, ticketId: string) =>
  new Reader(house.app.player, player.cookie).open(`/tickets/${ticketId}`);

test('bought, closed, published, decided, paid, and corrected: each step stays, with what it moved', async () => {
  const made = await table(1);
  const [awa, modou] = made.players;
  const [his, other] = made.ticketIds;
  assert.deepEqual(kindsOf(await storyOf(awa, his)), ['bought']);
  assertRefused(await house.get(`/bets/${his}/story`, modou.cookie), 404, 'not_found');

  await end(made, [wonBy('A')]);
  const paid = await storyOf(awa, his);
  assert.deepEqual(kindsOf(paid), ['bought', 'closed', 'root', 'result', 'paid']);
  assert.deepEqual(
    paid.map(({ at }) => at),
    paid.map(({ at }) => at).sort(),
  );
  // 9 000 F shared by who was right; 20 % of it is tax.
  assert.deepEqual(paidOf(paid), [[1, 'won', 7_200, 1_800, 0, 0]]);
  assert.deepEqual(paidOf(await storyOf(modou, other)), [[1, 'lost', 0, 0, 0, 0]]);
  const page = await read(awa, his);
  assert.match(
    page.text,
    /L’histoire de ce ticket Ticket acheté : 4 000 F .* N° 1 de ce pari mutuel\. Paris fermés/,
  );
  assert.match(page.text, /Gagné : 7 200 F pour vous .* Impôt 1 800 F, déjà retenu\./);
  assert.doesNotMatch(page.text, /Commission/);

  const [bout] = made.bouts;
  assert(bout !== undefined);
  assert.equal((await correct(house, staff, bout.boutId, wonBy('B'))).status, 200);
  await settle(house, bout.marketId);
  await settlePool({ db: house.db, jobs: house.jobs }, made.poolId);
  assert.deepEqual(paidOf(await storyOf(awa, his)), [
    [1, 'won', 7_200, 1_800, 0, 0],
    [2, 'lost', 0, 0, 0, 7_200],
  ]);
  assert.deepEqual(paidOf(await storyOf(modou, other)), [
    [1, 'lost', 0, 0, 0, 0],
    [2, 'won', 7_200, 1_800, 7_200, 0],
  ]);
  const after = await read(awa, his);
  assert.match(after.text, /Résultat corrigé : .* Vainqueur mal saisi\. Source : Procès-verbal de la FSL\./);
  assert.match(after.text, /La correction a repris 7 200 F, pour tous vos tickets de ce pari mutuel\./);
  const { entries } = (await house.get('/bet-history', awa.cookie)).body;
  assert.deepEqual(
    entries.map((entry: { id: string; isCorrected: boolean }) => [entry.id, entry.isCorrected]),
    [[his, true]],
  );
});

test('on several bouts each result is told with its bout; all void, the stake comes back', async () => {
  const made = await table(2);
  await end(made, [{ ending: 'draw' }, { ending: 'no_verdict' }]);
  const steps = await storyOf(made.players[0], made.ticketIds[0]);
  assert.deepEqual(kindsOf(steps), ['bought', 'closed', 'root', 'result', 'result', 'paid']);
  assert.deepEqual(paidOf(steps), [[1, 'void', 4_000, 0, 0, 0]]);
  const { text } = await read(made.players[0], made.ticketIds[0]);
  const names = steps.flatMap((step) => (step.kind === 'result' ? [step.boutName] : []));
  for (const name of names) assert.ok(text.includes(`${name}. Source : Feuille officielle.`), text);
  assert.match(text, /Mise rendue : 4 000 F/);
});

test('a ticket that was bought after the true whistle says so', async () => {
  const made = await table(1);
  const [bout] = made.bouts;
  assert(bout !== undefined);
  await close(house, staff[0], [bout.marketId]);
  await house.owner.query(
    `INSERT INTO true_whistle (bout_id, at, proposed_by, confirmed_by, confirmed_at)
     SELECT $1, t.made_at - interval '1 microsecond', $3, $4, clock_timestamp() FROM pool_ticket t WHERE t.id = $2`,
    [bout.boutId, made.ticketIds[1], staff[0].staffId, staff[1].staffId],
  );
  assert.equal((await decide(house, staff, bout.boutId, wonBy('A'))).status, 200);
  await settle(house, bout.marketId);
  await settlePool({ db: house.db, jobs: house.jobs }, made.poolId);
  const lateOf = (steps: readonly BetStep[]) =>
    steps.flatMap((step) => (step.kind === 'true_whistle' ? [step.isLate] : []));
  const [early, late] = [
    await storyOf(made.players[0], made.ticketIds[0]),
    await storyOf(made.players[1], made.ticketIds[1]),
  ];
  assert.deepEqual([lateOf(early), lateOf(late)], [[false], [true]]);
  assert.deepEqual(paidOf(late), [[1, 'void', 6_000, 0, 0, 0]]);
  // Alone in time, he has nobody to win from.
  assert.deepEqual(paidOf(early), [[1, 'void', 4_000, 0, 0, 0]]);
  const { text } = await read(made.players[1], made.ticketIds[1]);
  assert.match(text, /Votre ticket est d’après : il est annulé, votre mise revient\./);
});

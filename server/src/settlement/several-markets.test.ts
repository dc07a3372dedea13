/** One result decides every market of a bout, through HTTP: the whole matrix, the whistle, and the homologation. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { enteredEndings, hasWinner } from '#core/bout.ts';
import type { Question } from '#core/question.ts';
import { closePastHardStops } from '../bouts/close-market.ts';
import { command, place, whistle } from '../testing/bets.ts';
import { type House, openHouse } from '../testing/house.ts';
import {
  assertRefused,
  balancesOf,
  close,
  confirmResult,
  decide,
  duel,
  heldXof,
  proposeCorrection,
  proposeResult,
  settle,
} from '../testing/results.ts';
import {
  type SeededMarket,
  type SeededPlayer,
  type SeededStaff,
  seedMarkets,
  seedPlayers,
  seedQuestion,
  seedStaff,
} from '../testing/seed.ts';
import { unlimitedRates } from '../testing/seed-settings.ts';
import { sealMarket } from './seal-market.ts';

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

const OVER_600: Question = { kind: 'over_under', lineSeconds: 600 };
const FALL: Question = { kind: 'method', group: 'fall' };

interface Bout extends SeededMarket {
  readonly overUnder: number;
  readonly method: number;
  readonly players: readonly [SeededPlayer, SeededPlayer];
}

/** A bout that asks three questions, with a duel of 10 000 F each on every one. */
async function bout(): Promise<Bout> {
  const [market] = await seedMarkets(house.owner, { count: 1 });
  const [a, b] = await seedPlayers(house.owner, { count: 2, availableXof: 100_000 });
  assert(market !== undefined && a !== undefined && b !== undefined);
  const overUnder = await seedQuestion(house.owner, market.boutId, OVER_600);
  const method = await seedQuestion(house.owner, market.boutId, FALL);
  for (const marketId of [market.marketId, overUnder, method]) await duel(house, marketId, [a, b]);
  return { ...market, overUnder, method, players: [a, b] };
}

const marketsOf = ({ marketId, overUnder, method }: Bout) => [marketId, overUnder, method] as const;

async function closed(): Promise<Bout> {
  const made = await bout();
  await close(house, staff[0], marketsOf(made));
  return made;
}

const statesOf = async (boutId: number) =>
  (
    await house.owner.query<{ state: string; closed: string | null; cause: string | null }>(
      'SELECT state, closed_at::text AS closed, close_cause AS cause FROM market WHERE bout_id = $1 ORDER BY id',
      [boutId],
    )
  ).map(({ state, closed, cause }) => ({ state, closed, cause }));

/** What A and B gain or lose on a duel of 10 000 F each, by how it ends. */
const gains = { A: [5_200, -10_000], B: [-10_000, 5_200], void: [0, 0] } as const;

for (const ending of enteredEndings) {
  test(`${ending} decides the three markets of its bout, past the line and on it`, async () => {
    const isFought = !['forfeit', 'opponent_replaced', 'cancelled'].includes(ending);
    const isFall = ending === 'fall' || ending === 'four_supports';
    for (const wrestledSeconds of [601, 600]) {
      const made = await closed();
      const verdict = {
        ending,
        wrestledSeconds,
        ...(hasWinner(ending) && { winnerSide: 'B' as const }),
      };
      const winner = hasWinner(ending) ? 'B' : 'void';
      const isOver = wrestledSeconds > 600;
      const decidesTime = hasWinner(ending) || ending === 'draw';
      const overUnder = !isFought ? 'void' : isOver ? 'A' : decidesTime ? 'B' : 'void';
      const method = !hasWinner(ending) ? 'void' : isFall ? 'A' : 'B';

      const confirmed = await decide(house, staff, made.boutId, verdict);
      assert.deepEqual(
        confirmed.body.settlements.map(({ marketId, outcome }: { marketId: number; outcome: string }) => [
          marketId,
          outcome,
        ]),
        [
          [made.marketId, winner],
          [made.overUnder, overUnder],
          [made.method, method],
        ],
      );
      for (const marketId of marketsOf(made)) await settle(house, marketId);
      const expected = [0, 1].map(
        (side) =>
          100_000 +
          [winner, overUnder, method].reduce(
            (sum, outcome) => sum + (gains[outcome as keyof typeof gains][side] ?? 0),
            0,
          ),
      );
      assert.deepEqual(await balancesOf(house, made.players), expected);
      for (const marketId of marketsOf(made)) {
        assert.equal(await heldXof(house, 'market_escrow', String(marketId)), 0);
      }
    }
  });
}

test('a time that an over/under market needs is asked for, unless that market is annulled', async () => {
  const made = await closed();
  const draw = { ending: 'draw' };
  assertRefused(await proposeResult(house, staff[0], made.boutId, draw), 422, 'wrestled_time_missing');
  const confirmed = await decide(house, staff, made.boutId, {
    ending: 'draw',
    voidMarketIds: [made.overUnder],
  });
  assert.deepEqual(
    confirmed.body.settlements.map(({ outcome }: { outcome: string }) => outcome),
    ['void', 'void', 'void'],
  );
  // No verdict needs none: unknown is not past the line.
  const other = await closed();
  const noVerdict = await decide(house, staff, other.boutId, { ending: 'no_verdict' });
  assert.equal(noVerdict.status, 200);
});

test('a wrong card is annulled with the result; the other markets are decided', async () => {
  const made = await closed();
  const stranger = await closed();
  const fall = { ending: 'fall', winnerSide: 'A', wrestledSeconds: 90 } as const;
  for (const voidMarketIds of [[stranger.method], [999_999]]) {
    const answer = await proposeResult(house, staff[0], made.boutId, { ...fall, voidMarketIds });
    assertRefused(answer, 400, 'request_invalid');
  }
  await decide(house, staff, made.boutId, { ...fall, voidMarketIds: [made.marketId, made.marketId] });
  for (const marketId of marketsOf(made)) await settle(house, marketId);
  // Winner annulled; under wins for B; by a fall wins for A.
  assert.deepEqual(await balancesOf(house, made.players), [95_200, 95_200]);
});

test('the whistle of one market is that of all: one instant, and a draft can never be opened after it', async () => {
  const made = await bout();
  const ko: Question = { kind: 'method', group: 'ko' };
  const draft = await seedQuestion(house.owner, made.boutId, ko, { state: 'draft' });
  assert.equal((await command(house, staff[0], `/markets/${made.overUnder}/suspend`)).status, 200);
  const presses = await Promise.all(
    [...marketsOf(made), draft].map((marketId, index) => whistle(house, staff[index % 2 ? 1 : 0], marketId)),
  );
  assert.deepEqual(new Set(presses.map(({ status }) => status)), new Set([200]));
  assert.equal(new Set(presses.map(({ body }) => body.at)).size, 1);
  const states = await statesOf(made.boutId);
  assert.deepEqual(
    states.map(({ state, cause }) => [state, cause]),
    [...Array(3).fill(['closed', 'whistle']), ['draft', null]],
  );
  assert.equal(new Set(states.slice(0, 3).map(({ closed }) => closed)).size, 1);
  assertRefused(await command(house, staff[0], `/markets/${draft}/open`), 409, 'bout_state_forbids');
  const late = await place(house, made.players[0], made.method, { side: 'A', stakeXof: 1_000 });
  assertRefused(late, 409, 'market_closed');
  // Each market has its own root; the result waits for all of them.
  await sealMarket(house.db, made.marketId);
  const verdict = { ending: 'draw', wrestledSeconds: 1_200 };
  assertRefused(await proposeResult(house, staff[0], made.boutId, verdict), 409, 'root_not_published');
  for (const marketId of [made.overUnder, made.method]) await sealMarket(house.db, marketId);
  assert.equal(
    (await decide(house, staff, made.boutId, { ending: 'draw', wrestledSeconds: 1_200 })).status,
    200,
  );
  for (const marketId of marketsOf(made)) await settle(house, marketId);
  assert.equal((await statesOf(made.boutId))[3]?.state, 'draft');
});

test('opening a draft against the whistle: either it was open and is closed, or it stays a draft', async () => {
  for (let round = 0; round < 10; round++) {
    const [market] = await seedMarkets(house.owner, { count: 1 });
    assert(market !== undefined);
    const draft = await seedQuestion(house.owner, market.boutId, FALL, { state: 'draft' });
    const [opened] = await Promise.all([
      command(house, staff[0], `/markets/${draft}/open`),
      whistle(house, staff[1], market.marketId),
    ]);
    const [, second] = await statesOf(market.boutId);
    assert.equal(second?.state, opened.status === 200 ? 'closed' : 'draft');
  }
});

test('a bout with drafts only has nothing to whistle', async () => {
  const [market] = await seedMarkets(house.owner, { count: 1, state: 'draft' });
  assert(market !== undefined);
  assertRefused(await whistle(house, staff[0], market.marketId), 409, 'market_state_forbids');
  assertRefused(await whistle(house, staff[0], 999_999), 404, 'not_found');
});

test('the hard stop is the bout’s: moved for all, and past for all', async () => {
  const made = await bout();
  const hardStopAt = new Date(Date.now() + 7_200_000).toISOString();
  assert.equal(
    (await command(house, staff[0], `/markets/${made.method}/hard-stop`, { hardStopAt })).status,
    200,
  );
  const stops = await house.owner.query('SELECT DISTINCT hard_stop_at FROM market WHERE bout_id = $1', [
    made.boutId,
  ]);
  assert.equal(stops.length, 1);
  await house.owner.query(
    `UPDATE market SET hard_stop_at = clock_timestamp() - interval '1 second' WHERE bout_id = $1`,
    [made.boutId],
  );
  const closers = await Promise.all([closePastHardStops(house), closePastHardStops(house)]);
  assert.deepEqual(
    closers.flat().filter((boutId) => boutId === made.boutId),
    [made.boutId],
  );
  const states = await statesOf(made.boutId);
  assert.deepEqual(
    new Set(states.map(({ state, cause }) => `${state} ${cause}`)),
    new Set(['closed hard_stop']),
  );
  assert.equal(new Set(states.map(({ closed }) => closed)).size, 1);
});

/** A bout with a market that is paid at once and one that waits for the homologation. */
async function held(): Promise<Bout & { readonly held: number }> {
  const made = await bout();
  const waiting = await seedQuestion(
    house.owner,
    made.boutId,
    { kind: 'method', group: 'ko' },
    { payoutPolicy: 'homologation' },
  );
  await duel(house, waiting, made.players);
  await close(house, staff[0], [...marketsOf(made), waiting]);
  return { ...made, held: waiting };
}

const ko = { ending: 'ko', winnerSide: 'A', wrestledSeconds: 600 } as const;
const homologate = (who: SeededStaff, boutId: number, source = 'Communiqué de la FSL') =>
  command(house, who, `/bouts/${boutId}/homologation`, { source });

test('a market that waits for the homologation is paid when two people homologate', async () => {
  const made = await held();
  assertRefused(await homologate(staff[0], made.boutId), 409, 'homologation_not_expected');
  const confirmed = await decide(house, staff, made.boutId, ko);
  assert.deepEqual(
    confirmed.body.settlements.map(({ marketId }: { marketId: number }) => marketId),
    marketsOf(made),
  );
  for (const marketId of [...marketsOf(made), made.held]) await settle(house, marketId);
  assert.equal(await heldXof(house, 'market_escrow', String(made.held)), 20_000);
  assert.equal((await statesOf(made.boutId))[3]?.state, 'closed');

  const { homologationId } = (await homologate(staff[0], made.boutId)).body;
  assertRefused(await homologate(staff[1], made.boutId), 409, 'homologation_already_proposed');
  const confirm = (who: SeededStaff, id: string) =>
    command(house, who, `/bouts/${made.boutId}/homologation/confirm`, { homologationId: id });
  const withdraw = (id: string) =>
    command(house, staff[1], `/bouts/${made.boutId}/homologation/withdraw`, { homologationId: id });
  assertRefused(await confirm(staff[0], homologationId), 403, 'same_person');
  assertRefused(await confirm(staff[1], randomUUID()), 409, 'homologation_absent');
  assert.equal((await withdraw(homologationId)).status, 200);
  assertRefused(await confirm(staff[1], homologationId), 409, 'homologation_absent');
  assertRefused(await withdraw(homologationId), 409, 'homologation_absent');

  const second = (await homologate(staff[1], made.boutId)).body.homologationId;
  const answers = await Promise.all(Array.from({ length: 5 }, () => confirm(staff[0], second)));
  assert.equal(answers.filter(({ status }) => status === 200).length, 1);
  await settle(house, made.held);
  await settle(house, made.held);
  // Winner, method "ko" for A; under for B; method "fall": no.
  assert.deepEqual(await balancesOf(house, made.players), [90_400, 90_400]);
  assert.equal(await heldXof(house, 'market_escrow', String(made.held)), 0);
});

test('a corrected result pays what waited: it is the one that stands', async () => {
  const made = await held();
  await decide(house, staff, made.boutId, ko);
  const proposed = await proposeCorrection(house, staff[0], made.boutId, { ...ko, winnerSide: 'B' });
  assertRefused(
    await confirmResult(house, staff[1], made.boutId, proposed.body.resultId),
    409,
    'settlement_running',
  );
  for (const marketId of marketsOf(made)) await settle(house, marketId);
  const confirmed = await confirmResult(house, staff[1], made.boutId, proposed.body.resultId);
  assert.equal(confirmed.status, 200);
  assert.deepEqual(
    confirmed.body.settlements.map(({ correction }: { correction: string | null }) => correction),
    ['computing', null, null, null],
  );
  for (const marketId of [...marketsOf(made), made.held]) await settle(house, marketId);
  assertRefused(await homologate(staff[0], made.boutId), 409, 'homologation_not_expected');
  // Winner is B now; B under; B "not by a fall"; A "by KO".
  assert.deepEqual(await balancesOf(house, made.players), [75_200, 105_600]);
});

test('a bout that did not take place has nothing to homologate: every stake goes back at once', async () => {
  const made = await held();
  const confirmed = await decide(house, staff, made.boutId, { ending: 'cancelled' });
  assert.equal(confirmed.body.settlements.length, 4);
  for (const marketId of [...marketsOf(made), made.held]) await settle(house, marketId);
  assert.deepEqual(await balancesOf(house, made.players), [100_000, 100_000]);
});

test('the operator chooses the policy as he opens, and the card says it', async () => {
  const [market] = await seedMarkets(house.owner, { count: 1, state: 'draft' });
  assert(market !== undefined);
  const open = (payoutPolicy: string) =>
    command(house, staff[0], `/markets/${market.marketId}/open`, { payoutPolicy });
  assertRefused(await open('later'), 400, 'request_invalid');
  assert.equal((await open('homologation')).status, 200);
  const shown = (await house.get(`/bouts/${market.boutId}`)).body.market;
  assert.deepEqual([shown.payoutPolicy, shown.ruleCard.payoutPolicy], ['homologation', 'homologation']);
  assert.match(shown.ruleCard.texts.fr.wins.join(' '), /homologué/);
});

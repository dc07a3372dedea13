/** A pool whose result was wrong, through HTTP: the difference is paid once, and what cannot be taken back is the house's. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { availableXof, command, place } from '../testing/bets.ts';
import { type House, openHouse } from '../testing/house.ts';
import { buy, openTestPool } from '../testing/pools.ts';
import { close, correct, decide, heldXof, settle as settleBout, type Verdict } from '../testing/results.ts';
import {
  type SeededMarket,
  type SeededPlayer,
  type SeededStaff,
  seedMarkets,
  seedPlayers,
  seedStaff,
} from '../testing/seed.ts';
import { unlimitedRates } from '../testing/seed-settings.ts';
import { correctPool } from './correct-pool.ts';
import { findPoolsToSettle, settlePool } from './settle-pool.ts';

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

interface Table {
  readonly poolId: number;
  readonly bouts: readonly SeededMarket[];
  readonly players: readonly SeededPlayer[];
}

const wonBy = (winnerSide: 'A' | 'B') => ({ ending: 'fall', winnerSide }) as const;
const settle = (poolId: number) => settlePool({ db: house.db, jobs: house.jobs }, poolId);

/** A pool on the winners of some bouts, a ticket for each player, decided and paid. */
async function paid(
  tickets: readonly (readonly [picks: string, stakeXof: number])[],
  verdicts: readonly Verdict[] = [wonBy('A')],
): Promise<Table> {
  const bouts = await seedMarkets(house.owner, { count: verdicts.length });
  const legs = bouts.map(({ boutId }) => ({ boutId }));
  const poolId = await openTestPool(house, staff[0].cookie, bouts[0]?.galaId ?? 0, legs);
  const players = await seedPlayers(house.owner, { count: tickets.length, availableXof: 500_000 });
  for (const [index, [picks, stakeXof]] of tickets.entries()) {
    const player = players[index];
    assert(player !== undefined);
    const bought = await buy(house, player, poolId, picks.split('-'), stakeXof);
    assert.equal(bought.status, 201, JSON.stringify(bought.body));
  }
  for (const [index, verdict] of verdicts.entries()) {
    const bout = bouts[index];
    assert(bout !== undefined);
    await close(house, staff[0], [bout.marketId]);
    assert.equal((await decide(house, staff, bout.boutId, verdict)).status, 200);
    await settleBout(house, bout.marketId);
  }
  await settle(poolId);
  return { poolId, bouts, players };
}

async function corrected({ poolId, bouts }: Table, verdict: Verdict, leg = 0): Promise<void> {
  const bout = bouts[leg];
  assert(bout !== undefined);
  const answer = await correct(house, staff, bout.boutId, verdict);
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  await settleBout(house, bout.marketId);
  await settle(poolId);
  const faults = await house.owner.query('SELECT * FROM find_pool_faults()');
  assert.deepEqual(faults, []);
}

async function gains({ players }: Table): Promise<number[]> {
  const balances = await Promise.all(players.map((player) => availableXof(house, player)));
  return balances.map((balance) => balance - 500_000);
}

const kinds = ['commission', 'tax_payable', 'pool_remainder', 'house_loss'] as const;

async function changes(work: () => Promise<void>): Promise<number[]> {
  const held = () => Promise.all(kinds.map((kind) => heldXof(house, kind)));
  const before = await held();
  await work();
  return (await held()).map((amount, index) => amount - (before[index] ?? 0));
}

/** 10 000 F: 7 000 on A, 3 000 on B. A right: 1 285, 1 285 and 6 428 before tax, 2 left; B right: 9 000. */
const TICKETS = [
  ['A', 1_000],
  ['A', 1_000],
  ['A', 5_000],
  ['B', 3_000],
] as const;

test('the other side was right: each gives back or gets the difference, the floors’ francs too', async () => {
  const made = await paid(TICKETS);
  assert.deepEqual(await gains(made), [28, 28, 143, -3_000]);
  const change = await changes(() => corrected(made, wonBy('B')));
  assert.deepEqual(await gains(made), [-1_000, -1_000, -5_000, 9_000 - 1_800 - 3_000]);
  assert.deepEqual(change, [0, 1_800 - 257 - 257 - 1_285, -2, 0]);
  const { body } = await house.get(`/pools/${made.poolId}/settlement`);
  assert.deepEqual(
    [body.version, body.outcomes, body.state, body.remainderXof],
    [2, ['B'], 'done', 0],
    JSON.stringify(body),
  );
});

test('what is not available any more is the house’s loss, and comes back first', async () => {
  const made = await paid(TICKETS);
  const [, , third] = made.players;
  const [other] = await seedMarkets(house.owner, { count: 1 });
  assert(third !== undefined && other !== undefined);
  // All but 143 F of his are in another bet: of 5 143 F received only those can be taken back.
  assert.equal((await place(house, third, other.marketId, { side: 'A', stakeXof: 500_000 })).status, 201);
  const lost = await changes(() => corrected(made, wonBy('B')));
  assert.deepEqual(await gains(made), [-1_000, -1_000, -500_000, 4_200]);
  assert.deepEqual(lost, [0, 1, -2, -5_000]);
  // A draw gives every stake back. He has kept 5 000 F of what he received: nothing is due to him.
  const back = await changes(() => corrected(made, { ending: 'draw' }));
  assert.deepEqual(await gains(made), [0, 0, -500_000, 0]);
  assert.deepEqual(back, [-1_000, -1_800, 0, 5_000]);
});

test('a leg of several is corrected; another result of the same outcome changes nothing', async () => {
  const made = await paid(
    [
      ['A-A', 2_000],
      ['A-B', 2_000],
      ['B-A', 2_000],
    ],
    [wonBy('A'), wonBy('A')],
  );
  const won = 5_400 - 1_080 - 2_000;
  assert.deepEqual(await gains(made), [won, -2_000, -2_000]);
  await corrected(made, { ending: 'ko', winnerSide: 'A' }, 1);
  assert.equal((await house.get(`/pools/${made.poolId}/settlement`)).body.version, 1);
  await corrected(made, wonBy('B'), 1);
  assert.deepEqual(await gains(made), [-2_000, won, -2_000]);
  await corrected(made, { ending: 'no_verdict' }, 0);
  // The first leg counts as right for all; of the second B: one ticket.
  assert.deepEqual(await gains(made), [-2_000, won, -2_000]);
  await corrected(made, { ending: 'no_verdict' }, 1);
  assert.deepEqual(await gains(made), [0, 0, 0]);
});

test('killed between any two steps it goes on where it was; each version keeps its file', async () => {
  const made = await paid(TICKETS);
  const [bout] = made.bouts;
  const proposed = await correct(house, staff, bout?.boutId ?? 0, wonBy('B'));
  assert.equal(proposed.status, 200);
  // A database that refuses after so many transactions: what a kill leaves.
  for (let steps = 1; ; steps++) {
    let left = steps;
    const killed = correctPool(
      {
        ...house.db,
        transaction: (work) => {
          left -= 1;
          if (left < 0) throw new Error('killed');
          return house.db.transaction(work);
        },
      },
      made.poolId,
    );
    const isDone = await killed.then(
      () => true,
      () => false,
    );
    assert.deepEqual(await house.owner.query('SELECT * FROM find_pool_faults()'), [], `after ${steps}`);
    if (isDone) break;
    assert.ok((await findPoolsToSettle(house.db)).includes(made.poolId), `after ${steps}`);
  }
  await settle(made.poolId);
  assert.deepEqual(await gains(made), [-1_000, -1_000, -5_000, 4_200]);
  const files = await house.owner.query<{ version: number; paid: string }>(
    `SELECT version, (body::json -> 'tickets' -> 3 ->> 4) AS paid FROM pool_file WHERE pool_id = $1 ORDER BY version`,
    [made.poolId],
  );
  assert.deepEqual(files, [
    { version: 1, paid: '0' },
    { version: 2, paid: '7200' },
  ]);
  assert.equal(
    (await command(house, staff[0], `/bouts/${bout?.boutId}/result`, { ...wonBy('A'), source: 'Feuille' }))
      .status,
    409,
  );
});

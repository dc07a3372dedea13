/** Corrections through HTTP: the difference is paid once, nobody owes, and what cannot be taken back is the house's. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { Question } from '#core/question.ts';
import { type House, openHouse } from '../testing/house.ts';
import {
  assertRefused,
  balancesOf,
  close,
  confirmResult,
  correct,
  decide,
  duel,
  heldXof,
  proposeCorrection,
  settle,
} from '../testing/results.ts';
import {
  deposit,
  type SeededPlayer,
  type SeededStaff,
  seedMarkets,
  seedPlayers,
  seedQuestion,
  seedStaff,
} from '../testing/seed.ts';
import { unlimitedRates } from '../testing/seed-settings.ts';
import { findUnfinishedMarkets, settleMarket } from './settle-market.ts';

let house: House;
let staff: readonly [SeededStaff, SeededStaff];
let finance: readonly [SeededStaff, SeededStaff];

before(async () => {
  house = await openHouse({ settings: unlimitedRates });
  staff = (await seedStaff(house.owner, 2)) as [SeededStaff, SeededStaff];
  finance = (await seedStaff(house.owner, 2, 'finance')) as [SeededStaff, SeededStaff];
});
after(async () => {
  await house.assertSound();
  await house.close();
});

interface Paid {
  readonly boutId: number;
  readonly marketId: number;
  readonly players: readonly [SeededPlayer, SeededPlayer];
  readonly betId: string;
}

const wonBy = (winnerSide: 'A' | 'B') => ({ ending: 'fall', winnerSide }) as const;
const DRAW = { ending: 'draw' } as const;

/** A bout that A has won, 10 000 against 10 000, paid: A has 15 200, B nothing. */
async function paid(): Promise<Paid> {
  const [market] = await seedMarkets(house.owner, { count: 1 });
  const [a, b] = await seedPlayers(house.owner, { count: 2, availableXof: 10_000 });
  assert(market !== undefined && a !== undefined && b !== undefined);
  const { betId } = await duel(house, market.marketId, [a, b]);
  await close(house, staff[0], [market.marketId]);
  await decide(house, staff, market.boutId, wonBy('A'));
  await settle(house, market.marketId);
  return { ...market, players: [a, b], betId };
}

async function corrected(made: Paid, verdict: Parameters<typeof correct>[3]): Promise<void> {
  const answer = await correct(house, staff, made.boutId, verdict);
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  await settle(house, made.marketId);
}

/** Takes it out of the wallet: the withdrawal stays with its provider. */
async function withdraw(player: SeededPlayer, amountXof: number): Promise<void> {
  const answer = await house.post('/withdrawals', player.cookie, {
    operationId: randomUUID(),
    provider: 'internal',
    amountXof,
  });
  assert.equal(answer.status, 202, JSON.stringify(answer.body));
}

/** What the house has: commission, tax to pay, claim, loss (a debit, so negative). */
const houseXof = async () => ({
  commission: await heldXof(house, 'commission'),
  tax: await heldXof(house, 'tax_payable'),
  claim: await heldXof(house, 'tax_claim'),
  loss: await heldXof(house, 'house_loss'),
});

async function changes(work: () => Promise<void>): Promise<Awaited<ReturnType<typeof houseXof>>> {
  const before = await houseXof();
  await work();
  const now = await houseXof();
  return {
    commission: now.commission - before.commission,
    tax: now.tax - before.tax,
    claim: now.claim - before.claim,
    loss: now.loss - before.loss,
  };
}

test('10 000 each, 15 200 withdrawn, corrected to a draw: the house loses 5 200, the other gets his 10 000', async () => {
  const made = await paid();
  await withdraw(made.players[0], 15_200);
  const change = await changes(() => corrected(made, DRAW));
  assert.deepEqual(await balancesOf(house, made.players), [0, 10_000]);
  assert.deepEqual(change, { commission: -1_000, tax: -3_800, claim: 0, loss: -5_200 });
  assert.equal(await heldXof(house, 'market_escrow', String(made.marketId)), 0);
});

test('a winner who has his winnings gives them back; the true winner gets all of his', async () => {
  const made = await paid();
  const change = await changes(() => corrected(made, wonBy('B')));
  assert.deepEqual(await balancesOf(house, made.players), [0, 15_200]);
  assert.deepEqual(change, { commission: 0, tax: 0, claim: 0, loss: 0 });
  const bet = (await house.get(`/bets/${made.betId}`, made.players[1].cookie)).body;
  assert.deepEqual([bet.state, bet.payoutXof], ['won', 15_200]);
});

test('only what is available is taken: what is held in other bets and withdrawals stays his', async () => {
  const made = await paid();
  const [next] = await seedMarkets(house.owner, { count: 1 });
  assert(next !== undefined);
  await house.post(`/markets/${next.marketId}/offers`, made.players[0].cookie, {
    operationId: randomUUID(),
    side: 'A',
    stakeXof: 9_000,
    askXof: 9_000,
  });
  await withdraw(made.players[0], 2_000);
  const change = await changes(() => corrected(made, wonBy('B')));
  assert.deepEqual(await balancesOf(house, made.players), [0, 15_200]);
  assert.deepEqual(change, { commission: 0, tax: 0, claim: 0, loss: -11_000 });
});

test('a correction of a correction gives the loss back before anybody is paid again', async () => {
  const made = await paid();
  await withdraw(made.players[0], 15_200);
  await corrected(made, DRAW);
  // The first was right after all: A has kept his 15 200, so nothing is due to him, and B's stake is taken back.
  const back = await changes(() => corrected(made, wonBy('A')));
  assert.deepEqual(await balancesOf(house, made.players), [0, 0]);
  assert.deepEqual(back, { commission: 1_000, tax: 3_800, claim: 0, loss: 5_200 });
  // And now B: what A holds is a loss, 15 200 of it.
  await deposit(house.owner, [made.players[0].accountId], 3_000);
  const swapped = await changes(() => corrected(made, wonBy('B')));
  assert.deepEqual(await balancesOf(house, made.players), [0, 15_200]);
  assert.deepEqual(swapped, { commission: 0, tax: 0, claim: 0, loss: -12_200 });
  // A void gives him his stake: 12 200 received in all, 10 000 due.
  const void_ = await changes(() => corrected(made, { ending: 'no_verdict' }));
  assert.deepEqual(await balancesOf(house, made.players), [0, 10_000]);
  assert.deepEqual(void_, { commission: -1_000, tax: -3_800, claim: 0, loss: 10_000 });
});

test('tax of a month that was paid over is a claim, which a later version takes back first', async () => {
  const made = await paid();
  const id = randomUUID();
  await house.owner.query(
    `INSERT INTO tax_remittance (id, month, amount_xof, reference, paid_on, report, report_hash, proposed_by,
       decision, decided_by, decided_at, advance_xof)
     SELECT $1, m, 3800, 'DGID', (m + interval '1 month')::date, 'x', sha256('x'), $2, 'confirmed', $3, clock_timestamp(), 0
     FROM (SELECT date_trunc('month', clock_timestamp())::date AS m) m`,
    [id, finance[0].staffId, finance[1].staffId],
  );
  try {
    const first = await changes(() => corrected(made, DRAW));
    assert.deepEqual(first, { commission: -1_000, tax: 0, claim: -3_800, loss: 0 });
    const second = await changes(() => corrected(made, wonBy('B')));
    assert.deepEqual(second, { commission: 1_000, tax: 0, claim: 3_800, loss: 0 });
  } finally {
    await house.owner.query('DELETE FROM tax_remittance WHERE id = $1', [id]);
  }
});

test('same winner, other method or other time: only those markets are corrected', async () => {
  const [market] = await seedMarkets(house.owner, { count: 1 });
  const players = (await seedPlayers(house.owner, { count: 2, availableXof: 50_000 })) as [
    SeededPlayer,
    SeededPlayer,
  ];
  assert(market !== undefined);
  const overUnder: Question = { kind: 'over_under', lineSeconds: 600 };
  const time = await seedQuestion(house.owner, market.boutId, overUnder);
  const fall = await seedQuestion(house.owner, market.boutId, { kind: 'method', group: 'fall' });
  const all = [market.marketId, time, fall] as const;
  for (const marketId of all) await duel(house, marketId, players);
  await close(house, staff[0], all);
  await decide(house, staff, market.boutId, { ...wonBy('A'), wrestledSeconds: 601 });
  for (const marketId of all) await settle(house, marketId);
  assert.deepEqual(await balancesOf(house, players), [65_600, 20_000]);

  const versions = async (answer: {
    body: { settlements: { correction: string | null; state: string }[] };
  }) => {
    for (const marketId of all) await settle(house, marketId);
    return answer.body.settlements.map(({ correction, state }) => `${correction} ${state}`);
  };
  const byTime = await correct(house, staff, market.boutId, { ...wonBy('A'), wrestledSeconds: 600 });
  assert.deepEqual(await versions(byTime), ['null done', 'computing paying', 'null done']);
  assert.deepEqual(await balancesOf(house, players), [50_400, 35_200]);
  const byMethod = await correct(house, staff, market.boutId, {
    ending: 'warnings',
    winnerSide: 'A',
    wrestledSeconds: 600,
  });
  assert.deepEqual(await versions(byMethod), ['null done', 'null done', 'computing paying']);
  assert.deepEqual(await balancesOf(house, players), [35_200, 50_400]);
  // A wrong card, seen late: the market is annulled by a correction.
  const annulled = await correct(house, staff, market.boutId, {
    ending: 'warnings',
    winnerSide: 'A',
    wrestledSeconds: 600,
    voidMarketIds: [time],
  });
  assert.deepEqual(await versions(annulled), ['null done', 'computing paying', 'null done']);
  assert.deepEqual(await balancesOf(house, players), [45_200, 45_200]);
});

test('a correction takes two people, a reason, and the end of the payments before it', async () => {
  const made = await paid();
  const proposed = await proposeCorrection(house, staff[0], made.boutId, DRAW);
  const { resultId } = proposed.body;
  assertRefused(await proposeCorrection(house, staff[1], made.boutId, DRAW), 409, 'result_already_proposed');
  assertRefused(
    await proposeCorrection(house, staff[0], made.boutId, { ...DRAW, reason: '' }),
    400,
    'request_invalid',
  );
  assertRefused(
    await proposeCorrection(house, staff[0], made.boutId, { ending: 'ko' }),
    422,
    'winner_missing',
  );
  assertRefused(await confirmResult(house, staff[0], made.boutId, resultId), 403, 'same_person');
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => confirmResult(house, staff[1], made.boutId, resultId)),
  );
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409, 409, 409, 409]);
  // Proposed while it is being paid: that waits for its second person; confirmed, it has to wait.
  const next = await proposeCorrection(house, staff[1], made.boutId, wonBy('B'));
  const confirmNext = () => confirmResult(house, staff[0], made.boutId, next.body.resultId);
  assertRefused(await confirmNext(), 409, 'settlement_running');
  await settle(house, made.marketId);
  assert.equal((await confirmNext()).status, 200);
  await settle(house, made.marketId);
  assert.deepEqual(await balancesOf(house, made.players), [0, 15_200]);
});

test('nothing is corrected before there is a result', async () => {
  const [market] = await seedMarkets(house.owner, { count: 1 });
  assert(market !== undefined);
  assertRefused(await proposeCorrection(house, staff[0], market.boutId, DRAW), 409, 'bout_state_forbids');
  await close(house, staff[0], [market.marketId]);
  assertRefused(await proposeCorrection(house, staff[0], market.boutId, DRAW), 409, 'bout_state_forbids');
});

test('killed after any step, a correction goes on where it was, and the stakes are accounted for at each', async () => {
  const made = await paid();
  await withdraw(made.players[0], 15_000);
  await correct(house, staff, made.boutId, DRAW);
  const phases: string[] = [];
  const step = () =>
    settleMarket(
      {
        db: house.db,
        jobs: house.jobs,
        onProgress: () => {
          throw new Error('killed');
        },
      },
      made.marketId,
    );
  for (;;) {
    const shown = await house.get(`/staff/markets/${made.marketId}/settlement`, staff[0].cookie);
    phases.push(shown.body.correction);
    const faults = await house.owner.query('SELECT * FROM find_betting_faults()');
    assert.deepEqual(faults, [], phases.at(-1));
    if (shown.body.state === 'done') break;
    assert.ok((await findUnfinishedMarkets(house.db)).toSettle.includes(made.marketId));
    await assert.rejects(step(), /killed/);
  }
  assert.deepEqual([...new Set(phases)], ['computing', 'collecting', 'house', 'paying', 'done']);
  assert.deepEqual(await balancesOf(house, made.players), [0, 10_000]);
  await settle(house, made.marketId);
  assert.deepEqual(await balancesOf(house, made.players), [0, 10_000]);
});

test('many players in many duels: workers at once correct it once, to the franc', async () => {
  const [market] = await seedMarkets(house.owner, { count: 1 });
  const players = await seedPlayers(house.owner, { count: 40, availableXof: 100_000 });
  assert(market !== undefined);
  for (const [index, player] of players.entries()) {
    const other = players[(index + 7) % players.length];
    assert(other !== undefined);
    await duel(house, market.marketId, [player, other], 1_000 + index * 100);
  }
  await close(house, staff[0], [market.marketId]);
  const before = await balancesOf(house, players);
  await decide(house, staff, market.boutId, wonBy('A'));
  await settle(house, market.marketId);
  const paidOut = await balancesOf(house, players);
  await correct(house, staff, market.boutId, DRAW);
  await Promise.all(Array.from({ length: 4 }, () => settle(house, market.marketId)));
  assert.deepEqual(await balancesOf(house, players), Array(40).fill(100_000));
  await correct(house, staff, market.boutId, wonBy('A'));
  await Promise.all(Array.from({ length: 4 }, () => settle(house, market.marketId)));
  assert.deepEqual(await balancesOf(house, players), paidOut);
  assert.notDeepEqual(before, paidOut);
});

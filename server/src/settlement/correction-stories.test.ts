/** The stories of corrections in docs/settlement-rules.md, played over HTTP row by row. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { BoutEnding } from '#core/bout.ts';
import { type RuleRow, readRuleTable } from '#core/testing/rule-tables.ts';
import { place } from '../testing/bets.ts';
import { type House, openHouse } from '../testing/house.ts';
import {
  balancesOf,
  close,
  correct,
  decide,
  duel,
  heldXof,
  settle,
  type Verdict,
} from '../testing/results.ts';
import {
  deposit,
  type SeededPlayer,
  type SeededStaff,
  seedMarkets,
  seedPlayers,
  seedStaff,
} from '../testing/seed.ts';
import { unlimitedRates } from '../testing/seed-settings.ts';

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

/** What the house has of each; what is owed to it, and what it bears, grow by debits. */
const houseAccounts = {
  commission: ['commission', 1],
  'tax to pay': ['tax_payable', 1],
  'claim on the State': ['tax_claim', -1],
  'borne by the house': ['house_loss', -1],
} as const;

function heldByHouse(): Promise<number[]> {
  return Promise.all(
    Object.values(houseAccounts).map(async ([kind, sign]) => sign * (await heldXof(house, kind))),
  );
}

/** "fall A", "draw". */
function verdictOf(text: string): Verdict {
  const [ending = '', winnerSide] = text.split(' ');
  // The server refuses what is no ending.
  const verdict = { ending: ending as BoutEnding };
  return winnerSide === 'A' || winnerSide === 'B' ? { ...verdict, winnerSide } : verdict;
}

/** What happens between two results. */
async function happen(text: string, [a, b]: readonly [SeededPlayer, SeededPlayer]): Promise<void> {
  if (text === 'nothing') return;
  if (text === 'the tax is paid over') return payTaxOver();
  const [, who, what, amount = ''] =
    /^([AB]) (withdraws|deposits|stakes) ([\d ]+?)(?: elsewhere)?$/.exec(text) ?? [];
  const player = who === 'A' ? a : b;
  const amountXof = Number(amount.replaceAll(' ', ''));
  if (what === 'deposits') return deposit(house.owner, [player.accountId], amountXof);
  if (what === 'withdraws') {
    const order = { operationId: randomUUID(), provider: 'internal', amountXof };
    const answer = await house.post('/withdrawals', player.cookie, order);
    return assert.equal(answer.status, 202, JSON.stringify(answer.body));
  }
  assert.equal(what, 'stakes', `"${text}" is nothing that can happen`);
  const [other] = await seedMarkets(house.owner, { count: 1 });
  assert(other !== undefined);
  const placed = await place(house, player, other.marketId, { side: 'A', stakeXof: amountXof });
  assert.equal(placed.status, 201, JSON.stringify(placed.body));
}

/** As if this month were over and its tax at the State's. */
async function payTaxOver(): Promise<void> {
  await house.owner.query(
    `INSERT INTO tax_remittance (id, month, amount_xof, reference, paid_on, report, report_hash, proposed_by,
       decision, decided_by, decided_at, advance_xof)
     SELECT $1, m, 3800, 'DGID', (m + interval '1 month')::date, 'x', sha256('x'), $2, 'confirmed', $3, clock_timestamp(), 0
     FROM (SELECT date_trunc('month', clock_timestamp())::date AS m) m`,
    [randomUUID(), finance[0].staffId, finance[1].staffId],
  );
}

/** Two players who have staked all that they have against each other, and the bout is over. */
async function fought() {
  const [market] = await seedMarkets(house.owner, { count: 1 });
  const [a, b] = await seedPlayers(house.owner, { count: 2, availableXof: 10_000 });
  assert(market !== undefined && a !== undefined && b !== undefined);
  await duel(house, market.marketId, [a, b]);
  await close(house, staff[0], [market.marketId]);
  return { ...market, players: [a, b] as const };
}

async function playRow(made: Awaited<ReturnType<typeof fought>>, row: RuleRow, isFirst: boolean) {
  await happen(row.text('before it'), made.players);
  const before = await heldByHouse();
  const answer = await (isFirst ? decide : correct)(house, staff, made.boutId, verdictOf(row.text('result')));
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  await settle(house, made.marketId);
  const [a, b] = await balancesOf(house, made.players);
  const changes = (await heldByHouse()).map((held, index) => held - (before[index] ?? 0));
  const names = Object.keys(houseAccounts);
  const said = ['A holds', 'B holds', ...names];
  assert.deepEqual(
    Object.fromEntries(said.map((name) => [name, row.number(name)])),
    Object.fromEntries(said.map((name, index) => [name, [a, b, ...changes][index]])),
    `${row.text('story')}: ${row.text('before it')}, ${row.text('result')}`,
  );
  assert.equal(await heldXof(house, 'market_escrow', String(made.marketId)), 0);
}

const { rows } = readRuleTable('correction-stories');
for (const story of new Set(rows.map((row) => row.text('story')))) {
  test(`docs/settlement-rules.md, correction-stories: ${story}`, async () => {
    const made = await fought();
    const played = rows.filter((row) => row.text('story') === story);
    try {
      for (const [index, row] of played.entries()) await playRow(made, row, index === 0);
    } finally {
      await house.owner.query('DELETE FROM tax_remittance');
    }
  });
}

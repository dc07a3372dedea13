import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import * as ledger from './ledger.ts';
import { xof } from './money.ts';
import type { MarketOutcome } from './outcome.ts';
import { defaultRates } from './settings.ts';
import { payDuel } from './settlement.ts';

// Accounts by name; the ledger knows them by number.
const names = [
  'awa',
  'binta',
  'escrow',
  'commission',
  'tax',
  'clearing',
  'pending',
  'suspense',
  'fee',
  'transferTax',
  'treasury',
  'remainder',
  'bonus',
] as const;
type Name = (typeof names)[number];
const account = (name: Name): number => names.indexOf(name);

const awa = { player: account('awa'), bonus: null, escrow: account('escrow') };
const noBonus = { bonusXof: xof(0), returnedBonusXof: xof(0) };
const duelAccounts: Omit<Parameters<typeof ledger.duelSettled>[0], 'outcome' | 'payment'> = {
  escrow: account('escrow'),
  a: { player: account('awa'), bonus: null },
  b: { player: account('binta'), bonus: null },
  bonusAXof: xof(0),
  bonusBXof: xof(0),
  commission: account('commission'),
  taxPayable: account('tax'),
};

/** `debit → credit amount`, as a person writes it. */
function written(postings: readonly ledger.Posting[]): string[] {
  return postings.map(({ debit, credit, amountXof }) => `${names[debit]} → ${names[credit]} ${amountXof}`);
}

const equalDuel = { stakeAXof: xof(10_000), stakeBXof: xof(10_000) };
const awasBonus = {
  a: { player: account('awa'), bonus: account('bonus') },
  bonusAXof: xof(1_500),
};

function duelSettled(outcome: MarketOutcome, different: Partial<typeof duelAccounts> = {}): ledger.Posting[] {
  const payment = payDuel(equalDuel, outcome, defaultRates);
  return ledger.duelSettled({ ...duelAccounts, ...different, outcome, payment });
}

const ticketAccounts = {
  escrow: account('escrow'),
  player: account('awa'),
  bonus: account('bonus'),
  taxPayable: account('tax'),
  bonusXof: xof(300),
};
const poolAccounts = {
  escrow: account('escrow'),
  commission: account('commission'),
  remainder: account('remainder'),
};

for (const [event, postings, expected] of [
  [
    'a ticket is bought, bonus money first',
    ledger.ticketBought({ ...ticketAccounts, stakeXof: xof(1_000) }),
    ['awa → escrow 700', 'bonus → escrow 300'],
  ],
  [
    'a ticket is bought by who has no bonus money',
    ledger.ticketBought({ ...awa, stakeXof: xof(1_000), bonusXof: xof(0) }),
    ['awa → escrow 1000'],
  ],
  [
    'a ticket is paid: what is won is real money',
    ledger.ticketSettled({
      ...ticketAccounts,
      payment: { outcome: 'won', grossXof: xof(3_000), taxXof: xof(600), payoutXof: xof(2_400) },
    }),
    ['escrow → awa 2400', 'escrow → tax 600'],
  ],
  [
    'a ticket goes back: bonus money as such',
    ledger.ticketSettled({
      ...ticketAccounts,
      payment: { outcome: 'refunded', grossXof: xof(1_000), taxXof: xof(0), payoutXof: xof(1_000) },
    }),
    ['escrow → awa 700', 'escrow → bonus 300'],
  ],
  [
    'a ticket that lost moves nothing',
    ledger.ticketSettled({
      ...ticketAccounts,
      payment: { outcome: 'lost', grossXof: xof(0), taxXof: xof(0), payoutXof: xof(0) },
    }),
    [],
  ],
  [
    'a pool is settled',
    ledger.poolSettled({ ...poolAccounts, takeOutXof: xof(10_000), remainderXof: xof(2) }),
    ['escrow → commission 10000', 'escrow → remainder 2'],
  ],
  [
    'a pool whose floors left nothing',
    ledger.poolSettled({ ...poolAccounts, takeOutXof: xof(10_000), remainderXof: xof(0) }),
    ['escrow → commission 10000'],
  ],
  [
    'a deposit is credited',
    ledger.depositCredited({
      clearing: account('clearing'),
      player: account('awa'),
      amountXof: xof(5_000),
    }),
    ['clearing → awa 5000'],
  ],
  [
    'a deposit of who may not play goes back to its payer',
    ledger.depositReturned({
      clearing: account('clearing'),
      pending: account('pending'),
      amountXof: xof(5_000),
    }),
    ['clearing → pending 5000'],
  ],
  [
    'money that is nobody’s yet waits in suspense',
    ledger.paymentSuspended({
      clearing: account('clearing'),
      suspense: account('suspense'),
      amountXof: xof(5_000),
    }),
    ['clearing → suspense 5000'],
  ],
  [
    'a movement that nobody asked for goes to suspense with its sign: money in',
    ledger.movementSuspended({
      clearing: account('clearing'),
      suspense: account('suspense'),
      amountXof: 7_000,
    }),
    ['clearing → suspense 7000'],
  ],
  [
    'and money out',
    ledger.movementSuspended({
      clearing: account('clearing'),
      suspense: account('suspense'),
      amountXof: -7_000,
    }),
    ['suspense → clearing 7000'],
  ],
  [
    'two people found whose it is',
    ledger.suspenseCredited({ suspense: account('suspense'), player: account('awa'), amountXof: xof(5_000) }),
    ['suspense → awa 5000'],
  ],
  [
    'or where it belongs',
    ledger.suspenseSettled({ from: account('suspense'), to: account('treasury'), amountXof: 5_000 }),
    ['suspense → treasury 5000'],
  ],
  [
    'or what it cost',
    ledger.suspenseSettled({ from: account('clearing'), to: account('commission'), amountXof: -500 }),
    ['commission → clearing 500'],
  ],
  [
    'what the provider and the State kept is booked by the statement',
    ledger.providerFeeBooked({
      clearing: account('clearing'),
      fee: account('fee'),
      transferTax: account('transferTax'),
      feeXof: xof(100),
      taxXof: xof(50),
    }),
    ['fee → clearing 100', 'transferTax → clearing 50'],
  ],
  [
    'and what they gave back',
    ledger.providerFeeReturned({
      clearing: account('clearing'),
      fee: account('fee'),
      transferTax: account('transferTax'),
      feeXof: xof(100),
      taxXof: xof(0),
    }),
    ['clearing → fee 100'],
  ],
  [
    'an offer holds its whole stake',
    ledger.offerPlaced({ ...awa, ...noBonus, stakeXof: xof(3_000), returnedXof: xof(0) }),
    ['awa → escrow 3000'],
  ],
  [
    'an offer with dust gives it straight back',
    ledger.offerPlaced({ ...awa, ...noBonus, stakeXof: xof(3_000), returnedXof: xof(500) }),
    ['awa → escrow 3000', 'escrow → awa 500'],
  ],
  [
    'an acceptance holds the taker’s stake and moves nothing of the maker’s',
    ledger.offerAccepted({ ...awa, ...noBonus, stakeXof: xof(2_000) }),
    ['awa → escrow 2000'],
  ],
  [
    'the open part of an offer goes back',
    ledger.offerReturned({ ...awa, ...noBonus, returnedXof: xof(1_500) }),
    ['escrow → awa 1500'],
  ],
  [
    'a duel won by side A',
    duelSettled('A'),
    ['escrow → awa 15200', 'escrow → commission 1000', 'escrow → tax 3800'],
  ],
  [
    'a duel won by side B',
    duelSettled('B'),
    ['escrow → binta 15200', 'escrow → commission 1000', 'escrow → tax 3800'],
  ],
  [
    'a void duel gives both stakes back, and no fee',
    duelSettled('void'),
    ['escrow → awa 10000', 'escrow → binta 10000'],
  ],
  [
    'bonus money is staked first, and dust of it comes back as such',
    ledger.offerPlaced({
      ...awa,
      bonus: account('bonus'),
      stakeXof: xof(3_000),
      returnedXof: xof(700),
      bonusXof: xof(800),
      returnedBonusXof: xof(200),
    }),
    ['awa → escrow 2000', 'bonus → escrow 1000', 'escrow → awa 500', 'escrow → bonus 200'],
  ],
  [
    'a stake that is all bonus money takes nothing else',
    ledger.offerAccepted({ ...awa, bonus: account('bonus'), stakeXof: xof(2_000), bonusXof: xof(2_000) }),
    ['bonus → escrow 2000'],
  ],
  [
    'a void gives each part back to where it came from',
    duelSettled('void', awasBonus),
    ['escrow → awa 8500', 'escrow → bonus 1500', 'escrow → binta 10000'],
  ],
  [
    'what is won is real money, whatever it was staked with',
    duelSettled('A', awasBonus),
    ['escrow → awa 15200', 'escrow → commission 1000', 'escrow → tax 3800'],
  ],
  [
    'a withdrawal leaves the player at once',
    ledger.withdrawalRequested({
      player: account('awa'),
      pending: account('pending'),
      amountXof: xof(700),
    }),
    ['awa → pending 700'],
  ],
  [
    'a withdrawal is paid out',
    ledger.withdrawalPaid({
      pending: account('pending'),
      clearing: account('clearing'),
      amountXof: xof(700),
    }),
    ['pending → clearing 700'],
  ],
  [
    'a withdrawal is refused for good',
    ledger.withdrawalRefused({
      pending: account('pending'),
      player: account('awa'),
      amountXof: xof(700),
    }),
    ['pending → awa 700'],
  ],
] as const) {
  test(`postings: ${event}`, () => assert.deepEqual(written(postings), expected));
}

test('property: from deposits to settlement the escrow ends empty and nobody gains or loses a franc unexplained', () => {
  const stake = fc.integer({ min: 10, max: 5_000 }).map((units) => units * 100);
  const outcome = fc.constantFrom<MarketOutcome>('A', 'B', 'void');
  fc.assert(
    fc.property(stake, stake, fc.nat({ max: 900 }), outcome, (stakeA, stakeB, dust, ending) => {
      const duel = { stakeAXof: xof(stakeA), stakeBXof: xof(stakeB) };
      const payment = payDuel(duel, ending, defaultRates);
      const escrow = account('escrow');
      const postings = [
        ...ledger.offerPlaced({ ...awa, ...noBonus, stakeXof: xof(stakeA + dust), returnedXof: xof(dust) }),
        ...ledger.offerAccepted({
          player: account('binta'),
          bonus: null,
          ...noBonus,
          escrow,
          stakeXof: xof(stakeB),
        }),
        ...ledger.duelSettled({ ...duelAccounts, outcome: ending, payment }),
      ];
      assert.ok(postings.every(({ amountXof, debit, credit }) => amountXof > 0 && debit !== credit));
      const balances = balancesAfter(postings);
      assert.equal(balances.escrow, 0);
      assert.equal(balances.awa, payment.payoutAXof - stakeA);
      assert.equal(balances.binta, payment.payoutBXof - stakeB);
      assert.equal(balances.commission, payment.commissionXof);
      assert.equal(balances.tax, payment.taxXof);
    }),
  );
});

function balancesAfter(postings: readonly ledger.Posting[]): Record<Name, number> {
  const balances = {
    ...{ awa: 0, binta: 0, escrow: 0, commission: 0, tax: 0, clearing: 0, pending: 0 },
    ...{ suspense: 0, fee: 0, transferTax: 0, treasury: 0, remainder: 0, bonus: 0 },
  };
  for (const { debit, credit, amountXof } of postings) {
    const [from, to] = [names[debit], names[credit]];
    assert.ok(from !== undefined && to !== undefined);
    balances[from] -= amountXof;
    balances[to] += amountXof;
  }
  return balances;
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import * as ledger from './ledger.ts';
import { xof } from './money.ts';
import { defaultRates } from './settings.ts';
import { type MarketOutcome, payDuel } from './settlement.ts';

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
] as const;
type Name = (typeof names)[number];
const account = (name: Name): number => names.indexOf(name);

const awa = { player: account('awa'), escrow: account('escrow') };
const duelAccounts = {
  escrow: account('escrow'),
  playerA: account('awa'),
  playerB: account('binta'),
  commission: account('commission'),
  taxPayable: account('tax'),
};

/** `debit → credit amount`, as a person writes it. */
function written(postings: readonly ledger.Posting[]): string[] {
  return postings.map(({ debit, credit, amountXof }) => `${names[debit]} → ${names[credit]} ${amountXof}`);
}

const equalDuel = { stakeAXof: xof(10_000), stakeBXof: xof(10_000) };

for (const [event, postings, expected] of [
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
    ledger.offerPlaced({ ...awa, stakeXof: xof(3_000), returnedXof: xof(0) }),
    ['awa → escrow 3000'],
  ],
  [
    'an offer with dust gives it straight back',
    ledger.offerPlaced({ ...awa, stakeXof: xof(3_000), returnedXof: xof(500) }),
    ['awa → escrow 3000', 'escrow → awa 500'],
  ],
  [
    'an acceptance holds the taker’s stake and moves nothing of the maker’s',
    ledger.offerAccepted({ ...awa, stakeXof: xof(2_000) }),
    ['awa → escrow 2000'],
  ],
  [
    'the open part of an offer goes back',
    ledger.offerReturned({ ...awa, returnedXof: xof(1_500) }),
    ['escrow → awa 1500'],
  ],
  [
    'a duel won by side A',
    ledger.duelSettled({ ...duelAccounts, payment: payDuel(equalDuel, 'A', defaultRates) }),
    ['escrow → awa 15200', 'escrow → commission 1000', 'escrow → tax 3800'],
  ],
  [
    'a duel won by side B',
    ledger.duelSettled({ ...duelAccounts, payment: payDuel(equalDuel, 'B', defaultRates) }),
    ['escrow → binta 15200', 'escrow → commission 1000', 'escrow → tax 3800'],
  ],
  [
    'a void duel gives both stakes back, and no fee',
    ledger.duelSettled({ ...duelAccounts, payment: payDuel(equalDuel, 'void', defaultRates) }),
    ['escrow → awa 10000', 'escrow → binta 10000'],
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
        ...ledger.offerPlaced({ ...awa, stakeXof: xof(stakeA + dust), returnedXof: xof(dust) }),
        ...ledger.offerAccepted({ player: account('binta'), escrow, stakeXof: xof(stakeB) }),
        ...ledger.duelSettled({ ...duelAccounts, payment }),
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
    ...{ suspense: 0, fee: 0, transferTax: 0, treasury: 0 },
  };
  for (const { debit, credit, amountXof } of postings) {
    const [from, to] = [names[debit], names[credit]];
    assert.ok(from !== undefined && to !== undefined);
    balances[from] -= amountXof;
    balances[to] += amountXof;
  }
  return balances;
}

/** Pools against an oracle that shares nothing with core: BigInt, tickets one by one, straight from the published rule. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { xof } from './money.ts';
import { endPool, indicativeNet, isRight, type PoolRates, payTicket, quoteTicket } from './pool.ts';

interface Ticket {
  readonly picks: readonly string[];
  readonly stake: bigint;
  readonly late: boolean;
}

interface Oracle {
  readonly payouts: bigint[];
  readonly tax: bigint;
  readonly takeOut: bigint;
  readonly remainder: bigint;
}

/** The rule as the rule card tells it, ticket by ticket. */
function oracle(tickets: readonly Ticket[], results: readonly string[], rates: PoolRates): Oracle {
  const counted = tickets.filter((ticket) => !ticket.late);
  const wins = (ticket: Ticket) =>
    ticket.picks.filter((pick, leg) => results[leg] !== 'void' && results[leg] !== pick).length === 0;
  const total = counted.reduce((sum, ticket) => sum + ticket.stake, 0n);
  const winning = counted.filter(wins).reduce((sum, ticket) => sum + ticket.stake, 0n);
  const isRefund = results.every((result) => result === 'void') || winning === 0n || winning === total;
  if (isRefund) return { payouts: tickets.map(({ stake }) => stake), tax: 0n, takeOut: 0n, remainder: 0n };
  let takeOut = (total * BigInt(rates.takeOutBps)) / 10_000n;
  if (total - takeOut < winning) takeOut = total - winning;
  const net = total - takeOut;
  let [tax, shared] = [0n, 0n];
  const payouts = tickets.map((ticket) => {
    if (ticket.late) return ticket.stake;
    if (!wins(ticket)) return 0n;
    const gross = (ticket.stake * net) / winning;
    shared += gross;
    const base = { payout: gross, winnings: gross - ticket.stake, none: 0n }[rates.taxBase];
    const taken = (base * BigInt(rates.taxBps)) / 10_000n;
    tax += taken;
    return gross - taken;
  });
  return { payouts, tax, takeOut, remainder: net - shared };
}

const anyRates: fc.Arbitrary<PoolRates> = fc.record({
  takeOutBps: fc.nat({ max: 10_000 }),
  taxBps: fc.nat({ max: 10_000 }),
  taxBase: fc.constantFrom('payout', 'winnings', 'none'),
});
const questions = [
  ['A', 'B'],
  ['over', 'under'],
  ['fall', 'ko', 'stoppage', 'decision'],
] as const;

const pool = fc.array(fc.constantFrom(...questions), { minLength: 1, maxLength: 4 }).chain((legs) => {
  const picks = fc.tuple(...legs.map((outcomes) => fc.constantFrom<string>(...outcomes)));
  const results = fc.tuple(...legs.map((outcomes) => fc.constantFrom<string>(...outcomes, 'void')));
  const stake = fc.oneof(
    fc.integer({ min: 1, max: 500_000 }).map(BigInt),
    fc.bigInt({ min: 1n, max: 10_000_000n }),
  );
  const ticket = fc.record({
    picks,
    stake,
    late: fc.boolean(),
  });
  const rarelyLate = fc.record({ picks, stake, late: fc.constant(false) });
  return fc.record({
    tickets: fc.array(fc.oneof({ weight: 5, arbitrary: rarelyLate }, { weight: 1, arbitrary: ticket }), {
      maxLength: 40,
    }),
    results,
  });
});

/** What core pays, the way the server does it: sums first, then each ticket by itself. */
function settle(tickets: readonly Ticket[], results: readonly string[], rates: PoolRates) {
  const judged = tickets.map(({ picks, stake, late }) => ({
    stakeXof: xof(Number(stake)),
    isRight: isRight(picks, results),
    isLate: late,
  }));
  const counted = judged.filter(({ isLate }) => !isLate);
  const sum = (list: typeof judged) => xof(list.reduce((all, { stakeXof }) => all + stakeXof, 0));
  const sums = { stakesXof: sum(counted), rightXof: sum(counted.filter((ticket) => ticket.isRight)) };
  const ending = endPool(sums, results, rates);
  return { ending, judged, payments: judged.map((ticket) => payTicket(ticket, ending, rates)) };
}

test('property: every ticket is paid what the oracle says, and the sums close to the franc', () => {
  let shared = 0;
  fc.assert(
    fc.property(pool, anyRates, ({ tickets, results }, rates) => {
      const expected = oracle(tickets, results, rates);
      const { ending, payments } = settle(tickets, results, rates);
      assert.deepEqual(
        payments.map(({ payoutXof }) => BigInt(payoutXof)),
        expected.payouts,
      );
      const tax = payments.reduce((sum, { taxXof }) => sum + taxXof, 0);
      const takeOut = ending.kind === 'shared' ? ending.takeOutXof : 0;
      const won = payments.filter(({ outcome }) => outcome === 'won');
      const gross = won.reduce((sum, { grossXof }) => sum + grossXof, 0);
      const remainder = ending.kind === 'shared' ? ending.netPoolXof - gross : 0;
      assert.deepEqual([tax, takeOut, remainder].map(BigInt), [
        expected.tax,
        expected.takeOut,
        expected.remainder,
      ]);
      const stakes = tickets.reduce((sum, { stake }) => sum + Number(stake), 0);
      const paid = payments.reduce((sum, { payoutXof }) => sum + payoutXof, 0);
      assert.equal(paid + tax + takeOut + remainder, stakes);
      // Less than a franc of each ticket that is right is left over.
      assert.ok(remainder >= 0 && remainder < Math.max(1, won.length), `${remainder}`);
      if (ending.kind === 'shared') shared += 1;
    }),
    { numRuns: 3_000 },
  );
  assert.ok(shared > 300, `${shared} pools were shared`);
});

test('property: whoever is right gets at least his stake before tax; a refund takes nothing', () => {
  fc.assert(
    fc.property(pool, anyRates, ({ tickets, results }, rates) => {
      const { ending, judged, payments } = settle(tickets, results, rates);
      for (const [index, { outcome, grossXof, taxXof, payoutXof }] of payments.entries()) {
        const ticket = judged[index];
        assert(ticket !== undefined);
        if (outcome === 'won') assert.ok(grossXof >= ticket.stakeXof);
        if (outcome === 'lost') assert.deepEqual([grossXof, taxXof, payoutXof], [0, 0, 0]);
        if (outcome === 'refunded') assert.deepEqual([taxXof, payoutXof], [0, ticket.stakeXof]);
      }
      if (ending.kind === 'shared') {
        assert.ok(ending.takeOutXof >= 0 && ending.netPoolXof >= ending.rightXof);
      } else {
        assert.ok(payments.every(({ outcome }) => outcome === 'refunded'));
      }
    }),
    { numRuns: 2_000 },
  );
});

test('property: a ticket that is the last one bought is paid what its slip showed', () => {
  const francs = fc.integer({ min: 0, max: 2_000_000 });
  const stake = fc.integer({ min: 1, max: 500_000 });
  fc.assert(
    fc.property(stake, francs, francs, anyRates, (stakeXof, sameXof, othersXof, rates) => {
      const staked = { poolXof: xof(sameXof + othersXof), samePicksXof: xof(sameXof) };
      const quote = quoteTicket(xof(stakeXof), staked, rates);
      const sums = { stakesXof: quote.poolXof, rightXof: quote.samePicksXof };
      const ending = endPool(sums, ['A'], rates);
      const paid = payTicket({ stakeXof: xof(stakeXof), isRight: true, isLate: false }, ending, rates);
      assert.equal(quote.netXof, paid.payoutXof);
      assert.equal(quote.isBelowStake, paid.payoutXof < stakeXof);
      // Asked again after it was bought, for the same stake: the same amount.
      const after = { poolXof: quote.poolXof, samePicksXof: quote.samePicksXof };
      assert.equal(indicativeNet(xof(stakeXof), after, rates), paid.payoutXof);
    }),
    { numRuns: 2_000 },
  );
});

test('property: splitting a stake over more tickets never brings more', () => {
  const part = fc.integer({ min: 1, max: 100_000 });
  fc.assert(
    fc.property(part, part, part, anyRates, (one, two, others, rates) => {
      const sums = { stakesXof: xof(one + two + others), rightXof: xof(one + two) };
      const ending = endPool(sums, ['A'], rates);
      const gross = (stake: number) =>
        payTicket({ stakeXof: xof(stake), isRight: true, isLate: false }, ending, rates).grossXof;
      const whole = gross(one + two);
      const split = gross(one) + gross(two);
      assert.ok(split <= whole && whole - split <= 1);
    }),
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { BetLimits, Rates } from './market.ts';
import { xof } from './money.ts';
import { judgeOffer, RATIO_TERM_MAX } from './offer.ts';
import type { MarketOutcome } from './outcome.ts';
import { defaultBetLimits } from './settings.ts';
import { payDuel, winnerGains, winnerSlip } from './settlement.ts';

const ratesOf = (bpsMax: number): fc.Arbitrary<Rates> =>
  fc.record({
    commissionBps: fc.nat({ max: bpsMax }),
    commissionBase: fc.constantFrom('pot', 'winnings'),
    taxBps: fc.nat({ max: bpsMax }),
    taxBase: fc.constantFrom('payout', 'winnings', 'none'),
  });
/** Any rates that leave nobody owing money. */
const anyRates = ratesOf(10_000);
/** Rates that a house could publish, so that many ratios gain and many do not. */
const likelyRates = ratesOf(2_500);

const francs = fc.integer({ min: 1, max: 1_000_000 }).map(xof);
const term = fc.integer({ min: 1, max: RATIO_TERM_MAX });
const outcome = fc.constantFrom<MarketOutcome>('A', 'B', 'void');

test('property: payouts + commission + tax = both stakes, none of them negative, for any rates', () => {
  fc.assert(
    fc.property(francs, francs, outcome, anyRates, (stakeAXof, stakeBXof, ending, rates) => {
      const paid = payDuel({ stakeAXof, stakeBXof }, ending, rates);
      const parts = [paid.payoutAXof, paid.payoutBXof, paid.commissionXof, paid.taxXof];
      assert.equal(
        parts.reduce((sum, part) => sum + part, 0),
        stakeAXof + stakeBXof,
      );
      assert.ok(parts.every((part) => Number.isSafeInteger(part) && part >= 0));
      if (ending === 'A') assert.equal(paid.payoutBXof, 0);
      if (ending === 'B') assert.equal(paid.payoutAXof, 0);
      if (ending === 'void') assert.deepEqual(parts, [stakeAXof, stakeBXof, 0, 0]);
    }),
    { numRuns: 3_000 },
  );
});

test('property: what is paid is what the slip showed, by the published formula', () => {
  fc.assert(
    fc.property(francs, francs, anyRates, (stakeXof, againstXof, rates) => {
      const pot = BigInt(stakeXof) + BigInt(againstXof);
      const base = rates.commissionBase === 'pot' ? pot : BigInt(againstXof);
      const commission = (base * BigInt(rates.commissionBps)) / 10_000n;
      const payout = pot - commission;
      const won = payout > BigInt(stakeXof) ? payout - BigInt(stakeXof) : 0n;
      const taxed = { payout, winnings: won, none: 0n }[rates.taxBase];
      const tax = (taxed * BigInt(rates.taxBps)) / 10_000n;

      const slip = winnerSlip(stakeXof, againstXof, rates);
      assert.deepEqual([slip.potXof, slip.commissionXof, slip.taxXof, slip.netXof].map(BigInt), [
        pot,
        commission,
        tax,
        payout - tax,
      ]);
      const asA = payDuel({ stakeAXof: stakeXof, stakeBXof: againstXof }, 'A', rates);
      const asB = payDuel({ stakeAXof: againstXof, stakeBXof: stakeXof }, 'B', rates);
      assert.equal(asA.payoutAXof, slip.netXof);
      assert.equal(asB.payoutBXof, slip.netXof);
    }),
    { numRuns: 3_000 },
  );
});

test('property: an offer that may be placed makes either winner gain, whatever units of it are filled', () => {
  let placed = 0;
  const unit = fc.constantFrom(1, 7, 100);
  fc.assert(
    fc.property(term, term, fc.integer({ min: 1, max: 60 }), unit, likelyRates, (p, q, units, u, rates) => {
      const limits: BetLimits = { ...defaultBetLimits, stakeMinXof: xof(1), stakeUnitXof: xof(u) };
      if (judgeOffer(xof(p * u * units), xof(q * u * units), limits, rates) !== null) return;
      placed += 1;
      for (let part = 1; part <= units; part++) {
        const [makerXof, takerXof] = [xof(p * u * part), xof(q * u * part)];
        const maker = winnerSlip(makerXof, takerXof, rates);
        const taker = winnerSlip(takerXof, makerXof, rates);
        assert.ok(maker.netXof > makerXof, `${makerXof} against ${takerXof} brings ${maker.netXof}`);
        assert.ok(taker.netXof > takerXof, `${takerXof} against ${makerXof} brings ${taker.netXof}`);
      }
    }),
    { numRuns: 3_000 },
  );
  assert.ok(placed > 300, `${placed} offers were good`);
});

test('property: a ratio is refused only when its winner gains nothing but what the floors leave him', () => {
  fc.assert(
    fc.property(francs, francs, anyRates, (stakeXof, againstXof, rates) => {
      const { netXof } = winnerSlip(stakeXof, againstXof, rates);
      if (winnerGains(stakeXof, againstXof, rates)) assert.ok(netXof > stakeXof);
      else assert.ok(netXof <= stakeXof + 1, `${netXof} for ${stakeXof} was refused`);
    }),
    { numRuns: 3_000 },
  );
});

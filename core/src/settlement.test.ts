import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Rates } from './market.ts';
import { xof } from './money.ts';
import { defaultRates } from './settings.ts';
import { payDuel, winnerGains, winnerSlip } from './settlement.ts';

const payoutTax = defaultRates;
const winningsTax: Rates = { ...defaultRates, taxBase: 'winnings' };
const noTax: Rates = { ...defaultRates, taxBase: 'none' };
const onWinnings: Rates = { ...defaultRates, commissionBase: 'winnings', taxBase: 'none' };

for (const [name, rates, stake, against, commission, tax, net] of [
  // The specification's own numbers: 10 000 each.
  ['commission of the pot, no tax', noTax, 10_000, 10_000, 1_000, 0, 19_000],
  ['commission of the winnings, no tax', onWinnings, 10_000, 10_000, 500, 0, 19_500],
  ['tax of the payout', payoutTax, 10_000, 10_000, 1_000, 3_800, 15_200],
  ['tax of the winnings', winningsTax, 10_000, 10_000, 1_000, 1_800, 17_200],
  // Unequal stakes, both ways.
  ['2 against 1, the favourite wins', payoutTax, 20_000, 10_000, 1_500, 5_700, 22_800],
  ['2 against 1, the other wins', payoutTax, 10_000, 20_000, 1_500, 5_700, 22_800],
  ['3 against 1, the favourite wins', payoutTax, 30_000, 10_000, 2_000, 7_600, 30_400],
  ['2 against 1, winnings, the favourite wins', winningsTax, 20_000, 10_000, 1_500, 1_700, 26_800],
  ['2 against 1, winnings, the other wins', winningsTax, 10_000, 20_000, 1_500, 3_700, 24_800],
  // Floors: the house never rounds its share up.
  ['odd francs, tax of the payout', payoutTax, 1_001, 1_001, 100, 380, 1_522],
  ['odd francs, tax of the winnings', winningsTax, 1_001, 1_001, 100, 180, 1_722],
  ['one franc each', payoutTax, 1, 1, 0, 0, 2],
  // A payout below the stake has no winnings to tax.
  ['a losing winner', winningsTax, 100_000, 1_000, 5_050, 0, 95_950],
] as const) {
  test(`slip: ${name}`, () => {
    assert.deepEqual(winnerSlip(xof(stake), xof(against), rates), {
      stakeXof: stake,
      potXof: stake + against,
      commissionXof: commission,
      taxXof: tax,
      netXof: net,
    });
  });
}

test('a duel pays one side, or gives both stakes back in full and without a fee', () => {
  const duel = { stakeAXof: xof(20_000), stakeBXof: xof(10_000) };
  for (const [outcome, payoutA, payoutB, commission, tax] of [
    ['A', 22_800, 0, 1_500, 5_700],
    ['B', 0, 22_800, 1_500, 5_700],
    ['void', 20_000, 10_000, 0, 0],
  ] as const) {
    const expected = {
      payoutAXof: payoutA,
      payoutBXof: payoutB,
      commissionXof: commission,
      taxXof: tax,
    };
    assert.deepEqual(payDuel(duel, outcome, payoutTax), expected);
  }
});

test('at the default rates the bound is just above 3 against 1: 19 against 6 brings exactly the stake', () => {
  for (const [stake, against, gains] of [
    [1, 1, true],
    [2, 1, true],
    [3, 1, true],
    [19, 7, true],
    [18, 6, true],
    [19, 6, false],
    [16, 5, false],
    [13, 4, false],
    [10, 3, false],
    [4, 1, false],
    [20, 1, false],
    [1, 20, true],
    [6, 19, true],
  ] as const) {
    const [stakeXof, againstXof] = [xof(stake * 1_000), xof(against * 1_000)];
    assert.equal(winnerGains(stakeXof, againstXof, defaultRates), gains, `${stake} against ${against}`);
    const { netXof } = winnerSlip(stakeXof, againstXof, defaultRates);
    assert.equal(netXof > stakeXof, gains, `${stake} against ${against} brings ${netXof}`);
  }
  assert.equal(winnerSlip(xof(19_000), xof(6_000), defaultRates).netXof, 19_000);
});

/** A million bets against a second writing of the rule: identical to the franc, for every base and rate. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Rates } from './market.ts';
import { xof } from './money.ts';
import { settingDefinitions } from './settings.ts';
import { payDuel, winnerGains, winnerSlip } from './settlement.ts';
import { type Dice, diceOf } from './testing/command-stream.ts';
import { payByTheRule } from './testing/duel-oracle.ts';

const BETS = 1_000_000;
const { commissionBps, commissionBase, taxBps, taxBase, stakeMaxXof } = settingDefinitions;

/** Small amounts, where the floors show, as often as great ones. */
function drawAmount(draw: Dice): number {
  const size = 10 ** (1 + draw(7));
  return 1 + draw(Math.min(size, stakeMaxXof.max));
}

function drawRates(draw: Dice): Rates {
  return {
    commissionBps: draw(commissionBps.max + 1),
    commissionBase: commissionBase.choices[draw(commissionBase.choices.length)] ?? 'pot',
    taxBps: draw(taxBps.max + 1),
    taxBase: taxBase.choices[draw(taxBase.choices.length)] ?? 'none',
  };
}

describe('the arithmetic of a bet', () => {
  it(`is the published rule's, on ${BETS} random bets of every base and rate`, () => {
    const draw = diceOf(20_251_101);
    const seen = new Map<string, number>();
    let losing = 0;
    for (let bet = 0; bet < BETS; bet++) {
      const [stake, against, rates] = [drawAmount(draw), drawAmount(draw), drawRates(draw)];
      const expected = payByTheRule({
        stake: BigInt(stake),
        against: BigInt(against),
        commissionRate: BigInt(rates.commissionBps),
        commissionOf: rates.commissionBase,
        taxRate: BigInt(rates.taxBps),
        taxOf: rates.taxBase,
      });
      const slip = winnerSlip(xof(stake), xof(against), rates);
      const paid = payDuel({ stakeAXof: xof(against), stakeBXof: xof(stake) }, 'B', rates);
      // Compared without making a million messages.
      const isSame =
        BigInt(slip.commissionXof) === expected.commission &&
        BigInt(slip.taxXof) === expected.tax &&
        BigInt(slip.netXof) === expected.net &&
        paid.payoutBXof === slip.netXof &&
        paid.payoutAXof === 0 &&
        paid.commissionXof === slip.commissionXof &&
        paid.taxXof === slip.taxXof;
      if (!isSame) assert.fail(`bet ${bet}: ${stake} against ${against} at ${JSON.stringify(rates)}`);
      if (winnerGains(xof(stake), xof(against), rates) && slip.netXof <= stake)
        assert.fail(`bet ${bet}: ${stake} against ${against} does not gain at ${JSON.stringify(rates)}`);
      if (slip.netXof < stake) losing += 1;
      const bases = `${rates.commissionBase} ${rates.taxBase}`;
      seen.set(bases, (seen.get(bases) ?? 0) + 1);
    }
    assert.equal(seen.size, commissionBase.choices.length * taxBase.choices.length);
    for (const [bases, count] of seen) assert.ok(count > BETS / 10, `${bases}: ${count}`);
    assert.ok(losing > BETS / 20, `${losing} winners would have lost`);
  });
});

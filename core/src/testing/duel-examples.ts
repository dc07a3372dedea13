/** What one duel pays: the examples of docs/settlement-rules.md. */
import assert from 'node:assert/strict';
import type { Rates } from '../market.ts';
import { xof } from '../money.ts';
import { judgeOffer } from '../offer.ts';
import { defaultBetLimits } from '../settings.ts';
import { payDuel, winnerSlip } from '../settlement.ts';
import type { RuleExample, RuleRow } from './rule-tables.ts';

/** "5 % of pot", "20 % of payout", "none". */
export function readRate(text: string): { bps: number; base: string } {
  if (text === 'none') return { bps: 0, base: 'none' };
  const [, percent = '', base = ''] = /^(\d+(?:\.\d{1,2})?) % of (pot|winnings|payout)$/.exec(text) ?? [];
  assert.notEqual(base, '', `"${text}" is no rate`);
  const [whole = '', part = ''] = percent.split('.');
  return { bps: Number(whole) * 100 + Number(part.padEnd(2, '0')), base };
}

export function ratesOfRow(row: RuleRow): Rates {
  const commission = readRate(row.text('commission rate'));
  const tax = readRate(row.text('tax rate'));
  const { base: commissionBase } = commission;
  const { base: taxBase } = tax;
  assert.ok(commissionBase === 'pot' || commissionBase === 'winnings', `commission of ${commissionBase}`);
  assert.ok(taxBase === 'payout' || taxBase === 'winnings' || taxBase === 'none', `tax of ${taxBase}`);
  return { commissionBps: commission.bps, commissionBase, taxBps: tax.bps, taxBase };
}

const duelNet: RuleExample = {
  given: ['stake', 'against', 'commission rate', 'tax rate'],
  answer: (row) => {
    const slip = winnerSlip(xof(row.number('stake')), xof(row.number('against')), ratesOfRow(row));
    return { pot: slip.potXof, commission: slip.commissionXof, tax: slip.taxXof, 'net in hand': slip.netXof };
  },
};

const duelPaid: RuleExample = {
  given: ['stake A', 'stake B', 'ends', 'commission rate', 'tax rate'],
  answer: (row) => {
    const ends = row.text('ends');
    assert.ok(ends === 'A' || ends === 'B' || ends === 'void', `a market does not end with ${ends}`);
    const stakes = { stakeAXof: xof(row.number('stake A')), stakeBXof: xof(row.number('stake B')) };
    const paid = payDuel(stakes, ends, ratesOfRow(row));
    return {
      'to A': paid.payoutAXof,
      'to B': paid.payoutBXof,
      commission: paid.commissionXof,
      tax: paid.taxXof,
    };
  },
};

const offerJudged: RuleExample = {
  given: ['stake', 'ask', 'commission rate', 'tax rate'],
  answer: (row) => {
    const [stakeXof, askXof] = [xof(row.number('stake')), xof(row.number('ask'))];
    const rates = ratesOfRow(row);
    const refused = judgeOffer(stakeXof, askXof, defaultBetLimits, rates);
    return {
      'net of the offer': winnerSlip(stakeXof, askXof, rates).netXof,
      'net of who takes it': winnerSlip(askXof, stakeXof, rates).netXof,
      answer: refused?.code ?? 'placed',
    };
  },
};

export const duelExamples = {
  'duel-net': duelNet,
  'duel-net-published': duelNet,
  'duel-paid': duelPaid,
  'offer-judged': offerJudged,
};

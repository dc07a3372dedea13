/** What a correction moves: the examples of docs/settlement-rules.md. */
import { correctLine, splitTax } from '../correction.ts';
import { xof } from '../money.ts';
import type { RuleExample } from './rule-tables.ts';

const correctionLine: RuleExample = {
  given: ['received in all', 'due now', 'available'],
  answer: (row) => {
    const line = { receivedXof: xof(row.number('received in all')), dueXof: xof(row.number('due now')) };
    const { takenXof, givenXof, lossXof } = correctLine(line, xof(row.number('available')));
    return { 'taken back': takenXof, given: givenXof, 'borne by the house': lossXof };
  },
};

const correctionTax: RuleExample = {
  given: ['change of tax', 'in open months', 'claimed before'],
  answer: (row) => {
    const lying = { openXof: row.number('in open months'), claimedXof: row.number('claimed before') };
    const { taxPayableXof, taxClaimXof } = splitTax(row.number('change of tax'), lying);
    return { 'tax to pay': taxPayableXof, 'claim on the State': taxClaimXof };
  },
};

export const correctionExamples = {
  'correction-line': correctionLine,
  'correction-tax': correctionTax,
};

/** What a pool pays: the examples of docs/settlement-rules.md. */
import assert from 'node:assert/strict';
import { xof } from '../money.ts';
import { dividendBps, endPool, isRight, type PoolRates, payTicket, readPicks, VOID_LEG } from '../pool.ts';
import { readRate } from './duel-examples.ts';
import { groupsOf, type RuleExample, type RuleRow } from './rule-tables.ts';

function takeOutOf(row: RuleRow): number {
  const [, percent = ''] = /^(\d+(?:\.\d{1,2})?) %$/.exec(row.text('take-out')) ?? [];
  assert.notEqual(percent, '', `"${row.text('take-out')}" is no take-out`);
  const [whole = '', part = ''] = percent.split('.');
  return Number(whole) * 100 + Number(part.padEnd(2, '0'));
}

function ratesOfRow(row: RuleRow): PoolRates {
  const { bps: taxBps, base: taxBase } = readRate(row.text('tax rate'));
  assert.ok(taxBase === 'payout' || taxBase === 'winnings' || taxBase === 'none', `tax of ${taxBase}`);
  return { takeOutBps: takeOutOf(row), taxBps, taxBase };
}

function endingOfRow(row: RuleRow, rates: PoolRates) {
  return endPool({ stakesXof: xof(row.number('stakes')), rightXof: xof(row.number('right')) }, ['A'], rates);
}

const poolShared: RuleExample = {
  given: ['stakes', 'right', 'take-out'],
  answer: (row) => {
    const rates: PoolRates = { takeOutBps: takeOutOf(row), taxBps: 0, taxBase: 'none' };
    const ending = endingOfRow(row, rates);
    assert.equal(ending.kind, 'shared', 'such a pool is refunded');
    if (ending.kind !== 'shared') return {};
    const { takeOutXof, netPoolXof, rightXof } = ending;
    const bps = dividendBps(netPoolXof, rightXof);
    const decimals = String(bps % 10_000).padStart(4, '0');
    return { taken: takeOutXof, shared: netPoolXof, 'for 1 F': `${Math.floor(bps / 10_000)}.${decimals}` };
  },
};

const poolTicket: RuleExample = {
  given: ['stakes', 'right', 'take-out', 'tax rate', 'ticket'],
  answer: (row) => {
    const rates = ratesOfRow(row);
    const ticket = { stakeXof: xof(row.number('ticket')), isRight: true, isLate: false };
    const paid = payTicket(ticket, endingOfRow(row, rates), rates);
    return { 'before tax': paid.grossXof, tax: paid.taxXof, 'net in hand': paid.payoutXof };
  },
};

/** Tickets that are right, written "1 000 + 5 000": each floored by itself. */
const poolFloors: RuleExample = {
  given: ['stakes', 'right tickets', 'take-out'],
  answer: (row) => {
    const rates: PoolRates = { takeOutBps: takeOutOf(row), taxBps: 0, taxBase: 'none' };
    const tickets = row
      .text('right tickets')
      .split('+')
      .map((text) => xof(Number(text.replaceAll(' ', ''))));
    const right = xof(tickets.reduce((sum, stakeXof) => sum + stakeXof, 0));
    const ending = endPool({ stakesXof: xof(row.number('stakes')), rightXof: right }, ['A'], rates);
    assert.equal(ending.kind, 'shared', 'such a pool is refunded');
    const paid = tickets.map(
      (stakeXof) => payTicket({ stakeXof, isRight: true, isLate: false }, ending, rates).grossXof,
    );
    const shared = ending.kind === 'shared' ? ending.netPoolXof : 0;
    return {
      paid: paid.map(groupsOf).join(' + '),
      'left over': shared - paid.reduce((sum, amount) => sum + amount, 0),
    };
  },
};

/** Picks and what is right, leg by leg. */
const poolLegs: RuleExample = {
  given: ['picks', 'what is right'],
  answer: (row) => {
    const outcomes = readPicks(row.text('what is right'));
    if (outcomes.every((outcome) => outcome === VOID_LEG)) return { ticket: 'stake back' };
    return { ticket: isRight(readPicks(row.text('picks')), outcomes) ? 'right' : 'wrong' };
  },
};

const poolRefunded: RuleExample = {
  given: ['stakes', 'right', 'what is right', 'take-out', 'tax rate', 'ticket'],
  answer: (row) => {
    const rates = ratesOfRow(row);
    const sums = { stakesXof: xof(row.number('stakes')), rightXof: xof(row.number('right')) };
    const ending = endPool(sums, readPicks(row.text('what is right')), rates);
    const ticket = { stakeXof: xof(row.number('ticket')), isRight: true, isLate: false };
    return {
      why: ending.kind === 'refunded' ? ending.reason : 'shared',
      back: payTicket(ticket, ending, rates).payoutXof,
    };
  },
};

export const poolExamples = {
  'pool-shared': poolShared,
  'pool-shared-published': poolShared,
  'pool-ticket': poolTicket,
  'pool-floors': poolFloors,
  'pool-legs': poolLegs,
  'pool-refunded': poolRefunded,
};

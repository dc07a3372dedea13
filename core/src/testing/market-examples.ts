/** How markets and legs of pools end, what a market pays in all, and when: the examples of docs/settlement-rules.md. */
import assert from 'node:assert/strict';
import { type BoutEnding, boutEndings, hasWinner } from '../bout.ts';
import { xof } from '../money.ts';
import { type BoutResult, marketOutcome, needsWrestledTime, waitsForHomologation } from '../outcome.ts';
import { legOutcome } from '../pool-leg.ts';
import type { MethodGroup, Question } from '../question.ts';
import type { PayoutPolicy } from '../rule-card.ts';
import { type DuelStack, totalSettlement } from '../settlement-totals.ts';
import { ratesOfRow } from './duel-examples.ts';
import type { RuleExample, RuleRow } from './rule-tables.ts';

const tenMinutes: Question = { kind: 'over_under', lineSeconds: 600 };
/** What the two sides of each kind of market are called in the document. */
const overUnder = { A: 'over', B: 'under', void: 'void' } as const;
const yesNo = { A: 'yes', B: 'no', void: 'void' } as const;

function endingOf(row: RuleRow): BoutEnding {
  const text = row.text('ending');
  const ending = boutEndings.find((one) => one === text);
  assert.ok(ending, `"${text}" is no ending`);
  return ending;
}

/** The bout ends so, after this time of wrestling; where somebody wins, it is B. */
function wonByB(ending: BoutEnding, wrestledSeconds: number | null): BoutResult {
  return { ending, winnerSide: hasWinner(ending) ? 'B' : null, wrestledSeconds };
}

const marketEnds: RuleExample = {
  given: ['ending'],
  answer: (row) => {
    const ending = endingOf(row);
    const ends = (question: Question, seconds: number | null) =>
      marketOutcome(question, wonByB(ending, seconds));
    const method = (group: MethodGroup) => yesNo[ends({ kind: 'method', group }, null)];
    const unmeasured = needsWrestledTime(tenMinutes, ending)
      ? 'asked for'
      : overUnder[ends(tenMinutes, null)];
    return {
      winner: ends({ kind: 'winner' }, null),
      '10:01': overUnder[ends(tenMinutes, 601)],
      '10:00': overUnder[ends(tenMinutes, 600)],
      'not measured': unmeasured,
      fall: method('fall'),
      KO: method('ko'),
      stoppage: method('stoppage'),
      decision: method('decision'),
    };
  },
};

const legEnds: RuleExample = {
  given: ['ending'],
  answer: (row) => {
    const ending = endingOf(row);
    return {
      winner: legOutcome({ kind: 'winner' }, wonByB(ending, null)),
      '10:01': legOutcome({ kind: 'over_under', lineSeconds: 600 }, wonByB(ending, 601)),
      '10:00': legOutcome({ kind: 'over_under', lineSeconds: 600 }, wonByB(ending, 600)),
      method: legOutcome({ kind: 'method' }, wonByB(ending, null)),
    };
  },
};

const paidWhen: RuleExample = {
  given: ['ending'],
  answer: (row) => {
    const when = (policy: PayoutPolicy) =>
      waitsForHomologation(policy, endingOf(row)) ? 'when homologated' : 'at once';
    return { verdict: when('verdict'), homologation: when('homologation') };
  },
};

/** "3 × 10 000 : 5 000": so many duels of these stakes. Empty: none. */
function stackOf(text: string, isLate: boolean): DuelStack[] {
  if (text === 'none') return [];
  const [, count = '', a = '', b = ''] = /^(\d+) × ([\d ]+) : ([\d ]+)$/.exec(text) ?? [];
  assert.notEqual(b, '', `"${text}" is no number of duels`);
  const francs = (amount: string) => xof(Number(amount.replaceAll(' ', '')));
  return [{ count: Number(count), stakeAXof: francs(a), stakeBXof: francs(b), isLate }];
}

const marketTotals: RuleExample = {
  given: ['duels in time', 'after the true whistle', 'ends', 'commission rate', 'tax rate'],
  answer: (row) => {
    const ends = row.text('ends');
    assert.ok(ends === 'A' || ends === 'B' || ends === 'void', `a market does not end with ${ends}`);
    const stacks = [
      ...stackOf(row.text('duels in time'), false),
      ...stackOf(row.text('after the true whistle'), true),
    ];
    const totals = totalSettlement(stacks, ends, ratesOfRow(row));
    return {
      'to winners': totals.wonXof,
      'back to both': totals.voidXof,
      commission: totals.commissionXof,
      tax: totals.taxXof,
    };
  },
};

export const marketExamples = {
  'market-ends': marketEnds,
  'leg-ends': legEnds,
  'paid-when': paidWhen,
  'market-totals': marketTotals,
};

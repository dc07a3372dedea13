import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BoutEnding, boutEndings, hasWinner } from './bout.ts';
import { xof } from './money.ts';
import { makePoolCard } from './pool-card.ts';
import {
  combinationCount,
  type LegQuestion,
  legOutcome,
  legText,
  outcomesOf,
  outcomeText,
} from './pool-leg.ts';

const winner: LegQuestion = { kind: 'winner' };
const tenMinutes: LegQuestion = { kind: 'over_under', lineSeconds: 600 };
const method: LegQuestion = { kind: 'method' };

const outcome = (question: LegQuestion, ending: BoutEnding, wrestledSeconds: number | null = 600) =>
  legOutcome(question, { ending, winnerSide: hasWinner(ending) ? 'B' : null, wrestledSeconds });

/** The matrix of the specification, section 5: winner, over/under at the line and just over it, method. */
const matrix: Readonly<Record<BoutEnding, readonly [string, string, string, string]>> = {
  fall: ['B', 'under', 'over', 'fall'],
  four_supports: ['B', 'under', 'over', 'fall'],
  ko: ['B', 'under', 'over', 'ko'],
  medical_stop: ['B', 'under', 'over', 'stoppage'],
  abandon: ['B', 'under', 'over', 'stoppage'],
  warnings: ['B', 'under', 'over', 'decision'],
  decision: ['B', 'under', 'over', 'decision'],
  draw: ['void', 'under', 'over', 'void'],
  no_verdict: ['void', 'void', 'over', 'void'],
  double_disqualification: ['void', 'void', 'over', 'void'],
  forfeit: ['void', 'void', 'void', 'void'],
  opponent_replaced: ['void', 'void', 'void', 'void'],
  postponed: ['void', 'void', 'void', 'void'],
  cancelled: ['void', 'void', 'void', 'void'],
};

for (const ending of boutEndings) {
  test(`legs after ${ending}`, () => {
    assert.deepEqual(
      [
        outcome(winner, ending),
        outcome(tenMinutes, ending, 600),
        outcome(tenMinutes, ending, 601),
        outcome(method, ending),
      ],
      matrix[ending],
    );
  });
}

test('every leg has two outcomes or more, each with its name', () => {
  for (const question of [winner, tenMinutes, method]) {
    const leg = { question, nameA: 'Modou Lô', nameB: 'Siteu' };
    const names = [...outcomesOf(question), 'void'].map((one) => outcomeText(leg, one));
    assert.equal(new Set(names).size, outcomesOf(question).length + 1);
    assert.ok(legText(question).endsWith('?'));
  }
  assert.equal(outcomeText({ question: winner, nameA: 'Modou Lô', nameB: 'Siteu' }, 'B'), 'Siteu');
  assert.throws(() => outcomeText({ question: method, nameA: '', nameB: '' }, 'A'), RangeError);
  assert.equal(combinationCount([{ question: winner }, { question: tenMinutes }, { question: method }]), 16);
});

test('a rule card says the take-out, and what one bout or several bouts void', () => {
  const terms = {
    rates: { takeOutBps: 1_250, taxBps: 2_000, taxBase: 'payout' },
    limits: { stakeMinXof: xof(1_000), stakeMaxXof: xof(500_000) },
    authority: 'FSL',
    decidedBy: '2026-11-30T06:00:00Z',
  } as const;
  const leg = { boutId: 1, nameA: 'Modou Lô', nameB: 'Siteu', question: winner };
  const one = makePoolCard({ ...terms, legs: [leg] });
  const two = makePoolCard({ ...terms, legs: [leg, { ...leg, boutId: 2 }] });
  for (const language of ['fr', 'wo'] as const) {
    assert.ok(one.texts[language].wins.some((sentence) => sentence.includes('12,5\u00a0%')));
    assert.equal(two.texts[language].voids.length, one.texts[language].voids.length + 1);
    assert.notDeepEqual(one.texts[language].wins, two.texts[language].wins);
  }
});

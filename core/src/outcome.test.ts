import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BoutEnding, boutEndings, hasWinner } from './bout.ts';
import type { Side } from './market.ts';
import { type MarketOutcome, marketOutcome, needsWrestledTime, ResultIncomplete } from './outcome.ts';
import { type MethodGroup, methodGroupOf, methodGroups, type Question, winnerQuestion } from './question.ts';

const LINE: Question = { kind: 'over_under', lineSeconds: 600 };

/** The settlement matrix, with A the winner of the bout if anybody is: winner, method group, over/under at 601 s and at 600 s. */
const matrix: Readonly<
  Record<BoutEnding, readonly [MarketOutcome, MethodGroup | null, MarketOutcome, MarketOutcome]>
> = {
  fall: ['A', 'fall', 'A', 'B'],
  four_supports: ['A', 'fall', 'A', 'B'],
  ko: ['A', 'ko', 'A', 'B'],
  medical_stop: ['A', 'stoppage', 'A', 'B'],
  abandon: ['A', 'stoppage', 'A', 'B'],
  warnings: ['A', 'decision', 'A', 'B'],
  decision: ['A', 'decision', 'A', 'B'],
  draw: ['void', null, 'A', 'B'],
  no_verdict: ['void', null, 'A', 'void'],
  double_disqualification: ['void', null, 'A', 'void'],
  forfeit: ['void', null, 'void', 'void'],
  opponent_replaced: ['void', null, 'void', 'void'],
  postponed: ['void', null, 'void', 'void'],
  cancelled: ['void', null, 'void', 'void'],
};

for (const ending of boutEndings) {
  const [winner, group, over, under] = matrix[ending];
  const won = (winnerSide: Side | null, wrestledSeconds: number | null = null) => ({
    ending,
    winnerSide,
    wrestledSeconds,
  });
  const sides = hasWinner(ending) ? (['A', 'B'] as const) : [null];

  test(`${ending}: a winner market ends ${winner}`, () => {
    assert.equal(hasWinner(ending), winner !== 'void');
    for (const side of sides)
      assert.equal(marketOutcome(winnerQuestion, won(side)), hasWinner(ending) ? side : 'void');
    if (hasWinner(ending)) assert.throws(() => marketOutcome(winnerQuestion, won(null)), ResultIncomplete);
  });

  test(`${ending}: a method market goes by ${group ?? 'no'} group`, () => {
    assert.equal(methodGroupOf(ending), group);
    for (const asked of methodGroups) {
      const expected = group === null ? 'void' : asked === group ? 'A' : 'B';
      // Who won plays no part.
      for (const side of sides)
        assert.equal(marketOutcome({ kind: 'method', group: asked }, won(side)), expected, asked);
    }
  });

  test(`${ending}: over/under ends ${over} past the line, ${under} on it`, () => {
    for (const side of sides) {
      assert.equal(marketOutcome(LINE, won(side, 601)), over);
      assert.equal(marketOutcome(LINE, won(side, 600)), under, 'exactly the line is not over');
      assert.equal(marketOutcome(LINE, won(side, 0)), under);
    }
    if (needsWrestledTime(LINE, ending))
      assert.throws(() => marketOutcome(LINE, won(sides[0], null)), ResultIncomplete);
    else for (const side of sides) assert.equal(marketOutcome(LINE, won(side, null)), 'void');
    assert.equal(needsWrestledTime(winnerQuestion, ending), false);
  });
}

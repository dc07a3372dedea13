/**
 * Outcomes: from the question and what happened in the ring to how a market ends.
 *
 * Source: the settlement matrix (lutte, section 1.6) and the specification's section 5, Result.
 */
import { type BoutEnding, hasWinner } from './bout.ts';
import type { Side } from './market.ts';
import { methodGroupOf, type Question } from './question.ts';
import type { PayoutPolicy } from './rule-card.ts';

/** How a market ends: one side is paid, or every stake goes back. */
export type MarketOutcome = Side | 'void';

/** What happened in the ring. */
export interface BoutResult {
  readonly ending: BoutEnding;
  readonly winnerSide: Side | null;
  /** Breaks excluded; null when nobody measured it. */
  readonly wrestledSeconds: number | null;
}

/** The result is missing what the question needs. */
export class ResultIncomplete extends RangeError {
  constructor(question: Question, ending: BoutEnding) {
    super(`a ${question.kind} market cannot be decided by this ${ending}`);
    this.name = 'ResultIncomplete';
  }
}

/** Throws `ResultIncomplete` when the result lacks what the question needs: `needsWrestledTime` says so before. */
export function marketOutcome(question: Question, result: BoutResult): MarketOutcome {
  switch (question.kind) {
    case 'winner':
      if (!hasWinner(result.ending)) return 'void';
      if (result.winnerSide === null) throw new ResultIncomplete(question, result.ending);
      return result.winnerSide;
    case 'over_under':
      return overUnderOutcome(question, result);
    case 'method': {
      const group = methodGroupOf(result.ending);
      return group === null ? 'void' : group === question.group ? 'A' : 'B';
    }
  }
}

function overUnderOutcome(
  question: Extract<Question, { kind: 'over_under' }>,
  { ending, wrestledSeconds }: BoutResult,
): MarketOutcome {
  const isOver = wrestledSeconds !== null && wrestledSeconds > question.lineSeconds;
  switch (ending) {
    case 'no_verdict':
    case 'double_disqualification':
      return isOver ? 'A' : 'void';
    case 'forfeit':
    case 'opponent_replaced':
    case 'postponed':
    case 'cancelled':
      return 'void';
    default:
      if (wrestledSeconds === null) throw new ResultIncomplete(question, ending);
      return isOver ? 'A' : 'B';
  }
}

/** Whether a market of this question can only be decided by such an ending when the time wrestled is known. */
export function needsWrestledTime(question: Question, ending: BoutEnding): boolean {
  return question.kind === 'over_under' && (hasWinner(ending) || ending === 'draw');
}

/**
 * Whether a result of such an ending has to be homologated before a market of this policy is paid. A bout that did not
 * take place has no verdict: its stakes go back at once.
 */
export function waitsForHomologation(policy: PayoutPolicy, ending: BoutEnding): boolean {
  return policy === 'homologation' && tookPlace(ending);
}

function tookPlace(ending: BoutEnding): boolean {
  return !['forfeit', 'opponent_replaced', 'postponed', 'cancelled'].includes(ending);
}

/** Steps that the story of a bet and that of a ticket share. */
import type { BetStep } from '#core/api/bet-history-pages.ts';
import type { BetObjection } from '#core/api/objection-pages.ts';
import type { CloseCause } from '#core/market.ts';
import type { StoryMove, StoryResult } from './story-queries.ts';

/** When betting closed, when the root was published. Null is: not yet. */
export interface StoryClose {
  readonly closedAt: Date | null;
  readonly closeCause: CloseCause | null;
  readonly rootNumber: number | null;
  readonly rootAt: Date | null;
}

export function closeSteps({ closedAt, closeCause, rootNumber, rootAt }: StoryClose): BetStep[] {
  const steps: BetStep[] = [];
  if (closedAt !== null && closeCause !== null)
    steps.push({ kind: 'closed', at: closedAt.toISOString(), cause: closeCause });
  if (rootAt !== null && rootNumber !== null)
    steps.push({ kind: 'root', at: rootAt.toISOString(), number: rootNumber });
  return steps;
}

export function moveStep({ boutName, to, reason, movedAt }: StoryMove): BetStep {
  return { kind: 'moved', at: movedAt.toISOString(), boutName, to: to?.toISOString() ?? null, reason };
}

export function resultSteps(result: StoryResult): BetStep[] {
  const { version, ending, winnerSide, wrestledSeconds, source, reason, nameA, nameB } = result;
  const winner = winnerSide === null ? null : winnerSide === 'A' ? nameA : nameB;
  const boutName = `${nameA} – ${nameB}`;
  const at = result.confirmedAt.toISOString();
  const step: BetStep = {
    ...{ kind: 'result', at, version, boutName, ending, winner, wrestledSeconds, source, reason },
  };
  if (result.homologatedAt === null) return [step];
  return [
    step,
    { kind: 'homologated', at: result.homologatedAt.toISOString(), source: result.homologatedBy ?? '' },
  ];
}

export function objectionSteps(objection: BetObjection['objection']): BetStep[] {
  if (objection === null) return [];
  const { reference, raisedAt, dueAt, state, answer, answeredAt } = objection;
  const raised: BetStep = { kind: 'objected', at: raisedAt, reference, dueAt };
  if (answeredAt === null || answer === null) return [raised];
  return [raised, { kind: 'answered', at: answeredAt, reference, isUpheld: state === 'upheld', answer }];
}

/** Oldest first; steps of one instant stay as they follow from each other. */
export function inOrder(steps: BetStep[]): BetStep[] {
  return steps.sort((one, two) => one.at.localeCompare(two.at));
}

/**
 * The legs of a pool: their questions, the outcomes that can be picked, and which of them is right.
 *
 * A pool asks what a market asks, except that `method` has its four groups as outcomes.
 */
import { type BoutResult, marketOutcome } from './outcome.ts';
import { type LegOutcome, type Picks, readPicks, VOID_LEG } from './pool.ts';
import {
  type MethodGroup,
  methodGroupOf,
  methodGroups,
  methodGroupText,
  wrestledTimeText,
} from './question.ts';

export const LEGS_MAX = 10;

export type LegQuestion =
  | { readonly kind: 'winner' }
  | { readonly kind: 'over_under'; readonly lineSeconds: number }
  | { readonly kind: 'method' };

export type LegKind = LegQuestion['kind'];
export const legKinds: readonly LegKind[] = ['winner', 'over_under', 'method'];

export interface Leg {
  readonly boutId: number;
  /** The two wrestlers, as they were named when the pool opened. */
  readonly nameA: string;
  readonly nameB: string;
  readonly question: LegQuestion;
}

export function outcomesOf(question: LegQuestion): readonly string[] {
  switch (question.kind) {
    case 'winner':
      return ['A', 'B'];
    case 'over_under':
      return ['over', 'under'];
    case 'method':
      return methodGroups;
  }
}

/** One known outcome for each leg. */
export function arePicks(picks: Picks, legs: readonly Pick<Leg, 'question'>[]): boolean {
  return (
    picks.length === legs.length &&
    legs.every(({ question }, leg) => outcomesOf(question).includes(picks[leg] ?? ''))
  );
}

/** What is right, or `void`: by the same matrix as a market's. */
export function legOutcome(question: LegQuestion, result: BoutResult): LegOutcome {
  switch (question.kind) {
    case 'winner':
      return marketOutcome(question, result);
    case 'over_under': {
      const side = marketOutcome(question, result);
      return side === 'void' ? VOID_LEG : side === 'A' ? 'over' : 'under';
    }
    case 'method':
      return methodGroupOf(result.ending) ?? VOID_LEG;
  }
}

/** What a leg asks, in French. */
export function legText(question: LegQuestion): string {
  switch (question.kind) {
    case 'winner':
      return 'Qui gagne ?';
    case 'over_under':
      return `Plus ou moins de ${wrestledTimeText(question.lineSeconds)} de lutte ?`;
    case 'method':
      return 'Comment le combat se gagne-t-il ?';
  }
}

/** What an outcome of a leg is called, in French. */
export function outcomeText({ question, nameA, nameB }: Omit<Leg, 'boutId'>, outcome: LegOutcome): string {
  if (outcome === VOID_LEG) return 'Annulé : juste pour tous';
  switch (question.kind) {
    case 'winner':
      return outcome === 'A' ? nameA : nameB;
    case 'over_under':
      return `${outcome === 'over' ? 'Plus' : 'Moins'} de ${wrestledTimeText(question.lineSeconds)}`;
    case 'method':
      return capital(methodGroupText(groupOf(outcome)));
  }
}

function groupOf(outcome: string): MethodGroup {
  const group = methodGroups.find((name) => name === outcome);
  if (group === undefined) throw new RangeError(`no way to win: ${outcome}`);
  return group;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** How many different tickets there can be. */
export function combinationCount(legs: readonly Pick<Leg, 'question'>[]): number {
  return legs.reduce((count, { question }) => count * outcomesOf(question).length, 1);
}

/** "Modou Lô · Plus de 10 min" */
export function picksInWords(legs: readonly Leg[], picks: string): string {
  return readPicks(picks)
    .map((pick, index) => {
      const leg = legs[index];
      if (leg === undefined) throw new Error(`picks ${picks} have more legs than their pool`);
      return outcomeText(leg, pick);
    })
    .join(' · ');
}

/** A player's objection to what a bet of his paid. Source: the specification's section 5, Corrections. */
export const OBJECTION_REASON_MAX = 1_000;
export const objectionVerdicts = ['upheld', 'rejected'] as const;
export type ObjectionVerdict = (typeof objectionVerdicts)[number];

/** From the settlement of the market on. */
export const OBJECTION_HOURS = 48;
/** Within which the house answers. */
export const ANSWER_HOURS = 48;

/** "OBJ-000123": what the player and the office call it. */
export function objectionReference(number: number): string {
  return `OBJ-${String(number).padStart(6, '0')}`;
}

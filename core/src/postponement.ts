/**
 * Postponement: until when the bets on a bout that is moved stand, and when they are given back.
 *
 * Source: the specification's section 5, Result: duels stand while the same two meet within N days of the original date.
 */

const DAY_MS = 24 * 60 * 60 * 1000;
/** A bout that is moved in time has a day to get its result, before the job takes it for not fought. */
const RESULT_WAIT_MS = DAY_MS;

export interface MovedBout {
  /** The date that the bettors agreed to. */
  readonly firstMs: number;
  /** The new date; null when there is none yet. */
  readonly toMs: number | null;
  readonly postponementMs: number;
  readonly nowMs: number;
}

export interface PostponementPlan {
  /** The end of the last day, in Dakar (UTC), on which the two may meet. */
  readonly standsUntilMs: number;
  /** The new date is too late: every stake goes back now. */
  readonly isVoid: boolean;
  /** When every stake goes back if nothing else happens. */
  readonly voidAtMs: number;
}

/** Days are counted whole: a bout seven days later that begins an hour later in the evening is within seven days. */
export function planPostponement({ firstMs, toMs, postponementMs, nowMs }: MovedBout): PostponementPlan {
  const last = firstMs + postponementMs;
  const standsUntilMs = last - (last % DAY_MS) + DAY_MS;
  const isVoid = (toMs ?? nowMs) >= standsUntilMs;
  const waitsMs = toMs === null ? standsUntilMs : Math.max(standsUntilMs, toMs + RESULT_WAIT_MS);
  return { standsUntilMs, isVoid, voidAtMs: isVoid ? nowMs : waitsMs };
}

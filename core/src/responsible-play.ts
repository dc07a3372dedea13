/**
 * Responsible play: a player's own limits, his pauses, and the reality check. Windows roll: a day is the last 24 hours.
 *
 * Tightening holds at once. Loosening waits, and then needs the player's second word: a limit that can be lifted in a
 * moment of fever is none.
 */
import { type Refusal, refusal } from './errors.ts';
import type { Xof } from './money.ts';

export const limitKinds = ['deposit', 'stake', 'loss'] as const;
export type LimitKind = (typeof limitKinds)[number];

export const periods = ['day', 'week', 'month'] as const;
export type Period = (typeof periods)[number];

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;

/** The same lengths as `play_window` in the database. */
export const periodMs: Readonly<Record<Period, number>> = {
  day: DAY_MS,
  week: 7 * DAY_MS,
  month: 30 * DAY_MS,
};

/** What a change of a limit does; null is no limit. */
export function changeOf(now: Xof | null, next: Xof | null): 'tightening' | 'loosening' | 'nothing' {
  if (now === next) return 'nothing';
  if (next === null) return 'loosening';
  return now === null || next < now ? 'tightening' : 'loosening';
}

/**
 * - cool_off: a break of hours to weeks; ends by itself.
 * - self_exclusion: months, or for good; after its end the player has to ask to come back, and to wait a day.
 */
export const exclusionKinds = ['cool_off', 'self_exclusion'] as const;
export type ExclusionKind = (typeof exclusionKinds)[number];

export interface ExclusionBounds {
  readonly coolOffMinMs: number;
  readonly coolOffMaxMs: number;
  readonly selfExclusionMinMs: number;
}

/** Null when a pause of this kind may last so many days; null days are for good, and only an exclusion can be. */
export function refuseExclusion(
  kind: ExclusionKind,
  days: number | null,
  bounds: ExclusionBounds,
): Refusal | null {
  const [minMs, maxMs] =
    kind === 'cool_off'
      ? [bounds.coolOffMinMs, bounds.coolOffMaxMs]
      : [bounds.selfExclusionMinMs, Number.POSITIVE_INFINITY];
  const lengthMs = days === null ? Number.POSITIVE_INFINITY : days * DAY_MS;
  const isForGood = kind === 'self_exclusion' && days === null;
  if (isForGood || (lengthMs >= minMs && lengthMs <= maxMs)) return null;
  return refusal('exclusion_length_forbidden', {
    minDays: String(Math.ceil(minMs / DAY_MS)),
    maxDays: maxMs === Number.POSITIVE_INFINITY ? '∞' : String(Math.floor(maxMs / DAY_MS)),
  });
}

/** How often a player wants to be told how long he has been here; 0 is never. */
export const realityCheckMinutes = [0, 15, 30, 60] as const;
export type RealityCheckMinutes = (typeof realityCheckMinutes)[number];

/** The pauses that a page offers. Others can be asked for through the interface, within the settings' bounds. */
export const pauses = {
  '24h': { kind: 'cool_off', days: 1 },
  '7j': { kind: 'cool_off', days: 7 },
  '6s': { kind: 'cool_off', days: 42 },
  '6m': { kind: 'self_exclusion', days: 183 },
  '1a': { kind: 'self_exclusion', days: 365 },
  toujours: { kind: 'self_exclusion', days: null },
} as const satisfies Readonly<Record<string, { kind: ExclusionKind; days: number | null }>>;
export type Pause = keyof typeof pauses;
export const pauseNames = ['24h', '7j', '6s', '6m', '1a', 'toujours'] as const satisfies readonly Pause[];

/**
 * Bouts: one fight of a gala, its states and the ways it can end.
 */

/** announced: planned · whistled: betting is closed, the fight is on or over · decided · cancelled. */
export type BoutState = 'announced' | 'whistled' | 'decided' | 'cancelled';

export const boutEndings = [
  'fall',
  'four_supports',
  'ko',
  'medical_stop',
  'abandon',
  'warnings',
  'decision',
  'draw',
  'no_verdict',
  'double_disqualification',
  'forfeit',
  'opponent_replaced',
  'postponed',
  'cancelled',
] as const;

export type BoutEnding = (typeof boutEndings)[number];

/** What people enter. A bout that was put off is ended so by the named job only. */
export const enteredEndings = boutEndings.filter((ending) => ending !== 'postponed');

const WON: ReadonlySet<BoutEnding> = new Set([
  'fall',
  'four_supports',
  'ko',
  'medical_stop',
  'abandon',
  'warnings',
  'decision',
]);

/** Whether this ending names a winner. */
export function hasWinner(ending: BoutEnding): boolean {
  return WON.has(ending);
}

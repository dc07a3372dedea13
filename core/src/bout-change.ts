/**
 * What a change of a bout before it is fought does to every bet on it: a move, or an end without a fight. One table for
 * who decides and for who is told, so that what was read before a confirmation is what happens.
 *
 * Source: the specification's section 5, Result, and docs/settlement-rules.md, whose tables are its tests.
 */
import type { MarketState } from './market.ts';

/**
 * moved: to a date in time, or without a date yet · too_late: moved beyond the last day that the rule cards promise ·
 * unfought: called off, an opponent replaced, a forfeit before the whistle.
 */
export type BoutChangeKind = 'moved' | 'too_late' | 'unfought';

/** waits: may still be opened · never: nothing of it can be opened any more · suspended · closed: for good. */
export type BettingAfter = 'waits' | 'never' | 'suspended' | 'closed';
/** stay: and may be taken back · back: each open part goes back at once. */
export type OffersAfter = 'stay' | 'back';
/** stand: until the last day · back_now: a job gives both stakes back · back_confirmed: once a colleague confirms. */
export type BetsAfter = 'stand' | 'back_now' | 'back_confirmed';

export interface MarketFate {
  readonly betting: BettingAfter;
  readonly offers: OffersAfter;
  readonly duels: BetsAfter;
}

export interface PoolFate {
  readonly betting: BettingAfter;
  /** by_result: if it comes in time · void_in_time: void when the time for results is over · void: void for all. */
  readonly leg: 'by_result' | 'void_in_time' | 'void';
  /** stand: the leg still decides · leg_for_all: the leg is right for all, the others decide · the stake goes back. */
  readonly tickets: 'stand' | 'leg_for_all' | 'back_in_time' | 'back_now' | 'back_confirmed';
}

const BACK = { moved: 'stand', too_late: 'back_now', unfought: 'back_confirmed' } as const;

/** Of a market whose bout has no result; `isBoutClosed`: its bout was whistled, or stopped otherwise. */
export function marketFate(state: MarketState, change: BoutChangeKind, isBoutClosed: boolean): MarketFate {
  const betting = bettingAfter(state, change, isBoutClosed);
  return { betting, offers: betting === 'suspended' ? 'stay' : 'back', duels: BACK[change] };
}

export interface PoolOnBout {
  readonly state: MarketState;
  /** Its legs on other bouts. */
  readonly legsElsewhere: number;
  /** A leg without a confirmed result at this instant is void. */
  readonly decidedByMs: number;
}

/** Of a pool that is not paid, with a leg on the bout. `toMs`: the new date, null when there is none. */
export function poolFate(
  { state, legsElsewhere, decidedByMs }: PoolOnBout,
  change: BoutChangeKind,
  toMs: number | null,
  isBoutClosed: boolean,
): PoolFate {
  const betting = bettingAfter(state, change, isBoutClosed);
  if (change === 'moved') {
    if (toMs === null || toMs < decidedByMs) return { betting, leg: 'by_result', tickets: 'stand' };
    return { betting, leg: 'void_in_time', tickets: legsElsewhere > 0 ? 'leg_for_all' : 'back_in_time' };
  }
  return { betting, leg: 'void', tickets: legsElsewhere > 0 ? 'leg_for_all' : BACK[change] };
}

function bettingAfter(state: MarketState, change: BoutChangeKind, isBoutClosed: boolean): BettingAfter {
  switch (state) {
    case 'draft':
      return change === 'moved' && !isBoutClosed ? 'waits' : 'never';
    case 'open':
    case 'suspended':
      return change === 'moved' ? 'suspended' : 'closed';
    case 'closed':
    case 'settling':
    case 'settled':
      return 'closed';
  }
}

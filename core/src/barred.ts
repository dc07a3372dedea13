/** Why somebody may not play. Who may not is said in one place: `who_may_not_play` in the database. */
import { type Refusal, refusal } from './errors.ts';

/** A row of what the database says: `reason` is a code, `untilAt` an instant or null. */
export interface Barred {
  readonly reason: string;
  readonly untilAt: string | Date | null;
}

export function refusalOfBarred({ reason, untilAt }: Barred): Refusal {
  switch (reason) {
    case 'player_cooling_off':
      return refusal('player_cooling_off', {
        until: untilAt === null ? '' : new Date(untilAt).toISOString(),
      });
    case 'player_self_excluded':
      return refusal('player_self_excluded');
    case 'player_under_age':
      return refusal('player_under_age');
    case 'barred_person':
      return refusal('barred_person');
    case 'reality_check_due':
      return refusal('reality_check_due');
    default:
      return refusal('player_may_not_bet');
  }
}

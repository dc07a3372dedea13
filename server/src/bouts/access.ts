/** Who may run which gala: the role operator every one, the role robot hidden test galas only. */
import { fail } from '#core/errors.ts';
import { type Db, first } from '../db.ts';
import type { PlayerIdentity, StaffIdentity } from '../http.ts';

export interface GalaAccess {
  readonly visibility: 'public' | 'hidden';
  readonly isTest: boolean;
}

/** For a robot everything but a hidden test gala does not exist. */
export function requireMayRun(staff: StaffIdentity, gala: GalaAccess): void {
  if (!mayRun(staff, gala)) fail('not_found');
}

export function mayRun(staff: StaffIdentity, gala: GalaAccess): boolean {
  return staff.role === 'operator' || (gala.visibility === 'hidden' && gala.isTest);
}

/** A hidden gala is seen by accounts flagged as test only; play money does not show to accounts with real money. */
export function maySee(player: PlayerIdentity | null, gala: GalaAccess): boolean {
  if (gala.visibility === 'hidden') return player?.isTest === true;
  return player === null || player.isTest === gala.isTest;
}

/** The gala of a market decides who may see and run it; null when there is no such market. */
export async function findAccessOfMarket(db: Db, marketId: number): Promise<GalaAccess | null> {
  return first(
    await db.query<GalaAccess>(
      `SELECT g.visibility, g.is_test AS "isTest" FROM market m JOIN bout b ON b.id = m.bout_id
       JOIN gala g ON g.id = b.gala_id WHERE m.id = $1`,
      [marketId],
    ),
  );
}

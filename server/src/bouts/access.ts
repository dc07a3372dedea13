/** Who may read and run which gala: staff read every one, operators run them; a robot does both on hidden test galas only. */
import { fail } from '#core/errors.ts';
import { type Db, first } from '../db.ts';
import type { PlayerIdentity, StaffIdentity } from '../http.ts';

export interface GalaAccess {
  readonly visibility: 'public' | 'hidden';
  readonly isTest: boolean;
}

/** Refuses who may not; for a robot everything but a hidden test gala does not exist. */
export function requireMayRun(staff: StaffIdentity, gala: GalaAccess): void {
  if (!mayRun(staff, gala)) fail('not_found');
}

export function mayRun(staff: StaffIdentity, gala: GalaAccess): boolean {
  return staff.role === 'operator' || (staff.role === 'robot' && isForRobots(gala));
}

export function requireMayRead(staff: StaffIdentity, gala: GalaAccess): void {
  if (!mayRead(staff, gala)) fail('not_found');
}

/** Support, finance, compliance and administrators look at the desk too; they press nothing. */
export function mayRead(staff: StaffIdentity, gala: GalaAccess): boolean {
  return staff.role !== 'robot' || isForRobots(gala);
}

function isForRobots(gala: GalaAccess): boolean {
  return gala.visibility === 'hidden' && gala.isTest;
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

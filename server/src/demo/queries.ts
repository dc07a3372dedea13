import type { Db } from '../db.ts';
import { one } from '../db.ts';

/** Public test galas with a market that is still to be decided. */
export async function countComingDemoGalas(db: Db): Promise<number> {
  const rows = await db.query<{ count: number }>(
    `SELECT count(DISTINCT g.id) FROM gala g JOIN bout b ON b.gala_id = g.id JOIN market m ON m.bout_id = b.id
     WHERE g.visibility = 'public' AND g.is_test AND m.state IN ('open', 'suspended') AND m.hard_stop_at > clock_timestamp()`,
  );
  return one(rows).count;
}

export interface DemoPlayerRow {
  readonly playerId: string;
  readonly phone: string;
  readonly pseudonym: string;
  readonly accountId: number;
}

export async function findDemoPlayers(db: Db, phones: readonly string[]): Promise<DemoPlayerRow[]> {
  return db.query<DemoPlayerRow>(
    `SELECT id AS "playerId", phone, pseudonym, available_account_id AS "accountId" FROM player
     WHERE phone = ANY ($1) AND is_test ORDER BY phone`,
    [phones],
  );
}

export async function findDemoStaff(
  db: Db,
  phones: readonly string[],
): Promise<{ readonly staffId: string; readonly phone: string; readonly name: string }[]> {
  return db.query('SELECT id AS "staffId", phone, name FROM staff WHERE phone = ANY ($1) ORDER BY phone', [
    phones,
  ]);
}

export interface DemoWrestler {
  readonly id: number;
  readonly stable: string | null;
}

/** Published wrestlers who still fight, best known first. */
export async function findWrestlersForDemo(db: Db): Promise<DemoWrestler[]> {
  return db.query<DemoWrestler>(
    `SELECT b.id, b.stable FROM wrestler_brief b JOIN wrestler w ON w.id = b.id
     WHERE w.publication = 'published' AND w.status = 'active' ORDER BY w.official_id LIMIT 20`,
  );
}

export async function wasEverReconciled(db: Db): Promise<boolean> {
  return (await db.query('SELECT FROM reconciliation_run LIMIT 1')).length > 0;
}

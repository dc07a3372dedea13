import type { Db } from '../db.ts';
import type { PlayerIdentity, StaffIdentity } from '../http.ts';
import { showSessionTime } from './show-session-time.ts';

/** What stays open while a reality check is due: the check, help and limits, the way out with the money. */
const alwaysOpen =
  /^(GET|POST) \/(rappel|jouer-responsable|portefeuille\/retrait|deconnexion|verification|live|bulletin\/neuf|conditions|regles)/;

/** The reality check, when it is due: before the page that was asked for, with the way back to it. */
export async function lookFirst(
  db: Db,
  identity: PlayerIdentity | StaffIdentity,
  key: string,
  path: string,
): Promise<string | null> {
  if (identity.kind !== 'player' || alwaysOpen.test(key)) return null;
  const { isCheckDue } = await showSessionTime(db, identity);
  return isCheckDue ? `/rappel?suite=${encodeURIComponent(path)}` : null;
}

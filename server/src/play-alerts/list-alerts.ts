import type { PlayAlert } from '#core/api/play-alerts.ts';
import { recordLook } from '../audit/record-look.ts';
import type { Db } from '../db.ts';
import type { StaffIdentity } from '../http.ts';
import { findAlerts } from './queries.ts';

/** It is about people: the look is written down. */
export async function listAlerts(db: Db, staff: StaffIdentity): Promise<PlayAlert[]> {
  await recordLook(db, staff, { what: 'view-play-alerts', target: 'play-alerts' });
  return findAlerts(db);
}

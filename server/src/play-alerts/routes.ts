import type { Db } from '../db.ts';
import type { Implement } from '../http.ts';
import { closePlayAlert } from './close-play-alert.ts';
import { listAlerts } from './list-alerts.ts';

export function registerPlayAlerts(implement: Implement, { db }: { readonly db: Db }): void {
  implement('GET /staff/play-alerts', async ({ caller }) => ({ alerts: await listAlerts(db, caller) }));
  implement('POST /staff/play-alerts/:alertId/close', ({ caller, params, body }) =>
    closePlayAlert(db, caller, { ...body, alertId: Number(params.alertId) }),
  );
}

import type { Db } from '../db.ts';
import type { StaffIdentity } from '../http.ts';
import type { OfficePages } from '../office-pages.ts';
import { closePlayAlert } from './close-play-alert.ts';
import { listAlerts } from './list-alerts.ts';

export function registerPlayAlertPages(site: OfficePages, { db }: { readonly db: Db }): void {
  const list = async (staff: StaffIdentity, newSlip: () => string, hasClosed: boolean) => ({
    page: 'playAlerts' as const,
    view: {
      alerts: (await listAlerts(db, staff)).map((alert) => ({ ...alert, slip: newSlip() })),
      hasClosed,
    },
  });
  site.page('GET /alertes', ({ caller, query, newSlip }) => list(caller, newSlip, query.fait === 'ferme'));
  site.form('POST /alertes/:alertId/fermer', {
    whereIs: () => '/alertes',
    act: async ({ caller, params, form: { note }, slip: { operationId } }) => {
      await closePlayAlert(db, caller, { operationId, alertId: Number(params.alertId), note });
      return { seeOther: '/alertes?fait=ferme' };
    },
    again: ({ caller, newSlip }) => list(caller, newSlip, false),
  });
}

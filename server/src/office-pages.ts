/** The pages of the office: opened here, one line a feature. */
import type { FastifyInstance } from 'fastify';
import { type OfficeViews, type OfficeVisitor, officePages } from '#core/api/office-pages.ts';
import { registerJournalPage } from './audit/office-pages.ts';
import { registerBarredPages } from './barred-people/office-pages.ts';

import { registerBoutChangePages } from './bout-changes/office-pages.ts';
import { registerOfficeCasePages } from './cases/office-pages.ts';
import { registerDataOfficePages } from './data-rights/office-pages.ts';
import { registerOfficeDepositPages } from './deposits/office-pages.ts';
import { type BoutPagesDeps, registerBoutDeskPages } from './desk/bout-pages.ts';
import { registerMarketPages } from './desk/market-pages.ts';
import { registerDeskPages } from './desk/pages.ts';
import { registerResultPages } from './desk/result-pages.ts';
import { registerEngagementPages } from './engagements/office-pages.ts';
import { registerSimulatorPages } from './fee-simulator/office-pages.ts';
import type { HttpDeps } from './http.ts';
import type { IdentityDeps } from './identity/identity-deps.ts';
import { registerIdentityOfficePages } from './identity/office-pages.ts';
import { registerOfficeObjectionPages } from './objections/office-pages.ts';
import { registerOfficeOperationPages } from './operations/office-pages.ts';
import type { PageBundle } from './page-bundle.ts';
import { openPages, type PageSite } from './pages.ts';
import { registerOfficePasskeyPages } from './passkeys/pages.ts';
import type { PasskeyDeps } from './passkeys/passkey-deps.ts';
import { registerPlayAlertPages } from './play-alerts/office-pages.ts';
import { registerOfficePoolPages } from './pools/office-pages.ts';
import { registerReconciliationPages } from './reconciliation/office-pages.ts';
import type { ReconciliationDeps } from './reconciliation/reconciliation-deps.ts';
import { registerOfficePlayPages } from './responsible-play/office-pages.ts';
import { openForms } from './sessions/form-token.ts';
import { registerOfficeSessionPages } from './sessions/pages.ts';
import { registerSettingsOfficePages } from './setting-changes/office-pages.ts';
import { registerStaffPages } from './staff/pages.ts';
import type { StaffDeps } from './staff/staff-deps.ts';
import { registerOfficeStepUpPages } from './step-up/pages.ts';
import { registerSuspensePages } from './suspense/office-pages.ts';
import { registerTaxPages } from './tax/office-pages.ts';
import { registerPayoutPages } from './withdrawals/office-pages.ts';

export type OfficePages = PageSite<OfficeViews, typeof officePages>;

export type OfficePagesDeps = PasskeyDeps & StaffDeps & BoutPagesDeps & IdentityDeps & ReconciliationDeps;

export function registerOfficePages(
  app: FastifyInstance,
  deps: OfficePagesDeps,
  http: HttpDeps,
  bundle: PageBundle,
): void {
  const site: OfficePages = openPages<OfficeViews, typeof officePages>(
    app,
    {
      http,
      bundle,
      forms: openForms(deps.secrets.formKeys),
      settings: deps.settings,
      loginPath: '/connexion',
      stepUpPath: '/confirmer',
      keepsForms: true,
      checkingPath: (operationId, back) => `/verification/${operationId}?suite=${encodeURIComponent(back)}`,
      visitor: async (identity): Promise<OfficeVisitor | null> => {
        if (identity.kind !== 'staff') return null;
        const { staffId, name, role } = identity;
        return { staffId, name, role };
      },
    },
    officePages,
  );
  registerStaffPages(site, deps);
  registerOfficeCasePages(site, deps);
  registerOfficeObjectionPages(site, deps);
  registerPlayAlertPages(site, deps);
  registerOfficeSessionPages(site, deps);
  registerOfficePasskeyPages(site, deps);
  registerOfficeStepUpPages(site, deps);
  registerOfficePlayPages(site, deps);
  registerOfficeDepositPages(site, deps);
  registerDeskPages(site, deps);
  registerBoutDeskPages(site, deps);
  registerMarketPages(site, deps);
  registerResultPages(site, deps);
  registerBoutChangePages(site, deps);
  registerOfficePoolPages(site, deps);
  registerIdentityOfficePages(site, deps);
  registerBarredPages(site, deps);
  registerDataOfficePages(site, deps);
  registerPayoutPages(site, deps);
  registerReconciliationPages(site, deps);
  registerSuspensePages(site, deps);
  registerTaxPages(site, deps);
  registerSimulatorPages(site, deps);
  registerEngagementPages(site, deps);
  registerSettingsOfficePages(site, deps);
  registerJournalPage(site, deps);
  registerOfficeOperationPages(site, deps);
}

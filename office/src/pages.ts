import type { OfficeViews } from '#core/api/office-pages.ts';
import type { Page } from './page.ts';
import { barredPeoplePage } from './pages/barred-people.tsx';
import { boutPage } from './pages/bout.tsx';
import { callOffPage, callOffPreviewPage } from './pages/call-off.tsx';
import { accountCasePage, casesPage } from './pages/cases.tsx';
import { checkingPage } from './pages/checking.tsx';
import { confirmPage } from './pages/confirm.tsx';
import { correctionPage } from './pages/correction.tsx';
import { dataRequestsPage } from './pages/data-requests.tsx';
import { deadDepositsPage } from './pages/dead-deposits.tsx';
import { engagementsPage } from './pages/engagements.tsx';
import { errorPage } from './pages/error.tsx';
import { simulatorPage } from './pages/fee-simulator.tsx';
import { galaPage } from './pages/gala.tsx';
import { hardStopPage } from './pages/hard-stop.tsx';
import { homePage } from './pages/home.tsx';
import { identitiesPage } from './pages/identities.tsx';
import { identityDocumentPage } from './pages/identity-document.tsx';
import { invitationPage } from './pages/invitation.tsx';
import { journalPage } from './pages/journal.tsx';
import { codePage, phonePage } from './pages/log-in.tsx';
import { lossesPage } from './pages/losses.tsx';
import { marketsPage } from './pages/markets.tsx';
import { memberPage } from './pages/member.tsx';
import { membersPage } from './pages/members.tsx';
import { movePage, movePreviewPage } from './pages/move.tsx';
import { newBoutPage } from './pages/new-bout.tsx';
import { newGalaPage } from './pages/new-gala.tsx';
import { objectionsPage } from './pages/objections.tsx';
import { passkeysPage } from './pages/passkeys.tsx';
import { playPage } from './pages/play.tsx';
import { playAlertsPage } from './pages/play-alerts.tsx';
import { poolPage } from './pages/pool.tsx';
import { newPoolPage, poolsPage } from './pages/pools.tsx';
import { providersPage } from './pages/providers.tsx';
import { reconciledAccountPage } from './pages/reconciled-account.tsx';
import { reconciledDayPage } from './pages/reconciled-day.tsx';
import { reconciliationPage } from './pages/reconciliation.tsx';
import { resultPage } from './pages/result.tsx';
import { resultsPage } from './pages/results.tsx';
import { sessionsPage } from './pages/sessions.tsx';
import { settingPage } from './pages/setting.tsx';
import { settingsPage } from './pages/settings.tsx';
import { suspenseItemPage, suspensePage } from './pages/suspense.tsx';
import { taxMonthPage } from './pages/tax-month.tsx';
import { taxMonthsPage } from './pages/tax-months.tsx';
import { taxSheetPage } from './pages/tax-sheet.tsx';
import { trueWhistlePage } from './pages/true-whistle.tsx';
import { withdrawalPage, withdrawalsPage } from './pages/withdrawals.tsx';

/** Page name → page. */
export const pages: { readonly [Name in keyof OfficeViews]: Page<OfficeViews[Name]> } = {
  error: errorPage,
  home: homePage,
  newGala: newGalaPage,
  gala: galaPage,
  newBout: newBoutPage,
  bout: boutPage,
  move: movePage,
  movePreview: movePreviewPage,
  callOff: callOffPage,
  callOffPreview: callOffPreviewPage,
  hardStop: hardStopPage,
  markets: marketsPage,
  trueWhistle: trueWhistlePage,
  result: resultPage,
  results: resultsPage,
  correction: correctionPage,
  losses: lossesPage,
  pools: poolsPage,
  newPool: newPoolPage,
  pool: poolPage,
  sessions: sessionsPage,
  passkeys: passkeysPage,
  confirm: confirmPage,
  dataRequests: dataRequestsPage,
  cases: casesPage,
  barredPeople: barredPeoplePage,
  objections: objectionsPage,
  playAlerts: playAlertsPage,
  accountCase: accountCasePage,
  identities: identitiesPage,
  identityDocument: identityDocumentPage,
  play: playPage,
  deadDeposits: deadDepositsPage,
  reconciliation: reconciliationPage,
  withdrawals: withdrawalsPage,
  withdrawal: withdrawalPage,
  providers: providersPage,
  reconciledAccount: reconciledAccountPage,
  reconciledDay: reconciledDayPage,
  suspense: suspensePage,
  suspenseItem: suspenseItemPage,
  taxMonths: taxMonthsPage,
  taxMonth: taxMonthPage,
  taxSheet: taxSheetPage,
  simulator: simulatorPage,
  engagements: engagementsPage,
  settings: settingsPage,
  setting: settingPage,
  journal: journalPage,
  members: membersPage,
  member: memberPage,
  invitation: invitationPage,
  checking: checkingPage,
  phone: phonePage,
  code: codePage,
};

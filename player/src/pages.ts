import type { PlayerViews } from '#core/api/player-pages.ts';
import type { Page } from './page.ts';
import { acceptPage } from './pages/accept.tsx';
import { automaticPayoutPage } from './pages/automatic-payout.tsx';
import { betPage } from './pages/bet.tsx';
import { betHistoryPage } from './pages/bet-history.tsx';
import { betsPage } from './pages/bets.tsx';
import { bonusPage, referralPage } from './pages/bonus.tsx';
import { boutPage } from './pages/bout.tsx';
import {
  accessHelpPage,
  claimPage,
  claimPhonePage,
  doorCasePage,
  newPhoneCodePage,
  newPhonePage,
  ownCasesPage,
} from './pages/cases.tsx';
import { challengePage } from './pages/challenge.tsx';
import { checkingPage } from './pages/checking.tsx';
import { confirmPage } from './pages/confirm.tsx';
import { closedPage, closingPage, dataPage } from './pages/data.tsx';
import { depositPage } from './pages/deposit.tsx';
import { depositsPage } from './pages/deposits.tsx';
import { devicesPage } from './pages/devices.tsx';
import { errorPage } from './pages/error.tsx';
import { galaPage } from './pages/gala.tsx';
import { homePage } from './pages/home.tsx';
import { identityPage } from './pages/identity.tsx';
import { objectionPage } from './pages/objection.tsx';
import { offerPage } from './pages/offer.tsx';
import { passkeysPage } from './pages/passkeys.tsx';
import { payingPage } from './pages/paying.tsx';
import { codePage, mePage, phonePage, signUpPage } from './pages/people.tsx';
import { changePinPage, newPinPage, pinPage } from './pages/pin.tsx';
import { rulesPage, termsPage } from './pages/plain.tsx';
import { limitPage, pausePage, realityCheckPage } from './pages/play-forms.tsx';
import { poolPage } from './pages/pool.tsx';
import { poolStepsPage } from './pages/pool-steps.tsx';
import { howToVerifyPage, marketProofPage, poolProofPage, rootsPage } from './pages/proofs.tsx';
import { rebetPage } from './pages/rebet.tsx';
import { responsiblePage } from './pages/responsible.tsx';
import { sessionsPage } from './pages/sessions.tsx';
import { slipPage } from './pages/slip.tsx';
import { statementPage, statementSheetPage } from './pages/statement.tsx';
import { ticketSlipPage } from './pages/ticket-slip.tsx';
import { ticketPage, ticketsPage } from './pages/tickets.tsx';
import { walletPage } from './pages/wallet.tsx';
import { withdrawalPage, withdrawalShownPage } from './pages/withdrawal.tsx';
import { wrestlerPage, wrestlersPage } from './pages/wrestlers.tsx';

/** Page name → page. */
export const pages: { readonly [Name in keyof PlayerViews]: Page<PlayerViews[Name]> } = {
  error: errorPage,
  home: homePage,
  gala: galaPage,
  bout: boutPage,
  slip: slipPage,
  accept: acceptPage,
  challenge: challengePage,
  offer: offerPage,
  rebet: rebetPage,
  bet: betPage,
  bets: betsPage,
  pool: poolPage,
  ticketSlip: ticketSlipPage,
  poolSteps: poolStepsPage,
  tickets: ticketsPage,
  ticket: ticketPage,
  betHistory: betHistoryPage,
  objection: objectionPage,
  roots: rootsPage,
  marketProof: marketProofPage,
  poolProof: poolProofPage,
  howToVerify: howToVerifyPage,
  wallet: walletPage,
  bonus: bonusPage,
  referral: referralPage,
  deposit: depositPage,
  deposits: depositsPage,
  paying: payingPage,
  withdrawal: withdrawalPage,
  automaticPayout: automaticPayoutPage,
  withdrawalShown: withdrawalShownPage,
  checking: checkingPage,
  phone: phonePage,
  code: codePage,
  pin: pinPage,
  newPin: newPinPage,
  changePin: changePinPage,
  devices: devicesPage,
  accessHelp: accessHelpPage,
  doorCase: doorCasePage,
  ownCases: ownCasesPage,
  claimPhone: claimPhonePage,
  claim: claimPage,
  newPhone: newPhonePage,
  newPhoneCode: newPhoneCodePage,
  signUp: signUpPage,
  me: mePage,
  sessions: sessionsPage,
  passkeys: passkeysPage,
  confirm: confirmPage,
  identity: identityPage,
  data: dataPage,
  closing: closingPage,
  closed: closedPage,
  wrestlers: wrestlersPage,
  wrestler: wrestlerPage,
  rules: rulesPage,
  terms: termsPage,
  responsible: responsiblePage,
  limit: limitPage,
  pause: pausePage,
  realityCheck: realityCheckPage,
  statement: statementPage,
  statementSheet: statementSheetPage,
};

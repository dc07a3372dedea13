import { readDigits } from '#core/digits.ts';
import { sentenceOf } from '#core/errors.ts';
import type { PlayerIdentity } from '../http.ts';
import { findAvailable } from '../ledger/find-available.ts';
import type { PlayerPages } from '../player-pages.ts';
import { showProfile } from '../players/show-profile.ts';
import { mayWantLimit } from '../responsible-play/may-want-limit.ts';
import { showWeekLoss } from '../responsible-play/show-play.ts';
import { showRoom } from './judge-movements.ts';
import { requestDeposit } from './request-deposit.ts';
import { requestWithdrawal } from './request-withdrawal.ts';
import { showStatement, showWallet } from './show-wallet.ts';
import type { WalletDoorDeps } from './wallet-deps.ts';

export function registerWalletPages(site: PlayerPages, deps: WalletDoorDeps): void {
  const { db } = deps;
  site.page('GET /portefeuille', async ({ caller, query }) => {
    const { movements, next } = await showStatement(db, caller, query.before ?? null);
    const wallet = await showWallet(db, caller);
    const isFirstPage = query.before === undefined;
    const weekLossXof = await showWeekLoss(db, caller);
    const news = query.fait ?? null;
    return { page: 'wallet', view: { wallet, movements, next, isFirstPage, news, weekLossXof } };
  });
  registerDepositForm(site, deps);
  registerWithdrawalForm(site, deps);
}

function registerDepositForm(site: PlayerPages, deps: WalletDoorDeps): void {
  const { db, settings } = deps;
  const depositForm = async (
    caller: PlayerIdentity,
    amountXof: number | null,
    back: string | null,
    slip: string,
  ) => {
    const { tier, depositLeftXof, depositRefusal } = await showRoom(db, caller);
    const { depositMinXof: minXof, depositMaxXof } = settings.current();
    const maxXof = Math.min(depositMaxXof, depositLeftXof);
    const closedBecause = maxXof < minXof ? sentenceOf(depositRefusal, 'fr') : null;
    return {
      page: 'deposit' as const,
      view: {
        amountXof,
        back,
        isTest: caller.isTest,
        minXof,
        maxXof,
        tier,
        closedBecause,
        proposesLimit: await mayWantLimit(db, caller.playerId),
        slip,
      },
    };
  };
  site.page('GET /portefeuille/depot', async ({ caller, query, newSlip }) =>
    depositForm(caller, query.amountXof ?? null, query.suite ?? null, newSlip()),
  );
  site.form('POST /portefeuille/depot', {
    whereIs: () => '/portefeuille/depot',
    act: async ({ caller, form, slip }) => {
      const { operationId } = slip;
      const { amountXof, suite } = form;
      const { state } = await requestDeposit(deps, caller, { operationId, provider: 'internal', amountXof });
      if (state === 'credited') return { seeOther: suite ?? '/portefeuille?fait=depot' };
      const news = state === 'refused' ? 'refuse' : state === 'returned' ? 'renvoye' : 'attente';
      return { seeOther: `/portefeuille?fait=depot-${news}` };
    },
    again: async ({ caller, newSlip }, problem) =>
      depositForm(caller, null, problem.typed['suite'] ?? null, newSlip()),
  });
}

function registerWithdrawalForm(site: PlayerPages, deps: WalletDoorDeps): void {
  const { db, settings } = deps;
  const withdrawalForm = async (caller: PlayerIdentity, amountXof: number | null, slip: string) => ({
    page: 'withdrawal' as const,
    view: {
      amountXof,
      availableXof: await findAvailable(db, caller.accountId),
      leftXof: (await showRoom(db, caller)).withdrawalLeftXof,
      minXof: settings.current().withdrawalMinXof,
      multipleXof: settings.current().withdrawalMultipleXof,
      isTest: caller.isTest,
      maskedPhone: (await showProfile(db, caller)).maskedPhone,
      slip,
    },
  });
  site.page('GET /portefeuille/retrait', ({ caller, query, newSlip }) =>
    withdrawalForm(caller, query.amountXof ?? null, newSlip()),
  );
  site.form('POST /portefeuille/retrait', {
    // Who has to confirm first comes back to the amount he had typed.
    whereIs: (_params, { amountXof = '' }) => {
      const digits = readDigits(amountXof);
      return `/portefeuille/retrait${digits === null ? '' : `?amountXof=${digits}`}`;
    },
    act: async ({ caller, form, slip }) => {
      const { operationId } = slip;
      await requestWithdrawal(deps, caller, { operationId, provider: 'internal', amountXof: form.amountXof });
      return { seeOther: '/portefeuille?fait=retrait' };
    },
    again: ({ caller, newSlip }) => withdrawalForm(caller, null, newSlip()),
  });
}

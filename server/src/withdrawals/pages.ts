import { readDigits } from '#core/digits.ts';
import type { PlayerIdentity } from '../http.ts';
import { findAvailable } from '../ledger/find-available.ts';
import type { PlayerPages } from '../player-pages.ts';
import { showProfile } from '../players/show-profile.ts';
import { showRoom } from '../wallet/judge-movements.ts';
import type { WalletDoorDeps } from '../wallet/wallet-deps.ts';
import { requestWithdrawal } from './request-withdrawal.ts';

export function registerWithdrawalPages(site: PlayerPages, deps: WalletDoorDeps): void {
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

import { readDigits } from '#core/digits.ts';
import type { PlayerPages } from '../player-pages.ts';
import type { WalletDoorDeps } from '../wallet/wallet-deps.ts';
import { chooseAutomaticPayout } from './choose-automatic-payout.ts';
import { requestWithdrawal } from './request-withdrawal.ts';
import { showAutomaticPayout } from './show-automatic-payout.ts';
import { showOwnWithdrawal } from './show-own-withdrawal.ts';
import { showWithdrawalForm } from './show-withdrawal-form.ts';

export function registerWithdrawalPages(site: PlayerPages, deps: WalletDoorDeps): void {
  registerAutomaticPayout(site, deps);
  site.page('GET /portefeuille/retrait', async ({ caller, query, newSlip }) => {
    const { amountXof = null, provider = null } = query;
    const view = await showWithdrawalForm(deps, caller, { amountXof, provider, slip: newSlip() });
    // Who cannot take anything out is not asked for his PIN first.
    if (view.closedBecause !== null || caller.session.isSteppedUp) return { page: 'withdrawal', view };
    return { seeOther: `/confirmer?suite=${encodeURIComponent(pathOf(amountXof, provider))}` };
  });
  site.form('POST /portefeuille/retrait', {
    // Who has to confirm first comes back to what he had typed.
    whereIs: (_params, { amountXof = '', provider = '' }) =>
      pathOf(readDigits(amountXof), /^[a-z_]+$/.test(provider) ? provider : null),
    act: async ({ caller, form, slip }) => {
      const { operationId } = slip;
      const { provider, amountXof } = form;
      await requestWithdrawal(deps, caller, { operationId, provider, amountXof });
      return { seeOther: `/portefeuille/retraits/${operationId}?nouveau=1` };
    },
    again: async ({ caller, newSlip }, problem) => ({
      page: 'withdrawal',
      view: await showWithdrawalForm(deps, caller, {
        amountXof: null,
        provider: problem.typed['provider'] ?? null,
        slip: newSlip(),
      }),
    }),
  });

  site.page('GET /portefeuille/retraits/:operationId', async ({ caller, params, query }) => ({
    page: 'withdrawalShown',
    view: await showOwnWithdrawal(deps, caller, {
      operationId: params.operationId,
      isNew: query.nouveau === '1',
      attempt: query.essai ?? 1,
    }),
  }));
  site.page('GET /portefeuille/retraits/:operationId/etat', async ({ caller, params, reply }) => {
    const asked = { operationId: params.operationId, isNew: false, attempt: 1 };
    const { version } = await showOwnWithdrawal(deps, caller, asked);
    reply.header('cache-control', 'no-store').send({ version });
    return { answered: true };
  });
}

function registerAutomaticPayout(site: PlayerPages, deps: WalletDoorDeps): void {
  site.page('GET /portefeuille/gains', async ({ caller, query, newSlip }) => ({
    page: 'automaticPayout',
    view: await showAutomaticPayout(deps, caller, { isDone: query.fait === '1', slip: newSlip() }),
  }));
  site.form('POST /portefeuille/gains', {
    whereIs: () => '/portefeuille/gains',
    act: async ({ caller, form, slip: { operationId } }) => {
      await chooseAutomaticPayout(deps, caller, { operationId, provider: form.provider ?? null });
      return { seeOther: '/portefeuille/gains?fait=1' };
    },
    again: async ({ caller, newSlip }) => ({
      page: 'automaticPayout',
      view: await showAutomaticPayout(deps, caller, { isDone: false, slip: newSlip() }),
    }),
  });
}

function pathOf(amountXof: number | null, provider: string | null): string {
  const fields = new URLSearchParams();
  if (amountXof !== null) fields.set('amountXof', String(amountXof));
  if (provider !== null) fields.set('provider', provider);
  const query = fields.toString();
  return query === '' ? '/portefeuille/retrait' : `/portefeuille/retrait?${query}`;
}

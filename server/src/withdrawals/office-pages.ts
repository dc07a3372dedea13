/** Withdrawals and providers in the office: finance agrees, refuses, says what became of the unexplained. */
import type { StaffIdentity } from '../http.ts';
import type { OfficePages } from '../office-pages.ts';
import type { WalletDeps } from '../wallet/wallet-deps.ts';
import { decideWithdrawal } from './decide-withdrawal.ts';
import { decideVerdict, proposeVerdict } from './give-verdict.ts';
import { showForFinance, showProviders, showQueue } from './show-queue.ts';
import { stopProvider } from './stop-provider.ts';

export function registerPayoutPages(site: OfficePages, deps: WalletDeps): void {
  site.page('GET /retraits', async ({ query }) => ({
    page: 'withdrawals',
    view: await showQueue(deps, query.liste ?? 'attente', query.tel ?? null),
  }));
  registerWithdrawalPage(site, deps);
  registerProviderPages(site, deps);
}

function registerWithdrawalPage(site: OfficePages, deps: WalletDeps): void {
  const onePage = async (
    caller: StaffIdentity,
    withdrawalId: string,
    newSlip: () => string,
    done: 'decide' | 'constat' | null = null,
  ) => ({
    page: 'withdrawal' as const,
    view: {
      ...(await showForFinance(deps, caller, withdrawalId)),
      done,
      slips: { accept: newSlip(), refuse: newSlip(), verdict: newSlip() },
    },
  });
  const whereIs = ({ withdrawalId }: { readonly withdrawalId: string }) => `/retraits/${withdrawalId}`;

  site.page('GET /retraits/:withdrawalId', ({ caller, params, query, newSlip }) =>
    onePage(caller, params.withdrawalId, newSlip, query.fait ?? null),
  );
  const decisions = [
    ['POST /retraits/:withdrawalId/accepter', true],
    ['POST /retraits/:withdrawalId/refuser', false],
  ] as const;
  for (const [route, approves] of decisions) {
    site.form(route, {
      whereIs,
      act: async ({ caller, params, form: { note }, slip: { operationId } }) => {
        await decideWithdrawal(deps, caller, { operationId, ...params, approves, note });
        return { seeOther: `${whereIs(params)}?fait=decide` };
      },
      again: ({ caller, params, newSlip }) => onePage(caller, params.withdrawalId, newSlip),
    });
  }
  site.form('POST /retraits/:withdrawalId/constat', {
    whereIs,
    act: async ({ caller, params, form: { verdict, evidence }, slip: { operationId } }) => {
      await proposeVerdict(deps, caller, { operationId, ...params, verdict, evidence });
      return { seeOther: `${whereIs(params)}?fait=constat` };
    },
    again: ({ caller, params, newSlip }) => onePage(caller, params.withdrawalId, newSlip),
  });
  const verdictForms = [
    ['POST /retraits/:withdrawalId/constat/:verdictId/confirmer', true],
    ['POST /retraits/:withdrawalId/constat/:verdictId/abandonner', false],
  ] as const;
  for (const [route, confirms] of verdictForms) {
    site.form(route, {
      whereIs,
      act: async ({ caller, params, slip: { operationId } }) => {
        await decideVerdict(deps, caller, { operationId, verdictId: params.verdictId, confirms });
        return { seeOther: `${whereIs(params)}?fait=constat` };
      },
      again: ({ caller, params, newSlip }) => onePage(caller, params.withdrawalId, newSlip),
    });
  }
}

function registerProviderPages(site: OfficePages, deps: WalletDeps): void {
  const providersPage = async (newSlip: () => string, done: 'arrete' | 'repris' | null = null) => ({
    page: 'providers' as const,
    view: {
      providers: await showProviders(deps),
      floatMinXof: deps.settings.current().floatMinXof,
      done,
      slip: newSlip(),
    },
  });
  site.page('GET /operateurs', ({ query, newSlip }) => providersPage(newSlip, query.fait ?? null));
  const forms = [
    ['POST /operateurs/:provider/arreter', true],
    ['POST /operateurs/:provider/reprendre', false],
  ] as const;
  for (const [route, isStopped] of forms) {
    site.form(route, {
      whereIs: () => '/operateurs',
      act: async ({ caller, params, form: { side, note }, slip: { operationId } }) => {
        await stopProvider(deps, caller, { operationId, ...params, side, note, isStopped });
        return { seeOther: `/operateurs?fait=${isStopped ? 'arrete' : 'repris'}` };
      },
      again: ({ newSlip }) => providersPage(newSlip),
    });
  }
}

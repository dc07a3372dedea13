/** Reconciliation in the office. */
import type { LineFilter, ReconciliationDone } from '#core/api/reconciliation-pages.ts';
import { fail } from '#core/errors.ts';
import { isDay } from '#core/identity-document.ts';
import type { OfficePages } from '../office-pages.ts';
import { closeDay } from './close-day.ts';
import { countInSuspense } from './day-queries.ts';
import type { ReconciliationDeps } from './reconciliation-deps.ts';
import { runReconciliation } from './run-reconciliation.ts';
import { listAccounts, listDays, listLines, listRuns, showAccount, showDay } from './show-reconciliation.ts';
import { writeCsv } from './write-csv.ts';

export function registerReconciliationPages(site: OfficePages, deps: ReconciliationDeps): void {
  const overview = async (done: ReconciliationDone | null, newSlip: () => string) => ({
    page: 'reconciliation' as const,
    view: {
      accounts: await listAccounts(deps),
      suspenseCount: await countInSuspense(deps.db),
      done,
      slip: newSlip(),
    },
  });
  site.page('GET /rapprochement', ({ query, newSlip }) => overview(query.fait ?? null, newSlip));
  site.form('POST /rapprochement', {
    whereIs: () => '/rapprochement',
    act: async ({ caller, slip: { operationId } }) => {
      await runReconciliation(deps, caller, { operationId });
      return { seeOther: '/rapprochement?fait=lance' };
    },
    again: ({ newSlip }) => overview(null, newSlip),
  });

  site.page('GET /rapprochement/:provider/:account', async ({ params, query }) => ({
    page: 'reconciledAccount',
    view: {
      account: await showAccount(deps, params),
      days: await listDays(deps, params),
      runs: await listRuns(deps, params),
      done: query.fait ?? null,
    },
  }));
  registerDay(site, deps);
}

type OfDay = Readonly<Record<'provider' | 'account' | 'day', string>>;

function registerDay(site: OfficePages, deps: ReconciliationDeps): void {
  const dayPage = async (of: OfDay, filter: LineFilter | null, newSlip: () => string) => {
    if (!isDay(of.day)) fail('not_found');
    return {
      page: 'reconciledDay' as const,
      view: {
        account: await showAccount(deps, of),
        day: await showDay(deps, of),
        filter,
        lines: await listLines(deps, { ...of, filter }),
        slip: newSlip(),
      },
    };
  };
  site.page('GET /rapprochement/:provider/:account/:day', ({ params, query, newSlip }) =>
    dayPage(params, query.etat ?? null, newSlip),
  );
  site.page('GET /rapprochement/:provider/:account/:day/lignes.csv', async ({ params, reply }) => {
    if (!isDay(params.day)) fail('not_found');
    const { account, day } = params;
    const lines = await listLines(deps, { ...params, filter: null, isWhole: true });
    await reply
      .header('cache-control', 'no-store')
      .header('content-disposition', `attachment; filename="${account}-${day}.csv"`)
      .type('text/csv; charset=utf-8')
      .send(writeCsv(lines));
    return { answered: true };
  });
  const whereIs = ({ provider, account, day }: OfDay) => `/rapprochement/${provider}/${account}/${day}`;
  site.form('POST /rapprochement/:provider/:account/:day/cloture', {
    whereIs,
    act: async ({ caller, params, slip: { operationId } }) => {
      if (!isDay(params.day)) fail('not_found');
      await closeDay(deps, caller, { operationId, ...params });
      return { seeOther: `/rapprochement/${params.provider}/${params.account}?fait=cloture` };
    },
    again: ({ params, newSlip }) => dayPage(params, null, newSlip),
  });
}

/** The tax on winnings in the office: months, returns, payments to the State. */
import type { TaxDone } from '#core/api/tax-pages.ts';
import { readClock } from '../clock.ts';
import type { Db } from '../db.ts';
import type { StaffIdentity } from '../http.ts';
import type { OfficePages } from '../office-pages.ts';
import { confirmRemittance, refuseRemittance } from './decide-remittance.ts';
import { proposeRemittance } from './propose-remittance.ts';
import { listTaxMonths, showTaxMonth } from './show-tax.ts';

interface Deps {
  readonly db: Db;
}

export function registerTaxPages(site: OfficePages, deps: Deps): void {
  const { db } = deps;
  const isPlay = (query: { readonly argent?: 'essai' }) => query.argent === 'essai';
  site.page('GET /impots', async ({ query }) => ({
    page: 'taxMonths',
    view: await listTaxMonths(db, isPlay(query)),
  }));
  site.page('GET /impots/:month', ({ params, caller, query, newSlip }) =>
    monthPage(deps, { ...params, isTest: isPlay(query) }, caller, query.fait ?? null, newSlip),
  );
  site.page('GET /impots/:month/feuille', async ({ params, caller, query }) => {
    const asked = { ...params, isTest: isPlay(query) };
    const { report, reportHash, due, paid } = await showTaxMonth(db, asked, caller.staffId);
    return { page: 'taxSheet', view: { report, reportHash, due, paid } };
  });
  site.page('GET /impots/:month/declaration.csv', async ({ params: { month }, caller, query, reply }) => {
    const isTest = isPlay(query);
    const { csv } = await showTaxMonth(db, { month, isTest }, caller.staffId);
    // When it was made is in the name: the bytes are what a payment is frozen with.
    const madeAt = (await readClock(db)).toISOString().slice(0, 16).replace(':', 'h');
    await reply
      .header('cache-control', 'no-store')
      .header(
        'content-disposition',
        `attachment; filename="mbayar-impots-${month}${isTest ? '-essai' : ''}-etabli-${madeAt}.csv"`,
      )
      .type('text/csv; charset=utf-8')
      .send(csv);
    return { answered: true };
  });

  const whereIs = ({ month }: { readonly month: string }) => `/impots/${month}`;
  site.form('POST /impots/:month/versement', {
    whereIs,
    act: async ({
      caller,
      params: { month },
      form: { amountXof, paidOn, reference },
      slip: { operationId },
    }) => {
      await proposeRemittance(deps, caller, { operationId, month, amountXof, paidOn, reference });
      return { seeOther: `/impots/${month}?fait=propose` };
    },
    again: ({ caller, params, newSlip }) =>
      monthPage(deps, { ...params, isTest: false }, caller, null, newSlip),
  });
  site.form('POST /impots/:month/versement/:remittanceId/confirmer', {
    whereIs,
    act: async ({ caller, params: { month, remittanceId }, slip: { operationId } }) => {
      await confirmRemittance(deps, caller, { operationId, remittanceId });
      return { seeOther: `/impots/${month}?fait=confirme` };
    },
    again: ({ caller, params, newSlip }) =>
      monthPage(deps, { ...params, isTest: false }, caller, null, newSlip),
  });
  site.form('POST /impots/:month/versement/:remittanceId/refuser', {
    whereIs,
    act: async ({ caller, params: { month, remittanceId }, slip: { operationId } }) => {
      await refuseRemittance(deps, caller, { operationId, remittanceId });
      return { seeOther: `/impots/${month}?fait=refuse` };
    },
    again: ({ caller, params, newSlip }) =>
      monthPage(deps, { ...params, isTest: false }, caller, null, newSlip),
  });
}

async function monthPage(
  { db }: Deps,
  asked: { readonly month: string; readonly isTest: boolean },
  { staffId, role }: StaffIdentity,
  done: TaxDone | null,
  newSlip: () => string,
) {
  const { csv, reportHash, paid, ...shown } = await showTaxMonth(db, asked, staffId);
  return {
    page: 'taxMonth' as const,
    view: {
      ...shown,
      // An administrator reads.
      mayPay: role === 'finance' && paid === null && !asked.isTest,
      done,
      proposeSlip: newSlip(),
      confirmSlip: newSlip(),
      refuseSlip: newSlip(),
    },
  };
}

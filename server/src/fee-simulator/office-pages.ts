import { simulateFees } from '#core/fee-simulation.ts';
import { xof } from '#core/money.ts';
import { percentOf, readPercent } from '#core/setting-value-text.ts';
import type { Db } from '../db.ts';
import type { OfficePages } from '../office-pages.ts';
import { readSettings } from '../settings/open-settings.ts';

const EXAMPLE_XOF = xof(10_000);

export function registerSimulatorPages(site: OfficePages, { db }: { readonly db: Db }): void {
  site.page('GET /simulateur', async ({ query, problem }) => {
    const settings = await readSettings(db);
    const { stakeXof = EXAMPLE_XOF, askXof = stakeXof } = query;
    const rates = {
      commissionBps: readPercent(query.commission ?? '') ?? settings.commissionBps,
      commissionBase: query.commissionBase ?? settings.commissionBase,
      taxBps: readPercent(query.tax ?? '') ?? settings.taxBps,
      poolTakeOutBps: readPercent(query.takeOut ?? '') ?? settings.poolTakeOutBps,
    };
    const fields = {
      stakeXof,
      askXof,
      commission: percentOf(rates.commissionBps),
      commissionBase: rates.commissionBase,
      tax: percentOf(rates.taxBps),
      takeOut: percentOf(rates.poolTakeOutBps),
    };
    const bases = problem === null ? simulateFees({ stakeXof, askXof, ...rates }) : [];
    const view = { fields, bases, inForce: { taxBase: settings.taxBase } };
    return { page: 'simulator', view, ...(problem === null ? {} : { status: 400 }) };
  });
}

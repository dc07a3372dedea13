/** The markets of a bout in the office: what it asks, the questions that are added, and each market's own commands. */
import type { MarketsDone, OfficeMarketViews, officeMarketPages } from '#core/api/market-pages.ts';
import { fail, refusal } from '#core/errors.ts';
import { methodGroups, type Question } from '#core/question.ts';
import { addMarket } from '../bouts/add-market.ts';
import { openMarket } from '../bouts/open-market.ts';
import { resumeMarket, suspendMarket } from '../bouts/suspend-market.ts';
import { FieldRefusalError } from '../forms.ts';
import type { StaffIdentity } from '../http.ts';
import type { OfficePages } from '../office-pages.ts';
import type { PageCall } from '../pages.ts';
import type { BoutPagesDeps } from './bout-pages.ts';
import { findDeskMarkets } from './market-queries.ts';
import { requireDesk } from './read-bout-desk.ts';

type Routes = typeof officeMarketPages;
type MarketsCall = Pick<PageCall<Routes['GET /combats/:boutId/marches']>, 'caller' | 'params' | 'newSlip'>;

export function registerMarketPages(site: OfficePages, deps: BoutPagesDeps): void {
  site.page('GET /combats/:boutId/marches', (call) => marketsPage(deps, call, call.query.fait ?? null));

  site.form('POST /combats/:boutId/marches/duree', {
    whereIs,
    act: async ({ caller, params, form, slip }) => {
      const lineSeconds = 60 * form.lineMinutes + (form.lineSeconds ?? 0);
      if (lineSeconds === 0) throw new FieldRefusalError('lineMinutes', refusal('field_invalid'));
      const question: Question = { kind: 'over_under', lineSeconds };
      const boutId = Number(params.boutId);
      await addMarket(deps.db, caller, { operationId: slip.operationId, boutId, question });
      return doneWith(deps, boutId, 'ajoute');
    },
    again: (call) => marketsPage(deps, call, null),
  });
  site.form('POST /combats/:boutId/marches/maniere', {
    whereIs,
    act: async ({ caller, params, form: { group }, slip }) => {
      const boutId = Number(params.boutId);
      const question: Question = { kind: 'method', group };
      await addMarket(deps.db, caller, { operationId: slip.operationId, boutId, question });
      return doneWith(deps, boutId, 'ajoute');
    },
    again: (call) => marketsPage(deps, call, null),
  });

  site.form('POST /combats/:boutId/marches/:marketId/ouvrir', {
    whereIs,
    act: async ({ caller, params, form: { payoutPolicy }, slip }) => {
      const { boutId, marketId } = await requireMarket(deps, caller, params);
      await openMarket(deps.db, caller, { operationId: slip.operationId, marketId, payoutPolicy });
      return doneWith(deps, boutId, 'ouvert');
    },
    again: (call) => marketsPage(deps, call, null),
  });
  addTurn(site, deps, 'suspendre');
  addTurn(site, deps, 'reprendre');
}

function addTurn(site: OfficePages, deps: BoutPagesDeps, action: 'suspendre' | 'reprendre'): void {
  const run = action === 'suspendre' ? suspendMarket : resumeMarket;
  site.form(`POST /combats/:boutId/marches/:marketId/${action}`, {
    whereIs,
    act: async ({ caller, params, slip }) => {
      const { boutId, marketId } = await requireMarket(deps, caller, params);
      await run(deps.db, caller, { operationId: slip.operationId, marketId });
      return doneWith(deps, boutId, action === 'suspendre' ? 'suspendu' : 'repris');
    },
    again: (call) => marketsPage(deps, call, null),
  });
}

const whereIs = ({ boutId }: { readonly boutId: string }) => `/combats/${boutId}/marches`;

async function marketsPage(
  { db }: BoutPagesDeps,
  { caller, params, newSlip }: MarketsCall,
  done: MarketsDone | null,
): Promise<{ page: 'markets'; view: OfficeMarketViews['markets'] }> {
  const { subject, boutState, hardStopAt } = await requireDesk(db, caller, Number(params.boutId));
  const markets = await findDeskMarkets(db, subject.boutId);
  return {
    page: 'markets',
    view: {
      subject,
      boutState,
      hardStopAt,
      markets: markets.map((market) => ({ ...market, slip: newSlip() })),
      groupsLeft: methodGroups.filter((group) => !markets.some((market) => market.group === group)),
      done,
      slips: { time: newSlip(), method: newSlip() },
    },
  };
}

/** The market named in the address, when it is one of the bout's and the bout is for this person. */
async function requireMarket(
  { db }: BoutPagesDeps,
  staff: StaffIdentity,
  params: { readonly boutId: string; readonly marketId: string },
): Promise<{ readonly boutId: number; readonly marketId: number }> {
  const { subject } = await requireDesk(db, staff, Number(params.boutId));
  const marketId = Number(params.marketId);
  const markets = await findDeskMarkets(db, subject.boutId);
  if (!markets.some((market) => market.marketId === marketId)) fail('not_found');
  return { boutId: subject.boutId, marketId };
}

function doneWith(deps: BoutPagesDeps, boutId: number, done: MarketsDone): { seeOther: string } {
  deps.onBoutChanged(boutId);
  return { seeOther: `/combats/${boutId}/marches?fait=${done}` };
}

/** A bout's desk as the office shows it: what is fixed, and what changes while it is looked at. */
import type { DeskResult, DeskSubject, DeskWhistle, LiveDesk } from '#core/api/desk-views.ts';
import { fail } from '#core/errors.ts';
import { sumXof, xof } from '#core/money.ts';
import { winnerQuestion } from '#core/question.ts';
import { type SettlementTotals, totalSettlement } from '#core/settlement-totals.ts';
import { listCommandsOn } from '../audit/list-commands.ts';
import { requireMayRead } from '../bouts/access.ts';
import type { Db } from '../db.ts';
import type { StaffIdentity } from '../http.ts';
import { showResults } from '../settlement/show-results.ts';
import { readSettlement } from '../settlement/show-settlement.ts';
import { outcomeOf } from '../settlement/start-settlements.ts';
import { findDeskMarkets } from './market-queries.ts';
import {
  countLateDuels,
  type DeskRow,
  findDesk,
  findDuelStacks,
  findMove,
  findPaidSums,
  findResult,
  findTrueWhistleSeen,
} from './queries.ts';

export interface BoutDesk {
  readonly subject: DeskSubject;
  readonly live: LiveDesk;
}

/** For who may read the gala; for others the bout does not exist. */
export async function showDeskOf(db: Db, staff: StaffIdentity, boutId: number): Promise<BoutDesk> {
  const row = await requireDesk(db, staff, boutId);
  return { subject: row.subject, live: await readLive(db, row) };
}

/** What does not change, and the state that the forms of the desk need. */
export async function requireDesk(db: Db, staff: StaffIdentity, boutId: number): Promise<DeskRow> {
  const row = (await findDesk(db, boutId)) ?? fail('not_found');
  requireMayRead(staff, row.subject.gala);
  return row;
}

/** Whoever looks: null when there is no such bout. */
export async function readLiveDesk(db: Db, boutId: number): Promise<LiveDesk | null> {
  const row = await findDesk(db, boutId);
  return row === null ? null : readLive(db, row);
}

async function readLive(db: Db, row: DeskRow): Promise<LiveDesk> {
  const { subject, marketId, rates: _, ...shown } = row;
  const { boutId } = subject;
  const result = await findResult(db, boutId);
  const markets = await findDeskMarkets(db, boutId);
  return {
    ...shown,
    move: await findMove(db, boutId),
    whistle: await readWhistle(db, row),
    result,
    totals: result === null ? null : await readTotals(db, row, result),
    payment: await readSettlement(db, marketId),
    markets,
    previews: result === null || result.confirmedAt !== null ? [] : await readPreviews(db, boutId),
    entries: await listCommandsOn(db, [
      `bout ${boutId}`,
      ...markets.map((market) => `market ${market.marketId}`),
    ]),
  };
}

async function readPreviews(db: Db, boutId: number): Promise<LiveDesk['previews']> {
  const { markets, preview } = await showResults(db, boutId);
  return preview.flatMap((one) => {
    const market = markets.find(({ marketId }) => marketId === one.marketId);
    return market === undefined ? [] : [{ market, preview: one }];
  });
}

async function readWhistle(db: Db, { subject, marketId }: DeskRow): Promise<DeskWhistle | null> {
  const seen = await findTrueWhistleSeen(db, subject.boutId);
  if (seen === null) return null;
  const { at, proposedBy, proposedById, confirmedBy } = seen;
  const late = await countLateDuels(db, marketId);
  return { at, confirmedBy, proposedBy: { staffId: proposedById, name: proposedBy }, ...late };
}

/** Computed until everything is paid; then what the duels themselves say. */
async function readTotals(
  db: Db,
  { marketId, state, rates }: DeskRow,
  result: DeskResult,
): Promise<SettlementTotals | null> {
  if (rates === null) return null;
  const outcome = outcomeOf({ id: marketId, question: winnerQuestion }, result);
  if (state !== 'settled') return totalSettlement(await findDuelStacks(db, marketId), outcome, rates);
  const sums = await findPaidSums(db, marketId);
  const won = sums.filter((sum) => sum.outcome !== 'void');
  const back = sums.filter((sum) => sum.outcome === 'void');
  const count = (of: typeof sums) => of.reduce((total, sum) => total + sum.count, 0);
  const inHandXof = (of: typeof sums) => sumXof(of.map((sum) => xof(sum.inHandXof)));
  return {
    outcome,
    wonCount: count(won),
    wonXof: inHandXof(won),
    voidCount: count(back),
    voidXof: inHandXof(back),
    commissionXof: sumXof(sums.map((sum) => sum.commissionXof)),
    taxXof: sumXof(sums.map((sum) => sum.taxXof)),
  };
}

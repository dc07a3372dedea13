/** The lines of a return for pools: on the day, or days, on which the ledger has their payments. */
import type { TaxLine } from '#core/api/tax-pages.ts';
import { endingWritten } from '#core/pool.ts';
import {
  addFigures,
  differenceOf,
  figuresOfTickets,
  type TaxFigures,
  type TicketStack,
} from '#core/tax-return.ts';
import type { Tx } from '../db.ts';
import { poolSettledId } from '../ledger/transfer-ids.ts';
import {
  findPaidTicketsByDay,
  findSettledPools,
  findTicketStacks,
  type PoolVersion,
} from './pool-return-queries.ts';
import { findBookedDays, type Period } from './return-queries.ts';

export async function readPoolLines(tx: Tx, period: Period): Promise<TaxLine[]> {
  const pools = await findSettledPools(tx, period);
  const stacks = await findTicketStacks(tx, pools);
  const lines: TaxLine[] = [];
  for (const pool of pools) {
    const all = figuresOfPool(pool, stacks.get(pool.settlementId) ?? []);
    const byDay =
      pool.startedOn === pool.finishedOn ? new Map([[pool.startedOn, all]]) : await partByDay(tx, pool, all);
    for (const [day, figures] of byDay) {
      if (day < period.from || day >= period.to) continue;
      const { subject, version, rates } = pool;
      const { taxBps, taxBase } = rates;
      lines.push({
        ...{ day, subject, version, taxBps, taxBase, figures },
        ...{ isCorrection: false, claimXof: 0, lossXof: 0 },
      });
    }
  }
  return lines;
}

export function figuresOfPool(pool: PoolVersion, stacks: readonly TicketStack[]): TaxFigures {
  return figuresOfTickets(stacks, endingWritten(pool, pool.rates), pool.rates);
}

/**
 * A pool that was paid over midnight, or is being paid: each day has the tickets that brought something then; the house's
 * parts and the tickets that lost are of the day on which the last one was paid.
 */
async function partByDay(tx: Tx, pool: PoolVersion, all: TaxFigures): Promise<Map<string, TaxFigures>> {
  const byDay = new Map<string, TaxFigures>();
  for (const [day, stacks] of await findPaidTicketsByDay(tx, pool))
    byDay.set(day, { ...figuresOfPool(pool, stacks), commissionXof: 0, remainderXof: 0 });
  if (pool.finishedOn === null) return byDay;
  const id = poolSettledId(pool.subject.id, pool.version);
  const lastDay = (await findBookedDays(tx, [id])).get(id) ?? pool.finishedOn;
  const rest = differenceOf(all, addFigures(byDay.values()));
  const ofLastDay = byDay.get(lastDay);
  return byDay.set(lastDay, ofLastDay === undefined ? rest : addFigures([ofLastDay, rest]));
}

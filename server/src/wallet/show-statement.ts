/** A player's statement: its movements page by page, and what they add up to. */
import type { Static } from 'typebox';
import type { Movement } from '#core/api/player-pages.ts';
import type { StatementTotalsView } from '#core/api/wallet.ts';
import { fail } from '#core/errors.ts';
import { xof } from '#core/money.ts';
import { boundsOf, type StatementKind, type StatementPeriod, statementKindOf } from '#core/statement.ts';
import { type Db, one, type Tx } from '../db.ts';
import type { PlayerIdentity } from '../http.ts';
import { explainMovements } from './explain-movements.ts';
import { findBalancesAt, findMovements, type MovementFilter, type SumRow, sumMovements } from './queries.ts';

export const MOVEMENTS_A_PAGE = 50;

/** As an address has it. */
export interface StatementQuery {
  readonly from?: string;
  readonly to?: string;
  readonly kind?: StatementKind;
  readonly before?: string;
}

export type StatementTotals = Static<typeof StatementTotalsView>;

/** One page, newest first: `before` is the `next` of the page before. */
export async function showStatement(
  db: Db,
  player: PlayerIdentity,
  query: StatementQuery,
  limit = MOVEMENTS_A_PAGE,
): Promise<{ movements: Movement[]; next: string | null }> {
  const filter = {
    ...boundsOf(periodOf(query)),
    kind: query.kind ?? null,
    before: query.before ?? null,
  };
  const { movements, next } = await readMovements(db, player, filter, limit);
  return { movements, next };
}

/** What a period held, its ends, and what this year and the last one did. */
export async function showStatementTotals(
  db: Db,
  player: PlayerIdentity,
  query: Pick<StatementQuery, 'from' | 'to'>,
): Promise<StatementTotals> {
  const period = periodOf(query);
  return readAtOnce(db, (tx) => readTotals(tx, player, period));
}

/** One look of the database: what adds up in it adds up, whatever moves meanwhile. */
export function readAtOnce<T>(db: Db, look: (tx: Tx) => Promise<T>): Promise<T> {
  return db.transaction(async (tx) => {
    await tx.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
    return look(tx);
  });
}

export function periodOf({ from, to }: Pick<StatementQuery, 'from' | 'to'>): StatementPeriod {
  if (from !== undefined && to !== undefined && from > to) fail('period_reversed');
  return { from: from ?? null, to: to ?? null };
}

export async function readMovements(
  db: Db | Tx,
  player: PlayerIdentity,
  filter: MovementFilter,
  limit: number,
): Promise<{ movements: Movement[]; next: string | null }> {
  const rows = await findMovements(db, player.accountId, filter, limit);
  const explain = await explainMovements(db, player, rows);
  const oldest = rows.at(-1);
  return {
    movements: rows.map((row) => ({
      transferId: row.transferId,
      kind: row.kind,
      group: statementKindOf(row.kind, row.isVoid),
      amountXof: row.amountXof,
      balanceAfterXof: row.balanceAfterXof,
      at: row.at.toISOString(),
      commissionXof: row.commissionXof,
      taxXof: row.taxXof,
      ...explain(row),
    })),
    next: oldest?.hasMore === true ? oldest.exactAt : null,
  };
}

export async function readTotals(
  db: Tx,
  player: PlayerIdentity,
  period: StatementPeriod,
): Promise<StatementTotals> {
  const bounds = boundsOf(period);
  const rows = await sumMovements(db, player.accountId, bounds);
  const { year } = one(await db.query<{ year: number }>('SELECT extract(year FROM now())::int AS year'));
  const recent = await sumMovements(db, player.accountId, {
    since: `${year - 1}-01-01T00:00:00Z`,
    until: null,
  });
  return {
    ...(await findBalancesAt(db, player.accountId, bounds)),
    movementCount: rows.reduce((count, row) => count + row.count, 0),
    ...sumUp(rows),
    years: [year, year - 1].map((of) => ({ year: of, ...sumUp(recent.filter((row) => row.year === of)) })),
  };
}

function sumUp(rows: readonly SumRow[]) {
  const of = (wanted: StatementKind) =>
    rows
      .filter(({ kind, isVoid }) => statementKindOf(kind, isVoid) === wanted)
      .reduce((sum, { amountXof }) => sum + amountXof, 0);
  const kept = rows.filter(({ isVoid }) => !isVoid);
  const depositsXof = xof(of('deposits'));
  const withdrawalsXof = 0 - of('withdrawals');
  return {
    depositsXof,
    withdrawalsXof,
    netDepositsXof: depositsXof - withdrawalsXof,
    stakesXof: xof(0 - of('stakes')),
    gainsXof: xof(of('gains')),
    returnsXof: xof(of('returns')),
    commissionXof: xof(kept.reduce((sum, row) => sum + row.commissionXof, 0)),
    taxXof: xof(kept.reduce((sum, row) => sum + row.taxXof, 0)),
  };
}

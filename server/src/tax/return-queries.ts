/** Of a month's return: what was settled, bet by bet in stacks, and what the ledger has booked of it. Of real money, or of play money. */
import type { TaxSubject } from '#core/api/tax-pages.ts';
import type { Rates } from '#core/market.ts';
import { xof } from '#core/money.ts';
import type { MarketOutcome } from '#core/outcome.ts';
import { type Question, questionText } from '#core/question.ts';
import type { DuelStack } from '#core/settlement-totals.ts';
import type { Tx } from '../db.ts';
import { duelSettledId } from '../ledger/transfer-ids.ts';

/** From the first instant of a month to the first of the next, as days. */
export interface Period {
  readonly from: string;
  readonly to: string;
  /** Play money, and never both. */
  readonly isTest: boolean;
}

export interface SettledMarket {
  readonly settlementId: string;
  readonly version: number;
  readonly outcome: MarketOutcome;
  /** Null while it is being paid. */
  readonly startedOn: string;
  readonly finishedOn: string | null;
  readonly rates: Rates;
  readonly subject: TaxSubject;
}

/** What a return says of market `m`, with the joins below. */
export const MARKET_SUBJECT = `m.id AS "marketId", m.rule_card -> 'question' AS question, wa.ring_name AS a, wb.ring_name AS b,
  g.name AS gala`;
export const MARKET_SUBJECT_JOINS = `JOIN bout b ON b.id = m.bout_id JOIN gala g ON g.id = b.gala_id
  JOIN wrestler wa ON wa.id = b.wrestler_a_id JOIN wrestler wb ON wb.id = b.wrestler_b_id`;

export interface MarketSubjectRow {
  readonly marketId: number;
  readonly question: Question;
  readonly a: string;
  readonly b: string;
  readonly gala: string;
}

/** Parts what a return says of a market from the rest of its row. */
export function withMarketSubject<Row extends MarketSubjectRow>({
  marketId,
  question,
  a,
  b,
  gala,
  ...row
}: Row): Omit<Row, keyof MarketSubjectRow> & { readonly subject: TaxSubject } {
  const name = `${a} – ${b}`;
  return { ...row, subject: { kind: 'market', id: marketId, name, question: questionText(question), gala } };
}

export const ON_DAY = (instant: string) => `to_char(${instant} AT TIME ZONE 'UTC', 'YYYY-MM-DD')`;

/** The first settlements of markets that were being paid in the period. */
export async function findSettledMarkets(tx: Tx, { from, to, isTest }: Period): Promise<SettledMarket[]> {
  const rows = await tx.query<Omit<SettledMarket, 'subject'> & MarketSubjectRow>(
    `SELECT s.id AS "settlementId", s.version, s.outcome, ${ON_DAY('s.started_at')} AS "startedOn",
       ${ON_DAY('s.finished_at')} AS "finishedOn", m.rule_card -> 'rates' AS rates, ${MARKET_SUBJECT}
     FROM settlement s JOIN market m ON m.id = s.market_id ${MARKET_SUBJECT_JOINS}
     WHERE m.is_test = $3 AND s.started_at < $2::date AND (s.finished_at IS NULL OR s.finished_at >= $1::date)
       AND NOT EXISTS (SELECT FROM settlement e WHERE e.market_id = s.market_id AND e.version < s.version)
     ORDER BY s.started_at, s.id`,
    [from, to, isTest],
  );
  return rows.map(withMarketSubject);
}

/** Every duel of these markets, equal ones as one stack; of a market, whatever its settlement. */
export async function findDuelStacks(
  tx: Tx,
  marketIds: readonly number[],
): Promise<Map<number, DuelStack[]>> {
  const rows = await tx.query<{
    marketId: number;
    a: number;
    b: number;
    isLate: boolean;
    count: number;
  }>(
    `SELECT d.market_id AS "marketId", d.stake_a_xof AS a, d.stake_b_xof AS b,
       coalesce(d.made_at > w.at, false) AS "isLate", count(*) AS count
     FROM duel d JOIN market m ON m.id = d.market_id
     LEFT JOIN true_whistle w ON w.bout_id = m.bout_id AND w.confirmed_at IS NOT NULL
     WHERE d.market_id = ANY ($1) GROUP BY 1, 2, 3, 4`,
    [marketIds],
  );
  const stacks = new Map<number, DuelStack[]>(marketIds.map((id) => [id, []]));
  for (const { marketId, a, b, isLate, count } of rows) {
    stacks.get(marketId)?.push({ stakeAXof: xof(a), stakeBXof: xof(b), isLate, count });
  }
  return stacks;
}

/** The day on which the ledger has each of these transfers; those it has not are left out. */
export async function findBookedDays(tx: Tx, transferIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.query<{ id: string; day: string }>(
    `SELECT id, ${ON_DAY('recorded_at')} AS day FROM ledger.transfer WHERE id = ANY ($1)`,
    [transferIds],
  );
  return new Map(rows.map(({ id, day }) => [id, day]));
}

const DUELS_PER_READ = 5_000;

/**
 * The paid duels of one market by the day on which the ledger has them: for a settlement that began on one day and went
 * on to another, or goes on.
 */
export async function findPaidDuelsByDay(
  tx: Tx,
  market: { readonly marketId: number; readonly version: number },
): Promise<Map<string, DuelStack[]>> {
  const byDay = new Map<string, DuelStack[]>();
  for (let after = 0; ; ) {
    const duels = await tx.query<{ id: string; seq: number; a: number; b: number; isLate: boolean }>(
      `SELECT d.id, d.seq, d.stake_a_xof AS a, d.stake_b_xof AS b, coalesce(d.made_at > w.at, false) AS "isLate"
       FROM duel d JOIN market m ON m.id = d.market_id
       LEFT JOIN true_whistle w ON w.bout_id = m.bout_id AND w.confirmed_at IS NOT NULL
       WHERE d.market_id = $1 AND d.seq > $2 AND d.settlement_id IS NOT NULL ORDER BY d.seq LIMIT ${DUELS_PER_READ}`,
      [market.marketId, after],
    );
    const transfers = new Map(duels.map((duel) => [duelSettledId(duel.id, market.version), duel]));
    for (const [id, day] of await findBookedDays(tx, [...transfers.keys()])) {
      const duel = transfers.get(id);
      if (duel === undefined) continue;
      const stack = { stakeAXof: xof(duel.a), stakeBXof: xof(duel.b), isLate: duel.isLate, count: 1 };
      byDay.set(day, [...(byDay.get(day) ?? []), stack]);
    }
    const last = duels.at(-1);
    if (last === undefined) return byDay;
    after = last.seq;
  }
}

export type TaxAccount = 'commission' | 'tax_payable' | 'tax_claim';

export interface BookedMovement {
  readonly account: TaxAccount;
  readonly transferKind: string;
  /** The escrow on the other side, when it is one: its market or pool. */
  readonly escrowKind: 'market' | 'pool' | null;
  readonly escrowId: number | null;
  /** Credits less debits. */
  readonly amountXof: number;
}

/** What the accounts of tax and commission moved by in the period, against whom. */
export async function findBookedMovements(tx: Tx, { from, to, isTest }: Period): Promise<BookedMovement[]> {
  return tx.query<BookedMovement>(
    `SELECT a.kind AS account, t.kind AS "transferKind",
       CASE o.kind WHEN 'market_escrow' THEN 'market' WHEN 'pool_escrow' THEN 'pool' END AS "escrowKind",
       CASE WHEN o.kind IN ('market_escrow', 'pool_escrow') THEN o.subject::int END AS "escrowId",
       sum(p.amount_xof)::bigint AS "amountXof"
     FROM ledger.account a
     CROSS JOIN LATERAL (
       SELECT c.transfer_id, c.debit_account_id AS other_id, c.amount_xof FROM ledger.posting c
       WHERE c.credit_account_id = a.id AND c.recorded_at >= $1::date AND c.recorded_at < $2::date
       UNION ALL
       SELECT d.transfer_id, d.credit_account_id, -d.amount_xof FROM ledger.posting d
       WHERE d.debit_account_id = a.id AND d.recorded_at >= $1::date AND d.recorded_at < $2::date
     ) p JOIN ledger.account o ON o.id = p.other_id JOIN ledger.transfer t ON t.id = p.transfer_id
     WHERE a.kind IN ('commission', 'tax_payable', 'tax_claim') AND a.is_test = $3
     GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`,
    [from, to, isTest],
  );
}

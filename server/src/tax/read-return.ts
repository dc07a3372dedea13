/**
 * The return of a month: every bet that was settled in it, and what corrections changed in it, recomputed with the
 * arithmetic that paid them, by day and market or pool, and held against what the ledger has booked. Real money and
 * play money are never in the same return, as in the ledger.
 */
import type { LedgerCheck, TaxLine, TaxReturn, TaxSubject } from '#core/api/tax-pages.ts';
import {
  addFigures,
  figuresOfDuels,
  gamingIncomeTax,
  monthAfter,
  type TaxFigures,
  type TaxMonth,
} from '#core/tax-return.ts';
import { type Db, one, type Tx } from '../db.ts';
import { readSettings } from '../settings/open-settings.ts';
import { readCorrectionLines } from './read-correction-lines.ts';
import { readPoolLines } from './read-pool-lines.ts';
import {
  type BookedMovement,
  findBookedMovements,
  findDuelStacks,
  findPaidDuelsByDay,
  findSettledMarkets,
  type Period,
  type SettledMarket,
  type TaxAccount,
} from './return-queries.ts';

/** As of one instant: bets that are being paid meanwhile are in it on both sides, or on neither. */
export function readReturn(db: Db, month: TaxMonth, isTest = false): Promise<TaxReturn> {
  return db.transaction(async (tx) => {
    await tx.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
    return readReturnIn(tx, month, isTest);
  });
}

export async function readReturnIn(tx: Tx, month: TaxMonth, isTest = false): Promise<TaxReturn> {
  const period: Period = { from: `${month}-01`, to: `${monthAfter(month)}-01`, isTest };
  const lines = [
    ...(await readMarketLines(tx, period)),
    ...(await readPoolLines(tx, period)),
    ...(await readCorrectionLines(tx, period)),
  ].filter(saysSomething);
  lines.sort(byDay);
  const settled = addFigures(lines.filter((line) => !line.isCorrection).map((line) => line.figures));
  const corrected = addFigures(lines.filter((line) => line.isCorrection).map((line) => line.figures));
  const total = addFigures([settled, corrected]);
  const claimXof = lines.reduce((sum, line) => sum + line.claimXof, 0);
  const movements = await findBookedMovements(tx, period);
  const { isOver, lastInstant } = await endOf(tx, period);
  const { gamingTaxBps: rateBps } = await readSettings(tx, lastInstant);
  return {
    month,
    isTest,
    isOver,
    days: groupByDay(lines),
    settled,
    corrected,
    total,
    claimXof,
    lossXof: lines.reduce((sum, line) => sum + line.lossXof, 0),
    checks: checkAccounts(movements, {
      commission: total.commissionXof,
      tax_payable: total.taxXof,
      // An asset: it grows by debits.
      tax_claim: -claimXof,
    }),
    mismatched: findMismatched(movements, lines),
    gaming: { rateBps, taxXof: gamingIncomeTax(total.commissionXof, rateBps) },
  };
}

async function endOf(tx: Tx, { to }: Period): Promise<{ isOver: boolean; lastInstant: string }> {
  const rows = await tx.query<{ isOver: boolean; lastInstant: string }>(
    `SELECT clock_timestamp() >= $1::date AS "isOver", ($1::date - interval '1 microsecond')::text AS "lastInstant"`,
    [to],
  );
  return one(rows);
}

async function readMarketLines(tx: Tx, period: Period): Promise<TaxLine[]> {
  const markets = await findSettledMarkets(tx, period);
  const stacks = await findDuelStacks(
    tx,
    markets.filter(isOfOneDay).map(({ subject }) => subject.id),
  );
  const lines: TaxLine[] = [];
  for (const market of markets) {
    const byDay = isOfOneDay(market)
      ? new Map([[market.startedOn, stacks.get(market.subject.id) ?? []]])
      : await findPaidDuelsByDay(tx, { marketId: market.subject.id, version: market.version });
    for (const [day, ofDay] of byDay) {
      if (day < period.from || day >= period.to) continue;
      lines.push(lineOf(market, day, figuresOfDuels(ofDay, market.outcome, market.rates)));
    }
  }
  return lines;
}

/** A market nobody bet on has a result too. */
function saysSomething({ figures, claimXof, lossXof }: TaxLine): boolean {
  return [...Object.values(figures), claimXof, lossXof].some((figure) => figure !== 0);
}

function isOfOneDay({ startedOn, finishedOn }: SettledMarket): boolean {
  return startedOn === finishedOn;
}

function lineOf({ subject, version, rates }: SettledMarket, day: string, figures: TaxFigures): TaxLine {
  const { taxBps, taxBase } = rates;
  return { day, subject, version, isCorrection: false, taxBps, taxBase, figures, claimXof: 0, lossXof: 0 };
}

function byDay(one: TaxLine, other: TaxLine): number {
  const key = ({ day, isCorrection, subject, version }: TaxLine) =>
    `${day} ${Number(isCorrection)} ${subject.kind} ${String(subject.id).padStart(10, '0')} ${String(version).padStart(5, '0')}`;
  return key(one) < key(other) ? -1 : 1;
}

function groupByDay(lines: readonly TaxLine[]): TaxReturn['days'] {
  const days = [...new Set(lines.map(({ day }) => day))];
  return days.map((day) => {
    const ofDay = lines.filter((line) => line.day === day);
    return { day, lines: ofDay, total: addFigures(ofDay.map(({ figures }) => figures)) };
  });
}

function checkAccounts(
  movements: readonly BookedMovement[],
  expected: Readonly<Record<TaxAccount, number>>,
): LedgerCheck[] {
  return (['tax_payable', 'commission', 'tax_claim'] as const).map((account) => {
    const own = movements.filter((movement) => movement.account === account);
    const others = own.filter(({ escrowKind }) => escrowKind === null);
    const ledgerXof = sumOf(own);
    const returnXof = expected[account];
    return {
      account,
      returnXof,
      ledgerXof,
      others: others.map(({ transferKind, amountXof }) => ({ transferKind, amountXof })),
      gapXof: ledgerXof - returnXof - sumOf(others),
    };
  });
}

/** Where a gap comes from: the return's lines of one market or pool against the ledger's movements with its escrow. */
function findMismatched(movements: readonly BookedMovement[], lines: readonly TaxLine[]): TaxSubject[] {
  const gaps = new Map<string, { subject: TaxSubject; amounts: [number, number] }>();
  const gapOf = (subject: TaxSubject) => {
    const key = `${subject.kind} ${subject.id}`;
    const gap = gaps.get(key) ?? { subject, amounts: [0, 0] };
    gaps.set(key, gap);
    return gap.amounts;
  };
  for (const { subject, figures, claimXof } of lines) {
    const amounts = gapOf(subject);
    amounts[0] -= figures.commissionXof;
    amounts[1] -= figures.taxXof - claimXof;
  }
  for (const { account, escrowKind, escrowId, amountXof } of movements) {
    if (escrowKind === null || escrowId === null) continue;
    const unknown = {
      kind: escrowKind,
      id: escrowId,
      name: `${escrowKind} ${escrowId}`,
      question: '',
      gala: '',
    };
    gapOf(unknown)[account === 'commission' ? 0 : 1] += amountXof;
  }
  return [...gaps.values()]
    .filter(({ amounts }) => amounts.some((gap) => gap !== 0))
    .map(({ subject }) => subject);
}

function sumOf(movements: readonly BookedMovement[]): number {
  return movements.reduce((sum, { amountXof }) => sum + amountXof, 0);
}

/** Of a month's return: the corrections that were booked in it. */
import type { Rates } from '#core/market.ts';
import type { MarketOutcome } from '#core/outcome.ts';
import type { Tx } from '../db.ts';
import { correctionBookedId } from '../ledger/transfer-ids.ts';
import {
  findBookedDays,
  MARKET_SUBJECT,
  MARKET_SUBJECT_JOINS,
  type MarketSubjectRow,
  ON_DAY,
  type Period,
  withMarketSubject,
} from './return-queries.ts';

export interface BookedCorrection {
  readonly correctionId: string;
  readonly version: number;
  /** The day on which the ledger has the house's part. */
  readonly day: string;
  /** By how much the claim on the State grew, and the house's loss. */
  readonly claimXof: number;
  readonly lossXof: number;
}

const BOOKED = `c.id AS "correctionId", c.version, ${ON_DAY('c.house_at')} AS day, c.tax_claim_delta_xof AS "claimXof",
  c.loss_delta_xof AS "lossXof"`;
/** The ledger's instant is a little before `house_at`: a day more is read, and what the ledger has elsewhere left out. */
const BOOKED_IN_PERIOD = `c.is_test = $3 AND c.house_at >= $1::date AND c.house_at < $2::date + interval '1 day'`;

async function bookedIn<Row extends BookedCorrection>(
  tx: Tx,
  { from, to }: Period,
  rows: readonly Row[],
): Promise<Row[]> {
  const idOf = ({ correctionId }: BookedCorrection) => correctionBookedId(correctionId);
  const days = await findBookedDays(tx, rows.map(idOf));
  return rows
    .map((row) => ({ ...row, day: days.get(idOf(row)) ?? row.day }))
    .filter(({ day }) => day >= from && day < to);
}

type MarketRow = BookedCorrection &
  MarketSubjectRow & {
    readonly outcome: MarketOutcome;
    readonly outcomeBefore: MarketOutcome;
    readonly rates: Rates;
  };

export async function findMarketCorrections(tx: Tx, period: Period) {
  const rows = await tx.query<MarketRow>(
    `SELECT ${BOOKED}, s.outcome, e.outcome AS "outcomeBefore", m.rule_card -> 'rates' AS rates, ${MARKET_SUBJECT}
     FROM correction c JOIN market m ON m.id = c.market_id ${MARKET_SUBJECT_JOINS}
     JOIN settlement s ON s.market_id = c.market_id AND s.version = c.version
     CROSS JOIN LATERAL (SELECT outcome FROM settlement
       WHERE market_id = c.market_id AND version < c.version ORDER BY version DESC LIMIT 1) e
     WHERE ${BOOKED_IN_PERIOD} ORDER BY c.house_at, c.id`,
    [period.from, period.to, period.isTest],
  );
  return (await bookedIn(tx, period, rows)).map(withMarketSubject);
}

/** The id of a pool's correction is its settlement's. */
export async function findPoolCorrections(tx: Tx, period: Period): Promise<BookedCorrection[]> {
  const rows = await tx.query<BookedCorrection>(
    `SELECT ${BOOKED} FROM correction c WHERE c.pool_id IS NOT NULL AND ${BOOKED_IN_PERIOD} ORDER BY c.house_at, c.id`,
    [period.from, period.to, period.isTest],
  );
  return bookedIn(tx, period, rows);
}

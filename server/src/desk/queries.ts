import type { DeskMove, DeskResult, DeskSubject, GalaBout, Stakes, Waiting } from '#core/api/desk-views.ts';
import type { BoutEnding, BoutState } from '#core/bout.ts';
import type { CloseCause, MarketState, Rates, Side } from '#core/market.ts';
import { type Xof, ZERO_XOF } from '#core/money.ts';
import type { MarketOutcome } from '#core/outcome.ts';
import type { DuelStack } from '#core/settlement-totals.ts';
import { boutRulesOf } from '../bouts/bout-rules-sql.ts';
import { isUndatedSql, voidAtSql } from '../bouts/change-sql.ts';
import { type Db, first } from '../db.ts';

/** What is held on a market `m` that is joined `WITH_STAKES`. */
export const STAKES = `d.count AS "duelCount", d.a AS "engagedAXof", d.b AS "engagedBXof", o.count AS "openOfferCount",
    o.xof AS "openXof"`;
/** Joined to a market `m`: what `STAKES` names. */
export const WITH_STAKES = `CROSS JOIN LATERAL (SELECT count(*), coalesce(sum(stake_a_xof), 0)::bigint AS a,
      coalesce(sum(stake_b_xof), 0)::bigint AS b FROM duel WHERE market_id = m.id) d
    CROSS JOIN LATERAL (SELECT count(*), coalesce(sum(open_xof), 0)::bigint AS xof
      FROM offer WHERE market_id = m.id AND is_open) o`;
/** The true whistle of market $1, to the microsecond; null when there is none. */
const TRUE_WHISTLE = `(SELECT w.at FROM true_whistle w JOIN market m ON m.bout_id = w.bout_id WHERE m.id = $1)`;

const WAITING = `${isUndatedSql} AS "isUndated", ${voidAtSql} AS "voidAt"`;

interface WaitingRow {
  readonly isUndated: boolean;
  readonly voidAt: Date | null;
}

function waitingOf({ isUndated, voidAt }: WaitingRow): Waiting | null {
  if (!isUndated && voidAt === null) return null;
  return { isUndated, voidAt: voidAt?.toISOString() ?? null };
}

/** The bouts of a gala in their order, each with what is held on it. */
export async function findGalaBouts(db: Db, galaId: number): Promise<GalaBout[]> {
  const rows = await db.query<
    Omit<GalaBout, 'scheduledAt' | 'waiting'> & WaitingRow & { readonly scheduledAt: Date }
  >(
    `SELECT b.id, b.position, wa.ring_name AS "wrestlerA", wb.ring_name AS "wrestlerB", b.title,
       b.scheduled_at AS "scheduledAt", b.state, m.state AS "marketState", s.name AS "proposedBy", ${WAITING}, ${STAKES}
     FROM bout b JOIN market m ON m.bout_id = b.id AND m.kind = 'winner'
     JOIN wrestler wa ON wa.id = b.wrestler_a_id JOIN wrestler wb ON wb.id = b.wrestler_b_id ${WITH_STAKES}
     LEFT JOIN result r ON r.bout_id = b.id AND r.withdrawn_at IS NULL AND r.confirmed_at IS NULL
     LEFT JOIN staff s ON s.id = r.proposed_by
     WHERE b.gala_id = $1 ORDER BY b.position LIMIT 100`,
    [galaId],
  );
  return rows.map(({ isUndated, voidAt, ...row }) => ({
    ...row,
    scheduledAt: row.scheduledAt.toISOString(),
    waiting: waitingOf({ isUndated, voidAt }),
  }));
}

/** The last move of a bout; null when it was never moved. */
export async function findMove(db: Db, boutId: number): Promise<DeskMove | null> {
  const row = first(
    await db.query<
      Omit<DeskMove, 'to' | 'movedAt' | 'firstAt' | 'waiting'> &
        WaitingRow & { readonly to: Date | null; readonly movedAt: Date; readonly firstAt: Date | null }
    >(
      `SELECT p.to_at AS to, p.reason, p.source, s.name AS "movedBy", p.moved_at AS "movedAt",
         b.first_scheduled_at AS "firstAt", ${WAITING}
       FROM postponement p JOIN bout b ON b.id = p.bout_id JOIN staff s ON s.id = p.moved_by
       WHERE p.bout_id = $1 ORDER BY p.moved_at DESC LIMIT 1`,
      [boutId],
    ),
  );
  if (row === null) return null;
  const { reason, source, movedBy } = row;
  return {
    ...{ reason, source, movedBy },
    to: row.to?.toISOString() ?? null,
    movedAt: row.movedAt.toISOString(),
    firstAt: row.firstAt?.toISOString() ?? null,
    waiting: waitingOf(row),
  };
}

/** A bout as its desk begins with it. */
export interface DeskRow {
  readonly subject: DeskSubject;
  readonly readAtUs: number;
  readonly marketId: number;
  readonly boutState: BoutState;
  readonly state: MarketState;
  readonly hardStopAt: string;
  readonly closedAt: string | null;
  readonly closeCause: CloseCause | null;
  readonly root: string | null;
  readonly rootDuelCount: number | null;
  /** Frozen at the opening; null before. */
  readonly rates: Rates | null;
  readonly stakes: Stakes;
}

type Dates = 'scheduledAt' | 'hardStopAt' | 'closedAt' | 'startsAt';
type FlatRow = Omit<DeskRow, 'subject' | 'stakes' | Dates> &
  Stakes &
  Omit<DeskSubject, 'gala' | Dates> &
  Omit<DeskSubject['gala'], 'id' | 'name' | Dates> & {
    readonly galaId: number;
    readonly galaName: string;
    readonly scheduledAt: Date;
    readonly hardStopAt: Date;
    readonly closedAt: Date | null;
    readonly startsAt: Date;
  };

export async function findDesk(db: Db, boutId: number): Promise<DeskRow | null> {
  const row = first(
    await db.query<FlatRow>(
      `SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint AS "readAtUs", b.id AS "boutId", b.position, wa.ring_name AS "wrestlerA", wb.ring_name AS "wrestlerB", b.title,
         b.scheduled_at AS "scheduledAt", b.is_undated AS "isUndated", b.state AS "boutState", g.id AS "galaId", g.name AS "galaName", g.venue,
         g.promoter, g.authority, g.starts_at AS "startsAt", g.visibility, g.is_test AS "isTest", ${boutRulesOf('g')} AS "boutRules", m.id AS "marketId",
         m.state, m.hard_stop_at AS "hardStopAt", m.closed_at AS "closedAt", m.close_cause AS "closeCause",
         encode(m.root, 'hex') AS root, m.root_duel_count AS "rootDuelCount", m.rule_card -> 'rates' AS rates, ${STAKES}
       FROM bout b JOIN gala g ON g.id = b.gala_id JOIN market m ON m.bout_id = b.id AND m.kind = 'winner'
       JOIN wrestler wa ON wa.id = b.wrestler_a_id JOIN wrestler wb ON wb.id = b.wrestler_b_id ${WITH_STAKES}
       WHERE b.id = $1`,
      [boutId],
    ),
  );
  return row === null ? null : deskOf(row);
}

function deskOf(row: FlatRow): DeskRow {
  const { galaId, galaName, venue, promoter, authority, startsAt, visibility, isTest, boutRules } = row;
  const { position, wrestlerA, wrestlerB, title, scheduledAt, isUndated } = row;
  const { readAtUs, marketId, boutState, state, closeCause, root, rootDuelCount, rates } = row;
  const { duelCount, engagedAXof, engagedBXof, openOfferCount, openXof } = row;
  const gala = { id: galaId, name: galaName, venue, promoter, authority, visibility, isTest, boutRules };
  return {
    subject: {
      boutId: row.boutId,
      position,
      wrestlerA,
      wrestlerB,
      title,
      scheduledAt: scheduledAt.toISOString(),
      isUndated,
      gala: { ...gala, startsAt: startsAt.toISOString() },
    },
    readAtUs,
    marketId,
    boutState,
    state,
    hardStopAt: row.hardStopAt.toISOString(),
    closedAt: row.closedAt?.toISOString() ?? null,
    closeCause,
    root,
    rootDuelCount,
    rates,
    stakes: { duelCount, engagedAXof, engagedBXof, openOfferCount, openXof },
  };
}

/** The market of a bout: nothing else, for a command that cannot wait. */
export async function findMarketId(db: Db, boutId: number): Promise<number | null> {
  const row = first(
    await db.query<{ id: number }>(`SELECT id FROM market WHERE bout_id = $1 AND kind = 'winner'`, [boutId]),
  );
  return row?.id ?? null;
}

/** The result of a bout that is proposed or confirmed, not withdrawn. */
export async function findResult(db: Db, boutId: number): Promise<DeskResult | null> {
  const row = first(
    await db.query<
      Omit<DeskResult, 'proposedBy' | 'proposedAt' | 'confirmedAt'> & {
        readonly proposedById: string | null;
        readonly proposedByName: string | null;
        readonly proposedAt: Date;
        readonly confirmedAt: Date | null;
      }
    >(
      `SELECT r.id AS "resultId", r.ending, r.winner_side AS "winnerSide", r.wrestled_seconds AS "wrestledSeconds",
         r.void_market_ids AS "voidMarketIds", r.version, r.source, p.id AS "proposedById",
         p.name AS "proposedByName", r.proposed_at AS "proposedAt", c.name AS "confirmedBy", r.confirmed_at AS "confirmedAt"
       FROM result r LEFT JOIN staff p ON p.id = r.proposed_by LEFT JOIN staff c ON c.id = r.confirmed_by
       WHERE r.bout_id = $1 AND r.withdrawn_at IS NULL ORDER BY r.version DESC LIMIT 1`,
      [boutId],
    ),
  );
  if (row === null) return null;
  const { proposedById, proposedByName, ...result } = row;
  return {
    ...result,
    proposedBy:
      proposedById === null || proposedByName === null
        ? null
        : { staffId: proposedById, name: proposedByName },
    proposedAt: row.proposedAt.toISOString(),
    confirmedAt: row.confirmedAt?.toISOString() ?? null,
  };
}

/** Duels made after the true whistle, confirmed or not, and both stakes of them. */
export async function countLateDuels(
  db: Db,
  marketId: number,
): Promise<{ readonly lateCount: number; readonly lateXof: number }> {
  const row = first(
    await db.query<{ lateCount: number; lateXof: number }>(
      `SELECT count(*) AS "lateCount", coalesce(sum(stake_a_xof + stake_b_xof), 0)::bigint AS "lateXof"
       FROM duel WHERE market_id = $1 AND made_at > ${TRUE_WHISTLE}`,
      [marketId],
    ),
  );
  return row ?? { lateCount: 0, lateXof: 0 };
}

/** The duels of a market, counted by their stakes; those after the true whistle apart, confirmed or not. */
export async function findDuelStacks(db: Db, marketId: number): Promise<DuelStack[]> {
  return db.query<DuelStack>(
    `SELECT stake_a_xof AS "stakeAXof", stake_b_xof AS "stakeBXof", count(*) AS count,
       coalesce(made_at > ${TRUE_WHISTLE}, false) AS "isLate"
     FROM duel WHERE market_id = $1 GROUP BY 1, 2, 4`,
    [marketId],
  );
}

export interface PaidSum {
  readonly outcome: MarketOutcome;
  readonly count: number;
  readonly inHandXof: Xof;
  readonly commissionXof: Xof;
  readonly taxXof: Xof;
}

/** What was paid in a market, by outcome of the duel. */
export async function findPaidSums(db: Db, marketId: number): Promise<PaidSum[]> {
  return db.query<PaidSum>(
    `SELECT outcome, count(*) AS count, sum(payout_a_xof + payout_b_xof)::bigint AS "inHandXof",
       sum(commission_xof)::bigint AS "commissionXof", sum(tax_xof)::bigint AS "taxXof"
     FROM duel WHERE market_id = $1 AND settlement_id IS NOT NULL GROUP BY outcome`,
    [marketId],
  );
}

/** What a bout's desk shows has another version whenever any of it has changed. */
export async function findDeskVersions(db: Db, boutIds: readonly number[]): Promise<Map<number, string>> {
  const rows = await db.query<{ id: number; version: string }>(
    `SELECT b.id, concat_ws('.', b.state, extract(epoch FROM b.scheduled_at)::bigint, b.is_undated::int,
       extract(epoch FROM b.void_at)::bigint, m.versions,
       (SELECT 'w' || extract(epoch FROM w.proposed_at) || coalesce(w.confirmed_by::text, '') FROM true_whistle w WHERE w.bout_id = b.id),
       (SELECT 'r' || r.id || coalesce(r.confirmed_by::text, '') FROM result r WHERE r.bout_id = b.id AND r.withdrawn_at IS NULL
        ORDER BY r.version DESC LIMIT 1)
     ) AS version
     FROM bout b CROSS JOIN LATERAL (SELECT string_agg(concat_ws('.', m.id, m.state, m.last_seq, (m.root IS NOT NULL)::int,
         extract(epoch FROM m.hard_stop_at)::bigint,
         (SELECT count(*) || '-' || coalesce(sum(o.open_xof), 0) FROM offer o WHERE o.market_id = m.id AND o.is_open),
         (SELECT 's' || s.version || s.state || s.paid_count FROM settlement s WHERE s.market_id = m.id
          ORDER BY s.version DESC LIMIT 1)), ' ' ORDER BY m.id) AS versions
       FROM market m WHERE m.bout_id = b.id) m
     WHERE b.id = ANY ($1)`,
    [boutIds],
  );
  return new Map(rows.map(({ id, version }) => [id, version]));
}

/** A result that waits for its second person. */
export interface Proposal {
  readonly resultId: string;
  readonly ending: BoutEnding;
  readonly winnerSide: Side | null;
  readonly wrestledSeconds: number | null;
  readonly source: string;
  readonly proposedBy: string;
  readonly proposedById: string;
}

export async function findProposal(db: Db, boutId: number): Promise<Proposal | null> {
  const result = await findResult(db, boutId);
  // What the job makes stands at once.
  if (result === null || result.confirmedAt !== null || result.proposedBy === null) return null;
  const { resultId, ending, winnerSide, wrestledSeconds, source, proposedBy } = result;
  return {
    resultId,
    ending,
    winnerSide,
    wrestledSeconds,
    source,
    proposedBy: proposedBy.name,
    proposedById: proposedBy.staffId,
  };
}

export interface WhistleSeen {
  readonly at: string;
  readonly proposedBy: string;
  readonly proposedById: string;
  readonly confirmedBy: string | null;
}

export async function findTrueWhistleSeen(db: Db, boutId: number): Promise<WhistleSeen | null> {
  const row = first(
    await db.query<Omit<WhistleSeen, 'at'> & { at: Date }>(
      `SELECT w.at, p.name AS "proposedBy", p.id AS "proposedById", c.name AS "confirmedBy"
       FROM true_whistle w JOIN staff p ON p.id = w.proposed_by LEFT JOIN staff c ON c.id = w.confirmed_by
       WHERE w.bout_id = $1`,
      [boutId],
    ),
  );
  return row === null ? null : { ...row, at: row.at.toISOString() };
}

/** Francs in open offers, and how many duels, in a market. */
export async function countStakes(db: Db, marketId: number): Promise<{ openXof: Xof; duelCount: number }> {
  const row = first(
    await db.query<{ openXof: Xof; duelCount: number }>(
      `SELECT coalesce((SELECT sum(open_xof) FROM offer WHERE market_id = $1 AND is_open), 0)::bigint AS "openXof",
         (SELECT count(*) FROM duel WHERE market_id = $1) AS "duelCount"`,
      [marketId],
    ),
  );
  return row ?? { openXof: ZERO_XOF, duelCount: 0 };
}

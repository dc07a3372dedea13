import type { BetObjection, StaffObjection } from '#core/api/objection-pages.ts';
import type { Side } from '#core/market.ts';
import type { Xof } from '#core/money.ts';
import { OBJECTION_HOURS, type ObjectionVerdict, objectionReference } from '#core/objection.ts';
import type { MarketOutcome } from '#core/outcome.ts';
import { type Question, sideText } from '#core/question.ts';
import { type Db, first, type Tx } from '../db.ts';

type Objection = NonNullable<BetObjection['objection']>;

/** What an objection would be about: the newest settlement of a bet's market that is done. */
export interface ObjectionGround {
  readonly marketId: number;
  /** Null while nothing of it is paid. */
  readonly version: number | null;
  readonly untilAt: Date | null;
  readonly isInTime: boolean;
}

export interface ObjectedBet {
  readonly boutName: string;
  readonly pick: string;
}

export async function findObjectedBet(db: Db, playerId: string, betId: string): Promise<ObjectedBet | null> {
  const row = first(
    await db.query<{ side: Side; question: Question; nameA: string; nameB: string }>(
      `SELECT CASE d.player_a_id WHEN $1 THEN 'A' ELSE 'B' END AS side,
         question_of(m.kind, m.line_seconds, m.method_group) AS question, wa.ring_name AS "nameA", wb.ring_name AS "nameB"
       FROM duel d JOIN market m ON m.id = d.market_id JOIN bout b ON b.id = m.bout_id
       JOIN wrestler wa ON wa.id = b.wrestler_a_id JOIN wrestler wb ON wb.id = b.wrestler_b_id
       WHERE d.id = $2 AND $1 IN (d.player_a_id, d.player_b_id)`,
      [playerId, betId],
    ),
  );
  if (row === null) return null;
  const { side, question, nameA, nameB } = row;
  return { boutName: `${nameA} – ${nameB}`, pick: sideText(question, side, { a: nameA, b: nameB }) };
}

/** Judged by the database's clock. Null when the bet is not his. */
export async function findGround(
  db: Db | Tx,
  playerId: string,
  betId: string,
): Promise<ObjectionGround | null> {
  return first(
    await db.query<ObjectionGround>(
      `SELECT d.market_id AS "marketId", s.version, s.finished_at + interval '${OBJECTION_HOURS} hours' AS "untilAt",
         coalesce(clock_timestamp() < s.finished_at + interval '${OBJECTION_HOURS} hours', false) AS "isInTime"
       FROM duel d LEFT JOIN LATERAL (
         SELECT version, finished_at FROM settlement
         WHERE market_id = d.market_id AND state = 'done' ORDER BY version DESC LIMIT 1) s ON true
       WHERE d.id = $2 AND $1 IN (d.player_a_id, d.player_b_id)`,
      [playerId, betId],
    ),
  );
}

interface ObjectionRow {
  readonly objectionId: string;
  readonly number: number;
  readonly reason: string;
  readonly raisedAt: Date;
  readonly dueAt: Date;
  readonly verdict: ObjectionVerdict | null;
  readonly answer: string | null;
  readonly answeredAt: Date | null;
  readonly correctionVersion: number | null;
}

const COLUMNS = `o.id AS "objectionId", o.number, o.reason, o.raised_at AS "raisedAt", o.due_at AS "dueAt", o.verdict, o.answer,
  o.answered_at AS "answeredAt", (SELECT version FROM result WHERE id = o.result_id) AS "correctionVersion"`;

export async function findObjection(
  db: Db | Tx,
  playerId: string,
  marketId: number,
): Promise<Objection | null> {
  const row = first(
    await db.query<ObjectionRow>(
      `SELECT ${COLUMNS} FROM objection o WHERE o.player_id = $1 AND o.market_id = $2`,
      [playerId, marketId],
    ),
  );
  return row === null ? null : objectionOf(row);
}

/** False when he has objected to this market already. */
export async function insertObjection(
  tx: Tx,
  raised: {
    readonly id: string;
    readonly playerId: string;
    readonly marketId: number;
    readonly betId: string;
    readonly version: number;
    readonly reason: string;
    readonly answerHours: number;
  },
): Promise<boolean> {
  const rows = await tx.query(
    `INSERT INTO objection (id, player_id, market_id, duel_id, version, reason, raised_at, due_at)
     SELECT $1, $2, $3, $4, $5, $6, c.now, c.now + $7 * interval '1 hour' FROM (SELECT clock_timestamp() AS now) c
     ON CONFLICT (market_id, player_id) DO NOTHING RETURNING id`,
    [
      raised.id,
      raised.playerId,
      raised.marketId,
      raised.betId,
      raised.version,
      raised.reason,
      raised.answerHours,
    ],
  );
  return rows.length > 0;
}

interface StaffRow extends ObjectionRow {
  readonly pseudonym: string;
  readonly boutId: number;
  readonly betId: string;
  readonly side: Side;
  readonly stakeXof: Xof;
  readonly payoutXof: Xof | null;
  readonly outcome: MarketOutcome | null;
  readonly answeredBy: string | null;
  readonly correctionId: string | null;
  readonly question: Question;
  readonly nameA: string;
  readonly nameB: string;
}

const STAFF_OBJECTION = `
  SELECT ${COLUMNS}, p.pseudonym, m.bout_id AS "boutId", d.id AS "betId", mine.side, d.outcome, s.name AS "answeredBy",
    CASE mine.side WHEN 'A' THEN d.stake_a_xof ELSE d.stake_b_xof END AS "stakeXof",
    CASE mine.side WHEN 'A' THEN d.payout_a_xof ELSE d.payout_b_xof END AS "payoutXof",
    (SELECT r.id FROM result r WHERE r.bout_id = m.bout_id AND r.version > o.version AND r.confirmed_at IS NOT NULL
     ORDER BY r.version DESC LIMIT 1) AS "correctionId",
    question_of(m.kind, m.line_seconds, m.method_group) AS question, wa.ring_name AS "nameA", wb.ring_name AS "nameB"
  FROM objection o JOIN player p ON p.id = o.player_id JOIN duel d ON d.id = o.duel_id
  CROSS JOIN LATERAL (SELECT CASE o.player_id WHEN d.player_a_id THEN 'A' ELSE 'B' END AS side) mine
  JOIN market m ON m.id = o.market_id JOIN bout b ON b.id = m.bout_id
  JOIN wrestler wa ON wa.id = b.wrestler_a_id JOIN wrestler wb ON wb.id = b.wrestler_b_id
  LEFT JOIN staff s ON s.id = o.answered_by`;

/** Open ones first, by what is left of their clock; then the last answered. */
export async function findObjections(db: Db): Promise<StaffObjection[]> {
  const rows = await db.query<StaffRow>(
    `(${STAFF_OBJECTION} WHERE o.answered_at IS NULL ORDER BY o.due_at, o.number LIMIT 200)
     UNION ALL (${STAFF_OBJECTION} WHERE o.answered_at IS NOT NULL ORDER BY o.answered_at DESC LIMIT 50)`,
  );
  return rows.map(staffObjectionOf);
}

export interface LockedObjection {
  readonly objection: StaffObjection;
  /** The newest correction that came after what is objected to. */
  readonly correctionId: string | null;
}

export async function lockObjection(tx: Tx, objectionId: string): Promise<LockedObjection | null> {
  await tx.query('SELECT FROM objection WHERE id = $1 FOR UPDATE', [objectionId]);
  const row = first(await tx.query<StaffRow>(`${STAFF_OBJECTION} WHERE o.id = $1`, [objectionId]));
  return row === null ? null : { objection: staffObjectionOf(row), correctionId: row.correctionId };
}

export async function recordAnswer(
  tx: Tx,
  objectionId: string,
  given: {
    readonly verdict: ObjectionVerdict;
    readonly answer: string;
    readonly resultId: string | null;
    readonly staffId: string;
  },
): Promise<void> {
  await tx.query(
    `UPDATE objection SET verdict = $2, answer = $3, result_id = $4, answered_by = $5, answered_at = clock_timestamp()
     WHERE id = $1`,
    [objectionId, given.verdict, given.answer, given.resultId, given.staffId],
  );
}

function objectionOf({ number, verdict, raisedAt, dueAt, answeredAt, ...row }: ObjectionRow): Objection {
  return {
    ...row,
    reference: objectionReference(number),
    state: verdict ?? 'open',
    raisedAt: raisedAt.toISOString(),
    dueAt: dueAt.toISOString(),
    answeredAt: answeredAt?.toISOString() ?? null,
  };
}

function staffObjectionOf({
  side,
  outcome,
  correctionId,
  question,
  nameA,
  nameB,
  ...row
}: StaffRow): StaffObjection {
  const { pseudonym, boutId, betId, stakeXof, payoutXof, answeredBy, ...objection } = row;
  return {
    ...objectionOf(objection),
    pseudonym,
    boutId,
    betId,
    stakeXof,
    payoutXof,
    answeredBy,
    boutName: `${nameA} – ${nameB}`,
    pick: sideText(question, side, { a: nameA, b: nameB }),
    betState: outcome === null ? 'engaged' : outcome === 'void' ? 'void' : outcome === side ? 'won' : 'lost',
    hasCorrection: correctionId !== null,
  };
}

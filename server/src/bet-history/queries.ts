import type { HistoryEntry, HistoryTotals } from '#core/api/bet-history-pages.ts';
import { HISTORY_MONTHS, type HistoryKind, type HistoryState } from '#core/bet-history.ts';
import type { Side } from '#core/market.ts';
import { type Leg, picksInWords } from '#core/pool-leg.ts';
import { type Question, sideText } from '#core/question.ts';
import type { StatementBounds } from '#core/statement.ts';
import { type Db, one, type Tx } from '../db.ts';

export interface HistoryFilter extends StatementBounds {
  readonly state: HistoryState | null;
  readonly kind: HistoryKind | null;
  readonly galaId: number | null;
}

/** His side of the duels in which he is on that side. */
function duelsOf(mine: 'a' | 'b'): string {
  const other = mine === 'a' ? 'b' : 'a';
  const side = mine.toUpperCase();
  return `
    SELECT d.id, d.made_at, 'duel' AS form, m.kind, b.gala_id, d.market_id AS subject_id, '${side}' AS picks,
      d.player_${other}_id AS opponent_id, d.stake_${mine}_xof AS stake_xof, d.bonus_${mine}_xof AS bonus_xof,
      d.stake_${other}_xof AS opponent_stake_xof, d.payout_${mine}_xof AS payout_xof,
      CASE d.outcome WHEN '${side}' THEN d.commission_xof ELSE 0 END AS commission_xof,
      CASE d.outcome WHEN '${side}' THEN d.tax_xof ELSE 0 END AS tax_xof,
      CASE d.outcome WHEN '${side}' THEN 'won' WHEN 'void' THEN 'void' WHEN '${other.toUpperCase()}' THEN 'lost' ELSE 'engaged' END AS state
    FROM duel d JOIN market m ON m.id = d.market_id JOIN bout b ON b.id = m.bout_id
    WHERE d.player_${mine}_id = $1`;
}

/** What he bet, in the period and by the filters asked for. */
const ENTRIES = `
  SELECT e.* FROM (
    ${duelsOf('a')}
    UNION ALL
    ${duelsOf('b')}
    UNION ALL
    SELECT t.id, t.made_at, 'ticket', 'pool', p.gala_id, p.id, t.picks, NULL, t.stake_xof, t.bonus_xof, NULL, t.payout_xof, 0,
      coalesce(t.tax_xof, 0), CASE t.outcome WHEN 'refunded' THEN 'void' ELSE coalesce(t.outcome, 'engaged') END
    FROM pool_ticket t JOIN pool p ON p.id = t.pool_id
    WHERE t.player_id = $1
  ) e
  WHERE e.made_at >= coalesce($2::timestamptz, coalesce($3::timestamptz, now()) - interval '${HISTORY_MONTHS} months')
    AND ($3::timestamptz IS NULL OR e.made_at < $3)
    AND ($4::text IS NULL OR e.state = $4) AND ($5::text IS NULL OR e.kind = $5) AND ($6::int IS NULL OR e.gala_id = $6)`;

const valuesOf = (playerId: string, filter: HistoryFilter) => [
  playerId,
  filter.since,
  filter.until,
  filter.state,
  filter.kind,
  filter.galaId,
];

interface Row extends Omit<HistoryEntry, 'madeAt' | 'pick' | 'name'> {
  readonly madeAt: Date;
  readonly picks: string;
  readonly poolName: string | null;
  readonly legs: readonly Leg[] | null;
  readonly question: Question | null;
  readonly nameA: string | null;
  readonly nameB: string | null;
}

/** Newest first: those before the bet or ticket `beforeId`, which is his own, or the newest. */
export async function findEntries(
  db: Db | Tx,
  playerId: string,
  filter: HistoryFilter & { readonly beforeId: string | null },
  limit: number,
): Promise<HistoryEntry[]> {
  const rows = await db.query<Row>(
    `SELECT e.id, e.form, e.kind, g.name AS "galaName", o.pseudonym AS opponent, e.stake_xof AS "stakeXof", e.bonus_xof AS "bonusXof",
       e.opponent_stake_xof AS "opponentStakeXof", e.state, e.payout_xof AS "payoutXof", e.commission_xof AS "commissionXof",
       e.tax_xof AS "taxXof", e.made_at AS "madeAt", e.picks, p.name AS "poolName", p.rule_card -> 'legs' AS legs,
       CASE WHEN m.id IS NOT NULL THEN question_of(m.kind, m.line_seconds, m.method_group) END AS question, wa.ring_name AS "nameA", wb.ring_name AS "nameB",
       CASE e.form WHEN 'ticket'
         THEN EXISTS (SELECT FROM pool_settlement v WHERE v.pool_id = e.subject_id AND v.version > 1)
         ELSE EXISTS (SELECT FROM replaced_payment r WHERE r.duel_id = e.id) END AS "isCorrected"
     FROM (
       SELECT * FROM (${ENTRIES}) e
       WHERE $7::uuid IS NULL OR (e.made_at, e.id) < (
         SELECT made_at, id FROM duel WHERE id = $7 AND $1 IN (player_a_id, player_b_id)
         UNION ALL SELECT made_at, id FROM pool_ticket WHERE id = $7 AND player_id = $1)
       ORDER BY e.made_at DESC, e.id DESC LIMIT $8
     ) e
     JOIN gala g ON g.id = e.gala_id
     LEFT JOIN player o ON o.id = e.opponent_id
     LEFT JOIN pool p ON e.form = 'ticket' AND p.id = e.subject_id
     LEFT JOIN market m ON e.form = 'duel' AND m.id = e.subject_id
     LEFT JOIN bout b ON b.id = m.bout_id
     LEFT JOIN wrestler wa ON wa.id = b.wrestler_a_id LEFT JOIN wrestler wb ON wb.id = b.wrestler_b_id
     ORDER BY e.made_at DESC, e.id DESC`,
    [...valuesOf(playerId, filter), filter.beforeId, limit],
  );
  return rows.map(entryOf);
}

function entryOf({ picks, poolName, legs, question, nameA, nameB, madeAt, ...entry }: Row): HistoryEntry {
  const names = { a: nameA ?? '', b: nameB ?? '' };
  return {
    ...entry,
    name: poolName ?? `${names.a} – ${names.b}`,
    pick: question === null ? picksInWords(legs ?? [], picks) : sideText(question, sideOf(picks), names),
    madeAt: madeAt.toISOString(),
  };
}

function sideOf(picks: string): Side {
  return picks === 'A' ? 'A' : 'B';
}

export async function sumEntries(
  db: Db | Tx,
  playerId: string,
  filter: HistoryFilter,
): Promise<Omit<HistoryTotals, 'netXof'>> {
  const sum = (column: string, state?: HistoryState) =>
    `coalesce(sum(e.${column})${state === undefined ? '' : ` FILTER (WHERE e.state = '${state}')`}, 0)::bigint`;
  return one(
    await db.query<Omit<HistoryTotals, 'netXof'>>(
      `SELECT count(*)::int AS "betCount", ${sum('stake_xof')} AS "stakedXof", ${sum('bonus_xof')} AS "bonusXof",
         ${sum('stake_xof', 'engaged')} AS "engagedXof", ${sum('payout_xof', 'void')} AS "returnedXof",
         ${sum('payout_xof', 'won')} AS "wonXof", ${sum('commission_xof')} AS "commissionXof", ${sum('tax_xof')} AS "taxXof"
       FROM (${ENTRIES}) e`,
      valuesOf(playerId, filter),
    ),
  );
}

/** Those he has bet on, the newest first. */
export function findGalasOfBettor(db: Db, playerId: string): Promise<{ id: number; name: string }[]> {
  return db.query(
    `SELECT g.id, g.name FROM gala g WHERE g.id IN (
       SELECT b.gala_id FROM duel d JOIN market m ON m.id = d.market_id JOIN bout b ON b.id = m.bout_id
       WHERE d.player_a_id = $1
       UNION SELECT b.gala_id FROM duel d JOIN market m ON m.id = d.market_id JOIN bout b ON b.id = m.bout_id
       WHERE d.player_b_id = $1
       UNION SELECT p.gala_id FROM pool_ticket t JOIN pool p ON p.id = t.pool_id WHERE t.player_id = $1)
     ORDER BY g.starts_at DESC, g.id DESC LIMIT 50`,
    [playerId],
  );
}

/**
 * Public reads of the catalogue: only what is published. A stub, and a wrestler who waits for a reviewer, are names in
 * their opponents' bouts and nothing more.
 */
import type { Static } from 'typebox';
import type { PastBout, WrestlerSummary, WrestlerView } from '#core/api/wrestlers.ts';
import { foldName } from '#core/name.ts';
import type { BoutMethod, BoutResult, WrestlerStatus } from '#core/official-record.ts';
import { type Db, first, type Tx } from '#server/db.ts';

export type Summary = Static<typeof WrestlerSummary>;
export type Bout = Static<typeof PastBout>;
/** A wrestler's page without its bouts. */
export type Wrestler = Omit<Static<typeof WrestlerView>, 'bouts'>;

const SEARCH_LIMIT = 100;
const BOUTS_LIMIT = 200;

/**
 * Published wrestlers whose name or alias matches: exact before beginnings, before words, before beginnings of words,
 * before parts, before parts across words; a ring name before a legal name before an alias. All of them, by name, when
 * the search is empty.
 */
export async function searchWrestlers(db: Db | Tx, search: string, limit = SEARCH_LIMIT): Promise<Summary[]> {
  const folded = foldName(search);
  // A text of signs only folds to nothing and matches nothing; no text at all lists everybody.
  if (folded === '' && search.trim() !== '') return [];
  const words = folded.split(' ');
  return db.query<Summary>(
    `SELECT w.id, w.slug, w.ring_name AS name, b.stable, w.status
       FROM wrestler w
       JOIN wrestler_brief b ON b.id = w.id
       JOIN LATERAL (
         SELECT min(10 * n.distance + n.via) AS rank
           FROM (SELECT via, CASE
                   WHEN name = $1 THEN 0
                   WHEN name LIKE $1 || '%' THEN 1
                   WHEN ' ' || name || ' ' LIKE '% ' || $1 || ' %' THEN 2
                   WHEN ' ' || name LIKE ALL ($2::text[]) THEN 3
                   WHEN name LIKE '%' || $1 || '%' THEN 4
                   WHEN replace(name, ' ', '') LIKE '%' || replace($1, ' ', '') || '%' THEN 5
                 END AS distance
                   FROM (SELECT w.search_name, 0
                         UNION ALL SELECT w.search_legal_name, 1
                         UNION ALL SELECT a.search_name, 2 FROM wrestler_alias a WHERE a.wrestler_id = w.id
                        ) AS named(name, via)) AS n
       ) AS hit ON hit.rank IS NOT NULL
      WHERE w.publication = 'published' AND NOT w.is_stub
      ORDER BY CASE WHEN $1 = '' THEN 0 ELSE hit.rank END, w.search_name, w.id
      LIMIT $3`,
    [folded, words.map((word) => `% ${word}%`), Math.min(limit, SEARCH_LIMIT)],
  );
}

interface WrestlerRow {
  id: number;
  slug: string;
  name: string;
  stable: string | null;
  status: WrestlerStatus | null;
  legal_name: string | null;
  aliases: string[];
  stables: Wrestler['stables'];
  born_on: string | null;
  birth_place: string | null;
  height_cm: number | null;
  weight_kg: number | null;
  debut_year: number | null;
  titles: string[];
  record: Wrestler['record'];
  sources: string[];
}

/** Null when there is no such wrestler, or none that is published. */
export async function findWrestlerById(db: Db | Tx, id: number): Promise<Wrestler | null> {
  const row = first(
    await db.query<WrestlerRow>(
      `SELECT w.id, w.slug, w.ring_name AS name, b.stable, w.status, w.legal_name, w.born_on, w.birth_place,
              w.height_cm, w.weight_kg, w.debut_year, w.titles, w.sources,
              ARRAY(SELECT a.name FROM wrestler_alias a WHERE a.wrestler_id = w.id ORDER BY a.position, a.name) AS aliases,
              COALESCE((SELECT jsonb_agg(jsonb_build_object('name', s.name, 'joinedOn', m.joined_on, 'leftOn', m.left_on,
                                                            'hasLeft', m.has_left) ORDER BY m.has_left, m.id DESC)
                          FROM stable_membership m JOIN stable s ON s.id = m.stable_id
                         WHERE m.wrestler_id = w.id), '[]') AS stables,
              CASE WHEN w.record_as_of IS NOT NULL THEN
                jsonb_build_object('wins', w.record_wins, 'losses', w.record_losses, 'draws', w.record_draws,
                                   'noVerdicts', w.record_no_verdicts, 'asOf', w.record_as_of) END AS record
         FROM wrestler w
         JOIN wrestler_brief b ON b.id = w.id
        WHERE w.id = $1 AND b.has_page`,
      [id],
    ),
  );
  if (!row) return null;
  const { legal_name, born_on, birth_place, height_cm, weight_kg, debut_year, ...rest } = row;
  return {
    ...rest,
    legalName: legal_name,
    bornOn: born_on,
    birthPlace: birth_place,
    heightCm: height_cm,
    weightKg: weight_kg,
    debutYear: debut_year,
  };
}

interface BoutRow {
  id: number;
  held_on: string | null;
  arena: string | null;
  opponent_id: number;
  opponent_name: string;
  opponent_has_page: boolean;
  result: BoutResult;
  winner_id: number | null;
  method: BoutMethod | null;
  duration_seconds: number | null;
  title: string | null;
  promoter: string | null;
  initial_verdict: string | null;
  notes: string | null;
  sources: string[];
}

/** His published past bouts, latest first, those without a date last; 200 at most. */
export async function findAllOfficialBoutsByWrestler(db: Db | Tx, wrestlerId: number): Promise<Bout[]> {
  const rows = await db.query<BoutRow>(
    `SELECT b.id, b.held_on, a.name AS arena, o.id AS opponent_id, o.name AS opponent_name,
            o.has_page AS opponent_has_page, b.result, b.winner_id, b.method, b.duration_seconds, b.title,
            p.name AS promoter, b.initial_verdict, b.notes, b.sources
       FROM official_bout b
       JOIN wrestler_brief o ON o.id = CASE WHEN b.wrestler_a_id = $1 THEN b.wrestler_b_id ELSE b.wrestler_a_id END
       LEFT JOIN arena a ON a.id = b.arena_id
       LEFT JOIN promoter p ON p.id = b.promoter_id
      WHERE $1 IN (b.wrestler_a_id, b.wrestler_b_id) AND b.publication = 'published'
      ORDER BY b.held_last DESC NULLS LAST, b.id DESC
      LIMIT $2`,
    [wrestlerId, BOUTS_LIMIT],
  );
  return rows.map((row) => boutOf(row, wrestlerId));
}

function boutOf(row: BoutRow, wrestlerId: number): Bout {
  return {
    id: row.id,
    heldOn: row.held_on,
    arena: row.arena,
    opponent: { wrestlerId: row.opponent_has_page ? row.opponent_id : null, name: row.opponent_name },
    outcome: row.result !== 'win' ? row.result : row.winner_id === wrestlerId ? 'won' : 'lost',
    method: row.method,
    durationSeconds: row.duration_seconds,
    title: row.title,
    promoter: row.promoter,
    initialVerdict: row.initial_verdict,
    notes: row.notes,
    sources: row.sources,
  };
}

import type { CloseCause, Side } from '#core/market.ts';
import type { Xof } from '#core/money.ts';
import type { RootKind } from '#core/proof.ts';
import type { Question } from '#core/question.ts';
import type { RuleCard } from '#core/rule-card.ts';
import { type Db, first, type Tx } from '../db.ts';

const DUELS_PER_READ = 5_000;

export interface LeafRow {
  readonly id: string;
  readonly marketId: number;
  readonly seq: number;
  readonly makerSide: Side;
  readonly stakeAXof: Xof;
  readonly stakeBXof: Xof;
  readonly madeAtMs: number;
  readonly salt: Buffer;
}

/** The instant of a leaf is told in whole milliseconds, the part of one cut off. */
const LEAF = `SELECT d.id, d.market_id AS "marketId", d.seq, d.maker_side AS "makerSide", d.stake_a_xof AS "stakeAXof",
    d.stake_b_xof AS "stakeBXof", floor(extract(epoch FROM d.made_at) * 1000)::bigint AS "madeAtMs", d.salt`;

/** The next duels of a market, in order of arrival. */
export async function findLeafRows(db: Db | Tx, marketId: number, afterSeq: number): Promise<LeafRow[]> {
  return db.query<LeafRow>(
    `${LEAF} FROM duel d WHERE d.market_id = $1 AND d.seq > $2 ORDER BY d.seq LIMIT ${DUELS_PER_READ}`,
    [marketId, afterSeq],
  );
}

export interface RootRow {
  readonly number: number;
  readonly kind: RootKind;
  readonly subjectId: number;
  readonly leafCount: number;
  readonly root: Buffer;
  readonly publishedAt: Date;
  readonly value: Buffer;
}

const ROOT = `SELECT number, kind, subject_id AS "subjectId", leaf_count AS "leafCount", root,
    published_at AS "publishedAt", value FROM root_chain`;

/** The roots before a number, newest first. */
export function findRootsBefore(db: Db, before: number | null, count: number): Promise<RootRow[]> {
  return db.query<RootRow>(
    `${ROOT} WHERE $1::bigint IS NULL OR number < $1 ORDER BY number DESC LIMIT ${count}`,
    [before],
  );
}

/** The roots after a number up to another, oldest first. */
export function findRootsBetween(db: Db, after: number, last: number): Promise<RootRow[]> {
  return db.query<RootRow>(`${ROOT} WHERE number > $1 AND number <= $2 ORDER BY number`, [after, last]);
}

export async function findRoot(db: Db, kind: RootKind, subjectId: number): Promise<RootRow | null> {
  return first(await db.query<RootRow>(`${ROOT} WHERE kind = $1 AND subject_id = $2`, [kind, subjectId]));
}

const ROOTS_PER_READ = 1_000;

/** The next roots, oldest first. */
export function findRootsAfter(db: Db, after: number): Promise<RootRow[]> {
  return db.query<RootRow>(`${ROOT} WHERE number > $1 ORDER BY number LIMIT ${ROOTS_PER_READ}`, [after]);
}

export interface ProvenMarket {
  readonly boutId: number;
  readonly nameA: string;
  readonly nameB: string;
  readonly question: Question;
  readonly closedAt: Date | null;
  readonly closeCause: CloseCause | null;
  /** Null unless two people have confirmed it. */
  readonly trueWhistleAt: Date | null;
  readonly trueWhistleConfirmedAt: Date | null;
  readonly lateCount: number;
  readonly lateStakesXof: Xof;
}

export async function findProvenMarket(db: Db, marketId: number): Promise<ProvenMarket | null> {
  return first(
    await db.query<ProvenMarket>(
      `SELECT m.bout_id AS "boutId", wa.ring_name AS "nameA", wb.ring_name AS "nameB",
         question_of(m.kind, m.line_seconds, m.method_group) AS question,
         m.closed_at AS "closedAt", m.close_cause AS "closeCause",
         w.at AS "trueWhistleAt", w.confirmed_at AS "trueWhistleConfirmedAt",
         late.duels AS "lateCount", late.stakes_xof AS "lateStakesXof"
       FROM market m JOIN bout b ON b.id = m.bout_id
       JOIN wrestler wa ON wa.id = b.wrestler_a_id JOIN wrestler wb ON wb.id = b.wrestler_b_id
       LEFT JOIN true_whistle w ON w.bout_id = b.id AND w.confirmed_at IS NOT NULL
       CROSS JOIN LATERAL (
         SELECT count(*) AS duels, coalesce(sum(d.stake_a_xof + d.stake_b_xof), 0)::bigint AS stakes_xof
         FROM duel d WHERE d.market_id = m.id AND d.made_at > w.at) late
       WHERE m.id = $1`,
      [marketId],
    ),
  );
}

export interface OwnLeafRow extends LeafRow {
  /** Duels of the market before it. */
  readonly index: number;
  /** The last root that was published before it was made. */
  readonly chainNumber: number;
}

/** The last root that was published at an instant. */
export function chainThen(at: 'd.made_at' | 't.made_at'): string {
  return `SELECT e.number, e.value FROM root_chain e WHERE e.published_at <= ${at}
    ORDER BY e.published_at DESC, e.number DESC LIMIT 1`;
}

/** A duel that the player is in, and its place among those of its market. */
export async function findOwnLeaf(db: Db, playerId: string, betId: string): Promise<OwnLeafRow | null> {
  return first(
    await db.query<OwnLeafRow>(
      `${LEAF}, (SELECT count(*) FROM duel o WHERE o.market_id = d.market_id AND o.seq < d.seq) AS index,
         coalesce(c.number, 0) AS "chainNumber"
       FROM duel d LEFT JOIN LATERAL (${chainThen('d.made_at')}) c ON true
       WHERE d.id = $2 AND $1 IN (d.player_a_id, d.player_b_id)`,
      [playerId, betId],
    ),
  );
}

export interface AgreedBet {
  readonly betId: string;
  readonly marketId: number;
  readonly nameA: string;
  readonly nameB: string;
  readonly side: Side;
  readonly stakeAXof: Xof;
  readonly stakeBXof: Xof;
  readonly madeAtMs: number;
  readonly ruleCard: RuleCard;
  readonly ruleCardHash: Buffer | null;
  readonly chainNumber: number;
  /** Null before any root. */
  readonly chainValue: Buffer | null;
}

/** What was agreed in a duel that the player is in. */
export async function findAgreedBet(db: Db, playerId: string, betId: string): Promise<AgreedBet | null> {
  return first(
    await db.query<AgreedBet>(
      `SELECT d.id AS "betId", d.market_id AS "marketId", wa.ring_name AS "nameA", wb.ring_name AS "nameB",
         CASE WHEN d.player_a_id = $1 THEN 'A' ELSE 'B' END AS side,
         d.stake_a_xof AS "stakeAXof", d.stake_b_xof AS "stakeBXof",
         floor(extract(epoch FROM d.made_at) * 1000)::bigint AS "madeAtMs",
         m.rule_card AS "ruleCard", m.rule_card_hash AS "ruleCardHash",
         coalesce(c.number, 0) AS "chainNumber", c.value AS "chainValue"
       FROM duel d JOIN market m ON m.id = d.market_id JOIN bout b ON b.id = m.bout_id
       JOIN wrestler wa ON wa.id = b.wrestler_a_id JOIN wrestler wb ON wb.id = b.wrestler_b_id
       LEFT JOIN LATERAL (${chainThen('d.made_at')}) c ON true
       WHERE d.id = $2 AND $1 IN (d.player_a_id, d.player_b_id)`,
      [playerId, betId],
    ),
  );
}

export interface SigningKeyRow {
  readonly keyId: string;
  readonly sealed: Buffer;
}

/** The one key that signs; null before the first. */
export async function findSigningKey(db: Db | Tx): Promise<SigningKeyRow | null> {
  return first(
    await db.query<SigningKeyRow>(
      'SELECT id AS "keyId", sealed_private_key AS sealed FROM receipt_key WHERE retired_at IS NULL',
    ),
  );
}

export interface PublishedKeyRow {
  readonly keyId: string;
  readonly publicKey: string;
  readonly madeAt: Date;
  readonly retiredAt: Date | null;
}

/** Every key there ever was, newest first. */
export function findPublishedKeys(db: Db): Promise<PublishedKeyRow[]> {
  return db.query<PublishedKeyRow>(
    `SELECT id AS "keyId", encode(public_key, 'hex') AS "publicKey", made_at AS "madeAt", retired_at AS "retiredAt"
     FROM receipt_key ORDER BY made_at DESC, id`,
  );
}

/** The two wrestlers of markets that everybody may see. */
export async function findPublicBoutNames(
  db: Db,
  marketIds: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  const rows = await db.query<{ id: number; name: string }>(
    `SELECT m.id, wa.ring_name || ' – ' || wb.ring_name AS name FROM market m JOIN bout b ON b.id = m.bout_id
     JOIN gala g ON g.id = b.gala_id AND g.visibility = 'public'
     JOIN wrestler wa ON wa.id = b.wrestler_a_id JOIN wrestler wb ON wb.id = b.wrestler_b_id
     WHERE m.id = ANY ($1)`,
    [marketIds],
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

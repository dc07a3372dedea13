import type { Static } from 'typebox';
import type {
  BookView,
  BoutBrief,
  BoutView,
  GalaView,
  MarketBrief,
  MarketView,
  OpenOfferView,
  ResultView,
} from '#core/api/bouts.ts';
import type { Side } from '#core/market.ts';
import { xof } from '#core/money.ts';
import { takerStake } from '#core/offer.ts';
import { LEVELS_MAX } from '#core/order-book.ts';
import type { BoutRules, RuleCard } from '#core/rule-card.ts';
import { winnerSlip } from '#core/settlement.ts';
import { type Db, first, one } from '../db.ts';
import type { GalaAccess } from './access.ts';
import { boutRulesOf } from './bout-rules-sql.ts';
import { isCalledOffSql, isUndatedSql, voidAtSql } from './change-sql.ts';

export type Gala = Static<typeof GalaView>;
export type Bout = Static<typeof BoutView>;
type Book = Static<typeof BookView>;
type BookLevel = Book[Side]['levels'][number];
type Brief = Static<typeof BoutBrief>;
type Market = Static<typeof MarketView>;
type MarketInList = Static<typeof MarketBrief>;
type OpenOffer = Static<typeof OpenOfferView>;
type Result = Static<typeof ResultView>;

const OFFERS_PER_SIDE = 50;
const GALAS_MAX = 100;
const emptyBook: Book = { A: { levels: [], more: false }, B: { levels: [], more: false } };
/** What everybody sees and may take. */
const IS_IN_BOOK = `o.is_open AND o.visibility = 'public' AND (o.expires_at IS NULL OR o.expires_at > clock_timestamp())`;

interface GalaRow extends GalaAccess {
  readonly id: number;
  readonly name: string;
  readonly venue: string;
  readonly promoter: string | null;
  readonly authority: string;
  readonly startsAt: Date;
  readonly boutRules: BoutRules;
}

const GALA = `SELECT g.id, g.name, g.venue, g.promoter, g.authority, g.starts_at AS "startsAt", g.visibility,
  g.is_test AS "isTest", ${boutRulesOf('g')} AS "boutRules" FROM gala g`;

/** Public galas from one day ago on, soonest first. */
export async function findPublicGalas(db: Db): Promise<(Gala & GalaAccess)[]> {
  const rows = await db.query<GalaRow>(
    `${GALA} WHERE g.visibility = 'public' AND g.starts_at > clock_timestamp() - interval '1 day'
     ORDER BY g.starts_at, g.id LIMIT ${GALAS_MAX}`,
  );
  return withBouts(db, rows);
}

/** Every gala, newest first: for the desk. */
export async function findAllGalas(db: Db): Promise<(Gala & GalaAccess)[]> {
  return withBouts(
    db,
    await db.query<GalaRow>(`${GALA} ORDER BY g.starts_at DESC, g.id DESC LIMIT ${GALAS_MAX}`),
  );
}

export async function findGala(db: Db, galaId: number): Promise<(Gala & GalaAccess) | null> {
  return first(await withBouts(db, await db.query<GalaRow>(`${GALA} WHERE g.id = $1`, [galaId])));
}

async function withBouts(db: Db, galas: readonly GalaRow[]): Promise<(Gala & GalaAccess)[]> {
  const rows = await db.query<BriefRow>(
    `${BRIEF} WHERE b.gala_id = ANY ($1) ORDER BY b.gala_id, b.position`,
    [galas.map((gala) => gala.id)],
  );
  return galas.map((gala) => ({
    ...gala,
    startsAt: gala.startsAt.toISOString(),
    bouts: rows.filter((row) => row.galaId === gala.id).map(briefOf),
  }));
}

interface BriefRow {
  readonly galaId: number;
  readonly id: number;
  readonly position: number;
  readonly aId: number;
  readonly aName: string;
  readonly aStub: boolean;
  readonly aStable: string | null;
  readonly bId: number;
  readonly bName: string;
  readonly bStub: boolean;
  readonly bStable: string | null;
  readonly title: string | null;
  readonly scheduledAt: Date;
  readonly isUndated: boolean;
  readonly standsUntil: Date | null;
  readonly voidAt: Date | null;
  readonly isVoid: boolean | null;
  readonly isCalledOff: boolean;
  readonly state: Brief['state'];
  readonly marketId: number | null;
  readonly marketState: Brief['marketState'];
  readonly openOfferCount: number;
}

/** The stable a wrestler is in now, if it is known. */
const STABLE_OF = (
  wrestler: string,
) => `(SELECT s.name FROM stable_membership sm JOIN stable s ON s.id = sm.stable_id
  WHERE sm.wrestler_id = ${wrestler} AND NOT sm.has_left ORDER BY sm.id DESC LIMIT 1)`;

/** A wrestler without a published page is shown by name alone, as a stub is. */
const BRIEF = `SELECT b.gala_id AS "galaId", b.id, b.position, b.title, b.scheduled_at AS "scheduledAt", b.state,
    ${isUndatedSql} AS "isUndated", b.stands_until AS "standsUntil", ${voidAtSql} AS "voidAt",
    ${voidAtSql} <= clock_timestamp() AS "isVoid", ${isCalledOffSql} AS "isCalledOff",
    wa.id AS "aId", wa.ring_name AS "aName", wa.is_stub OR wa.publication <> 'published' AS "aStub",
    CASE WHEN wa.publication = 'published' THEN ${STABLE_OF('wa.id')} END AS "aStable",
    wb.id AS "bId", wb.ring_name AS "bName", wb.is_stub OR wb.publication <> 'published' AS "bStub",
    CASE WHEN wb.publication = 'published' THEN ${STABLE_OF('wb.id')} END AS "bStable",
    m.id AS "marketId", m.state AS "marketState",
    (SELECT count(*) FROM offer o WHERE o.market_id = m.id AND ${IS_IN_BOOK}) AS "openOfferCount"
  FROM bout b
  JOIN wrestler wa ON wa.id = b.wrestler_a_id JOIN wrestler wb ON wb.id = b.wrestler_b_id
  LEFT JOIN market m ON m.bout_id = b.id AND m.kind = 'winner'`;

function briefOf(row: BriefRow): Brief {
  const { id, position, title, state, marketId, marketState, openOfferCount } = row;
  return {
    id,
    position,
    wrestlerA: { id: row.aId, name: row.aName, stable: row.aStable, isStub: row.aStub },
    wrestlerB: { id: row.bId, name: row.bName, stable: row.bStable, isStub: row.bStub },
    title,
    scheduledAt: row.scheduledAt.toISOString(),
    moved: movedOf(row),
    isCalledOff: row.isCalledOff,
    state,
    marketId,
    marketState,
    openOfferCount,
  };
}

export async function countMoves(db: Db, boutId: number): Promise<number> {
  const { count } = one(
    await db.query<{ count: number }>('SELECT count(*) FROM postponement WHERE bout_id = $1', [boutId]),
  );
  return count;
}

function movedOf({ isUndated, standsUntil, voidAt, isVoid }: BriefRow): Brief['moved'] {
  if (!isUndated && voidAt === null) return null;
  return {
    isUndated,
    standsUntil: voidAt === null ? null : (standsUntil?.toISOString() ?? null),
    isVoid: isVoid === true,
  };
}

/**
 * One bout with one of its markets (the one of the winner unless named), the open offers of that market and the bout's
 * confirmed result; null when there is no such bout, or no such market of it has opened.
 */
export async function findBout(
  db: Db,
  boutId: number,
  marketId: number | null = null,
): Promise<(Bout & { readonly access: GalaAccess }) | null> {
  const row = first(await db.query<BriefRow>(`${BRIEF} WHERE b.id = $1`, [boutId]));
  if (row === null) return null;
  const gala = first(await db.query<GalaRow>(`${GALA} WHERE g.id = $1`, [row.galaId]));
  if (gala === null) return null;
  const market = await findMarketOfBout(db, boutId, marketId);
  if (market === null && marketId !== null) return null;
  const ruleCard = market?.ruleCard ?? null;
  const { id, name, venue, startsAt, isTest, visibility } = gala;
  return {
    access: { isTest, visibility },
    bout: briefOf(row),
    gala: { id, name, venue, startsAt: startsAt.toISOString(), isTest },
    market,
    markets: await findOpenedMarkets(db, boutId),
    offers: market === null || ruleCard === null ? [] : await findOpenOffers(db, market.id, ruleCard),
    book: market === null || ruleCard === null ? emptyBook : await findBook(db, market.id),
    result: await findConfirmedResult(db, boutId),
  };
}

interface MarketRow extends Omit<Market, 'hardStopAt' | 'closedAt' | 'rootPublishedAt'> {
  readonly rootPublishedAt: Date | null;
  readonly hardStopAt: Date;
  readonly closedAt: Date | null;
}

/** The winner's first, then the lines of time from the shortest, then the ways to win. */
function findOpenedMarkets(db: Db, boutId: number): Promise<MarketInList[]> {
  return db.query(
    `SELECT m.id, question_of(m.kind, m.line_seconds, m.method_group) AS question, m.state,
       (SELECT count(*) FROM offer o WHERE o.market_id = m.id AND ${IS_IN_BOOK}) AS "openOfferCount"
     FROM market m WHERE m.bout_id = $1 AND m.rule_card IS NOT NULL
     ORDER BY array_position(ARRAY['winner', 'over_under', 'method'], m.kind), m.line_seconds, m.id`,
    [boutId],
  );
}

async function findMarketOfBout(db: Db, boutId: number, marketId: number | null): Promise<Market | null> {
  const row = first(
    await db.query<MarketRow>(
      `SELECT m.id, question_of(m.kind, m.line_seconds, m.method_group) AS question, m.state,
         m.payout_policy AS "payoutPolicy", m.rule_card AS "ruleCard", encode(m.rule_card_hash, 'hex') AS "ruleCardHash", m.hard_stop_at AS "hardStopAt", m.closed_at AS "closedAt",
         m.last_seq AS version, encode(m.root, 'hex') AS root,
         m.root_published_at AS "rootPublishedAt", d.a AS "engagedAXof", d.b AS "engagedBXof",
         (SELECT s.outcome FROM settlement s WHERE s.market_id = m.id ORDER BY s.version DESC LIMIT 1) AS outcome
       FROM market m
       CROSS JOIN LATERAL (SELECT coalesce(sum(stake_a_xof), 0)::bigint AS a, coalesce(sum(stake_b_xof), 0)::bigint AS b
         FROM duel WHERE market_id = m.id) d
       WHERE m.bout_id = $1
         AND CASE WHEN $2::int IS NULL THEN m.kind = 'winner' ELSE m.id = $2 AND m.rule_card IS NOT NULL END`,
      [boutId, marketId],
    ),
  );
  if (row === null) return null;
  return {
    ...row,
    hardStopAt: row.hardStopAt.toISOString(),
    closedAt: row.closedAt?.toISOString() ?? null,
    rootPublishedAt: row.rootPublishedAt?.toISOString() ?? null,
  };
}

interface LevelRow extends Omit<BookLevel, 'takerXof'> {
  readonly side: Side;
}

/** Reads no deeper than the ratios it answers: the index is in their order, and a price is one ratio. */
async function findBook(db: Db, marketId: number): Promise<Book> {
  const side = (name: Side) => `(SELECT '${name}' AS side, o.price, min(o.ratio_stake) AS "ratioStake",
      min(o.ratio_ask) AS "ratioAsk", sum(o.open_xof)::bigint AS "openXof", count(*) AS "offerCount"
    FROM offer o WHERE o.market_id = $1 AND o.side = '${name}' AND ${IS_IN_BOOK}
    GROUP BY o.price ORDER BY o.price LIMIT ${LEVELS_MAX + 1})`;
  const rows = await db.query<LevelRow>(
    `SELECT side, "ratioStake", "ratioAsk", "openXof", "offerCount"
     FROM (${side('A')} UNION ALL ${side('B')}) level ORDER BY side, price`,
    [marketId],
  );
  const depthOf = (name: Side) => {
    const found = rows.filter((row) => row.side === name).map(levelOf);
    return { levels: found.slice(0, LEVELS_MAX), more: found.length > LEVELS_MAX };
  };
  return { A: depthOf('A'), B: depthOf('B') };
}

function levelOf({ ratioStake, ratioAsk, openXof, offerCount }: LevelRow): BookLevel {
  const takerXof = takerStake({ stake: ratioStake, ask: ratioAsk }, xof(openXof));
  return { ratioStake, ratioAsk, openXof, takerXof, offerCount };
}

interface OpenOfferRow {
  readonly offerId: string;
  readonly side: Side;
  readonly pseudonym: string;
  readonly openXof: number;
  readonly ratioStake: number;
  readonly ratioAsk: number;
}

async function findOpenOffers(db: Db, marketId: number, ruleCard: RuleCard): Promise<OpenOffer[]> {
  const side = (name: Side) => `(SELECT o.id AS "offerId", o.side, p.pseudonym, o.open_xof AS "openXof",
      o.ratio_stake AS "ratioStake", o.ratio_ask AS "ratioAsk", o.price, o.seq
    FROM offer o JOIN player p ON p.id = o.player_id
    WHERE o.market_id = $1 AND o.side = '${name}' AND ${IS_IN_BOOK} ORDER BY o.price, o.seq LIMIT ${OFFERS_PER_SIDE})`;
  const rows = await db.query<OpenOfferRow>(`${side('A')} UNION ALL ${side('B')} ORDER BY side, price, seq`, [
    marketId,
  ]);
  return rows.map(({ offerId, side: offerSide, pseudonym, openXof, ratioStake, ratioAsk }) => {
    const makerXof = xof(openXof);
    const takerXof = takerStake({ stake: ratioStake, ask: ratioAsk }, makerXof);
    const takerNetXof = winnerSlip(takerXof, makerXof, ruleCard.rates).netXof;
    return {
      offerId,
      side: offerSide,
      pseudonym,
      openXof: makerXof,
      takerXof,
      ratioStake,
      ratioAsk,
      takerNetXof,
    };
  });
}

async function findConfirmedResult(db: Db, boutId: number): Promise<Result | null> {
  const row = first(
    await db.query<Omit<Result, 'confirmedAt'> & { confirmedAt: Date }>(
      `SELECT ending, winner_side AS "winnerSide", wrestled_seconds AS "wrestledSeconds", source, confirmed_at AS "confirmedAt" FROM result
       WHERE bout_id = $1 AND withdrawn_at IS NULL AND confirmed_at IS NOT NULL ORDER BY version DESC LIMIT 1`,
      [boutId],
    ),
  );
  return row === null ? null : { ...row, confirmedAt: row.confirmedAt.toISOString() };
}

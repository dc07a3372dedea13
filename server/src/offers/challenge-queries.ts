import type { Static } from 'typebox';
import type { OpenOfferView } from '#core/api/bouts.ts';
import type { ChallengeLine } from '#core/api/player-pages.ts';
import type { Side } from '#core/market.ts';
import type { Xof } from '#core/money.ts';
import { takerStake } from '#core/offer.ts';
import { type Question, questionText, sideText } from '#core/question.ts';
import type { RuleCard } from '#core/rule-card.ts';
import { winnerSlip } from '#core/settlement.ts';
import { type Db, first } from '../db.ts';

type OpenOffer = Static<typeof OpenOfferView>;

/** An offer as the one it may be for sees it. */
export interface Challenge {
  readonly offer: OpenOffer;
  readonly marketId: number;
  readonly boutId: number;
  readonly makerId: string;
  readonly visibility: 'public' | 'phone' | 'link' | 'counter';
  /** Null for a link, and for a number that has no account. */
  readonly invitedPlayerId: string | null;
  readonly answersOfferId: string | null;
  readonly expiresAt: string | null;
  readonly isExpired: boolean;
  /** Nobody took any of it, and nothing of it is open: its player took it back, or it ended. */
  readonly cameBack: boolean;
}

interface ChallengeRow extends Omit<Challenge, 'offer' | 'expiresAt'> {
  readonly offerId: string;
  readonly pseudonym: string;
  readonly side: Side;
  readonly openXof: Xof;
  readonly ratioStake: number;
  readonly ratioAsk: number;
  readonly expiresAt: Date | null;
  readonly ruleCard: RuleCard;
}

const CHALLENGE = `
  SELECT o.id AS "offerId", o.market_id AS "marketId", m.bout_id AS "boutId", o.player_id AS "makerId", p.pseudonym,
    o.side, o.open_xof AS "openXof", o.ratio_stake AS "ratioStake", o.ratio_ask AS "ratioAsk", o.visibility,
    CASE o.visibility WHEN 'phone' THEN (SELECT i.id FROM player i WHERE i.phone = o.invited_phone)
      ELSE o.invited_player_id END AS "invitedPlayerId",
    o.answers_offer_id AS "answersOfferId", o.expires_at AS "expiresAt",
    coalesce(o.expires_at <= clock_timestamp(), false) AS "isExpired",
    NOT o.is_open AND o.filled_xof = 0 AS "cameBack", m.rule_card AS "ruleCard"
  FROM offer o JOIN player p ON p.id = o.player_id JOIN market m ON m.id = o.market_id`;

export async function findChallenge(db: Db, offerId: string): Promise<Challenge | null> {
  const row = first(await db.query<ChallengeRow>(`${CHALLENGE} WHERE o.id = $1`, [offerId]));
  return row === null ? null : challengeOf(row);
}

/** His own open answer to this offer. */
export async function findOwnCounter(
  db: Db,
  offerId: string,
  playerId: string,
): Promise<{ readonly offerId: string; readonly openXof: Xof } | null> {
  return first(
    await db.query<{ offerId: string; openXof: Xof }>(
      `SELECT o.id AS "offerId", o.open_xof AS "openXof" FROM offer o WHERE o.answers_offer_id = $1 AND o.player_id = $2 AND o.is_open
       ORDER BY o.placed_at DESC, o.id LIMIT 1`,
      [offerId, playerId],
    ),
  );
}

/** The open answers to an offer, oldest first. */
export async function findCounterOffers(db: Db, offerId: string): Promise<Challenge[]> {
  const rows = await db.query<ChallengeRow>(
    `${CHALLENGE} WHERE o.answers_offer_id = $1 AND o.is_open
       AND (o.expires_at IS NULL OR o.expires_at > clock_timestamp())
     ORDER BY o.placed_at, o.id LIMIT 20`,
    [offerId],
  );
  return rows.map(challengeOf);
}

function challengeOf(row: ChallengeRow): Challenge {
  const { offerId, pseudonym, side, openXof, ratioStake, ratioAsk, ruleCard, expiresAt, ...challenge } = row;
  const takerXof = takerStake({ stake: ratioStake, ask: ratioAsk }, openXof);
  const takerNetXof = winnerSlip(takerXof, openXof, ruleCard.rates).netXof;
  return {
    ...challenge,
    offer: { offerId, side, pseudonym, openXof, takerXof, ratioStake, ratioAsk, takerNetXof },
    expiresAt: expiresAt?.toISOString() ?? null,
  };
}

/** What waits for this player alone: for his number, or in answer to an offer of his. */
const IS_FOR = `o.is_open AND (o.expires_at IS NULL OR o.expires_at > clock_timestamp())
  AND ((o.visibility = 'phone' AND o.invited_phone = (SELECT me.phone FROM player me WHERE me.id = $1))
    OR (o.visibility = 'counter' AND o.invited_player_id = $1))
  AND EXISTS (SELECT FROM market m WHERE m.id = o.market_id AND m.state IN ('open', 'suspended')
    AND m.hard_stop_at > clock_timestamp())`;

export async function countChallengesFor(db: Db, playerId: string): Promise<number> {
  const rows = await db.query<{ count: number }>(`SELECT count(*) FROM offer o WHERE ${IS_FOR}`, [playerId]);
  return rows[0]?.count ?? 0;
}

interface LineRow {
  readonly offerId: string;
  readonly answersOfferId: string | null;
  readonly pseudonym: string;
  readonly side: Side;
  readonly openXof: Xof;
  readonly ratioStake: number;
  readonly ratioAsk: number;
  readonly question: Question;
  readonly nameA: string;
  readonly nameB: string;
}

/** Newest first. */
export async function findChallengesFor(db: Db, playerId: string): Promise<ChallengeLine[]> {
  const rows = await db.query<LineRow>(
    `SELECT o.id AS "offerId", o.answers_offer_id AS "answersOfferId", p.pseudonym, o.side, o.open_xof AS "openXof",
       o.ratio_stake AS "ratioStake", o.ratio_ask AS "ratioAsk",
       question_of(m.kind, m.line_seconds, m.method_group) AS question, wa.ring_name AS "nameA", wb.ring_name AS "nameB"
     FROM offer o JOIN player p ON p.id = o.player_id JOIN market m ON m.id = o.market_id
     JOIN bout b ON b.id = m.bout_id
     JOIN wrestler wa ON wa.id = b.wrestler_a_id JOIN wrestler wb ON wb.id = b.wrestler_b_id
     WHERE ${IS_FOR} ORDER BY o.placed_at DESC, o.id LIMIT 50`,
    [playerId],
  );
  return rows.map(({ offerId, answersOfferId, pseudonym, question, nameA, nameB, ...row }) => ({
    offerId: answersOfferId ?? offerId,
    isAnswer: answersOfferId !== null,
    pseudonym,
    boutName: `${nameA} – ${nameB}`,
    question: question.kind === 'winner' ? null : questionText(question),
    makerPick: sideText(question, row.side, { a: nameA, b: nameB }),
    makerXof: row.openXof,
    takerXof: takerStake({ stake: row.ratioStake, ask: row.ratioAsk }, row.openXof),
  }));
}

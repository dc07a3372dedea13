import type { Static } from 'typebox';
import type { BetView, OwnOfferView } from '#core/api/offers.ts';
import type { Side } from '#core/market.ts';
import type { Xof } from '#core/money.ts';
import type { MarketOutcome } from '#core/outcome.ts';
import { type Question, sideText } from '#core/question.ts';
import type { RuleCard } from '#core/rule-card.ts';
import { winnerSlip } from '#core/settlement.ts';
import { type Db, first, type Tx } from '../db.ts';
import { maskPhone } from '../sessions/read-phone.ts';
import type { MarketDoor } from './desk.ts';

export type Bet = Static<typeof BetView>;
export type OwnOffer = Static<typeof OwnOfferView>;

const PAGE = 50;

export async function findMarketDoor(db: Db, marketId: number): Promise<MarketDoor | null> {
  return first(
    await db.query<MarketDoor>(
      `SELECT id AS "marketId", bout_id AS "boutId", is_test AS "isTest", rule_card AS "ruleCard" FROM market WHERE id = $1`,
      [marketId],
    ),
  );
}

interface OwnOfferRow extends Omit<OwnOffer, 'placedAt' | 'expiresAt' | 'maskedPhone' | 'pick' | 'boutName'> {
  placedAt: Date;
  expiresAt: Date | null;
  invitedPhone: string | null;
  question: Question;
  nameA: string;
  nameB: string;
}

const OWN_OFFER = `
  SELECT o.id AS "offerId", o.market_id AS "marketId", b.id AS "boutId", o.side, o.stake_xof AS "stakeXof",
    o.ask_xof AS "askXof", o.open_xof AS "openXof", o.filled_xof AS "filledXof", o.returned_xof AS "returnedXof",
    o.placed_at AS "placedAt", o.visibility, o.invited_phone AS "invitedPhone", o.expires_at AS "expiresAt", question_of(m.kind, m.line_seconds, m.method_group) AS question, wa.ring_name AS "nameA", wb.ring_name AS "nameB"
  FROM offer o JOIN market m ON m.id = o.market_id JOIN bout b ON b.id = m.bout_id
  JOIN wrestler wa ON wa.id = b.wrestler_a_id JOIN wrestler wb ON wb.id = b.wrestler_b_id`;

/** His offers with an open part, newest first. */
export async function findOpenOffersByPlayer(db: Db, playerId: string): Promise<OwnOffer[]> {
  const rows = await db.query<OwnOfferRow>(
    `${OWN_OFFER} WHERE o.player_id = $1 AND o.is_open ORDER BY o.placed_at DESC, o.id LIMIT 200`,
    [playerId],
  );
  return rows.map(ownOfferOf);
}

export async function findOfferOfPlayer(db: Db, offerId: string, playerId: string): Promise<OwnOffer | null> {
  const row = first(
    await db.query<OwnOfferRow>(`${OWN_OFFER} WHERE o.id = $1 AND o.player_id = $2`, [offerId, playerId]),
  );
  return row === null ? null : ownOfferOf(row);
}

function ownOfferOf({ nameA, nameB, question, placedAt, ...row }: OwnOfferRow): OwnOffer {
  const { invitedPhone, expiresAt, ...offer } = row;
  return {
    ...offer,
    boutName: `${nameA} – ${nameB}`,
    pick: sideText(question, offer.side, { a: nameA, b: nameB }),
    placedAt: placedAt.toISOString(),
    maskedPhone: invitedPhone === null ? null : maskPhone(invitedPhone),
    expiresAt: expiresAt?.toISOString() ?? null,
  };
}

interface BetRow {
  betId: string;
  marketId: number;
  boutId: number;
  side: Side;
  stakeXof: Xof;
  opponentStakeXof: Xof;
  opponent: string;
  outcome: MarketOutcome | null;
  payoutXof: Xof | null;
  madeAt: Date;
  nameA: string;
  nameB: string;
  ruleCard: RuleCard;
}

/** Both sides of the duels of a player, as one list: he is on one side of each. */
const BET = `
  SELECT d.id AS "betId", d.market_id AS "marketId", b.id AS "boutId", mine.side,
    CASE mine.side WHEN 'A' THEN d.stake_a_xof ELSE d.stake_b_xof END AS "stakeXof",
    CASE mine.side WHEN 'A' THEN d.stake_b_xof ELSE d.stake_a_xof END AS "opponentStakeXof",
    other.pseudonym AS opponent, d.outcome,
    CASE mine.side WHEN 'A' THEN d.payout_a_xof ELSE d.payout_b_xof END AS "payoutXof",
    d.made_at AS "madeAt", wa.ring_name AS "nameA", wb.ring_name AS "nameB", m.rule_card AS "ruleCard"
  FROM duel d
  CROSS JOIN LATERAL (SELECT CASE WHEN d.player_a_id = $1 THEN 'A' ELSE 'B' END AS side) mine
  JOIN player other ON other.id = CASE mine.side WHEN 'A' THEN d.player_b_id ELSE d.player_a_id END
  JOIN market m ON m.id = d.market_id JOIN bout b ON b.id = m.bout_id
  JOIN wrestler wa ON wa.id = b.wrestler_a_id JOIN wrestler wb ON wb.id = b.wrestler_b_id`;

/** His bets, newest first, a page of 50: those before the bet `beforeId`, or the newest. */
export async function findBetsByPlayer(db: Db, playerId: string, beforeId: string | null): Promise<Bet[]> {
  const side = (column: string) => `
    (SELECT id FROM duel WHERE ${column} = $1
       AND ($2::uuid IS NULL OR (made_at, id) < (SELECT made_at, id FROM duel WHERE id = $2))
     ORDER BY made_at DESC, id DESC LIMIT ${PAGE})`;
  const rows = await db.query<BetRow>(
    `${BET} WHERE d.id IN (${side('player_a_id')} UNION ALL ${side('player_b_id')})
     ORDER BY d.made_at DESC, d.id DESC LIMIT ${PAGE}`,
    [playerId, beforeId],
  );
  return rows.map(betOf);
}

/** His bets on one bout, in all its markets, oldest first. */
export async function findBetsOfBout(db: Db, playerId: string, boutId: number): Promise<Bet[]> {
  const rows = await db.query<BetRow>(
    `${BET} WHERE m.bout_id = $2 AND $1 IN (d.player_a_id, d.player_b_id) ORDER BY d.made_at, d.id LIMIT 200`,
    [playerId, boutId],
  );
  return rows.map(betOf);
}

/** The bets that one of his offers became: taken at once when it was placed, or accepted later. Oldest first. */
export async function findBetsOfOffer(db: Db, playerId: string, offerId: string): Promise<Bet[]> {
  const rows = await db.query<BetRow>(
    `${BET} WHERE d.id IN (SELECT id FROM duel WHERE maker_offer_id = $2
         UNION ALL
         SELECT t.id FROM duel t JOIN offer o ON o.id = $2 AND o.market_id = t.market_id
         WHERE t.taker_operation_id = $2)
       AND $1 IN (d.player_a_id, d.player_b_id)
     ORDER BY d.seq LIMIT 200`,
    [playerId, offerId],
  );
  return rows.map(betOf);
}

export async function findBetOfPlayer(db: Db, betId: string, playerId: string): Promise<Bet | null> {
  const row = first(
    await db.query<BetRow>(`${BET} WHERE d.id = $2 AND $1 IN (d.player_a_id, d.player_b_id)`, [
      playerId,
      betId,
    ]),
  );
  return row === null ? null : betOf(row);
}

function betOf(row: BetRow): Bet {
  const { nameA, nameB, ruleCard, outcome, madeAt, ...bet } = row;
  return {
    ...bet,
    boutName: `${nameA} – ${nameB}`,
    pick: sideText(ruleCard.question, bet.side, { a: nameA, b: nameB }),
    netXof: winnerSlip(bet.stakeXof, bet.opponentStakeXof, ruleCard.rates).netXof,
    state: outcome === null ? 'engaged' : outcome === 'void' ? 'void' : outcome === bet.side ? 'won' : 'lost',
    madeAt: madeAt.toISOString(),
  };
}

/** His offers of the last seven days of which something came back, newest first. */
export async function findReturnedOffers(db: Db, playerId: string): Promise<OwnOffer[]> {
  const rows = await db.query<OwnOfferRow>(
    `${OWN_OFFER} WHERE o.player_id = $1 AND NOT o.is_open AND o.returned_xof > 0
       AND o.placed_at > clock_timestamp() - interval '7 days'
     ORDER BY o.placed_at DESC, o.id LIMIT 10`,
    [playerId],
  );
  return rows.map(ownOfferOf);
}

/** The number that an offer of his is for; null when it is for none. */
export async function findInvitedPhone(db: Db, offerId: string, playerId: string): Promise<string | null> {
  const row = first(
    await db.query<{ phone: string | null }>(
      'SELECT invited_phone AS phone FROM offer WHERE id = $1 AND player_id = $2',
      [offerId, playerId],
    ),
  );
  return row?.phone ?? null;
}

export async function findMarketsWithOpenOffers(db: Db, playerId: string): Promise<number[]> {
  const rows = await db.query<{ marketId: number }>(
    `SELECT DISTINCT market_id AS "marketId" FROM offer WHERE player_id = $1 AND is_open ORDER BY market_id`,
    [playerId],
  );
  return rows.map(({ marketId }) => marketId);
}

export interface OpenPart {
  readonly offerId: string;
  readonly openXof: number;
  readonly bonusXof: number;
  readonly accountId: number;
  readonly bonusAccountId: number | null;
  readonly escrowAccountId: number;
}

/** Open parts of one market: of one player, of the offers that have ended by themselves, or all. */
export type OpenPartsWanted =
  | { readonly marketId: number; readonly of: 'player'; readonly playerId: string }
  | { readonly marketId: number; readonly of: 'expired' | 'all' };

/** Under the market's lock, in order of the offers' ids. */
export function findOpenParts(tx: Tx, wanted: OpenPartsWanted, limit: number): Promise<OpenPart[]> {
  return tx.query(
    `SELECT o.id AS "offerId", o.open_xof AS "openXof", o.bonus_xof AS "bonusXof",
       p.available_account_id AS "accountId", p.bonus_account_id AS "bonusAccountId",
       m.escrow_account_id AS "escrowAccountId"
     FROM offer o JOIN player p ON p.id = o.player_id JOIN market m ON m.id = o.market_id
     WHERE o.market_id = $1 AND o.is_open AND ($2::uuid IS NULL OR o.player_id = $2)
       AND ($3 <> 'expired' OR o.expires_at <= clock_timestamp())
     ORDER BY o.id LIMIT $4`,
    [wanted.marketId, wanted.of === 'player' ? wanted.playerId : null, wanted.of, limit],
  );
}

export async function returnWhole(tx: Tx, marketId: number, offerIds: readonly string[]): Promise<void> {
  await tx.query(
    `WITH returned AS (SELECT id, open_xof FROM offer WHERE id = ANY ($2)), changed AS (
       UPDATE offer o SET returned_xof = o.returned_xof + o.open_xof, open_xof = 0, bonus_xof = 0
       FROM returned r WHERE o.id = r.id
     )
     UPDATE market SET staked_xof = staked_xof - (SELECT sum(open_xof) FROM returned) WHERE id = $1`,
    [marketId, offerIds],
  );
}

export async function findMarketsWithExpiredOffers(db: Db): Promise<number[]> {
  const rows = await db.query<{ marketId: number }>(
    `SELECT DISTINCT market_id AS "marketId" FROM offer WHERE is_open AND expires_at <= clock_timestamp()
     ORDER BY market_id LIMIT 100`,
  );
  return rows.map(({ marketId }) => marketId);
}

export async function findAccountOfPhone(db: Db, phone: string): Promise<string | null> {
  return first(await db.query<{ id: string }>('SELECT id FROM player WHERE phone = $1', [phone]))?.id ?? null;
}

/** An offer that is answered: whose it is and for whom. */
export interface Answered {
  readonly marketId: number;
  readonly playerId: string;
  readonly side: Side;
  readonly visibility: 'public' | 'phone' | 'link' | 'counter';
  readonly invitedPlayerId: string | null;
}

export async function findAnswered(db: Db, offerId: string): Promise<Answered | null> {
  return first(
    await db.query<Answered>(
      `SELECT o.market_id AS "marketId", o.player_id AS "playerId", o.side, o.visibility,
         CASE o.visibility WHEN 'phone' THEN (SELECT p.id FROM player p WHERE p.phone = o.invited_phone)
           ELSE o.invited_player_id END AS "invitedPlayerId"
       FROM offer o WHERE o.id = $1`,
      [offerId],
    ),
  );
}

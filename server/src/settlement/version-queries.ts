/** The versions of a bout's result as people read them, its markets, its homologation, and what corrections have cost. */
import type { HomologationShown, LossLine, ResultMarket, ResultVersion } from '#core/api/result-pages.ts';
import type { Rates } from '#core/market.ts';
import { waitsForHomologation } from '#core/outcome.ts';
import { type Question, questionText, sideText } from '#core/question.ts';
import type { PayoutPolicy } from '#core/rule-card.ts';
import { type Db, first } from '../db.ts';
import { paidNow, receivedByLines } from './paid-sides.ts';

const LOSSES_MAX = 200;

/** A market of the bout that took bets, with what a preview needs. */
export interface MarketSeen extends Omit<ResultMarket, 'isHeld'> {
  readonly payoutPolicy: PayoutPolicy;
  readonly rates: Rates;
  readonly state: string;
}

type MarketRow = Omit<MarketSeen, 'question' | 'sideA' | 'sideB'> & {
  readonly a: string;
  readonly b: string;
};

export async function findMarketsSeen(db: Db, boutId: number): Promise<MarketSeen[]> {
  const rows = await db.query<MarketRow>(
    `SELECT m.id AS "marketId", question_of(m.kind, m.line_seconds, m.method_group) AS asks, wa.ring_name AS a,
       wb.ring_name AS b, m.payout_policy AS "payoutPolicy", m.rule_card -> 'rates' AS rates, m.state,
       d.count AS "duelCount", d.xof AS "stakedXof", s.outcome, coalesce(s.state = 'paying', false) AS "isPaying"
     FROM market m JOIN bout b ON b.id = m.bout_id
     JOIN wrestler wa ON wa.id = b.wrestler_a_id JOIN wrestler wb ON wb.id = b.wrestler_b_id
     CROSS JOIN LATERAL (SELECT count(*), coalesce(sum(stake_a_xof + stake_b_xof), 0)::bigint AS xof
       FROM duel WHERE market_id = m.id) d
     LEFT JOIN LATERAL (SELECT outcome, state FROM settlement WHERE market_id = m.id ORDER BY version DESC LIMIT 1) s ON true
     WHERE m.bout_id = $1 AND m.state <> 'draft' ORDER BY m.id`,
    [boutId],
  );
  return rows.map(({ a, b, ...row }) => {
    const names = { a, b };
    return {
      ...row,
      question: questionText(row.asks),
      sideA: sideText(row.asks, 'A', names),
      sideB: sideText(row.asks, 'B', names),
    };
  });
}

/** Whether its payment waits until the result that stands is homologated. */
export function isHeld(market: MarketSeen, standing: Pick<ResultVersion, 'ending'> | null): boolean {
  return (
    market.state === 'closed' &&
    standing !== null &&
    waitsForHomologation(market.payoutPolicy, standing.ending)
  );
}

type VersionRow = Omit<ResultVersion, 'proposedBy' | 'proposedAt' | 'confirmedAt'> & {
  readonly proposedById: string | null;
  readonly proposedByName: string | null;
  readonly proposedAt: Date;
  readonly confirmedAt: Date | null;
};

/** Newest first, each with what it has changed in the markets that were paid before. */
export async function findVersions(db: Db, boutId: number): Promise<ResultVersion[]> {
  const rows = await db.query<VersionRow>(
    `SELECT r.id AS "resultId", r.version, r.ending, r.winner_side AS "winnerSide", r.wrestled_seconds AS "wrestledSeconds",
       r.void_market_ids AS "voidMarketIds", r.source, r.reason, p.id AS "proposedById", p.name AS "proposedByName",
       r.proposed_at AS "proposedAt", c.name AS "confirmedBy", r.confirmed_at AS "confirmedAt", coalesce(k.changes, '[]') AS changes
     FROM result r LEFT JOIN staff p ON p.id = r.proposed_by LEFT JOIN staff c ON c.id = r.confirmed_by
     LEFT JOIN LATERAL (
       SELECT jsonb_agg(jsonb_build_object('marketId', k.market_id, 'change', CASE WHEN k.house_at IS NOT NULL THEN
         jsonb_build_object('takenXof', l.taken, 'givenXof', l.given, 'commissionXof', k.commission_delta_xof,
           'taxXof', k.tax_payable_delta_xof - k.tax_claim_delta_xof, 'claimXof', k.tax_claim_delta_xof,
           'lossXof', k.loss_delta_xof) END) ORDER BY k.market_id) AS changes
       FROM correction k CROSS JOIN LATERAL (
         SELECT coalesce(sum(taken_xof), 0)::bigint AS taken, coalesce(sum(given_xof), 0)::bigint AS given
         FROM correction_line WHERE correction_id = k.id) l
       WHERE k.result_id = r.id AND k.market_id IS NOT NULL) k ON true
     WHERE r.bout_id = $1 AND r.withdrawn_at IS NULL ORDER BY r.version DESC LIMIT 50`,
    [boutId],
  );
  return rows.map(({ proposedById, proposedByName, ...row }) => ({
    ...row,
    proposedBy:
      proposedById === null || proposedByName === null
        ? null
        : { staffId: proposedById, name: proposedByName },
    proposedAt: row.proposedAt.toISOString(),
    confirmedAt: row.confirmedAt?.toISOString() ?? null,
  }));
}

/** That of a result, proposed or confirmed. */
export async function findHomologation(db: Db, resultId: string): Promise<HomologationShown | null> {
  const row = first(
    await db.query<
      Omit<HomologationShown, 'proposedBy' | 'proposedAt'> & {
        readonly proposedById: string;
        readonly proposedByName: string;
        readonly proposedAt: Date;
      }
    >(
      `SELECT h.id AS "homologationId", h.source, p.id AS "proposedById", p.name AS "proposedByName",
         h.proposed_at AS "proposedAt", c.name AS "confirmedBy"
       FROM homologation h JOIN staff p ON p.id = h.proposed_by LEFT JOIN staff c ON c.id = h.confirmed_by
       WHERE h.result_id = $1 AND h.withdrawn_at IS NULL`,
      [resultId],
    ),
  );
  if (row === null) return null;
  const { proposedById, proposedByName, ...shown } = row;
  return {
    ...shown,
    proposedBy: { staffId: proposedById, name: proposedByName },
    proposedAt: row.proposedAt.toISOString(),
  };
}

/** One kind of bet, from one side of it: whose, and how many. */
export interface SideStack {
  readonly account: number;
  readonly bonusAccount: number | null;
  readonly side: 'A' | 'B';
  readonly stakeAXof: number;
  readonly stakeBXof: number;
  readonly bonusXof: number;
  readonly isLate: boolean;
  readonly count: number;
}

/** Both sides of every duel of a market, counted by account and stakes; late: after the confirmed true whistle. */
export function findSideStacks(db: Db, marketId: number): Promise<SideStack[]> {
  const side = (own: 'a' | 'b') =>
    `SELECT p.available_account_id AS account, p.bonus_account_id AS "bonusAccount", '${own.toUpperCase()}' AS side,
       d.stake_a_xof AS "stakeAXof", d.stake_b_xof AS "stakeBXof", d.bonus_${own}_xof AS "bonusXof",
       coalesce(d.made_at > w.at, false) AS "isLate", count(*) AS count
     FROM duel d JOIN player p ON p.id = d.player_${own}_id JOIN market m ON m.id = d.market_id
     LEFT JOIN true_whistle w ON w.bout_id = m.bout_id AND w.confirmed_at IS NOT NULL
     WHERE d.market_id = $1 GROUP BY 1, 2, 3, 4, 5, 6, 7`;
  return db.query<SideStack>(`${side('a')} UNION ALL ${side('b')}`, [marketId]);
}

export interface Holding {
  readonly account: number;
  /** Of this market, in all. */
  readonly receivedXof: number;
  readonly availableXof: number;
}

/** What each account has received of a market that was paid, and what could be taken from it now. */
export function findHoldings(db: Db, marketId: number): Promise<Holding[]> {
  return db.query<Holding>(
    `WITH last AS (SELECT id FROM correction WHERE market_id = $1 ORDER BY version DESC LIMIT 1), received AS (
       ${receivedByLines}
       UNION ALL
       SELECT f.* FROM (${paidNow}) f WHERE NOT EXISTS (SELECT FROM last)
     )
     SELECT r.account_id AS account, r.xof AS "receivedXof", coalesce(b.amount_xof, 0)::bigint AS "availableXof"
     FROM received r LEFT JOIN ledger.balance b ON b.account_id = r.account_id`,
    [marketId],
  );
}

/** Commission, tax and loss of a market as they stand. */
export async function findHouseParts(
  db: Db,
  marketId: number,
): Promise<{ readonly commissionXof: number; readonly taxXof: number; readonly lossXof: number } | null> {
  return first(
    await db.query(
      `SELECT coalesce(sum(commission_xof), 0)::bigint AS "commissionXof", coalesce(sum(tax_xof), 0)::bigint AS "taxXof",
         coalesce((SELECT sum(loss_delta_xof) FROM correction WHERE market_id = $1), 0)::bigint AS "lossXof"
       FROM duel WHERE market_id = $1`,
      [marketId],
    ),
  );
}

/** Corrections that cost the house something or gave it back, the newest first; of real money, or of play money. */
export async function findLosses(db: Db, isTest: boolean): Promise<LossLine[]> {
  const rows = await db.query<
    Omit<LossLine, 'at' | 'name' | 'question'> & {
      readonly at: Date;
      readonly name: string;
      readonly kind: Question | null;
    }
  >(
    `SELECT c.id AS "correctionId", b.id AS "boutId", coalesce(p.name, wa.ring_name || ' – ' || wb.ring_name) AS name,
       CASE WHEN m.id IS NOT NULL THEN question_of(m.kind, m.line_seconds, m.method_group) END AS kind, g.name AS gala,
       c.version, coalesce(r.reason, '') AS reason, c.house_at AS at, c.loss_delta_xof AS "lossXof",
       c.tax_claim_delta_xof AS "claimXof", coalesce(k.kept, '[]') AS kept
     FROM correction c JOIN result r ON r.id = c.result_id
     LEFT JOIN market m ON m.id = c.market_id LEFT JOIN bout b ON b.id = m.bout_id
     LEFT JOIN wrestler wa ON wa.id = b.wrestler_a_id LEFT JOIN wrestler wb ON wb.id = b.wrestler_b_id
     LEFT JOIN pool p ON p.id = c.pool_id JOIN gala g ON g.id = coalesce(b.gala_id, p.gala_id)
     LEFT JOIN LATERAL (
       SELECT jsonb_agg(jsonb_build_object('pseudonym', w.pseudonym, 'keptXof', l.owed_xof - l.taken_xof)
         ORDER BY l.owed_xof - l.taken_xof DESC) AS kept
       FROM (SELECT * FROM correction_line WHERE correction_id = c.id AND owed_xof > taken_xof
         ORDER BY owed_xof - taken_xof DESC LIMIT 20) l JOIN player w ON w.id = l.player_id) k ON true
     WHERE c.house_at IS NOT NULL AND c.is_test = $1 AND (c.loss_delta_xof <> 0 OR c.tax_claim_delta_xof <> 0)
     ORDER BY c.house_at DESC, c.id LIMIT ${LOSSES_MAX}`,
    [isTest],
  );
  return rows.map(({ kind, at, ...row }) => ({
    ...row,
    question: kind === null ? 'Pari mutuel' : questionText(kind),
    at: at.toISOString(),
  }));
}

/** What the house has lost in all by corrections, and what the State owes it. */
export async function findLossSums(
  db: Db,
  isTest: boolean,
): Promise<{ readonly lossXof: number; readonly claimXof: number } | null> {
  return first(
    await db.query(
      `SELECT coalesce(sum(loss_delta_xof), 0)::bigint AS "lossXof", coalesce(sum(tax_claim_delta_xof), 0)::bigint AS "claimXof"
       FROM correction WHERE is_test = $1 AND house_at IS NOT NULL`,
      [isTest],
    ),
  );
}

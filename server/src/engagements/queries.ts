import type { Engagement } from '#core/engagements.ts';
import type { Question } from '#core/question.ts';
import type { Tx } from '../db.ts';

interface Place {
  readonly galaId: number;
  readonly gala: string;
  readonly isTest: boolean;
}

export type MarketEngagementRow = Place &
  Omit<Engagement, 'question' | 'kind'> & { readonly question: Question };
export type PoolEngagementRow = Place & Omit<Engagement, 'question' | 'kind'>;

/** What an escrow account holds, by its postings. */
const escrowOf = (account: string) => `(
  (SELECT coalesce(sum(amount_xof), 0) FROM ledger.posting WHERE credit_account_id = ${account})
  - (SELECT coalesce(sum(amount_xof), 0) FROM ledger.posting WHERE debit_account_id = ${account}))::bigint`;

/** Markets that are not settled, with their open offers and the duels that are not paid. */
export async function findMarketEngagements(tx: Tx): Promise<MarketEngagementRow[]> {
  return tx.query<MarketEngagementRow>(
    `SELECT g.id AS "galaId", g.name AS gala, m.is_test AS "isTest", m.id, m.state, b.id AS "boutId",
       wa.ring_name || ' – ' || wb.ring_name AS name, question_of(m.kind, m.line_seconds, m.method_group) AS question,
       o.count::int AS "openCount", o.xof AS "openXof", d.count::int AS "duelCount",
       d.a AS "engagedAXof", d.b AS "engagedBXof", ${escrowOf('m.escrow_account_id')} AS "escrowXof"
     FROM market m JOIN bout b ON b.id = m.bout_id JOIN gala g ON g.id = b.gala_id
     JOIN wrestler wa ON wa.id = b.wrestler_a_id JOIN wrestler wb ON wb.id = b.wrestler_b_id
     CROSS JOIN LATERAL (SELECT count(*), coalesce(sum(open_xof), 0)::bigint AS xof
       FROM offer WHERE market_id = m.id AND is_open) o
     CROSS JOIN LATERAL (SELECT count(*), coalesce(sum(stake_a_xof), 0)::bigint AS a,
       coalesce(sum(stake_b_xof), 0)::bigint AS b FROM duel WHERE market_id = m.id AND settlement_id IS NULL) d
     WHERE m.state IN ('open', 'suspended', 'closed', 'settling')
     ORDER BY g.starts_at, g.id, b.position, m.id LIMIT 2000`,
  );
}

/** Pools that are not settled, with the tickets that are not paid. */
export async function findPoolEngagements(tx: Tx): Promise<PoolEngagementRow[]> {
  return tx.query<PoolEngagementRow>(
    `SELECT g.id AS "galaId", g.name AS gala, p.is_test AS "isTest", p.id, p.state, NULL AS "boutId", p.name,
       t.count::int AS "openCount", t.xof AS "openXof", 0 AS "duelCount", 0 AS "engagedAXof", 0 AS "engagedBXof",
       ${escrowOf('p.escrow_account_id')} AS "escrowXof"
     FROM pool p JOIN gala g ON g.id = p.gala_id
     CROSS JOIN LATERAL (SELECT count(*), coalesce(sum(stake_xof), 0)::bigint AS xof
       FROM pool_ticket WHERE pool_id = p.id AND settlement_id IS NULL) t
     WHERE p.state IN ('open', 'suspended', 'closed')
     ORDER BY g.starts_at, g.id, p.id LIMIT 2000`,
  );
}

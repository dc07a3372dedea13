import type { DeskMarket } from '#core/api/market-pages.ts';
import { type Question, questionText, sideText } from '#core/question.ts';
import type { Db } from '../db.ts';
import { STAKES, WITH_STAKES } from './queries.ts';

type Row = Omit<DeskMarket, 'kind' | 'group' | 'question' | 'sideA' | 'sideB'> & {
  readonly question: Question;
  readonly a: string;
  readonly b: string;
};

/** Every market of a bout, drafts included: the winner's, then the lines of time from the shortest, then the ways to win. */
export async function findDeskMarkets(db: Db, boutId: number): Promise<DeskMarket[]> {
  const rows = await db.query<Row>(
    `SELECT m.id AS "marketId", question_of(m.kind, m.line_seconds, m.method_group) AS question, m.state,
       m.payout_policy AS "payoutPolicy", wa.ring_name AS a, wb.ring_name AS b,
       CASE WHEN m.rule_card_hash IS NOT NULL THEN jsonb_build_object(
         'version', m.rule_card -> 'version', 'hash', encode(m.rule_card_hash, 'hex')) END AS "ruleCard", ${STAKES}
     FROM market m JOIN bout b ON b.id = m.bout_id
     JOIN wrestler wa ON wa.id = b.wrestler_a_id JOIN wrestler wb ON wb.id = b.wrestler_b_id ${WITH_STAKES}
     WHERE m.bout_id = $1
     ORDER BY array_position(ARRAY['winner', 'over_under', 'method'], m.kind), m.line_seconds, m.id`,
    [boutId],
  );
  return rows.map(({ question, a, b, ...row }) => ({
    ...row,
    kind: question.kind,
    group: question.kind === 'method' ? question.group : null,
    question: questionText(question),
    sideA: sideText(question, 'A', { a, b }),
    sideB: sideText(question, 'B', { a, b }),
  }));
}

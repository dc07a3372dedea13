/** What the house holds for bets that are not settled, gala by gala: one look of the database, so that it adds up. */
import type { Engagement, GalaEngagements } from '#core/engagements.ts';
import { questionText } from '#core/question.ts';
import type { Db } from '../db.ts';
import { findMarketEngagements, findPoolEngagements } from './queries.ts';

export async function showEngagements(db: Db): Promise<GalaEngagements[]> {
  const rows = await db.transaction(async (tx) => {
    await tx.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
    return { markets: await findMarketEngagements(tx), pools: await findPoolEngagements(tx) };
  });
  const galas = new Map<number, GalaEngagements & { readonly lines: Engagement[] }>();
  const add = (galaId: number, gala: string, isTest: boolean, line: Engagement) => {
    const found = galas.get(galaId) ?? { galaId, gala, isTest, lines: [] };
    galas.set(galaId, found);
    found.lines.push(line);
  };
  for (const { galaId, gala, isTest, question, ...line } of rows.markets) {
    add(galaId, gala, isTest, { ...line, kind: 'market', question: questionText(question) });
  }
  for (const { galaId, gala, isTest, ...line } of rows.pools) {
    add(galaId, gala, isTest, { ...line, kind: 'pool', question: '' });
  }
  return [...galas.values()];
}

/** What the two forms of a result say, as the operations take it. */

import type { Static } from 'typebox';
import { annulledFields, type officeResultPages } from '#core/api/result-pages.ts';
import type { Verdict } from '../settlement/propose-result.ts';

type Form = Omit<
  Static<(typeof officeResultPages)['POST /combats/:boutId/correction']['form']>,
  'slip' | 'reason'
>;

export function readVerdict(form: Form): Verdict {
  const { ending, winnerSide, wrestledMinutes, wrestledSeconds, source } = form;
  const isTimed = wrestledMinutes !== undefined || wrestledSeconds !== undefined;
  const voidMarketIds = annulledFields.flatMap((name) => {
    const marketId = form[name];
    return marketId === undefined ? [] : [Number(marketId)];
  });
  return {
    ending,
    winnerSide,
    ...(isTimed && { wrestledSeconds: 60 * (wrestledMinutes ?? 0) + (wrestledSeconds ?? 0) }),
    ...(voidMarketIds.length > 0 && { voidMarketIds }),
    source,
  };
}

import type { BestInstead } from '#core/api/player-pages.ts';
import { opposite, type Side } from '#core/market.ts';
import type { Xof } from '#core/money.ts';
import { bestAvailable, withoutOwn } from '#core/order-book.ts';
import type { Bout } from '../bouts/show-bouts.ts';
import type { OwnOffer } from './queries.ts';
import { slipOf } from './quote-slip.ts';

/** What an offer for everybody could be instead, when nothing would meet it at once; null when something does. */
export function bestInstead(
  { book, market }: Bout,
  asked: { readonly side: Side; readonly stakeXof: Xof; readonly askXof: Xof },
  /** Of the one who asks, in any market. */
  ownOffers: readonly OwnOffer[],
): Pick<BestInstead, 'sums' | 'atOnceXof'> | null {
  if (market?.state !== 'open' || market.ruleCard === null) return null;
  const { limits, rates } = market.ruleCard;
  const facing = opposite(asked.side);
  const ownHere = ownOffers.filter(({ marketId }) => marketId === market.id);
  const best = bestAvailable(withoutOwn(book[facing], facing, ownHere), asked, limits, rates);
  if (best === null) return null;
  return { sums: slipOf(market.ruleCard, best.stakeXof, best.askXof), atOnceXof: best.atOnceXof };
}

/** The open offers by ratio, for the one who would take them: what can be had, beyond the few that are listed. */
import type { BoutPageView } from '#core/api/player-pages.ts';
import { slipPath } from '#core/bet-paths.ts';
import { amountsForRatio } from '#core/choice.ts';
import { type BetLimits, opposite, type Side } from '#core/market.ts';
import { withoutOwn } from '#core/order-book.ts';
import { Money } from '#ui/components.tsx';
import { bookTexts, ratioText } from '../book-texts.ts';

export function OrderBook({ view, limits }: { view: BoutPageView; limits: BetLimits }) {
  return (
    <details class="card">
      <summary>{bookTexts.title}</summary>
      <div class="stack">
        <p class="mute small">{bookTexts.hint}</p>
        <BookSide view={view} limits={limits} backing="A" />
        <BookSide view={view} limits={limits} backing="B" />
      </div>
    </details>
  );
}

function BookSide({ view, limits, backing }: { view: BoutPageView; limits: BetLimits; backing: Side }) {
  const side = opposite(backing);
  const depth = view.live.book[side];
  const levels = withoutOwn(depth, side, view.ownOffers);
  const { pick } = view.question.sides[backing];
  return (
    <table class="book">
      <caption>{bookTexts.on(pick)}</caption>
      <thead>
        <tr>
          {bookTexts.columns.map((name) => (
            <th scope="col" key={name}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {levels.map((level) => {
          const text = ratioText(`${level.ratioAsk}:${level.ratioStake}`);
          // The least that can be bet at this ratio; the slip changes it.
          const own = { stake: level.ratioAsk, ask: level.ratioStake };
          const amounts = amountsForRatio(limits.stakeMinXof, own, limits);
          return (
            <tr key={text}>
              <th scope="row">
                <a href={slipPath(view, { side: backing, ...amounts })} aria-label={`${text}, ${pick}`}>
                  {text}
                </a>
              </th>
              <td>
                <Money xof={level.takerXof} />
              </td>
              <td>{level.offerCount}</td>
            </tr>
          );
        })}
        {(levels.length === 0 || depth.more) && (
          <tr>
            <td colSpan={3}>{depth.more ? bookTexts.more : bookTexts.none}</td>
          </tr>
        )}
      </tbody>
    </table>
  );
}

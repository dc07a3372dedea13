/** The open offers by ratio, for the one who would take them: what can be had, beyond the few that are listed. */
import type { BoutPageView } from '#core/api/player-pages.ts';
import { slipPath } from '#core/bet-paths.ts';
import { amountsForRatio, stakeChoices } from '#core/choice.ts';
import { opposite, type Side } from '#core/market.ts';
import { type BookLevel, withoutOwn } from '#core/order-book.ts';
import type { RuleCard } from '#core/rule-card.ts';
import { Money } from '#ui/components.tsx';
import { bookTexts, ratioText } from '../book-texts.ts';

export function OrderBook({ view, ruleCard }: { view: BoutPageView; ruleCard: RuleCard }) {
  return (
    <details class="card" id="carnet">
      <summary>{bookTexts.title}</summary>
      <div class="stack">
        <p class="mute small">{bookTexts.hint}</p>
        <BookSide view={view} ruleCard={ruleCard} backing="A" />
        <BookSide view={view} ruleCard={ruleCard} backing="B" />
      </div>
    </details>
  );
}

function BookSide({ view, ruleCard, backing }: { view: BoutPageView; ruleCard: RuleCard; backing: Side }) {
  const side = opposite(backing);
  const depth = view.live.book[side];
  const levels = withoutOwn(depth, side, view.ownOffers);
  const { pick } = view.question.sides[backing];
  return (
    <table class="book">
      <caption>{bookTexts.on(pick)}</caption>
      <thead>
        <tr>
          <th scope="col">{bookTexts.ratio}</th>
          <th scope="col">{bookTexts.toTake}</th>
          <th scope="col">{bookTexts.count}</th>
        </tr>
      </thead>
      <tbody>
        {levels.map((level) => {
          const text = ratioText(level.ratioAsk, level.ratioStake);
          const amounts = amountsAt(level, ruleCard);
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

/** The first of the proposed stakes, or all that is there. */
function amountsAt({ ratioStake, ratioAsk, takerXof }: BookLevel, { limits }: RuleCard) {
  const stakeXof = Math.max(limits.stakeMinXof, Math.min(stakeChoices[0], takerXof));
  return amountsForRatio(stakeXof, { stake: ratioAsk, ask: ratioStake }, limits);
}

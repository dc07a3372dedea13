/** What a result pays or changes in a market, in sums. */
import type { HouseChangeShown, MarketPreview, ResultMarket } from '#core/api/result-pages.ts';
import type { Side } from '#core/market.ts';
import type { MarketOutcome } from '#core/outcome.ts';
import { Sums } from '#ui/components.tsx';
import { resultTexts as texts } from '../result-texts.ts';
import { Totals } from './totals.tsx';

export function outcomeName({ sideA, sideB }: ResultMarket, outcome: MarketOutcome): string {
  return outcome === 'void' ? texts.back : outcome === 'A' ? sideA : sideB;
}

/** As a sum names it: a wrestler by his name, another answer as a quotation. */
function wordsOf(market: ResultMarket, side: Side): string {
  const name = outcomeName(market, side);
  return market.asks.kind === 'winner' ? name : `« ${name} »`;
}

/** A correction's differences; what is nothing is left out. */
export function Change({ change }: { change: HouseChangeShown }) {
  const lines = [
    { name: texts.taken, xof: change.takenXof },
    { name: texts.given, xof: change.givenXof },
    { name: texts.commission, xof: change.commissionXof },
    { name: texts.tax, xof: change.taxXof },
    { name: texts.claim, xof: change.claimXof },
  ].filter(({ xof }) => xof !== 0);
  const { lossXof } = change;
  const loss = { name: lossXof < 0 ? texts.lossBack : texts.loss, xof: Math.abs(lossXof), isSum: true };
  return <Sums lines={[...lines, loss]} />;
}

export function Preview({
  preview,
  market,
  isAlone = false,
}: {
  preview: MarketPreview;
  market: ResultMarket;
  /** The bout asks nothing else: its question needs no heading. */
  isAlone?: boolean;
}) {
  const { before, after, totals, change, isHeld } = preview;
  return (
    <div class="stack-s">
      {!isAlone && <h4>{market.question}</h4>}
      <p>
        <b>
          {before === null
            ? outcomeName(market, after)
            : texts.from(outcomeName(market, before), outcomeName(market, after))}
        </b>
      </p>
      {isHeld && <p class="note">{texts.held}</p>}
      {before === after && <p class="mute">{texts.samePayment}</p>}
      {before === null && totals !== null && (
        <Totals totals={totals} sideName={(side) => wordsOf(market, side)} />
      )}
      {change !== null && <Change change={change} />}
    </div>
  );
}

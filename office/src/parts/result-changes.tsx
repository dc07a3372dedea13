/** What a result pays or changes in a market, in sums. */
import type { HouseChangeShown, MarketPreview, ResultMarket } from '#core/api/result-pages.ts';
import type { MarketOutcome } from '#core/outcome.ts';
import type { SettlementTotals } from '#core/settlement-totals.ts';
import { Sums } from '#ui/components.tsx';
import { resultTexts as texts } from '../result-texts.ts';

export function outcomeName({ sideA, sideB }: ResultMarket, outcome: MarketOutcome): string {
  return outcome === 'void' ? texts.back : outcome === 'A' ? sideA : sideB;
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

export function Preview({ preview, market }: { preview: MarketPreview; market: ResultMarket }) {
  const { before, after, totals, change, isHeld } = preview;
  return (
    <div class="stack-s">
      <h3>{market.question}</h3>
      <p>
        <b>
          {before === null
            ? outcomeName(market, after)
            : texts.from(outcomeName(market, before), outcomeName(market, after))}
        </b>
      </p>
      {isHeld && <p class="note">{texts.held}</p>}
      {before === after && <p class="mute">{texts.samePayment}</p>}
      {before === null && totals !== null && <Paid totals={totals} market={market} />}
      {change !== null && <Change change={change} />}
    </div>
  );
}

function Paid({ totals, market }: { totals: SettlementTotals; market: ResultMarket }) {
  const { outcome, wonCount, wonXof, voidCount, voidXof, commissionXof, taxXof } = totals;
  const lines = [
    ...(outcome === 'void'
      ? []
      : [
          { name: texts.won(wonCount, outcomeName(market, outcome)), xof: wonXof },
          { name: texts.commission, xof: commissionXof },
          { name: texts.tax, xof: taxXof },
        ]),
    ...(outcome === 'void' || voidCount > 0 ? [{ name: texts.refunded(voidCount), xof: voidXof }] : []),
  ];
  return <Sums lines={lines} />;
}

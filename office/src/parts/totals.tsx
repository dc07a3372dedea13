/** What a result pays in all. */
import type { DeskPayment } from '#core/api/desk-views.ts';
import type { Side } from '#core/market.ts';
import type { SettlementTotals } from '#core/settlement-totals.ts';
import { Sums } from '#ui/components.tsx';
import { deskTexts } from '../texts.ts';

export function Totals({
  totals,
  sideName,
}: {
  totals: SettlementTotals;
  /** What the winning side is called. */
  sideName: (side: Side) => string;
}) {
  const { outcome, wonCount, wonXof, voidCount, voidXof, commissionXof, taxXof } = totals;
  const lines = [
    ...(outcome === 'void'
      ? []
      : [
          { name: deskTexts.won(wonCount, sideName(outcome)), xof: wonXof },
          { name: deskTexts.commission, xof: commissionXof },
          { name: deskTexts.tax, xof: taxXof },
        ]),
    ...(outcome === 'void' || voidCount > 0 ? [{ name: deskTexts.back(voidCount), xof: voidXof }] : []),
    { name: deskTexts.total, xof: wonXof + voidXof + commissionXof + taxXof, isSum: true },
  ];
  return <Sums lines={lines} />;
}

export function Progress({ payment }: { payment: DeskPayment }) {
  const { paidCount, duelCount } = payment;
  const text = deskTexts.progress(paidCount, duelCount);
  return (
    <div class="stack-s" role="status">
      <progress
        class="progress"
        aria-label={deskTexts.paying}
        value={paidCount}
        max={duelCount > 0 ? duelCount : 1}
      />
      <p class="small">{text}</p>
    </div>
  );
}

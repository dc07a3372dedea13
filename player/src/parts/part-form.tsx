/** To take a part of an offer only: the page is asked again with another stake. */
import type { FormProblem } from '#core/api/pages.ts';
import { Field } from '#ui/components.tsx';
import { slipPageTexts, slipTexts } from '../texts.ts';

export function PartForm({
  action,
  stakeXof,
  isOpen,
  hidden,
  problem,
}: {
  action: string;
  stakeXof: number;
  isOpen: boolean;
  /** What else the page's address carries. */
  hidden: Readonly<Record<string, string | null>>;
  problem: FormProblem | null;
}) {
  return (
    <details class="card" open={isOpen}>
      <summary>{slipPageTexts.part}</summary>
      <form class="stack" method="get" action={action}>
        {Object.entries(hidden).map(
          ([name, value]) => value !== null && <input key={name} type="hidden" name={name} value={value} />,
        )}
        <Field
          form="GET /combats/:boutId/defis/:offerId"
          name="stakeXof"
          label={slipTexts.stake}
          hint={slipPageTexts.partHint}
          problem={problem}
          value={String(stakeXof)}
          unit="F"
          inputMode="numeric"
          autocomplete="off"
          maxLength={11}
        />
        <button type="submit" class="btn btn-wide">
          {slipPageTexts.recompute}
        </button>
      </form>
    </details>
  );
}

/** What a result is asked by: who wins and how, how long it took, which markets are annulled with it, where it is read. */

import type { DeskSubject } from '#core/api/desk-views.ts';
import type { FormProblem } from '#core/api/pages.ts';
import { annulledFields, type ResultMarket, type ResultVersion } from '#core/api/result-pages.ts';
import { type BoutEnding, enteredEndings, hasWinner } from '#core/bout.ts';
import { Field, fieldState, Problem, typedOr } from '#ui/components.tsx';
import { resultTexts } from '../result-texts.ts';
import { endingTexts, formTexts } from '../texts.ts';

export interface VerdictProps {
  readonly form: string;
  readonly subject: DeskSubject;
  readonly markets: readonly ResultMarket[];
  /** What is in the form at first: the result that is being corrected. */
  readonly standing: ResultVersion | null;
  readonly problem: FormProblem | null;
}

export function VerdictFields(props: VerdictProps) {
  const { form, markets, problem, standing } = props;
  const ending = typedOr(problem, form, 'ending', standing?.ending ?? '');
  const lines = markets.filter(({ asks }) => asks.kind === 'over_under');
  const kinds = [
    { title: formTexts.howWon, kind: 'won', endings: enteredEndings.filter(hasWinner) },
    {
      title: decidesTime(markets) ? formTexts.howNobody : formTexts.howVoid,
      kind: 'void',
      endings: enteredEndings.filter((one) => !hasWinner(one)),
    },
  ] as const;
  return (
    <>
      <Winner {...props} />
      <fieldset class="stack-s">
        <legend>{formTexts.how}</legend>
        <Problem problem={problem} form={form} field="ending" />
        {kinds.map((kind) => (
          <Endings {...kind} picked={ending} key={kind.kind} />
        ))}
      </fieldset>
      {lines.length > 0 && <WrestledTime {...props} lines={lines} />}
      {markets.length > 1 && <Annulled {...props} />}
      <Field
        form={form}
        name="source"
        label={formTexts.sourceLabel}
        hint={formTexts.sourceHint}
        problem={problem}
        maxLength={500}
        required
      />
    </>
  );
}

/** A bout without a winner still decides how long it took: not every stake goes back. */
function decidesTime(markets: readonly ResultMarket[]): boolean {
  return markets.some(({ asks }) => asks.kind === 'over_under');
}

function Winner({ form, subject, markets, standing, problem }: VerdictProps) {
  // "Nobody" is an answer like the others: it is not taken for granted when nothing was picked.
  const standingSide = standing === null ? undefined : (standing.winnerSide ?? '');
  const typed = problem?.form === form ? problem.typed['winnerSide'] : standingSide;
  const choices = [
    ['A', subject.wrestlerA],
    ['B', subject.wrestlerB],
    ['', decidesTime(markets) ? formTexts.nobodyAlone : formTexts.nobody],
  ] as const;
  return (
    <fieldset class="stack-s">
      <legend>{formTexts.who}</legend>
      <div class="picks">
        {choices.map(([value, name]) => (
          <label class={`pick pick-${value === '' ? 'none' : value}`} key={value}>
            <input
              type="radio"
              name="winnerSide"
              value={value}
              required
              checked={typed === value}
              {...fieldState(problem, form, 'winnerSide')}
            />
            <span>{name}</span>
          </label>
        ))}
      </div>
      <Problem problem={problem} form={form} field="winnerSide" />
    </fieldset>
  );
}

function Endings({
  title,
  kind,
  endings,
  picked,
}: {
  title: string;
  kind: 'won' | 'void';
  endings: readonly BoutEnding[];
  picked: string;
}) {
  return (
    <fieldset class={`endings endings-${kind}`}>
      <legend class="mute small">{title}</legend>
      <div class="picks">
        {endings.map((ending) => (
          <label class={endingTexts[ending].length > 20 ? 'pick pick-wide' : 'pick'} key={ending}>
            <input type="radio" name="ending" value={ending} required checked={picked === ending} />
            <span>{endingTexts[ending]}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function WrestledTime({
  form,
  standing,
  problem,
  lines,
}: VerdictProps & { readonly lines: readonly ResultMarket[] }) {
  const seconds = standing?.wrestledSeconds ?? null;
  const parts = [
    {
      name: 'wrestledMinutes',
      label: resultTexts.minutes,
      value: seconds === null ? '' : String(Math.floor(seconds / 60)),
    },
    {
      name: 'wrestledSeconds',
      label: resultTexts.seconds,
      value: seconds === null ? '' : String(seconds % 60),
    },
  ] as const;
  return (
    <fieldset class="stack-s">
      <legend>{resultTexts.timeLegend}</legend>
      <p class="mute small">{resultTexts.timeHint(lines.map(({ question }) => question))}</p>
      <div class="picks">
        {parts.map((part) => (
          <Field form={form} problem={problem} maxLength={3} inputMode="numeric" {...part} key={part.name} />
        ))}
      </div>
    </fieldset>
  );
}

function Annulled({ form, markets, standing, problem }: VerdictProps) {
  return (
    <fieldset class="stack-s">
      <legend>{resultTexts.annulLegend}</legend>
      <p class="mute small">{resultTexts.annulHint}</p>
      {annulledFields.map((name, index) => {
        const market = markets[index];
        if (market === undefined) return null;
        const value = String(market.marketId);
        const isAnnulled = standing?.voidMarketIds.includes(market.marketId) === true;
        return (
          <label class="pick pick-wide" key={name}>
            <input
              type="checkbox"
              name={name}
              value={value}
              checked={typedOr(problem, form, name, isAnnulled ? value : '') === value}
            />
            <span>{market.question}</span>
          </label>
        );
      })}
    </fieldset>
  );
}

import type { OfficeViews } from '#core/api/office-pages.ts';
import type { FormProblem } from '#core/api/pages.ts';
import { type BoutEnding, boutEndings, hasWinner } from '#core/bout.ts';
import { Field, FormStart, fieldState, Problem, typedOr } from '#ui/components.tsx';
import type { Page, Props } from '../page.ts';
import { FormHead } from '../parts/subject.tsx';
import { endingTexts, formTexts } from '../texts.ts';

type View = OfficeViews['result'];

const FORM = 'POST /combats/:boutId/resultat';

export const resultPage: Page<View> = { title: () => formTexts.resultTitle, Main: ResultForm };

function ResultForm({ view, frame, problem }: Props<View>) {
  return (
    <div class="stack narrow">
      <FormHead subject={view.subject} title={formTexts.resultTitle} hint={formTexts.resultHint} />
      <Problem problem={problem} form={FORM} />
      <form class="stack result" method="post" action={`/combats/${view.subject.boutId}/resultat`}>
        <FormStart token={frame.formToken} slip={view.slip} />
        <Winner view={view} problem={problem} />
        <fieldset class="stack-s">
          <legend>{formTexts.how}</legend>
          <Problem problem={problem} form={FORM} field="ending" />
          <Endings
            title={formTexts.howWon}
            kind="won"
            endings={boutEndings.filter(hasWinner)}
            problem={problem}
          />
          <Endings
            title={formTexts.howVoid}
            kind="void"
            endings={boutEndings.filter((ending) => !hasWinner(ending))}
            problem={problem}
          />
        </fieldset>
        <Field
          form={FORM}
          name="source"
          label={formTexts.sourceLabel}
          hint={formTexts.sourceHint}
          problem={problem}
          maxLength={500}
          required
        />
        <button type="submit" class="btn btn-go btn-wide">
          {formTexts.resultGo}
        </button>
      </form>
    </div>
  );
}

function Winner({ view, problem }: { view: View; problem: FormProblem | null }) {
  // "Nobody" is an answer like the others: it is not taken for granted when nothing was picked.
  const typed = problem?.form === FORM ? problem.typed['winnerSide'] : undefined;
  const choices = [
    ['A', view.subject.wrestlerA],
    ['B', view.subject.wrestlerB],
    ['', formTexts.nobody],
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
              {...fieldState(problem, FORM, 'winnerSide')}
            />
            <span>{name}</span>
          </label>
        ))}
      </div>
      <Problem problem={problem} form={FORM} field="winnerSide" />
    </fieldset>
  );
}

function Endings({
  title,
  kind,
  endings,
  problem,
}: {
  title: string;
  kind: 'won' | 'void';
  endings: readonly BoutEnding[];
  problem: FormProblem | null;
}) {
  const typed = typedOr(problem, FORM, 'ending', '');
  return (
    <fieldset class={`endings endings-${kind}`}>
      <legend class="mute small">{title}</legend>
      <div class="picks">
        {endings.map((ending) => (
          <label class={endingTexts[ending].length > 20 ? 'pick pick-wide' : 'pick'} key={ending}>
            <input
              type="radio"
              name="ending"
              value={ending}
              required
              checked={typed === ending}
              {...fieldState(problem, FORM, 'ending')}
            />
            <span>{endingTexts[ending]}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

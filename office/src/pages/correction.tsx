import type { OfficeViews } from '#core/api/office-pages.ts';
import { Field, FormStart, Note, Problem } from '#ui/components.tsx';
import type { Page, Props } from '../page.ts';
import { FormHead } from '../parts/subject.tsx';
import { VerdictFields } from '../parts/verdict-fields.tsx';
import { resultTexts as texts } from '../result-texts.ts';

type View = OfficeViews['correction'];

const FORM = 'POST /combats/:boutId/correction';

export const correctionPage: Page<View> = { title: () => texts.correctionTitle, Main: CorrectionForm };

function CorrectionForm({ view, frame, problem }: Props<View>) {
  const { subject, standing } = view;
  return (
    <div class="stack narrow">
      <FormHead subject={subject} title={texts.correctionTitle} hint={texts.correctionHint} />
      <Problem problem={problem} form={FORM} />
      {standing === null ? (
        <Note>{texts.noStanding}</Note>
      ) : (
        <form class="stack result" method="post" action={`/combats/${subject.boutId}/correction`}>
          <FormStart token={frame.formToken} slip={view.slip} />
          <VerdictFields form={FORM} {...view} problem={problem} />
          <Field
            form={FORM}
            name="reason"
            label={texts.reasonLabel}
            hint={texts.reasonHint}
            problem={problem}
            maxLength={500}
            required
          />
          <button type="submit" class="btn btn-go btn-wide">
            {texts.correctionGo}
          </button>
        </form>
      )}
    </div>
  );
}

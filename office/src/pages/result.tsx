import type { OfficeViews } from '#core/api/office-pages.ts';
import { FormStart, Problem } from '#ui/components.tsx';
import type { Page, Props } from '../page.ts';
import { FormHead } from '../parts/subject.tsx';
import { VerdictFields } from '../parts/verdict-fields.tsx';
import { formTexts } from '../texts.ts';

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
        <VerdictFields form={FORM} {...view} standing={null} problem={problem} />
        <button type="submit" class="btn btn-go btn-wide">
          {formTexts.resultGo}
        </button>
      </form>
    </div>
  );
}

import type { OfficeViews } from '#core/api/office-pages.ts';
import { Field, FormStart, Problem } from '#ui/components.tsx';
import type { Page } from '../page.ts';
import { FormHead } from '../parts/subject.tsx';
import { deskTexts, formTexts } from '../texts.ts';

const FORM = 'POST /combats/:boutId/heure-limite';

export const hardStopPage: Page<OfficeViews['hardStop']> = {
  title: () => deskTexts.moveHardStop,
  Main: ({ view, frame, problem }) => (
    <div class="stack narrow">
      <FormHead subject={view.subject} title={deskTexts.moveHardStop} hint={formTexts.hardStopHint} />
      <Problem problem={problem} form={FORM} />
      <form class="stack" method="post" action={`/combats/${view.subject.boutId}/heure-limite`}>
        <FormStart token={frame.formToken} slip={view.slip} />
        <Field
          form={FORM}
          name="hardStopAt"
          label={formTexts.hardStopLabel}
          type="datetime-local"
          problem={problem}
          value={view.hardStopAt}
          required
        />
        <button type="submit" class="btn btn-go btn-wide">
          {formTexts.hardStopGo}
        </button>
      </form>
    </div>
  ),
};

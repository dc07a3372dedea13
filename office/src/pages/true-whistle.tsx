import type { OfficeViews } from '#core/api/office-pages.ts';
import { Field, FormStart, Note, Problem } from '#ui/components.tsx';
import { instantOf } from '../instants.ts';
import type { Page } from '../page.ts';
import { FormHead } from '../parts/subject.tsx';
import { formTexts } from '../texts.ts';

const FORM = 'POST /combats/:boutId/vrai-sifflet';

export const trueWhistlePage: Page<OfficeViews['trueWhistle']> = {
  title: () => formTexts.whistleTitle,
  Main: ({ view, frame, problem }) => (
    <div class="stack narrow">
      <FormHead subject={view.subject} title={formTexts.whistleTitle} hint={formTexts.whistleHint} />
      <Problem problem={problem} form={FORM} />
      {view.closedAt === null ? (
        <Note>{formTexts.notClosed}</Note>
      ) : (
        <form class="stack" method="post" action={`/combats/${view.subject.boutId}/vrai-sifflet`}>
          <FormStart token={frame.formToken} slip={view.slip} />
          <p>{formTexts.closed(instantOf(view.closedAt))}</p>
          <Field
            form={FORM}
            name="time"
            label={formTexts.whistleLabel}
            type="time"
            step={1}
            problem={problem}
            value={view.closedAt.slice('YYYY-MM-DDT'.length, 'YYYY-MM-DDTHH:MM:SS'.length)}
            required
          />
          <button type="submit" class="btn btn-go btn-wide">
            {formTexts.whistleGo}
          </button>
        </form>
      )}
    </div>
  ),
};

import { unfoughtEndings } from '#core/api/bout-changes.ts';
import type { OfficeViews } from '#core/api/office-pages.ts';
import { Field, FormStart, Note, Problem, typedOr } from '#ui/components.tsx';
import { changeTexts as texts } from '../change-texts.ts';
import type { Page, Props } from '../page.ts';
import { ChangedBets, ToldPlayers } from '../parts/change-preview.tsx';
import { FormHead } from '../parts/subject.tsx';

const ASK = 'POST /combats/:boutId/annulation/apercu';
const CONFIRM = 'POST /combats/:boutId/annulation';

export const callOffPage: Page<OfficeViews['callOff']> = {
  title: () => texts.callOffTitle,
  Main: CallOffForm,
};
export const callOffPreviewPage: Page<OfficeViews['callOffPreview']> = {
  title: () => texts.previewTitle,
  Main: CallOffPreview,
};

function CallOffForm({ view: { subject, said }, frame, problem }: Props<OfficeViews['callOff']>) {
  // A confirmation that cannot be given any more comes back to what was asked.
  const form = problem?.form === CONFIRM ? CONFIRM : ASK;
  const picked = typedOr(problem, form, 'ending', said.ending ?? '');
  return (
    <div class="stack narrow">
      <FormHead subject={subject} title={texts.callOffTitle} hint={texts.callOffHint} />
      <Problem problem={problem} form={form} />
      <form class="stack" method="post" action={`/combats/${subject.boutId}/annulation/apercu`}>
        <FormStart token={frame.formToken} />
        <fieldset class="stack-s">
          <legend>{texts.ending}</legend>
          <Problem problem={problem} form={form} field="ending" />
          <div class="picks">
            {unfoughtEndings.map((ending) => (
              <label class="pick pick-wide" key={ending}>
                <input type="radio" name="ending" value={ending} required checked={picked === ending} />
                <span>{texts.endings[ending]}</span>
              </label>
            ))}
          </div>
          <p class="mute small">{texts.replacedHint}</p>
        </fieldset>
        <Field
          form={form}
          problem={problem}
          name="source"
          label={texts.source}
          hint={texts.sourceHint}
          value={said.source}
          maxLength={500}
          required
        />
        <button type="submit" class="btn btn-go btn-wide">
          {texts.see}
        </button>
      </form>
    </div>
  );
}

function CallOffPreview({ view, frame, problem }: Props<OfficeViews['callOffPreview']>) {
  const { subject, effect, said, slip } = view;
  const action = `/combats/${subject.boutId}/annulation`;
  return (
    <div class="stack narrow">
      <FormHead subject={subject} title={texts.previewTitle} hint={texts.previewHint} />
      <Problem problem={problem} form={CONFIRM} />
      <dl class="dl">
        <dt class="mute">{texts.what}</dt>
        <dd>
          <b>{texts.endings[said.ending]}</b>
        </dd>
        <dt class="mute">{texts.where}</dt>
        <dd>{said.source}</dd>
      </dl>
      <Note tone="bad">
        <b>{effect.isClosed ? texts.closedUnfought : texts.unfought}</b>
      </Note>
      <ChangedBets effect={effect} now={frame.now} />
      <ToldPlayers preview={view} kinds={['bout_unfought', 'leg_unfought']} />
      <form class="stack-s" method="post" action={action}>
        <FormStart token={frame.formToken} slip={slip} />
        <input type="hidden" name="ending" value={said.ending} />
        <input type="hidden" name="source" value={said.source} />
        <input type="hidden" name="previewed" value={effect.digest} />
        <button type="submit" class="btn btn-go btn-wide">
          {effect.isClosed ? texts.goPropose : texts.goCallOff}
        </button>
      </form>
      <a class="btn btn-quiet" href={`${action}?${new URLSearchParams({ ...said })}`}>
        {texts.change}
      </a>
    </div>
  );
}

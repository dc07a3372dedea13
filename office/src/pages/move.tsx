import type { MoveSaid } from '#core/api/bout-change-pages.ts';
import type { OfficeViews } from '#core/api/office-pages.ts';
import { Field, FormStart, Note, Problem } from '#ui/components.tsx';
import { dayAndHourOf } from '#ui/dates.ts';
import { changeTexts as texts } from '../change-texts.ts';
import type { Page, Props } from '../page.ts';
import { ChangedBets, ToldPlayers } from '../parts/change-preview.tsx';
import { FormHead, whenOf } from '../parts/subject.tsx';
import { deskTexts } from '../texts.ts';

const ASK = 'POST /combats/:boutId/report/apercu';
const CONFIRM = 'POST /combats/:boutId/report';

export const movePage: Page<OfficeViews['move']> = { title: () => texts.moveTitle, Main: MoveForm };
export const movePreviewPage: Page<OfficeViews['movePreview']> = {
  title: () => texts.previewTitle,
  Main: MovePreview,
};

function MoveForm({ view: { subject, said }, frame, problem }: Props<OfficeViews['move']>) {
  // A confirmation that cannot be given any more comes back to what was asked.
  const form = problem?.form === CONFIRM ? CONFIRM : ASK;
  const field = { form, problem };
  return (
    <div class="stack narrow">
      <FormHead subject={subject} title={texts.moveTitle} hint={texts.moveHint} />
      <Problem problem={problem} form={form} />
      <form class="stack" method="post" action={`/combats/${subject.boutId}/report/apercu`}>
        <FormStart token={frame.formToken} />
        <Field
          {...field}
          name="scheduledAt"
          label={texts.date}
          hint={texts.dateHint}
          type="datetime-local"
          value={said.scheduledAt}
        />
        <Field
          {...field}
          name="reason"
          label={texts.reason}
          hint={texts.reasonHint}
          value={said.reason}
          maxLength={500}
          required
        />
        <Field
          {...field}
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

function MovePreview({ view, frame, problem }: Props<OfficeViews['movePreview']>) {
  const { subject, effect, said, slip } = view;
  const { isVoid, standsUntil } = effect;
  const action = `/combats/${subject.boutId}/report`;
  return (
    <div class="stack narrow">
      <FormHead subject={subject} title={texts.previewTitle} hint={texts.previewHint} />
      <Problem problem={problem} form={CONFIRM} />
      <dl class="dl">
        <dt class="mute">{texts.from}</dt>
        <dd>{whenOf(subject, frame.now)}</dd>
        <dt class="mute">{texts.to}</dt>
        <dd>
          <b>
            {said.scheduledAt === '' ? deskTexts.noDate : dayAndHourOf(`${said.scheduledAt}Z`, frame.now)}
          </b>
        </dd>
        <dt class="mute">{texts.why}</dt>
        <dd>{said.reason}</dd>
        <dt class="mute">{texts.where}</dt>
        <dd>{said.source}</dd>
      </dl>
      <Note {...(isVoid ? { tone: 'bad' as const } : {})}>
        <b>
          {standsUntil === null
            ? texts.nothingBet
            : isVoid
              ? texts.tooLate(standsUntil)
              : texts.stands(standsUntil)}
        </b>
      </Note>
      <ChangedBets effect={effect} now={frame.now} />
      <ToldPlayers preview={view} kinds={['bout_postponed', 'leg_postponed']} />
      <form class="stack-s" method="post" action={action}>
        <FormStart token={frame.formToken} slip={slip} />
        <Hidden said={said} />
        <input type="hidden" name="previewed" value={effect.digest} />
        <button type="submit" class="btn btn-go btn-wide">
          {isVoid ? texts.goTooLate : texts.goMove}
        </button>
      </form>
      <a class="btn btn-quiet" href={`${action}?${new URLSearchParams({ ...said })}`}>
        {texts.change}
      </a>
    </div>
  );
}

function Hidden({ said }: { said: MoveSaid }) {
  return (
    <>
      {Object.entries(said).map(([name, text]) => (
        <input type="hidden" name={name} value={text} key={name} />
      ))}
    </>
  );
}

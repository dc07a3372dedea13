import type { StaffObjection } from '#core/api/objection-pages.ts';
import type { OfficeViews } from '#core/api/office-pages.ts';
import { OBJECTION_REASON_MAX, objectionVerdicts } from '#core/objection.ts';
import { FormStart, Money, Note, Problem, Tag } from '#ui/components.tsx';
import { dayAndHourOf, untilOf } from '#ui/dates.ts';
import { objectionTexts as texts } from '../objection-texts.ts';
import type { Page, Props } from '../page.ts';

type View = OfficeViews['objections'];

const ANSWER = 'POST /reclamations/:objectionId/repondre';

export const objectionsPage: Page<View> = {
  title: () => texts.title,
  Main: ({ view, frame, problem }) => (
    <div class="stack-l narrow">
      <h1>{texts.title}</h1>
      {view.hasAnswered && (
        <Note tone="ok" role="status">
          {texts.answeredDone}
        </Note>
      )}
      <p class="mute">
        {texts.hint} {texts.audited}
      </p>
      <Problem problem={problem} form={ANSWER} />
      {problem !== null && problem.field !== null && (
        <Problem problem={problem} form={ANSWER} field={problem.field} />
      )}
      {view.objections.length === 0 && <p>{texts.none}</p>}
      {view.objections.map((objection) => (
        <article class="card stack" key={objection.objectionId}>
          <Said objection={objection} now={frame.now} />
          {objection.state === 'open' &&
            (view.mayAnswer ? (
              <Answer objection={objection} token={frame.formToken} />
            ) : (
              <p class="mute small">{texts.readOnly}</p>
            ))}
        </article>
      ))}
    </div>
  ),
};

function Said({ objection, now }: { objection: StaffObjection; now: string }) {
  const left = untilOf(objection.dueAt, now);
  return (
    <>
      <div class="row between">
        <h2>{objection.reference}</h2>
        <Tag>{texts.states[objection.state]}</Tag>
      </div>
      <p>
        <b>{objection.pseudonym}</b>, <Money xof={objection.stakeXof} /> {texts.onBet(objection.pick)},{' '}
        {texts.bets[objection.betState]}
        {objection.state === 'open' && <b> · {left === null ? texts.late : texts.left(left)}</b>}
      </p>
      <p class="mute small">
        <a href={`/combats/${objection.boutId}`}>{objection.boutName}</a> ·{' '}
        {dayAndHourOf(objection.raisedAt, now)}
      </p>
      <h3>{texts.says}</h3>
      <p>{objection.reason}</p>
      {objection.answer !== null && objection.answeredAt !== null && (
        <Note>
          <p>{objection.answer}</p>
          <p class="mute small">
            {texts.by(objection.answeredBy ?? '', dayAndHourOf(objection.answeredAt, now))}
          </p>
        </Note>
      )}
    </>
  );
}

function Answer({
  objection,
  token,
}: {
  objection: Props<View>['view']['objections'][number];
  token: string;
}) {
  const { objectionId, hasCorrection, slip } = objection;
  const names = { upheld: texts.uphold, rejected: texts.reject };
  return (
    <form class="stack" method="post" action={`/reclamations/${objectionId}/repondre`}>
      <FormStart token={token} slip={slip} />
      <fieldset class="stack-s">
        <legend>{texts.verdict}</legend>
        {objectionVerdicts
          .filter((verdict) => verdict === 'rejected' || hasCorrection)
          .map((verdict) => (
            <label class="check" key={verdict}>
              <input type="radio" name="verdict" value={verdict} required />
              <span>{names[verdict]}</span>
            </label>
          ))}
      </fieldset>
      {!hasCorrection && <p class="mute small">{texts.needsCorrection}</p>}
      <div class="field">
        <label for={`answer-${objectionId}`}>{texts.answer}</label>
        <textarea
          class="input"
          id={`answer-${objectionId}`}
          name="answer"
          rows={3}
          minLength={3}
          maxLength={OBJECTION_REASON_MAX}
          required
        />
      </div>
      <button type="submit" class="btn btn-wide">
        {texts.send}
      </button>
    </form>
  );
}

import type { PlayerViews } from '#core/api/player-pages.ts';
import { OBJECTION_REASON_MAX } from '#core/objection.ts';
import { FormStart, fieldState, Note, Problem, Tag, typedOr } from '#ui/components.tsx';
import { dayAndHourOf } from '#ui/dates.ts';
import { Icon } from '#ui/icons.tsx';
import { objectionTexts as texts } from '../objection-texts.ts';
import type { Page, Props } from '../page.ts';

type View = PlayerViews['objection'];

const RAISE = 'POST /paris/:betId/reclamation';

export const objectionPage: Page<View> = { tab: 'bets', title: () => texts.title, Main: ObjectionMain };

function ObjectionMain(props: Props<View>) {
  const { view, problem } = props;
  const { objection, mayObject } = view.about;
  return (
    <div class="stack">
      <a class="btn btn-quiet" href={`/paris/${view.betId}`}>
        <Icon name="back" />
        {texts.back}
      </a>
      <h1>{texts.title}</h1>
      <p class="mute">
        {view.bet.pick} · {view.bet.boutName}
      </p>
      {objection !== null && <Raised {...props} />}
      {objection === null && !mayObject && (
        <>
          <Problem problem={problem} form={RAISE} />
          <Note>{view.about.untilAt === null ? texts.early : texts.late}</Note>
        </>
      )}
      {mayObject && <Form {...props} />}
    </div>
  );
}

function Form({ view, frame, problem }: Props<View>) {
  const { untilAt } = view.about;
  return (
    <form class="card stack" method="post" action={`/paris/${view.betId}/reclamation`}>
      <FormStart token={frame.formToken} slip={view.slip} />
      <Problem problem={problem} form={RAISE} />
      {untilAt !== null && <p>{texts.until(dayAndHourOf(untilAt, frame.now))}</p>}
      <div class="field">
        <label for="reason">{texts.reason}</label>
        <textarea
          class="input"
          id="reason"
          name="reason"
          rows={5}
          minLength={3}
          maxLength={OBJECTION_REASON_MAX}
          required
          defaultValue={typedOr(problem, RAISE, 'reason', '')}
          {...fieldState(problem, RAISE, 'reason', 'reason-hint')}
        />
        <p class="mute small" id="reason-hint">
          {texts.hint}
        </p>
        <Problem problem={problem} form={RAISE} field="reason" />
      </div>
      <button type="submit" class="btn btn-go btn-wide">
        {texts.send}
      </button>
      <p class="mute small">{texts.nothingMoves}</p>
    </form>
  );
}

function Raised({ view: { about }, frame, problem }: Props<View>) {
  const { objection } = about;
  if (objection === null) return null;
  return (
    <section class="card stack">
      <Problem problem={problem} form={RAISE} />
      <p class="row between">
        <b>{objection.reference}</b>
        <Tag {...(objection.state === 'upheld' ? { tone: 'ok' as const } : {})}>
          {texts.states[objection.state]}
        </Tag>
      </p>
      <dl class="dl">
        <dt class="mute">{texts.sent}</dt>
        <dd>{dayAndHourOf(objection.raisedAt, frame.now)}</dd>
        {objection.answeredAt === null && (
          <>
            <dt class="mute">{texts.due}</dt>
            <dd>{dayAndHourOf(objection.dueAt, frame.now)}</dd>
          </>
        )}
      </dl>
      <h2>{texts.said}</h2>
      <p>{objection.reason}</p>
      {objection.answer !== null && objection.answeredAt !== null && (
        <>
          <h2>{texts.answered}</h2>
          <p>{objection.answer}</p>
          <p class="mute small">{dayAndHourOf(objection.answeredAt, frame.now)}</p>
          {objection.correctionVersion !== null && <Note tone="ok">{texts.correction}</Note>}
        </>
      )}
      {objection.state === 'open' && <p class="mute small">{texts.nothingMoves}</p>}
    </section>
  );
}

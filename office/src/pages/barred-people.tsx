import { barredKinds } from '#core/api/barred-people.ts';
import type { OfficeViews } from '#core/api/office-pages.ts';
import { Field, FormStart, fieldState, Note, Problem, Tag } from '#ui/components.tsx';
import { dayAndHourOf } from '#ui/dates.ts';
import { barredTexts } from '../barred-texts.ts';
import type { Page, Props } from '../page.ts';

type View = OfficeViews['barredPeople'];

const ADD = 'POST /personnes-interdites';
const END = 'POST /personnes-interdites/:personId/lever';

export const barredPeoplePage: Page<View> = { title: () => barredTexts.title, Main: BarredMain };

function BarredMain(props: Props<View>) {
  const { view, frame, problem } = props;
  return (
    <div class="stack-l narrow">
      <h1>{barredTexts.title}</h1>
      {view.done !== null && (
        <Note tone="ok" role="status">
          {barredTexts.done[view.done]}
        </Note>
      )}
      <p class="mute">
        {barredTexts.hint} {barredTexts.audited}
      </p>
      <Problem problem={problem} form={END} />
      {view.people.length === 0 && <p>{barredTexts.none}</p>}
      {view.people.map((person) => (
        <article class="card stack-s" key={person.personId}>
          <p>
            <b>{person.name}</b> · {barredTexts.kinds[person.kind]}{' '}
            {!person.isInForce && <Tag>{barredTexts.over}</Tag>}
            <br />
            {person.reason}
          </p>
          <p class="mute small">
            {barredTexts.by(person.maskedPhone, person.hasDocument, person.hasBirthDate)} ·{' '}
            {barredTexts.addedBy(person.addedBy)}, {dayAndHourOf(person.addedAt, frame.now)}
            {person.untilAt !== null && ` · ${barredTexts.until} ${dayAndHourOf(person.untilAt, frame.now)}`}
          </p>
          {person.isInForce && (
            <form class="stack-s" method="post" action={`/personnes-interdites/${person.personId}/lever`}>
              <FormStart token={frame.formToken} slip={person.slip} />
              <label class="stack-s small">
                {barredTexts.endReason}
                <input class="input" name="reason" minLength={2} maxLength={300} required />
              </label>
              <button type="submit" class="btn">
                {barredTexts.end}
              </button>
            </form>
          )}
        </article>
      ))}
      <AddForm {...props} />
    </div>
  );
}

function AddForm({ view, frame, problem }: Props<View>) {
  const typedKind = problem?.form === ADD ? problem.typed['kind'] : undefined;
  const chosen = typedKind ?? (view.wrestlerId === null ? undefined : 'wrestler');
  return (
    <section class="stack">
      <h2>{barredTexts.add}</h2>
      <Problem problem={problem} form={ADD} />
      <form class="stack" method="post" action="/personnes-interdites">
        <FormStart token={frame.formToken} slip={view.slip} />
        <fieldset class="stack-s">
          <legend>{barredTexts.kind}</legend>
          {barredKinds.map((kind) => (
            <label class="check" key={kind}>
              <input
                type="radio"
                name="kind"
                value={kind}
                defaultChecked={kind === chosen}
                required
                {...fieldState(problem, ADD, 'kind')}
              />
              <span>{barredTexts.kinds[kind]}</span>
            </label>
          ))}
        </fieldset>
        <Field form={ADD} name="name" label={barredTexts.name} problem={problem} maxLength={300} required />
        <Field
          form={ADD}
          name="reason"
          label={barredTexts.reason}
          problem={problem}
          maxLength={300}
          required
        />
        <p class="mute">{barredTexts.recognise}</p>
        <Field
          form={ADD}
          name="phone"
          label={barredTexts.phone}
          problem={problem}
          type="tel"
          inputMode="tel"
          maxLength={24}
        />
        <Field
          form={ADD}
          name="documentNumber"
          label={barredTexts.documentNumber}
          problem={problem}
          maxLength={60}
        />
        <Field
          form={ADD}
          name="birthDate"
          label={barredTexts.birthDate}
          hint={barredTexts.birthHint}
          problem={problem}
          type="date"
        />
        <Field
          form={ADD}
          name="wrestlerId"
          label={barredTexts.wrestler}
          problem={problem}
          value={view.wrestlerId === null ? '' : String(view.wrestlerId)}
          inputMode="numeric"
          maxLength={9}
        />
        <button type="submit" class="btn btn-go btn-wide">
          {barredTexts.submit}
        </button>
      </form>
    </section>
  );
}

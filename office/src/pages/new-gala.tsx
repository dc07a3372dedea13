import type { OfficeViews } from '#core/api/office-pages.ts';
import { usualBoutRules } from '#core/rule-card.ts';
import { Field, FormStart, fieldState, Note, Problem, typedOr } from '#ui/components.tsx';
import { Icon } from '#ui/icons.tsx';
import { galaTexts } from '../gala-texts.ts';
import type { Page, Props } from '../page.ts';

const NEW_FORM = 'POST /galas';

export const newGalaPage: Page<OfficeViews['newGala']> = { title: () => galaTexts.add, Main: NewGala };

function NewGala({ view, frame, problem }: Props<OfficeViews['newGala']>) {
  const isRobot = frame.visitor?.role === 'robot';
  const field = (name: string, label: string, value = '', isNeeded = true) => (
    <Field
      form={NEW_FORM}
      name={name}
      label={label}
      problem={problem}
      value={value}
      maxLength={120}
      required={isNeeded}
    />
  );
  return (
    <div class="stack narrow">
      <a class="back" href="/">
        <Icon name="back" size={18} />
        {galaTexts.title}
      </a>
      <h1>{galaTexts.add}</h1>
      <Problem problem={problem} form={NEW_FORM} />
      <form class="stack" method="post" action="/galas">
        <FormStart token={frame.formToken} slip={view.slip} />
        {field('name', galaTexts.name)}
        {field('venue', galaTexts.venue)}
        <Field
          form={NEW_FORM}
          name="startsAt"
          label={galaTexts.startsAt}
          type="datetime-local"
          problem={problem}
          value={view.startsAt}
          required
        />
        {field('promoter', galaTexts.promoter, '', false)}
        {field('authority', galaTexts.authorityLabel, 'FSL')}
        <BoutRulesFields problem={problem} />
        {isRobot ? <RobotChoice /> : <GalaKind view={view} problem={problem} />}
        <button type="submit" class="btn btn-go btn-wide">
          {galaTexts.create}
        </button>
      </form>
    </div>
  );
}

const ruleFields = [
  'roundCount',
  'roundMinutes',
  'breakMinutes',
  'extensionMinutes',
  'warningsLimit',
] as const;

function BoutRulesFields({ problem }: Pick<Props<OfficeViews['newGala']>, 'problem'>) {
  return (
    <fieldset class="stack-s">
      <legend>{galaTexts.boutRules}</legend>
      <p class="mute small">{galaTexts.boutRulesHint}</p>
      {ruleFields.map((name) => (
        <Field
          key={name}
          form={NEW_FORM}
          name={name}
          label={galaTexts.rules[name]}
          problem={problem}
          value={String(usualBoutRules[name])}
          inputMode="numeric"
          pattern="[0-9]{1,2}"
          maxLength={2}
          isInline
          required
        />
      ))}
    </fieldset>
  );
}

function RobotChoice() {
  return (
    <>
      <input type="hidden" name="visibility" value="hidden" />
      <input type="hidden" name="isTest" value="oui" />
      <Note>{galaTexts.robotOnly}</Note>
    </>
  );
}

function GalaKind({ view, problem }: Pick<Props<OfficeViews['newGala']>, 'view' | 'problem'>) {
  const visibility = typedOr(problem, NEW_FORM, 'visibility', 'public');
  return (
    <>
      <fieldset class="stack-s">
        <legend>{galaTexts.visibility}</legend>
        {(
          [
            ['public', galaTexts.public],
            ['hidden', galaTexts.hiddenChoice],
          ] as const
        ).map(([value, name]) => (
          <label class="check" key={value}>
            <input
              type="radio"
              name="visibility"
              value={value}
              checked={visibility === value}
              {...fieldState(problem, NEW_FORM, 'visibility')}
            />
            <span>{name}</span>
          </label>
        ))}
        <Problem problem={problem} form={NEW_FORM} field="visibility" />
      </fieldset>
      <label class="check">
        <input
          type="checkbox"
          name="isTest"
          value="oui"
          checked={typedOr(problem, NEW_FORM, 'isTest', view.isTest ? 'oui' : '') === 'oui'}
        />
        <span>{galaTexts.isTest}</span>
      </label>
    </>
  );
}

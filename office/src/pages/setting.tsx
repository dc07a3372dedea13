import type { OfficeViews } from '#core/api/office-pages.ts';
import type { SettingShown } from '#core/api/settings.ts';
import { choiceTexts } from '#core/setting-texts.ts';
import { fieldOfSetting, timeUnits, timeUnitTexts, writeSetting } from '#core/setting-value-text.ts';
import { Field, FormStart, fieldState, Problem, typedOr } from '#ui/components.tsx';
import { Icon } from '#ui/icons.tsx';
import { mayChangeSettings } from '../may.ts';
import type { Page, Props } from '../page.ts';
import { ChangeLines, OpenChangeCard } from '../parts/setting-change.tsx';
import { settingPageTexts as texts } from '../setting-page-texts.ts';

type View = OfficeViews['setting'];
type Problems = Pick<Props<View>, 'problem'>;

const PROPOSE = 'POST /reglages/:name';

export const settingPage: Page<View> = {
  title: ({ setting }) => `${setting.label} – ${texts.title}`,
  Main: SettingMain,
};

function SettingMain(props: Props<View>) {
  const { view, frame } = props;
  const { setting } = view;
  const mayDecide = mayChangeSettings(frame.visitor);
  return (
    <div class="stack-l narrow">
      <header class="stack-s">
        <a class="back" href="/reglages">
          <Icon name="back" size={18} />
          {texts.back}
        </a>
        <h1>{setting.label}</h1>
        <p>{setting.hint}</p>
      </header>
      <Facts setting={setting} />
      {view.open.map((open) => (
        <OpenChangeCard
          open={open}
          token={frame.formToken}
          now={frame.now}
          mayDecide={mayDecide}
          key={open.change.changeId}
        />
      ))}
      {mayDecide && <Propose {...props} />}
      <section class="stack-s">
        <h2>{texts.history}</h2>
        {view.history.length === 0 && <p class="mute">{texts.noHistory}</p>}
        {view.history.map((change) => (
          <article class="card stack-s" key={change.changeId}>
            <ChangeLines change={change} now={frame.now} />
          </article>
        ))}
        {view.older !== null && (
          <a class="btn" href={`/reglages/${setting.name}?avant=${view.older}`}>
            {texts.older}
          </a>
        )}
      </section>
    </div>
  );
}

function Facts({ setting: { name, value, default: first, min, max, choices } }: { setting: SettingShown }) {
  return (
    <dl class="dl">
      <dt class="mute">{texts.inForce}</dt>
      <dd>
        <b>{writeSetting(name, value)}</b>
      </dd>
      <dt class="mute">{texts.byDefault}</dt>
      <dd>{writeSetting(name, first)}</dd>
      <dt class="mute">{texts.bounds}</dt>
      <dd>
        {min !== null && max !== null
          ? texts.between(writeSetting(name, min), writeSetting(name, max))
          : choices?.map((choice) => choiceTexts[choice] ?? choice).join(', ')}
      </dd>
    </dl>
  );
}

function Propose({ view, frame, problem }: Props<View>) {
  const { setting } = view;
  return (
    <section class="card stack">
      <h2>{texts.formTitle}</h2>
      {view.open.some(({ change }) => change.state === 'waiting') ? (
        <p>{texts.waits}</p>
      ) : (
        <form class="stack" method="post" action={`/reglages/${setting.name}`}>
          <FormStart token={frame.formToken} slip={view.slip} />
          <Problem problem={problem} form={PROPOSE} />
          <Value setting={setting} problem={problem} />
          <Field
            form={PROPOSE}
            name="effectiveAt"
            label={texts.effectiveAt}
            hint={texts.effectiveAtHint}
            type="datetime-local"
            problem={problem}
          />
          <Field
            form={PROPOSE}
            name="reason"
            label={texts.reason}
            problem={problem}
            autocomplete="off"
            maxLength={300}
            required
          />
          <button type="submit" class="btn btn-go btn-wide">
            {texts.propose}
          </button>
        </form>
      )}
    </section>
  );
}

function Value({ setting: { name, value, unit, choices }, problem }: { setting: SettingShown } & Problems) {
  const { text, per } = fieldOfSetting(name, value);
  if (choices !== null) {
    const options = choices.map((choice) => [choice, choiceTexts[choice] ?? choice] as const);
    return <Choice name="value" label={texts.value} options={options} chosen={text} problem={problem} />;
  }
  const hint = unit === 'bps' ? texts.percent : unit === 'xof' ? texts.francs : undefined;
  return (
    <>
      <Field
        form={PROPOSE}
        name="value"
        label={texts.value}
        hint={hint}
        problem={problem}
        value={text}
        inputMode={unit === 'bps' ? 'text' : 'numeric'}
        autocomplete="off"
        maxLength={40}
        required
      />
      {per !== null && (
        <Choice
          name="per"
          label={texts.per}
          options={timeUnits.map((one) => [one, timeUnitTexts[one]] as const)}
          chosen={per}
          problem={problem}
        />
      )}
    </>
  );
}

function Choice({
  name,
  label,
  options,
  chosen,
  problem,
}: {
  name: string;
  label: string;
  options: readonly (readonly [value: string, name: string])[];
  chosen: string;
} & Problems) {
  const typed = typedOr(problem, PROPOSE, name, chosen);
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <select class="input" id={name} name={name} required {...fieldState(problem, PROPOSE, name)}>
        {options.map(([value, text]) => (
          <option value={value} selected={value === typed} key={value}>
            {text}
          </option>
        ))}
      </select>
      <Problem problem={problem} form={PROPOSE} field={name} />
    </div>
  );
}

import type { CaseLine } from '#core/api/case-pages.ts';
import type { FormProblem } from '#core/api/pages.ts';
import type { PlayerViews } from '#core/api/player-pages.ts';
import { Field, FormStart, fieldState, Note, Problem, typedOr } from '#ui/components.tsx';
import { dayAndHourOf } from '#ui/dates.ts';
import { caseTexts, decisionTexts, kindTexts, stateTexts } from '../case-texts.ts';
import type { Page } from '../page.ts';
import { PinField } from '../parts/pin-field.tsx';
import { peopleTexts, pinTexts } from '../texts.ts';

const DOOR = 'POST /connexion/dossier';
const CLAIM_PHONE = 'POST /connexion/numero';
const CLAIM = 'POST /connexion/numero/code';
const NEW_PHONE = 'POST /moi/numero';
const NEW_PHONE_CODE = 'POST /moi/numero/code';

const helpParts = [
  [caseTexts.lostDevice, caseTexts.lostDeviceHint, '/connexion', caseTexts.enter],
  [caseTexts.forgotten, caseTexts.forgottenHint, '/connexion', caseTexts.enter],
  [caseTexts.lostNumber, caseTexts.lostNumberHint, '/connexion/numero', caseTexts.lostNumberGo],
  [caseTexts.recycled, caseTexts.recycledHint, '/connexion', caseTexts.enter],
] as const;

export const accessHelpPage: Page<PlayerViews['accessHelp']> = {
  tab: 'me',
  title: () => caseTexts.help,
  Main: () => (
    <div class="stack">
      <h1>{caseTexts.help}</h1>
      {helpParts.map(([title, hint, href, go]) => (
        <section class="card stack-s" key={title}>
          <h2>{title}</h2>
          <p class="mute">{hint}</p>
          <a class="btn btn-wide" href={href}>
            {go}
          </a>
        </section>
      ))}
    </div>
  ),
};

const doorKinds = ['forgotten_pin', 'lost_phone', 'recycled_number'] as const;

export const doorCasePage: Page<PlayerViews['doorCase']> = {
  tab: 'me',
  title: () => caseTexts.door,
  Main: ({ view, frame, problem }) => (
    <div class="stack">
      <h1>{caseTexts.door}</h1>
      <p class="mute">{caseTexts.doorHint}</p>
      <Cases cases={view.cases} now={frame.now} />
      {!view.cases.some(({ state }) => state === 'open') && (
        <form class="stack" method="post" action="/connexion/dossier">
          <Problem problem={problem} form={DOOR} />
          <FormStart token={frame.formToken} />
          <fieldset class="stack-s">
            <legend class="vh">{caseTexts.door}</legend>
            {doorKinds.map((kind) => (
              <label class="check" key={kind}>
                <input
                  type="radio"
                  name="kind"
                  value={kind}
                  required
                  defaultChecked={typedOr(problem, DOOR, 'kind', 'forgotten_pin') === kind}
                />
                <span>{caseTexts.kinds[kind]}</span>
              </label>
            ))}
          </fieldset>
          <Statement form={DOOR} problem={problem} label={caseTexts.statement} isRequired={false} />
          <button type="submit" class="btn btn-go btn-wide">
            {caseTexts.send}
          </button>
        </form>
      )}
    </div>
  ),
};

function Statement({
  form,
  problem,
  label,
  isRequired,
}: {
  form: string;
  problem: FormProblem | null;
  label: string;
  isRequired: boolean;
}) {
  return (
    <div class="field">
      <label for="statement">{label}</label>
      <textarea
        class="input"
        id="statement"
        name="statement"
        rows={4}
        maxLength={800}
        required={isRequired}
        defaultValue={typedOr(problem, form, 'statement', '')}
        {...fieldState(problem, form, 'statement')}
      />
      <Problem problem={problem} form={form} field="statement" />
    </div>
  );
}

function Cases({ cases, now }: { cases: readonly CaseLine[]; now: string }) {
  return (
    <ul class="stack">
      {cases.map(({ caseId, kind, state, decision, openedAt }) => (
        <li class="card stack-s" key={caseId}>
          <h2>{kindTexts[kind]}</h2>
          <p>{decision === null ? stateTexts[state] : decisionTexts[decision]}</p>
          <p class="mute small">{dayAndHourOf(openedAt, now)}</p>
        </li>
      ))}
    </ul>
  );
}

export const ownCasesPage: Page<PlayerViews['ownCases']> = {
  tab: 'me',
  title: () => caseTexts.mine,
  Main: ({ view, frame }) => (
    <div class="stack">
      <h1>{caseTexts.mine}</h1>
      {view.cases.length === 0 ? <p>{caseTexts.none}</p> : <Cases cases={view.cases} now={frame.now} />}
      <a class="btn btn-wide" href="/moi/numero">
        {caseTexts.newPhone}
      </a>
    </div>
  ),
};

export const claimPhonePage: Page<PlayerViews['claimPhone']> = {
  tab: 'me',
  title: () => caseTexts.claimTitle,
  Main: ({ view, frame, problem }) =>
    view.isSent ? (
      <div class="stack">
        <h1>{caseTexts.help}</h1>
        <Note tone="ok" role="status">
          {caseTexts.claimSent}
        </Note>
      </div>
    ) : (
      <div class="stack">
        <h1>{caseTexts.claimTitle}</h1>
        <p class="mute">{caseTexts.claimHint}</p>
        <Problem problem={problem} form={CLAIM_PHONE} />
        <form class="stack" method="post" action="/connexion/numero">
          <FormStart token={frame.formToken} />
          <PhoneField form={CLAIM_PHONE} problem={problem} label={peopleTexts.phone} pattern={view.pattern} />
          <button type="submit" class="btn btn-go btn-wide">
            {peopleTexts.send}
          </button>
        </form>
      </div>
    ),
};

function PhoneField(props: { form: string; problem: FormProblem | null; label: string; pattern: string }) {
  return (
    <Field
      {...props}
      name="phone"
      hint={peopleTexts.phoneHint}
      title={peopleTexts.phoneHint}
      type="tel"
      inputMode="tel"
      autocomplete="tel"
      maxLength={24}
      required
    />
  );
}

function CodeField({ form, problem, phone }: { form: string; problem: FormProblem | null; phone: string }) {
  return (
    <Field
      form={form}
      problem={problem}
      name="code"
      label={peopleTexts.codeLabel}
      hint={peopleTexts.codeHint(phone)}
      inputMode="numeric"
      autocomplete="one-time-code"
      maxLength={6}
      required
    />
  );
}

function Sandbox({ message }: { message: string | null }) {
  return message === null ? null : (
    <Note>
      <p class="small mute">{peopleTexts.sandbox}</p>
      <p>{message}</p>
    </Note>
  );
}

export const claimPage: Page<PlayerViews['claim']> = {
  tab: 'me',
  title: () => peopleTexts.code,
  Main: ({ view, frame, problem }) => (
    <div class="stack">
      <h1>{peopleTexts.code}</h1>
      <Sandbox message={view.message} />
      <Problem problem={problem} form={CLAIM} />
      <form class="stack" method="post" action="/connexion/numero/code">
        <FormStart token={frame.formToken} />
        <CodeField form={CLAIM} problem={problem} phone={view.phone} />
        <Field
          form={CLAIM}
          problem={problem}
          name="oldPhone"
          label={caseTexts.oldPhone}
          type="tel"
          inputMode="tel"
          maxLength={24}
          required
        />
        <Statement form={CLAIM} problem={problem} label={caseTexts.claimStatement} isRequired />
        <button type="submit" class="btn btn-go btn-wide">
          {caseTexts.send}
        </button>
      </form>
    </div>
  ),
};

export const newPhonePage: Page<PlayerViews['newPhone']> = {
  tab: 'me',
  title: () => caseTexts.newPhone,
  Main: ({ view, frame, problem }) => (
    <div class="stack">
      <h1>{caseTexts.newPhone}</h1>
      <p class="mute">{caseTexts.newPhoneHint}</p>
      <Problem problem={problem} form={NEW_PHONE} />
      <form class="stack" method="post" action="/moi/numero">
        <FormStart token={frame.formToken} />
        <PhoneField
          form={NEW_PHONE}
          problem={problem}
          label={caseTexts.newPhoneLabel}
          pattern={view.pattern}
        />
        <PinField form={NEW_PHONE} name="pin" label={pinTexts.currentLabel} problem={problem} />
        <button type="submit" class="btn btn-go btn-wide">
          {peopleTexts.send}
        </button>
      </form>
    </div>
  ),
};

export const newPhoneCodePage: Page<PlayerViews['newPhoneCode']> = {
  tab: 'me',
  title: () => peopleTexts.code,
  Main: ({ view, frame, problem }) => (
    <div class="stack">
      <h1>{peopleTexts.code}</h1>
      <Sandbox message={view.message} />
      <Problem problem={problem} form={NEW_PHONE_CODE} />
      <form class="stack" method="post" action="/moi/numero/code">
        <FormStart token={frame.formToken} />
        <CodeField form={NEW_PHONE_CODE} problem={problem} phone={view.phone} />
        <button type="submit" class="btn btn-go btn-wide">
          {caseTexts.send}
        </button>
      </form>
    </div>
  ),
};

import type { FormProblem } from '#core/api/pages.ts';
import type { PlayerViews } from '#core/api/player-pages.ts';
import { Field, FormStart, fieldState, Note, Problem, Tag } from '#ui/components.tsx';
import { Icon } from '#ui/icons.tsx';
import { PasskeyButton } from '#ui/passkeys.tsx';
import { bonusTexts, referralTexts } from '../bonus-texts.ts';
import { caseTexts } from '../case-texts.ts';
import { challengeTexts } from '../challenge-texts.ts';
import type { Page } from '../page.ts';
import { PinField } from '../parts/pin-field.tsx';
import { deviceTexts, meHints, peopleTexts, pinTexts, shellTexts } from '../texts.ts';

const PHONE_FORM = 'POST /connexion';
const CODE_FORM = 'POST /connexion/code';
const SIGN_UP_FORM = 'POST /inscription';

export const phonePage: Page<PlayerViews['phone']> = {
  tab: 'me',
  title: () => shellTexts.logIn,
  Main: ({ view, frame, problem }) => (
    <div class="stack">
      <h1>{peopleTexts.logIn}</h1>
      {view.referralCode !== null && <Note>{referralTexts.invited(view.referralCode)}</Note>}
      {view.back?.startsWith('/defis/') === true && <Note>{challengeTexts.atDoor}</Note>}
      <p class="mute">{peopleTexts.logInHint}</p>
      <Problem problem={problem} form={PHONE_FORM} />
      <form class="stack" method="post" action="/connexion">
        <FormStart token={frame.formToken} />
        {view.back !== null && <input type="hidden" name="suite" value={view.back} />}
        {view.referralCode !== null && <input type="hidden" name="parrain" value={view.referralCode} />}
        <Field
          form={PHONE_FORM}
          name="phone"
          label={peopleTexts.phone}
          hint={peopleTexts.phoneHint}
          problem={problem}
          type="tel"
          inputMode="tel"
          autocomplete="tel"
          maxLength={24}
          pattern={view.pattern}
          title={peopleTexts.phoneHint}
          required
        />
        <button type="submit" class="btn btn-go btn-wide">
          {peopleTexts.send}
        </button>
      </form>
      <a class="btn btn-quiet" href="/connexion/aide">
        {caseTexts.help}
      </a>
      <PasskeyButton
        api="/api/v1/sessions/passkey"
        next={view.back ?? '/'}
        label={peopleTexts.logInPasskey}
      />
    </div>
  ),
};

export const codePage: Page<PlayerViews['code']> = {
  tab: 'me',
  title: () => peopleTexts.code,
  Main: ({ view, frame, problem }) => (
    <div class="stack">
      <h1>{peopleTexts.code}</h1>
      {view.message !== null && (
        <Note>
          <p class="small mute">{peopleTexts.sandbox}</p>
          <p>{view.message}</p>
        </Note>
      )}
      <Problem problem={problem} form={CODE_FORM} />
      <form class="stack" method="post" action="/connexion/code">
        <FormStart token={frame.formToken} />
        <Field
          form={CODE_FORM}
          name="code"
          label={peopleTexts.codeLabel}
          hint={peopleTexts.codeHint(view.phone)}
          problem={problem}
          inputMode="numeric"
          autocomplete="one-time-code"
          maxLength={6}
          required
        />
        <button type="submit" class="btn btn-go btn-wide">
          {peopleTexts.enter}
        </button>
      </form>
      <form method="post" action="/connexion/code/envoyer">
        <FormStart token={frame.formToken} />
        <button type="submit" class="btn btn-wide">
          {peopleTexts.again}
        </button>
      </form>
      <a class="btn btn-quiet" href="/connexion">
        {peopleTexts.otherPhone}
      </a>
    </div>
  ),
};

export const signUpPage: Page<PlayerViews['signUp']> = {
  tab: 'me',
  title: () => peopleTexts.signUp,
  Main: ({ view, frame, problem }) =>
    view.canSignUp ? (
      <div class="stack">
        <h1>{peopleTexts.signUp}</h1>
        <p class="mute">{peopleTexts.signUpHint}</p>
        <Problem problem={problem} form={SIGN_UP_FORM} />
        <form class="stack" method="post" action="/inscription">
          <FormStart token={frame.formToken} />
          <Field
            form={SIGN_UP_FORM}
            name="pseudonym"
            label={peopleTexts.pseudonym}
            hint={peopleTexts.pseudonymHint}
            problem={problem}
            autocomplete="nickname"
            maxLength={20}
            required
          />
          <BirthDate problem={problem} />
          <PinField
            form={SIGN_UP_FORM}
            name="pin"
            label={pinTexts.newLabel}
            hint={pinTexts.newHint}
            problem={problem}
            isNew
          />
          <PinField form={SIGN_UP_FORM} name="pinAgain" label={pinTexts.again} problem={problem} isNew />
          <Field
            form={SIGN_UP_FORM}
            name="referralCode"
            label={referralTexts.field}
            hint={referralTexts.fieldHint}
            problem={problem}
            value={view.referralCode ?? ''}
            autocomplete="off"
            maxLength={20}
          />
          <div class="stack-s">
            <label class="check">
              <input
                type="checkbox"
                name="terms"
                value="oui"
                required
                defaultChecked={problem?.typed.terms === 'oui'}
                {...fieldState(problem, SIGN_UP_FORM, 'terms')}
              />
              <span>{peopleTexts.acceptTerms}</span>
            </label>
            <Problem problem={problem} form={SIGN_UP_FORM} field="terms" />
            <a class="small" href="/conditions">
              {peopleTexts.readTerms}
            </a>
          </div>
          <button type="submit" class="btn btn-go btn-wide">
            {peopleTexts.join}
          </button>
        </form>
      </div>
    ) : (
      <div class="stack">
        <h1>{peopleTexts.signUp}</h1>
        <p>{peopleTexts.expired}</p>
        <a class="btn btn-go btn-wide" href="/connexion">
          {peopleTexts.logIn}
        </a>
      </div>
    ),
};

const birthFields = [
  ['birthDay', peopleTexts.day, 'bday-day', 2],
  ['birthMonth', peopleTexts.month, 'bday-month', 2],
  ['birthYear', peopleTexts.year, 'bday-year', 4],
] as const;

function BirthDate({ problem }: { problem: FormProblem | null }) {
  return (
    <fieldset class="stack-s">
      <legend>{peopleTexts.birth}</legend>
      <div class="birth">
        {birthFields.map(([name, label, autocomplete, maxLength]) => (
          <div class="field" key={name}>
            <label class="small" for={name}>
              {label}
            </label>
            <input
              class="input"
              id={name}
              name={name}
              inputMode="numeric"
              autocomplete={autocomplete}
              maxLength={maxLength}
              defaultValue={problem?.typed[name] ?? ''}
              required
              {...fieldState(problem, SIGN_UP_FORM, name)}
            />
          </div>
        ))}
      </div>
      {birthFields.map(([name]) => (
        <Problem problem={problem} form={SIGN_UP_FORM} field={name} key={name} />
      ))}
    </fieldset>
  );
}

export const mePage: Page<PlayerViews['me']> = {
  tab: 'me',
  title: () => peopleTexts.me,
  Main: ({ view, frame }) => (
    <div class="stack-l">
      <section class="card stack">
        <h1>{view.pseudonym}</h1>
        <p class="mute">
          {peopleTexts.myPhone} {view.maskedPhone}
        </p>
        {view.isTest && (
          <p>
            <Tag>{shellTexts.play}</Tag>
          </p>
        )}
      </section>
      <ul class="list">
        {(
          [
            ['/parrainer', bonusTexts.invite, bonusTexts.inviteHint],
            ['/moi/sessions', peopleTexts.sessions, meHints.sessions],
            ['/moi/cles', peopleTexts.passkeys, meHints.passkeys],
            ['/moi/identite', peopleTexts.identity, meHints.identity],
            ['/moi/appareils', deviceTexts.title, meHints.devices],
            ['/moi/pin', pinTexts.change, meHints.pin],
            ['/moi/donnees', peopleTexts.data, meHints.data],
            ['/moi/dossier', caseTexts.mine, meHints.cases],
            ['/jouer-responsable', peopleTexts.limits, meHints.limits],
            ['/regles', shellTexts.rules, meHints.rules],
            ['/conditions', shellTexts.terms, meHints.terms],
            ['/lutteurs', shellTexts.wrestlers, meHints.wrestlers],
          ] as const
        ).map(([href, name, hint]) => (
          <li key={href}>
            <a href={href}>
              <span>
                <b>{name}</b>
                <br />
                <span class="mute small">{hint}</span>
              </span>
              <Icon name="next" />
            </a>
          </li>
        ))}
      </ul>
      <form method="post" action="/deconnexion">
        <FormStart token={frame.formToken} />
        <button type="submit" class="btn btn-wide">
          {peopleTexts.logOut}
        </button>
      </form>
    </div>
  ),
};

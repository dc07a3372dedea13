import type { OfficeViews } from '#core/api/office-pages.ts';
import { Field, FormStart, Note, Problem } from '#ui/components.tsx';
import { PasskeyButton } from '#ui/passkeys.tsx';
import type { Page } from '../page.ts';
import { logInTexts } from '../texts.ts';

const PHONE_FORM = 'POST /connexion';
const CODE_FORM = 'POST /connexion/code';

export const phonePage: Page<OfficeViews['phone']> = {
  title: () => logInTexts.title,
  Main: ({ view, frame, problem }) => (
    <div class="stack narrow">
      <h1>{logInTexts.title}</h1>
      <p class="mute">{logInTexts.hint}</p>
      <Problem problem={problem} form={PHONE_FORM} />
      <form class="stack" method="post" action="/connexion">
        <FormStart token={frame.formToken} />
        {view.back !== null && <input type="hidden" name="suite" value={view.back} />}
        <Field
          form={PHONE_FORM}
          name="phone"
          label={logInTexts.phone}
          hint={logInTexts.phoneHint}
          problem={problem}
          type="tel"
          inputMode="tel"
          autocomplete="tel"
          maxLength={24}
          required
        />
        <button type="submit" class="btn btn-go btn-wide">
          {logInTexts.send}
        </button>
      </form>
      <PasskeyButton
        api="/api/v1/staff/sessions/passkey"
        next={view.back ?? '/'}
        label={logInTexts.passkey}
      />
    </div>
  ),
};

export const codePage: Page<OfficeViews['code']> = {
  title: () => logInTexts.codeTitle,
  Main: ({ view, frame, problem }) => (
    <div class="stack narrow">
      <h1>{logInTexts.codeTitle}</h1>
      {view.hint !== null && (
        <Note>
          <p class="small mute">{logInTexts.sandbox}</p>
          <p>{view.hint.totp === null ? logInTexts.noMessage : view.hint.message}</p>
          {view.hint.totp !== null && (
            <p>
              {logInTexts.sandboxTotp} <b class="xof">{view.hint.totp}</b>
            </p>
          )}
        </Note>
      )}
      <Problem problem={problem} form={CODE_FORM} />
      <form class="stack" method="post" action="/connexion/code">
        <FormStart token={frame.formToken} />
        <Field
          form={CODE_FORM}
          name="code"
          label={logInTexts.code}
          hint={logInTexts.codeHint(view.phone)}
          problem={problem}
          inputMode="numeric"
          autocomplete="one-time-code"
          maxLength={6}
          required
        />
        <Field
          form={CODE_FORM}
          name="totp"
          label={logInTexts.totp}
          hint={logInTexts.totpHint}
          problem={problem}
          inputMode="numeric"
          autocomplete="off"
          maxLength={6}
          required
        />
        <button type="submit" class="btn btn-go btn-wide">
          {logInTexts.enter}
        </button>
      </form>
      <a class="btn btn-quiet" href="/connexion">
        {logInTexts.otherPhone}
      </a>
    </div>
  ),
};

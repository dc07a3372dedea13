import type { OfficeViews } from '#core/api/office-pages.ts';
import { Field, FormStart, Note, Problem } from '#ui/components.tsx';
import { PasskeyButton } from '#ui/passkeys.tsx';
import type { Page } from '../page.ts';
import { confirmTexts as texts } from '../texts.ts';

const FORM = 'POST /confirmer';

/** Before money moves: is it still the same person? */
export const confirmPage: Page<OfficeViews['confirm']> = {
  title: () => texts.title,
  Main: ({ view, frame, problem }) => (
    <div class="stack narrow">
      <h1>{texts.title}</h1>
      <p class="mute">{texts.lead}</p>
      {view.totp !== null && (
        <Note>
          {texts.sandbox} <b class="xof">{view.totp}</b>
        </Note>
      )}
      <Problem problem={problem} form={FORM} />
      {view.hasPasskey && (
        <PasskeyButton api="/api/v1/staff/sessions/step-up" next={view.back} label={texts.passkey} />
      )}
      <form class="stack" method="post" action="/confirmer">
        <FormStart token={frame.formToken} />
        <input type="hidden" name="suite" value={view.back} />
        <Field
          form={FORM}
          name="totp"
          label={texts.totp}
          problem={problem}
          inputMode="numeric"
          autocomplete="one-time-code"
          maxLength={6}
          required
        />
        <button type="submit" class="btn btn-go btn-wide">
          {texts.confirm}
        </button>
      </form>
    </div>
  ),
};

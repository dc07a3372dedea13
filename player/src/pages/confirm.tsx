import type { PlayerViews } from '#core/api/player-pages.ts';
import { FormStart, Problem } from '#ui/components.tsx';
import { PasskeyButton } from '#ui/passkeys.tsx';
import type { Page } from '../page.ts';
import { PinField } from '../parts/pin-field.tsx';
import { confirmTexts as texts } from '../texts.ts';

const FORM = 'POST /confirmer';

/** Before money leaves: is it still the same person? */
export const confirmPage: Page<PlayerViews['confirm']> = {
  tab: 'me',
  title: () => texts.title,
  Main: ({ view, frame, problem }) => (
    <div class="stack">
      <h1>{texts.title}</h1>
      <p class="mute">{texts.lead}</p>
      {view.hasPasskey && (
        <PasskeyButton api="/api/v1/sessions/step-up" next={view.back} label={texts.passkey} />
      )}
      <Problem problem={problem} form={FORM} />
      <form class="stack" method="post" action="/confirmer">
        <FormStart token={frame.formToken} />
        <input type="hidden" name="suite" value={view.back} />
        <PinField form={FORM} name="pin" label={texts.pin} problem={problem} />
        <button type="submit" class="btn btn-go btn-wide">
          {texts.confirm}
        </button>
      </form>
    </div>
  ),
};

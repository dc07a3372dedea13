import type { PlayerViews } from '#core/api/player-pages.ts';
import { PasskeyButton } from '#ui/passkeys.tsx';
import type { Page } from '../page.ts';
import { confirmTexts as texts } from '../texts.ts';

/** Before money leaves: is it still the same person? */
export const confirmPage: Page<PlayerViews['confirm']> = {
  tab: 'me',
  title: () => texts.title,
  Main: ({ view }) => (
    <div class="stack">
      <h1>{texts.title}</h1>
      <p class="mute">{texts.lead}</p>
      {view.hasPasskey && (
        <PasskeyButton api="/api/v1/sessions/step-up" next={view.back} label={texts.passkey} isMain />
      )}
    </div>
  ),
};

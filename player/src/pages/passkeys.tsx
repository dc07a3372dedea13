import type { PlayerViews } from '#core/api/player-pages.ts';
import { PasskeyList, passkeysTitle } from '#ui/passkeys.tsx';
import type { Page } from '../page.ts';

export const passkeysPage: Page<PlayerViews['passkeys']> = {
  tab: 'me',
  title: () => passkeysTitle,
  Main: ({ view, frame, problem }) => (
    <PasskeyList
      view={view}
      problem={problem}
      path="/moi/cles"
      renameForm="POST /moi/cles/:passkeyId/nom"
      api="/api/v1/passkeys"
      token={frame.formToken}
      now={frame.now}
    />
  ),
};

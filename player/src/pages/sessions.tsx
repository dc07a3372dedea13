import type { PlayerViews } from '#core/api/player-pages.ts';
import { SessionList, sessionListTitle } from '#ui/session-list.tsx';
import type { Page } from '../page.ts';

export const sessionsPage: Page<PlayerViews['sessions']> = {
  tab: 'me',
  title: () => sessionListTitle,
  Main: ({ view, frame }) => (
    <SessionList view={view} path="/moi/sessions" token={frame.formToken} now={frame.now} />
  ),
};

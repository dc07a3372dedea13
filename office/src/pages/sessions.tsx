import type { OfficeViews } from '#core/api/office-pages.ts';
import { SessionList, sessionListTitle } from '#ui/session-list.tsx';
import type { Page } from '../page.ts';

export const sessionsPage: Page<OfficeViews['sessions']> = {
  title: () => sessionListTitle,
  Main: ({ view, frame }) => (
    <SessionList view={view} path="/sessions" token={frame.formToken} now={frame.now} />
  ),
};

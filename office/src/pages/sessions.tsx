import type { OfficeViews } from '#core/api/office-pages.ts';
import { passkeysTitle } from '#ui/passkeys.tsx';
import { SessionList, sessionListTitle } from '#ui/session-list.tsx';
import type { Page } from '../page.ts';

export const sessionsPage: Page<OfficeViews['sessions']> = {
  title: () => sessionListTitle,
  Main: ({ view, frame }) => (
    <div class="stack">
      <SessionList view={view} path="/sessions" token={frame.formToken} now={frame.now} />
      <a class="btn btn-quiet" href="/cles">
        {passkeysTitle}
      </a>
    </div>
  ),
};

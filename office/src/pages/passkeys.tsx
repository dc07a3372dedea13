import type { OfficeViews } from '#core/api/office-pages.ts';
import { PasskeyList, passkeysTitle } from '#ui/passkeys.tsx';
import type { Page } from '../page.ts';

export const passkeysPage: Page<OfficeViews['passkeys']> = {
  title: () => passkeysTitle,
  Main: ({ view, frame, problem }) => (
    <PasskeyList
      view={view}
      problem={problem}
      path="/cles"
      renameForm="POST /cles/:passkeyId/nom"
      api="/api/v1/staff/passkeys"
      token={frame.formToken}
      now={frame.now}
    />
  ),
};

import type { OfficeViews } from '#core/api/office-pages.ts';
import type { Page } from '../page.ts';
import { Entries } from '../parts/entries.tsx';
import { journalTexts } from '../texts.ts';

export const journalPage: Page<OfficeViews['journal']> = {
  title: () => journalTexts.title,
  Main: ({ view, frame }) => (
    <div class="stack">
      <h1>{journalTexts.title}</h1>
      <p class="mute">{journalTexts.hint}</p>
      {view.entries.length === 0 ? (
        <p>{journalTexts.none}</p>
      ) : (
        <Entries entries={view.entries} now={frame.now} withTargets />
      )}
    </div>
  ),
};

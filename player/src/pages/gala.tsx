import type { PlayerViews } from '#core/api/player-pages.ts';
import type { Page } from '../page.ts';
import { GalaBouts } from './home.tsx';

export const galaPage: Page<PlayerViews['gala']> = {
  tab: 'bouts',
  title: (view) => view.gala.name,
  Main: ({ view, frame }) => (
    <>
      <h1 class="vh">{view.gala.name}</h1>
      <GalaBouts gala={view.gala} now={frame.now} />
    </>
  ),
};

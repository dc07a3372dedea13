import type { PlayerViews } from '#core/api/player-pages.ts';
import type { Page } from '../page.ts';

export const homePage: Page<PlayerViews['home']> = {
  tab: 'bouts',
  title: () => 'Combats du jour',
  Main: ({ view }) => <h1>{view.galas.length} galas</h1>,
};

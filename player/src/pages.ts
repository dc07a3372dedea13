import type { PlayerViews } from '#core/api/player-pages.ts';
import type { Page } from './page.ts';
import { errorPage } from './pages/error.tsx';
import { homePage } from './pages/home.tsx';

/** Page name → page. */
export const pages: { readonly [Name in keyof PlayerViews]: Page<PlayerViews[Name]> } = {
  error: errorPage,
  home: homePage,
};

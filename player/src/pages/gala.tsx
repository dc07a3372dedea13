import type { PlayerViews } from '#core/api/player-pages.ts';
import { boutRulesText } from '#core/rule-card.ts';
import type { Page } from '../page.ts';
import { PoolLinks } from '../parts/pool-links.tsx';
import { galaTexts } from '../texts.ts';
import { GalaBouts } from './home.tsx';

export const galaPage: Page<PlayerViews['gala']> = {
  tab: 'bouts',
  title: (view) => view.gala.name,
  Main: ({ view, frame }) => (
    <div class="stack-l">
      <h1 class="vh">{view.gala.name}</h1>
      <GalaBouts gala={view.gala} now={frame.now} />
      <PoolLinks pools={view.pools} />
      <p class="mute small">{galaTexts.rules(view.gala.authority, boutRulesText(view.gala.boutRules))}</p>
    </div>
  ),
};

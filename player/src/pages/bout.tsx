import type { BoutPageView } from '#core/api/player-pages.ts';
import type { Page, Props } from '../page.ts';
import { BetLine } from '../parts/bet-line.tsx';
import { BoutMain } from '../parts/bout-main.tsx';
import { PoolLinks } from '../parts/pool-links.tsx';
import { RuleCard } from '../parts/rule-card.tsx';
import { boutRuleTexts } from '../texts.ts';

export const boutPage: Page<BoutPageView> = {
  tab: 'bouts',
  title: (view) => `${view.wrestlerA.name} – ${view.wrestlerB.name}`,
  Main: BoutMain,
  Below: BoutBelow,
};

function BoutBelow({ view }: Props<BoutPageView>) {
  return (
    <div class="stack-l below">
      {view.ownBets.length > 0 && (
        <section class="stack-s">
          <h2>{boutRuleTexts.ownBets}</h2>
          <ul class="list">
            {view.ownBets.map((bet) => (
              <BetLine bet={bet} key={bet.betId} />
            ))}
          </ul>
        </section>
      )}
      <PoolLinks pools={view.pools} />
      {view.ruleCard !== null && <RuleCard card={view.ruleCard} hash={view.ruleCardHash} />}
      {view.root !== null && (
        <details class="card">
          <summary>{boutRuleTexts.proof}</summary>
          <p class="small mute">{boutRuleTexts.proofHint}</p>
          <code class="small">{view.root}</code>
          {view.live.market !== null && (
            <a class="btn btn-quiet" href={`/preuves/marches/${view.live.market.id}`}>
              {boutRuleTexts.proofMore}
            </a>
          )}
        </details>
      )}
    </div>
  );
}

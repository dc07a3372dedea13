/** Pages that are mostly words: rules and terms. What they say is what the product does. */
import type { PlayerViews } from '#core/api/player-pages.ts';
import type { Page } from '../page.ts';
import { percentOf } from '../parts/rule-card.tsx';
import { SlipSums } from '../parts/sums.tsx';
import { plainTexts as texts } from '../plain-texts.ts';

export const rulesPage: Page<PlayerViews['rules']> = {
  tab: null,
  title: () => texts.rules.title,
  Main: ({ view }) => (
    <div class="stack prose">
      <h1>{texts.rules.title}</h1>
      <p>{texts.rules.lead}</p>
      <h2>{texts.rules.offer}</h2>
      <p>{texts.rules.offerText}</p>
      <h2>{texts.rules.wins}</h2>
      <ul class="marks">
        {[...view.wins, ...view.voids].map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <h2>{texts.rules.money}</h2>
      <p>{texts.rules.moneyText(percentOf(view.rates.commissionBps), percentOf(view.rates.taxBps))}</p>
      <div class="card slip">
        <SlipSums sums={view.example} winsIf={texts.rules.winsIf} />
      </div>
      <h2>{texts.rules.close}</h2>
      <p>{texts.rules.closeText}</p>
      <h2>{texts.rules.proof}</h2>
      <p>
        {texts.rules.proofText} <a href="/verifier">{texts.rules.proofHow}</a>
      </p>
    </div>
  ),
};

export const termsPage: Page<PlayerViews['terms']> = {
  tab: null,
  title: () => texts.terms.title,
  Main: ({ view }) => (
    <div class="stack prose">
      <h1>{texts.terms.title}</h1>
      <p class="mute small">{texts.terms.version(view.version)}</p>
      <ol class="numbers">
        {texts.terms.points.map((point) => (
          <li key={point}>{point}</li>
        ))}
      </ol>
      <p>
        <a href="/regles">{texts.rules.title}</a>
      </p>
    </div>
  ),
};

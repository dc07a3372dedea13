/** The rule of a bout, frozen when betting opened: what wins, what voids, who decides, what it costs. */
import type { BoutPageView } from '#core/api/player-pages.ts';
import { questionText } from '#core/question.ts';
import { boutRulesText } from '#core/rule-card.ts';
import { boutRuleTexts } from '../texts.ts';

type Card = NonNullable<BoutPageView['ruleCard']>;

export function RuleCard({ card, hash }: { card: Card; hash: string | null }) {
  const { fr, wo } = card.texts;
  return (
    <details class="card">
      <summary>{boutRuleTexts.rulesOf(questionText(card.question))}</summary>
      <div class="stack-s small">
        <Sentences sentences={[...fr.wins, ...fr.voids]} />
        {wo.wins.length > 0 && (
          <details>
            <summary>{boutRuleTexts.rulesWolof}</summary>
            <div lang="wo">
              <Sentences sentences={[...wo.wins, ...wo.voids]} />
            </div>
          </details>
        )}
        <p>
          {boutRuleTexts.authority(card.authority)}{' '}
          {boutRuleTexts.fees(
            `${percentOf(card.rates.commissionBps)} ${baseTexts[card.rates.commissionBase]}`,
            card.rates.taxBase === 'none'
              ? '0\u00a0%'
              : `${percentOf(card.rates.taxBps)} ${baseTexts[card.rates.taxBase]}`,
          )}{' '}
          {boutRuleTexts.limits(card.limits.stakeMinXof, card.limits.stakeMaxXof)}
        </p>
        {card.boutRules !== null && <p>{boutRuleTexts.duration(boutRulesText(card.boutRules))}</p>}
        {hash !== null && (
          <p class="mute">
            {boutRuleTexts.rulesVersion(card.version)} <code>{hash}</code>
          </p>
        )}
        <a class="btn btn-quiet" href="/verifier">
          {boutRuleTexts.howToVerify}
        </a>
      </div>
    </details>
  );
}

function Sentences({ sentences }: { sentences: readonly string[] }) {
  return (
    <ul class="marks">
      {sentences.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}

const baseTexts = { pot: 'du pot', winnings: 'du gain', payout: 'de ce qui est payé' } as const;

/** Basis points as people write them: 500 is "5 %", 250 is "2,5 %". */
export function percentOf(bps: number): string {
  return `${String(bps / 100).replace('.', ',')}\u00a0%`;
}

/** The rule of a bout, frozen when betting opened: what wins, what voids, who decides, what it costs. */
import type { BoutPageView } from '#core/api/player-pages.ts';
import { boutTexts } from '../texts.ts';

export function RuleCard({ card }: { card: NonNullable<BoutPageView['ruleCard']> }) {
  return (
    <details class="card">
      <summary>{boutTexts.rules}</summary>
      <div class="stack-s small">
        <ul class="marks">
          {card.wins.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
          {card.voids.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
        <p>
          {boutTexts.authority(card.authority)}{' '}
          {boutTexts.fees(
            `${percentOf(card.rates.commissionBps)} ${baseTexts[card.rates.commissionBase]}`,
            card.rates.taxBase === 'none'
              ? '0\u00a0%'
              : `${percentOf(card.rates.taxBps)} ${baseTexts[card.rates.taxBase]}`,
          )}{' '}
          {boutTexts.limits(card.limits.stakeMinXof, card.limits.stakeMaxXof)}
        </p>
      </div>
    </details>
  );
}

const baseTexts = { pot: 'du pot', winnings: 'du gain', payout: 'de ce qui est payé' } as const;

/** Basis points as people write them: 500 is "5 %", 250 is "2,5 %". */
export function percentOf(bps: number): string {
  return `${String(bps / 100).replace('.', ',')}\u00a0%`;
}

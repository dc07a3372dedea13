/** A bet in a list. Colour, letter and word say the same. */
import type { Bet } from '#core/api/player-pages.ts';
import { Money, Tag } from '#ui/components.tsx';
import type { IconName } from '#ui/icons.tsx';
import { betTexts } from '../texts.ts';
import { RebetLink } from './rebet-card.tsx';

const tags = {
  engaged: { tone: 'ochre', icon: 'lock' },
  won: { tone: 'ok', icon: 'check' },
  lost: { tone: 'bad', icon: 'cross' },
  void: { tone: undefined, icon: 'turn' },
} as const satisfies Record<Bet['state'], { tone: 'ok' | 'bad' | 'ochre' | undefined; icon: IconName }>;

export function BetTag({ state }: { state: Bet['state'] }) {
  const { tone, icon } = tags[state];
  return (
    <Tag icon={icon} {...(tone === undefined ? {} : { tone })}>
      {betTexts[state]}
    </Tag>
  );
}

export function BetLine({ bet, hasChance = false }: { bet: Bet; hasChance?: boolean }) {
  return (
    <li>
      <a href={`/paris/${bet.betId}`}>
        <span>
          <span>
            <b>
              <Money xof={bet.stakeXof} />
            </b>{' '}
            {betTexts.on} {bet.pick}
          </span>
          <span class="mute small">
            {bet.boutName} · {bet.opponent}
          </span>
        </span>
        <span class="end">
          <BetTag state={bet.state} />
          {bet.state === 'engaged' ? (
            <span class="mute small">
              → <Money xof={bet.netXof} />
            </span>
          ) : (
            bet.payoutXof !== null &&
            bet.payoutXof > 0 && (
              <b>
                <Money xof={bet.payoutXof} sign />
              </b>
            )
          )}
        </span>
      </a>
      {hasChance && <RebetLink pastId={bet.betId} pick={bet.pick} />}
    </li>
  );
}

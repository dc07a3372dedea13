/** An offer that is not there to take any more, and the bet that this player made of it. */
import type { AcceptPageView } from '#core/api/player-pages.ts';
import { Note } from '#ui/components.tsx';
import { challengeTexts as texts } from '../challenge-texts.ts';
import type { Said } from './refused.tsx';

export function OwnBet({ betId }: { betId: string | null }) {
  if (betId === null) return null;
  return (
    <Note tone="ok" role="status">
      <p>
        {texts.ownBet} <a href={`/paris/${betId}`}>{texts.seeOwnBet}</a>
      </p>
    </Note>
  );
}

/** Why it cannot be taken; null when it can, or when it was he who took it. */
export function whyNot({ state, ownBetId }: Pick<AcceptPageView, 'state' | 'ownBetId'>): Said | null {
  if (state === 'open' || (state === 'taken' && ownBetId !== null)) return null;
  return { fr: texts[state], wo: null };
}

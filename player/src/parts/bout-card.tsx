/** A bout in a list: one link, everything one needs to choose. */
import type { Brief } from '#core/api/player-pages.ts';
import { dateOf, hourOf } from '#ui/dates.ts';
import { boutTexts, homeTexts } from '../texts.ts';
import { StateTag } from './state-tag.tsx';
import { FaceOff } from './wrestlers.tsx';

/** The evening says the day; of a bout that was moved its own is said. */
function whenOf({ scheduledAt, moved }: Brief): string {
  if (moved === null) return hourOf(scheduledAt);
  return moved.isUndated ? boutTexts.noDate : `${dateOf(scheduledAt)} à ${hourOf(scheduledAt)}`;
}

export function BoutCard({ bout }: { bout: Brief }) {
  const isOpen = bout.marketState === 'open';
  return (
    <a class="card bout" href={`/combats/${bout.id}`}>
      <span class="row between small">
        <span class="mute">
          {whenOf(bout)}
          {bout.title !== null && ` · ${bout.title}`}
        </span>
        {!isOpen && <StateTag state={bout.state} marketState={bout.marketState} />}
      </span>
      <FaceOff a={bout.wrestlerA} b={bout.wrestlerB} />
      {isOpen && <span class="go">{homeTexts.offers(bout.openOfferCount)}</span>}
    </a>
  );
}

/** A bout that was moved: until when its bets stand, and what becomes of them then. */
import type { Brief } from '#core/api/player-pages.ts';
import { Note } from '#ui/components.tsx';
import { lastDayBefore } from '#ui/dates.ts';
import { movedTexts as texts } from '../texts.ts';

export function MovedNote({ moved }: { moved: Brief['moved'] }) {
  if (moved === null) return null;
  const { isUndated, standsUntil, isVoid } = moved;
  if (isVoid) return <Note role="status">{texts.isVoid}</Note>;
  return (
    <Note role="status">
      <b>{isUndated ? texts.undated : texts.dated}</b>
      {standsUntil !== null && <p>{texts.stands(lastDayBefore(standsUntil))}</p>}
    </Note>
  );
}

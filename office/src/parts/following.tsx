/** The page follows by itself; whoever reads slowly keeps it still. */
import { type Stream, useIsAlive } from '#ui/use-live.ts';
import { deskTexts } from '../texts.ts';

export function Following({ stream }: { stream: Pick<Stream<unknown>, 'isPaused' | 'setPaused'> }) {
  const isAlive = useIsAlive();
  const { isPaused, setPaused } = stream;
  if (!isAlive) return null;
  return (
    <p class="row between small">
      <span class="mute">{isPaused ? deskTexts.frozen : deskTexts.following}</span>
      <button
        type="button"
        class="btn btn-quiet"
        aria-pressed={isPaused}
        onClick={() => setPaused(!isPaused)}
      >
        {isPaused ? deskTexts.unfreeze : deskTexts.freeze}
      </button>
    </p>
  );
}

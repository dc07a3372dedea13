/** Why nothing was staked, in a player's two languages; what only the page says is in French. */
import { Note } from '#ui/components.tsx';
import { slipPageTexts } from '../texts.ts';

export interface Said {
  readonly fr: string;
  readonly wo: string | null;
}

/** A form's problem as it is said; null when it has none. */
export function saidOf(
  problem: { readonly sentence: string; readonly sentenceWo: string | null } | null,
): Said | null {
  return problem === null ? null : { fr: problem.sentence, wo: problem.sentenceWo };
}

export function Refused({ said }: { said: Said | null }) {
  return (
    said !== null && (
      <Note tone="bad" role="alert">
        <p>{said.fr}</p>
        {said.wo !== null && (
          <p class="mute small" lang="wo">
            {said.wo}
          </p>
        )}
      </Note>
    )
  );
}

/** The same slip for the most that the limit leaves. */
export function LessLink({ href, stakeXof }: { href: string; stakeXof: number }) {
  return (
    <a class="btn btn-go btn-wide" href={href}>
      {slipPageTexts.useLess(stakeXof)}
    </a>
  );
}

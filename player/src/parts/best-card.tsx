/** What can be had now, for who would wait: its whole sum, and the tap that takes it. */
import type { Frame } from '#core/api/pages.ts';
import type { BestInstead, PlayerVisitor, SlipSubject } from '#core/api/player-pages.ts';
import { slipPath } from '#core/bet-paths.ts';
import { FormStart } from '#ui/components.tsx';
import { bestCardTexts, bestTexts } from '../book-texts.ts';
import { BonusPart } from './bonus-part.tsx';
import { ShortSums } from './sums.tsx';

export function BestCard({
  best,
  subject,
  slip,
  frame,
}: {
  best: BestInstead;
  subject: Pick<SlipSubject, 'boutId' | 'marche' | 'side' | 'winsIf'>;
  slip: string;
  frame: Frame<PlayerVisitor>;
}) {
  const { stakeXof, opponentStakeXof: askXof } = best.sums;
  const label = bestTexts.take(stakeXof, askXof);
  const { side } = subject;
  return (
    <form
      class="card slip stack"
      method="post"
      action={`/combats/${subject.boutId}/defis`}
      aria-labelledby="best"
    >
      <h2 id="best">{bestCardTexts.title}</h2>
      <p class="mute small" lang="wo">
        {bestCardTexts.titleWolof}
      </p>
      <FormStart token={frame.formToken} slip={slip} />
      <input type="hidden" name="side" value={side} />
      {subject.marche !== null && <input type="hidden" name="marche" value={subject.marche} />}
      <input type="hidden" name="stakeXof" value={stakeXof} />
      <input type="hidden" name="askXof" value={askXof} />
      <ShortSums sums={best.sums} winsIf={subject.winsIf} />
      <BonusPart bonusXof={best.bonusXof} stakeXof={stakeXof} />
      {frame.visitor !== null && best.missingXof === 0 ? (
        <button type="submit" class="btn btn-wide">
          {label}
        </button>
      ) : (
        <a class="btn btn-wide" href={slipPath(subject, { side, stakeXof, askXof })}>
          {label}
        </a>
      )}
      <p class="mute small">
        {best.atOnceXof === stakeXof ? bestCardTexts.atOnce : bestCardTexts.part(best.atOnceXof)}
      </p>
    </form>
  );
}

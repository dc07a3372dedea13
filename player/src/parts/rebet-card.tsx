/** The same side and stake again, as it would be now: the tap does what stands above it. */

import type { Frame } from '#core/api/pages.ts';
import type { PlayerVisitor, RebetView } from '#core/api/player-pages.ts';
import { boutPath, slipPath } from '#core/bet-paths.ts';
import { FormStart } from '#ui/components.tsx';
import { dayAndHourOf } from '#ui/dates.ts';
import { Icon } from '#ui/icons.tsx';
import { challengeTexts } from '../challenge-texts.ts';
import { Confirm } from '../pages/slip.tsx';
import { rebetTexts as texts } from '../rebet-texts.ts';
import { slipTexts } from '../texts.ts';
import { BonusPart } from './bonus-part.tsx';
import { ShortSums } from './sums.tsx';

export function RebetCard({
  rebet,
  frame,
  isWholePage = false,
}: {
  rebet: RebetView;
  frame: Frame<PlayerVisitor>;
  /** The page says already what it is. */
  isWholePage?: boolean;
}) {
  const { subject, sums, taken, waiting, audience } = rebet;
  const { stakeXof, opponentStakeXof } = sums;
  const path = `/rejouer/${rebet.pastId}`;
  return (
    <section class="card slip stack" aria-label={texts.title}>
      <header class="stack-s">
        {!isWholePage && <h2>{texts.title}</h2>}
        <p>
          {rebet.isNextBout ? texts.nextBout(subject.pick) : texts.sameBout}
          <br />
          <a href={boutPath(subject)}>{subject.boutName}</a>{' '}
          <span class="mute small">{dayAndHourOf(subject.scheduledAt, frame.now)}</span>
        </p>
        <p class="small">{howOf(rebet)}</p>
      </header>
      {rebet.movedFromXof !== null && <p class="small">{slipTexts.moved(rebet.movedFromXof, stakeXof)}</p>}
      <form class="stack" method="post" action={path}>
        <FormStart token={frame.formToken} slip={rebet.slip} />
        <input type="hidden" name="marketId" value={rebet.marketId} />
        <input type="hidden" name="side" value={subject.side} />
        <input type="hidden" name="stakeXof" value={stakeXof} />
        <input type="hidden" name="askXof" value={opponentStakeXof} />
        {taken !== null && <input type="hidden" name="offerId" value={taken.offerId} />}
        <ShortSums sums={sums} winsIf={subject.winsIf} />
        <Worse rebet={rebet} />
        <BonusPart bonusXof={rebet.bonusXof} stakeXof={stakeXof} />
        {audience !== null && <p class="mute small">{challengeTexts.noBonus}</p>}
        <Confirm
          label={taken === null ? texts.place(stakeXof) : texts.go(stakeXof)}
          isLoggedIn
          missingXof={rebet.missingXof}
          depositXof={rebet.depositXof}
          back={path}
        />
      </form>
      {waiting !== null && (
        <a class="btn btn-wide" href={slipPath(subject, { side: subject.side, ...waiting })}>
          {texts.wait(waiting.stakeXof, waiting.askXof)}
        </a>
      )}
    </section>
  );
}

/** How it is bet: at once, or waiting; for whom. */
function howOf({ taken, audience, maskedPhone }: RebetView): string {
  if (taken !== null) return texts.taken(taken.pseudonym);
  if (audience === 'phone') return texts.phone(maskedPhone ?? '');
  return audience === 'link' ? texts.byLink : texts.placed;
}

function Worse({ rebet: { sums, betterBefore } }: { rebet: RebetView }) {
  if (betterBefore === null) return null;
  const { stakeXof, netXof } = betterBefore;
  return (
    <p class="problem" role="status">
      {stakeXof === sums.stakeXof
        ? texts.worse(sums.netXof, netXof)
        : texts.worseStake(sums.netXof, sums.stakeXof, netXof, stakeXof)}
    </p>
  );
}

/** To that page, from a line of a list. */
export function RebetLink({ pastId, pick }: { pastId: string; pick: string }) {
  return (
    <a class="again small" href={`/rejouer/${pastId}`}>
      <Icon name="turn" size={18} />
      {texts.link(pick)}
    </a>
  );
}

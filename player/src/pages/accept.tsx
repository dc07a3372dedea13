import type { AcceptPageView } from '#core/api/player-pages.ts';
import { boutPath } from '#core/bet-paths.ts';
import { FormStart } from '#ui/components.tsx';
import { shareTexts } from '../challenge-texts.ts';
import type { Page, Props } from '../page.ts';
import { BonusPart } from '../parts/bonus-part.tsx';
import { CounterForm } from '../parts/counter-form.tsx';
import { OwnBet, whyNot } from '../parts/own-bet.tsx';
import { PartForm } from '../parts/part-form.tsx';
import { LessLink, Refused, saidOf } from '../parts/refused.tsx';
import { SlipSums } from '../parts/sums.tsx';
import { boutTexts, slipPageTexts } from '../texts.ts';
import { Confirm, SlipHead } from './slip.tsx';

export const acceptPage: Page<AcceptPageView> = {
  tab: 'bouts',
  title: () => slipPageTexts.acceptTitle,
  Main: AcceptMain,
};

function AcceptMain({ view, frame, problem }: Props<AcceptPageView>) {
  const { subject, offer, state, stakeXof, sums } = view;
  const bout = `/combats/${subject.boutId}`;
  const back = boutPath(subject);
  const said = saidOf(problem) ?? view.refusal ?? whyNot(view);
  return (
    <div class="stack">
      <SlipHead subject={subject} title={slipPageTexts.acceptTitle} now={frame.now} />
      <Refused said={said} />
      {view.lessXof !== null && (
        <LessLink
          href={acceptPath(subject.boutId, offer.offerId, view.lessXof, view.cancels)}
          stakeXof={view.lessXof}
        />
      )}
      <OwnBet betId={view.ownBetId} />
      {state === 'open' && (
        <>
          {sums !== null && (
            <form class="card slip stack" method="post" action={`${bout}/defis/${offer.offerId}/accepter`}>
              <FormStart token={frame.formToken} slip={view.slip} />
              <input type="hidden" name="stakeXof" value={stakeXof} />
              {view.cancels !== null && <input type="hidden" name="cancels" value={view.cancels} />}
              <p class="mute">{boutTexts.against(offer.pseudonym)}</p>
              {view.cancels !== null && <p class="small">{shareTexts.acceptHintOwn}</p>}
              <SlipSums sums={sums} winsIf={subject.winsIf} />
              <BonusPart bonusXof={view.bonusXof} stakeXof={view.stakeXof} />
              <Confirm
                label={slipPageTexts.accept(stakeXof)}
                isLoggedIn={frame.visitor !== null}
                missingXof={view.missingXof}
                depositXof={view.depositXof}
                back={acceptPath(subject.boutId, offer.offerId, stakeXof, view.cancels)}
              />
              <p class="mute small">
                {subject.kind === 'winner' ? slipPageTexts.voids : slipPageTexts.voidsOther}
              </p>
            </form>
          )}
          {view.canSplit && (
            <PartForm
              action={`${bout}/defis/${offer.offerId}`}
              stakeXof={stakeXof}
              isOpen={stakeXof !== offer.takerXof || problem !== null}
              hidden={{ cancels: view.cancels }}
              problem={problem}
            />
          )}
          {view.cancels === null && (
            <CounterForm subject={subject} offer={offer} cle={null} problem={problem} />
          )}
        </>
      )}
      <a class="btn btn-wide" href={back}>
        {slipPageTexts.back}
      </a>
    </div>
  );
}

/** The same page for another stake. */
function acceptPath(boutId: number, offerId: string, stakeXof: number, cancels: string | null): string {
  const also = cancels === null ? '' : `&cancels=${cancels}`;
  return `/combats/${boutId}/defis/${offerId}?stakeXof=${stakeXof}${also}`;
}

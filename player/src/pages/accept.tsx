import type { AcceptPageView } from '#core/api/player-pages.ts';
import { Field, FormStart, Note } from '#ui/components.tsx';
import type { Page, Props } from '../page.ts';
import { SlipSums } from '../parts/sums.tsx';
import { boutTexts, slipTexts } from '../texts.ts';
import { Confirm, SlipHead } from './slip.tsx';

export const acceptPage: Page<AcceptPageView> = {
  tab: 'bouts',
  title: () => slipTexts.acceptTitle,
  Main: AcceptMain,
};

function AcceptMain({ view, frame, problem }: Props<AcceptPageView>) {
  const { subject, offer, stakeXof, sums } = view;
  const bout = `/combats/${subject.boutId}`;
  const said = problem?.sentence ?? view.refusal ?? (offer === null ? slipTexts.gone : null);
  return (
    <div class="stack">
      <SlipHead subject={subject} title={slipTexts.acceptTitle} now={frame.now} />
      {said !== null && (
        <Note tone="bad" role="alert">
          <p>{said}</p>
        </Note>
      )}
      {offer !== null && (
        <>
          {sums !== null && (
            <form class="card slip stack" method="post" action={`${bout}/defis/${offer.offerId}/accepter`}>
              <FormStart token={frame.formToken} slip={view.slip} />
              <input type="hidden" name="stakeXof" value={stakeXof} />
              <p class="mute">{boutTexts.against(offer.pseudonym)}</p>
              <SlipSums sums={sums} wrestler={subject.wrestler} />
              <Confirm
                label={slipTexts.accept(stakeXof)}
                isLoggedIn={frame.visitor !== null}
                missingXof={view.missingXof}
                depositXof={view.depositXof}
                back={`${bout}/defis/${offer.offerId}?stakeXof=${stakeXof}`}
              />
              <p class="mute small">{slipTexts.voids}</p>
            </form>
          )}
          {view.canSplit && (
            <details class="card" open={stakeXof !== offer.takerXof || problem !== null}>
              <summary>{slipTexts.part}</summary>
              <form class="stack" method="get" action={`${bout}/defis/${offer.offerId}`}>
                <Field
                  form="GET /combats/:boutId/defis/:offerId"
                  name="stakeXof"
                  label={slipTexts.stake}
                  hint={slipTexts.partHint}
                  problem={problem}
                  value={String(stakeXof)}
                  unit="F"
                  inputMode="numeric"
                  autocomplete="off"
                  maxLength={11}
                />
                <button type="submit" class="btn btn-wide">
                  {slipTexts.recompute}
                </button>
              </form>
            </details>
          )}
        </>
      )}
      <a class="btn btn-wide" href={bout}>
        {slipTexts.back}
      </a>
    </div>
  );
}

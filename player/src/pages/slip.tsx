import type { SlipPageView, SlipSubject } from '#core/api/player-pages.ts';
import { FormStart, Note } from '#ui/components.tsx';
import { dayAndHourOf } from '#ui/dates.ts';
import { Icon } from '#ui/icons.tsx';
import type { Page, Props } from '../page.ts';
import { SlipSums } from '../parts/sums.tsx';
import { Disc } from '../parts/wrestlers.tsx';
import { slipTexts } from '../texts.ts';

export const slipPage: Page<SlipPageView> = { tab: 'bouts', title: () => slipTexts.title, Main: SlipMain };

function SlipMain({ view, frame, problem }: Props<SlipPageView>) {
  const { subject, stakeXof, askXof, sums, refusal } = view;
  const bout = `/combats/${subject.boutId}`;
  const picked = `side=${subject.side}&otherStakeXof=${stakeXof}&otherAskXof=${askXof}`;
  const said = problem?.sentence ?? refusal?.sentence;
  return (
    <div class="stack">
      <SlipHead subject={subject} title={slipTexts.title} now={frame.now} />
      {view.earlier !== null ? (
        <Note role="status">
          <p>{slipTexts.earlier(view.earlier.stakeXof, view.earlier.wrestler)}</p>
          <a href={`/defis/${view.earlier.offerId}`}>{slipTexts.seeEarlier}</a>
        </Note>
      ) : (
        said !== undefined && (
          <Note tone="bad" role="alert">
            <p>{said}</p>
          </Note>
        )
      )}
      {view.movedFromXof !== null && (
        <Note role="status">{slipTexts.moved(view.movedFromXof, stakeXof)}</Note>
      )}
      {refusal?.nearest != null && (
        <a
          class="btn btn-go btn-wide"
          href={`${bout}/bulletin?side=${subject.side}&otherStakeXof=${refusal.nearest.stakeXof}&otherAskXof=${refusal.nearest.askXof}`}
        >
          {slipTexts.useNearest(refusal.nearest.stakeXof, refusal.nearest.askXof)}
        </a>
      )}
      {sums !== null && (
        <form class="card slip stack" method="post" action={`${bout}/defis`}>
          <FormStart token={frame.formToken} slip={view.slip} />
          <input type="hidden" name="side" value={subject.side} />
          <input type="hidden" name="stakeXof" value={stakeXof} />
          <input type="hidden" name="askXof" value={askXof} />
          <SlipSums sums={sums} wrestler={subject.wrestler} />
          <Confirm
            label={slipTexts.place(stakeXof)}
            isLoggedIn={frame.visitor !== null}
            missingXof={view.missingXof}
            depositXof={view.depositXof}
            back={`${bout}/bulletin?${picked}`}
          />
          <p class="mute small">
            {slipTexts.atOnce} {slipTexts.voids}
          </p>
        </form>
      )}
      <a
        class={sums === null && refusal?.nearest == null ? 'btn btn-go btn-wide' : 'btn btn-wide'}
        href={`${bout}?${picked}#defier`}
      >
        {slipTexts.change}
      </a>
    </div>
  );
}

export function SlipHead({ subject, title, now }: { subject: SlipSubject; title: string; now: string }) {
  return (
    <header class="stack-s">
      <a class="back small" href={`/combats/${subject.boutId}`}>
        <Icon name="back" size={18} />
        {subject.boutName}
      </a>
      <h1>{title}</h1>
      <p class="row">
        <Disc name={subject.wrestler} side={subject.side} size="s" />
        <span>
          <b>{subject.wrestler}</b>
          <br />
          <span class="mute small">{dayAndHourOf(subject.scheduledAt, now)}</span>
        </span>
      </p>
    </header>
  );
}

/** The button that moves money, or what stands between the player and it. */
export function Confirm({
  label,
  isLoggedIn,
  missingXof,
  depositXof,
  back,
}: {
  label: string;
  isLoggedIn: boolean;
  missingXof: number;
  depositXof: number;
  /** Where to come back to after a log-in or a deposit: this slip, asked again. */
  back: string;
}) {
  const suite = encodeURIComponent(back);
  if (!isLoggedIn) {
    return (
      <a class="btn btn-go btn-wide" href={`/connexion?suite=${suite}`}>
        {slipTexts.logIn}
      </a>
    );
  }
  if (missingXof > 0) {
    return (
      <>
        <p class="problem">{slipTexts.missing(missingXof)}</p>
        <a class="btn btn-go btn-wide" href={`/portefeuille/depot?manque=${missingXof}&suite=${suite}`}>
          {slipTexts.deposit(depositXof)}
        </a>
      </>
    );
  }
  return (
    <button type="submit" class="btn btn-go btn-wide">
      {label}
    </button>
  );
}

import type { AnsweredOffer, SlipPageView, SlipSubject } from '#core/api/player-pages.ts';
import { boutPath, challengePath, placePath, slipPath } from '#core/bet-paths.ts';
import { xof } from '#core/money.ts';
import { ratioOf } from '#core/offer.ts';
import { Field, FormStart, Note } from '#ui/components.tsx';
import { dayAndHourOf } from '#ui/dates.ts';
import { Icon } from '#ui/icons.tsx';
import { bestCardTexts, bestTexts, ratioText } from '../book-texts.ts';
import { challengeTexts } from '../challenge-texts.ts';
import type { Page, Props } from '../page.ts';
import { AudienceFields } from '../parts/audience.tsx';
import { BestCard } from '../parts/best-card.tsx';
import { BonusPart } from '../parts/bonus-part.tsx';
import { Refused, saidOf } from '../parts/refused.tsx';
import { SlipSums } from '../parts/sums.tsx';
import { Disc } from '../parts/wrestlers.tsx';
import { slipPageTexts, slipTexts } from '../texts.ts';

export const slipPage: Page<SlipPageView> = {
  tab: 'bouts',
  title: () => slipPageTexts.title,
  Main: SlipMain,
};

function SlipMain({ view, frame, problem }: Props<SlipPageView>) {
  const { subject, stakeXof, askXof, sums, refusal, nearest } = view;
  const bout = `/combats/${subject.boutId}`;
  const { side } = subject;
  const { audience, endsIn, answered } = view;
  const answer = { answers: answered?.offerId, cle: answered?.cle };
  const asked = { side, stakeXof, askXof, audience, endsIn, ...answer };
  const title = answered === null ? slipPageTexts.title : challengeTexts.counterTitle;
  const said = saidOf(problem?.field === 'invitedPhone' ? null : problem) ?? refusal;
  return (
    <div class="stack">
      <SlipHead subject={subject} title={title} now={frame.now} />
      {answered !== null && <p class="mute">{challengeTexts.counterHint(answered.pseudonym)}</p>}
      {view.earlier !== null ? (
        <Note role="status">
          <p>{slipPageTexts.earlier(view.earlier.stakeXof, view.earlier.pick)}</p>
          <a href={`/defis/${view.earlier.offerId}`}>{slipPageTexts.seeEarlier}</a>
        </Note>
      ) : (
        <Refused said={said} />
      )}
      {view.movedFromXof !== null && (
        <Note role="status">{slipTexts.moved(view.movedFromXof, stakeXof)}</Note>
      )}
      {nearest !== null && (
        <a class="btn btn-go btn-wide" href={slipPath(subject, { ...asked, ...nearest })}>
          {slipPageTexts.useNearest(nearest.stakeXof, nearest.askXof)}
        </a>
      )}
      {sums !== null && (
        <form class="card slip stack" method="post" action={`${bout}/defis`}>
          <FormStart token={frame.formToken} slip={view.slip} />
          <input type="hidden" name="side" value={side} />
          {subject.marche !== null && <input type="hidden" name="marche" value={subject.marche} />}
          <input type="hidden" name="stakeXof" value={stakeXof} />
          <input type="hidden" name="askXof" value={askXof} />
          {answered !== null && <input type="hidden" name="answers" value={answered.offerId} />}
          {answered?.cle != null && <input type="hidden" name="cle" value={answered.cle} />}
          <AudienceFields audience={audience} endsIn={endsIn} problem={problem} />
          <SlipSums sums={sums} winsIf={subject.winsIf} />
          <BonusPart bonusXof={view.bonusXof} stakeXof={view.stakeXof} />
          {view.best !== null && (
            <p class="small">
              {bestTexts.waits} <span lang="wo">{bestCardTexts.waitsWolof}</span>
            </p>
          )}
          <Confirm
            label={answered === null ? slipTexts.place(stakeXof) : challengeTexts.counterPlace(stakeXof)}
            isLoggedIn={frame.visitor !== null}
            missingXof={view.missingXof}
            depositXof={view.depositXof}
            back={slipPath(subject, asked)}
          />
          <p class="mute small">
            {audience !== null || answered !== null
              ? challengeTexts.noBonus
              : view.best === null && slipPageTexts.atOnce}{' '}
            {subject.kind === 'winner' ? slipPageTexts.voids : slipPageTexts.voidsOther}
          </p>
        </form>
      )}
      {view.best !== null && <BestCard best={view.best} subject={subject} slip={view.slip} frame={frame} />}
      {sums !== null && answered === null && <StakeForm view={view} problem={problem} />}
      <a
        class={sums === null && nearest === null ? 'btn btn-go btn-wide' : 'btn btn-wide'}
        href={answered === null ? placePath(subject, asked) : changePath(subject, answered)}
      >
        {slipPageTexts.change}
      </a>
    </div>
  );
}

/** Another stake at the ratio of this slip. */
function StakeForm({ view, problem }: Pick<Props<SlipPageView>, 'view' | 'problem'>) {
  const { subject, stakeXof, askXof, audience, endsIn } = view;
  const ratio = ratioOf(xof(stakeXof), xof(askXof));
  if (ratio === null) return null;
  const text = `${ratio.stake}:${ratio.ask}`;
  const hidden = { side: subject.side, marche: subject.marche, ratio: text, audience, endsIn };
  return (
    <details class="card">
      <summary>{slipPageTexts.otherStake(ratioText(text))}</summary>
      <form class="stack" method="get" action={`/combats/${subject.boutId}/bulletin`}>
        {Object.entries(hidden).map(
          ([name, value]) => value !== null && <input key={name} type="hidden" name={name} value={value} />,
        )}
        <Field
          form="GET /combats/:boutId/bulletin"
          name="otherStakeXof"
          label={slipTexts.stake}
          problem={problem}
          value={String(stakeXof)}
          unit="F"
          inputMode="numeric"
          autocomplete="off"
          maxLength={11}
          required
        />
        <button type="submit" class="btn btn-wide">
          {slipPageTexts.recompute}
        </button>
      </form>
    </details>
  );
}

/** Back to the form that it came from: on the page of the offer that is answered. */
function changePath(subject: SlipSubject, { offerId, cle }: AnsweredOffer): string {
  return cle === null ? `/combats/${subject.boutId}/defis/${offerId}` : challengePath(offerId, cle);
}

export function SlipHead({ subject, title, now }: { subject: SlipSubject; title: string; now: string }) {
  return (
    <header class="stack-s">
      <a class="back small" href={boutPath(subject)}>
        <Icon name="back" size={18} />
        {subject.boutName}
      </a>
      <h1>{title}</h1>
      <p class="row">
        {subject.kind === 'winner' && <Disc name={subject.pick} side={subject.side} size="s" />}
        <span>
          {subject.kind !== 'winner' && (
            <>
              {subject.question}
              <br />
            </>
          )}
          <b>{subject.pick}</b>
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

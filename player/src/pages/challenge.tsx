/** A private challenge, as the one it is for sees it, with an account or without. */
import type { ChallengePageView } from '#core/api/player-pages.ts';
import { boutPath, challengePath } from '#core/bet-paths.ts';
import { FormStart, Money } from '#ui/components.tsx';
import { dayAndHourOf } from '#ui/dates.ts';
import { Icon } from '#ui/icons.tsx';
import { challengeTexts, shareTexts } from '../challenge-texts.ts';
import type { Page, Props } from '../page.ts';
import { CounterForm } from '../parts/counter-form.tsx';
import { OwnBet, whyNot } from '../parts/own-bet.tsx';
import { PartForm } from '../parts/part-form.tsx';
import { LessLink, Refused, saidOf } from '../parts/refused.tsx';
import { RuleCard } from '../parts/rule-card.tsx';
import { SlipSums } from '../parts/sums.tsx';
import { Disc } from '../parts/wrestlers.tsx';
import { slipPageTexts } from '../texts.ts';
import { Confirm } from './slip.tsx';

export const challengePage: Page<ChallengePageView> = {
  tab: 'bouts',
  title: (view) => challengeTexts.forYou(view.offer.pseudonym),
  Main: ChallengeMain,
};

function ChallengeMain({ view, frame, problem }: Props<ChallengePageView>) {
  const { subject, offer, cle, state, sums } = view;
  const said = saidOf(problem) ?? view.refusal ?? whyNot(view);
  return (
    <div class="stack">
      <Head view={view} now={frame.now} />
      <Refused said={said} />
      {view.lessXof !== null && (
        <LessLink href={challengePath(offer.offerId, cle, view.lessXof)} stakeXof={view.lessXof} />
      )}
      <OwnBet betId={view.ownBetId} />
      {state === 'open' && sums !== null && <AcceptForm view={view} frame={frame} />}
      {view.canSplit && (
        <PartForm
          action={challengePath(offer.offerId, null)}
          stakeXof={view.stakeXof}
          isOpen={view.stakeXof !== offer.takerXof}
          hidden={{ cle }}
          problem={problem}
        />
      )}
      {state === 'open' && view.cancels === null && (
        <CounterForm subject={subject} offer={offer} cle={cle} problem={problem} />
      )}
      {view.ruleCard !== null && <RuleCard card={view.ruleCard} hash={view.ruleCardHash} />}
      <a class="btn btn-wide" href={boutPath(subject)}>
        {slipPageTexts.back}
      </a>
    </div>
  );
}

function Head({ view, now }: { view: ChallengePageView; now: string }) {
  const { subject, offer } = view;
  return (
    <header class="stack-s">
      <a class="back small" href={boutPath(subject)}>
        <Icon name="back" size={18} />
        {subject.boutName}
      </a>
      <h1>{challengeTexts.forYou(offer.pseudonym)}</h1>
      <p class="mute small">{dayAndHourOf(subject.scheduledAt, now)}</p>
      {subject.kind !== 'winner' && <p>{subject.question}</p>}
      {offer.openXof > 0 && (
        <p>
          {offer.pseudonym} {challengeTexts.puts}{' '}
          <b>
            <Money xof={offer.openXof} />
          </b>{' '}
          {challengeTexts.on} <b>{view.makerPick}</b>.
        </p>
      )}
      <p class="row">
        {subject.kind === 'winner' && <Disc name={subject.pick} side={subject.side} size="s" />}
        <span>
          {challengeTexts.yours} <b>{subject.pick}</b>
        </span>
      </p>
      {view.expiresAt !== null && view.state === 'open' && (
        <p class="mute small">{challengeTexts.until(dayAndHourOf(view.expiresAt, now))}</p>
      )}
    </header>
  );
}

function AcceptForm({ view, frame }: Pick<Props<ChallengePageView>, 'view' | 'frame'>) {
  const { subject, offer, cle, stakeXof, sums } = view;
  if (sums === null) return null;
  return (
    <form
      class="card slip stack"
      method="post"
      action={`/combats/${subject.boutId}/defis/${offer.offerId}/accepter`}
    >
      <FormStart token={frame.formToken} slip={view.slip} />
      <input type="hidden" name="stakeXof" value={stakeXof} />
      {cle !== null && <input type="hidden" name="cle" value={cle} />}
      {view.cancels !== null && <input type="hidden" name="cancels" value={view.cancels} />}
      {view.cancels !== null && <p class="small">{shareTexts.acceptHintOwn}</p>}
      <SlipSums sums={sums} winsIf={subject.winsIf} />
      <Confirm
        label={slipPageTexts.accept(stakeXof)}
        isLoggedIn={frame.visitor !== null}
        missingXof={view.missingXof}
        depositXof={view.depositXof}
        back={challengePath(offer.offerId, cle, stakeXof === offer.takerXof ? null : stakeXof)}
      />
      <p class="mute small">{subject.kind === 'winner' ? slipPageTexts.voids : slipPageTexts.voidsOther}</p>
    </form>
  );
}

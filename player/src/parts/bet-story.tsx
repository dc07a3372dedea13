/** What happened to a bet, step by step. */

import type { BetStep } from '#core/api/bet-history-pages.ts';
import { endingTexts } from '#core/ending-texts.ts';
import { formatXof } from '#core/money.ts';
import { wrestledTimeText } from '#core/question.ts';
import { dateOf, dayAndSecondOf, hourOf } from '#ui/dates.ts';
import { storyTexts as texts } from '../story-texts.ts';

export function BetStory({
  steps,
  now,
  of,
}: {
  readonly steps: readonly BetStep[];
  readonly now: string;
  readonly of: Of;
}) {
  return (
    <section class="card stack-s">
      <h2>{texts.titles[of]}</h2>
      <ol class="stack-s">
        {steps.map((step) => {
          const [head, more] = tell(step, now, of);
          return (
            <li key={`${step.kind} ${step.at}`}>
              <b>{head}</b> <span class="mute small">{dayAndSecondOf(step.at, now)}</span>
              {more !== null && (
                <>
                  <br />
                  <span class="small">{more}</span>
                </>
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}

type Of = 'bet' | 'ticket';

/** What happened, and what has to be said of it. */
function tell(step: BetStep, now: string, of: Of): readonly [string, string | null] {
  switch (step.kind) {
    case 'placed':
      return [texts.placed, texts.amounts(step.stakeXof, step.askXof)];
    case 'bought':
      return [texts.bought(formatXof(step.stakeXof)), texts.number(step.number)];
    case 'matched':
      return [texts.matched(step.opponent), texts.amounts(step.stakeXof, step.opponentStakeXof)];
    case 'moved':
      return [
        texts.moved(step.to === null ? null : `${dateOf(step.to)} à ${hourOf(step.to)}`),
        `${of === 'ticket' ? `${step.boutName}. ` : ''}${step.reason}.`,
      ];
    case 'closed':
      return [texts.closed, texts.causes[step.cause]];
    case 'true_whistle':
      return [
        texts.trueWhistle(dayAndSecondOf(step.whistleAt, now)),
        step.isLate ? texts.late[of] : texts.inTime[of],
      ];
    case 'root':
      return [texts.root(step.number), null];
    case 'result':
      return tellResult(step, of);
    case 'homologated':
      return [texts.homologated, texts.source(step.source)];
    case 'paid':
      return tellPayment(step, of);
    case 'objected':
      return [texts.objected(step.reference), texts.due(dayAndSecondOf(step.dueAt, now))];
    case 'answered':
      return [step.isUpheld ? texts.upheld(step.reference) : texts.rejected(step.reference), step.answer];
  }
}

function tellResult(step: Extract<BetStep, { kind: 'result' }>, of: Of): readonly [string, string | null] {
  const { version, winner, ending, wrestledSeconds, source, reason } = step;
  const verdict = winner === null ? endingTexts[ending] : `${winner} gagne ${endingTexts[ending]}`;
  const head = version === 1 ? texts.result(verdict) : texts.corrected(verdict);
  // A ticket may be on several bouts.
  const time = wrestledSeconds === null ? null : texts.time(wrestledTimeText(wrestledSeconds));
  const more = [of === 'ticket' ? step.boutName : null, time, reason].filter((part) => part !== null);
  return [head, [...more.map((part) => `${texts.sentence(part)} `), texts.source(source)].join('')];
}

function tellPayment(step: Extract<BetStep, { kind: 'paid' }>, of: Of): readonly [string, string | null] {
  const { version, outcome, payoutXof, commissionXof, taxXof, givenXof, takenXof, keptXof } = step;
  const withheld =
    outcome === 'won' ? (of === 'bet' ? texts.withheld(commissionXof, taxXof) : texts.taxed(taxXof)) : null;
  const moved =
    version === 1
      ? null
      : givenXof > 0
        ? texts.given[of](formatXof(givenXof))
        : takenXof > 0
          ? texts.taken[of](formatXof(takenXof))
          : keptXof > 0
            ? null
            : texts.unmoved;
  const kept = keptXof > 0 ? texts.kept(formatXof(keptXof)) : null;
  const more = [withheld, moved, kept].filter((part) => part !== null).join(' ');
  return [texts.paid[outcome](formatXof(payoutXof)), more === '' ? null : more];
}

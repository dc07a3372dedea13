/** What has happened to the bout, step by step, with names and instants. */
import type { ComponentChildren } from 'preact';
import type { DeskSubject, LiveDesk } from '#core/api/desk-views.ts';
import { dayAndHourOf } from '#ui/dates.ts';
import { Icon } from '#ui/icons.tsx';
import { changeTexts } from '../change-texts.ts';
import { instantOf, secondOf } from '../instants.ts';
import { deskTexts, stateTexts, verdictOf } from '../texts.ts';
import { nameOf } from './subject.tsx';
import { Progress, Totals } from './totals.tsx';

export function Story({ subject, live, now }: { subject: DeskSubject; live: LiveDesk; now: string }) {
  const { move, closedAt, closeCause, root, rootDuelCount, whistle, result, payment, totals } = live;
  return (
    <section class="stack-s" aria-labelledby="story">
      <h2 id="story">{deskTexts.story}</h2>
      <ol class="story">
        {move !== null && (
          <Step title={changeTexts.step} isDone={move.waiting === null || !move.waiting.isUndated}>
            {changeTexts.moved(move.to)}
            <br />
            {changeTexts.movedBy(move.movedBy)} · {dayAndHourOf(move.movedAt, now)}
            {move.firstAt !== null && (
              <>
                <br />
                {changeTexts.firstAt(move.firstAt, now)}
              </>
            )}
            <br />
            {changeTexts.why} : {move.reason}
            <br />
            {deskTexts.source} : {move.source}
          </Step>
        )}
        <Step title={deskTexts.bets} isDone={closedAt !== null}>
          {closedAt === null ? (
            stateTexts[live.state]
          ) : (
            <>
              {deskTexts.closedAt} {instantOf(closedAt)}
              {closeCause !== null && ` · ${deskTexts.causes[closeCause]}`}
            </>
          )}
        </Step>
        <Step title={deskTexts.proof} isDone={root !== null}>
          {root === null ? (
            deskTexts.later
          ) : (
            <>
              {deskTexts.proofCount(rootDuelCount ?? 0)}
              <code class="root">{root}</code>
            </>
          )}
        </Step>
        {closedAt !== null && (
          <Step title={deskTexts.trueWhistle} isDone={whistle === null || whistle.confirmedBy !== null}>
            {whistle === null ? (
              deskTexts.asPressed
            ) : (
              <>
                {secondOf(whistle.at)} · {deskTexts.late(whistle.lateCount)}
                <br />
                {whistle.proposedBy.name}
                {whistle.confirmedBy !== null && ` · ${deskTexts.confirmedBy(whistle.confirmedBy)}`}
              </>
            )}
          </Step>
        )}
        <ResultStep subject={subject} result={result} />
        <Step title={deskTexts.payment} isDone={payment?.state === 'done'}>
          {payment === null ? (
            deskTexts.later
          ) : (
            <div class="stack-s">
              <Progress payment={payment} />
              {payment.state === 'done' && (
                <p>
                  {payment.outcome === 'void' ? deskTexts.allGivenBack : deskTexts.allPaid}
                  {payment.finishedAt !== null && ` à ${secondOf(payment.finishedAt)}`}
                </p>
              )}
              {totals !== null && <Totals totals={totals} sideName={(side) => nameOf(subject, side)} />}
            </div>
          )}
        </Step>
      </ol>
    </section>
  );
}

function ResultStep({ subject, result }: { subject: DeskSubject; result: LiveDesk['result'] }) {
  return (
    <Step title={deskTexts.result} isDone={result !== null && result.confirmedAt !== null}>
      {result === null ? (
        deskTexts.later
      ) : (
        <>
          {verdictOf(result.ending, result.winnerSide === null ? null : nameOf(subject, result.winnerSide))}
          <br />
          {deskTexts.proposedBy(result.proposedBy?.name ?? deskTexts.theJob, secondOf(result.proposedAt))}
          {result.confirmedBy !== null && (
            <>
              <br />
              {deskTexts.confirmedBy(result.confirmedBy)}
              {result.confirmedAt !== null && ` à ${secondOf(result.confirmedAt)}`}
            </>
          )}
          <br />
          {deskTexts.source} : {result.source}
        </>
      )}
    </Step>
  );
}

function Step({ title, isDone, children }: { title: string; isDone: boolean; children: ComponentChildren }) {
  return (
    <li class={isDone ? 'step step-done' : 'step'}>
      <span class="mark" aria-hidden="true">
        <Icon name="check" size={16} />
      </span>
      <div>
        <h3 class="step-name">{title}</h3>
        <div class="small">{children}</div>
      </div>
    </li>
  );
}

import type { LiveDesk } from '#core/api/desk-views.ts';
import type { BoutDone, OfficeViews } from '#core/api/office-pages.ts';
import type { FormProblem } from '#core/api/pages.ts';
import { Note } from '#ui/components.tsx';
import { Icon } from '#ui/icons.tsx';
import { useNow, useStream } from '#ui/use-live.ts';
import type { Page, Props } from '../page.ts';
import { actionsOf, DeskCommands, type DeskProps, keyOf, WhistleBar } from '../parts/desk-commands.tsx';
import { DeskMarkets } from '../parts/desk-markets.tsx';
import { Entries } from '../parts/entries.tsx';
import { Following } from '../parts/following.tsx';
import { StateBoard } from '../parts/state-board.tsx';
import { Story } from '../parts/story.tsx';
import { SubjectHead, titleOf } from '../parts/subject.tsx';
import { deskTexts } from '../texts.ts';

type View = OfficeViews['bout'];

const REFRESH_S = 5;
const readAt = (live: LiveDesk) => live.readAtUs;

export const boutPage: Page<View> = {
  title: (view) => titleOf(view.subject),
  Main: BoutMain,
  // Nothing on this page is typed: loading it again loses nothing.
  refresh: ({ subject, live, isStill }) =>
    isStill || live.state === 'draft' || live.state === 'settled'
      ? undefined
      : { seconds: REFRESH_S, url: `/combats/${subject.boutId}` },
};

function BoutMain({ view, frame, problem }: Props<View>) {
  const { subject, slips, done } = view;
  const stream = useStream(`/live/combats/${subject.boutId}`, view.live, readAt);
  const live = stream.snapshot;
  const now = useNow(frame.now);
  const desk: DeskProps = { subject, live, slips, frame, problem, now };
  return (
    <div class="desk">
      <div class="stack">
        <SubjectHead subject={subject} now={now} />
        {done !== null && problem === null && stands(done, live) && (
          <Note tone="ok" role="status">
            {deskTexts.done[done]}
          </Note>
        )}
        <LostProblem desk={desk} problem={problem} />
        <StateBoard subject={subject} live={live} now={now} />
        <DeskCommands {...desk} />
        <DeskMarkets {...desk} />
        <Following stream={stream} />
        <Reloading boutId={subject.boutId} isStill={view.isStill} />
      </div>
      <div class="stack">
        <Story subject={subject} live={live} now={now} />
        <section class="stack-s" aria-labelledby="commands-log">
          <h2 id="commands-log">{deskTexts.journal}</h2>
          {live.entries.length === 0 ? (
            <p class="mute">{deskTexts.noEntry}</p>
          ) : (
            <Entries entries={live.entries} now={now} />
          )}
        </section>
      </div>
      <WhistleBar {...desk} />
      <IconsToCome />
    </div>
  );
}

/** Whether what a command did still stands: the address says what was pressed, the bout says what is so. */
function stands(done: BoutDone, { state, closedAt, whistle, result, move }: LiveDesk): boolean {
  switch (done) {
    case 'ouvert':
    case 'repris':
      return state === 'open';
    case 'suspendu':
      return state === 'suspended';
    case 'sifflet':
      return state === 'closed' && result === null && whistle === null;
    case 'heure-limite':
      return closedAt === null;
    case 'vrai-sifflet':
      return whistle !== null && whistle.confirmedBy === null;
    case 'vrai-sifflet-confirme':
      return state === 'closed' && whistle !== null && whistle.confirmedBy !== null;
    case 'resultat':
      return result !== null && result.confirmedAt === null;
    case 'resultat-retire':
      return state === 'closed' && result === null;
    case 'resultat-confirme':
      return state === 'settling';
    case 'report':
      return move !== null && result === null;
    case 'annulation':
      return result !== null && result.confirmedAt === null;
  }
}

/** The page draws its icons once; these belong to states that may come while it is open. */
function IconsToCome() {
  return (
    <span hidden>
      <Icon name="whistle" />
      <Icon name="clock" />
    </span>
  );
}

/** A refusal whose button is not there any more: somebody else was faster. */
function LostProblem({ desk, problem }: { desk: DeskProps; problem: FormProblem | null }) {
  if (problem === null || !problem.form.startsWith('POST')) return null;
  const isBesideItsButton =
    actionsOf(desk).some((action) => keyOf(action) === problem.form) && problem.field === null;
  return isBesideItsButton ? null : (
    <Note tone="bad" role="alert">
      {problem.sentence}
    </Note>
  );
}

/** Without JavaScript the page loads itself again; an address keeps it still. */
function Reloading({ boutId, isStill }: { boutId: number; isStill: boolean }) {
  return (
    <noscript>
      <p class="small">
        {isStill ? (
          <a href={`/combats/${boutId}`}>{deskTexts.unfreeze}</a>
        ) : (
          <a href={`/combats/${boutId}?fige=1`}>{deskTexts.freeze}</a>
        )}
      </p>
    </noscript>
  );
}

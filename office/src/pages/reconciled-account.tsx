import type { OfficeViews } from '#core/api/office-pages.ts';
import type { DayShown, ShownRun } from '#core/api/reconciliation-pages.ts';
import { Money, Note, Tag } from '#ui/components.tsx';
import { dayAndHourOf, dayOf, partialDateOf } from '#ui/dates.ts';
import { Icon } from '#ui/icons.tsx';
import type { Page, Props } from '../page.ts';
import { RunCard } from '../parts/reconciliation-run.tsx';
import { nameAccount, reconciliationTexts as texts } from '../reconciliation-texts.ts';

type View = OfficeViews['reconciledAccount'];

export const reconciledAccountPage: Page<View> = {
  title: ({ account }) => `${texts.title} · ${nameAccount(account)}`,
  Main: AccountMain,
};

function AccountMain({ view, frame }: Props<View>) {
  const { account, days, runs, done } = view;
  const here = `/rapprochement/${account.provider}/${account.account}`;
  const [last, first] = [days[0], days.at(-1)];
  return (
    <div class="stack-l narrow">
      <header>
        <a class="back" href="/rapprochement">
          <Icon name="back" size={18} />
          {texts.back}
        </a>
        <h1>{nameAccount(account)}</h1>
      </header>
      {done !== null && (
        <Note tone="ok" role="status">
          {texts.done[done]}
        </Note>
      )}
      {account.run !== null && (
        <section class="card stack-s">
          <RunCard run={account.run} now={frame.now} />
        </section>
      )}
      <section class="stack-s">
        <h2>{texts.days}</h2>
        {last !== undefined && first !== undefined && (
          <p class="mute small">{texts.fromTo(partialDateOf(first.day), partialDateOf(last.day))}</p>
        )}
        {days.length === 0 && <p class="mute">{texts.noDay}</p>}
        <ul class="found">
          {days.map((day) => (
            <li key={day.day}>
              <a href={`${here}/${day.day}`}>
                <DayLine day={day} now={frame.now} />
              </a>
            </li>
          ))}
        </ul>
      </section>
      <section class="stack-s">
        <h2>{texts.runs}</h2>
        <ul class="stack-s">
          {runs.map((run) => (
            <RunLine run={run} now={frame.now} key={run.id} />
          ))}
        </ul>
      </section>
    </div>
  );
}

function DayLine({ day, now }: { day: DayShown; now: string }) {
  const counts = [
    ['matched', day.matchedCount],
    ['waiting', day.waitingCount],
    ['different', day.differentCount],
    ['extra', day.extraCount],
    ['missing', day.missingCount],
  ] as const;
  return (
    <>
      <span>
        <b>{dayOf(`${day.day}T12:00:00Z`, now)}</b>{' '}
        {day.closedAt === null ? (
          <Tag>{day.isWhole ? texts.whole : texts.going}</Tag>
        ) : (
          <Tag tone="ok">{texts.closed}</Tag>
        )}
        <br />
        <span class="small mute">
          {counts
            .filter(([, count]) => count > 0)
            .map(([name, count]) => `${texts.counts[name]} ${count}`)
            .join(' · ')}
        </span>
      </span>
      <Money xof={day.netXof} sign />
    </>
  );
}

function RunLine({ run, now }: { run: ShownRun; now: string }) {
  return (
    <li class="row between">
      <span class="small mute">
        {dayAndHourOf(run.at, now)}
        {run.startedBy !== null && ` · ${texts.by(run.startedBy)}`}
      </span>
      <b>{texts.share(run.explainedBps)}</b>
    </li>
  );
}

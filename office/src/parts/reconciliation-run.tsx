/** What one reconciliation of an account found: the big figure, then the difference explained line by line. */
import type { ShownRun } from '#core/api/reconciliation-pages.ts';
import { Money, Note } from '#ui/components.tsx';
import { dayAndHourOf } from '#ui/dates.ts';
import { reconciliationTexts as texts } from '../reconciliation-texts.ts';
import { Technical } from './technical.tsx';

export function RunCard({ run, now }: { run: ShownRun; now: string }) {
  const isWhole = run.explainedXof === run.providerXof && run.unexplainedXof === 0;
  return (
    <>
      <p>
        <span class="mute">{texts.explainedTitle}</span>
        <br />
        <b class={isWhole ? 'figure figure-ok' : 'figure figure-bad'}>{texts.share(run.explainedBps)}</b>
        <br />
        <Money xof={run.explainedXof} /> {texts.of} <Money xof={run.providerXof} />
      </p>
      {run.state === 'unreadable' && (
        <Note tone="bad">
          <p>{texts.unreadable}</p>
          <Technical detail={run.detail} />
        </Note>
      )}
      <Explained run={run} />
      <p class="small mute">
        {texts.lastRun(dayAndHourOf(run.at, now))}
        {run.startedBy !== null && ` · ${texts.by(run.startedBy)}`} · {texts.count(run.lineCount)}
      </p>
    </>
  );
}

function Explained({ run }: { run: ShownRun }) {
  const line = (name: string, xof: number, isSum: boolean) => (
    <>
      <dt class={isSum ? 'sum' : 'mute'}>{name}</dt>
      <dd class={isSum ? 'sum' : undefined}>
        <Money xof={xof} sign={!isSum} />
      </dd>
    </>
  );
  return (
    <dl class="dl">
      {line(texts.ours, run.clearingXof, true)}
      {run.explanations.map(({ kind, amountXof }) => line(texts.explanations[kind], amountXof, false))}
      {run.unexplainedXof !== 0 && line(texts.unexplained, run.unexplainedXof, false)}
      {line(texts.sources[run.source], run.providerXof, true)}
      {run.suspenseXof !== 0 && (
        <>
          <dt class="mute">{texts.suspense}</dt>
          <dd>
            <Money xof={run.suspenseXof} />
          </dd>
        </>
      )}
    </dl>
  );
}

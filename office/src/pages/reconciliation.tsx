import type { OfficeViews } from '#core/api/office-pages.ts';
import type { AccountShown } from '#core/api/reconciliation-pages.ts';
import { FormStart, Note, Problem, Tag } from '#ui/components.tsx';
import type { Page, Props } from '../page.ts';
import { RunCard } from '../parts/reconciliation-run.tsx';
import { nameAccount, reconciliationTexts as texts } from '../reconciliation-texts.ts';

type View = OfficeViews['reconciliation'];

export const reconciliationPage: Page<View> = { title: () => texts.title, Main: ReconciliationMain };

function ReconciliationMain({ view, frame, problem }: Props<View>) {
  return (
    <div class="stack-l narrow">
      <header class="stack-s">
        <h1>{texts.title}</h1>
        <p class="mute">{texts.hint}</p>
      </header>
      {view.done !== null && (
        <Note tone="ok" role="status">
          {texts.done[view.done]}
        </Note>
      )}
      <form class="stack-s" method="post" action="/rapprochement">
        <FormStart token={frame.formToken} slip={view.slip} />
        <Problem problem={problem} form="POST /rapprochement" />
        <button type="submit" class="btn btn-wide">
          {texts.run}
        </button>
      </form>
      <a class="btn btn-wide" href="/en-attente">
        {texts.queue(view.suspenseCount)}
      </a>
      {view.accounts.map((account) => (
        <Account account={account} now={frame.now} key={account.account} />
      ))}
    </div>
  );
}

function Account({ account, now }: { account: AccountShown; now: string }) {
  const { provider, run, openBreakCount } = account;
  return (
    <section class="card stack-s">
      <h2>
        {nameAccount(account)}{' '}
        {openBreakCount > 0 && <Tag tone="bad">{texts.openBreaks(openBreakCount)}</Tag>}
      </h2>
      {run === null ? <p class="mute">{texts.nothing}</p> : <RunCard run={run} now={now} />}
      {run !== null && (
        <a class="btn" href={`/rapprochement/${provider}/${account.account}`}>
          {texts.see}
        </a>
      )}
    </section>
  );
}

import type { FormProblem } from '#core/api/pages.ts';
import type { OfficePayoutViews, QueuedWithdrawal } from '#core/api/payout-office-pages.ts';
import { withdrawalLists } from '#core/api/payout-office-pages.ts';
import { Field, FormStart, Money, Note, Problem, Tag, typedOr } from '#ui/components.tsx';
import { dayAndHourOf } from '#ui/dates.ts';
import { Icon } from '#ui/icons.tsx';
import type { Page, Props } from '../page.ts';
import { Technical } from '../parts/technical.tsx';
import { Decisions } from '../parts/withdrawal-decisions.tsx';
import { Origin } from '../parts/withdrawal-origin.tsx';
import { withdrawalTexts as texts } from '../payout-texts.ts';
import { reasonText } from '../reason-texts.ts';

type QueueView = OfficePayoutViews['withdrawals'];
type OneView = OfficePayoutViews['withdrawal'];

const ACCEPT = 'POST /retraits/:withdrawalId/accepter';
const REFUSE = 'POST /retraits/:withdrawalId/refuser';
const VERDICT = 'POST /retraits/:withdrawalId/constat';
const CONFIRM = 'POST /retraits/:withdrawalId/constat/:verdictId/confirmer';
const DROP = 'POST /retraits/:withdrawalId/constat/:verdictId/abandonner';

export const withdrawalsPage: Page<QueueView> = { title: () => texts.title, Main: QueueMain };

function QueueMain({ view, frame }: Props<QueueView>) {
  return (
    <div class="stack-l narrow">
      <header class="stack-s">
        <h1>{texts.title}</h1>
        <p class="mute">{texts.hint}</p>
      </header>
      <nav class="row wrap" aria-label={texts.title}>
        {withdrawalLists.map((list) => (
          <a
            class={list === view.list ? 'btn btn-go' : 'btn'}
            href={`/retraits?liste=${list}`}
            aria-current={list === view.list ? 'page' : undefined}
            key={list}
          >
            {texts.lists[list]}
            {list !== 'finis' && ` · ${view.counts[list]}`}
          </a>
        ))}
      </nav>
      <form class="row wrap" method="get" action="/retraits">
        <input type="hidden" name="liste" value={view.list} />
        <label class="vh" for="tel">
          {texts.search}
        </label>
        <input class="input" id="tel" name="tel" type="tel" placeholder={texts.search} maxLength={24} />
        <button type="submit" class="btn">
          {texts.find}
        </button>
      </form>
      <p class="mute small">{view.withdrawals.length === 0 ? texts.none : texts.order[view.list]}</p>
      <ul class="found">
        {view.withdrawals.map((one) => (
          <li key={one.withdrawalId}>
            <a href={`/retraits/${one.withdrawalId}`}>
              <span>
                <b>{one.pseudonym}</b> <span class="mute">{texts.to(one.maskedPhone)}</span>{' '}
                <Tag>{one.provider}</Tag>
                <br />
                <span class="small mute">
                  {dayAndHourOf(one.requestedAt, frame.now)} · {texts.tiers[one.tier]}
                  {aboutState(one)}
                </span>
              </span>
              <Money xof={one.amountXof} />
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}

function aboutState(one: QueuedWithdrawal): string {
  const parts = [
    one.state === 'approval' ? texts.people(one.approvals, one.approvalsRequired) : texts.states[one.state],
    ...(one.reason === null ? [] : [reasonText(one.reason)]),
    ...(one.isAutomatic ? [texts.automatic] : []),
    ...(one.isTest ? [texts.test] : []),
  ];
  return ` · ${parts.join(' · ')}`;
}

export const withdrawalPage: Page<OneView> = {
  title: ({ withdrawal }) => `${texts.title} · ${withdrawal.pseudonym}`,
  Main: OneMain,
};

function OneMain(props: Props<OneView>) {
  const { view, frame, problem } = props;
  const { withdrawal } = view;
  return (
    <div class="stack-l narrow">
      <header class="stack-s">
        <a class="back" href="/retraits">
          <Icon name="back" size={18} />
          {texts.back}
        </a>
        <h1>
          <Money xof={withdrawal.amountXof} />
        </h1>
        <p>
          <Tag tone={withdrawal.state === 'paid' ? 'ok' : 'ochre'}>{texts.states[withdrawal.state]}</Tag>{' '}
          {withdrawal.reason !== null && reasonText(withdrawal.reason)}
        </p>
      </header>
      {view.done !== null && (
        <Note tone="ok" role="status">
          {texts.done[view.done]}
        </Note>
      )}
      <Problem problem={problem} form={ACCEPT} />
      <Problem problem={problem} form={REFUSE} />
      <Problem problem={problem} form={CONFIRM} />
      <Problem problem={problem} form={DROP} />
      <Facts view={view} />
      <Origin origin={view.origin} now={frame.now} />
      <Decisions view={view} now={frame.now} />
      {withdrawal.state === 'approval' && <Decide {...props} />}
      <Verdicts {...props} />
      <section class="stack-s">
        <h2>{texts.history}</h2>
        <ul class="list">
          {view.history.map(({ at, state, reason, detail }, index) => (
            <li class="line" key={`${at} ${index}`}>
              <b>{texts.states[state]}</b> <span class="small mute">{dayAndHourOf(at, frame.now)}</span>
              {reason !== null && <p>{reasonText(reason)}</p>}
              <Technical detail={detail} />
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

function Facts({ view }: { view: OneView }) {
  const { withdrawal } = view;
  const { facts } = texts;
  const lines = [
    [facts.provider, withdrawal.provider],
    [facts.phone, withdrawal.maskedPhone],
    [facts.player, withdrawal.pseudonym],
    [facts.tier, texts.tiers[withdrawal.tier]],
    [facts.inDay, <Money xof={view.inDayXof} key="day" />],
    [facts.deposited, <Money xof={view.depositedXof} key="in" />],
    [facts.withdrawn, <Money xof={view.withdrawnXof} key="out" />],
    [facts.transaction, view.transaction],
    [facts.sent, String(view.sendCount)],
    [facts.reference, withdrawal.withdrawalId],
  ] as const;
  return (
    <dl class="dl facts card">
      {lines.map(
        ([name, value]) =>
          value !== null && (
            <>
              <dt class="mute">{name}</dt>
              <dd>{value}</dd>
            </>
          ),
      )}
    </dl>
  );
}

function Decide({ view, frame, problem }: Props<OneView> & { problem: FormProblem | null }) {
  const action = `/retraits/${view.withdrawal.withdrawalId}`;
  return (
    <section class="stack-s">
      <h2>{texts.decide}</h2>
      {!view.mayDecide && <p class="mute">{texts.said}</p>}
      {view.mayDecide && (
        <>
          <Opinion
            form={ACCEPT}
            action={`${action}/accepter`}
            slip={view.slips.accept}
            {...{ frame, problem }}
          />
          <Opinion
            form={REFUSE}
            action={`${action}/refuser`}
            slip={view.slips.refuse}
            {...{ frame, problem }}
          />
        </>
      )}
    </section>
  );
}

function Opinion({
  form,
  action,
  slip,
  frame,
  problem,
}: Pick<Props<OneView>, 'frame' | 'problem'> & {
  readonly form: string;
  readonly action: string;
  readonly slip: string;
}) {
  const isYes = form === ACCEPT;
  return (
    <form class="card stack" method="post" action={action}>
      <FormStart token={frame.formToken} slip={slip} />
      <Field
        form={form}
        name="note"
        label={texts.note}
        hint={texts.noteHint}
        problem={problem}
        maxLength={500}
        autocomplete="off"
        required
      />
      <button type="submit" class={isYes ? 'btn btn-go btn-wide' : 'btn btn-wide'}>
        {isYes ? texts.accept : texts.refuse}
      </button>
    </form>
  );
}

function Verdicts({ view, frame, problem }: Props<OneView> & { problem: FormProblem | null }) {
  if (view.verdicts.length === 0 && view.mayJudge.length === 0) return null;
  const action = `/retraits/${view.withdrawal.withdrawalId}/constat`;
  return (
    <section class="stack-s">
      <h2>{texts.verdicts}</h2>
      {view.verdicts.map((one) => (
        <article class="card stack-s" key={one.verdictId}>
          <p>
            <b>{texts.verdictNames[one.verdict]}</b> · {texts.verdictStates[one.state]}
          </p>
          <p>{one.evidence}</p>
          <p class="small mute">
            {one.proposedByName} · {dayAndHourOf(one.proposedAt, frame.now)}
            {one.decidedByName !== null && ` · ${one.decidedByName}`}
          </p>
          {one.state === 'proposed' && (
            <div class="row wrap">
              {one.isOwn ? (
                <p class="mute">{texts.own}</p>
              ) : (
                <form method="post" action={`${action}/${one.verdictId}/confirmer`}>
                  <FormStart token={frame.formToken} slip={view.slips.accept} />
                  <button type="submit" class="btn btn-go">
                    {texts.confirm}
                  </button>
                </form>
              )}
              <form method="post" action={`${action}/${one.verdictId}/abandonner`}>
                <FormStart token={frame.formToken} slip={view.slips.refuse} />
                <button type="submit" class="btn">
                  {texts.drop}
                </button>
              </form>
            </div>
          )}
        </article>
      ))}
      {view.mayJudge.length > 0 && (
        <form class="card stack" method="post" action={action}>
          <FormStart token={frame.formToken} slip={view.slips.verdict} />
          <h3>{texts.verdictTitle}</h3>
          <p class="mute small">{texts.verdictHint}</p>
          <Problem problem={problem} form={VERDICT} />
          <fieldset class="stack-s">
            <legend class="vh">{texts.verdictTitle}</legend>
            {view.mayJudge.map((verdict) => (
              <label class="check" key={verdict}>
                <input
                  type="radio"
                  name="verdict"
                  value={verdict}
                  required
                  defaultChecked={typedOr(problem, VERDICT, 'verdict', '') === verdict}
                />
                <span>{texts.verdictNames[verdict]}</span>
              </label>
            ))}
          </fieldset>
          <Field
            form={VERDICT}
            name="evidence"
            label={texts.evidence}
            problem={problem}
            maxLength={500}
            autocomplete="off"
            required
          />
          <button type="submit" class="btn btn-go btn-wide">
            {texts.propose}
          </button>
        </form>
      )}
    </section>
  );
}

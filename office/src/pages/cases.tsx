import type { OfficeViews } from '#core/api/office-pages.ts';
import type { FormProblem } from '#core/api/pages.ts';
import { FormStart, Money, Note, Problem, Tag, typedOr } from '#ui/components.tsx';
import { dayAndHourOf } from '#ui/dates.ts';
import { Icon } from '#ui/icons.tsx';
import { caseTexts } from '../case-texts.ts';
import type { Page, Props } from '../page.ts';

type View = OfficeViews['accountCase'];

const PROPOSE = 'POST /dossiers/:caseId/proposer';
const DECIDE = 'POST /dossiers/:caseId/decider';

export const casesPage: Page<OfficeViews['cases']> = {
  title: () => caseTexts.title,
  Main: ({ view, frame }) => (
    <div class="stack">
      <h1>{caseTexts.title}</h1>
      <p class="mute">
        {caseTexts.hint} {view.cases.length > 0 && caseTexts.waiting}
      </p>
      {view.cases.length === 0 && <p>{caseTexts.none}</p>}
      <ul class="stack">
        {view.cases.map(({ caseId, kind, state, openedAt }) => (
          <li class="card row between" key={caseId}>
            <a href={`/dossiers/${caseId}`}>
              {caseTexts.kinds[kind]}, {dayAndHourOf(openedAt, frame.now)}
            </a>
            <Tag>{caseTexts.states[state]}</Tag>
          </li>
        ))}
      </ul>
    </div>
  ),
};

export const accountCasePage: Page<View> = {
  title: ({ shown }) => `${caseTexts.one} – ${caseTexts.kinds[shown.kind]}`,
  Main: (props) => {
    const { shown, mayDecide, proposeSlip, decideSlip } = props.view;
    const action = `/dossiers/${shown.caseId}`;
    return (
      <div class="stack-l narrow">
        <header class="stack-s">
          <a class="back" href="/dossiers">
            <Icon name="back" size={18} />
            {caseTexts.back}
          </a>
          <div class="row between">
            <h1>{caseTexts.kinds[shown.kind]}</h1>
            <Tag>{caseTexts.states[shown.state]}</Tag>
          </div>
          <p class="mute small">{caseTexts.audited}</p>
        </header>
        <Said {...props} />
        <Known {...props} />
        {shown.choices.length === 0 && <Problem problem={props.problem} form={DECIDE} />}
        {shown.choices.length > 0 && <Note>{caseTexts.caution}</Note>}
        {shown.choices.length > 0 && (
          <Choose
            {...props}
            form={PROPOSE}
            action={`${action}/proposer`}
            slip={proposeSlip}
            go={caseTexts.propose}
          />
        )}
        {shown.choices.length > 0 && mayDecide && (
          <Choose
            {...props}
            form={DECIDE}
            action={`${action}/decider`}
            slip={decideSlip}
            go={caseTexts.decide}
          />
        )}
      </div>
    );
  },
};

function Said({ view: { shown } }: Props<View>) {
  const { proposal, proposedBy, proposalReason, decision, decidedBy, decisionReason } = shown;
  return (
    <section class="card stack">
      <dl class="dl">
        <dt class="mute">{caseTexts.phone}</dt>
        <dd>{shown.maskedPhone}</dd>
        {shown.maskedNewPhone !== null && (
          <>
            <dt class="mute">{caseTexts.newPhone}</dt>
            <dd>{shown.maskedNewPhone}</dd>
          </>
        )}
      </dl>
      <h2>{caseTexts.statement}</h2>
      <p>{shown.statement === '' ? caseTexts.noStatement : shown.statement}</p>
      {proposal !== null && proposedBy !== null && (
        <Note>
          <p>{caseTexts.proposed(proposedBy, caseTexts.decisions[proposal])}</p>
          <p class="small mute">{proposalReason}</p>
        </Note>
      )}
      {decision !== null && decidedBy !== null && (
        <Note tone="ok">
          <p>{caseTexts.decided(decidedBy, caseTexts.decisions[decision])}</p>
          <p class="small mute">{decisionReason}</p>
        </Note>
      )}
    </section>
  );
}

function Known({ view: { shown }, frame }: Props<View>) {
  const { known } = shown;
  if (known === null) return <p>{caseTexts.nobody}</p>;
  const lines = [
    [caseTexts.pseudonym, known.pseudonym],
    [caseTexts.accountPhone, known.phone],
    [caseTexts.birthDate, known.birthDate],
    [caseTexts.state, known.state],
    [caseTexts.joined, dayAndHourOf(known.joinedAt, frame.now)],
    [
      caseTexts.loggedIn,
      known.loggedInAt === null ? caseTexts.never : dayAndHourOf(known.loggedInAt, frame.now),
    ],
    [caseTexts.caseCount, String(known.caseCount)],
  ] as const;
  return (
    <section class="card stack">
      <h2>{caseTexts.known}</h2>
      <dl class="dl">
        {lines.map(([name, value]) => (
          <>
            <dt class="mute">{name}</dt>
            <dd>{value}</dd>
          </>
        ))}
        <dt class="mute">{caseTexts.balance}</dt>
        <dd>
          <Money xof={known.availableXof} />
        </dd>
      </dl>
      <h3>{caseTexts.devices}</h3>
      <ul class="stack-s">
        {known.devices.map(({ label, lastUsedAt, isRemoved }) => (
          <li key={label + lastUsedAt}>
            {label}, {dayAndHourOf(lastUsedAt, frame.now)} {isRemoved && <Tag>{caseTexts.removed}</Tag>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Choose({
  view: { shown },
  frame,
  problem,
  form,
  action,
  slip,
  go,
}: Props<View> & { form: string; action: string; slip: string; go: string; problem: FormProblem | null }) {
  const picked = typedOr(problem, form, 'decision', shown.proposal ?? '');
  return (
    <form class="card stack" method="post" action={action}>
      <FormStart token={frame.formToken} slip={slip} />
      <Problem problem={problem} form={form} />
      <fieldset class="stack-s">
        <legend>{caseTexts.choice}</legend>
        {shown.choices.map((choice) => (
          <label class="check" key={choice}>
            <input type="radio" name="decision" value={choice} required defaultChecked={picked === choice} />
            <span>{caseTexts.decisions[choice]}</span>
          </label>
        ))}
      </fieldset>
      <ReasonField form={form} problem={problem} />
      <button type="submit" class="btn btn-wide">
        {go}
      </button>
    </form>
  );
}

/** Two forms of one page: each field has an id of its own. */
function ReasonField({ form, problem }: { form: string; problem: FormProblem | null }) {
  const id = form.endsWith('proposer') ? 'reason-propose' : 'reason-decide';
  return (
    <div class="field">
      <label for={id}>{caseTexts.reason}</label>
      <input
        class="input"
        id={id}
        name="reason"
        maxLength={500}
        required
        defaultValue={typedOr(problem, form, 'reason', '')}
      />
      <Problem problem={problem} form={form} field="reason" />
    </div>
  );
}

/** The questions of a bout, each with its own commands, and the forms of new ones. */
import type { OfficeViews } from '#core/api/office-pages.ts';
import { methodGroupText } from '#core/question.ts';
import { Field, FormStart, fieldState, Note, Problem, typedOr } from '#ui/components.tsx';
import { marketTexts as texts } from '../market-texts.ts';
import type { Page, Props } from '../page.ts';
import { MarketFacts } from '../parts/desk-markets.tsx';
import { PayoutPolicyFields } from '../parts/payout-policy.tsx';
import { FormHead } from '../parts/subject.tsx';
import { deskTexts } from '../texts.ts';

type View = OfficeViews['markets'];
type Market = View['markets'][number];

const TIME_FORM = 'POST /combats/:boutId/marches/duree';
const METHOD_FORM = 'POST /combats/:boutId/marches/maniere';

export const marketsPage: Page<View> = { title: () => texts.title, Main: MarketsMain };

function MarketsMain(props: Props<View>) {
  const { view, frame, problem } = props;
  const { subject, markets, boutState, done } = view;
  const hasPassed = Date.parse(view.hardStopAt) <= Date.parse(frame.now);
  const isComing = boutState === 'announced' && !hasPassed;
  return (
    <div class="stack-l narrow">
      <FormHead subject={subject} title={texts.title} hint={texts.hint} />
      {done !== null && problem === null && (
        <Note tone="ok" role="status">
          {texts.done[done]}
        </Note>
      )}
      {problem !== null && problem.field === null && (
        <Note tone="bad" role="alert">
          {problem.sentence}
        </Note>
      )}
      <h2 class="vh">{texts.asked}</h2>
      <ul class="stack">
        {markets.map((market) => (
          <li class="card stack-s" key={market.marketId}>
            <MarketFacts market={market} />
            <Card market={market} />
            {isComing && <Command {...props} market={market} />}
          </li>
        ))}
      </ul>
      {isComing ? (
        <section class="stack" aria-labelledby="add">
          <h2 id="add">{texts.addTitle}</h2>
          <p class="mute">{texts.addHint}</p>
          <AddTime {...props} />
          {view.groupsLeft.length > 0 && <AddMethod {...props} />}
        </section>
      ) : (
        <p class="mute">{hasPassed ? deskTexts.passed : texts.tooLate}</p>
      )}
    </div>
  );
}

function Card({ market: { ruleCard } }: { market: Market }) {
  return (
    <p class="small mute">
      {ruleCard === null ? (
        texts.notFrozen
      ) : (
        <>
          {texts.card(ruleCard.version)} <code class="root">{ruleCard.hash}</code>
        </>
      )}
    </p>
  );
}

/** What the market's state allows, and nothing else. */
function Command({ view, frame, problem, market }: Props<View> & { readonly market: Market }) {
  const { state, marketId, slip, payoutPolicy } = market;
  const winner = view.markets.find(({ kind }) => kind === 'winner');
  if (state === 'draft' && market !== winner && winner?.state === 'draft') {
    return <p class="mute">{texts.waitsForWinner}</p>;
  }
  const button =
    state === 'draft'
      ? ({ action: 'ouvrir', look: 'btn-go', text: texts.open } as const)
      : state === 'open'
        ? ({ action: 'suspendre', look: '', text: texts.suspend } as const)
        : state === 'suspended'
          ? ({ action: 'reprendre', look: '', text: texts.resume } as const)
          : null;
  if (button === null) return null;
  return (
    <form
      class="stack-s"
      method="post"
      action={`/combats/${view.subject.boutId}/marches/${marketId}/${button.action}`}
    >
      <FormStart token={frame.formToken} slip={slip} />
      {state === 'draft' && (
        <PayoutPolicyFields
          form="POST /combats/:boutId/marches/:marketId/ouvrir"
          problem={problem}
          standing={payoutPolicy}
        />
      )}
      <button
        type="submit"
        class={`btn ${button.look} btn-wide`}
        aria-label={`${button.text} : ${market.question}`}
      >
        {button.text}
      </button>
    </form>
  );
}

function AddTime({ view, frame, problem }: Props<View>) {
  const part = { form: TIME_FORM, problem, inputMode: 'numeric', isInline: true, maxLength: 3 } as const;
  return (
    <form class="card stack" method="post" action={`/combats/${view.subject.boutId}/marches/duree`}>
      <FormStart token={frame.formToken} slip={view.slips.time} />
      <h3>{texts.time}</h3>
      <p class="mute small">{texts.timeHint}</p>
      <Field name="lineMinutes" label={texts.minutes} {...part} required />
      <Field name="lineSeconds" label={texts.seconds} {...part} />
      <button type="submit" class="btn btn-wide">
        {texts.addTime}
      </button>
    </form>
  );
}

function AddMethod({ view, frame, problem }: Props<View>) {
  const picked = typedOr(problem, METHOD_FORM, 'group', '');
  return (
    <form class="card stack" method="post" action={`/combats/${view.subject.boutId}/marches/maniere`}>
      <FormStart token={frame.formToken} slip={view.slips.method} />
      <h3>{texts.method}</h3>
      <p class="mute small">{texts.methodHint}</p>
      <fieldset class="stack-s">
        <legend class="vh">{texts.method}</legend>
        {view.groupsLeft.map((group) => (
          <label class="pick pick-wide" key={group}>
            <input
              type="radio"
              name="group"
              value={group}
              required
              checked={picked === group}
              {...fieldState(problem, METHOD_FORM, 'group')}
            />
            <span>{`Victoire ${methodGroupText(group)}`}</span>
          </label>
        ))}
        <Problem problem={problem} form={METHOD_FORM} field="group" />
      </fieldset>
      <button type="submit" class="btn btn-wide">
        {texts.addMethod}
      </button>
    </form>
  );
}

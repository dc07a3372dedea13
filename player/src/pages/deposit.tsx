import type { FormProblem } from '#core/api/pages.ts';
import type { PlayerViews } from '#core/api/player-pages.ts';
import { formatXof } from '#core/money.ts';
import { Field, FormStart, Note, Problem, typedOr } from '#ui/components.tsx';
import { depositTexts as texts } from '../deposit-texts.ts';
import type { Page, Props } from '../page.ts';

type View = PlayerViews['deposit'];

const FORM = 'POST /portefeuille/depot';
const picks = [1_000, 2_000, 5_000, 10_000];

export const depositPage: Page<View> = { tab: 'wallet', title: () => texts.title, Main: DepositMain };

function DepositMain({ view, frame, problem }: Props<View>) {
  const isOpen = view.closedBecause === null;
  return (
    <div class="stack">
      <h1>{texts.title}</h1>
      {view.closedBecause !== null && (
        <Note>
          <p>{view.closedBecause}</p>
        </Note>
      )}
      {view.proposesLimit && isOpen && (
        <Note>
          <p>{texts.proposeLimit}</p>
          <a
            class="btn"
            href="/jouer-responsable/limite?kind=deposit&period=week&suite=%2Fportefeuille%2Fdepot"
          >
            {texts.proposeLimitGo}
          </a>
        </Note>
      )}
      {view.missingXof !== null && (
        <Note role="status">
          <p>{texts.missing(view.missingXof)}</p>
          {view.amountXof !== null && view.amountXof > view.missingXof && <p>{texts.raised(view.minXof)}</p>}
        </Note>
      )}
      <Problem problem={problem} form={FORM} />
      <form class="stack" method="post" action="/portefeuille/depot">
        <FormStart token={frame.formToken} slip={view.slip} />
        {view.back !== null && <input type="hidden" name="suite" value={view.back} />}
        <Amount view={view} problem={problem} />
        <ProviderButtons view={view} />
        {view.back !== null && <p class="mute small">{texts.backToSlip}</p>}
        {view.isTest && <p class="mute small">{texts.play}</p>}
      </form>
      {view.tier !== 'identified' && (
        <p>
          <a href="/moi/identite">{texts.raise}</a>
        </p>
      )}
    </div>
  );
}

/** From a slip the amount is there; else some are proposed, and a typed one goes before them. */
function Amount({ view, problem }: { view: View; problem: FormProblem | null }) {
  const payable = picks.filter((amount) => amount >= view.minXof && amount <= view.maxXof);
  const hasPicks = view.amountXof === null && payable.length > 0;
  const picked = typedOr(problem, FORM, 'pickedXof', '');
  return (
    <div class="stack or-typed">
      {hasPicks && (
        <fieldset class="stack-s">
          <legend>{texts.choose}</legend>
          <div class="chips chips-4">
            {payable.map((amount) => (
              <label class="chip" key={amount}>
                <input
                  type="radio"
                  name="pickedXof"
                  value={amount}
                  defaultChecked={picked === String(amount)}
                />
                <span>{formatXof(amount)}</span>
              </label>
            ))}
          </div>
        </fieldset>
      )}
      <Field
        form={FORM}
        name="amountXof"
        label={hasPicks ? texts.other : texts.amount}
        hint={view.closedBecause === null ? texts.hint(view.minXof, view.maxXof) : undefined}
        problem={problem}
        value={view.amountXof === null ? '' : String(view.amountXof)}
        unit="F"
        inputMode="numeric"
        autocomplete="off"
        maxLength={11}
        // Shown or not, it tells the style whether something is typed.
        placeholder=" "
      />
    </div>
  );
}

/** One tap says by whom, and sends. */
function ProviderButtons({ view: { providers } }: { view: View }) {
  const [first] = providers;
  if (first === undefined) return <Note>{texts.nobody}</Note>;
  return (
    <div class="stack-s">
      {providers.map(({ name, label, trouble }) =>
        trouble !== null ? (
          <Note key={name}>{texts[trouble](label)}</Note>
        ) : (
          <button
            type="submit"
            class={name === first.name ? 'btn btn-go btn-wide' : 'btn btn-wide'}
            name="provider"
            value={name}
            key={name}
          >
            {providers.length === 1 ? texts.go : texts.with(label)}
          </button>
        ),
      )}
      {providers.map(({ name, label, trouble, refusesOtherPayers }) =>
        name === 'internal' || trouble !== null ? null : (
          <p class="mute small" key={name}>
            {refusesOtherPayers ? texts.onlyOwnNumber(label) : texts.ownNumber(label)}
          </p>
        ),
      )}
    </div>
  );
}

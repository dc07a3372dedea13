import type { PlayerViews } from '#core/api/player-pages.ts';
import type { PayoutProvider } from '#core/api/withdrawal-pages.ts';
import { Field, FormStart, fieldState, Money, Note, Problem, Tag, typedOr } from '#ui/components.tsx';
import { dayAndHourOf } from '#ui/dates.ts';
import { Icon } from '#ui/icons.tsx';
import type { Page, Props } from '../page.ts';
import { nextOf, withdrawalTexts as texts, withdrawalStates } from '../withdrawal-texts.ts';

type FormView = PlayerViews['withdrawal'];
type ShownView = PlayerViews['withdrawalShown'];

const FORM = 'POST /portefeuille/retrait';

export const withdrawalPage: Page<FormView> = { tab: 'wallet', title: () => texts.title, Main: FormMain };

function FormMain(props: Props<FormView>) {
  const { view } = props;
  return (
    <div class="stack">
      <h1>{texts.title}</h1>
      {view.closedBecause !== null && (
        <Note>
          <p>
            <b>{texts.closed}</b>
          </p>
          <p>{view.closedBecause}</p>
        </Note>
      )}
      <p>
        {texts.available} :{' '}
        <b>
          <Money xof={view.availableXof} />
        </b>
        <br />
        <span class="mute">{texts.to(view.maskedPhone)}</span>
      </p>
      {view.leftXof !== null && (
        <div class="stack-s small mute">
          {view.closedBecause === null && <p>{texts.left(view.leftXof)}</p>}
          <p>
            <a href="/moi/identite">{texts.raise}</a>
          </p>
        </div>
      )}
      {/* What was refused in between is said even when there is no form any more. */}
      <Problem problem={props.problem} form={FORM} />
      {view.closedBecause === null ? (
        <Ask {...props} />
      ) : (
        <a class="btn btn-wide" href="/portefeuille">
          {texts.wallet}
        </a>
      )}
    </div>
  );
}

function Ask({ view, frame, problem }: Props<FormView>) {
  return (
    <form class="stack" method="post" action="/portefeuille/retrait">
      <FormStart token={frame.formToken} slip={view.slip} />
      <Providers view={view} problem={problem} />
      <Field
        form={FORM}
        name="amountXof"
        label={texts.amount}
        hint={texts.hint(view.minXof, view.multipleXof)}
        problem={problem}
        value={view.amountXof === null ? '' : String(view.amountXof)}
        unit="F"
        inputMode="numeric"
        autocomplete="off"
        maxLength={11}
        required
      />
      {view.mostXof >= view.minXof && view.amountXof !== view.mostXof && (
        <a class="btn" href={`/portefeuille/retrait?amountXof=${view.mostXof}&provider=${view.provider}`}>
          {texts.all(view.mostXof)}
        </a>
      )}
      <button type="submit" class="btn btn-go btn-wide">
        {texts.go}
      </button>
      <details class="card">
        <summary>{texts.goodToKnow}</summary>
        <ul class="marks small">
          {texts.facts(view.approvalFinanceXof, view.approvalTwoPeopleXof).map((fact) => (
            <li key={fact}>{fact}</li>
          ))}
        </ul>
      </details>
    </form>
  );
}

function Providers({ view, problem }: Pick<Props<FormView>, 'view' | 'problem'>) {
  const marked = typedOr(problem, FORM, 'provider', view.provider);
  const [only] = view.providers;
  if (view.providers.length === 1 && only !== undefined) {
    return (
      <>
        <input type="hidden" name="provider" value={only.name} />
        <p>
          {texts.where} <b>{only.label}</b>
        </p>
        <Trouble provider={only} />
      </>
    );
  }
  return (
    <fieldset class="stack-s" {...fieldState(problem, FORM, 'provider')}>
      <legend>{texts.where}</legend>
      <div class="picks">
        {view.providers.map(({ name, label }) => (
          <label class="pick" key={name}>
            <input type="radio" name="provider" value={name} defaultChecked={name === marked} required />
            <span>{label}</span>
          </label>
        ))}
      </div>
      {view.providers.map((provider) => (
        <Trouble provider={provider} key={provider.name} />
      ))}
      <Problem problem={problem} form={FORM} field="provider" />
    </fieldset>
  );
}

function Trouble({ provider: { label, trouble } }: { provider: PayoutProvider }) {
  if (trouble === null) return null;
  return (
    <p class="small">
      <b>{label}</b> – {texts[trouble]}
    </p>
  );
}

export const withdrawalShownPage: Page<ShownView> = {
  tab: 'wallet',
  title: (view) => (view.isReturn ? texts.oneReturn : texts.one),
  // The next answer is asked for at once; it is the server that waits for news.
  refresh: (view) => view.next ?? undefined,
  Main: ShownMain,
};

function ShownMain({ view, frame }: Props<ShownView>) {
  const isOpen = !isEnded(view);
  return (
    <div class="stack-l">
      <header class="stack-s">
        <a class="back" href="/portefeuille">
          <Icon name="back" size={18} />
          {texts.wallet}
        </a>
        <div class="row between">
          <h1>{view.isReturn ? texts.oneReturn : texts.one}</h1>
          <StateTag view={view} />
        </div>
      </header>
      <section class="card stack" role="status">
        <p class="purse">
          <Money xof={view.amountXof} />
        </p>
        <p class="mute">{texts.target(view.provider, view.maskedPhone)}</p>
        {view.isAutomatic && <p class="mute small">{texts.automatic}</p>}
        {view.reason !== null && <p>{view.reason}</p>}
        <p>{nextOf(view.state, view.reason !== null, view.provider)}</p>
        {view.isTest && <p class="mute small">{texts.play}</p>}
        {isOpen && (
          <a class="btn btn-wide" href={`/portefeuille/retraits/${view.operationId}`}>
            {texts.again}
          </a>
        )}
        {(view.state === 'refused' || view.state === 'reversed') && !view.isReturn && (
          <a class="btn btn-wide" href="/portefeuille/retrait">
            {texts.retry}
          </a>
        )}
      </section>
      <section class="stack-s">
        <h2>{texts.story}</h2>
        <ul class="list">
          {view.history.map(({ state, reason, at }) => (
            <li class="line" key={at}>
              <b>{withdrawalStates[state]}</b> <span class="mute small">{dayAndHourOf(at, frame.now)}</span>
              {reason !== null && (
                <>
                  <br />
                  <span class="small">{reason}</span>
                </>
              )}
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

function StateTag({ view: { state } }: { view: Pick<ShownView, 'state'> }) {
  const tone = state === 'paid' ? 'ok' : state === 'refused' || state === 'reversed' ? 'bad' : 'ochre';
  return <Tag tone={tone}>{withdrawalStates[state]}</Tag>;
}

function isEnded({ state }: Pick<ShownView, 'state'>): boolean {
  return state === 'paid' || state === 'refused' || state === 'reversed';
}

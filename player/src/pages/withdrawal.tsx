import type { PlayerViews } from '#core/api/player-pages.ts';
import type { AwaitedApproval, PayoutProvider } from '#core/api/withdrawal-pages.ts';
import { Field, FormStart, fieldState, Money, Note, Problem, Tag, typedOr } from '#ui/components.tsx';
import { dayAndHourOf } from '#ui/dates.ts';
import { Icon } from '#ui/icons.tsx';
import type { Page, Props } from '../page.ts';
import { nextOf, withdrawalTexts as texts, withdrawalStates, withdrawalSteps } from '../withdrawal-texts.ts';

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

/** While people, or the provider, take their time. */
const WAITING_REFRESH_S = 15;

const pathOf = ({ operationId }: ShownView) => `/portefeuille/retraits/${operationId}`;

export const withdrawalShownPage: Page<ShownView> = {
  tab: 'wallet',
  title: (view) => (view.isReturn ? texts.oneReturn : texts.one),
  // What is expected within seconds is asked for at once; it is the server that waits for news.
  refresh: (view) => view.next ?? (isEnded(view) ? undefined : pathOf(view)),
  refreshAfterS: ({ next }) => (next === null ? WAITING_REFRESH_S : 0),
  Main: ShownMain,
};

function ShownMain({ view, frame }: Props<ShownView>) {
  const isOpen = !isEnded(view);
  return (
    // Its script asks for the version, and loads the page again when there is another one.
    <div
      class="stack-l"
      data-etat={isOpen ? `${pathOf(view)}/etat` : undefined}
      data-version={view.version}
      data-soon={view.next === null ? undefined : ''}
    >
      <div class="note note-bad" data-offline hidden>
        {texts.offline}
      </div>
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
        {view.reason !== null && (view.approval?.because ?? null) === null && <p>{view.reason}</p>}
        {view.approval !== null && <Approval {...view.approval} isAutomatic={view.isAutomatic} />}
        <p>{nextOf(view.state, view.reason !== null, view.provider)}</p>
        {view.isTest && <p class="mute small">{texts.play}</p>}
        {isOpen && (
          <a class="btn btn-wide" href={pathOf(view)}>
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
          {view.history.map(({ step, reason, at }) => (
            <li class="line" key={step + at}>
              <b>{withdrawalSteps[step]}</b> <span class="mute small">{dayAndHourOf(at, frame.now)}</span>
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

/** Why people look at it, in more than the reason’s words, and who has agreed so far. */
function Approval({ people, agreed, because, isAutomatic }: AwaitedApproval & { isAutomatic: boolean }) {
  return (
    <>
      {because !== null && <p>{texts.overThreshold(because.inDayXof, because.fromXof, isAutomatic)}</p>}
      <p>{texts.decides(people, agreed)}</p>
    </>
  );
}

/** The state as the last step calls it. */
function StateTag({ view: { state, history } }: { view: Pick<ShownView, 'state' | 'history'> }) {
  const tone = state === 'paid' ? 'ok' : state === 'refused' || state === 'reversed' ? 'bad' : 'ochre';
  const step = history.at(-1)?.step;
  return <Tag tone={tone}>{step === undefined ? withdrawalStates[state] : withdrawalSteps[step]}</Tag>;
}

function isEnded({ state }: Pick<ShownView, 'state'>): boolean {
  return state === 'paid' || state === 'refused' || state === 'reversed';
}

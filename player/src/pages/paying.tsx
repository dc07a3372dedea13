import type { ComponentChildren } from 'preact';
import type { DepositLine } from '#core/api/deposit-pages.ts';
import type { PlayerViews } from '#core/api/player-pages.ts';
import type { Spoken } from '#core/errors.ts';
import { FormStart, Money, Note, Tag } from '#ui/components.tsx';
import { dayAndHourOf, dayOf, hourOf } from '#ui/dates.ts';
import { depositTexts as texts } from '../deposit-texts.ts';
import type { Page, Props } from '../page.ts';

type View = PlayerViews['paying'];

const WAITING_REFRESH_S = 5;

const pathOf = ({ depositId }: View) => `/portefeuille/depots/${depositId}`;

export const payingPage: Page<View> = {
  tab: 'wallet',
  title: ({ amountXof }) => texts.oneTitle(amountXof),
  refresh: (view) => (isPayable(view) ? pathOf(view) : undefined),
  refreshAfterS: () => WAITING_REFRESH_S,
  Main: StatusMain,
};

function StatusMain(props: Props<View>) {
  const { view, frame, problem } = props;
  const shown = shownState(view);
  const canPay = isPayable(view);
  return (
    // Its script asks for the version, and loads the page again when there is another one.
    <div
      class="stack"
      data-etat={view.state === 'requested' ? `${pathOf(view)}/etat` : undefined}
      data-version={view.version}
    >
      <h1>{texts.oneTitle(view.amountXof)}</h1>
      <div class="row between" role="status">
        <span>{view.provider}</span>
        <StateTag state={shown} />
      </div>
      {problem !== null && (
        <Note tone="bad" role="alert">
          {problem.sentence}
        </Note>
      )}
      <News view={view} />
      {(view.reason === null || view.state !== 'expired') && <p>{texts.says[shown]}</p>}
      {isOtherSum(view) && <p>{texts.receivedInAll(view.receivedXof)}</p>}
      {view.reason !== null && <Reason reason={view.reason} state={view.state} />}
      {canPay && <Pay {...props} />}
      {view.state === 'credited' && <Came view={view} />}
      {(shown === 'expired' || shown === 'refused') && (
        <>
          <PayAgain view={view} token={frame.formToken} />
          {view.isWatched && (
            <Command view={view} verb="verifier" token={frame.formToken} look="btn btn-wide">
              {texts.verify}
            </Command>
          )}
        </>
      )}
      <History view={view} now={frame.now} />
      {view.state !== 'credited' && (
        <p class="small">
          <a href="/portefeuille/depots">{texts.findTitle}</a>
        </p>
      )}
    </div>
  );
}

function isPayable({ state, isOver }: DepositLine): boolean {
  return state === 'requested' && !isOver;
}

/** More than once paid, or not as asked. */
function isOtherSum({ receivedXof, amountXof }: View): boolean {
  return receivedXof !== 0 && receivedXof !== amountXof;
}

/** What came of the button he pressed, as long as nothing has come. */
function News({ view }: { view: View }) {
  const shown = shownState(view);
  const isUnpaid = shown === 'requested' || shown === 'expired' || shown === 'refused';
  const hasLink = isPayable(view) && (view.links.length > 0 || view.hasCode);
  if (view.news === null || !(view.news === 'lien' ? hasLink : isUnpaid)) return null;
  return <Note role="status">{texts.news[view.news]}</Note>;
}

/** Nobody can pay it any more, whether or not the provider has said so yet. */
export function shownState({ state, isOver }: DepositLine): View['state'] {
  return isOver ? 'expired' : state;
}

export function StateTag({ state }: { state: View['state'] }) {
  const tone = state === 'credited' ? 'ok' : state === 'requested' || state === 'review' ? 'ochre' : null;
  return <Tag {...(tone === null ? {} : { tone })}>{texts.states[state]}</Tag>;
}

/** In his two languages. */
function Reason({ reason, state }: { reason: Spoken; state: View['state'] }) {
  return (
    <Note {...(state === 'requested' ? { tone: 'bad' as const } : {})}>
      <p>{reason.fr}</p>
      <p class="mute small" lang="wo">
        {reason.wo}
      </p>
    </Note>
  );
}

/** The provider's app is opened by the system, by a link: it does not start inside another page. */
function Pay({ view, frame }: Props<View>) {
  const [first] = view.links;
  return (
    <>
      <div class="note note-bad" data-offline hidden>
        {texts.offline}
      </div>
      {first === undefined && !view.hasCode && <p role="status">{texts.preparing}</p>}
      {view.links.map(({ label, url }) => (
        <a
          class={url === first?.url ? 'btn btn-go btn-wide' : 'btn btn-wide'}
          href={url}
          rel="noreferrer"
          key={url}
        >
          {texts.open(label)}
        </a>
      ))}
      {view.expiresAt !== null && (
        <p class="mute small">{texts.until(dayOf(view.expiresAt, frame.now), hourOf(view.expiresAt))}</p>
      )}
      {view.hasCode && (
        <details class="card scan">
          <summary>{texts.scan(view.provider)}</summary>
          <p class="mute small">{texts.scanHint(view.provider)}</p>
          <img src={`${pathOf(view)}/code.png`} alt={texts.code} width={240} height={240} />
        </details>
      )}
      <Command view={view} verb="verifier" token={frame.formToken} look="btn btn-wide">
        {texts.verify}
      </Command>
      <div class="row between wrap">
        <Command view={view} verb="nouveau" token={frame.formToken} look="btn btn-quiet">
          {texts.again}
        </Command>
        <Command view={view} verb="annuler" token={frame.formToken} look="btn btn-quiet">
          {texts.cancel}
        </Command>
      </div>
    </>
  );
}

function PayAgain({ view, token }: { view: View; token: string }) {
  if (view.mayReopen) {
    return (
      <Command view={view} verb="nouveau" token={token} look="btn btn-go btn-wide">
        {texts.payAgain}
      </Command>
    );
  }
  const suite = view.back === null ? '' : `&suite=${encodeURIComponent(view.back)}`;
  return (
    <a class="btn btn-go btn-wide" href={`/portefeuille/depot?amountXof=${view.amountXof}${suite}`}>
      {texts.payAgain}
    </a>
  );
}

function Command({
  view,
  verb,
  token,
  look,
  children,
}: {
  view: View;
  verb: 'verifier' | 'nouveau' | 'annuler';
  token: string;
  look: string;
  children: ComponentChildren;
}) {
  return (
    <form method="post" action={`${pathOf(view)}/${verb}`}>
      <FormStart token={token} />
      <button type="submit" class={look}>
        {children}
      </button>
    </form>
  );
}

function Came({ view }: { view: View }) {
  return (
    <div class="stack-s">
      {view.back !== null && (
        <a class="btn btn-go btn-wide" href={view.back}>
          {texts.continueBet}
        </a>
      )}
      <a class="btn btn-wide" href="/portefeuille">
        {texts.toWallet}
      </a>
    </div>
  );
}

function History({ view, now }: { view: View; now: string }) {
  return (
    <section class="stack-s">
      <h2>{texts.history}</h2>
      <ul class="list">
        {view.history.map(({ state, reason, at }, i) => (
          // Events have no name of their own, and none is ever taken out.
          <li class="row between line" key={i}>
            <span>
              {texts.states[state]}
              {reason !== null && (
                <>
                  <br />
                  <span class="mute small">{reason.fr}</span>
                </>
              )}
            </span>
            <span class="mute small">{dayAndHourOf(at, now)}</span>
          </li>
        ))}
        <li class="row between line">
          <span class="mute">{texts.amount}</span>
          <Money xof={view.amountXof} />
        </li>
        {isOtherSum(view) && (
          <li class="row between line">
            <span class="mute">{texts.received}</span>
            <Money xof={view.receivedXof} />
          </li>
        )}
      </ul>
    </section>
  );
}

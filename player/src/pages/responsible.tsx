/** Responsible play: pauses, limits with what is used of them, the reality check, and help. */
import type { Limit, ResponsibleView } from '#core/api/play-pages.ts';
import { limitKinds, pauseNames, realityCheckMinutes } from '#core/responsible-play.ts';
import { FormStart, Note } from '#ui/components.tsx';
import { dayAndHourOf } from '#ui/dates.ts';
import { Icon } from '#ui/icons.tsx';
import type { Page, Props } from '../page.ts';
import { playTexts as texts } from '../play-texts.ts';

const HOME = '/jouer-responsable';

export const responsiblePage: Page<ResponsibleView> = {
  tab: null,
  title: () => texts.title,
  Main: (props) => {
    const { view, problem } = props;
    return (
      <div class="stack-l">
        <h1>{texts.title}</h1>
        {view.news !== null && (
          <Note tone="ok" role="status">
            {texts.news[view.news]}
          </Note>
        )}
        {problem !== null && (
          <Note tone="bad" role="alert">
            {problem.sentence}
          </Note>
        )}
        <p>{texts.lead}</p>
        {view.play === null ? (
          <a class="btn btn-go btn-wide" href={`/connexion?suite=${encodeURIComponent(HOME)}`}>
            {texts.logIn}
          </a>
        ) : (
          <Own {...props} play={view.play} />
        )}
        <Help />
      </div>
    );
  },
};

type OwnProps = Props<ResponsibleView> & { readonly play: NonNullable<ResponsibleView['play']> };

function Own(props: OwnProps) {
  return (
    <>
      <Standing {...props} />
      <PauseForm />
      <Limits {...props} />
      <RealityForm {...props} />
    </>
  );
}

/** What holds now: a pause, its end, the way back and the way out with the money. */
function Standing({ view, frame, play }: OwnProps) {
  const { exclusion } = play;
  if (exclusion === null) return null;
  const { kind, endsAt, returnsAt } = exclusion;
  const when = (iso: string) => dayAndHourOf(iso, frame.now);
  const said =
    endsAt === null
      ? texts.excludedForGood
      : kind === 'cool_off'
        ? texts.coolingOff(when(endsAt))
        : texts.excluded(when(endsAt));
  return (
    <section class="card stack">
      <p>
        <b>{said}</b>
      </p>
      {kind === 'self_exclusion' && returnsAt !== null && <p>{texts.returnsAt(when(returnsAt))}</p>}
      {view.mayReturn && (
        <form method="post" action={`${HOME}/retour`}>
          <FormStart token={frame.formToken} slip={view.slips['return'] ?? null} />
          <button type="submit" class="btn btn-wide">
            {texts.askReturn}
          </button>
        </form>
      )}
      <a class="btn btn-wide" href="/portefeuille/retrait">
        {texts.withdraw}
      </a>
    </section>
  );
}

function PauseForm() {
  return (
    <section class="stack-s">
      <h2 id="arret">{texts.pauseTitle}</h2>
      <form class="card stack" method="get" action={`${HOME}/pause`}>
        <fieldset class="stack-s" aria-describedby="arret-hint">
          <legend class="vh">{texts.pauseTitle}</legend>
          <div class="chips">
            {pauseNames.map((name, index) => (
              <label class="chip" key={name}>
                <input type="radio" name="duree" value={name} defaultChecked={index === 0} />
                <span>{texts.pauses[name]}</span>
              </label>
            ))}
          </div>
        </fieldset>
        <p class="mute small" id="arret-hint">
          {texts.pauseHint}
        </p>
        <button type="submit" class="btn btn-wide">
          {texts.goOn}
        </button>
      </form>
    </section>
  );
}

function Limits(props: OwnProps) {
  const { play } = props;
  const waiting = play.limits.filter(({ pending }) => pending !== null);
  return (
    <section class="stack-s">
      <h2 id="limites">{texts.limits}</h2>
      <p class="mute small">{texts.limitsHint}</p>
      {waiting.map((limit) => (
        <Waiting {...props} limit={limit} key={`${limit.kind} ${limit.period}`} />
      ))}
      {limitKinds.map((kind) => (
        <section class="stack-s" key={kind}>
          <h3>{texts.kinds[kind]}</h3>
          <p class="mute small">{texts.kindHints[kind]}</p>
          <ul class="list">
            {play.limits
              .filter((limit) => limit.kind === kind)
              .map((limit) => (
                <LimitLine limit={limit} now={props.frame.now} key={limit.period} />
              ))}
          </ul>
        </section>
      ))}
    </section>
  );
}

function LimitLine({ limit, now }: { limit: Limit; now: string }) {
  const { kind, period, limitXof, usedXof, leftXof, until } = limit;
  return (
    <li>
      <a href={`${HOME}/limite?kind=${kind}&period=${period}`}>
        <span class="grow">
          <b>{texts.periods[period]}</b>
          {limitXof === null ? (
            <span class="mute small">{texts.none}</span>
          ) : (
            <>
              <LimitBar limit={limit} />
              <span class="mute small">
                {texts.used(usedXof, limitXof)} · {texts.left(leftXof ?? 0)}
              </span>
              {leftXof === 0 && until !== null && (
                <span class="mute small">{texts.frees(dayAndHourOf(until, now))}</span>
              )}
            </>
          )}
        </span>
        <span>{limitXof === null ? texts.set : texts.change}</span>
        <Icon name="next" />
      </a>
    </li>
  );
}

export function LimitBar({ limit: { kind, period, limitXof, usedXof } }: { limit: Limit }) {
  if (limitXof === null) return null;
  const used = Math.min(limitXof, Math.max(0, usedXof));
  return (
    <progress
      class="used"
      max={Math.max(1, limitXof)}
      value={used}
      aria-label={texts.limitOf(kind, period)}
    />
  );
}

/** A loosening that waits: to confirm once it is ripe, to drop at any time. */
function Waiting({ limit, view, frame }: OwnProps & { readonly limit: Limit }) {
  const { pending, kind, period } = limit;
  if (pending === null) return null;
  const { changeId, limitXof, confirmFrom, isRipe } = pending;
  const path = `${HOME}/limite/${changeId}`;
  return (
    <div class="card stack-s">
      <p>
        <b>{texts.pending(limitXof, texts.limitOf(kind, period))}</b>
      </p>
      <p class="mute">{isRipe ? texts.ripe : texts.unripe(dayAndHourOf(confirmFrom, frame.now))}</p>
      <div class="two">
        <form method="post" action={`${path}/abandonner`}>
          <FormStart token={frame.formToken} slip={view.slips[`drop ${changeId}`] ?? null} />
          <button type="submit" class="btn btn-wide">
            {texts.drop}
          </button>
        </form>
        {isRipe && (
          <form method="post" action={`${path}/confirmer`}>
            <FormStart token={frame.formToken} slip={view.slips[`confirm ${changeId}`] ?? null} />
            <button type="submit" class="btn btn-wide">
              {texts.confirm}
            </button>
          </form>
        )}
      </div>
    </div>
  );
}

function RealityForm({ view, frame, play }: OwnProps) {
  return (
    <section class="stack-s">
      <h2 id="rappel">{texts.reality}</h2>
      <form class="card stack" method="post" action={`${HOME}/rappel`}>
        <FormStart token={frame.formToken} slip={view.slips['reality'] ?? null} />
        <fieldset class="stack-s" aria-describedby="rappel-hint">
          <legend class="vh">{texts.reality}</legend>
          <div class="chips chips-4">
            {realityCheckMinutes.map((minutes) => (
              <label class="chip" key={minutes}>
                <input
                  type="radio"
                  name="minutes"
                  value={minutes}
                  defaultChecked={play.realityCheck.everyMinutes === minutes}
                />
                <span>{texts.minutes(minutes)}</span>
              </label>
            ))}
          </div>
        </fieldset>
        <p class="mute small" id="rappel-hint">
          {texts.realityHint}
        </p>
        <button type="submit" class="btn btn-wide">
          {texts.save}
        </button>
      </form>
    </section>
  );
}

function Help() {
  return (
    <section class="stack prose">
      <h2>{texts.signs}</h2>
      <ul class="marks">
        {texts.signsList.map((sign) => (
          <li key={sign}>{sign}</li>
        ))}
      </ul>
      <h2>{texts.help}</h2>
      <p>{texts.helpText}</p>
    </section>
  );
}

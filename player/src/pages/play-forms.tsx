/** One limit, the last word before a pause, and the reality check. */
import type { LimitFormView, PauseView, RealityCheckPageView } from '#core/api/play-pages.ts';
import { pauses } from '#core/responsible-play.ts';
import { Field, FormStart, Problem } from '#ui/components.tsx';
import { Icon } from '#ui/icons.tsx';
import type { Page } from '../page.ts';
import { playTexts as texts, timeOf } from '../play-texts.ts';
import { LimitBar } from './responsible.tsx';

const HOME = '/jouer-responsable';
const LIMIT_FORM = 'POST /jouer-responsable/limite';

export const limitPage: Page<LimitFormView> = {
  tab: null,
  title: ({ kind, period }) => texts.limitOf(kind, period),
  Main: ({ view, frame, problem }) => {
    const { kind, period, limit, back } = view;
    return (
      <div class="stack">
        <a class="back small" href={back ?? HOME}>
          <Icon name="back" size={18} />
          {back === null ? texts.title : texts.back}
        </a>
        <h1>{texts.limitOf(kind, period)}</h1>
        <p class="mute">{texts.kindHints[kind]}</p>
        <p>
          {texts.now(limit.limitXof)}
          <LimitBar limit={limit} />
        </p>
        <Problem problem={problem} form={LIMIT_FORM} />
        <form class="card stack" method="post" action={`${HOME}/limite`}>
          <FormStart token={frame.formToken} slip={view.slip} />
          <Choice kind={kind} period={period} back={back} />
          <Field
            form={LIMIT_FORM}
            name="limitXof"
            label={texts.newLimit}
            hint={texts.newLimitHint}
            problem={problem}
            unit="F"
            inputMode="numeric"
            autocomplete="off"
            maxLength={13}
            required
          />
          <ul class="marks small">
            <li>{texts.atOnce}</li>
            <li>{texts.inADay}</li>
          </ul>
          <button type="submit" class="btn btn-go btn-wide">
            {texts.save}
          </button>
        </form>
        {limit.limitXof !== null && (
          <form method="post" action={`${HOME}/limite`}>
            <FormStart token={frame.formToken} slip={view.removeSlip} />
            <Choice kind={kind} period={period} back={null} />
            <input type="hidden" name="sans" value="oui" />
            <button type="submit" class="btn btn-wide">
              {texts.remove}
            </button>
          </form>
        )}
      </div>
    );
  },
};

function Choice({ kind, period, back }: Pick<LimitFormView, 'kind' | 'period' | 'back'>) {
  return (
    <>
      <input type="hidden" name="kind" value={kind} />
      <input type="hidden" name="period" value={period} />
      {back !== null && <input type="hidden" name="suite" value={back} />}
    </>
  );
}

export const pausePage: Page<PauseView> = {
  tab: null,
  title: () => texts.pauseTitle,
  Main: ({ view, frame }) => {
    const { kind, days } = pauses[view.pause];
    return (
      <div class="stack">
        <h1>{texts.sure(texts.pauses[view.pause])}</h1>
        <h2>{texts.whatHappens}</h2>
        <ul class="marks">
          {[
            ...texts.happens,
            texts.offersBack(view.openOffers),
            days === null ? texts.ends.forGood : texts.ends[kind],
          ].map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
        <form class="two" method="post" action={`${HOME}/pause`}>
          <FormStart token={frame.formToken} slip={view.slip} />
          <input type="hidden" name="duree" value={view.pause} />
          <button type="submit" class="btn">
            {texts.yes}
          </button>
          <a class="btn" href={HOME}>
            {texts.no}
          </a>
        </form>
      </div>
    );
  },
};

export const realityCheckPage: Page<RealityCheckPageView> = {
  tab: null,
  title: () => texts.checkTitle,
  Main: ({ view, frame }) => {
    const { since, netXof } = view.check;
    const minutes = Math.max(0, Math.floor((Date.parse(frame.now) - Date.parse(since)) / 60_000));
    return (
      <div class="stack">
        <h1>{texts.checkTitle}</h1>
        <p class="big">{texts.here(timeOf(minutes))}</p>
        <p class="big">{netXof === 0 ? texts.even : netXof > 0 ? texts.won(netXof) : texts.lost(-netXof)}</p>
        <p class="mute">{texts.kept}</p>
        <form class="two" method="post" action="/rappel">
          <FormStart token={frame.formToken} slip={view.slip} />
          <input type="hidden" name="suite" value={view.back} />
          <button type="submit" class="btn">
            {texts.seen}
          </button>
          <a class="btn" href={`${HOME}#arret`}>
            {texts.stop}
          </a>
        </form>
      </div>
    );
  },
};

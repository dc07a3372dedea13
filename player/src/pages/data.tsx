import type { ClosureShown, ExportShown } from '#core/api/data-rights.ts';
import type { PlayerViews } from '#core/api/player-pages.ts';
import { FormStart, Note, Problem } from '#ui/components.tsx';
import { dayAndHourOf } from '#ui/dates.ts';
import { dataTexts } from '../data-texts.ts';
import type { Page, Props } from '../page.ts';

const COPY_FORM = 'POST /moi/donnees/copie';
const CLOSE_FORM = 'POST /moi/donnees/fermer';

export const dataPage: Page<PlayerViews['data']> = {
  tab: 'me',
  title: () => dataTexts.title,
  Main: DataMain,
};

function DataMain({ view, frame, problem }: Props<PlayerViews['data']>) {
  return (
    <div class="stack-l">
      <h1>{dataTexts.title}</h1>
      {view.done === 'copie' && view.exports[0]?.isReady === true && (
        <Note tone="ok" role="status">
          {dataTexts.copyDone}
        </Note>
      )}
      {view.closure !== null && <Closing closure={view.closure} />}
      <section class="card stack">
        <h2>{dataTexts.copy}</h2>
        <p class="mute">{dataTexts.copyHint}</p>
        <Problem problem={problem} form={COPY_FORM} />
        <form method="post" action="/moi/donnees/copie">
          <FormStart token={frame.formToken} slip={view.slip} />
          <button type="submit" class="btn btn-go btn-wide">
            {dataTexts.copyGo}
          </button>
        </form>
        {view.exports.map((one) => (
          <Copy one={one} now={frame.now} key={one.exportId} />
        ))}
      </section>
      {view.closure === null && (
        <section class="card stack">
          <h2>{dataTexts.close}</h2>
          <p class="mute">{dataTexts.closeHint}</p>
          <a class="btn btn-wide" href="/moi/donnees/fermer">
            {dataTexts.closeStart}
          </a>
        </section>
      )}
    </div>
  );
}

function Copy({ one, now }: { one: ExportShown; now: string }) {
  return (
    <div class="stack-s">
      <p>
        {dataTexts.copyAt} {dayAndHourOf(one.askedAt, now)}.{' '}
        <span class="mute small">
          {one.readyAt === null
            ? dataTexts.copyWaits
            : one.isReady && one.expiresAt !== null
              ? dataTexts.copyUntil(dayAndHourOf(one.expiresAt, now))
              : dataTexts.copyGone}
        </span>
      </p>
      {one.isReady && (
        <a class="btn" href={`/moi/donnees/copies/${one.exportId}`}>
          {dataTexts.fetch}
        </a>
      )}
    </div>
  );
}

function Closing({ closure }: { closure: ClosureShown }) {
  return (
    <Note role="status">
      <p>
        <b>{dataTexts.closing}</b>
      </p>
      <p>
        {closure.waitsForDuels > 0
          ? dataTexts.closingDuels(closure.waitsForDuels)
          : closure.withdrawingXof > 0
            ? dataTexts.closingPaying(closure.withdrawingXof)
            : dataTexts.closingSoon}
      </p>
      <p class="mute small">{dataTexts.noBets}</p>
    </Note>
  );
}

export const closingPage: Page<PlayerViews['closing']> = {
  tab: 'me',
  title: () => dataTexts.close,
  Main: ({ view, frame, problem }) => (
    <div class="stack-l">
      <h1>{dataTexts.close}</h1>
      <Problem problem={problem} form={CLOSE_FORM} />
      {view.closure === null ? (
        <section class="card stack">
          <h2>{dataTexts.whatHappens}</h2>
          <ul class="stack-s">
            {view.openOfferCount > 0 && <li>{dataTexts.offers(view.openOfferCount)}</li>}
            {view.duelCount > 0 && <li>{dataTexts.duels(view.duelCount)}</li>}
            <li>
              {view.payoutXof > 0 ? dataTexts.payout(view.payoutXof, view.maskedPhone) : dataTexts.nothing}
            </li>
            {view.remainderXof > 0 && <li>{dataTexts.remainder(view.remainderXof)}</li>}
            <li>{dataTexts.sessions}</li>
            <li>{dataTexts.kept}</li>
          </ul>
          <form method="post" action="/moi/donnees/fermer">
            <FormStart token={frame.formToken} slip={view.slip} />
            <button type="submit" class="btn btn-wide">
              {dataTexts.closeGo}
            </button>
          </form>
        </section>
      ) : (
        <Closing closure={view.closure} />
      )}
      <a class="btn btn-wide" href="/moi/donnees">
        {dataTexts.stay}
      </a>
    </div>
  ),
};

export const closedPage: Page<PlayerViews['closed']> = {
  tab: 'me',
  title: () => dataTexts.closed,
  Main: () => (
    <div class="stack">
      <h1>{dataTexts.closed}</h1>
      <p>{dataTexts.closedHint}</p>
      <p class="mute">{dataTexts.closedNext}</p>
    </div>
  ),
};

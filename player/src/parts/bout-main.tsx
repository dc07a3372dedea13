/** The part of a bout's page that lives: state, offers, the form of a new one. */

import type { FormProblem } from '#core/api/pages.ts';
import type { BoutPageView, LiveBout } from '#core/api/player-pages.ts';
import { boutPath } from '#core/bet-paths.ts';
import { wrestledTimeText } from '#core/question.ts';
import { FormStart, Money, Note, Tag } from '#ui/components.tsx';
import { dayAndHourOf, hourOf, secondOf, untilOf } from '#ui/dates.ts';
import { Icon } from '#ui/icons.tsx';
import { useIsAlive, useNow, useStream } from '#ui/use-live.ts';
import { audienceTexts } from '../challenge-texts.ts';
import type { Props } from '../page.ts';
import { boutTexts, stateTexts } from '../texts.ts';
import { MovedNote } from './moved-note.tsx';
import { OfferList } from './offer-list.tsx';
import { OrderBook } from './order-book.tsx';
import { PlaceForm } from './place-form.tsx';
import { StateTag } from './state-tag.tsx';
import { FaceOff } from './wrestlers.tsx';

export function BoutMain({ view: first, frame, problem }: Props<BoutPageView>) {
  const { snapshot, isPaused, setPaused } = useStream<LiveBout>(
    `/live${boutPath(first).replace('/combats/', '/bouts/')}`,
    first.live,
    (live) => live.market?.version ?? 0,
  );
  const now = useNow(frame.now);
  const view = { ...first, live: snapshot };
  const marketState = view.live.market?.state;
  return (
    <div class="stack-l">
      <Head view={view} now={now} />
      {view.live.result === null && !view.live.isCalledOff && <MovedNote moved={view.live.moved} />}
      <Markets view={view} />
      <LiveLine view={view} isPaused={isPaused} setPaused={setPaused} />
      <OwnOffers view={view} token={frame.formToken} problem={problem} />
      {(marketState === 'open' || marketState === 'suspended') && <OfferList view={view} />}
      {marketState === 'open' && view.ruleCard !== null && (
        <>
          <OrderBook view={view} limits={view.ruleCard.limits} />
          <PlaceForm view={view} ruleCard={view.ruleCard} frame={frame} problem={problem} />
        </>
      )}
    </div>
  );
}

function Head({ view, now }: { view: BoutPageView; now: string }) {
  const { live, gala } = view;
  const isOver =
    live.market?.closedAt != null || live.state !== 'announced' || live.moved?.isUndated === true;
  const until = isOver ? null : untilOf(live.scheduledAt, now);
  const engaged = (live.market?.engagedAXof ?? 0) + (live.market?.engagedBXof ?? 0);
  return (
    <section class="arena">
      <p class="row between small">
        <a class="back" href={`/galas/${gala.id}`}>
          <Icon name="back" size={18} />
          {gala.name}
        </a>
        <StateTag state={live.state} marketState={live.market?.state ?? null} />
      </p>
      <h1 class="vh">{`${view.wrestlerA.name} contre ${view.wrestlerB.name}`}</h1>
      <FaceOff a={view.wrestlerA} b={view.wrestlerB} areLinked winner={live.result?.winnerSide ?? null} />
      <p class="when">
        {live.moved?.isUndated === true ? boutTexts.noDate : dayAndHourOf(live.scheduledAt, now)}
        {until !== null && <span class="mute"> · {until}</span>}
      </p>
      {engaged > 0 && (
        <p class="small mute">
          {boutTexts.engaged} <Money xof={engaged} />
        </p>
      )}
      {live.result !== null && <Verdict view={view} />}
    </section>
  );
}

/** The bout's other questions, once it has some. */
function Markets({ view }: { view: BoutPageView }) {
  const { markets, boutId } = view;
  if (markets.length === 0 || (markets.length === 1 && markets[0]?.marche === view.marche)) return null;
  return (
    <nav class="markets" aria-label={boutTexts.markets}>
      {markets.map((market) => {
        const isHere = market.marche === view.marche;
        const state = isHere ? (view.live.market?.state ?? market.state) : market.state;
        return (
          <a
            key={market.id}
            class="chip-link"
            href={boutPath({ boutId, marche: market.marche })}
            aria-current={isHere ? 'page' : undefined}
          >
            <b>{market.question}</b>
            <span class="small mute">
              {state === 'open' && !isHere && market.openOfferCount > 0
                ? boutTexts.offers(market.openOfferCount)
                : stateTexts[state]}
            </span>
          </a>
        );
      })}
    </nav>
  );
}

/** What happened in the ring, and what it makes of the question that is looked at. */
function Verdict({ view }: { view: BoutPageView }) {
  const { result, market } = view.live;
  if (result === null) return null;
  const { how } = result;
  const winner = result.winnerSide === 'A' ? view.wrestlerA : view.wrestlerB;
  return (
    <p class="verdict">
      <b>{result.winnerSide === null ? `${how}.` : boutTexts.winner(winner.name, how)}</b>
      {result.wrestledSeconds !== null && view.question.kind === 'over_under' && (
        <>
          <br />
          {boutTexts.wrestled(wrestledTimeText(result.wrestledSeconds))}
        </>
      )}
      {market !== null && <Answer view={view} market={market} />}
    </p>
  );
}

function Answer({ view, market }: { view: BoutPageView; market: NonNullable<LiveBout['market']> }) {
  const { outcome, state, payoutPolicy } = market;
  const text =
    outcome === 'void'
      ? boutTexts.isVoid
      : outcome !== null
        ? view.question.kind !== 'winner' && boutTexts.wins(view.question.sides[outcome].pick)
        : state === 'closed' && payoutPolicy === 'homologation' && boutTexts.held;
  return (
    text !== false && (
      <>
        <br />
        {text}
      </>
    )
  );
}

/** What the page says by itself while it lives, and the button that keeps it still. */
function LiveLine({
  view,
  isPaused,
  setPaused,
}: {
  view: BoutPageView;
  isPaused: boolean;
  setPaused(isPaused: boolean): void;
}) {
  const isAlive = useIsAlive();
  const { market, offers, moreOffers } = view.live;
  const own = new Set(view.ownOffers.map((offer) => offer.offerId));
  const count = offers.filter((offer) => !own.has(offer.offerId)).length + moreOffers.A + moreOffers.B;
  const canMove = market?.state === 'open' || market?.state === 'suspended';
  // The verdict above says it all.
  if (view.live.result !== null) return null;
  return (
    <div class="row between live">
      <div role="status">
        {market === null || market.state === 'draft'
          ? boutTexts.notYet
          : market.state === 'suspended'
            ? boutTexts.suspended
            : market.state === 'open'
              ? boutTexts.offers(count)
              : market.closedAt !== null && closedLine(market.closedAt, view.live)}
        {market?.rootPublishedAt != null && (
          <>
            {' '}
            <a href={`/preuves/marches/${market.id}`}>
              {boutTexts.published(secondOf(market.rootPublishedAt))}
            </a>
          </>
        )}
      </div>
      {isAlive && canMove && (
        <button
          type="button"
          class="btn btn-quiet"
          aria-pressed={isPaused}
          onClick={() => setPaused(!isPaused)}
        >
          {isPaused ? boutTexts.follow : boutTexts.freeze}
        </button>
      )}
    </div>
  );
}

function closedLine(closedAt: string, { moved, isCalledOff }: LiveBout): string {
  const hour = hourOf(closedAt);
  if (isCalledOff) return boutTexts.calledOff(hour);
  // What becomes of a moved bout's bets is said above.
  return moved === null ? boutTexts.closedAt(hour) : boutTexts.stopped(hour);
}

const CANCEL_FORM = 'POST /combats/:boutId/defis/:offerId/retirer';

function OwnOffers({
  view,
  token,
  problem,
}: {
  view: BoutPageView;
  token: string;
  problem: FormProblem | null;
}) {
  const refused =
    problem !== null && problem.form === CANCEL_FORM ? (
      <Note tone="bad" role="alert">
        {problem.sentence}
      </Note>
    ) : null;
  if (view.ownOffers.length === 0) return refused;
  const canCancel = view.live.market?.state === 'open' || view.live.market?.state === 'suspended';
  return (
    <section class="stack-s">
      <h2>{boutTexts.own}</h2>
      {refused}
      <ul class="list">
        {view.ownOffers.map((offer, index) => {
          const open = view.live.offers.find(({ offerId }) => offerId === offer.offerId);
          return (
            <li key={offer.offerId} class="row between">
              <a href={`/defis/${offer.offerId}`}>
                <span>
                  <b>
                    <Money xof={open?.openXof ?? offer.openXof} />
                  </b>{' '}
                  sur {offer.pick}
                  <br />
                  {offer.visibility !== 'public' ? (
                    <span class="mute small">{`${audienceTexts.private} · ${boutTexts.ownOpen}`}</span>
                  ) : open === undefined && view.live.moreOffers[offer.side] === 0 ? (
                    <Tag tone="ochre">{boutTexts.ownChanged}</Tag>
                  ) : (
                    <span class="mute small">{boutTexts.ownOpen}</span>
                  )}
                </span>
              </a>
              {canCancel && (
                <form method="post" action={`/combats/${view.boutId}/defis/${offer.offerId}/retirer`}>
                  <FormStart token={token} slip={view.cancelSlips[index] ?? null} />
                  <button type="submit" class="btn">
                    {boutTexts.cancel}
                  </button>
                </form>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

import type { Bet, OwnOffer, PlayerViews } from '#core/api/player-pages.ts';
import { Money, Tag } from '#ui/components.tsx';
import { historyTexts } from '../history-texts.ts';
import type { Page, Props } from '../page.ts';
import { BetLine } from '../parts/bet-line.tsx';
import { ChallengesForMe } from '../parts/challenges-for-me.tsx';
import { RebetLink } from '../parts/rebet-card.tsx';
import { ticketTexts } from '../pool-texts.ts';
import { rebetTexts } from '../rebet-texts.ts';
import { betTexts } from '../texts.ts';

type View = PlayerViews['bets'];

export const betsPage: Page<View> = { tab: 'bets', title: () => betTexts.title, Main: BetsMain };

function BetsMain({ view }: Props<View>) {
  const engaged = view.bets.filter((bet) => bet.state === 'engaged');
  const settled = view.bets.filter((bet) => bet.state !== 'engaged');
  const isEmpty = [view.bets, view.offers, view.returned, view.challenges].every(
    ({ length }) => length === 0,
  );
  return (
    <div class="stack-l">
      <h1>{betTexts.title}</h1>
      {isEmpty && (
        <section class="card stack">
          <b>{betTexts.none}</b>
          <p class="mute">{betTexts.noneHint}</p>
          <a class="btn btn-go btn-wide" href="/">
            {betTexts.seeBouts}
          </a>
        </section>
      )}
      <ChallengesForMe challenges={view.challenges} />
      <Offers offers={view.offers} />
      <Bets title={betTexts.engagedTitle} bets={engaged} chances={view.chances} />
      <Returned view={view} />
      <Bets title={betTexts.settledTitle} bets={settled} chances={view.chances} />
      <a class="btn btn-wide" href="/tickets">
        {ticketTexts.allMine}
      </a>
      {!isEmpty && (
        <a class="btn btn-wide" href="/paris/historique">
          {historyTexts.link}
        </a>
      )}
      {view.next !== null && (
        <a class="btn btn-wide" href={`/paris?before=${view.next}`}>
          {betTexts.older}
        </a>
      )}
    </div>
  );
}

function Offers({ offers }: { offers: readonly OwnOffer[] }) {
  if (offers.length === 0) return null;
  return (
    <section class="stack-s">
      <h2>{betTexts.openTitle}</h2>
      <ul class="list">
        {offers.map((offer) => (
          <li key={offer.offerId}>
            <a href={`/defis/${offer.offerId}`}>
              <span>
                <span>
                  <b>
                    <Money xof={offer.openXof} />
                  </b>{' '}
                  {betTexts.on} {offer.pick}
                </span>
                <span class="mute small">{offer.boutName}</span>
              </span>
              <Tag icon="clock">{betTexts.open}</Tag>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Offers that nobody took, or not all of them, to bet again. */
function Returned({ view: { returned, chances } }: { view: View }) {
  if (returned.length === 0) return null;
  return (
    <section class="stack-s">
      <h2>{rebetTexts.returnedTitle}</h2>
      <ul class="list">
        {returned.map(({ offerId, returnedXof, pick, boutName }) => (
          <li key={offerId}>
            <a href={`/defis/${offerId}`}>
              <span>
                <span>
                  <b>
                    <Money xof={returnedXof} />
                  </b>{' '}
                  {betTexts.on} {pick}
                </span>
                <span class="mute small">{boutName}</span>
              </span>
              <Tag icon="turn">{rebetTexts.returned}</Tag>
            </a>
            {chances.includes(offerId) && <RebetLink pastId={offerId} pick={pick} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Bets({ title, bets, chances }: { title: string; bets: readonly Bet[]; chances: readonly string[] }) {
  if (bets.length === 0) return null;
  return (
    <section class="stack-s">
      <h2>{title}</h2>
      <ul class="list">
        {bets.map((bet) => (
          <BetLine bet={bet} hasChance={chances.includes(bet.betId)} key={bet.betId} />
        ))}
      </ul>
    </section>
  );
}

/** Open offers, grouped by the side that the one who takes them is on. */
import type { BoutPageView, OpenOffer } from '#core/api/player-pages.ts';
import type { Side } from '#core/market.ts';
import { Money } from '#ui/components.tsx';
import { boutTexts } from '../texts.ts';

export function OfferList({ view }: { view: BoutPageView }) {
  const own = new Set(view.ownOffers.map((offer) => offer.offerId));
  const offers = view.live.offers.filter((offer) => !own.has(offer.offerId));
  return (
    <section class="stack" aria-labelledby="offers">
      <h2 id="offers">{boutTexts.toTake}</h2>
      {offers.length === 0 ? (
        <p class="mute">{boutTexts.none}</p>
      ) : (
        <>
          <SideOffers view={view} backing="A" offers={offers.filter((offer) => offer.side === 'B')} />
          <SideOffers view={view} backing="B" offers={offers.filter((offer) => offer.side === 'A')} />
        </>
      )}
    </section>
  );
}

function SideOffers({
  view,
  backing,
  offers,
}: {
  view: BoutPageView;
  backing: Side;
  offers: readonly OpenOffer[];
}) {
  const { pick } = view.question.sides[backing];
  const more = view.live.moreOffers[backing === 'A' ? 'B' : 'A'];
  if (offers.length === 0) return null;
  return (
    <div class={`side side-${backing}`}>
      <h3>{view.question.kind === 'winner' ? boutTexts.backing(pick) : boutTexts.taking(pick)}</h3>
      <ul>
        {offers.map((offer) => (
          <li key={offer.offerId} class="offer">
            <span>
              <span>
                {boutTexts.youPut}{' '}
                <b>
                  <Money xof={offer.takerXof} />
                </b>
              </span>
              <span class="mute small">
                <Money xof={offer.takerNetXof} /> {boutTexts.net} · {boutTexts.against(offer.pseudonym)}
              </span>
            </span>
            <a
              class="btn btn-try"
              href={`/combats/${view.boutId}/defis/${offer.offerId}`}
              aria-label={boutTexts.acceptLabel(offer.takerXof, pick, offer.takerNetXof)}
            >
              {boutTexts.accept}
            </a>
          </li>
        ))}
      </ul>
      {more > 0 && (
        <a
          class="btn btn-quiet"
          href={`/combats/${view.boutId}?${view.marche === null ? '' : `marche=${view.marche}&`}tous=1`}
        >
          {boutTexts.more(more)}
        </a>
      )}
    </div>
  );
}

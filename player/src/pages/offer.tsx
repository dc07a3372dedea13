import type { PlayerViews } from '#core/api/player-pages.ts';
import { FormStart, Money, Note, Sums, Tag } from '#ui/components.tsx';
import { dayAndHourOf } from '#ui/dates.ts';
import { Icon } from '#ui/icons.tsx';
import type { Page, Props } from '../page.ts';
import { BetLine } from '../parts/bet-line.tsx';
import { Receipt } from '../parts/receipt.tsx';
import { betTexts, shellTexts } from '../texts.ts';

type View = PlayerViews['offer'];

export const offerPage: Page<View> = { tab: 'bets', title: () => betTexts.offer, Main: OfferMain };

function OfferMain({ view, frame, problem }: Props<View>) {
  const { offer, bets, isNew } = view;
  return (
    <div class="stack">
      {isNew && <News offer={offer} />}
      <h1 class={isNew ? 'vh' : undefined}>{betTexts.offer}</h1>
      {problem !== null && (
        <Note tone="bad" role="alert">
          <p>{problem.sentence}</p>
        </Note>
      )}
      <Receipt number={offer.offerId} at={dayAndHourOf(offer.placedAt, frame.now)}>
        <p>
          <b class="big">
            <Money xof={offer.stakeXof} />
          </b>{' '}
          {betTexts.on} <b>{offer.wrestler}</b>
          <br />
          <a class="mute small" href={`/combats/${offer.boutId}`}>
            {offer.boutName}
          </a>
        </p>
        <Sums
          lines={[
            { name: betTexts.ask, xof: offer.askXof },
            { name: betTexts.filled, xof: offer.filledXof },
            { name: betTexts.waiting, xof: offer.openXof },
            { name: betTexts.returned, xof: offer.returnedXof },
          ]}
        />
        {view.isTest && <Tag>{shellTexts.play}</Tag>}
      </Receipt>
      {bets.length > 0 && (
        <section class="stack-s">
          <h2>{betTexts.bets}</h2>
          <ul class="list">
            {bets.map((bet) => (
              <BetLine bet={bet} key={bet.betId} />
            ))}
          </ul>
        </section>
      )}
      {offer.openXof > 0 && (
        <form
          class="stack-s"
          method="post"
          action={`/combats/${offer.boutId}/defis/${offer.offerId}/retirer`}
        >
          <FormStart token={frame.formToken} slip={view.slip} />
          <button type="submit" class="btn btn-wide">
            {betTexts.cancel} · <Money xof={offer.openXof} />
          </button>
          <p class="mute small">{betTexts.cancelHint}</p>
        </form>
      )}
      <a class="btn btn-wide" href={`/combats/${offer.boutId}`}>
        <Icon name="back" />
        {betTexts.seeBout}
      </a>
    </div>
  );
}

function News({ offer }: { offer: View['offer'] }) {
  const isWhole = offer.openXof === 0 && offer.filledXof > 0;
  return (
    <Note tone="ok" role="status">
      <b class="big">{isWhole ? betTexts.taken : betTexts.placed}</b>
      <p>{isWhole ? betTexts.engagedLine : offer.filledXof > 0 ? betTexts.partTaken : betTexts.placedHint}</p>
    </Note>
  );
}

import type { PlayerViews } from '#core/api/player-pages.ts';
import { boutPath } from '#core/bet-paths.ts';
import { FormStart, Money, Note, Sums, Tag } from '#ui/components.tsx';
import { dayAndHourOf } from '#ui/dates.ts';
import { Icon } from '#ui/icons.tsx';
import { shareTexts } from '../challenge-texts.ts';
import type { Page, Props } from '../page.ts';
import { BetLine } from '../parts/bet-line.tsx';
import { RebetCard } from '../parts/rebet-card.tsx';
import { Receipt } from '../parts/receipt.tsx';
import { ShareLinks } from '../parts/share-links.tsx';
import { betTexts, shellTexts } from '../texts.ts';

type View = PlayerViews['offer'];

export const offerPage: Page<View> = { tab: 'bets', title: () => betTexts.offer, Main: OfferMain };

function OfferMain({ view, frame, problem }: Props<View>) {
  const { offer, bets, isNew } = view;
  // First where it has just been placed: that is what is to be done next.
  const share = view.share !== null && <Share share={view.share} offer={offer} />;
  return (
    <div class="stack">
      {isNew && <News offer={offer} />}
      <h1 class={isNew ? 'vh' : undefined}>{betTexts.offer}</h1>
      {problem !== null && (
        <Note tone="bad" role="alert">
          <p>{problem.sentence}</p>
        </Note>
      )}
      {isNew && share}
      <Receipt number={offer.offerId} at={dayAndHourOf(offer.placedAt, frame.now)}>
        <p>
          <b class="big">
            <Money xof={offer.stakeXof} />
          </b>{' '}
          {betTexts.on} <b>{offer.pick}</b>
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
        <Audience offer={offer} now={frame.now} />
        {view.isTest && <Tag>{shellTexts.play}</Tag>}
      </Receipt>
      <Counters view={view} token={frame.formToken} />
      {!isNew && share}
      {view.rebet !== null && <RebetCard rebet={view.rebet} frame={frame} />}
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
            <span>
              {betTexts.cancel} · <Money xof={offer.openXof} />
            </span>
          </button>
          <p class="mute small">{betTexts.cancelHint}</p>
        </form>
      )}
      <a class="btn btn-wide" href={boutPath({ boutId: offer.boutId, marche: view.marche })}>
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
      <p>{isWhole ? betTexts.engagedLine : offer.filledXof > 0 ? betTexts.partTaken : hintOf(offer)}</p>
    </Note>
  );
}

function hintOf({ visibility, maskedPhone }: View['offer']): string {
  switch (visibility) {
    case 'public':
      return betTexts.placedHint;
    case 'phone':
      return shareTexts.placedPhone(maskedPhone ?? '');
    case 'link':
      return shareTexts.placedLink;
    case 'counter':
      return shareTexts.placedCounter;
  }
}

/** Whom it is for, and until when. */
function Audience({ offer, now }: { offer: View['offer']; now: string }) {
  const { visibility, maskedPhone, expiresAt } = offer;
  const whom = {
    public: null,
    phone: shareTexts.forPhone(maskedPhone ?? ''),
    link: shareTexts.forLink,
    counter: shareTexts.forMaker,
  }[visibility];
  if (whom === null && expiresAt === null) return null;
  return (
    <p class="small">
      {whom} {expiresAt !== null && shareTexts.until(dayAndHourOf(expiresAt, now))}
    </p>
  );
}

/** The link to hand on, and the message that carries it. */
function Share({ share, offer }: { share: NonNullable<View['share']>; offer: View['offer'] }) {
  const { link } = share;
  const words = { ...share, bout: offer.boutName, makerXof: offer.openXof };
  return (
    <section class="card stack-s">
      <h2>{shareTexts.title}</h2>
      <ShareLinks
        language={share.language}
        isMain
        write={({ challenge, open }) => (offer.visibility === 'public' ? open(words) : challenge(words))}
      />
      <label class="stack-s">
        <span class="mute small">{shareTexts.link}</span>
        <input class="input" readonly value={link} />
      </label>
    </section>
  );
}

/** The answers to this offer: one tap accepts one and takes this offer back. */
function Counters({ view, token }: { view: View; token: string }) {
  const { counters, offer } = view;
  if (counters.length === 0) return null;
  return (
    <section class="stack-s">
      <h2>{shareTexts.counters}</h2>
      {counters.map(({ offer: counter, slip }) => (
        <form
          key={counter.offerId}
          class="card stack-s"
          method="post"
          action={`/combats/${offer.boutId}/defis/${counter.offerId}/accepter`}
        >
          <FormStart token={token} slip={slip} />
          <input type="hidden" name="stakeXof" value={counter.takerXof} />
          {offer.openXof > 0 && <input type="hidden" name="cancels" value={offer.offerId} />}
          <p>
            <b>{counter.pseudonym}</b> {shareTexts.counterLine} <Money xof={counter.openXof} />,{' '}
            {shareTexts.youPut}{' '}
            <b>
              <Money xof={counter.takerXof} />
            </b>
          </p>
          <p class="mute small">
            <Money xof={counter.takerNetXof} /> {shareTexts.youGet}
          </p>
          <button type="submit" class="btn btn-go btn-wide">
            {shareTexts.acceptCounter(counter.takerXof)}
          </button>
          {offer.openXof > 0 && <p class="mute small">{shareTexts.acceptHint}</p>}
        </form>
      ))}
    </section>
  );
}

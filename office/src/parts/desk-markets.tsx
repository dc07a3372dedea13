/** The questions of a bout on its desk: where each is, what is held on it, when it is paid. */
import type { DeskMarket } from '#core/api/market-pages.ts';
import { Money, Tag } from '#ui/components.tsx';
import { marketTexts as texts } from '../market-texts.ts';
import { runsGalas } from '../may.ts';
import { resultTexts } from '../result-texts.ts';
import { deskTexts, stateTexts } from '../texts.ts';
import type { DeskProps } from './desk-commands.tsx';

export function DeskMarkets({ subject, live, frame }: DeskProps) {
  const { markets, boutState } = live;
  const mayRun = runsGalas(frame.visitor) && boutState === 'announced';
  // The board above says all there is to say of the only one.
  const isAlone = markets.length === 1 && markets[0]?.payoutPolicy === 'verdict';
  if (isAlone && !mayRun) return null;
  return (
    <section class="stack-s" aria-labelledby="markets">
      <h2 id="markets">{texts.title}</h2>
      {!isAlone && (
        <ul class="stack-s">
          {markets.map((market) => (
            <li class="card stack-s" key={market.marketId}>
              <MarketFacts
                market={market}
                isHeld={boutState === 'decided' && market.payoutPolicy === 'homologation'}
              />
            </li>
          ))}
        </ul>
      )}
      {mayRun && (
        <a class="btn btn-wide" href={`/combats/${subject.boutId}/marches`}>
          {markets.length === 1 ? texts.oneOnly : texts.link}
        </a>
      )}
    </section>
  );
}

export function MarketFacts({
  market,
  isHeld = false,
}: {
  market: DeskMarket;
  /** Its result stands, and has to be homologated. */
  isHeld?: boolean;
}) {
  const { question, sideA, sideB, state, payoutPolicy } = market;
  const tone = state === 'open' ? 'ok' : state === 'suspended' ? 'ochre' : undefined;
  return (
    <>
      <div class="row between wrap">
        <h3>{question}</h3>
        <Tag {...(tone === undefined ? {} : { tone })}>
          {isHeld && state === 'closed' ? resultTexts.held : stateTexts[state]}
        </Tag>
      </div>
      {state !== 'draft' && (
        <>
          <div class="engaged">
            <span class="side side-A">
              <span class="small">{sideA}</span>
              <b>
                <Money xof={market.engagedAXof} />
              </b>
            </span>
            <span class="side side-B">
              <span class="small">{sideB}</span>
              <b>
                <Money xof={market.engagedBXof} />
              </b>
            </span>
          </div>
          <p class="small mute">
            {deskTexts.duels(market.duelCount)}
            {market.openOfferCount > 0 && (
              <>
                {' · '}
                {deskTexts.offers(market.openOfferCount)} (<Money xof={market.openXof} />)
              </>
            )}
            {' · '}
            {texts.policyIs(payoutPolicy)}
          </p>
        </>
      )}
    </>
  );
}

/** What a change does to every bet on a bout: market by market, pool by pool, and what players will read. */
import type { ChangePreview } from '#core/api/bout-change-pages.ts';
import type { BettingAfter } from '#core/bout-change.ts';
import type { MarketState } from '#core/market.ts';
import { type BoutNotice, type BoutNoticeKind, boutNotice } from '#ui/bout-notice.ts';
import { Money, Tag } from '#ui/components.tsx';
import { dayAndHourOf } from '#ui/dates.ts';
import { changeTexts as texts } from '../change-texts.ts';
import { stateTexts } from '../texts.ts';
import { titleOf } from './subject.tsx';

type Effect = ChangePreview['effect'];

export function ChangedBets({ effect, now }: { effect: Effect; now: string }) {
  return (
    <>
      <section class="stack-s" aria-labelledby="changed-markets">
        <h2 id="changed-markets">{texts.markets}</h2>
        {effect.markets.map((market) => (
          <ChangedMarket market={market} until={effect.standsUntil} key={market.marketId} />
        ))}
      </section>
      <section class="stack-s" aria-labelledby="changed-pools">
        <h2 id="changed-pools">{texts.pools}</h2>
        {effect.pools.length === 0 && <p class="mute">{texts.noPool}</p>}
        {effect.pools.map((pool) => (
          <ChangedPool pool={pool} now={now} key={pool.poolId} />
        ))}
      </section>
    </>
  );
}

function ChangedMarket({ market, until }: { market: Effect['markets'][number]; until: string | null }) {
  const { question, state, fate, openOfferCount, openXof, duelCount, duelXof } = market;
  return (
    <article class="card stack-s">
      <Title name={question} state={state} />
      <p>{bettingOf(state, fate.betting)}</p>
      {state !== 'draft' && openOfferCount + duelCount === 0 && <p class="mute">{texts.nothing}</p>}
      {openOfferCount + duelCount > 0 && (
        <ul class="fates">
          <Bets name={texts.duels(duelCount)} xof={duelXof}>
            {texts.duelsAfter(fate.duels, until)}
          </Bets>
          <Bets name={texts.offers(openOfferCount)} xof={openXof}>
            {texts.offersAfter[fate.offers]}
          </Bets>
        </ul>
      )}
    </article>
  );
}

function ChangedPool({ pool, now }: { pool: Effect['pools'][number]; now: string }) {
  const { name, state, fate, ticketCount, ticketXof, decidedBy, legsElsewhere } = pool;
  const takesTickets = state === 'open' || state === 'suspended';
  return (
    <article class="card stack-s">
      <Title name={name} state={state} />
      <p>
        {bettingOf(state, fate.betting)}
        {takesTickets && legsElsewhere > 0 && ` ${texts.others(legsElsewhere)}`}
      </p>
      {state !== 'draft' && (
        <>
          <p>{texts.leg[fate.leg](dayAndHourOf(decidedBy, now))}</p>
          <ul class="fates">
            <Bets name={texts.tickets(ticketCount)} xof={ticketXof}>
              {texts.ticketsAfter[fate.tickets]}
            </Bets>
          </ul>
        </>
      )}
    </article>
  );
}

/** In the future: beside it stands what is so now. */
function bettingOf(state: MarketState, after: BettingAfter): string {
  return state === 'closed' ? texts.staysClosed : texts.betting[after];
}

function Title({ name, state }: { name: string; state: MarketState }) {
  return (
    <div class="row between wrap">
      <h3>{name}</h3>
      <Tag>{stateTexts[state]}</Tag>
    </div>
  );
}

/** So many of them, so many francs, and what becomes of them. Of what is not there nothing is said but its number. */
function Bets({ name, xof, children }: { name: string; xof: number; children: string }) {
  return (
    <li>
      <b>{name}</b>
      {xof > 0 && (
        <>
          {' · '}
          <Money xof={xof} />
          <br />
          {children}
        </>
      )}
    </li>
  );
}

export function ToldPlayers({
  preview: { subject, effect, told },
  kinds: [betKind, ticketKind],
}: {
  preview: ChangePreview;
  kinds: readonly [bets: BoutNoticeKind, tickets: BoutNoticeKind];
}) {
  const words = (kind: BoutNoticeKind) => boutNotice(kind, `${titleOf(subject)}|${told}`);
  const hasBets = effect.markets.some(({ openOfferCount, duelCount }) => openOfferCount + duelCount > 0);
  const hasTickets = effect.pools.some(({ ticketCount }) => ticketCount > 0);
  return (
    <section class="stack-s" aria-labelledby="told">
      <h2 id="told">{texts.told}</h2>
      {!hasBets && !hasTickets && <p class="mute">{texts.toldNobody}</p>}
      {hasBets && <Told to={texts.toldBets} notice={words(betKind)} />}
      {hasTickets && <Told to={texts.toldTickets} notice={words(ticketKind)} />}
    </section>
  );
}

function Told({ to, notice: { fr, wo } }: { to: string; notice: BoutNotice }) {
  return (
    <figure class="stack-s">
      <figcaption class="mute small">{to}</figcaption>
      <div class="note stack-s">
        <p>{fr}</p>
        <p class="small mute" lang="wo">
          {wo}
        </p>
      </div>
    </figure>
  );
}

import type { PlayerViews } from '#core/api/player-pages.ts';
import { Money, Note, Tag } from '#ui/components.tsx';
import { dayAndHourOf } from '#ui/dates.ts';
import { Icon } from '#ui/icons.tsx';
import type { Page, Props } from '../page.ts';
import { BetProof } from '../parts/bet-proof.tsx';
import { BetStory } from '../parts/bet-story.tsx';
import { Receipt } from '../parts/receipt.tsx';
import { TicketLines, TicketTag } from '../parts/ticket-line.tsx';
import { TicketSums } from '../parts/ticket-sums.tsx';
import { poolTexts, ticketTexts } from '../pool-texts.ts';
import { shellTexts } from '../texts.ts';

type View = PlayerViews['ticket'];

export const ticketsPage: Page<PlayerViews['tickets']> = {
  tab: 'bets',
  title: () => ticketTexts.title,
  Main: ({ view }) => (
    <div class="stack-l">
      <h1>{ticketTexts.title}</h1>
      {view.tickets.length === 0 && (
        <section class="card stack">
          <b>{ticketTexts.none}</b>
          <p class="mute">{ticketTexts.noneHint}</p>
          <a class="btn btn-go btn-wide" href="/">
            {ticketTexts.seeBouts}
          </a>
        </section>
      )}
      <TicketLines tickets={view.tickets} />
      {view.next !== null && (
        <a class="btn btn-wide" href={`/tickets?before=${view.next}`}>
          {ticketTexts.older}
        </a>
      )}
    </div>
  ),
};

export const ticketPage: Page<View> = { tab: 'bets', title: () => ticketTexts.one, Main: TicketMain };

function TicketMain({ view, frame }: Props<View>) {
  const { ticket, pool, now, isNew } = view;
  return (
    <div class="stack">
      {isNew && (
        <Note tone="ok" role="status">
          <b class="big">{ticketTexts.bought}</b>
          <p>{ticketTexts.engagedLine}</p>
        </Note>
      )}
      <h1 class={isNew ? 'vh' : undefined}>{ticketTexts.one}</h1>
      {!isNew && <Outcome ticket={ticket} />}
      <Receipt number={ticket.ticketId} at={dayAndHourOf(ticket.boughtAt, frame.now)}>
        <p class="row between">
          <span>
            <b class="big">
              <Money xof={ticket.stakeXof} />
            </b>
            <br />
            <b>{ticket.text}</b>
            <br />
            <span class="mute small">
              {ticketTexts.place(ticket.seq)}
              {ticket.bonusXof > 0 && ` · ${ticketTexts.bonus(ticket.bonusXof)}`}
            </span>
          </span>
          <TicketTag state={ticket.state} />
        </p>
        {now !== null && (
          <>
            <TicketSums sums={now} />
            {pool.closedAt === null && <p class="mute small">{ticketTexts.moves}</p>}
          </>
        )}
        {view.isTest && <Tag>{shellTexts.play}</Tag>}
      </Receipt>
      <BetStory steps={view.story} now={frame.now} of="ticket" />
      <BetProof
        bet={`/tickets/${ticket.ticketId}`}
        subject={`/preuves/mutuels/${pool.id}`}
        root={view.root}
        now={frame.now}
      />
      {(pool.state === 'settled' || pool.state === 'settling') && (
        <a class="btn btn-wide" href={`/mutuels/${pool.id}/calcul`}>
          {poolTexts.seeSteps}
        </a>
      )}
      <a class="btn btn-wide" href={`/mutuels/${pool.id}`}>
        <Icon name="back" />
        {pool.name}
      </a>
    </div>
  );
}

function Outcome({ ticket }: { ticket: View['ticket'] }) {
  switch (ticket.state) {
    case 'engaged':
      return <Note role="status">{ticketTexts.engagedLine}</Note>;
    case 'won':
      return (
        <Note tone="ok" role="status">
          <b class="big">{ticketTexts.wonLine(ticket.payoutXof ?? 0)}</b>
        </Note>
      );
    case 'lost':
      return <Note role="status">{ticketTexts.lostLine}</Note>;
    case 'refunded':
      return <Note role="status">{ticketTexts.refundedLine(ticket.payoutXof ?? ticket.stakeXof)}</Note>;
  }
}

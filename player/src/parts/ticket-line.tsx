/** A ticket in a list. Colour, letter and word say the same. */
import type { Ticket } from '#core/api/pool-pages.ts';
import { Money, Tag } from '#ui/components.tsx';
import type { IconName } from '#ui/icons.tsx';
import { ticketTexts } from '../pool-texts.ts';

const tags = {
  engaged: { tone: 'ochre', icon: 'lock' },
  won: { tone: 'ok', icon: 'check' },
  lost: { tone: 'bad', icon: 'cross' },
  refunded: { tone: undefined, icon: 'turn' },
} as const satisfies Record<Ticket['state'], { tone: 'ok' | 'bad' | 'ochre' | undefined; icon: IconName }>;

export function TicketTag({ state }: { state: Ticket['state'] }) {
  const { tone, icon } = tags[state];
  return (
    <Tag icon={icon} {...(tone === undefined ? {} : { tone })}>
      {ticketTexts.states[state]}
    </Tag>
  );
}

export function TicketLines({ tickets }: { tickets: readonly Ticket[] }) {
  return (
    <ul class="list">
      {tickets.map((ticket) => (
        <li key={ticket.ticketId}>
          <a href={`/tickets/${ticket.ticketId}`}>
            <span>
              <span>
                <b>
                  <Money xof={ticket.stakeXof} />
                </b>{' '}
                · {ticket.text}
              </span>
              <span class="mute small">{ticket.poolName}</span>
            </span>
            <span class="end">
              <TicketTag state={ticket.state} />
              {(ticket.payoutXof ?? 0) > 0 && (
                <b>
                  <Money xof={ticket.payoutXof ?? 0} sign />
                </b>
              )}
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}

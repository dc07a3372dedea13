import { fail, RefusalError } from '#core/errors.ts';
import { type Xof, xof, ZERO_XOF } from '#core/money.ts';
import { type Picks, picksText, quoteTicket, type TicketQuote } from '#core/pool.ts';
import { judgeTicket } from '#core/ticket-batch.ts';
import type { Db } from '../db.ts';
import { findTotal, type Ticket } from './queries.ts';
import type { Pool } from './show-pools.ts';

/** What a ticket would bring as things stand, its own stake included. Refuses what buying would refuse. */
export async function quoteTicketOf(db: Db, pool: Pool, picks: Picks, stakeXof: Xof): Promise<TicketQuote> {
  const { ruleCard } = pool;
  if (ruleCard === null) return fail('pool_not_open');
  const refused = judgeTicket({ picks, stakeXof }, ruleCard);
  if (refused !== null) throw new RefusalError(refused);
  const samePicksXof = (await findTotal(db, pool.id, picksText(picks))) ?? ZERO_XOF;
  return quoteTicket(stakeXof, { poolXof: pool.stakedXof, samePicksXof }, ruleCard.rates);
}

/** The same of a ticket that the pool holds already. */
export async function quoteBoughtTicket(db: Db, pool: Pool, ticket: Ticket): Promise<TicketQuote> {
  const { ruleCard } = pool;
  const heldXof = await findTotal(db, pool.id, ticket.picks);
  if (ruleCard === null || heldXof === null) throw new Error(`pool ${pool.id} does not hold its ticket`);
  const others = {
    poolXof: xof(pool.stakedXof - ticket.stakeXof),
    samePicksXof: xof(heldXof - ticket.stakeXof),
  };
  return quoteTicket(xof(ticket.stakeXof), others, ruleCard.rates);
}

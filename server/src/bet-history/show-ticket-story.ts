/** What happened to a ticket, as its player may tell it to anybody: each step with its instant, nothing ever replaced. */
import type { BetStep } from '#core/api/bet-history-pages.ts';
import { ZERO_XOF } from '#core/money.ts';
import { endPool, isRight, payTicket, readPicks } from '#core/pool.ts';
import type { Db } from '../db.ts';
import type { PlayerIdentity } from '../http.ts';
import { findStoryMoves, findStoryResults } from './story-queries.ts';
import { closeSteps, inOrder, moveStep, resultSteps } from './story-steps.ts';
import {
  findStoryPoolPayments,
  findStoryTicket,
  findStoryWhistles,
  type StoryPoolPayment,
  type StoryTicket,
  type StoryWhistle,
} from './ticket-story-queries.ts';

/** Oldest first; null when the ticket is not his. */
export async function showTicketStory(
  db: Db,
  { playerId }: PlayerIdentity,
  ticketId: string,
): Promise<BetStep[] | null> {
  return db.transaction(async (tx) => {
    await tx.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const ticket = await findStoryTicket(tx, playerId, ticketId);
    if (ticket === null) return null;
    const { boughtAt, stakeXof, seq: number } = ticket;
    const results = await findStoryResults(tx, ticket.boutIds);
    const moves = await findStoryMoves(tx, ticket.boutIds, boughtAt);
    const whistles = await findStoryWhistles(tx, ticketId);
    const payments = await findStoryPoolPayments(tx, playerId, ticketId);
    return inOrder([
      { kind: 'bought', at: boughtAt.toISOString(), stakeXof, number },
      ...moves.map(moveStep),
      ...closeSteps(ticket),
      ...whistles.map(whistleStep),
      ...results.flatMap(resultSteps),
      ...payments.map((payment) => paymentStep(payment, ticket)),
    ]);
  });
}

function whistleStep({ at, confirmedAt, isLate }: StoryWhistle): BetStep {
  return { kind: 'true_whistle', at: confirmedAt.toISOString(), whistleAt: at.toISOString(), isLate };
}

/** An earlier version is worked out again from the sums that were written down for it: they never change. */
function paymentStep(payment: StoryPoolPayment, { picks, rates, stakeXof }: StoryTicket): BetStep {
  const { version, outcomes, stakesXof, rightXof, isLate, givenXof, takenXof, keptXof } = payment;
  const ending = endPool({ stakesXof, rightXof }, outcomes, rates);
  const judged = { stakeXof, isRight: isRight(readPicks(picks), outcomes), isLate };
  const { outcome, payoutXof, taxXof } = payTicket(judged, ending, rates);
  return {
    kind: 'paid',
    at: payment.finishedAt.toISOString(),
    version,
    outcome: outcome === 'refunded' ? 'void' : outcome,
    payoutXof,
    commissionXof: ZERO_XOF,
    taxXof,
    givenXof,
    takenXof,
    keptXof,
  };
}

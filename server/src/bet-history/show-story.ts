/** What happened to a bet, as its player may tell it to anybody: each step with its instant, nothing ever replaced. */
import type { BetStep } from '#core/api/bet-history-pages.ts';
import type { Side } from '#core/market.ts';
import { ZERO_XOF } from '#core/money.ts';
import type { Db } from '../db.ts';
import type { PlayerIdentity } from '../http.ts';
import { showBetObjection } from '../objections/show-objection.ts';
import {
  findStoryBet,
  findStoryMoves,
  findStoryPayments,
  findStoryResults,
  type StoryBet,
  type StoryPayment,
} from './story-queries.ts';
import { closeSteps, inOrder, moveStep, objectionSteps, resultSteps } from './story-steps.ts';

/** Oldest first; null when the bet is not his. */
export async function showStory(db: Db, player: PlayerIdentity, betId: string): Promise<BetStep[] | null> {
  const told = await db.transaction(async (tx) => {
    await tx.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const bet = await findStoryBet(tx, player.playerId, betId);
    if (bet === null) return null;
    const results = await findStoryResults(tx, [bet.boutId]);
    const moves = await findStoryMoves(tx, [bet.boutId], bet.madeAt);
    const payments = await findStoryPayments(tx, player.playerId, betId, bet.side);
    return { bet, moves, results, payments };
  });
  if (told === null) return null;
  const { objection } = await showBetObjection(db, player, betId);
  const { bet, moves, results, payments } = told;
  return inOrder([
    ...betSteps(bet),
    ...moves.map(moveStep),
    ...closeSteps(bet),
    ...whistleSteps(bet),
    ...results.flatMap(resultSteps),
    ...payments.map((payment) => paymentStep(payment, bet.side)),
    ...objectionSteps(objection),
  ]);
}

function betSteps(bet: StoryBet): BetStep[] {
  const { stakeXof, opponentStakeXof, opponent } = bet;
  const steps: BetStep[] = [
    { kind: 'matched', at: bet.madeAt.toISOString(), stakeXof, opponentStakeXof, opponent },
  ];
  if (bet.offeredAt !== null && bet.offeredXof !== null && bet.askedXof !== null)
    steps.unshift({
      kind: 'placed',
      at: bet.offeredAt.toISOString(),
      stakeXof: bet.offeredXof,
      askXof: bet.askedXof,
    });
  return steps;
}

function whistleSteps({ whistleAt, whistleConfirmedAt, isLate }: StoryBet): BetStep[] {
  if (whistleAt === null || whistleConfirmedAt === null) return [];
  const at = whistleConfirmedAt.toISOString();
  return [{ kind: 'true_whistle', at, whistleAt: whistleAt.toISOString(), isLate }];
}

/** Commission and tax are the winner's: they are kept from what he gets. */
function paymentStep({ finishedAt, outcome, ...payment }: StoryPayment, side: Side): BetStep {
  const isWon = outcome === side;
  return {
    kind: 'paid',
    at: finishedAt.toISOString(),
    ...payment,
    outcome: isWon ? 'won' : outcome === 'void' ? 'void' : 'lost',
    commissionXof: isWon ? payment.commissionXof : ZERO_XOF,
    taxXof: isWon ? payment.taxXof : ZERO_XOF,
  };
}

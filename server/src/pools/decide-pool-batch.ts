/**
 * Decides a batch of tickets of one pool in one transaction: lock and read, let core decide, write the whole effect in
 * one statement, commit. Lock order: pool, then balances in id order.
 */
import { refusal } from '#core/errors.ts';
import { decideTickets } from '#core/ticket-batch.ts';
import type { Db, Tx } from '../db.ts';
import type { HouseLimits } from '../offers/read-market.ts';
import { answerBatch, storedAnswers } from '../operations/answer-batch.ts';
import { lockAndReadPool } from './read-pool.ts';
import type { TicketAnswer, TicketCommand } from './ticket-command.ts';
import { writeTickets } from './write-tickets.ts';

/** One answer per command, in their order; effects and answers are committed together. */
export function decidePoolBatch(
  db: Db,
  poolId: number,
  commands: readonly TicketCommand[],
  house: HouseLimits,
): Promise<TicketAnswer[]> {
  return answerBatch(commands, (unique) => db.transaction((tx) => decideIn(tx, poolId, unique, house)));
}

async function decideIn(
  tx: Tx,
  poolId: number,
  commands: readonly TicketCommand[],
  house: HouseLimits,
): Promise<TicketAnswer[]> {
  const reading = await lockAndReadPool(tx, poolId, commands, house);
  if (reading === null) return commands.map(() => refusal('not_found'));
  const answers = storedAnswers(reading.operations, commands);
  const fresh = commands.filter((command) => !answers.has(command.operationId));
  if (fresh.length > 0) {
    const decided = decideTickets(
      reading.view,
      fresh.map(({ command }) => command),
    );
    const written = await writeTickets(tx, { poolId, reading, commands: fresh, decided });
    for (const [id, answer] of written) answers.set(id, answer);
  }
  return commands.map(({ operationId }) => {
    const answer = answers.get(operationId);
    if (answer === undefined) throw new Error(`operation ${operationId} has no answer`);
    return answer;
  });
}

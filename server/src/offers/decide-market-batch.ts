/**
 * Decides a batch of commands of one market in one transaction: lock and read, let core decide, write the whole
 * effect in one statement, commit. Lock order: market, then balances in id order (offers change under the market's
 * lock only).
 */
import { BookTooShort, decideBatch } from '#core/batch.ts';
import type { BatchDecision } from '#core/book.ts';
import { type Refusal, refusal } from '#core/errors.ts';
import type { Db, Tx } from '../db.ts';
import { answerBatch, storedAnswers } from '../operations/answer-batch.ts';
import { isStoredRefusal } from '../operations/operation.ts';

import type { BetAnswer, BetCommand } from './bet-command.ts';
import { type HouseLimits, lockAndReadMarket, type MarketReading } from './read-market.ts';
import { writeBatch } from './write-batch.ts';

/** Open offers read per side at first: a batch seldom eats deeper. */
const DEPTH_MIN = 32;
const DEPTH_GROWTH = 8;

/** One answer per command, in their order; effects and answers are committed together. */
export async function decideMarketBatch(
  db: Db,
  marketId: number,
  commands: readonly BetCommand[],
  house: HouseLimits,
): Promise<BetAnswer[]> {
  return answerBatch(commands, (unique) => db.transaction((tx) => decideIn(tx, marketId, unique, house)));
}

async function decideIn(
  tx: Tx,
  marketId: number,
  commands: readonly BetCommand[],
  house: HouseLimits,
): Promise<BetAnswer[]> {
  let depth = Math.max(DEPTH_MIN, commands.length);
  let reading = await lockAndReadMarket(tx, marketId, commands, depth, house);
  if (reading === null) return commands.map(() => refusal('not_found'));

  const stored = storedAnswers(reading.operations, commands);
  const fresh = commands.filter((command) => !stored.has(command.operationId));
  if (fresh.length === 0) return commands.map((command) => answerOf(stored, command));

  let decision = tryDecide(reading, fresh);
  while (decision === null) {
    depth *= DEPTH_GROWTH;
    reading = (await lockAndReadMarket(tx, marketId, commands, depth, house)) ?? reading;
    decision = tryDecide(reading, fresh);
  }
  const answers = await writeBatch(tx, { marketId, reading, commands: fresh, decision });
  return commands.map((command) => answers.get(command.operationId) ?? answerOf(stored, command));
}

function tryDecide(reading: MarketReading, commands: readonly BetCommand[]): BatchDecision | null {
  try {
    return decideBatch(
      reading.view,
      commands.map(({ command }) => command),
    );
  } catch (error) {
    if (error instanceof BookTooShort) return null;
    throw error;
  }
}

function answerOf(answers: ReadonlyMap<string, BetAnswer>, command: BetCommand): BetAnswer {
  const answer = answers.get(command.operationId);
  if (answer === undefined) throw new Error(`operation ${command.operationId} has no answer`);
  return answer;
}

export function isRefused(answer: BetAnswer): answer is Refusal {
  return isStoredRefusal(answer);
}

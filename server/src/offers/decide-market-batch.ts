/**
 * Decides a batch of commands of one market in one transaction: lock and read, let core decide, write the whole
 * effect in one statement, commit. Lock order: market, then balances in id order (offers change under the market's
 * lock only).
 */
import { type BatchDecision, BookTooShort, decideBatch } from '#core/book.ts';
import { type Refusal, refusal } from '#core/errors.ts';
import type { Db, Tx } from '../db.ts';
import { isStoredRefusal } from '../operations/operation.ts';
import { retryTakenId } from '../operations/retry-taken-id.ts';
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
  const { unique, indexes } = mergeRepeats(commands);
  const answers = await retryTakenId(() => db.transaction((tx) => decideIn(tx, marketId, unique, house)));
  return commands.map((command, index) => {
    const first = indexes[index] ?? 0;
    const same = unique[first]?.inputHash.equals(command.inputHash) === true;
    return (same ? answers[first] : undefined) ?? refusal('operation_id_reused');
  });
}

/** The same id twice in one set is one command: both get its answer, unless their inputs differ. */
function mergeRepeats(commands: readonly BetCommand[]): { unique: BetCommand[]; indexes: number[] } {
  const unique: BetCommand[] = [];
  const seen = new Map<string, number>();
  const indexes = commands.map((command) => {
    const known = seen.get(command.operationId);
    if (known !== undefined) return known;
    seen.set(command.operationId, unique.length);
    return unique.push(command) - 1;
  });
  return { unique, indexes };
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

  const stored = storedAnswers(reading, commands);
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

function storedAnswers(reading: MarketReading, commands: readonly BetCommand[]): Map<string, BetAnswer> {
  const answers = new Map<string, BetAnswer>();
  for (const { operationId, inputHash } of commands) {
    const stored = reading.operations.get(operationId);
    if (stored === undefined) continue;
    answers.set(
      operationId,
      stored.inputHash === inputHash.toString('hex') ? stored.answer : refusal('operation_id_reused'),
    );
  }
  return answers;
}

function answerOf(answers: ReadonlyMap<string, BetAnswer>, command: BetCommand): BetAnswer {
  const answer = answers.get(command.operationId);
  if (answer === undefined) throw new Error(`operation ${command.operationId} has no answer`);
  return answer;
}

export function isRefused(answer: BetAnswer): answer is Refusal {
  return isStoredRefusal(answer);
}

/**
 * Operations: one command with its id and its answer. The same id and input gets the same answer for ever, refusals
 * included; the same id with another input, or from someone else, is `operation_id_reused`.
 */
import { createHash } from 'node:crypto';
import { errorCatalogue, type Refusal, RefusalError, refusal } from '#core/errors.ts';
import type { Db, Tx } from '../db.ts';
import { findOperation, insertOperation, lockOperation } from './queries.ts';
import { retryTakenId } from './retry-taken-id.ts';

/** What names a command: its id, and everything that makes it this command and no other. */
export interface OperationInput {
  readonly id: string;
  readonly kind: string;
  /** The player or member of staff who sends it. */
  readonly actorId: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** SHA-256 over kind, actor and input, fields in alphabetical order: no clock, no server default. */
export function hashOperation(operation: OperationInput): Buffer {
  const { input } = operation;
  const fields = Object.keys(input)
    .sort()
    .map((name) => [name, input[name] ?? null]);
  return createHash('sha256')
    .update(JSON.stringify([operation.kind, operation.actorId, fields]))
    .digest();
}

/**
 * Runs a command once, in one transaction with its stored answer. A refusal undoes what the command wrote, is stored,
 * and is thrown again for every later try with the same id.
 *
 * `afterwards` runs in the same transaction, whatever the outcome: the audit row of a staff command.
 */
export async function runOperation<Answer extends object>(
  db: Db,
  operation: OperationInput,
  command: (tx: Tx) => Promise<Answer>,
  afterwards: (tx: Tx, outcome: string) => Promise<void> = async () => undefined,
): Promise<Answer> {
  const inputHash = hashOperation(operation);
  const run = async (tx: Tx) => {
    await lockOperation(tx, operation.id);
    const stored = await findOperation(tx, operation.id);
    if (stored !== null) {
      return stored.inputHash.equals(inputHash) ? stored.answer : refusal('operation_id_reused');
    }
    const answer = await attempt(tx, command);
    await insertOperation(tx, { ...operation, inputHash, status: statusOf(answer), answer });
    await afterwards(tx, isStoredRefusal(answer) ? answer.code : 'done');
    return answer;
  };
  const outcome = await retryTakenId(() => db.transaction(run));
  if (isStoredRefusal(outcome)) throw new RefusalError(outcome);
  // Stored or fresh, it is what this kind of command answers: the hash binds the kind to the id.
  return outcome as Answer;
}

/**
 * Holds back every other try of this id until the transaction ends, and says whether it has no answer yet: for a
 * command that must talk to the outside before `runOperation` stores its answer.
 */
export async function lockUnanswered(tx: Tx, id: string): Promise<boolean> {
  await lockOperation(tx, id);
  return (await findOperation(tx, id)) === null;
}

/**
 * Stores the answer of an operation outside `runOperation`: its own request did not live to store it, or it is refused
 * before the outside is asked. Nothing when there is one already.
 */
export async function storeAnswer(
  tx: Tx,
  operation: {
    readonly id: string;
    readonly kind: string;
    readonly actorId: string;
    readonly inputHash: Buffer;
  },
  answer: object,
): Promise<void> {
  if (await lockUnanswered(tx, operation.id)) {
    await insertOperation(tx, { ...operation, input: {}, status: statusOf(answer), answer });
  }
}

function statusOf(answer: object): number {
  return isStoredRefusal(answer) ? errorCatalogue[answer.code].status : 200;
}

async function attempt<Answer extends object>(
  tx: Tx,
  command: (tx: Tx) => Promise<Answer>,
): Promise<Answer | Refusal> {
  try {
    return await tx.attempt(() => command(tx));
  } catch (error) {
    if (error instanceof RefusalError) return error.refusal;
    throw error;
  }
}

/** A stored answer that is a refusal: answers of commands have no field `code`. */
export function isStoredRefusal(answer: object): answer is Refusal {
  return 'code' in answer && typeof answer.code === 'string' && answer.code in errorCatalogue;
}

/**
 * A batch of commands of one key, each answered once by its id: the same id twice in a batch is one command, and what was
 * answered before is answered again.
 */
import { type Refusal, refusal } from '#core/errors.ts';
import { retryTakenId } from './retry-taken-id.ts';

/** What names a command of a batch. */
export interface BatchCommand {
  readonly operationId: string;
  readonly inputHash: Buffer;
}

/** One answer per command, in their order. `decide` gets each command once, in a transaction of its own making. */
export async function answerBatch<Command extends BatchCommand, Answer>(
  commands: readonly Command[],
  decide: (unique: readonly Command[]) => Promise<readonly Answer[]>,
): Promise<(Answer | Refusal)[]> {
  const { unique, indexes } = mergeRepeats(commands);
  const answers = await retryTakenId(() => decide(unique));
  return commands.map((command, index) => {
    const first = indexes[index] ?? 0;
    const same = unique[first]?.inputHash.equals(command.inputHash) === true;
    return (same ? answers[first] : undefined) ?? refusal('operation_id_reused');
  });
}

/** The same id twice in one set is one command: both get its answer, unless their inputs differ. */
function mergeRepeats<Command extends BatchCommand>(
  commands: readonly Command[],
): { unique: Command[]; indexes: number[] } {
  const unique: Command[] = [];
  const seen = new Map<string, number>();
  const indexes = commands.map((command) => {
    const known = seen.get(command.operationId);
    if (known !== undefined) return known;
    seen.set(command.operationId, unique.length);
    return unique.push(command) - 1;
  });
  return { unique, indexes };
}

/** The answers that are there already, by operation id; `operation_id_reused` where the input was another. */
export function storedAnswers<Answer>(
  operations: ReadonlyMap<string, { readonly inputHash: string; readonly answer: Answer }>,
  commands: readonly BatchCommand[],
): Map<string, Answer | Refusal> {
  const answers = new Map<string, Answer | Refusal>();
  for (const { operationId, inputHash } of commands) {
    const stored = operations.get(operationId);
    if (stored === undefined) continue;
    const same = stored.inputHash === inputHash.toString('hex');
    answers.set(operationId, same ? stored.answer : refusal('operation_id_reused'));
  }
  return answers;
}

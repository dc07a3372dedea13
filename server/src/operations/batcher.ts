/**
 * The batcher: gathers the commands of one market and has them decided together in one transaction.
 *
 * While a batch of a market is with the database the next one gathers, so a quiet market answers at once and a hot
 * one pays for one lock, one write and one commit per batch. The queue is bounded: beyond it a command is refused
 * with `busy`, at once. What can happen to a batch: it commits, and every command has its answer; it fails before the
 * commit, and it is split in two and tried again, so that one bad command never hurts its neighbours; the connection
 * is lost at the commit, and every command has the outcome "unknown" (202).
 */
import { RefusalError, refusal } from '#core/errors.ts';
import { DatabaseUnavailable, OutcomeUnknown } from '../db.ts';

/** Decides a batch and commits it; one answer per command, in their order. */
export type RunBatch<Command, Answer> = (
  key: number,
  commands: readonly Command[],
) => Promise<readonly Answer[]>;

export interface BatcherLimits {
  /** Most commands in one transaction. */
  readonly batchMax: number;
  /** Most commands waiting, of one market and of all. */
  readonly queueMax: number;
  readonly queuesMax: number;
  /** Most markets with the database at the same time. */
  readonly concurrencyMax: number;
}

export const defaultBatcherLimits: BatcherLimits = {
  batchMax: 200,
  queueMax: 2_000,
  queuesMax: 10_000,
  concurrencyMax: 8,
};

interface Waiting<Command, Answer> {
  readonly command: Command;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

export class Batcher<Command, Answer> {
  readonly #run: RunBatch<Command, Answer>;
  readonly #limits: BatcherLimits;
  readonly #queues = new Map<number, Waiting<Command, Answer>[]>();
  /** Markets whose turn it is, oldest first; a market is in here or with the database, never both. */
  readonly #ready: number[] = [];
  readonly #active = new Set<number>();
  #waiting = 0;

  constructor(run: RunBatch<Command, Answer>, limits: BatcherLimits = defaultBatcherLimits) {
    this.#run = run;
    this.#limits = limits;
  }

  /** Adds a command; resolves with its answer. Throws `busy` at once when the queue is full. */
  submit(key: number, command: Command): Promise<Answer> {
    const queue = this.#queues.get(key) ?? [];
    if (queue.length >= this.#limits.queueMax || this.#waiting >= this.#limits.queuesMax) {
      return Promise.reject(new RefusalError(refusal('busy')));
    }
    return new Promise<Answer>((resolve, reject) => {
      queue.push({ command, resolve, reject });
      this.#waiting += 1;
      if (queue.length === 1) {
        this.#queues.set(key, queue);
        if (!this.#active.has(key)) this.#makeReady(key);
      }
    });
  }

  #makeReady(key: number): void {
    this.#ready.push(key);
    // After the requests that arrived in this turn of the event loop: they share the batch.
    setImmediate(() => this.#startNext());
  }

  #startNext(): void {
    if (this.#active.size >= this.#limits.concurrencyMax) return;
    const key = this.#ready.shift();
    if (key === undefined) return;
    const queue = this.#queues.get(key) ?? [];
    const batch = queue.splice(0, this.#limits.batchMax);
    if (queue.length === 0) this.#queues.delete(key);
    this.#waiting -= batch.length;
    this.#active.add(key);
    void this.#decide(key, batch).then((deliver) => {
      this.#active.delete(key);
      if (!this.#queues.has(key)) {
        deliver();
        setImmediate(() => this.#startNext());
        return;
      }
      // The next batch is on its way to the database before these answers are written out: neither waits for the other.
      this.#ready.push(key);
      this.#startNext();
      setImmediate(deliver);
    });
  }

  /** Has the batch decided and committed; returns what gives each command its answer. Never rejects. */
  async #decide(key: number, batch: readonly Waiting<Command, Answer>[]): Promise<() => void> {
    try {
      const answers = await this.#run(
        key,
        batch.map((waiting) => waiting.command),
      );
      return () => {
        for (const [index, waiting] of batch.entries()) {
          const answer = answers[index];
          if (answer === undefined) waiting.reject(new Error('a command of the batch has no answer'));
          else waiting.resolve(answer);
        }
      };
    } catch (error) {
      const everyone = error instanceof OutcomeUnknown || error instanceof DatabaseUnavailable;
      if (everyone || batch.length === 1) {
        return () => {
          for (const waiting of batch) waiting.reject(error);
        };
      }
      const middle = batch.length >> 1;
      const first = await this.#decide(key, batch.slice(0, middle));
      const second = await this.#decide(key, batch.slice(middle));
      return () => {
        first();
        second();
      };
    }
  }
}

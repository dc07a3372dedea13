/** The steps of a smoke test: each is timed and named; the first that goes wrong is the last. */

export interface Step {
  readonly name: string;
  readonly ms: number;
  readonly isOk: boolean;
}

export class Steps {
  readonly done: Step[] = [];
  readonly #say: (line: string) => void;
  #running = 'start';
  #startedAt = performance.now();

  constructor(say: (line: string) => void) {
    this.#say = say;
  }

  async run<T>(name: string, work: () => Promise<T>): Promise<T> {
    this.#running = name;
    this.#startedAt = performance.now();
    const result = await work();
    this.#end(true);
    return result;
  }

  /** The step that was running went wrong. */
  fail(reason: string): void {
    this.#end(false);
    this.#say(`    ${reason}`);
  }

  #end(isOk: boolean): void {
    const ms = performance.now() - this.#startedAt;
    this.done.push({ name: this.#running, ms, isOk });
    this.#say(`${isOk ? '✔' : '✖'} ${this.#running} (${Math.ceil(ms)} ms)`);
  }
}

/** Says what is not as it must be. */
export function expect(actual: unknown, expected: unknown, what: string): void {
  const [is, must] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (is !== must) throw new Error(`${what}: ${is} instead of ${must}`);
}

/** Asks again until the answer is there, or the time is over. */
export async function until<T>(what: string, timeoutMs: number, ask: () => Promise<T | null>): Promise<T> {
  const endsAt = performance.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== null) return answer;
    if (performance.now() > endsAt) throw new Error(`${what}: not within ${timeoutMs / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/**
 * The hot catalogue: public reads that are the same for everybody, kept for a moment in this node and, with Redis, for
 * the others. Only what a visitor without a session may see goes in; who may see more asks the database.
 */
import type { SharedBeliefs } from './shared-memory.ts';

export interface Catalogue {
  /** What `load` answered at most `forMs` ago. The value goes through JSON: it is a reply of the contract. */
  recall<T extends object>(key: string, forMs: number, load: () => Promise<T>): Promise<T>;
}

interface Kept {
  readonly answer: Promise<object>;
  readonly untilMs: number;
}

const ENTRIES_MAX = 2_000;

export function openCatalogue(
  beliefs: SharedBeliefs | null,
  now: () => number = () => performance.now(),
): Catalogue {
  const kept = new Map<string, Kept>();

  /** Those who ask while it is being read wait for the same answer. */
  function keep(key: string, answer: Promise<object>, untilMs: number): void {
    const entry = { answer, untilMs };
    kept.delete(key);
    kept.set(key, entry);
    // A refusal, or a database that is away, is nobody else's.
    answer.catch(() => kept.get(key) === entry && kept.delete(key));
    for (const oldest of kept.keys()) {
      if (kept.size <= ENTRIES_MAX) break;
      kept.delete(oldest);
    }
  }

  async function read<T extends object>(key: string, forMs: number, load: () => Promise<T>): Promise<T> {
    if (beliefs === null) return load();
    const askedAtMs = now();
    const name = `catalogue:${key}`;
    const { beliefs: recalled, since } = await beliefs.recall([name]);
    const [belief] = recalled;
    if (belief != null && belief.leftMs <= forMs) {
      // Kept by a node of the same version: its shape is the one that `load` answers.
      const value = JSON.parse(belief.value) as T;
      keep(key, Promise.resolve(value), askedAtMs + belief.leftMs);
      return value;
    }
    const value = await load();
    beliefs.keep(since, [{ key: name, value: JSON.stringify(value), forMs }]);
    return value;
  }

  return {
    recall: (key, forMs, load) => {
      const known = kept.get(key);
      // One key has one `load`, and this is what it answered.
      if (known !== undefined && now() < known.untilMs) return known.answer as ReturnType<typeof load>;
      const answer = read(key, forMs, load);
      keep(key, answer, now() + forMs);
      return answer;
    },
  };
}

/** Keeps nothing: for tests, which look at what they have just changed. */
export const emptyCatalogue: Catalogue = { recall: (_key, _forMs, load) => load() };

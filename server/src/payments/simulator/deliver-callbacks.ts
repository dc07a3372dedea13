/**
 * How a simulator calls us back: a real POST, again and again until it is answered as its provider wants it. Tests hold
 * the callbacks and let them go when they want to see what happens.
 */
import type { Log } from '../../log.ts';

export interface ComposedCallback {
  /** Where this one goes; absent: where all go. */
  readonly url?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Callback {
  /** Anew for each try: a signature holds the time of its own. */
  compose(): ComposedCallback;
  readonly delayMs?: number;
}

/** Answers the status; throws when there is no answer in time. */
export type PostCallback = (callback: ComposedCallback) => Promise<number>;

export interface CallbackDelivery {
  send(callback: Callback): void;
  /** One try for each that is waiting, in order; what fails waits for the next try. */
  deliverNow(): Promise<void>;
  /** While it is held nothing leaves by itself: only `deliverNow` sends. */
  hold(isHeld: boolean): void;
  /** From now on callbacks go through this instead of to the address. */
  postThrough(post: PostCallback): void;
  waiting(): number;
  /** Nothing leaves afterwards; resolves when the tries under way have ended. */
  close(): Promise<void>;
}

export interface DeliveryOptions {
  readonly url: string;
  readonly log: Log;
  readonly timeoutMs: number;
  /** How long after a failed try the next one follows; after the last of them it gives up. */
  readonly retriesMs: readonly number[];
  /** Does the provider stop here? 2xx is always the end. */
  readonly isFinal: (status: number) => boolean;
}

interface Waiting {
  readonly callback: Callback;
  tries: number;
  timer: NodeJS.Timeout | null;
  underWay: Promise<void> | null;
}

export function openCallbackDelivery(options: DeliveryOptions): CallbackDelivery {
  const queue = new Set<Waiting>();
  let post: PostCallback = (callback) => postOverHttp(options, callback);
  let isHeld = false;
  let isClosed = false;

  function plan(entry: Waiting, afterMs: number): void {
    if (isHeld || isClosed) return;
    entry.timer = setTimeout(() => void attempt(entry), afterMs);
    entry.timer.unref();
  }

  async function judge(entry: Waiting): Promise<void> {
    const status = await post(entry.callback.compose()).catch(() => null);
    const isOver = status !== null && ((status >= 200 && status < 300) || options.isFinal(status));
    const nextMs = options.retriesMs[entry.tries];
    entry.tries += 1;
    if (isOver || nextMs === undefined) queue.delete(entry);
    else plan(entry, nextMs);
    if (!isOver) options.log.warn({ status, tries: entry.tries }, 'a callback was not taken');
  }

  function attempt(entry: Waiting): Promise<void> {
    if (entry.timer !== null) clearTimeout(entry.timer);
    entry.timer = null;
    entry.underWay ??= judge(entry).finally(() => {
      entry.underWay = null;
    });
    return entry.underWay;
  }

  function stopTimers(): void {
    for (const entry of queue) {
      if (entry.timer !== null) clearTimeout(entry.timer);
      entry.timer = null;
    }
  }

  return {
    send: (callback) => {
      const entry: Waiting = { callback, tries: 0, timer: null, underWay: null };
      queue.add(entry);
      plan(entry, callback.delayMs ?? 0);
    },
    deliverNow: async () => {
      for (const entry of [...queue]) await attempt(entry);
    },
    hold: (held) => {
      isHeld = held;
      if (held) stopTimers();
      else for (const entry of queue) if (entry.underWay === null) plan(entry, 0);
    },
    postThrough: (given) => {
      post = given;
    },
    waiting: () => queue.size,
    close: async () => {
      isClosed = true;
      stopTimers();
      await Promise.all([...queue].map(({ underWay }) => underWay));
    },
  };
}

async function postOverHttp(
  { url, timeoutMs }: DeliveryOptions,
  callback: ComposedCallback,
): Promise<number> {
  const { headers, body } = callback;
  const signal = AbortSignal.timeout(timeoutMs);
  const response = await fetch(callback.url ?? url, {
    method: 'POST',
    headers,
    body,
    redirect: 'manual',
    signal,
  });
  // Its body says nothing to a provider; read, so that the connection is free.
  await response.arrayBuffer();
  return response.status;
}

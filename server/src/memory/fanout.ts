/**
 * Messages from one node to all of them, its own listeners included, which hear them at once. A message is a hint to
 * look again; one that is lost costs the second or three that every listener's own catch-up takes.
 */
import { randomUUID } from 'node:crypto';
import type { Log } from '../log.ts';

/** Whose sessions ended or changed. */
export type SessionsChanged = { readonly playerId: string } | { readonly staffId: string };

export interface Messages {
  /** Something that pages of this bout show was committed. */
  readonly 'bout-changed': number;
  readonly 'sessions-changed': SessionsChanged;
  readonly 'settings-changed': null;
}

export type Channel = keyof Messages;
type Listener<C extends Channel> = (message: Messages[C]) => void;

export interface Fanout {
  /** Never waits, never fails. */
  publish<C extends Channel>(channel: C, message: Messages[C]): void;
  /** Returns what ends it. */
  subscribe<C extends Channel>(channel: C, listener: Listener<C>): () => void;
}

/** The wire's side: what has to be sent, and what comes in. */
export interface FanoutWire {
  /** Texts for the other nodes, all of them at once. */
  send(texts: readonly string[]): Promise<void>;
}

export interface LocalFanout extends Fanout {
  /** A text from the wire. */
  receive(text: string): void;
  close(): Promise<void>;
}

/** What is said in this time goes together, and once. */
const GATHER_MS = 20;

const judges: { readonly [C in Channel]: (message: unknown) => message is Messages[C] } = {
  'bout-changed': (message): message is number => Number.isSafeInteger(message),
  'sessions-changed': (message): message is SessionsChanged =>
    typeof message === 'object' && message !== null && ('playerId' in message || 'staffId' in message),
  'settings-changed': (message): message is null => message === null,
};

export function openFanout(wire: FanoutWire, log: Log): LocalFanout {
  const nodeId = randomUUID();
  const listeners: { readonly [C in Channel]: Set<Listener<C>> } = {
    'bout-changed': new Set(),
    'sessions-changed': new Set(),
    'settings-changed': new Set(),
  };
  let gathered = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let sending = Promise.resolve();

  function deliver<C extends Channel>(channel: C, message: Messages[C]): void {
    for (const listener of listeners[channel]) listener(message);
  }

  function sendGathered(): void {
    const texts = [...gathered];
    gathered = new Set();
    timer = undefined;
    if (texts.length === 0) return;
    sending = wire.send(texts).catch((error: unknown) => log.debug({ err: error }, 'messages not sent'));
  }

  function receiveOn<C extends Channel>(channel: C, message: unknown): void {
    if (judges[channel](message)) deliver(channel, message);
  }

  return {
    publish: (channel, message) => {
      deliver(channel, message);
      gathered.add(JSON.stringify([nodeId, channel, message]));
      timer ??= setTimeout(sendGathered, GATHER_MS);
    },
    subscribe: (channel, listener) => {
      listeners[channel].add(listener);
      return () => listeners[channel].delete(listener);
    },
    receive: (text) => {
      const said: unknown = parse(text);
      if (!Array.isArray(said) || said[0] === nodeId || !isChannel(said[1])) return;
      receiveOn(said[1], said[2]);
    },
    close: async () => {
      clearTimeout(timer);
      sendGathered();
      await sending;
    },
  };
}

function isChannel(name: unknown): name is Channel {
  return typeof name === 'string' && Object.hasOwn(judges, name);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

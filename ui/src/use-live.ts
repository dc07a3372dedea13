/** What makes a page live in the browser. On the server, and before, these are the values the page came with. */
import { useEffect, useState } from 'preact/hooks';

/** False on the server and until the page has come alive: then JavaScript may take over from links and forms. */
export function useIsAlive(): boolean {
  const [isAlive, setAlive] = useState(false);
  useEffect(() => setAlive(true), []);
  return isAlive;
}

export interface Stream<Snapshot> {
  readonly snapshot: Snapshot;
  readonly isPaused: boolean;
  setPaused(isPaused: boolean): void;
}

/**
 * Follows a stream of snapshots, and takes those that are no older than what it has: a stream begins with the snapshot
 * that others got last, which may be older than the page. It is closed while nobody looks at the page or it is paused, and opened again with a
 * fresh snapshot: phones cut connections in the background without a word.
 */
export function useStream<Snapshot>(
  url: string,
  first: Snapshot,
  readAt: (snapshot: Snapshot) => number,
): Stream<Snapshot> {
  const [snapshot, setSnapshot] = useState(first);
  const [isPaused, setPaused] = useState(false);
  useEffect(() => {
    if (isPaused || typeof EventSource === 'undefined') return;
    let source: EventSource | null = null;
    const close = () => {
      source?.close();
      source = null;
    };
    const open = () => {
      close();
      if (document.visibilityState === 'hidden') return;
      source = new EventSource(url);
      source.onmessage = (event: MessageEvent<string>) => {
        const next: Snapshot = JSON.parse(event.data);
        setSnapshot((current) => (readAt(next) < readAt(current) ? current : next));
      };
    };
    open();
    document.addEventListener('visibilitychange', open);
    addEventListener('pageshow', open);
    addEventListener('pagehide', close);
    return () => {
      close();
      document.removeEventListener('visibilitychange', open);
      removeEventListener('pageshow', open);
      removeEventListener('pagehide', close);
    };
  }, [url, isPaused]);
  return { snapshot, isPaused, setPaused };
}

const TICK_MS = 20_000;

/** The server's time, running on: the phone's own clock may be wrong. */
export function useNow(serverNow: string): string {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const start = Date.parse(serverNow) - performance.now();
    const timer = setInterval(() => setNow(new Date(start + performance.now()).toISOString()), TICK_MS);
    return () => clearInterval(timer);
  }, [serverNow]);
  return now;
}

/** For lists, which have no stream of their own: the page is asked for again, and what it shows is taken from it. */
import { useEffect, useState } from 'preact/hooks';
import type { Stream } from '#ui/use-live.ts';

const EVERY_MS = 5_000;

/** `view` as the page at `path` has it now. Nothing is asked while nobody looks or it is kept still. */
export function useReloaded<View>(path: string, first: View): Stream<View> {
  const [snapshot, setSnapshot] = useState(first);
  const [isPaused, setPaused] = useState(false);
  useEffect(() => {
    if (isPaused) return;
    const reload = async () => {
      if (document.visibilityState === 'hidden') return;
      const answer = await fetch(path);
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const data = page.getElementById('data')?.textContent;
      if (answer.ok && !answer.redirected && data != null) setSnapshot(JSON.parse(data).view);
    };
    // A network that is away is asked again a moment later.
    const timer = setInterval(() => reload().catch(() => undefined), EVERY_MS);
    return () => clearInterval(timer);
  }, [path, isPaused]);
  return { snapshot, isPaused, setPaused };
}

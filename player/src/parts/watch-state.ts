/** Asks whether what the page shows has changed, and loads it again when it has. A lost network is said, and outlived. */

const ASK_EVERY_MS_MAX = 30_000;

export function watchState(page: HTMLElement | null, askEveryMs: number): void {
  const offline = document.querySelector<HTMLElement>('[data-offline]');
  let everyMs = askEveryMs;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function ask(url: string, version: string | undefined): Promise<void> {
    clearTimeout(timer);
    try {
      const answer = await fetch(url, { headers: { accept: 'application/json' }, cache: 'no-store' });
      if (!answer.ok) throw new Error(String(answer.status));
      const state: { version: string } = await answer.json();
      if (state.version !== version) return location.reload();
      everyMs = askEveryMs;
      offline?.setAttribute('hidden', '');
    } catch {
      offline?.removeAttribute('hidden');
      everyMs = Math.min(2 * everyMs, ASK_EVERY_MS_MAX);
    }
    timer = setTimeout(() => ask(url, version), everyMs);
  }

  if (page?.dataset['etat'] !== undefined) {
    const { etat, version } = page.dataset;
    const soon = () => {
      if (document.visibilityState === 'visible') void ask(etat, version);
    };
    timer = setTimeout(() => ask(etat, version), everyMs);
    // Back from the provider's app, or back on the network: now.
    document.addEventListener('visibilitychange', soon);
    addEventListener('pageshow', (event) => {
      if (event.persisted) soon();
    });
    addEventListener('online', soon);
  }
}

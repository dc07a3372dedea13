/** Takes a page over in the browser: the same component, with the data it was drawn from. */
import { type FunctionComponent, h, hydrate } from 'preact';

const BUSY_MS = 8_000;

/** `Main` is what the server drew inside `#alive`; the document carries its properties as JSON. */
export function bring<Props extends object>(Main: FunctionComponent<Props>): void {
  const root = document.getElementById('alive');
  const data = document.getElementById('data')?.textContent;
  if (root === null || data == null) return;
  hydrate(h(Main, JSON.parse(data)), root);
  // A second tap on the same button is the same operation; it only costs the network.
  addEventListener('submit', (event) => {
    const { target } = event;
    if (!(target instanceof HTMLFormElement)) return;
    if (target.getAttribute('aria-busy') === 'true') event.preventDefault();
    else target.setAttribute('aria-busy', 'true');
    setTimeout(() => target.removeAttribute('aria-busy'), BUSY_MS);
  });
  addEventListener('pageshow', () => {
    for (const form of document.querySelectorAll('form')) form.removeAttribute('aria-busy');
  });
}

/** Takes a page over in the browser: the same component, with the data it was drawn from. */
import { h, hydrate } from 'preact';
import type { Page } from './page.ts';

export function bring<View>(Main: Page<View>['Main']): void {
  const main = document.getElementById('alive');
  const data = document.getElementById('data')?.textContent;
  if (main === null || data == null) return;
  hydrate(h(Main, JSON.parse(data)), main);
  // A second tap on the same button is the same operation; it only costs the network.
  addEventListener('submit', (event) => {
    const { target } = event;
    if (!(target instanceof HTMLFormElement)) return;
    if (target.getAttribute('aria-busy') === 'true') event.preventDefault();
    else target.setAttribute('aria-busy', 'true');
    setTimeout(() => target.removeAttribute('aria-busy'), 8_000);
  });
  addEventListener('pageshow', () => {
    for (const form of document.querySelectorAll('form')) form.removeAttribute('aria-busy');
  });
}

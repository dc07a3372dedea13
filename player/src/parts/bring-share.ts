/** Shows the buttons that hand a message to the phone's own list of apps, where the browser has one. */
export function bringShare(): void {
  if (typeof navigator.share !== 'function') return;
  for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-share]')) {
    button.hidden = false;
    button.addEventListener('click', () => {
      // Who closes the list has changed his mind.
      navigator.share({ text: button.dataset['share'] ?? '' }).catch(() => undefined);
    });
  }
}

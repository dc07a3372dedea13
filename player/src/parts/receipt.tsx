/** A receipt: cut at the bottom like the ticket of a kiosk. */
import type { ComponentChildren } from 'preact';
import { betTexts } from '../texts.ts';

export function Receipt({
  number,
  at,
  children,
}: {
  number: string;
  at: string;
  children: ComponentChildren;
}) {
  return (
    <article class="card receipt stack">
      {children}
      <p class="mute small cut">
        {betTexts.at} {at}
        <br />
        {betTexts.number} <code>{number}</code>
      </p>
    </article>
  );
}

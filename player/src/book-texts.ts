/** Words of the order book by ratio, and of what it has for who waits. The Wolof sentences wait for a native reviewer. */
import { formatXof } from '#core/money.ts';

/** "3:2" is "3 contre 2": what one puts, and what the other puts. */
export function ratioText(ratio: string): string {
  return ratio.replace(':', ' contre ');
}

export const bookTexts = {
  title: 'Tous les rapports',
  hint: 'Vous contre l’autre. Touchez un rapport pour le prendre.',
  on: (pick: string) => `Pour vous : ${pick}`,
  columns: ['Rapport', 'À prendre', 'Défis'],
  none: 'Rien à prendre pour l’instant.',
  more: 'Il y en a d’autres, moins bons.',
} as const;

export const bestTexts = {
  waits: 'Personne en face à ce rapport : votre défi attendra.',
  pays: (net: number) => `Le mieux : au moins ${formatXof(net)} net en main.`,
  take: (stake: number, ask: number) => `Plutôt ${formatXof(stake)} contre ${formatXof(ask)}`,
} as const;

/** The same with more room. */
export const bestCardTexts = {
  title: 'Le mieux proposé en face',
  waitsWolof: 'Kenn nanguwul rapport bii léegi : sa défi dina xaar.',
  titleWolof: 'Li gën li am fi léegi',
  atOnce: 'Pris tout de suite.',
  part: (atOnce: number) => `${formatXof(atOnce)} sont pris tout de suite, le reste attend.`,
} as const;

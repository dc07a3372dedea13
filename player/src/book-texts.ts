/** Words of the order book by ratio. */

/** "3 contre 2": what one puts, and what the other puts. */
export function ratioText(stake: number | string, ask: number | string): string {
  return `${stake} contre ${ask}`;
}

export const bookTexts = {
  title: 'Tous les rapports',
  hint: 'Vous contre l’autre, le mieux d’abord. Touchez un rapport pour le prendre.',
  on: (pick: string) => `Pour vous : ${pick}`,
  ratio: 'Rapport',
  toTake: 'À prendre',
  count: 'Défis',
  none: 'Rien à prendre pour l’instant.',
  more: 'Il y en a d’autres, moins bons.',
} as const;

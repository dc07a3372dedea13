/** Words of what the house holds for bets that are not settled. */
const many = (count: number, word: string) => `${count} ${word}${count > 1 ? 's' : ''}`;

export const engagementTexts = {
  title: 'Engagements',
  hint: 'L’argent gardé pour les paris qui ne sont pas réglés, recompté pari par pari.',
  real: 'Argent réel',
  test: 'Argent d’essai',
  isTest: 'Essai',
  agrees: 'Chaque marché s’accorde avec nos livres.',
  gaps: (count: number) =>
    `${many(count, 'marché')} ne s’accorde${count > 1 ? 'nt' : ''} pas avec nos livres : prévenez la technique.`,
  none: 'Aucun marché ouvert ni à régler.',
  offers: (count: number) => `Défis ouverts (${count})`,
  sideA: (count: number) => `Mises du côté A (${many(count, 'pari')})`,
  sideB: 'Mises du côté B',
  tickets: (count: number) => `Tickets (${count})`,
  pool: 'Pari mutuel',
  held: 'Gardé',
  books: 'Dans nos livres',
  gap: 'Écart :',
} as const;

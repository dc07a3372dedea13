/** Words of the money pages: balance, deposits, withdrawals, statement. */
import { formatXof } from '#core/money.ts';

export const walletTexts = {
  title: 'Mon argent',
  open: 'Dans mes défis',
  engaged: 'Dans mes paris',
  withdrawing: 'En cours de retrait',
  deposit: 'Déposer',
  withdraw: 'Retirer',
  weekLoss: 'Perdu sur 7 jours, mises en jeu comprises',
  weekGain: 'Gagné sur 7 jours, mises en jeu déduites',
  myLimits: 'Mes limites',
  findDeposit: 'J’ai payé et je ne vois rien',
  last: 'Derniers mouvements',
  statement: 'Tout mon relevé',
  none: 'Aucun mouvement pour l’instant.',
  balance: 'solde',
  play: 'C’est de l’argent d’essai : il ne vaut rien hors de Mbayar.',
  news: {
    depot: 'Dépôt reçu. Votre solde est à jour.',
  },
  depositLeft: (left: number) => `Vous pouvez encore déposer ${formatXof(left)}.`,
  withdrawalLeft: (left: number) => `Vous pouvez encore retirer ${formatXof(left)} dans ces 24 heures.`,
  noDeposit: 'Votre compte ne reçoit plus de dépôt. Vous pouvez retirer.',
  aboveCeiling: (max: number) =>
    `Votre solde dépasse ${formatXof(max)} : il reste à vous. Les dépôts reprennent en dessous.`,
  raise: 'Vérifiez votre identité pour des plafonds plus hauts.',
} as const;

/** Words of the list of deposits that came to no end by themselves. */
import type { DepositState } from '#core/payment.ts';

export const deadDepositTexts = {
  title: 'Dépôts à voir',
  hint: 'Le joueur a peut-être payé. Cherchez le dépôt chez l’opérateur par sa référence ; l’argent qui arrive encore est crédité ou mis en attente tout seul.',
  none: 'Aucun dépôt ne demande qu’on le regarde.',
  reference: 'Référence',
  asked: (when: string) => `demandé ${when}`,
  ended: (when: string) => `arrêté ${when}`,
  states: {
    requested: 'À payer',
    credited: 'Crédité',
    expired: 'Sans réponse',
    refused: 'Refusé',
    review: 'À vérifier',
    returned: 'Renvoyé',
  } satisfies Record<DepositState, string>,
} as const;

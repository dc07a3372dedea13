/** Words of the requests about data. */
import type { ClosureState } from '#core/api/data-rights.ts';
import { formatXof } from '#core/money.ts';

const states: Readonly<Record<ClosureState, string>> = {
  waiting: 'En attente',
  paying: 'Solde en route',
  closed: 'Fermé',
};

export const dataTexts = {
  title: 'Comptes qui ferment',
  hint: 'Après le délai légal, une tâche remplace les données de la personne par un pseudonyme. La conformité peut le retenir, avec son motif.',
  none: 'Aucune demande.',
  states,
  erased: 'Effacé',
  held: 'Retenu',
  asked: 'Demandé',
  duels: (n: number) => `${n} pari${n > 1 ? 's' : ''} sans verdict`,
  paying: (xof: number) => `${formatXof(xof)} en route`,
  remainder: (xof: number) => `Reste dû : ${formatXof(xof)}`,
  eraseAt: 'Effacement',
  heldBy: (name: string, reason: string) => `Retenu par ${name} : ${reason}`,
  reason: 'Motif pour garder les données',
  hold: 'Retenir',
  release: 'Ne plus retenir',
  done: { retenue: 'Effacement retenu.', rendue: 'L’effacement suit son cours.' },
} as const;

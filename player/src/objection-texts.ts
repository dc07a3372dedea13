/** Words of objections. */
import type { BetObjection } from '#core/api/objection-pages.ts';

type State = NonNullable<BetObjection['objection']>['state'];

const states: Readonly<Record<State, string>> = {
  open: 'Nous regardons',
  upheld: 'Admise',
  rejected: 'Rejetée',
};

export const objectionTexts = {
  title: 'Ma réclamation',
  ask: 'Réclamer',
  link: 'Réclamer sur ce résultat',
  see: 'Voir ma réclamation',
  until: (when: string) => `Gratuit, une seule fois, jusqu’à ${when}.`,
  hint: 'Dites ce qui est faux, et comment vous le savez. Une personne répond.',
  reason: 'Ce qui est faux',
  send: 'Envoyer ma réclamation',
  early: 'Ce pari n’est pas encore payé : il n’y a rien à réclamer.',
  late: 'Le délai de 48 heures après le paiement est passé.',
  reference: 'Référence',
  sent: 'Envoyée',
  due: 'Réponse au plus tard',
  said: 'Ce que vous avez dit',
  answered: 'Notre réponse',
  correction: 'Le résultat a été corrigé. Votre pari montre les deux versions.',
  nothingMoves: 'Le paiement ne change que si le résultat est corrigé, pour tous.',
  back: 'Mon pari',
  states,
} as const;

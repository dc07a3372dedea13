/** Words of the objections in the office. */
import type { StaffObjection } from '#core/api/objection-pages.ts';

const states: Readonly<Record<StaffObjection['state'], string>> = {
  open: 'À répondre',
  upheld: 'Admise',
  rejected: 'Rejetée',
};
const bets: Readonly<Record<StaffObjection['betState'], string>> = {
  engaged: 'pari engagé',
  won: 'pari gagné',
  lost: 'pari perdu',
  void: 'mise rendue',
};

export const objectionTexts = {
  title: 'Réclamations',
  hint: 'Le joueur a 48 heures pour réclamer ; nous en avons 48 pour répondre. La plus pressée vient d’abord.',
  audited: 'Cette lecture est notée au journal.',
  none: 'Aucune réclamation.',
  answeredDone: 'Réponse envoyée : le joueur la lit sur la page de son pari.',
  left: (when: string) => `à répondre ${when}`,
  late: 'délai passé',
  onBet: (pick: string) => `sur ${pick}`,
  bout: 'Le combat',
  says: 'Le joueur dit',
  answer: 'Votre réponse, que le joueur lira',
  verdict: 'Décision',
  uphold: 'Admise : le résultat a été corrigé',
  reject: 'Rejetée : le résultat reste',
  needsCorrection: 'Pour l’admettre, deux opérateurs corrigent d’abord le résultat du combat.',
  send: 'Répondre',
  by: (name: string, when: string) => `${name}, ${when}`,
  readOnly: 'Le support répond.',
  states,
  bets,
} as const;

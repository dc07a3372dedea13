/** Words of the pages of settings. What each setting is called: core/src/setting-texts.ts. */
import type { SettingChangeShown } from '#core/api/settings.ts';
import type { SettingsDone } from '#core/api/settings-pages.ts';

const done: Readonly<Record<SettingsDone, string>> = {
  propose: 'Changement proposé. Une autre personne l’approuve ou le refuse.',
  approuve: 'Changement approuvé.',
  refuse: 'Changement refusé : rien ne change.',
  retire: 'Changement retiré : rien ne change.',
};
const states: Readonly<Record<SettingChangeShown['state'], string>> = {
  waiting: 'À approuver',
  coming: 'À venir',
  in_force: 'En vigueur',
  replaced: 'Remplacé',
  refused: 'Refusé',
  withdrawn: 'Retiré',
};

export const settingPageTexts = {
  title: 'Réglages',
  outOfBounds: (approved: string) => `(approuvé : ${approved}, hors de ce qui est permis maintenant)`,
  hint: 'Un changement demande deux personnes. Un marché ouvert garde les taux de son ouverture.',
  done,
  states,
  openTitle: 'Changements en attente',
  noneOpen: 'Aucun changement n’attend.',
  becomes: 'devient',
  atOnce: 'dès qu’il est approuvé',
  from: (when: string) => `à partir de ${when}`,
  proposedBy: (name: string, when: string) => `Proposé par ${name}, ${when}`,
  approvedBy: (name: string, when: string) => `Approuvé par ${name}, ${when}`,
  refusedBy: (name: string, when: string) => `Refusé par ${name}, ${when}`,
  withdrawnBy: (name: string, when: string) => `Retiré par ${name}, ${when}`,
  own: 'Vous l’avez proposé : une autre personne décide.',
  approve: 'Approuver',
  refuse: 'Refuser',
  withdraw: 'Retirer',
  back: 'Réglages',
  inForce: 'En vigueur',
  byDefault: 'Valeur de départ',
  bounds: 'Permis',
  between: (lowest: string, highest: string) => `de ${lowest} à ${highest}`,
  formTitle: 'Proposer une autre valeur',
  value: 'Nouvelle valeur',
  percent: 'En pour cent, par exemple 2,5.',
  francs: 'En francs entiers.',
  per: 'Unité',
  effectiveAt: 'À partir de (heure de Dakar, facultatif)',
  effectiveAtHint: 'Vide : dès que c’est approuvé.',
  reason: 'Pourquoi ?',
  propose: 'Proposer',
  waits: 'Un changement attend déjà : décidez-le avant d’en proposer un autre.',
  history: 'Histoire',
  noHistory: 'Jamais changé.',
  older: 'Plus anciens',
} as const;

/** Words of those who may not bet. */
import type { BarredDone } from '#core/api/barred-pages.ts';
import type { BarredKind } from '#core/api/barred-people.ts';

const kinds: Readonly<Record<BarredKind, string>> = {
  wrestler: 'Lutteur',
  referee: 'Arbitre',
  promoter: 'Promoteur',
  close_to_staff: 'Proche du personnel',
  other: 'Autre',
};
const dones: Readonly<Record<BarredDone, string>> = {
  ajoute: 'Personne interdite de pari. Ses défis ouverts lui sont rendus.',
  leve: 'Interdiction levée.',
};

export const barredTexts = {
  title: 'Personnes interdites de pari',
  hint: 'Lutteurs, arbitres, promoteurs et proches. Leurs paris sont refusés ; leurs retraits restent possibles.',
  audited: 'Chaque consultation est notée au journal.',
  done: dones,
  kinds,
  none: 'Personne pour le moment.',
  by: (hasPhone: string | null, hasDocument: boolean, hasBirthDate: boolean) =>
    [hasPhone ?? '', hasDocument ? 'pièce' : '', hasBirthDate ? 'nom et naissance' : '']
      .filter(Boolean)
      .join(' · '),
  addedBy: (name: string) => `ajouté par ${name}`,
  until: 'jusqu’au',
  over: 'levée',
  endReason: 'Pourquoi la lever',
  end: 'Lever l’interdiction',
  add: 'Ajouter une personne',
  kind: 'Qui est-ce ?',
  name: 'Nom complet',
  reason: 'Pourquoi',
  recognise: 'Un des trois suffit pour la reconnaître.',
  phone: 'Téléphone',
  documentNumber: 'Numéro de sa carte d’identité sénégalaise',
  birthDate: 'Date de naissance',
  birthHint: 'Compte avec le nom complet.',
  wrestler: 'Numéro du lutteur au catalogue',
  submit: 'Interdire de pari',
} as const;

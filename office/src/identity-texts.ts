/** Words of the review of documents. */
import type { IdentityDone } from '#core/api/identity-pages.ts';
import type { AlertKind, DocumentKind, DocumentReason, DocumentState } from '#core/identity-document.ts';

const kinds: Readonly<Record<DocumentKind, string>> = {
  cni: 'Carte d’identité',
  passport: 'Passeport',
  residence: 'Carte de séjour',
  driving: 'Permis de conduire',
};
const states: Readonly<Record<DocumentState, string>> = {
  waiting: 'À vérifier',
  approved: 'Acceptée',
  refused: 'Refusée',
  withdrawn: 'Retirée',
};
const reasons: Readonly<Record<DocumentReason, string>> = {
  unreadable: 'Illisible',
  incomplete: 'Incomplète (un côté, un bord)',
  not_accepted: 'Sorte de pièce non acceptée',
  expired: 'Périmée',
  data_differ: 'Données saisies différentes de la pièce',
  somebody_else: 'Pièce d’une autre personne',
  forged: 'Paraît fausse',
  under_age: 'Moins de 18 ans : ferme les paris',
  other: 'Autre (dire pourquoi)',
  same_document: 'Pièce déjà sur un autre compte',
  barred: 'Personne interdite de pari',
};
const alerts: Readonly<Record<AlertKind, string>> = {
  same_document: 'La même pièce sur deux comptes',
  under_age: 'Moins de 18 ans : solde à rendre',
  birth_date_differs: 'Date de naissance corrigée',
  barred: 'Personne interdite de pari',
  account_of_minor: 'L’opérateur dit que ce compte mobile est celui d’un mineur',
};
const done: Readonly<Record<IdentityDone, string>> = {
  approuve: 'Pièce acceptée : le joueur est identifié.',
  refuse: 'Pièce refusée : le joueur lit pourquoi.',
  'meme-piece': 'Refusée : cette pièce est déjà celle d’un autre compte. Une alerte est ouverte.',
  interdit: 'Refusée : cette personne ne peut pas parier. Une alerte est ouverte.',
  alerte: 'Alerte traitée.',
  ferme: 'Paris et dépôts fermés pour ce joueur. Il peut retirer son solde.',
};

export const identityTexts = {
  title: 'Identités',
  kinds,
  states,
  reasons,
  alerts,
  done,
  queue: 'À vérifier',
  none: 'Aucune pièce n’attend.',
  alertsTitle: 'Alertes',
  noAlert: 'Aucune alerte.',
  with: (pseudonym: string) => `avec ${pseudonym}`,
  seeDocument: 'Voir la pièce',
  closeAlert: 'Traitée',
  noDocument:
    'Sans pièce : le dépôt ou le retrait a été refusé pour cela. Demandez une pièce d’identité au joueur.',
  barMinor: 'Fermer les paris',
  back: 'Identités',
  audited: 'Chaque regard sur cette page et sur ses photos est noté dans le journal.',
  player: 'Joueur',
  country: 'Pays',
  number: 'Numéro',
  name: 'Nom',
  birthDate: 'Naissance',
  age: (years: number) => `${years} ans`,
  expiresOn: 'Valable jusqu’au',
  expired: 'périmée',
  differs: (signUp: string) => `L’inscription dit ${signUp}`,
  underAge: 'Moins de 18 ans',
  erased: 'Les données de cette pièce ont été effacées.',
  sides: { front: 'Recto', back: 'Verso' },
  photo: (side: string) => `Photo, ${side.toLowerCase()}`,
  decision: 'Décision',
  decidedBy: (name: string) => `par ${name}`,
  check: 'Comparez chaque donnée avec la photo avant d’accepter.',
  corrects: 'La date de la pièce est la bonne : corriger celle de l’inscription.',
  approve: 'Accepter',
  refuse: 'Refuser',
  why: 'Pourquoi ?',
  remark: 'Un mot pour le joueur',
  remarkHint: 'Il le lit tel quel. Jamais le nom d’un autre joueur.',
} as const;

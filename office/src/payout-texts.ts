/** Words of withdrawals and providers. */
import type { WithdrawalList } from '#core/api/payout-office-pages.ts';
import { formatXof } from '#core/money.ts';
import type { WithdrawalState } from '#core/payment.ts';

const lists: Readonly<Record<WithdrawalList, string>> = {
  attente: 'À décider',
  route: 'En route',
  inconnus: 'Sans réponse',
  finis: 'Finis',
};
const states: Readonly<Record<WithdrawalState, string>> = {
  approval: 'À décider',
  requested: 'À envoyer',
  sent: 'Envoyé',
  processing: 'Chez l’opérateur',
  unknown: 'Sans réponse',
  paid: 'Payé',
  refused: 'Rendu',
  reversed: 'Revenu',
};

const oldest = 'Les plus anciens d’abord.';

export const withdrawalTexts = {
  title: 'Retraits',
  hint: 'L’argent a déjà quitté le solde du joueur : rien ne se perd.',
  order: { attente: oldest, route: oldest, inconnus: oldest, finis: 'Les plus récents d’abord.' },
  lists,
  states,
  none: 'Rien dans cette liste.',
  search: 'Chercher par numéro',
  find: 'Chercher',
  to: (phone: string) => `vers ${phone}`,
  people: (said: number, needed: number) => `${said} accord${said > 1 ? 's' : ''} sur ${needed}`,
  automatic: 'gain payé tout seul',
  test: 'essai',
  back: 'Retraits',
  done: {
    decide: 'Votre avis est noté.',
    constat: 'C’est noté.',
  },
  facts: {
    provider: 'Opérateur',
    phone: 'Numéro',
    player: 'Joueur',
    tier: 'Identité',
    inDay: 'Demandé sur 24 heures',
    deposited: 'Déposé en tout',
    withdrawn: 'Retiré en tout',
    transaction: 'Chez l’opérateur',
    sent: 'Envois',
    reference: 'Référence',
  },
  tiers: { phone: 'téléphone seul', identified: 'pièce vérifiée' },
  history: 'Ce qui s’est passé',
  decisions: 'Avis',
  yes: 'accepte',
  no: 'refuse',
  decide: 'Votre avis',
  note: 'Ce que vous avez vérifié',
  noteHint: 'Une phrase : elle reste avec le retrait.',
  accept: 'Accepter',
  refuse: 'Refuser : l’argent revient au joueur',
  said: 'Vous avez donné votre avis. Une autre personne décide.',
  verdicts: 'Constats',
  verdictTitle: 'Dire ce qui s’est passé',
  verdictHint:
    'Avec une preuve : la ligne du relevé, la réponse écrite de l’opérateur. Une autre personne confirme.',
  verdictNames: {
    paid: 'Il a été payé',
    refused: 'Il n’a jamais été payé : l’argent revient au joueur',
    reverse: 'Le reprendre chez l’opérateur',
  },
  evidence: 'Preuve',
  propose: 'Proposer',
  confirm: 'Confirmer',
  drop: 'Abandonner',
  verdictStates: { proposed: 'attend une deuxième personne', confirmed: 'confirmé', dropped: 'abandonné' },
  own: 'Vous l’avez proposé : une autre personne confirme.',
} as const;

export const originTexts = {
  title: 'D’où vient l’argent',
  joined: 'Compte ouvert',
  phone: 'Ce numéro est le sien depuis',
  deposited: 'Déposé en 30 jours',
  staked: 'Misé en 30 jours',
  won: 'Gagné en 30 jours',
  withdrawn: 'Retiré en 30 jours',
  wins: 'Derniers gains',
  noWins: 'Aucun pari gagné en 30 jours.',
  stake: (xof: number) => `pour une mise de ${formatXof(xof)}`,
} as const;

export const providerTexts = {
  title: 'Opérateurs',
  hint: 'Ce qui répond, ce que nous y avons, ce qui est arrêté.',
  done: { arrete: 'C’est arrêté. Ce qui est demandé attend.', repris: 'C’est reparti.' },
  accessRefused:
    'L’opérateur refuse notre accès : clé, autorisation ou code PIN. Les retraits attendent, rien n’est perdu.',
  accessSteps: [
    'La technique corrige la clé ou le code dans la configuration.',
    'Elle redémarre le serveur, tous s’il y en a plusieurs : la configuration n’est lue qu’au démarrage, et un code PIN refusé n’est plus essayé avant.',
    'Alors seulement, laissez repartir les retraits ici. Avant, ils s’arrêteraient de nouveau ; trois codes PIN faux bloquent le compte Orange.',
  ],
  silent: 'ne répond pas',
  answers: 'répond',
  allStopped: 'arrêté',
  partlyStopped: 'en partie arrêté',
  balance: 'Caisse des retraits',
  unknownBalance: 'inconnue',
  low: (min: number) => `sous le minimum de ${formatXof(min)} : les retraits attendent`,
  waiting: 'Retraits en cours',
  stopped: (when: string, who: string | null) =>
    `arrêtés depuis ${when}${who === null ? ' par la maison' : `, par ${who}`}`,
  open: 'ouverts',
  sides: { deposits: 'Dépôts', payouts: 'Retraits' },
  stop: { deposits: 'Arrêter les dépôts', payouts: 'Arrêter les retraits' },
  resume: { deposits: 'Reprendre les dépôts', payouts: 'Reprendre les retraits' },
  note: 'Pourquoi',
} as const;

/** Words of reconciliation and suspense. */
import type {
  AccountShown,
  LineFilter,
  ReconciliationDone,
  SuspenseDone,
} from '#core/api/reconciliation-pages.ts';
import type { AllocationChoice, BalanceSource, BreakKind, ExplanationKind } from '#core/reconciliation.ts';

const explanations: Readonly<Record<ExplanationKind, string>> = {
  fees: 'Frais et taxes lus, pas encore comptés',
  deposits: 'Dépôts payés là-bas, pas encore comptés ici',
  withdrawals: 'Retraits exécutés là-bas, pas encore comptés ici',
  reversals: 'Retraits rendus là-bas, pas encore comptés ici',
  movements: 'Mouvements lus, pas encore comptés',
  awaited: 'Comptés ici, attendus sur le relevé',
  missing: 'Comptés ici, absents du relevé',
  different: 'Lignes différentes de nos livres',
  outside: 'Solde qui a bougé hors du relevé',
};
const sources: Readonly<Record<BalanceSource, string>> = {
  balance: 'Solde chez l’opérateur',
  last_line: 'Solde après la dernière ligne',
  lines: 'Somme des lignes du relevé',
};
const states: Readonly<Record<LineFilter, string>> = {
  matched: 'Pareil',
  waiting: 'En cours',
  different: 'Différent',
  extra: 'En trop',
  missing: 'Absent',
};
const doneRuns: Readonly<Record<ReconciliationDone, string>> = {
  lance: 'Les relevés sont lus. Voici ce qui est trouvé.',
  cloture: 'Journée clôturée : ses chiffres ne bougent plus.',
};
const uses = { deposits: 'dépôts', withdrawals: 'retraits' } as const;
const kinds: Readonly<Record<string, string>> = {
  deposit: 'Dépôt',
  deposit_refund: 'Dépôt remboursé',
  withdrawal: 'Retrait',
  withdrawal_reversal: 'Retrait rendu',
  other: 'Autre mouvement',
};

/** "Orange Money · retraits" where an operator keeps two accounts. */
export function nameAccount({ label, use }: Pick<AccountShown, 'label' | 'use'>): string {
  return use === null ? label : `${label} · ${uses[use]}`;
}

export const reconciliationTexts = {
  title: 'Rapprochement',
  hint: 'Chaque heure, les relevés des opérateurs sont comparés à nos livres, au franc près.',
  run: 'Lire les relevés maintenant',
  explainedTitle: 'Argent expliqué',
  share: (bps: number) => `${String(Math.floor(bps / 100))},${String(bps % 100).padStart(2, '0')} %`,
  of: 'sur',
  never: 'Pas encore lu.',
  nothing: 'Cet opérateur n’a ni relevé ni solde : rien à comparer.',
  ours: 'Dans nos livres',
  sources,
  difference: 'Différence',
  explanations,
  unexplained: 'Inexpliqué',
  allExplained: 'Tout est expliqué.',
  suspense: 'En attente de propriétaire',
  count: (n: number) => `${n} ligne${n > 1 ? 's' : ''}`,
  lastRun: (when: string) => `Lu : ${when}`,
  by: (name: string) => `à la demande de ${name}`,
  unreadable: 'Le relevé n’a pas pu être lu. Chiffres de ce qui est déjà lu.',
  openBreaks: (n: number) => `${n} écart${n > 1 ? 's' : ''} ouvert${n > 1 ? 's' : ''}`,
  queue: (n: number) => (n === 0 ? 'Rien en attente' : `En attente : ${n}`),
  see: 'Voir les journées',
  back: 'Rapprochement',
  days: 'Journées',
  fromTo: (first: string, last: string) => `Du ${first} au ${last}, les plus récentes d’abord.`,
  ofDay: (account: string, day: string) => `${account} : le ${day}, de 0 h à 24 h.`,
  noDay: 'Aucune journée lue.',
  runs: 'Dernières lectures',
  counts: states,
  closed: 'Clôturée',
  closedBy: (name: string, when: string) => `Clôturée par ${name}, ${when}`,
  whole: 'Finie',
  going: 'En cours',
  net: 'Net',
  fees: 'Frais',
  tax: 'Taxe (TTA)',
  done: doneRuns,
  filter: 'Montrer',
  all: 'Tout',
  states,
  kinds,
  noLine: 'Aucune ligne.',
  csv: 'Télécharger (CSV)',
  close: 'Clôturer la journée',
  closeHint: 'Possible quand la journée est finie et que rien n’y est ouvert.',
  here: 'Chez nous',
  there: 'Chez l’opérateur',
  absent: 'rien',
  taxByProvider: 'taxe payée par l’opérateur',
  balanceAfter: 'solde',
  toQueue: 'Régler',
} as const;

const itemKinds: Readonly<Record<'payment' | BreakKind, string>> = {
  payment: 'Paiement reçu',
  extra: 'Mouvement inconnu',
  missing: 'Absent du relevé',
  different: 'Montant différent',
  outside: 'Solde hors relevé',
};
const choices: Readonly<Record<AllocationChoice, string>> = {
  player: 'Créditer un joueur',
  payer: 'Renvoyer à celui qui a payé',
  refund: 'Rendre à l’envoyeur : l’opérateur reprend le paiement, frais compris',
  by_hand: 'Rendu à l’envoyeur, dans le portail de l’opérateur',
  treasury: 'Trésorerie : la maison a déplacé son argent',
  fee: 'Frais de l’opérateur',
  house: 'Perte ou gain de la maison',
  omitted: 'Nos livres ont raison, le relevé l’oublie',
};
const doneSuspense: Readonly<Record<SuspenseDone, string>> = {
  propose: 'Proposé. Une autre personne de la finance confirme.',
  confirme: 'Confirmé : l’argent est à sa place.',
  refuse: 'Refusé : l’argent reste en attente.',
};

export const suspenseTexts = {
  title: 'En attente',
  hint: 'L’argent qui n’est encore à personne. Une personne propose, une autre confirme.',
  none: 'Rien en attente.',
  kinds: itemKinds,
  choices,
  done: doneSuspense,
  since: (when: string) => `Depuis ${when}`,
  test: 'Essai',
  provider: 'Opérateur',
  amount: 'Montant',
  asked: 'Demandé ou compté ici',
  there: 'Chez l’opérateur',
  transaction: 'Transaction',
  movement: 'Mouvement',
  payer: 'Numéro qui a payé',
  payerIs: 'Ce numéro est celui de',
  player: 'Joueur concerné',
  reason: 'Pourquoi',
  unknown: 'inconnu',
  proposedBy: (name: string, when: string) => `Proposé par ${name}, ${when}`,
  decidedBy: (word: string, name: string, when: string) => `${word} par ${name}, ${when}`,
  confirmed: 'Confirmé',
  refused: 'Refusé',
  own: 'Vous l’avez proposé : une autre personne confirme.',
  waiting: 'À confirmer',
  confirm: 'Confirmer',
  refuse: 'Refuser',
  takeBack: 'Retirer ma proposition',
  propose: 'Proposer',
  where: 'Où va cet argent ?',
  phone: 'Téléphone du joueur (vide : celui du dépôt)',
  note: 'Pourquoi ?',
  noteHint: 'Ce que vous avez vérifié. La personne qui confirme le lit.',
  settled: 'C’est réglé.',
  backNumber: 'Numéro du mouvement de retour',
  backHint: 'Seulement si vous avez rendu l’argent dans le portail : le numéro que l’opérateur y montre.',
  refunding:
    'L’opérateur rend cet argent. Il n’a pas encore répondu ; on lui demande jusqu’à ce qu’il le dise.',
  refunds: {
    asked: 'L’opérateur n’a pas encore répondu.',
    refunded: 'C’est rendu.',
    refused: 'L’opérateur ne le rend pas',
  },
  history: 'Décidés',
  noHistory: 'Rien de décidé encore.',
  proposals: 'Propositions',
  back: 'En attente',
} as const;

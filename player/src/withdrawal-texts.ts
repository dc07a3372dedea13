/** Words of money out. */
import type { WithdrawalStep } from '#core/api/withdrawal-pages.ts';
import { formatXof } from '#core/money.ts';
import type { WithdrawalState } from '#core/payment.ts';

export const withdrawalTexts = {
  title: 'Retirer',
  available: 'Disponible',
  to: (phone: string) => `Vers votre numéro ${phone}.`,
  closed: 'Aucun retrait possible en ce moment',
  safe: 'Votre argent reste sur votre solde.',
  amount: 'Montant',
  hint: (min: number, multiple: number) => `Au moins ${formatXof(min)}, par ${multiple}\u00a0F.`,
  all: (most: number) => `Tout retirer : ${formatXof(most)}`,
  left: (left: number) => `Vous pouvez encore retirer ${formatXof(left)} dans ces 24 heures.`,
  raise: 'Vérifiez votre identité pour des plafonds plus hauts.',
  where: 'Où recevoir l’argent ?',
  stopped: 'Retraits arrêtés pour le moment : l’argent attend, puis part tout seul.',
  silent: 'Ne répond pas en ce moment : l’argent attend, puis part tout seul.',
  go: 'Retirer vers mon numéro',
  goodToKnow: 'Bon à savoir',
  facts: (finance: number, two: number) => [
    `À partir de ${formatXof(finance)} en 24 heures, une personne de la maison vérifie avant l’envoi ; deux à partir de ${formatXof(two)}.`,
    `Un compte mobile garde au plus ${formatXof(2_000_000)}, et ${formatXof(200_000)} s’il n’est pas identifié chez l’opérateur. S’il est plein, l’argent revient ici.`,
    'Une fois demandé, un retrait ne s’annule pas.',
  ],

  /** One withdrawal. */
  one: 'Retrait',
  oneReturn: 'Dépôt renvoyé',
  automatic: 'Demandé tout seul après un gain.',
  overThreshold: (inDay: number, from: number, isAutomatic: boolean) =>
    `Avec ${isAutomatic ? 'ce gain payé tout seul' : 'ce retrait'}, cela fait ${formatXof(inDay)} demandés en 24 heures : à partir de ${formatXof(from)}, la maison vérifie avant l’envoi.`,
  decides: (people: number, agreed: number) => {
    if (people === 1) return 'C’est une personne du service financier qui décide.';
    const yet = agreed === 0 ? 'aucun accord pour le moment' : 'un accord est donné, il en manque un';
    return `Ce sont deux personnes du service financier qui décident : ${yet}.`;
  },
  target: (provider: string, phone: string) => `${provider}, numéro ${phone}`,
  story: 'Le fil du retrait',
  offline: 'Pas de réseau. On réessaie tout seul ; rien n’est perdu.',
  again: 'Voir où il en est',
  wallet: 'Mon argent',
  retry: 'Demander un autre retrait',
  play: 'C’est de l’argent d’essai : rien n’arrive sur un vrai compte mobile.',
  onTheWay: 'Retraits en cours',
} as const;

/** Winnings that go out by themselves. */
export const automaticTexts = {
  title: 'Être payé quand je gagne',
  on: 'Vos gains partent tout seuls.',
  off: 'Recevoir mes gains tout seuls',
  hint: (phone: string, min: number) =>
    `Dès qu’un combat est réglé, votre gain part vers votre numéro ${phone} : à partir de ${formatXof(min)}, avec les mêmes plafonds et vérifications qu’un retrait.`,
  where: 'Où envoyer mes gains ?',
  nowhere: 'Ils restent sur mon solde',
  go: 'Enregistrer',
  done: 'C’est enregistré.',
  stayed: (why: string) => `Votre dernier gain est resté sur votre solde : ${why}.`,
} as const;

const stayedBecause: Readonly<Record<string, string>> = {
  withdrawal_over_ceiling: 'vos retraits de ces 24 heures sont à leur plafond',
  withdrawal_over_whole_ceiling: 'il dépasse votre plafond de retrait sur 24 heures',
  withdrawal_device_new: 'votre appareil était nouveau',
  withdrawal_access_changed: 'votre accès venait de changer',
  account_frozen: 'une personne examine votre dossier',
  withdrawal_below_min: 'il était trop petit pour un retrait',
  provider_not_for_you: 'cet opérateur ne vous est plus proposé',
};

export function whyStayed(refusal: string): string {
  return stayedBecause[refusal] ?? 'il n’a pas pu partir';
}

/** What each state is called. */
export const withdrawalStates: Readonly<Record<WithdrawalState, string>> = {
  approval: 'En vérification',
  requested: 'Demandé',
  sent: 'Envoyé à l’opérateur',
  processing: 'Chez l’opérateur',
  unknown: 'Réponse attendue',
  paid: 'Payé',
  refused: 'Non payé',
  reversed: 'Revenu',
};

/** What each step of its way is called. */
export const withdrawalSteps: Readonly<Record<WithdrawalStep, string>> = {
  ...withdrawalStates,
  asked: 'Demandé',
  agreed: 'Accord donné',
  waiting: 'À envoyer',
};

/** What comes next, and how long it takes as a rule. `isWaiting`: a reason says what it waits for. */
export function nextOf(state: WithdrawalState, isWaiting: boolean, provider: string): string {
  switch (state) {
    case 'approval':
      return 'Une fois l’accord donné, l’argent part tout seul : le plus souvent le jour même, au plus tard le lendemain. Sans accord, il revient sur votre solde.';
    case 'requested':
      return isWaiting
        ? 'Votre argent est réservé. Il part tout seul dès que c’est possible : rien à refaire.'
        : 'Il part dans un instant. D’habitude, tout est fini en moins d’une minute.';
    case 'sent':
    case 'processing':
      return `${provider} s’en occupe : d’habitude moins d’une minute.`;
    case 'unknown':
      return `Nous demandons à ${provider} jusqu’à savoir. Sans réponse après 24 heures, une personne de la maison s’en occupe.`;
    case 'paid':
      return `L’argent est sur votre compte ${provider}.`;
    case 'refused':
    case 'reversed':
      return 'L’argent est revenu sur votre solde.';
  }
}

/** Words of deposits: the form, one deposit while it is paid, money that does not show. */

import type { DepositNews } from '#core/api/deposit-pages.ts';
import { formatXof } from '#core/money.ts';
import type { DepositState } from '#core/payment.ts';

export const depositTexts = {
  title: 'Déposer',
  amount: 'Montant',
  choose: 'Choisissez',
  other: 'Ou un autre montant',
  hint: (min: number, max: number) => `De ${formatXof(min)} à ${formatXof(max)}.`,
  missing: (missing: number) => `Il vous manque ${formatXof(missing)} pour ce pari.`,
  raised: (min: number) => `Le plus petit dépôt est de ${formatXof(min)} : le reste est sur votre solde.`,
  go: 'Déposer',
  with: (provider: string) => `Payer avec ${provider}`,
  stopped: (provider: string) =>
    `Les dépôts par ${provider} sont arrêtés pour le moment. Vos paris continuent.`,
  silent: (provider: string) => `${provider} ne répond pas bien en ce moment. Vos paris continuent.`,
  nobody: 'Aucun moyen de paiement n’est ouvert pour le moment.',
  onlyOwnNumber: (provider: string) => `Avec ${provider}, seul le compte de votre propre numéro peut payer.`,
  ownNumber: (provider: string) =>
    `Avec ${provider}, payez depuis votre propre numéro\u00a0: l’argent d’un autre numéro est vérifié à la main.`,
  play: 'En essai, l’argent ne vaut rien hors de Mbayar.',
  backToSlip: 'Ensuite, vous revenez à votre bulletin.',
  proposeLimit: 'Votre premier dépôt. Voulez-vous d’abord une limite ? Vous pouvez aussi continuer sans.',
  proposeLimitGo: 'Fixer une limite de dépôt',
  raise: 'Vérifiez votre identité pour des plafonds plus hauts.',

  oneTitle: (amount: number) => `Dépôt de ${formatXof(amount)}`,
  states: {
    requested: 'À payer',
    credited: 'Argent reçu',
    expired: 'Temps passé',
    refused: 'Non payé',
    review: 'En vérification',
    returned: 'Renvoyé',
  } satisfies Record<DepositState, string>,
  says: {
    requested: 'Payez dans l’application, puis revenez ici\u00a0: cette page se met à jour toute seule.',
    credited: 'L’argent est sur votre solde.',
    expired: 'Rien n’est arrivé. Si vous avez payé, l’argent arrive tout seul.',
    refused: 'Rien n’est arrivé. Si vous avez payé quand même, l’argent arrive tout seul.',
    review:
      'De l’argent est arrivé et il est gardé. Deux personnes de nos finances vérifient à qui il est. Vous n’avez rien à faire\u00a0: cette page dira ce qu’elles décident.',
    returned: 'L’argent repart vers le numéro qui a payé.',
  } satisfies Record<DepositState, string>,
  preparing: 'On demande un lien de paiement à l’opérateur. Encore quelques secondes.',
  open: (label: string) => `Payer avec ${label}`,
  until: (day: string, hour: string) => `À payer ${day} avant ${hour}.`,
  scan: (provider: string) => `Mon compte ${provider} est sur un autre téléphone`,
  scanHint: (provider: string) =>
    `Prenez le téléphone qui a votre compte ${provider}, et scannez ce code dans son application.`,
  code: 'Le code à scanner',
  verify: 'J’ai payé\u00a0: vérifier maintenant',
  again: 'Le lien ne marche plus ? Nouveau lien',
  payAgain: 'Payer à nouveau',
  cancel: 'Annuler ce dépôt',
  offline: 'Pas de réseau. On réessaie tout seul ; un paiement fait n’est pas perdu.',
  continueBet: 'Continuer mon pari',
  toWallet: 'Voir mon argent',
  received: 'Reçu en tout',
  receivedInAll: (received: number) => `Reçu en tout\u00a0: ${formatXof(received)}.`,
  news: {
    verifie: 'On vient de demander\u00a0: pas encore payé.',
    silence: 'On vient de demander\u00a0: l’opérateur ne répond pas. On redemande tout seul.',
    lien: 'Voici un nouveau lien.',
  } satisfies Record<DepositNews, string>,
  history: 'Ce qui s’est passé',

  findTitle: 'J’ai payé et je ne vois rien',
  findIntro:
    'Un paiement fait arrive toujours\u00a0: on demande à l’opérateur pendant deux jours. Vous pouvez aussi le faire demander maintenant.',
  recent: 'Mes dépôts des 7 derniers jours',
  none: 'Aucun dépôt ces 7 derniers jours.',
  ask: 'Demander à l’opérateur',
  see: 'Voir',
  byNumber: 'Avec le numéro du paiement',
  byNumberHint:
    'Il est dans l’application de l’opérateur ou dans son SMS. Seuls vos propres dépôts sont retrouvés.',
  provider: 'Opérateur',
  transaction: 'Numéro de la transaction',
  find: 'Chercher',
  help: 'Rien trouvé ? Gardez le SMS de l’opérateur. L’argent arrivé sans référence est gardé à part, et deux personnes de nos finances cherchent à qui il est.',
} as const;

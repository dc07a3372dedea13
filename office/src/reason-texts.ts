/**
 * Why a payment is where it is, for those who look after it. A player is spoken to in `core/src/payment-reasons.ts`;
 * here he is spoken about, and a sentence that names nobody serves both.
 */
import { type PaymentReason, paymentReasons } from '#core/payment-reasons.ts';

const ofThePlayer: Readonly<Partial<Record<PaymentReason, string>>> = {
  payer_other_number: 'Payé depuis un autre numéro que celui du joueur.',
  deposit_cancelled: 'Le joueur a annulé ce dépôt.',
  deposit_expired: 'Le temps pour payer est passé. Si le joueur a payé, l’argent arrive tout seul.',
  payer_differs: 'L’argent vient d’un autre numéro que celui du joueur.',
  player_may_not_play: 'Le joueur ne peut pas déposer.',
  recipient_blocked: 'Le compte mobile du joueur est bloqué.',
  recipient_inactive: 'Le compte mobile du joueur n’est pas actif.',
  recipient_limit: 'Le compte mobile du joueur a atteint son plafond.',
  recipient_name_differs: 'Le nom du compte mobile n’est pas celui du joueur.',
  number_changed:
    'Le numéro du joueur a changé depuis : rien n’est parti vers l’ancien. L’argent est revenu sur son solde.',
  float_empty: 'La caisse chez l’opérateur est trop basse. L’argent du joueur est réservé.',
  provider_stopped: 'Les retraits chez cet opérateur sont arrêtés.',
  payouts_held: 'Un changement sur le compte du joueur fait attendre ses retraits.',
  waits_for_finance: 'Une personne de la finance doit donner son accord.',
  waits_for_two_people: 'Deux personnes de la finance doivent donner leur accord.',
  refused_by_house: 'La maison a refusé ce retrait. L’argent est revenu sur le solde du joueur.',
  reversed: 'L’opérateur a rendu l’argent. Il est revenu sur le solde du joueur.',
};

export function reasonText(reason: PaymentReason): string {
  return ofThePlayer[reason] ?? paymentReasons[reason].fr;
}

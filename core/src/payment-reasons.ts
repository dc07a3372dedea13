/**
 * Why a deposit or a withdrawal is where it is, in words of ours: providers' codes are translated into these by their
 * adapters. Each has its sentence in French and in Wolof; a player reads it beside the state and the time.
 *
 * The Wolof sentences wait for a native reviewer.
 */

export const paymentReasons = {
  // A try to pay failed; he may try again until the time is over.
  payer_insufficient_funds: {
    fr: 'Il n’y avait pas assez d’argent sur ce compte mobile.',
    wo: 'Xaalis doyul ci kontu telefon bi.',
  },
  payer_blocked: { fr: 'Ce compte mobile est bloqué.', wo: 'Kontu telefon bii dañu ko téye.' },
  payer_too_young: { fr: 'Ce compte appartient à un mineur.', wo: 'Kont bii xale moo ko moom.' },
  payer_abroad: { fr: 'Ce compte mobile est d’un autre pays.', wo: 'Kontu telefon bii meneen réew la.' },
  payer_other_number: {
    fr: 'Seul votre propre numéro peut payer ce dépôt.',
    wo: 'Sa nimero rekk moo mëna fey dépôt bii.',
  },
  payer_refused: {
    fr: 'Le paiement a été refusé sur le téléphone.',
    wo: 'Fey gi, dañu ko lànk ci telefon bi.',
  },
  attempt_failed: { fr: 'Le paiement n’a pas abouti.', wo: 'Fey gi antuwul.' },
  house_limit: {
    fr: 'L’opérateur ne laisse pas entrer ce montant pour le moment.',
    wo: 'Operatër bi mayul xaalis bii léegi.',
  },
  deposit_cancelled: { fr: 'Vous avez annulé ce dépôt.', wo: 'Neenal nga dépôt bii.' },
  deposit_expired: {
    fr: 'Le temps pour payer est passé. Si vous avez payé, l’argent arrive tout seul.',
    wo: 'Waxtu fey gi wees na. Su fekkee fey nga, xaalis bi dina ñëw.',
  },

  // Money came that is not what was asked for: a person looks.
  amount_differs: { fr: 'Le montant reçu n’est pas celui demandé.', wo: 'Xaalis bi ñëw du bi ñu laajoon.' },
  amount_unreadable: { fr: 'Le montant reçu se vérifie à la main.', wo: 'Xaalis bi ñëw dañu koy seet.' },
  payer_differs: {
    fr: 'L’argent vient d’un autre numéro que le vôtre.',
    wo: 'Xaalis bi ci beneen nimero la jóge.',
  },
  reference_unknown: { fr: 'Cet argent ne porte aucune référence connue.', wo: 'Xaalis bii amul référence.' },
  payment_counted_before: {
    fr: 'Ce paiement a déjà été compté pour un autre dépôt.',
    wo: 'Fey gii, lim nañu ko ba noppi ci beneen dépôt.',
  },
  player_may_not_play: { fr: 'Ce compte ne peut pas déposer.', wo: 'Kont bii mënul dugal xaalis.' },

  // The receiving wallet cannot take it.
  recipient_unknown: {
    fr: 'Ce numéro n’a pas de compte chez cet opérateur.',
    wo: 'Nimero bii amul kont ci operatër bii.',
  },
  recipient_invalid: { fr: 'Cet opérateur ne sert pas ce numéro.', wo: 'Operatër bii jëlul nimero bii.' },
  recipient_blocked: { fr: 'Votre compte mobile est bloqué.', wo: 'Sa kontu telefon dañu ko téye.' },
  recipient_inactive: { fr: 'Votre compte mobile n’est pas actif.', wo: 'Sa kontu telefon doxul.' },
  recipient_too_young: {
    fr: 'Ce compte mobile est celui d’un mineur.',
    wo: 'Kontu telefon bii xale moo ko moom.',
  },
  recipient_limit: {
    fr: 'Votre compte mobile a atteint son plafond. Retirez moins, ou attendez le mois prochain.',
    wo: 'Sa kontu telefon fees na. Génneel lu gën a néew, wala nga xaar weer wi ñëw.',
  },
  recipient_not_allowed: {
    fr: 'L’opérateur ne laisse pas ce compte recevoir.',
    wo: 'Operatër bi mayul kont bii mu jot xaalis.',
  },
  recipient_name_differs: {
    fr: 'Le nom du compte mobile n’est pas le vôtre.',
    wo: 'Turu kontu telefon bi du sa tur.',
  },
  order_refused: { fr: 'L’opérateur a refusé la demande.', wo: 'Operatër bi lànk na laaj bi.' },

  // It waits: the money is safe and leaves later.
  float_empty: {
    fr: 'La caisse de l’opérateur se remplit. Votre argent est réservé.',
    wo: 'Kees gi dafay fees. Sa xaalis dañu ko denc.',
  },
  too_many_requests: {
    fr: 'L’opérateur est très demandé. On recommence.',
    wo: 'Operatër bi dafa bari liggéey. Dinañu jéemaat.',
  },
  provider_unreachable: {
    fr: 'L’opérateur ne répond pas. On recommence.',
    wo: 'Operatër bi tontuwul. Dinañu jéemaat.',
  },
  provider_stopped: {
    fr: 'Les retraits chez cet opérateur sont arrêtés pour le moment.',
    wo: 'Génne xaalis ci operatër bii taxaw na léegi.',
  },
  payouts_held: {
    fr: 'Un changement sur votre compte fait attendre les retraits.',
    wo: 'Am na lu soppeeku ci sa kont, moo tax nga wara xaar.',
  },
  waits_for_finance: {
    fr: 'Une personne de la maison vérifie ce retrait.',
    wo: 'Am na nit ku seet génne bii.',
  },
  waits_for_two_people: {
    fr: 'Deux personnes de la maison vérifient ce retrait.',
    wo: 'Am na ñaari nit ñu seet génne bii.',
  },
  being_looked_up: {
    fr: 'L’opérateur n’a pas encore dit si c’est payé. On lui demande ; rien ne part deux fois.',
    wo: 'Operatër bi waxagul ndax fey na. Ñu ngi koy laaj ; dara du dem ñaari yoon.',
  },

  number_changed: {
    fr: 'Votre numéro a changé depuis la demande : rien n’est parti vers l’ancien.',
    wo: 'Sa nimero soppeeku na ginnaaw laaj bi : dara demul ci bu njëkk ba.',
  },

  // It has ended by a person's decision.
  refused_by_house: {
    fr: 'La maison a refusé ce retrait.',
    wo: 'Kër gi lànk na génne bii.',
  },
  // A payment that the house wanted back, and that stays where it is.
  reversal_too_late: {
    fr: 'Le délai pour reprendre ce paiement est passé.',
    wo: 'Waxtu ngir jëlaat xaalis bi wees na.',
  },
  reversal_money_spent: {
    fr: 'Cet argent n’est plus sur le compte mobile.',
    wo: 'Xaalis bi nekkatul ci kontu telefon bi.',
  },
  sent_back: {
    fr: 'L’argent est reparti au numéro qui l’avait envoyé.',
    wo: 'Xaalis bi délu na ci nimero bi ko yónnee woon.',
  },
  allocated_elsewhere: {
    fr: 'Après vérification, cet argent n’était pas pour ce dépôt.',
    wo: 'Seet nañu ko : xaalis bii jëmul woon ci dépôt bii.',
  },
  reversed: {
    fr: 'L’opérateur a rendu l’argent.',
    wo: 'Operatër bi delloo na xaalis bi.',
  },
} as const satisfies Readonly<Record<string, { readonly fr: string; readonly wo: string }>>;

export type PaymentReason = keyof typeof paymentReasons;

export const paymentReasonNames = Object.keys(paymentReasons).filter(isPaymentReason);

export function isPaymentReason(text: string): text is PaymentReason {
  return Object.hasOwn(paymentReasons, text);
}

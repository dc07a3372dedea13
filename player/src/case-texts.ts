/** Words of the cases about getting in: who has lost his phone, his PIN or his number. */
import type { CaseDecision, CaseKind, CaseState } from '#core/account-case.ts';

export const kindTexts: Readonly<Record<CaseKind, string>> = {
  lost_phone: 'Téléphone perdu',
  forgotten_pin: 'PIN oublié',
  recycled_number: 'Numéro qui a changé de main',
  changed_number: 'Nouveau numéro',
};

export const decisionTexts: Readonly<Record<CaseDecision, string>> = {
  reset_pin: 'Accepté : vous choisissez un nouveau PIN en entrant.',
  change_phone: 'Accepté : votre nouveau numéro est en place.',
  release_phone: 'Accepté : ce numéro n’est plus lié à l’ancien compte.',
  refuse: 'Refusé : rien n’a changé.',
};

export const stateTexts: Readonly<Record<CaseState, string>> = {
  claimed: 'Reçu',
  open: 'En cours : une personne le lit. Les retraits attendent.',
  decided: 'Décidé',
};

export const caseTexts = {
  help: 'Vous n’arrivez pas à entrer ?',
  lostDevice: 'J’ai un autre téléphone, et toujours mon numéro',
  lostDeviceHint: 'Entrez avec votre numéro, le code reçu et votre PIN. C’est tout.',
  forgotten: 'J’ai oublié mon PIN',
  forgottenHint: 'Entrez votre numéro et le code reçu. Sur la page du PIN, touchez « PIN oublié ».',
  enter: 'Entrer mon numéro',
  lostNumber: 'Je n’ai plus mon numéro',
  lostNumberHint: 'Donnez le numéro que vous avez maintenant. Une personne vérifie que le compte est à vous.',
  lostNumberGo: 'J’ai un nouveau numéro',
  recycled: 'Mon numéro est neuf, mais un compte existe déjà',
  recycledHint: 'Entrez votre numéro et le code reçu. Sur la page du PIN, touchez « compte d’un autre ».',
  door: 'Une personne va vous aider',
  doorHint: 'Elle lit votre demande et vérifie. Pendant ce temps, aucun retrait ne part de ce compte.',
  kinds: {
    forgotten_pin: 'J’ai oublié mon PIN',
    lost_phone: 'On m’a pris mon téléphone',
    recycled_number: 'Ce compte n’est pas à moi',
  },
  statement: 'Ce qui peut nous aider (facultatif)',
  send: 'Envoyer ma demande',
  mine: 'Mes dossiers',
  none: 'Aucun dossier.',
  claimTitle: 'Le numéro que vous avez maintenant',
  claimHint: 'Nous y envoyons un code.',
  claimSent: 'Demande reçue. Si un compte correspond, une personne vous écrit ou vous appelle à ce numéro.',
  oldPhone: 'Le numéro du compte',
  claimStatement: 'Votre pseudo, votre date de naissance, et ce qui s’est passé',
  newPhone: 'Changer de numéro',
  newPhoneHint:
    'Un code part vers le nouveau numéro, puis une personne vérifie. Les retraits attendent pendant ce temps.',
  newPhoneLabel: 'Nouveau numéro',
  back: 'Revenir',
} as const;

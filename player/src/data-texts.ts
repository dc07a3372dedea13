/** Words of the pages about one's data. */
import { formatXof } from '#core/money.ts';

const count = (n: number, word: string) => `${n} ${word}${n > 1 ? 's' : ''}`;

export const dataTexts = {
  title: 'Mes données',
  copy: 'Une copie de mes données',
  copyHint:
    'Tout ce que nous gardons sur vous : profil, paris, mouvements, sessions, pièces. À lire, ou pour un tableur.',
  copyGo: 'Préparer ma copie',
  copyDone: 'Votre copie est prête. Elle est à vous seul.',
  copyAt: 'Copie demandée',
  copyUntil: (day: string) => `À prendre avant ${day}.`,
  copyWaits: 'En préparation. Revenez dans une minute.',
  copyGone: 'Expirée.',
  fetch: 'Télécharger (ZIP)',
  close: 'Fermer mon compte',
  closeHint: 'Votre argent part vers votre numéro. C’est définitif.',
  closeStart: 'Fermer mon compte…',
  closing: 'Fermeture en cours',
  closingDuels: (n: number) =>
    `${count(n, 'pari')} attend${n > 1 ? 'ent' : ''} son verdict. Le compte ferme juste après.`,
  closingPaying: (xof: number) => `${formatXof(xof)} sont en route vers votre numéro.`,
  closingSoon: 'Tout est prêt : le compte ferme dans un instant.',
  noBets: 'Plus de pari ni de dépôt sur ce compte.',
  whatHappens: 'Ce qui se passe',
  offers: (n: number) => `${count(n, 'défi')} en attente : rendu${n > 1 ? 's' : ''} tout de suite.`,
  duels: (n: number) =>
    `${count(n, 'pari')} engagé${n > 1 ? 's' : ''} : il faut attendre le verdict. La fermeture attend.`,
  payout: (xof: number, phone: string) => `${formatXof(xof)} partent vers votre numéro ${phone}.`,
  nothing: 'Votre solde est vide : rien à vous envoyer.',
  remainder: (xof: number) =>
    `${formatXof(xof)} ne peuvent pas partir : aucun opérateur ne paie si peu. Cette somme reste à votre nom, dans nos comptes.`,
  sessions: 'Vos appareils sont déconnectés.',
  kept: 'Vos paris et vos mouvements sont gardés dix ans : la loi le demande. Votre nom, votre numéro et vos pièces sont effacés après le délai légal.',
  closeGo: 'Fermer mon compte pour de bon',
  stay: 'Garder mon compte',
  closed: 'Compte fermé',
  closedHint: 'Votre compte est fermé. Merci d’avoir joué avec nous.',
  closedNext: 'Une question ? Appelez-nous : une personne répond.',
} as const;

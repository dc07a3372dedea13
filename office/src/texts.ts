/** Words of the office. French, short: they are read at the ringside. */
import type { BoutDone } from '#core/api/office-pages.ts';
import type { BoutEnding, BoutState } from '#core/bout.ts';
import type { MarketState } from '#core/market.ts';
import type { Room } from './may.ts';

export const shellTexts = {
  brand: 'Mbayar',
  office: 'bureau',
  skip: 'Aller au contenu',
  menu: 'Menu',
  logOut: 'Sortir',
  technical: 'Note technique :',
  printed: (day: string, hour: string, name: string) => `Établi le ${day} à ${hour} par ${name}.`,
  sandbox: 'Mode essai : argent fictif.',
} as const;

/** The rooms of the office, in the menu's order. */
export const rooms: readonly Room[] = [
  { href: '/', name: 'Galas', hint: 'Les combats, leurs paris et leurs résultats.' },
  {
    href: '/dossiers',
    name: 'Dossiers',
    hint: 'Qui n’arrive plus à entrer : PIN oublié, numéro perdu ou changé.',
    roles: ['support', 'compliance'],
  },
  {
    href: '/reclamations',
    name: 'Réclamations',
    hint: 'Ce que des joueurs contestent, et ce qu’il reste de temps pour répondre.',
    roles: ['support', 'operator', 'compliance'],
  },
  {
    href: '/identites',
    name: 'Identités',
    hint: 'Les pièces à vérifier et les alertes.',
    roles: ['compliance'],
  },
  {
    href: '/alertes',
    name: 'Alertes de jeu',
    hint: 'Toujours les deux mêmes, comptes liés, sauts des mises.',
    roles: ['compliance'],
  },
  {
    href: '/personnes-interdites',
    name: 'Interdits',
    hint: 'Lutteurs, arbitres, promoteurs et proches : ils ne parient pas.',
    roles: ['compliance'],
  },
  {
    href: '/depots-a-voir',
    name: 'Dépôts à voir',
    hint: 'Ceux que l’opérateur n’a jamais confirmés, ou dont le montant ne se lit pas.',
    roles: ['finance', 'support'],
  },
  {
    href: '/jeu-responsable',
    name: 'Jeu responsable',
    hint: 'Les pauses, les exclusions et les limites qui attendent.',
    roles: ['compliance'],
  },
  {
    href: '/donnees',
    name: 'Données',
    hint: 'Les comptes qui ferment, et l’effacement de leurs données.',
    roles: ['compliance'],
  },
  {
    href: '/personnel',
    name: 'Personnel',
    hint: 'Qui est dans la maison, qui est invité.',
    roles: ['administrator'],
  },
  {
    href: '/retraits',
    name: 'Retraits',
    hint: 'Ceux qui attendent votre avis, ceux que l’opérateur n’explique pas.',
    roles: ['finance'],
  },
  {
    href: '/operateurs',
    name: 'Opérateurs',
    hint: 'Wave et Orange Money : ce qui répond, la caisse, ce qui est arrêté.',
    roles: ['finance'],
  },
  {
    href: '/rapprochement',
    name: 'Rapprochement',
    hint: 'Les relevés des opérateurs face à nos livres : l’argent expliqué.',
    roles: ['finance'],
  },
  {
    href: '/en-attente',
    name: 'En attente',
    hint: 'L’argent qui n’est encore à personne ; le placer demande deux personnes.',
    roles: ['finance'],
  },
  {
    href: '/impots',
    name: 'Impôts',
    hint: 'L’impôt retenu sur les gains, mois par mois, et son versement à l’État.',
    roles: ['finance', 'administrator'],
  },
  {
    href: '/pertes',
    name: 'Pertes',
    hint: 'Ce que la correction d’un résultat a coûté à la maison.',
    roles: ['finance', 'administrator'],
  },
  {
    href: '/engagements',
    name: 'Engagements',
    hint: 'L’argent gardé pour les paris qui ne sont pas réglés, marché par marché.',
    roles: ['operator', 'finance', 'administrator'],
  },
  {
    href: '/simulateur',
    name: 'Simulateur',
    hint: 'Ce que des taux feraient d’un pari, pour chaque côté.',
    roles: ['operator', 'finance', 'administrator'],
  },
  {
    href: '/reglages',
    name: 'Réglages',
    hint: 'Taux, limites et plafonds ; un changement demande deux personnes.',
    roles: ['administrator', 'finance', 'compliance'],
  },
  { href: '/journal', name: 'Journal', hint: 'Qui a fait quoi, et quand.' },
];

export const stateTexts: Readonly<Record<MarketState, string>> = {
  draft: 'À ouvrir',
  open: 'Paris ouverts',
  suspended: 'Paris suspendus',
  closed: 'Paris fermés',
  settling: 'Paiement en cours',
  settled: 'Payé',
};

/** A bout's own states, beside its markets'. */
export const boutStateTexts: Readonly<Record<BoutState, string>> = {
  announced: 'Combat pas encore sifflé',
  whistled: 'Combat sifflé',
  decided: 'Résultat confirmé',
  cancelled: 'Combat annulé',
};

/** As the referees and the press name them (fin du combat). */
export const endingTexts: Readonly<Record<BoutEnding, string>> = {
  fall: 'Chute',
  four_supports: 'Quatre appuis',
  ko: 'KO',
  medical_stop: 'Arrêt médical',
  abandon: 'Abandon',
  warnings: 'Avertissements',
  decision: 'Décision',
  draw: 'Match nul',
  no_verdict: 'Sans verdict',
  double_disqualification: 'Double disqualification',
  forfeit: 'Forfait',
  opponent_replaced: 'Adversaire remplacé',
  postponed: 'Reporté, délai passé',
  cancelled: 'Combat annulé',
};

/** "Modou Lô gagne par …" */
const byTexts: Readonly<Partial<Record<BoutEnding, string>>> = {
  fall: 'par chute',
  four_supports: 'par quatre appuis',
  ko: 'par KO',
  medical_stop: 'sur arrêt médical',
  abandon: 'par abandon',
  warnings: 'aux avertissements',
  decision: 'sur décision',
};

export function verdictOf(ending: BoutEnding, winner: string | null): string {
  return winner === null ? endingTexts[ending] : `${winner} gagne ${byTexts[ending] ?? ''}`.trim();
}

export const deskTexts = {
  theJob: 'le report automatique',
  bout: (position: number) => `Combat ${position}`,
  versus: 'contre',
  noDate: 'date à fixer',
  hardStop: 'Heure limite',
  passed: 'Heure limite passée.',
  duels: (count: number) => `${count} duel${count > 1 ? 's' : ''}`,
  offers: (count: number) => `${count} défi${count > 1 ? 's' : ''} en attente`,
  engaged: 'Engagé',
  commands: 'Commandes',
  open: 'Ouvrir les paris',
  suspend: 'Suspendre',
  suspendAll: 'Tout suspendre',
  resume: 'Rouvrir les paris',
  resumeAll: 'Tout rouvrir',
  moveHardStop: 'Déplacer l’heure limite',
  whistle: 'Coup de sifflet',
  whistleHint: 'ferme les paris pour de bon',
  proposeResult: 'Proposer le résultat',
  rootWait: 'La preuve des paris se publie. Encore un instant.',
  earlier: 'Le vrai sifflet était plus tôt ?',
  changeTime: 'Corriger l’heure',
  confirmWhistle: (time: string) => `Confirmer ${time}`,
  trueWhistle: 'Vrai sifflet',
  late: (count: number) =>
    count === 0
      ? 'Aucun duel après cette heure.'
      : `${count} duel${count > 1 ? 's' : ''} après cette heure :`,
  lateBack: 'rendus en entier.',
  proposedBy: (name: string, time: string) => `Proposé par ${name} à ${time}`,
  proposed: 'Résultat proposé',
  waiting: 'En attente d’un collègue',
  waitingHint: 'Vous l’avez proposé : une autre personne doit confirmer.',
  confirm: 'Confirmer et payer',
  whistleFirst: 'Confirmez d’abord l’heure du vrai sifflet.',
  withdraw: 'Retirer ce résultat',
  source: 'Source',
  preview: 'Ce que cela paie',
  paid: 'Ce qui a été payé',
  won: (count: number, name: string) => `À ${name} · ${count} duel${count > 1 ? 's' : ''}`,
  back: (count: number) => `Rendu · ${count} duel${count > 1 ? 's' : ''}`,
  commission: 'Commission',
  tax: 'Impôt',
  total: 'Total des mises',
  paying: 'Paiement en cours',
  progress: (paid: number, total: number) => `${paid} sur ${total} duel${total > 1 ? 's' : ''}`,
  givingBack: 'Mises en cours de retour',
  givenBack: 'Mises rendues',
  allPaid: 'Tout est payé',
  allGivenBack: 'Tout est rendu',
  story: 'Le fil du combat',
  bets: 'Paris',
  closedAt: 'Fermés à',
  causes: { whistle: 'au sifflet', hard_stop: 'à l’heure limite', cancelled: 'combat annulé' },
  proof: 'Preuve des paris',
  proofCount: (count: number) => `${count} duel${count > 1 ? 's' : ''} dans la preuve`,
  result: 'Résultat',
  confirmedBy: (name: string) => `Confirmé par ${name}`,
  payment: 'Paiement',
  later: 'Pas encore',
  asPressed: 'Heure du bouton.',
  journal: 'Journal du combat',
  noEntry: 'Aucune commande encore.',
  freeze: 'Figer la page',
  unfreeze: 'Reprendre',
  following: 'En direct',
  frozen: 'Page figée',
  done: {
    ouvert: 'Les paris sont ouverts.',
    suspendu: 'Les paris sont suspendus.',
    repris: 'Les paris ont repris.',
    sifflet: 'Coup de sifflet enregistré. Les paris sont fermés.',
    'heure-limite': 'Heure limite déplacée.',
    'vrai-sifflet': 'Heure proposée. Un collègue doit la confirmer.',
    'vrai-sifflet-confirme': 'Heure du vrai sifflet confirmée.',
    resultat: 'Résultat proposé. Un collègue doit le confirmer.',
    'resultat-retire': 'Résultat retiré.',
    'resultat-confirme': 'Résultat confirmé. Le paiement a commencé.',
    report: 'Combat reporté. Les joueurs sont prévenus.',
    annulation: 'Les paris sont arrêtés. Un collègue doit confirmer, puis chaque mise est rendue.',
  } satisfies Record<BoutDone, string>,
} as const;

export const formTexts = {
  hardStopHint: 'À cette heure, les paris se ferment tout seuls.',
  hardStopLabel: 'Fermeture au plus tard (Dakar)',
  hardStopGo: 'Déplacer',
  whistleTitle: 'L’heure du vrai sifflet',
  whistleHint: 'Les duels faits après cette heure seront rendus. Un collègue confirme.',
  whistleLabel: 'Heure du vrai sifflet (Dakar)',
  closed: (time: string) => `Les paris se sont fermés à ${time}.`,
  whistleGo: 'Proposer cette heure',
  notClosed: 'Les paris ne sont pas fermés : il n’y a pas d’heure à corriger.',
  resultTitle: 'Proposer le résultat',
  resultHint: 'Un collègue confirmera, puis tout sera payé.',
  who: 'Qui gagne ?',
  nobody: 'Personne : mises rendues',
  nobodyAlone: 'Personne',
  how: 'Comment ?',
  howWon: 'Avec un vainqueur',
  howNobody: 'Sans vainqueur : le temps de lutte compte quand même',
  howVoid: 'Sans vainqueur : chaque mise est rendue',
  sourceLabel: 'D’où vient le verdict ?',
  sourceHint: 'Feuille de l’arbitre, annonce au micro, lien…',
  resultGo: 'Proposer',
  back: 'Retour au combat',
} as const;

export const logInTexts = {
  title: 'Entrer au bureau',
  hint: 'Réservé au personnel. Un code arrive par SMS.',
  phone: 'Votre téléphone',
  phoneHint: 'Sénégal : 77 123 45 67.',
  send: 'Recevoir le code',
  codeTitle: 'Vos deux codes',
  code: 'Code du SMS',
  codeHint: (phone: string) => `Envoyé au ${phone}.`,
  totp: 'Code de l’application',
  totpHint: 'Six chiffres, nouveaux toutes les 30 secondes.',
  enter: 'Entrer',
  otherPhone: 'Autre numéro ou nouveau code',
  passkey: 'Entrer avec une clé d’accès',
  sandbox: 'Mode essai',
  sandboxTotp: 'L’application montrerait :',
  noMessage: 'Aucun message : ce numéro n’est pas du personnel.',
} as const;

export const checkingTexts = {
  asking: 'On vérifie…',
  askingHint: 'La réponse s’est perdue. Ne recommencez pas : rien ne sera fait deux fois.',
  refused: 'Pas fait',
  notReceived: 'Pas reçu',
  notReceivedHint: 'Cette commande n’est pas arrivée : rien n’a été fait.',
  again: 'Vérifier encore',
  back: 'Revenir',
} as const;

/** A command that came too late, or too early: the state in words. */
export const stateForbids = (state: string) => `${state} : cette commande n’est pas possible.`;

export const errorTexts = {
  heads: { 403: 'Ce n’est pas permis', 404: 'Il n’y a rien ici', 429: 'Doucement', 503: 'Beaucoup de monde' },
  ours: 'Une erreur chez nous',
  other: 'Ça n’a pas marché',
  number: 'Donnez ce numéro au support :',
  home: 'Voir les galas',
} as const;

export const confirmTexts = {
  title: 'C’est bien vous ?',
  lead: 'Ce qui suit décide de l’argent ou de qui peut entrer. Montrez encore une fois que c’est vous : vous revenez ensuite où vous étiez.',
  sandbox: 'Mode essai, votre application montre :',
  passkey: 'Confirmer avec ma clé',
  totp: 'Code de votre application',
  confirm: 'Confirmer',
} as const;

export const playTexts = {
  title: 'Jeu responsable',
  hint: 'Ce que les joueurs ont décidé pour eux-mêmes. Personne d’autre ne peut le changer. Chaque consultation est au journal.',
  exclusions: 'Pauses et exclusions',
  noExclusion: 'Personne ne fait de pause.',
  kinds: { cool_off: 'pause', self_exclusion: 'exclusion' },
  from: (when: string) => `Depuis : ${when}.`,
  to: (when: string) => `Fin : ${when}`,
  forGood: 'Pour toujours',
  returns: (when: string) => `retour : ${when}`,
  inForce: 'en cours',
  pending: 'Limites à desserrer',
  noPending: 'Aucune demande n’attend.',
  limits: { deposit: 'dépôts', stake: 'mises', loss: 'pertes' },
  periods: { day: '24 heures', week: '7 jours', month: '30 jours' },
  none: 'aucune limite',
  confirmFrom: (when: string) => `à confirmer par le joueur à partir de : ${when}`,
} as const;

/**
 * Words of the player's app, by page. French, warm and short: one idea a sentence, ten words.
 * Each page has an export of its own, so that a page's script carries its own words only.
 */
import { formatXof } from '#core/money.ts';

export const shellTexts = {
  brand: 'Mbayar',
  skip: 'Aller au contenu',
  menu: 'Menu',
  bouts: 'Combats',
  bets: 'Mes paris',
  wallet: 'Argent',
  me: 'Moi',
  logIn: 'Entrer',
  balance: 'Solde',
  play: 'Argent d’essai',
  age: 'Réservé aux 18 ans et plus. Jouer peut rendre dépendant.',
  notice: 'À savoir',
  helpLine: 'Besoin d’en parler ?',
  responsible: 'Jouer responsable',
  here: (time: string) => `Vous êtes là depuis ${time}.`,
  rules: 'Règles',
  terms: 'Conditions',
  wrestlers: 'Lutteurs',
} as const;

export const stateTexts = {
  draft: 'Paris bientôt ouverts',
  open: 'Paris ouverts',
  suspended: 'Paris suspendus',
  closed: 'Paris fermés',
  settling: 'Paiement en cours',
  settled: 'Payé',
  cancelled: 'Combat annulé',
} as const;

export const versus = 'contre';

export const galaTexts = {
  rules: (authority: string, rules: string) => `Verdict : ${authority}. Durée : ${rules}`,
} as const;

export const homeTexts = {
  title: 'Combats',
  slogan: 'Le làmb, entre nous.',
  how: 'Comment ça marche',
  steps: [
    'Défiez un supporter, ou acceptez son défi.',
    'Mbayar garde les deux mises. La maison ne parie pas.',
    'Au verdict, le gagnant est payé tout de suite.',
  ],
  next: 'À venir',
  none: 'Pas de gala annoncé pour l’instant.',
  noneHint: 'Revenez bientôt : les combats s’affichent ici dès qu’ils sont ouverts.',
  offers: (count: number) =>
    count === 0 ? 'Lancez le premier défi' : `${count} défi${count > 1 ? 's' : ''} à prendre`,
  demonstration: 'Gala d’essai, argent fictif',
  search: 'Chercher un lutteur',
} as const;

export const boutTexts = {
  toTake: 'Défis à prendre',
  none: 'Aucun défi pour l’instant. Lancez le premier.',
  backing: (wrestler: string) => `Je suis pour ${wrestler}`,
  taking: (pick: string) => `Je prends : ${pick}`,
  markets: 'Les paris de ce combat',
  youPut: 'Vous mettez',
  net: 'net en main',
  against: (pseudonym: string) => `contre ${pseudonym}`,
  accept: 'Accepter',
  acceptLabel: (put: number, wrestler: string, net: number) =>
    `Accepter : mettre ${formatXof(put)} sur ${wrestler}, ${formatXof(net)} net en main`,
  more: (count: number) => `Voir ${count} autre${count > 1 ? 's' : ''} défi${count > 1 ? 's' : ''}`,
  place: 'Lancer un défi',
  pick: 'Votre lutteur',
  stake: 'Votre mise',
  otherStake: 'Autre mise',
  ratio: 'Le rapport',
  ratioHint: 'Ce que vous mettez contre ce que l’autre met.',
  otherAsk: 'L’autre met',
  seeSlip: 'Voir le bulletin',
  own: 'Mes défis sur ce combat',
  ownOpen: 'en attente',
  ownChanged: 'Ce défi a bougé',
  cancel: 'Retirer',
  engaged: 'Engagé',
  freeze: 'Figer',
  follow: 'Reprendre',
  offers: (count: number) => `${count} défi${count > 1 ? 's' : ''} à prendre`,
  closedAt: (hour: string) => `Paris fermés à ${hour}. Place au combat.`,
  stopped: (hour: string) => `Paris fermés à ${hour}.`,
  calledOff: (hour: string) =>
    `Paris arrêtés à ${hour} : le combat n’a pas lieu comme prévu. Chaque mise est rendue dès que c’est confirmé.`,
  noDate: 'Date à fixer',
  suspended: 'Les paris sont suspendus un moment. Vos défis restent, vous pouvez les retirer.',
  notYet: 'Les paris ne sont pas encore ouverts sur ce combat.',
  winner: (wrestler: string, how: string) => `${wrestler} gagne ${how}`,
  wrestled: (time: string) => `Temps de lutte : ${time}.`,
  wins: (pick: string) => `« ${pick} » gagne.`,
  held: 'Ces paris sont payés après l’homologation.',
  isVoid: 'Chaque mise est rendue en entier.',
  published: (second: string) => `Empreinte publiée à ${second}.`,
} as const;

/** What stands below the live part of a bout’s page, and is not in its script. */
export const boutRuleTexts = {
  ownBets: 'Mes paris sur ce combat',
  rulesOf: (question: string) => `La règle : ${question}`,
  authority: (name: string) => `Verdict : ${name}.`,
  fees: (commission: string, tax: string) => `Commission ${commission}, impôt ${tax}.`,
  duration: (rules: string) => `Durée : ${rules}`,
  limits: (min: number, max: number) => `Mise de ${formatXof(min)} à ${formatXof(max)}.`,
  proof: 'Preuve des paris',
  proofMore: 'Voir la preuve',
  rulesVersion: (version: number) => `Règle version ${version}, figée à l’ouverture. Empreinte :`,
  rulesWolof: 'Ci wolof',
  howToVerify: 'Comment vérifier un pari',
  proofHint: 'Empreinte des paris figés à la fermeture.',
} as const;

/** A bout that was moved: what becomes of its bets. */
export const movedTexts = {
  undated: 'Combat reporté. La nouvelle date n’est pas encore connue.',
  dated: 'Combat reporté.',
  stands: (day: string) =>
    `Les paris tiennent si les deux mêmes lutteurs se rencontrent au plus tard le ${day}. Sinon chaque mise est rendue en entier.`,
  isVoid: 'Combat reporté trop loin : chaque mise est rendue en entier.',
} as const;

export const slipTexts = {
  stake: 'Votre mise',
  bonusPart: (bonus: number) => `Dont ${formatXof(bonus)} de bonus, joués d’abord.`,
  others: 'L’autre',
  pot: 'Pot',
  commission: 'Commission',
  shortTax: 'impôt',
  net: 'Net en main',
  atLeast: 'au moins',
  place: (stake: number) => `Lancer le défi · ${formatXof(stake)}`,
  logIn: 'Entrer pour continuer',
  missing: (amount: number) => `Il vous manque ${formatXof(amount)}.`,
  deposit: (amount: number) => `Déposer ${formatXof(amount)}`,
  offLadder: 'Ces montants ne tombent pas juste.',
  seeNearest: 'Voir les plus proches',
  moved: (from: number, to: number) =>
    `Pour tomber juste, la mise passe de ${formatXof(from)} à ${formatXof(to)}.`,
} as const;

/** Words of a slip that has a page of its own. */
export const slipPageTexts = {
  title: 'Votre bulletin',
  acceptTitle: 'Accepter le défi',
  other: 'Mise de l’autre',
  tax: 'Impôt retenu',
  accept: (stake: number) => `Accepter · ${formatXof(stake)}`,
  useLess: (stake: number) => `Miser ${formatXof(stake)} à la place`,
  useNearest: (stake: number, ask: number) => `Prendre ${formatXof(stake)} contre ${formatXof(ask)}`,
  change: 'Changer',
  otherStake: (ratio: string) => `Autre mise, toujours ${ratio}`,
  part: 'Prendre une partie seulement',
  partHint: 'Écrivez votre mise, puis recalculez.',
  recompute: 'Recalculer',
  back: 'Retour au combat',
  voids: 'Match nul ou annulé : votre mise revient en entier.',
  voidsOther: 'Combat annulé : votre mise revient en entier. Le reste est dans la règle du pari.',
  earlier: (stake: number, wrestler: string) =>
    `Ce bulletin a déjà servi : votre défi de ${formatXof(stake)} sur ${wrestler} est enregistré. En voici un nouveau.`,
  seeEarlier: 'Voir ce défi',
  atOnce: 'Si un défi en face convient, il est pris tout de suite.',
} as const;

export const betTexts = {
  title: 'Mes paris',
  offer: 'Mon défi',
  bet: 'Mon pari',
  placed: 'Défi lancé !',
  placedHint: 'Il attend un adversaire. Vous serez engagé dès que quelqu’un accepte.',
  taken: 'Défi pris !',
  partTaken: 'Une partie est déjà prise.',
  accepted: 'Pari engagé !',
  open: 'En attente',
  openTitle: 'Défis en attente',
  engagedTitle: 'Paris engagés',
  settledTitle: 'Terminés',
  engaged: 'Engagé',
  won: 'Gagné',
  lost: 'Perdu',
  void: 'Rendu',
  none: 'Pas encore de pari.',
  noneHint: 'Choisissez un combat et lancez votre premier défi.',
  seeBouts: 'Voir les combats',
  seeBout: 'Voir le combat',
  stake: 'Mise',
  ask: 'L’autre met',
  filled: 'Déjà pris',
  waiting: 'En attente',
  returned: 'Rendu',
  cancel: 'Retirer ce qui attend',
  cancelHint: 'C’est gratuit, jusqu’à la fermeture des paris.',
  against: 'Adversaire',
  net: 'Net en main si vous gagnez',
  paid: 'Reçu',
  number: 'Reçu n°',
  at: 'Enregistré',
  older: 'Plus anciens',
  bets: 'Paris de ce défi',
  wonLine: (amount: number) => `Vous avez reçu ${formatXof(amount)}.`,
  theOther: 'L’autre',
  winnerLine: (winner: string, how: string) => `${winner} gagne ${how}.`,
  heldLine: 'Le résultat est connu. Ce pari est payé après l’homologation.',
  wrestledLine: (time: string) => `Temps de lutte : ${time}.`,
  endedLine: (how: string) => `Fin du combat : ${how}.`,
  hadItWon: 's’il avait gagné',
  correctedLine: 'Le résultat a été corrigé : toute l’histoire est plus bas.',
  lostLine: 'Pas cette fois. Le pot est allé à l’autre.',
  voidLine: (amount: number) => `Votre mise de ${formatXof(amount)} est revenue en entier.`,
  engagedLine: 'Votre mise est gardée jusqu’au verdict.',
  on: 'sur',
} as const;

export const peopleTexts = {
  logIn: 'Votre numéro',
  logInHint: 'Nous envoyons un code par SMS. Pas de mot de passe.',
  phone: 'Téléphone',
  phoneHint: 'Sénégal : 77 123 45 67. Ailleurs : commencez par +.',
  send: 'Recevoir le code',
  code: 'Le code reçu',
  codeHint: (phone: string) => `Envoyé au ${phone}. Il sert dix minutes.`,
  codeLabel: 'Code à 6 chiffres',
  enter: 'Entrer',
  again: 'Renvoyer un code',
  otherPhone: 'Changer de numéro',
  sandbox: 'Mode essai, le SMS dit :',
  signUp: 'Bienvenue',
  signUpHint: 'Encore quelques mots et vous y êtes.',
  pseudonym: 'Pseudo',
  pseudonymHint: 'De 3 à 20 lettres ou chiffres. Les autres ne voient que lui.',
  birth: 'Date de naissance',
  day: 'Jour',
  month: 'Mois',
  year: 'Année',
  acceptTerms: 'J’ai 18 ans ou plus, et j’accepte les conditions.',
  readTerms: 'Lire les conditions',
  join: 'Créer mon compte',
  expired: 'L’inscription a expiré. Recommencez avec votre numéro.',
  me: 'Moi',
  myPhone: 'Téléphone',
  identity: 'Mon identité',
  data: 'Mes données',
  logOut: 'Sortir',
  sessions: 'Mes connexions',
  passkeys: 'Mes clés',
  logInPasskey: 'Entrer avec ma clé',
  limits: 'Jouer responsable',
} as const;

/** What is behind each entry of "Moi". */
export const meHints = {
  sessions: 'Où vous êtes connecté, et comment fermer.',
  passkeys: 'Entrer avec le doigt ou le visage, sans code.',
  identity: 'Votre pièce, pour jouer avec de plus gros montants.',
  devices: 'Les téléphones où votre PIN suffit.',
  pin: 'Le code secret à 4 chiffres de votre compte.',
  data: 'Ce que nous gardons sur vous, et fermer le compte.',
  cases: 'Une demande à la maison, et où elle en est.',
  limits: 'Vos limites, une pause, une exclusion.',
  rules: 'Comment un pari se gagne, se perd ou se rend.',
  terms: 'Ce que vous avez accepté en entrant.',
  wrestlers: 'Tous les lutteurs et leurs combats.',
} as const;

export const pinTexts = {
  title: 'Votre PIN',
  label: 'PIN',
  onDevice: (phone: string) => `Pour le ${phone}, sur cet appareil : votre PIN suffit.`,
  afterCode: 'Le code est bon. Votre PIN, et vous y êtes.',
  noPin: 'PIN oublié, ou compte d’un autre',
  codeInstead: 'Recevoir un code par SMS',
  choose: 'Choisissez un PIN',
  chooseHint: 'Il protège votre compte si on vous prend votre téléphone.',
  newLabel: 'PIN de 4 à 6 chiffres',
  newHint: 'Ni date de naissance, ni 1234. Ne le donnez à personne.',
  again: 'Le même PIN, encore une fois',
  change: 'Changer de PIN',
  currentLabel: 'Votre PIN actuel',
  changeGo: 'Changer',
  changed: 'C’est fait : le nouveau PIN sert dès maintenant.',
  back: 'Revenir',
} as const;

export const deviceTexts = {
  title: 'Mes appareils',
  hint: 'Vous en voyez un qui n’est pas à vous ? Retirez-le, puis changez de PIN.',
  lastUsed: 'Dernière visite :',
  thisOne: 'Celui-ci',
  remove: 'Retirer',
  removeThis: 'Retirer et sortir',
  removed: 'Appareil retiré. Il lui faudra un nouveau code.',
  none: 'Aucun appareil enregistré.',
} as const;

export const noticeTexts = {
  read: 'C’est lu',
  device_bound: (label: string, when: string) =>
    `Nouvel appareil sur votre compte : ${label}, ${when}. Ce n’est pas vous ? Retirez-le et changez de PIN.`,
  pin_changed: (_detail: string, when: string) =>
    `Votre PIN a changé ${when}. Ce n’est pas vous ? Appelez-nous.`,
  case_opened: (_detail: string, when: string) =>
    `Un dossier est ouvert sur votre compte ${when}. Les retraits attendent qu’une personne le lise.`,
  case_decided: (_detail: string, when: string) =>
    `Votre dossier est décidé ${when}. Voyez Moi, Mes dossiers.`,
  identity_decided: (detail: string, when: string) =>
    detail === 'approved'
      ? `Votre identité est vérifiée, ${when}. Vos plafonds ont monté.`
      : `Votre pièce n’a pas été acceptée, ${when}. Voyez pourquoi.`,
  seeIdentity: 'Mon identité',
  see: 'Mes appareils',
} as const;

export const confirmTexts = {
  title: 'C’est bien vous ?',
  lead: 'Ce qui suit touche à votre argent ou à vos données : montrez encore une fois que c’est vous. Vous revenez ensuite où vous étiez.',
  passkey: 'Confirmer avec ma clé',
  pin: 'Votre PIN',
  confirm: 'Confirmer',
} as const;

export const checkingTexts = {
  asking: 'On vérifie…',
  askingHint:
    'Le réseau a coupé au mauvais moment. Nous cherchons votre demande. Ne recommencez pas : rien ne sera fait deux fois.',
  refused: 'Pas fait',
  notReceived: 'Pas reçu',
  notReceivedHint: 'Nous n’avons pas reçu cette demande : rien n’a été débité.',
  again: 'Vérifier encore',
  back: 'Revenir',
} as const;

export const wrestlerTexts = {
  title: 'Lutteurs',
  search: 'Nom du lutteur ou surnom',
  go: 'Chercher',
  none: 'Aucun lutteur trouvé. Essayez un autre nom.',
  record: 'Bilan annoncé',
  asOf: (date: string) => `au ${date}`,
  wins: 'victoires',
  losses: 'défaites',
  draws: 'nuls',
  noVerdicts: 'sans verdict',
  unknown: 'inconnu',
  known: 'Combats que nous connaissons',
  knownHint: 'Cette liste n’est pas complète : elle n’est pas le bilan.',
  stable: 'Écurie',
  born: 'Naissance',
  place: 'Lieu',
  height: 'Taille',
  weight: 'Poids',
  debut: 'Débuts',
  legalName: 'Nom',
  aliases: 'Aussi appelé',
  titles: 'Titres',
  outcomes: {
    won: ['V', 'victoire'],
    lost: ['D', 'défaite'],
    draw: ['N', 'nul'],
    no_verdict: ['SV', 'sans verdict'],
    double_disqualification: ['DD', 'double disqualification'],
    planned: ['…', 'annoncé'],
  },
  methods: {
    fall: 'chute',
    four_supports: 'quatre appuis',
    ko: 'KO',
    medical_stop: 'arrêt médical',
    abandon: 'abandon',
    decision: 'décision',
    warnings: 'avertissements',
    draw: 'nul',
    no_verdict: 'sans verdict',
    double_disqualification: 'double disqualification',
  },
  sources: 'Sources',
} as const;

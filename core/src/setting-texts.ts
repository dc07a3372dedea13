/** What each setting is called and what it does, in French: the office shows it, refusals name it. */
import type { SettingName, SettingSection } from './settings.ts';

export interface SettingText {
  readonly label: string;
  /** One sentence. */
  readonly hint: string;
}

export const sectionTexts: Readonly<Record<SettingSection, string>> = {
  betting: 'Paris',
  money: 'Dépôts et retraits',
  ceilings: 'Plafonds par identité',
  play: 'Jeu responsable',
  bonus: 'Bonus',
  access: 'Connexion et sessions',
  rates: 'Rythme des demandes',
};

/** What the choices of a setting are called. */
export const choiceTexts: Readonly<Record<string, string>> = {
  pot: 'les deux mises',
  winnings: 'le gain seul',
  payout: 'tout ce qui est payé',
  none: 'rien',
};

const text = (label: string, hint: string): SettingText => ({ label, hint });

export const settingTexts: Readonly<Record<SettingName, SettingText>> = {
  commissionBps: text('Commission', 'Part de la maison, figée à l’ouverture de chaque marché.'),
  commissionBase: text('Base de la commission', 'Sur quoi la commission se calcule.'),
  taxBps: text('Taxe', 'Part retenue pour l’État, figée à l’ouverture de chaque marché.'),
  taxBase: text('Base de la taxe', 'Sur quoi la taxe se calcule.'),
  gamingTaxBps: text(
    'Impôt de l’opérateur',
    'Sur les revenus de la maison (article 212 ter), pour la déclaration du mois.',
  ),
  poolTakeOutBps: text('Prélèvement du pari mutuel', 'Part prise sur la masse avant le partage.'),
  stakeMinXof: text('Mise minimum', 'La plus petite mise, des deux côtés d’un défi.'),
  stakeMaxXof: text('Mise maximum', 'La plus grande mise, des deux côtés d’un défi.'),
  stakeUnitXof: text('Pas des mises', 'Une mise est un multiple de ce montant.'),
  playerMarketMaxXof: text('Par joueur et par combat', 'Ce qu’un joueur mise au plus sur un combat.'),
  playerDayMaxXof: text('Par joueur et par jour', 'Ce qu’un joueur mise au plus sur 24 heures.'),
  totalMarketMaxXof: text(
    'Par marché, tous ensemble',
    'Ce que tous misent au plus sur un marché ; 0 : sans limite.',
  ),
  totalGalaMaxXof: text(
    'Par gala, tous ensemble',
    'Ce que tous misent au plus sur un gala ; 0 : sans limite.',
  ),
  totalHouseMaxXof: text(
    'Dans la maison',
    'Mises non réglées, tous les galas ensemble, au plus ; 0 : sans limite.',
  ),
  hardStopDelayMs: text('Heure limite', 'Après l’heure prévue d’un combat, ses paris se ferment tout seuls.'),
  postponementMs: text('Report d’un combat', 'Temps pendant lequel un combat reporté garde ses paris.'),
  slipValidityMs: text('Durée d’un bulletin', 'Temps pour valider les montants affichés.'),

  depositMinXof: text('Dépôt minimum', 'Le plus petit dépôt.'),
  depositMaxXof: text('Dépôt maximum', 'Le plus grand dépôt en une fois.'),
  withdrawalMinXof: text('Retrait minimum', 'Le plus petit retrait.'),
  withdrawalMultipleXof: text('Pas des retraits', 'Un retrait est un multiple de ce montant.'),
  withdrawalFeeXof: text('Frais de retrait', 'Ce que le joueur paie pour un retrait.'),
  approvalFinanceXof: text('Retrait : accord de la finance', 'À partir de ce total sur 24 heures.'),
  approvalTwoPeopleXof: text('Retrait : accord de deux personnes', 'À partir de ce total sur 24 heures.'),
  floatMinXof: text('Caisse minimum', 'En dessous, chez un opérateur, les retraits attendent.'),

  phoneBalanceMaxXof: text('Téléphone seul : solde', 'Un dépôt ne porte pas le solde plus haut.'),
  phoneDepositsDayMaxXof: text('Téléphone seul : dépôts', 'Total des dépôts sur 24 heures.'),
  phoneWithdrawalsDayMaxXof: text('Téléphone seul : retraits', 'Total des retraits sur 24 heures.'),
  identifiedBalanceMaxXof: text('Identité vérifiée : solde', 'Un dépôt ne porte pas le solde plus haut.'),
  identifiedDepositsDayMaxXof: text('Identité vérifiée : dépôts', 'Total des dépôts sur 24 heures.'),

  looseningDelayMs: text(
    'Attente avant un assouplissement',
    'Un joueur qui relève sa limite attend ce temps.',
  ),
  coolOffMinMs: text('Pause la plus courte', 'Durée minimum d’une pause.'),
  coolOffMaxMs: text('Pause la plus longue', 'Durée maximum d’une pause.'),
  selfExclusionMinMs: text('Exclusion la plus courte', 'Durée minimum d’une exclusion volontaire.'),

  alertPairDuels: text('Alerte : mêmes joueurs', 'Duels entre les deux mêmes joueurs, en 30 jours.'),
  alertPairOneWayBps: text(
    'Alerte : même gagnant',
    'Part de l’argent de ces duels qui va toujours au même joueur.',
  ),
  alertSpikeMinXof: text('Alerte : forte mise', 'Mises de 24 heures à partir desquelles on compare.'),
  alertSpikeTimes: text('Alerte : saut des mises', 'Nombre de fois un jour ordinaire du joueur.'),

  referralBonusXof: text(
    'Bonus de parrainage',
    'À chacun des deux joueurs, au premier pari réglé du filleul ; 0 : aucun.',
  ),
  firstLostBetBackMaxXof: text(
    'Premier pari perdu rendu',
    'En bonus, au plus ce montant, une fois par joueur ; 0 : aucun.',
  ),
  referralsPlayerMax: text('Filleuls par joueur', 'Nombre de parrainages payés à un même joueur, en tout.'),
  bonusHouseDayMaxXof: text(
    'Bonus de la maison',
    'Total donné sur 24 heures ; le reste attend son tour ; 0 : sans limite.',
  ),

  codeValidityMs: text('Durée d’un code SMS', 'Passé ce temps, le code ne vaut plus.'),
  codeFailuresMax: text('Essais faux permis', 'Après ce nombre de codes ou de PIN faux, il faut attendre.'),
  codeFailuresForgottenMs: text(
    'Oubli des essais faux',
    'Passé ce temps sans essai faux, le compte repart de zéro.',
  ),
  codeBlockMs: text('Première attente', 'Après trop d’essais faux ; elle double à chaque fois.'),
  codeBlockMaxMs: text('Attente la plus longue', 'Les attentes ne doublent pas au-delà.'),
  codeResendAfterMs: text('Avant un nouveau code', 'Temps entre deux SMS au même numéro.'),
  codeSendsMax: text('Codes au rythme normal', 'Ensuite les codes partent au rythme lent.'),
  codeResendSlowlyMs: text(
    'Avant un nouveau code, rythme lent',
    'Temps entre deux SMS quand il y en a eu trop.',
  ),
  signUpValidityMs: text('Durée d’une inscription', 'Temps entre le code vérifié et le formulaire envoyé.'),
  playerSessionIdleMs: text(
    'Joueur : session sans usage',
    'Passé ce temps sans rien faire, il se reconnecte.',
  ),
  playerSessionMaxMs: text('Joueur : session entière', 'Passé ce temps en tout, il se reconnecte.'),
  staffSessionIdleMs: text(
    'Bureau : session sans usage',
    'Passé ce temps sans rien faire, on se reconnecte.',
  ),
  staffSessionMaxMs: text('Bureau : session entière', 'Passé ce temps en tout, on se reconnecte.'),
  playerSessionRotateMs: text('Joueur : nouveau jeton', 'Le jeton d’une session est remplacé à ce rythme.'),
  staffSessionRotateMs: text('Bureau : nouveau jeton', 'Le jeton d’une session est remplacé à ce rythme.'),
  sessionGraceMs: text('Ancien jeton accepté', 'Temps pendant lequel le jeton remplacé passe encore.'),
  sessionsPersonMax: text('Sessions par personne', 'Au-delà, la plus ancienne s’arrête.'),
  bearerValidityMs: text(
    'Durée d’un jeton de programme',
    'Passé ce temps, le programme en demande un autre.',
  ),
  stepUpValidityMs: text(
    'Confirmation récente',
    'Temps pendant lequel un second facteur compte comme montré.',
  ),
  newDeviceHoldMs: text('Attente d’un nouvel appareil', 'Temps sans retrait depuis un appareil nouveau.'),
  staffInvitationValidityMs: text(
    'Durée d’une invitation',
    'Passé ce temps, l’invitation du personnel ne vaut plus.',
  ),

  erasureDelayMs: text(
    'Avant l’effacement',
    'Temps entre la fermeture d’un compte et l’effacement de ses données.',
  ),
  exportValidityMs: text('Durée d’un export', 'Passé ce temps, le fichier des données n’est plus là.'),
  exportsAccountDay: text('Exports d’un compte', 'Demandes au plus, en un jour.'),
  rateAccountMinute: text('Demandes d’un compte', 'Au plus, en une minute.'),
  rateAddressMinute: text('Demandes d’une adresse', 'Au plus, en une minute.'),
  codesPhoneHour: text('Codes pour un numéro', 'Au plus, en une heure.'),
  codesAddressHour: text('Codes depuis une adresse', 'Au plus, en une heure.'),
  codesForeignPrefixHour: text('Codes vers un pays étranger', 'Au plus, en une heure, pour chaque pays.'),
  codesHomePrefixHour: text('Codes vers le Sénégal', 'Au plus, en une heure.'),
  logInsAddressTenMinutes: text('Connexions depuis une adresse', 'Essais au plus, en dix minutes.'),
  wrongLogInsMinute: text('Connexions fausses, en tout', 'Dans toute la maison, au plus, en une minute.'),
  withdrawalsAccountHour: text('Retraits d’un compte', 'Demandes au plus, en une heure.'),
  forgedCallbacksMinute: text(
    'Faux appels notés',
    'Faux appels d’un opérateur écrits au journal, par minute.',
  ),
  depositLooksAccountHour: text(
    'Vérifications de dépôt',
    'Questions à l’opérateur demandées par un compte, par heure.',
  ),
  documentsAccountDay: text('Pièces d’un compte', 'Envois au plus, en un jour.'),
};

/** Words of the statement: its page, and the sheet to print. */
import type { PeriodPreset } from '#core/statement.ts';

const providers: Readonly<Record<string, string>> = {
  internal: 'Essai',
  wave: 'Wave',
  orange: 'Orange Money',
  orange_money: 'Orange Money',
};

const presets: Readonly<Record<PeriodPreset, string>> = {
  thisMonth: 'Ce mois-ci',
  lastMonth: 'Le mois dernier',
  twelveMonths: '12 mois',
};

export const statementTexts = {
  title: 'Mon relevé',
  sheetHead: 'Mbayar, relevé de compte',
  period: 'Période',
  presets,
  allTime: 'Tout',
  from: 'Du',
  to: 'Au',
  otherDates: 'D’autres dates',
  show: 'Voir',
  kind: 'Mouvements',
  allKinds: 'Tous',
  balance: 'solde',
  commission: 'commission',
  tax: 'impôt',
  sumsTitle: 'Ce qui s’est passé',
  opening: 'Solde au début',
  closing: 'Solde à la fin',
  depositsLine: 'Dépôts',
  withdrawalsLine: 'Retraits',
  stakesLine: 'Mises',
  gainsLine: 'Gains',
  returnsLine: 'Mises rendues',
  netDeposits: 'Dépôts moins retraits',
  keptCommission: 'Commission, déjà retenue',
  keptTax: 'Impôt, déjà retenu',
  taxOfYear: (year: number) => `Impôt retenu en ${year}`,
  netOfYear: (year: number) => `Dépôts moins retraits en ${year}`,
  yearTitle: 'Par année',
  print: 'Feuille à imprimer',
  csv: 'Fichier pour tableur (CSV)',
  none: 'Aucun mouvement ici.',
  older: 'Plus anciens',
  back: 'Retour au relevé',
  howToPrint: 'Menu du navigateur, puis « Imprimer » ou « Partager » : sur papier ou en PDF.',
  account: 'Compte',
  madeAt: 'Établi le',
  day: 'Date',
  movement: 'Mouvement',
  amount: 'Montant',
  after: 'Solde',
  only: 'Seulement',
  countOf: (shown: number, all: number) =>
    `${shown} mouvement${shown > 1 ? 's' : ''}${shown === all ? '' : ` sur ${all}`}`,
  /** Du 1er janvier 2026 au 26 novembre 2026. */
  since: 'Du',
  until: 'au',
  beginning: 'De l’ouverture du compte',
  test: 'Argent d’essai : ce relevé ne vaut rien hors de Mbayar.',
  amountsNote:
    'Montants en francs CFA, heures de Dakar. Le solde est celui de tout le compte après chaque mouvement.',
  provider: (name: string) => providers[name] ?? name,
} as const;

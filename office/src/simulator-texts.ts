/** Words of the simulator of fees. */
import type { SimulatedTaxBase } from '#core/fee-simulation.ts';
import { formatXof } from '#core/money.ts';
import { percentOf } from '#core/setting-value-text.ts';

const bases: Readonly<Record<SimulatedTaxBase, string>> = {
  payout: 'Impôt sur toute la somme payée',
  winnings: 'Impôt sur le gain seul',
};

export const simulatorTexts = {
  title: 'Simulateur de frais',
  hint: 'Ce que paierait un pari avec ces taux. Rien n’est enregistré.',
  stake: 'Mise',
  ask: 'Mise d’en face',
  commission: 'Commission',
  commissionBase: 'Base de la commission',
  commissionBases: { pot: 'les deux mises', winnings: 'le gain seul' },
  tax: 'Impôt',
  takeOut: 'Prélèvement du pari mutuel',
  percent: '%',
  count: 'Calculer',
  reset: 'Reprendre les taux en vigueur',
  bases,
  inForce: 'en vigueur',
  own: 'Si la mise gagne',
  other: 'Si la mise d’en face gagne',
  lines: {
    staked: 'Mis',
    pot: 'Pot',
    commission: 'Commission',
    tax: 'Impôt',
    net: 'Net en main',
    gain: 'Gain ou perte',
  },
  duel: (ask: number, stake: number, ratioBps: number) =>
    ask === 0
      ? 'Un gagnant ne perd jamais, quelle que soit la mise d’en face.'
      : `Équilibre : ${formatXof(ask)} en face pour ${formatXof(stake)} misés (${decimalOf(ratioBps)} pour 1). En dessous, gagner fait perdre.`,
  pool: (dividendBps: number, shareBps: number) =>
    `Pari mutuel : un ticket juste rend sa mise à partir d’un rapport de ${decimalOf(dividendBps)} avant impôt, soit ${percentOf(shareBps)}\u00a0% des mises justes au plus.`,
} as const;

/** 12 500 → "1,25". */
function decimalOf(bps: number): string {
  const rest = String(bps % 10_000)
    .padStart(4, '0')
    .replace(/0+$/, '');
  return `${Math.floor(bps / 10_000)}${rest === '' ? '' : `,${rest}`}`;
}

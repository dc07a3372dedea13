/** A return as a table: its bytes, without the instant they were made, are what a payment to the State is frozen with. */
import { createHash } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import type { TaxLine, TaxReturn } from '#core/api/tax-pages.ts';
import { figureNames, type TaxFigures } from '#core/tax-return.ts';
import { type CsvCell, csvText } from '../csv.ts';

const OPERATOR = 'Mbayar';

const columns = [
  'ligne',
  'jour',
  'gala',
  'combat_ou_mutuel',
  'question',
  'numero',
  'version',
  'paris',
  'mises_xof',
  'mises_rendues_xof',
  'gains_bruts_xof',
  'commission_xof',
  'reste_xof',
  'impot_retenu_xof',
  'impot_base_payee_xof',
  'impot_base_gain_xof',
  'base',
  'taux_points_de_base',
  'creance_sur_l_etat_xof',
  'perte_maison_xof',
] as const;

const bases: Readonly<Record<TaxLine['taxBase'], string>> = {
  payout: 'somme payée',
  winnings: 'gain',
  none: 'aucune',
};

/** People and evenings may be renamed later; what was bet and paid may not change. */
const names: readonly string[] = ['gala', 'combat_ou_mutuel', 'question'];

export interface WrittenReturn {
  readonly bytes: Buffer;
  /** SHA-256. */
  readonly hash: Buffer;
}

export function writeReturn(report: TaxReturn): WrittenReturn {
  const bytes = Buffer.from(csvText(rowsOf(report)), 'utf8');
  return { bytes, hash: createHash('sha256').update(bytes).digest() };
}

/** Whether two tables have the same figures, whatever names of people and evenings they were written with. */
export function hasSameFigures(one: Buffer, other: Buffer): boolean {
  return figuresIn(one) === figuresIn(other);
}

function figuresIn(bytes: Buffer): string {
  const rows: string[][] = parse(bytes, { bom: true, delimiter: ';', relax_column_count: true });
  return JSON.stringify(rows.map((row) => row.filter((_, index) => !names.includes(columns[index] ?? ''))));
}

function* rowsOf(report: TaxReturn): Generator<readonly CsvCell[]> {
  yield [
    'Déclaration mensuelle : impôt retenu sur les gains (art. 212 quater) et revenus de l’opérateur (art. 212 ter)',
    OPERATOR,
    report.month,
    report.isTest ? 'Argent d’essai seulement' : 'Argent réel seulement',
  ];
  yield columns;
  if (report.days.length === 0) yield ['aucune activité', report.month];
  for (const { day, lines, total } of report.days) {
    for (const line of lines) yield rowOf(line);
    yield totalRow('total du jour', day, total);
  }
  yield totalRow('total des règlements', report.month, report.settled);
  yield totalRow('total des corrections', report.month, report.corrected);
  yield totalRow('total du mois', report.month, report.total, report.claimXof, report.lossXof);
  yield [
    'revenu de l’opérateur (212 ter)',
    report.month,
    '',
    '',
    '',
    null,
    null,
    null,
    null,
    null,
    null,
    report.total.commissionXof,
    null,
    report.gaming.taxXof,
    null,
    null,
    'revenu',
    report.gaming.rateBps,
  ];
}

function rowOf({
  day,
  subject,
  version,
  isCorrection,
  figures,
  taxBase,
  taxBps,
  claimXof,
  lossXof,
}: TaxLine): CsvCell[] {
  return [
    isCorrection ? 'correction' : 'règlement',
    day,
    subject.gala,
    subject.name,
    subject.question,
    subject.id,
    version,
    ...figureNames.map((name) => figures[name]),
    bases[taxBase],
    taxBps,
    claimXof,
    lossXof,
  ];
}

function totalRow(
  name: string,
  when: string,
  figures: TaxFigures,
  claimXof: number | null = null,
  lossXof: number | null = null,
): CsvCell[] {
  return [
    name,
    when,
    '',
    '',
    '',
    null,
    null,
    ...figureNames.map((figure) => figures[figure]),
    '',
    null,
    claimXof,
    lossXof,
  ];
}

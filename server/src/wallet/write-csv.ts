/** A statement as a file for a spreadsheet. */
import type { StatementSheetView } from '#core/api/statement-pages.ts';
import { movementTexts, statementKindTexts } from '#core/statement-texts.ts';
import { csvText } from '../csv.ts';

const columns = [
  'Jour',
  'Heure (Dakar)',
  'Mouvement',
  'Genre',
  'Combat ou opérateur',
  'Montant (F)',
  'Solde après (F)',
  'Commission (F)',
  'Impôt retenu (F)',
  'Référence',
];

export function writeCsv({ movements }: Pick<StatementSheetView, 'movements'>): string {
  const rows = movements.map((movement) => [
    movement.at.slice(0, 10),
    movement.at.slice(11, 19),
    movementTexts[movement.kind],
    statementKindTexts[movement.group],
    movement.bout?.boutName ?? movement.payment?.provider ?? '',
    movement.amountXof,
    movement.balanceAfterXof,
    movement.commissionXof,
    movement.taxXof,
    movement.transferId,
  ]);
  return csvText([columns, ...rows]);
}

/**
 * A statement as a file for a spreadsheet. Semicolons, because where a comma parts the decimals, in French as Senegal
 * writes it, Excel takes a file with commas for one column; a byte order mark, or it takes UTF-8 for Latin; amounts and
 * days as plain as can be, so that they arrive as numbers and dates.
 */
import type { StatementSheetView } from '#core/api/statement-pages.ts';
import { movementTexts, statementKindTexts } from '#core/statement-texts.ts';

const BYTE_ORDER_MARK = '\ufeff';

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
    text(movementTexts[movement.kind]),
    text(statementKindTexts[movement.group]),
    text(movement.bout?.boutName ?? movement.payment?.provider ?? ''),
    String(movement.amountXof),
    String(movement.balanceAfterXof),
    String(movement.commissionXof),
    String(movement.taxXof),
    movement.transferId,
  ]);
  return BYTE_ORDER_MARK + [columns.map(text), ...rows].map((row) => `${row.join(';')}\r\n`).join('');
}

/** What a spreadsheet would run as a formula is made text; what would break the row is quoted. */
function text(value: string): string {
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[";\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

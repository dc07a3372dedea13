/**
 * Tables for a spreadsheet. Semicolons, because where a comma parts the decimals, in French as Senegal writes it, Excel
 * takes a file with commas for one column; a byte order mark, or it takes UTF-8 for Latin; amounts and days as plain as
 * can be, so that they arrive as numbers and dates.
 */
export type CsvCell = string | number | null;

const BYTE_ORDER_MARK = '\ufeff';

export function csvText(rows: Iterable<readonly CsvCell[]>): string {
  let text = BYTE_ORDER_MARK;
  for (const row of rows) text += `${row.map(cellText).join(';')}\r\n`;
  return text;
}

/** What a spreadsheet would run as a formula is made text; what would break the row is quoted. */
function cellText(cell: CsvCell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const harmless = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[";\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

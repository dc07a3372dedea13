import type { LineShown } from '#core/api/reconciliation-pages.ts';

const COLUMNS = [
  ['date', (line: LineShown) => line.at],
  ['transaction', (line: LineShown) => line.transaction],
  ['mouvement', (line: LineShown) => line.kind],
  ['libelle_operateur', (line: LineShown) => line.rawKind],
  ['etat', (line: LineShown) => line.state],
  ['net_xof', (line: LineShown) => line.netXof],
  ['frais_xof', (line: LineShown) => line.feeXof],
  ['taxe_xof', (line: LineShown) => line.taxXof],
  ['taxe_payee_par_operateur', (line: LineShown) => (line.isTaxPaidByProvider ? 'oui' : 'non')],
  ['chez_nous_xof', (line: LineShown) => line.oursXof],
  ['chez_operateur_xof', (line: LineShown) => line.theirsXof],
  ['solde_apres_xof', (line: LineShown) => line.balanceXof],
  ['reference', (line: LineShown) => line.reference],
] as const;

/** A table that spreadsheets of here open as it is: semicolons, and a mark that it is UTF-8. */
export function writeCsv(lines: readonly LineShown[]): string {
  const head = COLUMNS.map(([name]) => name).join(';');
  const rows = lines.map((line) => COLUMNS.map(([, read]) => cellOf(read(line))).join(';'));
  return `\uFEFF${[head, ...rows].join('\r\n')}\r\n`;
}

/** What others wrote is text, never a formula. */
function cellOf(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

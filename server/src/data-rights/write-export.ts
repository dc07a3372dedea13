/** One's data as files: for programs (JSON), for tables (CSV), for the eye (one HTML page). */
import { escapeHtml } from '../escape-html.ts';
import type { ZippedFile } from '../zip.ts';
import type { Cell, Row, Section } from './sections.ts';

export interface FilledSection extends Section {
  readonly rows: readonly Row[];
}

export function writeExport(filled: readonly FilledSection[], madeAt: Date): ZippedFile[] {
  const json = {
    madeAt: madeAt.toISOString(),
    note: 'Montants en francs CFA entiers, heures en UTC. Les autres joueurs ne sont nommés que par leur pseudo.',
    data: Object.fromEntries(filled.map(({ name, rows }) => [name, rows])),
  };
  return [
    { name: 'mes-donnees.html', bytes: Buffer.from(writePage(filled, madeAt)) },
    { name: 'mes-donnees.json', bytes: Buffer.from(JSON.stringify(json, null, 2)) },
    ...filled.map((section) => ({ name: `csv/${section.name}.csv`, bytes: Buffer.from(writeCsv(section)) })),
  ];
}

function writeCsv({ columns, rows }: FilledSection): string {
  const keys = Object.keys(columns);
  const lines = [
    keys.map((key) => columns[key] ?? key),
    ...rows.map((row) => keys.map((key) => row[key] ?? null)),
  ];
  // The mark tells spreadsheets that it is UTF-8.
  return `\ufeff${lines.map((line) => line.map(writeCell).join(';')).join('\r\n')}\r\n`;
}

function writeCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  // A spreadsheet takes such a text for a formula and runs it.
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return `"${text.replaceAll('"', '""')}"`;
}

function writePage(filled: readonly FilledSection[], madeAt: Date): string {
  const style =
    'body{font:16px/1.5 sans-serif;margin:1rem}table{border-collapse:collapse;margin-bottom:2rem}' +
    'td,th{border:1px solid #999;padding:.25rem .5rem;text-align:left;vertical-align:top}';
  return [
    '<!doctype html><html lang="fr"><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
    `<title>Mes données Mbayar</title><style>${style}</style><h1>Mes données Mbayar</h1>`,
    `<p>Copie faite le ${madeAt.toISOString().replace('T', ' à ').slice(0, 18)} (UTC). Montants en francs CFA.</p>`,
    ...filled.map(writeTable),
    '</html>',
  ].join('\n');
}

function writeTable({ title, columns, rows }: FilledSection): string {
  const keys = Object.keys(columns);
  if (rows.length === 0) return `<h2>${escapeHtml(title)}</h2><p>Rien.</p>`;
  const line = (tag: 'td' | 'th', cells: readonly Cell[]) =>
    `<tr>${cells.map((cell) => `<${tag}>${escapeHtml(String(cell ?? ''))}</${tag}>`).join('')}</tr>`;
  const head = line(
    'th',
    keys.map((key) => columns[key] ?? key),
  );
  const body = rows.map((row) =>
    line(
      'td',
      keys.map((key) => row[key] ?? null),
    ),
  );
  return `<h2>${escapeHtml(title)}</h2><table>${head}${body.join('\n')}</table>`;
}

/**
 * The bytes of an official file → its data rows, or a refusal of the whole file. Nothing is judged here.
 */
import { CsvError, parse } from 'csv-parse/sync';
import type { FileRow } from '#core/official-import.ts';
import { type Reason, reason, reasonText } from '#core/official-reasons.ts';

export const FILE_BYTES_MAX = 4 * 1024 * 1024;
const ROWS_MAX = 20_000;
const LINE_FEED = 0x0a;
const RECORD_BYTES_MAX = 64 * 1024;

/** A file that cannot be read at all: nothing of the import takes place. */
export class ImportRefused extends Error {
  override readonly name = 'ImportRefused';
  readonly file: string;
  readonly reasons: readonly Reason[];

  constructor(file: string, reasons: readonly Reason[]) {
    super(`${file} : ${reasons.map(reasonText).join(' ; ')}`);
    this.file = file;
    this.reasons = reasons;
  }
}

/** `file` is its name, for the refusal; `columns` those its header must have, in any order. */
export function readOfficialFile(file: string, bytes: Uint8Array, columns: readonly string[]): FileRow[] {
  if (bytes.length > FILE_BYTES_MAX)
    throw new ImportRefused(file, [reason('file_too_large', { maxBytes: FILE_BYTES_MAX })]);
  const records = parseRecords(file, decode(file, bytes));
  const [header, ...data] = records;
  if (!header) throw new ImportRefused(file, [reason('file_empty')]);
  const names = header.cells.map((name) => name.trim());
  const problems = judgeHeader(names, columns);
  if (problems.length > 0) throw new ImportRefused(file, problems);
  if (data.length > ROWS_MAX)
    throw new ImportRefused(file, [reason('file_rows_too_many', { max: ROWS_MAX })]);
  return data.map(({ line, cells }) => ({
    line,
    cells: Object.fromEntries(names.map((name, i) => [name, cells[i] ?? ''])),
    problem:
      cells.length === names.length
        ? null
        : reason('cell_count', { found: cells.length, expected: names.length }),
  }));
}

/** UTF-8 text, or a refusal that says on which line it stops being one. */
function decode(file: string, bytes: Uint8Array): string {
  const nul = bytes.indexOf(0);
  if (nul >= 0) throw notText(file, bytes, nul, 'octet nul');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw notText(file, bytes, firstBadByte(bytes), 'suite d’octets invalide');
  }
}

function notText(file: string, bytes: Uint8Array, position: number, detail: string): ImportRefused {
  let line = 1;
  for (const byte of bytes.subarray(0, position)) if (byte === LINE_FEED) line += 1;
  return new ImportRefused(file, [reason('file_not_text', { line, detail })]);
}

/** Position of the first byte that no UTF-8 text has there: the longest valid beginning, by halving. */
function firstBadByte(bytes: Uint8Array): number {
  let valid = 0;
  let bad = bytes.length;
  while (bad - valid > 1) {
    const middle = (valid + bad) >> 1;
    if (decodes(bytes.subarray(0, middle))) valid = middle;
    else bad = middle;
  }
  return valid;
}

function decodes(bytes: Uint8Array): boolean {
  try {
    // A character cut by the end of the piece is not an error yet.
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

function parseRecords(file: string, text: string): CsvRecord[] {
  const records: CsvRecord[] = [];
  try {
    parse(text, {
      bom: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: RECORD_BYTES_MAX,
      on_record: (cells: string[], { lines }) => {
        records.push({ line: firstLine(cells, lines), cells });
        return null;
      },
    });
    return records;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error.lines === 'number' ? error.lines : 1;
    throw new ImportRefused(file, [reason('file_csv_broken', { line, detail: brokenDetail(error.code) })]);
  }
}

function judgeHeader(names: readonly string[], columns: readonly string[]): Reason[] {
  const missing = columns.filter((column) => !names.includes(column));
  const unknown = names.filter((name) => !columns.includes(name));
  const twice = columns.filter((column) => names.indexOf(column) !== names.lastIndexOf(column));
  return [
    ...missing.map((column) => reason('header_column_missing', { column })),
    ...unknown.map((column) => reason('header_column_unknown', { column: column.slice(0, 80) })),
    ...twice.map((column) => reason('header_column_twice', { column })),
  ].slice(0, 40);
}

/** A record's first line, from its last one and the line breaks inside its cells. */
function firstLine(cells: readonly string[], lastLine: number): number {
  return lastLine - cells.reduce((count, cell) => count + (cell.match(/\r\n|\n|\r/g)?.length ?? 0), 0);
}

function brokenDetail(code: string): string {
  switch (code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return 'guillemet jamais fermé';
    case 'CSV_INVALID_CLOSING_QUOTE':
      return 'texte après un guillemet fermant';
    case 'INVALID_OPENING_QUOTE':
      return 'guillemet au milieu d’une cellule';
    case 'CSV_MAX_RECORD_SIZE':
      return 'ligne trop longue';
    default:
      return code;
  }
}

/**
 * The cells of one row of an official file: readers that return a value, or null for an empty cell, and note every reason
 * why a cell cannot be read.
 */
import { foldName, tidyText } from './name.ts';
import { type Reason, reason } from './official-reasons.ts';
import { type PartialDate, parsePartialDate } from './partial-date.ts';

export type Cells = Readonly<Record<string, string>>;

/** The text of a column; empty when the row does not have it. */
export function cellOf(cells: Cells, column: string): string {
  return cells[column] ?? '';
}

const CELL_LENGTH_MAX = 2000;
const NAME_LENGTH_MAX = 80;

export type CellReader = ReturnType<typeof cellReader>;

/**
 * Readers of one row's cells: each returns the value, or null for an empty cell, and adds its reasons to `reasons`.
 * After a reason the returned value is a placeholder: the row is refused.
 */
export function cellReader(cells: Cells, reasons: Reason[]) {
  const badColumns = refuseBadText(cells, reasons);
  const text = (column: string): string | null => {
    const tidy = badColumns.has(column) ? '' : tidyText(cellOf(cells, column));
    return tidy === '' ? null : tidy;
  };
  const missing = <T>(column: string, placeholder: T): T => {
    if (text(column) === null && !badColumns.has(column)) reasons.push(reason('cell_missing', { column }));
    return placeholder;
  };
  return {
    text,
    missing,
    name(column: string): string {
      const name = text(column);
      if (name === null) return missing(column, '');
      if (foldName(name) === '') reasons.push(reason('name_bad', { text: name }));
      if (name.length > NAME_LENGTH_MAX)
        reasons.push(reason('cell_too_long', { column, max: NAME_LENGTH_MAX }));
      return name;
    },
    id(letter: 'L' | 'C'): string {
      const id = text('id');
      if (id === null) return missing('id', '');
      if (!isOfficialId(id, letter)) reasons.push(reason('id_bad', { text: id, expected: `${letter}001` }));
      return id;
    },
    integer(column: string, min: number, max: number): number | null {
      const digits = text(column);
      if (digits === null) return null;
      const value = /^\d{1,6}$/.test(digits) ? Number(digits) : Number.NaN;
      if (value >= min && value <= max) return value;
      reasons.push(reason('number_bad', { column, text: digits, min, max }));
      return null;
    },
    choice<T>(column: string, choices: Readonly<Record<string, T>>): T | null {
      const chosen = text(column);
      if (chosen === null) return null;
      const value = Object.hasOwn(choices, chosen) ? choices[chosen] : undefined;
      if (value !== undefined) return value;
      reasons.push(
        reason('choice_unknown', { column, text: chosen, expected: Object.keys(choices).join(', ') }),
      );
      return null;
    },
    partialDate(column: string): PartialDate | null {
      const date = text(column);
      if (date === null) return null;
      const parsed = parsePartialDate(date);
      if (!parsed) reasons.push(reason('date_bad', { column, text: date }));
      return parsed ?? null;
    },
    day(column: string): string | null {
      const day = text(column);
      if (day === null) return null;
      if (parsePartialDate(day)?.first !== day) reasons.push(reason('day_bad', { column, text: day }));
      return day;
    },
    list(column: string, separator: string): string[] {
      return (text(column) ?? '')
        .split(separator)
        .map(tidyText)
        .filter((part) => part !== '');
    },
    sources(): string[] {
      const sources = this.list('source', ' | ');
      if (sources.length === 0) return missing('source', []);
      for (const source of sources) {
        if (!/^https?:\/\/[^\s/]+\S*$/.test(source)) reasons.push(reason('source_bad', { text: source }));
      }
      return sources;
    },
  };
}

/** 'L001', 'C259': the letter of the file and three to six digits. */
export function isOfficialId(text: string, letter: 'L' | 'C'): boolean {
  return /^\d{3,6}$/.test(text.slice(1)) && text.startsWith(letter);
}

/** Invisible and control characters make two names look the same; no cell needs them. */
const BAD_CHARACTER = /[\p{Cc}\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF\uFFFD]/u;

function refuseBadText(cells: Cells, reasons: Reason[]): ReadonlySet<string> {
  const badColumns = new Set<string>();
  for (const [column, text] of Object.entries(cells)) {
    if (BAD_CHARACTER.test(text)) reasons.push(reason('cell_bad_character', { column }));
    else if (text.length > CELL_LENGTH_MAX)
      reasons.push(reason('cell_too_long', { column, max: CELL_LENGTH_MAX }));
    else continue;
    badColumns.add(column);
  }
  return badColumns;
}

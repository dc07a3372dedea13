/**
 * Partial dates: 'YYYY', 'YYYY-MM' or 'YYYY-MM-DD', as much as a source knows. Never completed by a guess: what sorts is
 * the first and the last day the text can mean.
 */

export interface PartialDate {
  readonly text: string;
  /** First day it can mean, 'YYYY-MM-DD'. */
  readonly first: string;
  /** Last day it can mean, 'YYYY-MM-DD'. */
  readonly last: string;
}

const YEAR_FIRST = 1900;
const YEAR_LAST = 2100;

/** Undefined when the text is no partial date of the calendar between 1900 and 2100. */
export function parsePartialDate(text: string): PartialDate | undefined {
  const parts = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text);
  if (!parts) return undefined;
  const [, yearText = '', monthText, dayText] = parts;
  const year = Number(yearText);
  if (year < YEAR_FIRST || year > YEAR_LAST) return undefined;
  if (monthText === undefined) return { text, first: `${yearText}-01-01`, last: `${yearText}-12-31` };
  const month = Number(monthText);
  if (month < 1 || month > 12) return undefined;
  const dayCount = daysInMonth(year, month);
  if (dayText === undefined) return { text, first: `${text}-01`, last: `${text}-${dayCount}` };
  const day = Number(dayText);
  return day >= 1 && day <= dayCount ? { text, first: text, last: text } : undefined;
}

/** The year of a partial date. */
export function yearOf(date: PartialDate): number {
  return Number(date.text.slice(0, 4));
}

/** Is the day known? */
export function isFullDate(date: PartialDate): boolean {
  return date.first === date.last;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

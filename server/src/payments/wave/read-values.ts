/** Wave's amounts and times. Francs have no decimals: "1000.00" is not an amount of ours, and not read as one. */
import { fieldOf, textOf } from '../json-fields.ts';

/** Null: not whole francs, written as Wave writes them. */
export function readXof(value: unknown): number | null {
  if (typeof value !== 'string' || !/^(?:0|-?[1-9]\d{0,14})$/.test(value)) return null;
  return Number(value);
}

/** A field that may be missing or empty counts as nothing; null when it is there and cannot be read. */
export function readOptionalXof(value: unknown): number | null {
  return value === undefined || value === null || value === '' ? 0 : readXof(value);
}

export function readTime(value: unknown): Date | null {
  const text = textOf(value);
  if (text === null) return null;
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? null : time;
}

export function readList(body: unknown, name: string): readonly unknown[] | null {
  const list = fieldOf(body, name);
  return Array.isArray(list) ? list : null;
}

/** "2026-11-25": Wave's days are UTC days, and so are Dakar's. */
export function dayOf(time: Date): string {
  return time.toISOString().slice(0, 10);
}

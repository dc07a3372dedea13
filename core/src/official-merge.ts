/**
 * One official row against what the catalogue holds: a three-way comparison between the row of the last import (base), the
 * catalogue (mine) and the file (theirs). A field corrected here stays; a field changed in the file moves; one changed on
 * both sides is a conflict, and the row waits for a person.
 */
import { type Reason, reason } from './official-reasons.ts';

export interface Difference {
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
}

export interface Merge<T> {
  readonly merged: T;
  readonly differences: readonly Difference[];
  readonly conflicts: readonly Reason[];
}

/** `merged` is `theirs` with the fields that were corrected here left as they are. */
export function mergeRow<T extends object>(
  base: T,
  mine: T,
  theirs: T,
  fields: readonly (keyof T & string)[],
): Merge<T> {
  const merged = { ...theirs };
  const differences: Difference[] = [];
  const conflicts: Reason[] = [];
  for (const field of fields) {
    const mineText = printed(mine[field]);
    const theirsText = printed(theirs[field]);
    const baseText = printed(base[field]);
    if (theirsText === mineText) continue;
    if (theirsText === baseText) {
      merged[field] = mine[field];
    } else if (mineText === baseText) {
      differences.push({ field, before: mineText, after: theirsText });
    } else {
      const params = { field, mine: mineText ?? '∅', theirs: theirsText ?? '∅' };
      conflicts.push(reason('changed_on_both_sides', params));
    }
  }
  return { merged, differences, conflicts };
}

/** Cells whose text differs though the values they mean do not (a space, an accent composed otherwise). */
export function differentCells(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): Difference[] {
  const columns = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...columns]
    .filter((column) => before[column] !== after[column])
    .map((column) => ({ field: column, before: before[column] ?? null, after: after[column] ?? null }));
}

function printed(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

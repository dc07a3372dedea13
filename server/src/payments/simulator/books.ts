/**
 * A simulator's books: one JSON entry a line, only ever appended. An entry is with the operating system before the
 * simulator answers, so that a killed process forgets nothing; a line cut short by a full disk is left out.
 */
import { closeSync, mkdirSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

export interface Books<Entry> {
  /** What earlier processes wrote, oldest first: of two entries about one thing the later one holds. */
  readonly kept: readonly Entry[];
  write(entry: Entry): void;
  close(): void;
}

/** `file` null: in memory, for one process. */
export function openBooks<Entry>(file: string | null): Books<Entry> {
  if (file === null) return { kept: [], write: () => undefined, close: () => undefined };
  mkdirSync(dirname(file), { recursive: true });
  const kept = readEntries<Entry>(file);
  const descriptor = openSync(file, 'a', 0o600);
  return {
    kept,
    write: (entry) => void writeSync(descriptor, `${JSON.stringify(entry)}\n`),
    close: () => closeSync(descriptor),
  };
}

function readEntries<Entry>(file: string): Entry[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
  const end = text.lastIndexOf('\n') + 1;
  // What follows the last line break was never finished; the next entry must not be glued to it.
  if (end < text.length) truncateSync(file, Buffer.byteLength(text.slice(0, end)));
  return text
    .slice(0, end)
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Entry => JSON.parse(line));
}

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StartError } from '../start-error.ts';

export interface DirectoryLock {
  release(): void;
}

/**
 * Lets one process at a time use a directory. Node has no flock; SQLite's lock is one, on every system: taken
 * atomically, and given back by the kernel when the process dies in any way.
 */
export function lockDirectory(directory: string): DirectoryLock {
  mkdirSync(directory, { recursive: true });
  const holderFile = join(directory, 'in-use-by');
  const lock = new DatabaseSync(join(directory, 'in-use.lock'));
  try {
    lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (!(error instanceof Error && error.message.includes('locked'))) throw error;
    throw new StartError(`${directory} is in use by another running Mbayar${holderSentence(holderFile)}.`);
  }
  writeFileSync(holderFile, `${process.pid}\n`);
  return { release: () => lock.close() };
}

function holderSentence(holderFile: string): string {
  try {
    return ` (process ${Number.parseInt(readFileSync(holderFile, 'utf8'), 10)})`;
  } catch {
    return '';
  }
}

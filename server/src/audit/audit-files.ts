/** The audit log's copy off the database: one JSON line for each sealed entry, one file a day, readable by us alone. */
import { appendFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { AuditStream } from './seal-audit.ts';

export function openAuditFiles(directory: string): AuditStream {
  return async (lines) => {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const day = new Date().toISOString().slice(0, 10);
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    await appendFile(join(directory, `${day}.jsonl`), text, { mode: 0o600, flush: true });
  };
}

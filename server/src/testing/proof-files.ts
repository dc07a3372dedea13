/** What a player downloads to check his bet, as files, and the script of docs/verify that judges them. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { House } from './house.ts';
import type { SeededPlayer } from './seed.ts';

const script = join(import.meta.dirname, '..', '..', '..', 'docs', 'verify', 'verify.mjs');

export interface ProofFiles {
  // JSON as a player has it: tests change it at will.
  // biome-ignore lint/suspicious/noExplicitAny: JSON of any shape
  readonly receipt: any;
  // biome-ignore lint/suspicious/noExplicitAny: JSON of any shape
  readonly proof: any;
  // biome-ignore lint/suspicious/noExplicitAny: JSON of any shape
  readonly keys: any;
}

export async function downloadFiles(
  house: House,
  player: SeededPlayer,
  betId: string,
  kind: 'bets' | 'tickets' = 'bets',
): Promise<ProofFiles> {
  const [receipt, proof, keys] = await Promise.all([
    house.get(`/${kind}/${betId}/receipt`, player.cookie),
    house.get(`/${kind}/${betId}/proof`, player.cookie),
    house.get('/receipt-keys'),
  ]);
  for (const answer of [receipt, proof, keys]) assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return { receipt: receipt.body, proof: proof.body, keys: keys.body };
}

export interface Verdict {
  readonly isGood: boolean;
  /** What did not hold. */
  readonly bad: readonly string[];
  readonly text: string;
}

/** Runs the script on the files, without a network and without the house. */
export function runScript({ receipt, proof, keys }: ProofFiles): Verdict {
  const folder = mkdtempSync(join(tmpdir(), 'mbayar-proof-'));
  try {
    const files = Object.entries({ receipt, proof, keys }).map(([name, content]) => {
      const file = join(folder, `${name}.json`);
      writeFileSync(file, JSON.stringify(content));
      return file;
    });
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...files], { encoding: 'utf8' });
    const bad = [...stdout.matchAll(/^BAD +(\w+)/gm)].map(([, name = '']) => name);
    return { isGood: status === 0, bad, text: stdout + stderr };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Runs PostgreSQL's own pgbench with the committed script, and reads what it prints. */
import { spawn } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export interface PgbenchRun {
  readonly url: string;
  readonly clients: number;
  readonly seconds: number;
  readonly marketId: number;
  readonly players: number;
}

export interface PgbenchResult {
  readonly tps: number;
  readonly transactions: number;
  readonly latencyMs: number;
}

const script = join(import.meta.dirname, 'place_bet.pgbench.sql');

/** The newest pgbench of this machine; null when there is none. */
export function findPgbench(): string | null {
  const places = (process.env['PATH'] ?? '').split(delimiter).map((directory) => join(directory, 'pgbench'));
  const debian = globSync('/usr/lib/postgresql/*/bin/pgbench').sort((a, b) =>
    b.localeCompare(a, 'en', { numeric: true }),
  );
  return [...debian, ...places].find((file) => existsSync(file)) ?? null;
}

export async function runPgbench(program: string, run: PgbenchRun): Promise<PgbenchResult> {
  const output = await collect(program, [
    '--no-vacuum',
    '--protocol=prepared',
    `--file=${script}`,
    `--client=${run.clients}`,
    '--jobs=2',
    `--time=${run.seconds}`,
    `--define=market=${run.marketId}`,
    `--define=players=${run.players}`,
    run.url,
  ]);
  const number = (pattern: RegExp) => Number(pattern.exec(output)?.[1] ?? Number.NaN);
  return {
    tps: number(/^tps = ([\d.]+)/m),
    transactions: number(/transactions actually processed: (\d+)/),
    latencyMs: number(/latency average = ([\d.]+)/),
  };
}

function collect(program: string, parameters: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let complaints = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      complaints += chunk.toString();
    });
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve(output) : reject(new Error(`pgbench ended with ${code}: ${complaints}`)),
    );
  });
}

/** The real product as a process: its own data, its own ports, the embedded PostgreSQL. For journeys and measurements. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPorts } from '../postgres/free-port.ts';

export interface Product {
  readonly playerUrl: string;
  readonly officeUrl: string;
  /** From the command to the line that says it is ready. */
  readonly readyAfterMs: number;
  /** The process that serves. Without a checkout, that is the one that was started. */
  readonly pid: number;
  /** How it ended. */
  readonly exitCode: Promise<number | null>;
  /** What it said so far. */
  said(): string;
  stop(): Promise<void>;
}

export interface ProductOptions {
  /** Another checkout, started by `npm start`, which installs it. This one, started directly, unless said. */
  readonly checkout?: string;
  /** Kept afterwards. One of its own, removed at the stop, unless said. */
  readonly dataDir?: string;
  /** warn, as in production, unless said. */
  readonly logLevel?: string;
  /** JavaScript that runs in the process before the product does: an accident to come, say. */
  readonly preload?: string;
}

const root = join(import.meta.dirname, '../../..');
const START_TIMEOUT_MS = 120_000;

export async function startProduct(options: ProductOptions = {}): Promise<Product> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'mbayar-product-'));
  const port = await findPorts();
  const startedAt = performance.now();
  const [command, ...words] =
    options.checkout === undefined
      ? [process.execPath, ...preloading(options.preload), join(root, 'server/src/main.ts')]
      : ['npm', 'start'];
  const child = spawn(command, words, {
    cwd: options.checkout ?? root,
    env: {
      ...process.env,
      TZ: 'UTC',
      PORT: String(port),
      DATA_DIR: dataDir,
      LOG_LEVEL: options.logLevel ?? 'warn',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own: the stop reaches all of it, as Ctrl-C does.
    detached: true,
  });
  // Closed when the last of the group is gone.
  const gone = once(child, 'close');
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  }
  await untilReady(child);
  return {
    playerUrl: `http://localhost:${port}`,
    officeUrl: `http://localhost:${port + 1}`,
    readyAfterMs: performance.now() - startedAt,
    pid: child.pid ?? 0,
    exitCode: gone.then(() => child.exitCode),
    said: () => said,
    stop: async () => {
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGINT');
      await gone;
      if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function preloading(script: string | undefined): string[] {
  return script === undefined ? [] : ['--import', `data:text/javascript,${encodeURIComponent(script)}`];
}

function untilReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    const giveUp = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`the product did not start:\n${said}`));
    }, START_TIMEOUT_MS);
    const listen = (chunk: Buffer) => {
      said += chunk;
      if (!said.includes('Mbayar is ready')) return;
      clearTimeout(giveUp);
      resolve();
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.on('exit', (code) => {
      clearTimeout(giveUp);
      reject(new Error(`the product ended with ${code}:\n${said}`));
    });
  });
}

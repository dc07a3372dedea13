/** The real product as `npm start` runs it: its own data, its own ports, the embedded PostgreSQL. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Product {
  readonly playerUrl: string;
  readonly officeUrl: string;
  stop(): Promise<void>;
}

const root = join(import.meta.dirname, '..');
const START_TIMEOUT_MS = 60_000;

export async function startProduct(): Promise<Product> {
  const dataDir = mkdtempSync(join(tmpdir(), 'mbayar-e2e-'));
  const port = await findTwoPorts();
  const child = spawn(process.execPath, [join(root, 'server/src/main.ts')], {
    cwd: root,
    env: { ...process.env, TZ: 'UTC', PORT: String(port), DATA_DIR: dataDir, LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  await untilReady(child);
  return {
    playerUrl: `http://localhost:${port}`,
    officeUrl: `http://localhost:${port + 1}`,
    stop: async () => {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
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

/** A free port whose next one is free too: the office listens there. */
async function findTwoPorts(): Promise<number> {
  for (let tries = 0; tries < 50; tries++) {
    const first = await listenOnce(0);
    const second = first === null ? null : await listenOnce(first + 1);
    if (first !== null && second !== null) return first;
  }
  throw new Error('no two free ports');
}

/** The port, when it can be listened on. */
function listenOnce(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.on('error', () => resolve(null));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : null));
    });
  });
}

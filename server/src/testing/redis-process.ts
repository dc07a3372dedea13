/** A real redis-server on loopback, alone, with nothing on disk: to be killed, stopped, flushed and demoted. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { findPorts } from '../postgres/free-port.ts';

export interface RedisProcess {
  readonly url: string;
  /** Another client, to look and to break things with. */
  readonly client: Redis;
  kill(): Promise<void>;
  start(): Promise<void>;
  /** It keeps its connections, and answers nobody. */
  freeze(): void;
  thaw(): void;
  stop(): Promise<void>;
}

const program = process.env.REDIS_SERVER ?? 'redis-server';

export async function startRedis(): Promise<RedisProcess> {
  const port = await findPorts();
  let child: ChildProcess | undefined;
  const client = new Redis(port, '127.0.0.1', { lazyConnect: true, retryStrategy: () => 50 });
  client.on('error', () => undefined);

  const start = async (): Promise<void> => {
    if (child !== undefined) return;
    child = spawn(
      program,
      ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
      {
        stdio: 'ignore',
      },
    );
    const failed = once(child, 'error').then(([error]) => {
      throw new Error(`redis-server does not start: install it, or name it in REDIS_SERVER`, {
        cause: error,
      });
    });
    await Promise.race([failed, answers(client)]);
  };
  const kill = async (signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> => {
    if (child === undefined || child.exitCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
    child = undefined;
  };
  await start();
  return {
    url: `redis://127.0.0.1:${port}/0`,
    client,
    kill: () => kill(),
    start,
    freeze: () => child?.kill('SIGSTOP'),
    thaw: () => child?.kill('SIGCONT'),
    stop: async () => {
      client.disconnect();
      child?.kill('SIGCONT');
      await kill();
    },
  };
}

async function answers(client: Redis): Promise<void> {
  if (client.status === 'wait') await client.connect().catch(() => undefined);
  while ((await client.ping().catch(() => null)) !== 'PONG') await sleep(20);
}

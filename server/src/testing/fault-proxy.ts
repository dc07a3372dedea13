/**
 * A TCP proxy in front of PostgreSQL that breaks a connection at the worst moment: just before a COMMIT reaches the
 * server, or just after the server has committed and before the answer comes back.
 */
import { connect, createServer, type Socket } from 'node:net';

export interface FaultProxy {
  /** The same connection string, through the proxy. */
  through(url: string): string;
  /** Breaks the connection of the next COMMIT but `skip`; resolves when it has been broken. */
  cutCommit(when: 'before' | 'after', skip?: number): Promise<void>;
  close(): Promise<void>;
}

interface Plan {
  readonly when: 'before' | 'after';
  skip: number;
  readonly done: () => void;
}

/** A simple query "COMMIT": type, length, text. */
const COMMIT = Buffer.concat([Buffer.from([0x51, 0, 0, 0, 11]), Buffer.from('COMMIT\0')]);

export async function startFaultProxy(databaseUrl: string): Promise<FaultProxy> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let plan: Plan | null = null;

  const server = createServer((client) => {
    const upstream = connect({ host: target.hostname, port: Number(target.port) });
    let isLast = false;
    const cut = () => {
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', cut);
      socket.on('close', () => {
        sockets.delete(socket);
        cut();
      });
    }
    client.on('data', (chunk) => {
      const due = plan !== null && chunk.includes(COMMIT) && plan.skip-- === 0 ? plan : null;
      if (due === null) return void upstream.write(chunk);
      plan = null;
      if (due.when === 'before') cut();
      else {
        isLast = true;
        upstream.write(chunk);
      }
      client.once('close', due.done);
    });
    upstream.on('data', (chunk) => {
      if (isLast) cut();
      else client.write(chunk);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');

  return {
    through: (url) => {
      const rerouted = new URL(url);
      rerouted.hostname = '127.0.0.1';
      rerouted.port = String(address.port);
      return rerouted.href;
    },
    cutCommit: (when, skip = 0) =>
      new Promise((resolve) => {
        plan = { when, skip, done: resolve };
      }),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

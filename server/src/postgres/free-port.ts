import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

const LOWEST = 10_001;
const HIGHEST = 31_001;

/** Can we listen on this port now? */
export async function isPortFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** A free port whose next two are free too: the player's app, the office, the simulated providers. */
export async function findPorts(): Promise<number> {
  for (;;) {
    // Below those that the system gives to outgoing connections: one of them could take it before we do.
    const port = LOWEST + 3 * randomInt((HIGHEST - LOWEST) / 3);
    const areFree = await Promise.all([port, port + 1, port + 2].map((candidate) => isPortFree(candidate)));
    if (areFree.every(Boolean)) return port;
  }
}

import { createServer } from 'node:net';

/** Can we listen on this port now? */
export async function isPortFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** A free port whose next one is free too: the player's app and the office. */
export async function findPortPair(): Promise<number> {
  for (;;) {
    const port = await anyFreePort();
    if (port < 65_535 && (await isPortFree(port + 1))) return port;
  }
}

function anyFreePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

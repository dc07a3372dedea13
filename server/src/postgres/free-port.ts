import { createServer } from 'node:net';

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
    const port = await anyFreePort();
    if (port < 65_534 && (await isPortFree(port + 1)) && (await isPortFree(port + 2))) return port;
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

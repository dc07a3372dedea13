/** A provider's simulator on a port of its own, for tests over real HTTP. */
import { createServer } from 'node:http';
import { fastify } from 'fastify';
import type { Simulator } from '../payments/provider-module.ts';

export async function listenSimulator<Opened extends Pick<Simulator<unknown>, 'register' | 'close'>>(
  /** Given the address, which it has to know before it answers. */
  open: (url: string) => Promise<Opened>,
): Promise<{ readonly simulator: Opened; readonly url: string; close(): Promise<void> }> {
  const app = fastify({ logger: false });
  const server = createServer((request, response) => app.routing(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the simulator has no port');
  const url = `http://127.0.0.1:${address.port}`;
  const simulator = await open(url);
  await app.register(async (scope) => simulator.register(scope));
  await app.ready();
  return {
    simulator,
    url,
    close: async () => {
      await simulator.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await app.close();
    },
  };
}

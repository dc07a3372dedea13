/**
 * Every provider of the house with its simulator, on ports of their own, and a door by which they call the player's
 * site back. What came in at the door is kept, to be sent again.
 */
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { Log } from '../log.ts';
import type { Providers } from '../payments/provider.ts';
import { openSimulatedProviders } from '../payments/providers.ts';

export interface Knock {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface Simulated {
  readonly providers: Providers;
  /** Where the simulators are reached. */
  readonly url: string;
  /** What they have called so far, shut door or not. */
  readonly knocks: Knock[];
  /** Behind it is this site. */
  lead(site: FastifyInstance): void;
  /** Shut, it answers 503. */
  shut(isShut: boolean): void;
  close(): Promise<void>;
}

export async function openSimulated(log: Log): Promise<Simulated> {
  const knocks: Knock[] = [];
  let isShut = false;
  let house: FastifyInstance | null = null;
  const door = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { url: path = '', headers } = request;
    const knock = { path, headers, body: Buffer.concat(chunks) };
    knocks.push(knock);
    response.statusCode = isShut || house === null ? 503 : await pass(house, knock);
    response.end();
  });
  const site: { simulators: FastifyInstance | null } = { simulators: null };
  const server = createServer((request, response) => site.simulators?.routing(request, response));
  const [playerUrl, url] = [await listen(door), await listen(server)];
  const opened = await openSimulatedProviders({ log, url, playerUrl, directory: null });
  await opened.site.ready();
  site.simulators = opened.site;
  return {
    providers: opened.providers,
    url,
    knocks,
    lead: (to) => {
      house = to;
    },
    shut: (isNow) => {
      isShut = isNow;
    },
    close: async () => {
      await opened.close();
      await Promise.all([door, server].map(shutDown));
    },
  };
}

/** The status of the house's answer. */
export async function pass(house: FastifyInstance, { path, headers, body }: Knock): Promise<number> {
  const answer = await house.inject({ method: 'POST', url: path, headers, payload: body });
  return answer.statusCode;
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the server has no port');
  return `http://127.0.0.1:${address.port}`;
}

async function shutDown(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

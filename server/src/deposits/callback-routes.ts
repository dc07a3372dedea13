/**
 * Where providers call: outside the JSON interface, the pages, their sessions and their rate limits. A forged call gets
 * 401; everything of the provider's own gets 2xx once it is stored, and 503 when it could not be, so that it comes again
 * (Orange never repeats what was answered with 4xx).
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { originOf } from '../http.ts';
import type { PaymentProvider } from '../payments/provider.ts';
import type { DepositDoorDeps } from './deposit-deps.ts';
import { readCallback } from './read-callback.ts';
import { type Received, receiveCallback } from './receive-callback.ts';

const CALLBACK_BYTES_MAX = 64 * 1024;
/** Few at once: what has to be answered within seconds comes before what has to be read. More is left to the jobs. */
const READ_AT_ONCE_MAX = 4;
const WAITING_MAX = 500;

export function registerCallbacks(app: FastifyInstance, deps: DepositDoorDeps): void {
  const waiting: number[] = [];
  const readers = new Set<Promise<void>>();
  const readWaiting = async () => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      try {
        await readCallback(deps, id);
      } catch (error) {
        // Its job comes back to it.
        deps.log.error({ err: error, callback: id }, 'a callback could not be read');
      }
    }
  };
  const readSoon = (callbackId: number) => {
    if (waiting.length >= WAITING_MAX) return;
    waiting.push(callbackId);
    if (readers.size >= READ_AT_ONCE_MAX) return;
    const reader = readWaiting().finally(() => readers.delete(reader));
    readers.add(reader);
  };
  app.addHook('onClose', async () => {
    waiting.length = 0;
    await Promise.all(readers);
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, bytes, done) => done(null, bytes));
  app.post<{ Params: { provider: string } }>(
    '/callbacks/:provider',
    { bodyLimit: CALLBACK_BYTES_MAX, config: { isUncounted: true, isForProviders: true } },
    async (request, reply) => {
      const provider = deps.providers[request.params.provider];
      if (provider?.readCallback === undefined) return reply.code(404).send();
      const received = await store(deps, provider, request);
      if (received === 'failed') return reply.code(503).header('retry-after', '5').send();
      if (received === 'forged') return reply.code(401).send();
      if (received.isNew) readSoon(received.callbackId);
      return reply.code(200).send();
    },
  );
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The rules about what people's browsers and programs send are not for it. */
    readonly isForProviders?: true;
  }
}

async function store(
  deps: DepositDoorDeps,
  provider: PaymentProvider,
  request: FastifyRequest,
): Promise<Received | 'forged' | 'failed'> {
  const { headers } = request;
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  try {
    const callback = { headers, body, receivedAt: new Date(), origin: originOf(request) };
    return (await receiveCallback(deps, provider, callback)) ?? 'forged';
  } catch (error) {
    deps.log.error({ err: error, provider: provider.name }, 'a callback could not be stored');
    return 'failed';
  }
}

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
/** More than this at once is left to the jobs. */
const READ_AT_ONCE_MAX = 32;

export function registerCallbacks(app: FastifyInstance, deps: DepositDoorDeps): void {
  const reading = new Set<Promise<void>>();
  const readSoon = (callbackId: number) => {
    if (reading.size >= READ_AT_ONCE_MAX) return;
    const read = readCallback(deps, callbackId)
      // Its job comes back to it.
      .catch((error: unknown) =>
        deps.log.error({ err: error, callback: callbackId }, 'a callback could not be read'),
      )
      .finally(() => reading.delete(read));
    reading.add(read);
  };
  app.addHook('onClose', async () => {
    await Promise.all(reading);
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

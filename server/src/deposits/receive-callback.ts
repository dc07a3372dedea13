/**
 * A provider calls: what it says is proved to be the provider's, stored, and answered. Nothing is decided here; the
 * provider is asked afterwards. What is stored is read at once by this node, and by whichever node has the job if this
 * one does not live to do it.
 */
import { RefusalError } from '#core/errors.ts';
import { type Origin, recordAudit } from '../audit/record-audit.ts';
import type { CallbackRequest, PaymentProvider } from '../payments/provider.ts';
import { insertCallback } from './callback-queries.ts';
import type { DepositDoorDeps } from './deposit-deps.ts';

/** Long enough for this node to read it itself. */
const LEFT_TO_THIS_NODE_MS = 3_000;

export interface Received {
  readonly callbackId: number;
  readonly isNew: boolean;
}

/** Null: forged. Throws when it could not be stored: the provider has to come again. */
export async function receiveCallback(
  deps: DepositDoorDeps,
  provider: PaymentProvider,
  request: CallbackRequest & { readonly origin: Origin },
): Promise<Received | null> {
  const reading = provider.readCallback?.(request);
  if (reading === undefined || reading.kind === 'forged') {
    const detail = reading?.detail ?? 'this provider calls nobody';
    deps.log.warn({ provider: provider.name, detail }, 'a forged callback');
    await recordForgery(deps, provider, detail, request.origin);
    return null;
  }
  return deps.db.transaction(async (tx) => {
    const received = await insertCallback(tx, { ...reading, provider: provider.name, body: request.body });
    if (received.isNew) {
      const { callbackId } = received;
      await deps.jobs.send(tx, 'read-callback', { callbackId }, { afterMs: LEFT_TO_THIS_NODE_MS });
    }
    return received;
  });
}

/** A flood of them must not fill the audit log: a few a minute are written down. */
async function recordForgery(
  { db, limiter }: Pick<DepositDoorDeps, 'db' | 'limiter'>,
  { name }: PaymentProvider,
  detail: string,
  origin: Origin,
): Promise<void> {
  try {
    await limiter.take('forgedCallbacks', name);
  } catch (error) {
    if (error instanceof RefusalError) return;
    throw error;
  }
  await db.transaction((tx) =>
    recordAudit(tx, {
      actor: { kind: 'nobody' },
      command: 'refuse-callback',
      target: `provider ${name}`,
      input: { detail },
      outcome: 'not_allowed',
      operationId: null,
      origin,
    }),
  );
}

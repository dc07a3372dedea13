/** One call of the simulated Wave's interface: may it, what does it do, and what of the answer comes through. */
import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { WaveConfig } from '../config.ts';
import { checkAccess } from './check-access.ts';
import type { AnswerFault, WaveCall, WaveOperation } from './control.ts';
import type { WaveState } from './state.ts';
import { errorBody, WaveError } from './wave-error.ts';

export interface Site {
  readonly state: WaveState;
  readonly config: WaveConfig;
  readonly siteUrl: string;
  readonly calls: Map<WaveOperation, number>;
}

export interface Asked {
  /** Of the path. */
  readonly id: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly key: string | undefined;
}

interface Done {
  /** Null: an empty answer. */
  readonly body: object | null;
  readonly fault?: AnswerFault;
}

export interface Handle {
  readonly operation: WaveOperation;
  run(asked: Asked): Done;
}

interface Outcome {
  readonly status: number;
  readonly body: object | null;
  readonly fault: AnswerFault;
}

export async function answerCall(
  site: Site,
  handle: Handle,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  site.calls.set(handle.operation, (site.calls.get(handle.operation) ?? 0) + 1);
  const { status, body, fault } = execute(site, handle, request);
  switch (fault) {
    case 'lost':
    case 'reset':
      reply.hijack();
      request.raw.socket.destroy();
      return reply;
    case 'html_502':
      return reply.code(502).type('text/html').send('<html><h1>502 Bad Gateway</h1></html>');
    case 'error_after': {
      const error = new WaveError(500, 'internal-server-error', 'Something went wrong.');
      return reply.code(500).send(errorBody(error, site.state.faults.errorShape));
    }
    case 'empty_after':
      return reply.code(200).send('');
    case 'slow':
      await wait(site.state.faults.slowMs, null, { ref: false });
  }
  return reply.code(status).send(body ?? '');
}

function execute({ state, config }: Site, handle: Handle, request: FastifyRequest): Outcome {
  const asked = readAsked(request);
  const signature = textOf(request.headers['wave-signature']);
  const { authorization } = request.headers;
  let fault: AnswerFault = 'none';
  try {
    const isReadingBalance = handle.operation === 'balance';
    checkAccess({ authorization, signature, body: asked.body, isReadingBalance }, config, state.faults);
    fault = state.faults.answer(describeCall(state, handle.operation, request, asked));
    if (fault === 'too_many_requests') throw new WaveError(429, 'too-many-requests', 'Too many requests.');
    if (fault === 'unavailable') throw new WaveError(503, 'service-unavailable', 'Try again later.');
    if (fault === 'reset' || fault === 'html_502') return { status: 0, body: null, fault };
    const done = handle.run(asked);
    return { status: 200, body: done.body, fault: fault === 'none' ? (done.fault ?? fault) : fault };
  } catch (error) {
    if (!(error instanceof WaveError)) throw error;
    return { status: error.status, body: errorBody(error, state.faults.errorShape), fault };
  }
}

function readAsked({ params, query, body, headers }: FastifyRequest): Asked {
  return {
    id: readTexts(params)['id'] ?? '',
    query: readTexts(query),
    body: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
    key: textOf(headers['idempotency-key']),
  };
}

function readTexts(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null) return {};
  const entries = Object.entries(value).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return Object.fromEntries(entries);
}

function textOf(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header.join(',') : header;
}

function describeCall(
  { sessions, payouts }: WaveState,
  operation: WaveOperation,
  { method, url }: FastifyRequest,
  { id, query, body }: Asked,
): WaveCall {
  const named = sessions.get(id)?.reference ?? payouts.get(id)?.reference ?? query['client_reference'];
  const inBody = /"client_reference"\s*:\s*"([^"]*)"/.exec(body.toString('utf8'))?.[1];
  return {
    method: method === 'POST' ? 'POST' : 'GET',
    path: url,
    operation,
    reference: named ?? inBody ?? null,
  };
}

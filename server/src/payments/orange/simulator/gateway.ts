/**
 * What stands before each of Orange's routes: JSON in the header even of a GET, a token that has not ended, a product
 * that was approved; and the ways in which a call goes wrong.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { CallFault, OrangeCall, OrangeProduct } from './control.ts';
import type { Tokens } from './tokens.ts';
import type { World } from './world.ts';

const CALLS_MAX = 10_000;

export interface Answer {
  readonly status: number;
  /** Empty: no body, and no kind of content. */
  readonly body: string;
  readonly contentType?: string;
}

export interface Route {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly call: OrangeCall;
  /** Null: the token's own route. */
  readonly product: OrangeProduct | null;
  handle(request: FastifyRequest): Answer | Promise<Answer>;
}

export interface ReceivedCall {
  readonly call: OrangeCall;
  /** "POST /api/eWallet/v1/cashins" */
  readonly name: string;
  readonly body: string;
}

export interface Gateway {
  readonly world: World;
  readonly tokens: Tokens;
  /** The newest calls that came, oldest first. */
  readonly calls: ReceivedCall[];
}

export function json(status: number, value: unknown): Answer {
  return { status, body: JSON.stringify(value) };
}

export const emptyAnswer: Answer = { status: 200, body: '' };

/** Orange's own shape of an error; `status` and `code` are texts. */
export function problem(status: number, code: string, detail: string): Answer {
  const title = status === 404 ? 'Not Found' : 'Bad Request';
  const type = title.toLowerCase().replace(' ', '-');
  const value = { type, title, instance: '/api/eWallet', status: String(status), code, detail };
  return { ...json(status, value), contentType: 'application/problem+json' };
}

export function addRoute(app: FastifyInstance, gateway: Gateway, route: Route): void {
  const taken = new TakenFaults(gateway.world, route.call);
  app.route({
    method: route.method,
    url: route.path,
    handler: async (request, reply) => {
      keepCall(gateway.calls, route, request);
      gateway.world.settle();
      const fault = taken.next();
      const early = fault === undefined ? undefined : refusedBy[fault];
      if (fault === 'reset') return cut(request, reply);
      const answer = early ?? refuseAccess(gateway, route, request) ?? (await route.handle(request));
      return finish(gateway.world, fault, answer, request, reply);
    },
  });
}

function keepCall(calls: ReceivedCall[], { call, method }: Route, { url, body }: FastifyRequest): void {
  calls.push({ call, name: `${method} ${url.split('?')[0]}`, body: typeof body === 'string' ? body : '' });
  if (calls.length > CALLS_MAX) calls.shift();
}

async function finish(
  world: World,
  fault: CallFault | undefined,
  answer: Answer,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  switch (fault) {
    case 'lost_after_commit':
      return cut(request, reply);
    case 'slow':
      await sleep(world.faults().slowMs, undefined, { ref: false });
      return send(reply, answer);
    case 'timeout_504_after_commit':
      return send(reply, gatewayPage(504, 'Gateway Time-out'));
    case 'empty_answer':
      return send(reply, emptyAnswer);
    default:
      return send(reply, answer);
  }
}

const refusedBy: Readonly<Partial<Record<CallFault, Answer>>> = {
  html_502: gatewayPage(502, 'Bad Gateway'),
  timeout_504: gatewayPage(504, 'Gateway Time-out'),
  too_many_429: json(429, { error: 'too_many_requests' }),
  token_ended_401: json(401, { error: 'invalid_token' }),
};

function gatewayPage(status: number, title: string): Answer {
  const body = `<html><head><title>${status} ${title}</title></head><body><h1>${status} ${title}</h1></body></html>`;
  return { status, body, contentType: 'text/html' };
}

function send(reply: FastifyReply, { status, body, contentType = 'application/json' }: Answer): FastifyReply {
  void reply.code(status);
  return body === '' ? reply.send() : reply.type(contentType).send(body);
}

function cut(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  void reply.hijack();
  request.raw.socket.destroy();
  return reply;
}

function refuseAccess(
  { tokens, world }: Gateway,
  { product }: Route,
  { headers }: FastifyRequest,
): Answer | null {
  if (product === null) return null;
  const isJson = headers['content-type']?.split(';')[0]?.trim().toLowerCase() === 'application/json';
  if (!isJson) return json(415, { error: 'unsupported_media_type' });
  const token = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
  if (token === undefined || !tokens.isGood(token)) return json(401, { error: 'invalid_token' });
  const isApproved = !world.faults().unapproved.includes(product);
  return isApproved ? null : json(403, { error: 'forbidden', error_description: 'API not approved' });
}

/** Goes through the list that the faults hold now, from its start whenever a new one is set. */
class TakenFaults {
  readonly #world: World;
  readonly #call: OrangeCall;
  #list: readonly CallFault[] = [];
  #at = 0;

  constructor(world: World, call: OrangeCall) {
    this.#world = world;
    this.#call = call;
  }

  next(): CallFault | undefined {
    const list = this.#world.faults().calls[this.#call] ?? [];
    if (list !== this.#list) this.#at = 0;
    this.#list = list;
    const fault = list[this.#at];
    this.#at += 1;
    return fault;
  }
}

/**
 * HTTP: makes a route of the contract into a Fastify route. Who may call, what is a valid request, how a refusal
 * looks: all of it is here, so that a feature's `routes.ts` only says which operation or query answers.
 */
import '@fastify/cookie';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type {
  BodyOf,
  Caller,
  Contract,
  ParamsOf,
  QueryOf,
  ReplyOf,
  Route,
  StaffRole,
} from '#core/api/contract.ts';
import { contract, type RouteKey } from '#core/api/index.ts';
import {
  errorCatalogue,
  fail,
  type Language,
  type Refusal,
  RefusalError,
  refusal,
  sentenceOf,
} from '#core/errors.ts';
import type { Origin } from './audit/record-audit.ts';
import { addressOf, countForAccount } from './count-requests.ts';
import { DatabaseUnavailable, OutcomeUnknown } from './db.ts';
import type { Limiter } from './limiter/limiter.ts';
import type { Log } from './log.ts';
import { findPlayer, findStaff, rotate } from './session-of-request.ts';

export interface PlayerIdentity {
  readonly kind: 'player';
  readonly playerId: string;
  readonly pseudonym: string;
  /** His account `player_available`. */
  readonly accountId: number;
  readonly isTest: boolean;
  /** The bound device of this session; null when it has none. */
  readonly deviceId: string | null;
  readonly session: SessionFacts;
}

/** What every session says of itself. */
export interface SessionFacts {
  /** Names the session without opening it, from log-in to log-out: for lists, and what form tokens are bound to. */
  readonly sessionId: string;
  /** A second factor was shown a short while ago. */
  readonly isSteppedUp: boolean;
  /** Its token has served long enough: this answer may bring the next one. */
  readonly isRotationDue?: boolean;
  /** A program's, named by a bearer token: it has no second factor to show. */
  readonly isProgram?: boolean;
}

export interface StaffIdentity {
  readonly kind: 'staff';
  readonly staffId: string;
  readonly name: string;
  readonly role: StaffRole;
  readonly session: SessionFacts;
  /** Where the request that carries this identity came from. */
  readonly origin?: Origin;
}

/** From where a session is used. */
export interface Seen {
  readonly address: string;
  readonly userAgent: string;
}

/** Finds who a session cookie belongs to; null when it opens nothing. */
export interface Sessions {
  findPlayer(cookie: string, seen?: Seen): Promise<PlayerIdentity | null>;
  findStaff(cookie: string, seen?: Seen): Promise<StaffIdentity | null>;
  /** The same for the bearer token of a program. */
  findBearer(token: string, seen: Seen): Promise<PlayerIdentity | null>;
  /** The next token of a session whose rotation is due; null when there is none to be had. */
  rotate(cookie: string): Promise<{ readonly token: string; readonly maxAgeMs: number } | null>;
}

export type IdentityOf<C extends Caller> = C extends 'player' | 'owner'
  ? PlayerIdentity
  : C extends 'staff' | 'operator' | readonly StaffRole[]
    ? StaffIdentity
    : PlayerIdentity | null;

export interface Call<R extends Route> {
  /** Who calls. For `anyone`: the player who is logged in, or null. */
  readonly caller: IdentityOf<R['caller']>;
  readonly params: ParamsOf<R>;
  readonly query: QueryOf<R>;
  readonly body: BodyOf<R>;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** `player`: the player's app. `office`: the back-office. Each serves its own part of the contract. */
export type Site = 'player' | 'office';

/** Where each site is reached, as browsers name it: "https://mbayar.example". */
export type Origins = Readonly<Record<Site, string>>;

export interface HttpDeps {
  readonly site: Site;
  readonly sessions: Sessions;
  readonly limiter: Limiter;
  readonly isProduction: boolean;
  readonly log: Log;
  /** Leaves a trace of somebody who asked for what is not his. */
  onDenied(denial: Denial): Promise<void>;
}

/** Who was refused what: a colleague without the role, or a player at an address of somebody else's. */
export interface Denial {
  readonly identity: PlayerIdentity | StaffIdentity;
  /** Its key in the contract. */
  readonly route: string;
  readonly path: string;
  readonly code: 'not_allowed' | 'not_found';
  readonly origin: Origin;
}

/** A handler without its route's own types: the schemas have checked what those types say. */
type Handler = (call: Call<Route>) => Promise<unknown>;

export const API_PREFIX = '/api/v1';

export function siteOf(key: string): Site {
  return key.split(' ')[1]?.startsWith('/staff') ? 'office' : 'player';
}

export type Implement = <Key extends RouteKey>(
  key: Key,
  handler: (call: Call<(typeof contract)[Key]>) => Promise<ReplyOf<(typeof contract)[Key]>>,
) => void;

/** Gives features the one way to register a route on this site. Routes of the other site are left out. */
export function implementer(app: FastifyInstance, deps: HttpDeps): Implement {
  return (key, handler) => {
    if (siteOf(key) !== deps.site) return;
    const route: Route = contract[key];
    if (route.caller === 'sandbox' && deps.isProduction) return;
    const [method, path] = splitKey(key);
    app.route({
      method,
      url: path,
      schema: schemaOf(route),
      config: { key },
      handler: async (request, reply) => {
        const guarded = { ...route, key };
        const caller = await identify(request, guarded, deps, reply);
        const call: Call<Route> = {
          caller,
          params: request.params as undefined,
          query: request.query as undefined,
          body: request.body as undefined,
          request,
          reply,
        };
        const answer = await noteForeign({ request, route: guarded, identity: caller, deps }, () =>
          (handler as Handler)(call),
        );
        reply.code(route.status ?? 200);
        return route.status === 204 ? reply.send() : answer;
      },
    });
  };
}

/**
 * Who calls, counted as one request of his account; or a refusal: `log_in_required` without a session, `not_allowed`
 * with a role that may not, `step_up_required` where the second factor has to be fresh and is not. With a reply, the
 * session's next token goes out with it when that is due.
 */
export async function identify(
  request: FastifyRequest,
  route: GuardedRoute,
  deps: HttpDeps,
  reply?: FastifyReply,
): Promise<PlayerIdentity | StaffIdentity | null> {
  const identity = await findCaller(request, route, deps);
  if (identity !== null) await countForAccount(identity, deps.limiter);
  if (identity?.session.isRotationDue === true && reply !== undefined) await rotate(request, reply, deps);
  if (route.stepUp === true && identity?.session.isSteppedUp !== true) fail('step_up_required');
  return identity;
}

async function findCaller(
  request: FastifyRequest,
  { key, caller }: GuardedRoute,
  deps: HttpDeps,
): Promise<PlayerIdentity | StaffIdentity | null> {
  switch (caller) {
    case 'sandbox':
      return null;
    case 'anyone':
      return deps.site === 'player' ? findPlayer(request, deps) : null;
    case 'player':
    case 'owner':
      return (await findPlayer(request, deps)) ?? fail('log_in_required');
    default: {
      const staff = (await findStaff(request, deps)) ?? fail('log_in_required');
      if (!isRoleAmong(caller, staff.role)) {
        await deps.onDenied(denialOf(request, key, staff, 'not_allowed'));
        fail('not_allowed');
      }
      return { ...staff, origin: originOf(request) };
    }
  }
}

/** What guards a route, with its key in the contract. */
export interface GuardedRoute {
  readonly key: string;
  readonly caller: Caller;
  readonly stepUp?: true;
}

/** Runs the handler of an owner's route: when what it asks for is not his (it answers 404), that leaves a trace. */
export async function noteForeign<T>(
  call: {
    readonly request: FastifyRequest;
    readonly route: GuardedRoute;
    readonly identity: PlayerIdentity | StaffIdentity | null;
    readonly deps: HttpDeps;
  },
  handle: () => Promise<T>,
): Promise<T> {
  try {
    return await handle();
  } catch (error) {
    const { request, route, identity, deps } = call;
    const isForeign =
      route.caller === 'owner' &&
      error instanceof RefusalError &&
      errorCatalogue[error.refusal.code].status === 404;
    if (isForeign && identity !== null) {
      await deps.onDenied(denialOf(request, route.key, identity, 'not_found'));
    }
    throw error;
  }
}

function denialOf(
  request: FastifyRequest,
  route: string,
  identity: PlayerIdentity | StaffIdentity,
  code: Denial['code'],
): Denial {
  const path = (request.url.split('?')[0] ?? '').slice(0, 200);
  return { identity, route, path, code, origin: originOf(request) };
}

/** May a member of staff with this role call what is for this caller? */
export function isRoleAmong(caller: 'staff' | 'operator' | readonly StaffRole[], role: StaffRole): boolean {
  if (caller === 'staff') return true;
  return caller === 'operator' ? role === 'operator' || role === 'robot' : caller.includes(role);
}

/** Where a request came from, for the audit log. */
export function originOf(request: FastifyRequest): Origin {
  return { address: addressOf(request), requestId: request.id };
}

export function splitKey(key: string): ['GET' | 'POST', string] {
  const [method, path] = key.split(' ');
  if ((method !== 'GET' && method !== 'POST') || path === undefined) throw new Error(`not a route: ${key}`);
  return [method, path];
}

function schemaOf(route: Route): Record<string, unknown> {
  const schema: Record<string, unknown> = { response: { [route.status ?? 200]: route.reply } };
  if (route.params !== undefined) schema['params'] = route.params;
  // A route without a query or body takes none: an unknown field is refused, not ignored.
  schema['querystring'] = route.query ?? { type: 'object', additionalProperties: false };
  if (route.body !== undefined) schema['body'] = route.body;
  return schema;
}

export function languageOf(request: FastifyRequest): Language {
  return request.headers['accept-language']?.toLowerCase().startsWith('wo') === true ? 'wo' : 'fr';
}

/** What went wrong, as a refusal of the catalogue. Unexpected errors are logged and become `internal`. */
export function refusalOf(error: unknown, request: FastifyRequest, log: Log): Refusal {
  if (error instanceof RefusalError) return error.refusal;
  // A log-in has no operation to ask for: whatever became of it, it can be tried again.
  if (error instanceof DatabaseUnavailable || error instanceof OutcomeUnknown) {
    log.error({ err: error, requestId: request.id }, 'database unavailable');
    return refusal('busy');
  }
  const expected = fastifyRefusal(error as Partial<FastifyError>);
  if (expected !== null) return expected;
  log.error({ err: error, requestId: request.id, url: request.url }, 'unexpected error');
  return refusal('internal');
}

function fastifyRefusal(error: Partial<FastifyError>): Refusal | null {
  if (error.validation !== undefined) {
    const [problem] = error.validation;
    const where = `${error.validationContext ?? 'request'}${problem?.instancePath ?? ''}`;
    return refusal('request_invalid', { detail: `${where} ${problem?.message ?? 'invalid'}`.slice(0, 200) });
  }
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return refusal('body_too_large');
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return refusal('media_type_unsupported');
    default:
      return error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500
        ? refusal('request_invalid', { detail: (error.message ?? 'invalid').slice(0, 200) })
        : null;
  }
}

/** RFC 9457 answer of the JSON interface. An unknown outcome is 202 with the operation's id, never an error. */
export function sendProblem(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  log: Log,
): FastifyReply {
  const operationId = operationIdOf(request.body);
  if (error instanceof OutcomeUnknown && operationId !== '') {
    log.error({ err: error, requestId: request.id }, 'outcome unknown');
    return reply
      .code(202)
      .send({ operationId, state: 'unknown', ask: `${API_PREFIX}/operations/${operationId}` });
  }
  const refused = refusalOf(error, request, log);
  const { status, retry } = errorCatalogue[refused.code];
  setRetryAfter(reply, refused);
  return reply
    .code(status)
    .type('application/problem+json; charset=utf-8')
    .serializer((body) => JSON.stringify(body))
    .send({
      type: `/erreurs#${refused.code}`,
      title: sentenceOf(refused, languageOf(request)),
      status,
      code: refused.code,
      params: refused.params,
      retry,
      requestId: request.id,
    });
}

/** Soon enough for who waits, seldom enough for thousands of phones that try again. */
export const MAINTENANCE_PAUSE_S = 60;

/** When to come back, for every refusal that passes by itself. */
export function setRetryAfter(reply: FastifyReply, refused: Refusal): void {
  const pauseS = refused.code === 'maintenance' ? MAINTENANCE_PAUSE_S : 2;
  const retryAfterS =
    refused.params['retryAfterS'] ?? (errorCatalogue[refused.code].status === 503 ? pauseS : null);
  if (retryAfterS !== null) reply.header('retry-after', String(retryAfterS));
}

export function operationIdOf(body: unknown): string {
  if (typeof body === 'object' && body !== null && 'operationId' in body) return String(body.operationId);
  return '';
}

/** Keys of the contract that nobody registered on this site: a route without its feature is a bug. */
export function missingRoutes(app: FastifyInstance, deps: HttpDeps, whole: Contract): string[] {
  return Object.entries(whole)
    .filter(([key, route]) => siteOf(key) === deps.site && !(route.caller === 'sandbox' && deps.isProduction))
    .filter(([key]) => {
      const [method, path] = splitKey(key);
      return !app.hasRoute({ method, url: `${API_PREFIX}${path}` });
    })
    .map(([key]) => key);
}

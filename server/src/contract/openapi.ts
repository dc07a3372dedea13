/** The contract as an OpenAPI 3.1 document: made from the same table that the routes are made from. */
import type { Caller, Route } from '#core/api/contract.ts';
import { contract } from '#core/api/index.ts';
import { type ErrorCode, errorCatalogue } from '#core/errors.ts';
import { API_PREFIX, type Site, siteOf, splitKey } from '../http.ts';

const CALLERS: Readonly<Record<Extract<Caller, string>, string>> = {
  anyone: 'Anyone.',
  player: 'A logged-in player.',
  owner: 'A logged-in player, for what is his own; the rest answers 404.',
  staff: 'A logged-in member of staff.',
  operator: 'Staff with the role operator; the role robot on hidden test galas only.',
  sandbox: 'Anyone; the route does not exist in production.',
};

function describeCaller({ caller, stepUp }: Route): string {
  const who = typeof caller === 'string' ? CALLERS[caller] : `Staff with the role ${caller.join(' or ')}.`;
  return stepUp === true ? `${who} With a fresh second factor.` : who;
}

/** Every route can answer these; `not_allowed` to a request that a foreign page made. */
const COMMON_ERRORS: readonly ErrorCode[] = [
  'request_invalid',
  'media_type_unsupported',
  'not_allowed',
  'internal',
  'busy',
  'maintenance',
  'too_many_requests',
];
const BODY_ERRORS: readonly ErrorCode[] = ['body_too_large'];
const SESSION_ERRORS: readonly ErrorCode[] = ['log_in_required'];
const STEP_UP_ERRORS: readonly ErrorCode[] = ['step_up_required'];

const problem = {
  type: 'object',
  description: 'RFC 9457 problem.',
  required: ['type', 'title', 'status', 'code', 'params', 'retry', 'requestId'],
  properties: {
    type: { type: 'string', description: 'Where the code is explained.' },
    title: {
      type: 'string',
      description: 'The sentence a person reads, in French or in Wolof (Accept-Language).',
    },
    status: { type: 'integer' },
    code: { type: 'string', enum: Object.keys(errorCatalogue) },
    params: { type: 'object', additionalProperties: { type: ['string', 'number'] } },
    retry: { type: 'boolean', description: 'The same command, under a new id, may get another answer.' },
    requestId: { type: 'string' },
  },
} as const;

const unknownOutcome = {
  type: 'object',
  description: 'The outcome is not known yet: ask for the operation by its id.',
  required: ['operationId', 'state', 'ask'],
  properties: {
    operationId: { type: 'string' },
    state: { type: 'string', const: 'unknown' },
    ask: { type: 'string', description: 'The address that tells.' },
  },
} as const;

/** The document of one site; sandbox routes are left out in production. */
export function openApiDocument(site: Site, isProduction: boolean): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [key, route] of Object.entries<Route>(contract)) {
    if (siteOf(key) !== site || (route.caller === 'sandbox' && isProduction)) continue;
    const [method, path] = splitKey(key);
    const template = `${API_PREFIX}${path.replace(/:(\w+)/g, '{$1}')}`;
    paths[template] = { ...paths[template], [method.toLowerCase()]: operationOf(key, route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: site === 'player' ? 'Mbayar' : 'Mbayar, the office',
      version: '1',
      description:
        'Every command carries an operation id made by its sender: the same id and input get the same answer for ever. ' +
        'Money is whole XOF francs. Instants are UTC. Unknown fields and numbers sent as text are refused.',
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: { Problem: problem, UnknownOutcome: unknownOutcome },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: site === 'player' ? 'mb_player' : 'mb_office' },
      },
    },
  };
}

function operationOf(key: string, route: Route): Record<string, unknown> {
  const needsSession = route.caller !== 'anyone' && route.caller !== 'sandbox';
  const [method, path] = splitKey(key);
  return {
    operationId: `${method.toLowerCase()}${path.replace(/[/:-]+(\w)/g, (_, letter: string) => letter.toUpperCase())}`,
    summary: route.summary,
    description: `Caller: ${describeCaller(route)}`,
    tags: [path.split('/')[1] ?? ''],
    ...(needsSession ? { security: [{ session: [] }] } : {}),
    parameters: [...parametersOf(route.params, 'path'), ...parametersOf(route.query, 'query')],
    ...(route.body === undefined
      ? {}
      : { requestBody: { required: true, content: { 'application/json': { schema: route.body } } } }),
    responses: responsesOf(route, [
      ...COMMON_ERRORS,
      ...(method === 'POST' ? BODY_ERRORS : []),
      ...(needsSession ? SESSION_ERRORS : []),
      ...(route.stepUp === true ? STEP_UP_ERRORS : []),
    ]),
  };
}

interface ObjectShape {
  readonly properties?: Readonly<Record<string, object>>;
  readonly required?: readonly string[];
}

function parametersOf(schema: ObjectShape | undefined, where: 'path' | 'query'): object[] {
  return Object.entries(schema?.properties ?? {}).map(([name, property]) => ({
    name,
    in: where,
    required: where === 'path' || schema?.required?.includes(name) === true,
    schema: property,
  }));
}

interface DocumentedResponse {
  readonly description: string;
  readonly content?: object;
  /** The codes that a problem of this status may have. */
  readonly 'x-codes'?: readonly ErrorCode[];
}

function responsesOf(route: Route, shared: readonly ErrorCode[]): Record<string, unknown> {
  const status = route.status ?? 200;
  const responses: Record<string, DocumentedResponse> = {
    [status]:
      status === 204
        ? { description: 'Done.' }
        : { description: 'The answer.', content: { 'application/json': { schema: route.reply } } },
  };
  const body: ObjectShape = route.body ?? {};
  const isCommand = body.properties?.['operationId'] !== undefined;
  if (isCommand && status !== 202) {
    const schema = { $ref: '#/components/schemas/UnknownOutcome' };
    responses['202'] = { description: 'Unknown outcome.', content: { 'application/json': { schema } } };
  }
  for (const code of new Set([...route.errors, ...shared])) {
    const { status: errorStatus } = errorCatalogue[code];
    const known = responses[errorStatus];
    responses[errorStatus] = {
      description: known === undefined ? code : `${known.description}, ${code}`,
      'x-codes': [...(known?.['x-codes'] ?? []), code],
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    };
  }
  return responses;
}

/**
 * Pages: makes a route of a page contract into a Fastify route that answers HTML. A form that works answers 303; one
 * that is refused comes back as the same page, with the sentence next to the field and what was typed.
 */

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { TObject } from 'typebox';
import type {
  ErrorView,
  FormProblem,
  PageContract,
  PageForm,
  PageParams,
  PageQuery,
  PageRoute,
} from '#core/api/pages.ts';
import { errorCatalogue, fail, type Refusal, RefusalError, refusal, sentenceOf } from '#core/errors.ts';
import { compress } from './compress.ts';
import { OutcomeUnknown } from './db.ts';
import {
  type FieldProblem,
  type Fields,
  fieldOf,
  problemOf,
  readFields,
  typeFields,
  withoutSecrets,
} from './forms.ts';
import { pagePolicy } from './headers.ts';
import {
  type HttpDeps,
  type IdentityOf,
  identify,
  noteForeign,
  type PlayerIdentity,
  refusalOf,
  type StaffIdentity,
  setRetryAfter,
  splitKey,
} from './http.ts';
import { keepForm, takeKept } from './kept-form.ts';
import { type MultipartForm, readMultipart } from './multipart.ts';
import { serveAssets } from './page-assets.ts';
import type { PageBundle } from './page-bundle.ts';
import { findPlayer, findStaff } from './session-of-request.ts';
import { type Forms, noSession, type Slip } from './sessions/form-token.ts';
import type { Settings } from './settings/open-settings.ts';

export type Identity = PlayerIdentity | StaffIdentity;

/** A page to show: its name and its view. */
export type Shown<Views> = {
  [Name in keyof Views & string]: {
    readonly page: Name;
    readonly view: Views[Name];
    readonly status?: number;
  };
}[keyof Views & string];
/** Another page to go to: what every form that works answers. */
export interface SeeOther {
  readonly seeOther: string;
}
/** The handler has answered by itself: a stream, a few bytes of JSON. */
export interface Answered {
  readonly answered: true;
}
export type PageAnswer<Views> = Shown<Views> | SeeOther | Answered;

export interface PageCall<R extends PageRoute> {
  readonly caller: IdentityOf<R['caller']>;
  readonly params: PageParams<R>;
  readonly query: Partial<PageQuery<R>>;
  /** A bad field of the address. */
  readonly problem: FormProblem | null;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  /** Makes the operation id of a form on this page, signed. */
  newSlip(): string;
}

export interface FormCall<R extends PageRoute> extends PageCall<R> {
  readonly form: PageForm<R>;
  /** The files of a form that has some, by field; one that was left empty is not there. */
  readonly files: Readonly<Record<string, Buffer>>;
  /** What the form's slip says. Asking for it in a form without a slip is a bug. */
  readonly slip: Slip;
}

export interface AgainCall<R extends PageRoute> extends PageCall<R> {
  /** Null when the form was refused before its slip was read. */
  readonly slip: Slip | null;
}

export interface FormHandler<R extends PageRoute, Views> {
  /** Does what the form asks; its refusals bring the form back. */
  act(call: FormCall<R>): Promise<PageAnswer<Views>>;
  /** The page that holds the form, shown again with the problem. */
  again(call: AgainCall<R>, problem: FormProblem): Promise<PageAnswer<Views>>;
  /** Where the form is, for who has to log in first. */
  whereIs?(params: PageParams<R>, typed: Fields): string;
}

export interface PageSite<Views extends { readonly error: ErrorView }, Contract extends PageContract> {
  page<Key extends keyof Contract & `GET /${string}`>(
    key: Key,
    handler: (call: PageCall<Contract[Key]>) => Promise<PageAnswer<Views>>,
  ): void;
  form<Key extends keyof Contract & `POST /${string}`>(
    key: Key,
    handler: FormHandler<Contract[Key], Views>,
  ): void;
}

export interface PageDeps {
  readonly http: HttpDeps;
  readonly bundle: PageBundle;
  readonly forms: Forms;
  readonly settings: Settings;
  readonly loginPath: string;
  /** Where a second factor is shown again. */
  readonly stepUpPath: string;
  readonly keepsForms?: boolean;
  /** Where to ask what became of an operation. */
  checkingPath(operationId: string, back: string): string;
  /** What this person has to look at before this page, with the way back; null when nothing. */
  lookFirst?(identity: Identity, key: string, path: string): Promise<string | null>;
  /** Who looks at the page, as its header shows him. */
  visitor(identity: Identity): Promise<unknown>;
}

const TOKEN_FIELD = 'jeton';
const FORM_BYTES_MAX = 16 * 1024;

interface Shape {
  readonly key: string;
  readonly route: PageRoute;
}

interface AnyShown {
  readonly page: string;
  readonly view: unknown;
  readonly status?: number;
  /** Where the page stands; the address that was asked for unless said. */
  readonly path?: string;
}
type AnyAnswer = AnyShown | SeeOther | Answered;

/**
 * Opens the pages of one app inside `app`, which must be an encapsulated instance: the parser, the error pages and the
 * headers are theirs alone.
 */
export function openPages<Views extends { readonly error: ErrorView }, Contract extends PageContract>(
  app: FastifyInstance,
  deps: PageDeps,
  contract: Contract,
): PageSite<Views, Contract> {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: FORM_BYTES_MAX },
    (_request, body, done) => done(null, body),
  );
  // Left alone here: `readMultipart` reads it, for forms that have files, from people who may send them.
  app.addContentTypeParser('multipart/form-data', (_request, _body, done) => done(null));
  app.setErrorHandler((error, request, reply) => sendErrorPage(error, request, reply, deps));
  app.setNotFoundHandler((request, reply) =>
    sendErrorPage(new RefusalError(refusal('not_found')), request, reply, deps),
  );
  serveAssets(app, deps.bundle);
  const missing = new Set(Object.keys(contract));
  app.addHook('onReady', async () => {
    if (missing.size > 0) throw new Error(`pages without a feature: ${[...missing].join(', ')}`);
  });
  const open = (key: string): Shape => {
    missing.delete(key);
    const route: PageRoute | undefined = (contract as PageContract)[key as keyof PageContract];
    if (route === undefined) throw new Error(`not in the page contract: ${key}`);
    return { key, route };
  };
  return {
    page: (key, handler) => addPage(app, deps, open(key), handler as AnyHandler),
    form: (key, handler) => addForm(app, deps, open(key), handler as unknown as AnyForm),
  };
}

// The schemas have checked what the routes' own types say; the machinery handles them all alike.
type AnyCall = PageCall<PageRoute>;
type AnyHandler = (call: AnyCall) => Promise<AnyAnswer>;
interface AnyForm {
  act(call: FormCall<PageRoute>): Promise<AnyAnswer>;
  again(call: AgainCall<PageRoute>, problem: FormProblem): Promise<AnyAnswer>;
  whereIs?(params: unknown, typed: Fields): string;
}

function addPage(app: FastifyInstance, deps: PageDeps, shape: Shape, handler: AnyHandler): void {
  const [, url] = splitKey(shape.key);
  app.get(url, async (request, reply) => {
    const identity = await identifyOrLogIn(request, reply, deps, shape, () => request.url);
    if (identity === 'sent_away') return reply;
    const first = identity === null ? null : await deps.lookFirst?.(identity, shape.key, request.url);
    if (first != null) return send({ seeOther: first }, request, reply, deps, identity, null);
    const opened = openCall(request, reply, deps, shape, identity);
    const call = { ...opened, problem: opened.problem ?? takeKept(request, reply, deps, identity) };
    const guarded = { request, route: { ...shape.route, key: shape.key }, identity, deps: deps.http };
    const answer = await noteForeign(guarded, () => handler(call));
    return send(answer, request, reply, deps, identity, call.problem);
  });
}

function addForm(app: FastifyInstance, deps: PageDeps, shape: Shape, handler: AnyForm): void {
  const [, url] = splitKey(shape.key);
  const schema = shape.route.form;
  if (schema === undefined) throw new Error(`a form without fields: ${shape.key}`);
  app.post(url, async (request, reply) => {
    const early = shape.route.files === undefined ? readUrlencoded(request) : null;
    const safe = withoutSecrets(schema, early?.fields ?? {});
    const whereIs = () => handler.whereIs?.(readParams(request, shape), early?.fields ?? {}) ?? '/';
    const identity = await identifyOrLogIn(request, reply, deps, shape, whereIs, safe);
    if (identity === 'sent_away') return reply;
    const {
      fields,
      files,
      problem: unreadable,
    } = early ?? (await readMultipart(request, shape.route.files ?? []));
    const { [TOKEN_FIELD]: token = '', ...typed } = fields;
    const call = openCall(request, reply, deps, shape, identity);
    let slip: Slip | null = null;
    const comesBack = async (found: FieldProblem) => {
      const problem = problemOf(found, shape.key, withoutSecrets(schema, typed));
      setRetryAfter(reply, found.refusal);
      const answer = await handler.again({ ...call, slip }, problem);
      const { status } = errorCatalogue[problem.code];
      const shown = 'page' in answer ? { status, path: whereIs(), ...answer } : answer;
      return send(shown, request, reply, deps, identity, problem);
    };
    const form = typeFields(schema, typed, true);
    const problem = unreadable ?? form.problem;
    try {
      deps.forms.checkFormToken(sessionKeyOf(identity), token);
      if (problem !== null) return await comesBack(problem);
      slip = 'slip' in form.value ? deps.forms.readSlip(String(form.value.slip)) : null;
      const guarded = { request, route: { ...shape.route, key: shape.key }, identity, deps: deps.http };
      const asked = { ...call, form: form.value as never, files, slip: slip as Slip };
      const done = await noteForeign(guarded, () => handler.act(asked));
      return send(done, request, reply, deps, identity, null);
    } catch (error) {
      if (error instanceof OutcomeUnknown && slip !== null) {
        deps.http.log.error({ err: error, requestId: request.id }, 'outcome unknown');
        return reply.redirect(deps.checkingPath(slip.operationId, whereIs()), 303);
      }
      if (!(error instanceof RefusalError) || errorCatalogue[error.refusal.code].status === 404) throw error;
      const first = identity === null ? null : await deps.lookFirst?.(identity, shape.key, whereIs());
      if (first != null) return send({ seeOther: first }, request, reply, deps, identity, null);
      return comesBack({ refusal: error.refusal, field: fieldOf(error, schema) });
    }
  });
}

function readUrlencoded(request: FastifyRequest): MultipartForm {
  if (/^multipart\//i.test(request.headers['content-type'] ?? '')) fail('media_type_unsupported');
  return { ...readFields(typeof request.body === 'string' ? request.body : ''), files: {} };
}

/** Who calls; when he has to log in or confirm first he is sent there, with the way back, and this is 'sent_away'. */
async function identifyOrLogIn(
  request: FastifyRequest,
  reply: FastifyReply,
  deps: PageDeps,
  { key, route }: Shape,
  whereIs: () => string,
  typed?: Fields,
): Promise<Identity | null | 'sent_away'> {
  try {
    return await identify(request, { ...route, key }, deps.http, reply);
  } catch (error) {
    const code = error instanceof RefusalError ? error.refusal.code : null;
    if (code !== 'log_in_required' && code !== 'step_up_required') throw error;
    if (code === 'step_up_required' && typed !== undefined)
      keepForm(reply, deps, await findIdentity(request, deps), { form: key, path: whereIs(), typed });
    const door = code === 'log_in_required' ? deps.loginPath : deps.stepUpPath;
    reply.redirect(`${door}?suite=${encodeURIComponent(whereIs())}`, 303);
    return 'sent_away';
  }
}

function openCall(
  request: FastifyRequest,
  reply: FastifyReply,
  deps: PageDeps,
  shape: Shape,
  identity: Identity | null,
): AnyCall {
  const { fields } = readFields(request.url.split('?')[1] ?? '');
  const query = typeFields(shape.route.query ?? emptyObject, fields, false);
  return {
    caller: identity as PlayerIdentity | null,
    params: readParams(request, shape) as undefined,
    query: query.value as unknown as Partial<undefined>,
    problem: query.problem === null ? null : problemOf(query.problem, shape.key, fields),
    request,
    reply,
    newSlip: () =>
      deps.forms.signSlip({
        operationId: crypto.randomUUID(),
        validUntil: new Date(Date.now() + deps.settings.current().slipValidityMs).toISOString(),
      }),
  };
}

const emptyObject = { type: 'object', properties: {}, additionalProperties: false } as unknown as TObject;

/** An address that cannot exist is a page that does not. */
function readParams(request: FastifyRequest, { route }: Shape): unknown {
  if (route.params === undefined) return undefined;
  const { value, problem } = typeFields(route.params, request.params as Fields, true);
  return problem === null ? value : fail('not_found');
}

function sessionKeyOf(identity: Identity | null): string {
  return identity?.session.sessionId ?? noSession;
}

async function send(
  answer: AnyAnswer,
  request: FastifyRequest,
  reply: FastifyReply,
  deps: PageDeps,
  identity: Identity | null,
  problem: FormProblem | null,
): Promise<FastifyReply> {
  if ('answered' in answer) return reply;
  if ('seeOther' in answer) return reply.redirect(answer.seeOther, 303);
  const visitor = identity === null ? null : await deps.visitor(identity);
  return sendHtml(answer, visitor, request, reply, deps, sessionKeyOf(identity), problem);
}

async function sendHtml(
  { page, view, status = 200, path }: AnyShown,
  visitor: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  deps: PageDeps,
  sessionKey: string,
  problem: FormProblem | null,
): Promise<FastifyReply> {
  const html = deps.bundle.render({
    page,
    view,
    problem,
    frame: {
      visitor,
      path: path ?? request.url,
      formToken: deps.forms.formToken(sessionKey),
      now: new Date().toISOString(),
      isSandbox: !deps.http.isProduction,
    },
    assets: deps.bundle.assetsOf(page),
  });
  setPageHeaders(reply, deps.bundle, visitor !== null);
  const { encoding, bytes } = await compress(html, String(request.headers['accept-encoding'] ?? ''));
  if (encoding !== null) reply.header('content-encoding', encoding);
  return reply.code(status).type('text/html; charset=utf-8').send(bytes);
}

function setPageHeaders(reply: FastifyReply, bundle: PageBundle, isPrivate: boolean): void {
  reply
    .header('content-security-policy', pagePolicy(bundle.styleHash))
    .header('cache-control', isPrivate ? 'private, no-store' : 'no-cache')
    .header('vary', 'cookie, accept-encoding');
}

/** A designed page for whatever went wrong. */
async function sendErrorPage(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  deps: PageDeps,
): Promise<FastifyReply> {
  const refused: Refusal = refusalOf(error, request, deps.http.log);
  const { status } = errorCatalogue[refused.code];
  setRetryAfter(reply, refused);
  const view: ErrorView = { status, sentence: sentenceOf(refused, 'fr'), requestId: request.id };
  const identity = status < 500 && status !== 429 ? await findIdentity(request, deps) : null;
  const visitor = identity === null ? null : await deps.visitor(identity).catch(() => null);
  const shown = { page: 'error', view, status };
  return sendHtml(shown, visitor, request, reply, deps, sessionKeyOf(identity), null);
}

/**
 * Who looks at an error page, if that can be told; he was counted already. After a 5xx nobody asks: the database may be
 * what went wrong. Nor after one request too many, which has to stay cheap.
 */
async function findIdentity(request: FastifyRequest, { http }: PageDeps): Promise<Identity | null> {
  const found = http.site === 'player' ? findPlayer(request, http) : findStaff(request, http);
  return found.catch(() => null);
}

/**
 * One call to Sonatel's gateway: a token that is shared and renewed before it ends, JSON in the header even of a GET
 * (else 415), and one replay when the token turns out to have ended, which means that nothing was executed.
 */
import { fieldOf, parseJson, textOf } from '../json-fields.ts';
import { type OutgoingAnswer, OutgoingFailure, type OutgoingRequest } from '../outgoing-http.ts';
import type { Trouble } from '../provider.ts';
import type { OpenOptions } from '../provider-module.ts';
import type { OrangeConfig } from './config.ts';

/** A token is renewed this long before it ends; production gives them 299 seconds. */
const TOKEN_MARGIN_MS = 45_000;
const TOKEN_LIFE_S = 299;

export interface OrangeCall {
  readonly method: 'GET' | 'POST';
  /** "/api/eWallet/v4/qrcode" */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer with a meaning of its own, whatever its status; `json` is undefined where there is none. */
export interface OrangeAnswer {
  readonly kind: 'answer';
  readonly status: number;
  readonly json: unknown;
}

export type OrangeReply = OrangeAnswer | Trouble;

export interface OrangeClient {
  call(call: OrangeCall): Promise<OrangeReply>;
}

interface Token {
  readonly text: string;
  readonly untilMs: number;
}

export function openOrangeClient(
  config: OrangeConfig,
  { http, now = Date.now }: Pick<OpenOptions, 'http' | 'now'>,
): OrangeClient {
  let token: Token | null = null;
  let asking: Promise<Token | Trouble> | null = null;

  /** Those who need one at the same time share the question. */
  async function findToken(): Promise<Token | Trouble> {
    if (token !== null && now() < token.untilMs) return token;
    asking ??= askToken().finally(() => {
      asking = null;
    });
    const answer = await asking;
    if ('text' in answer) token = answer;
    return answer;
  }

  async function askToken(): Promise<Token | Trouble> {
    const { clientId: client_id, clientSecret: client_secret } = config;
    const form = new URLSearchParams({ grant_type: 'client_credentials', client_id, client_secret });
    const answer = await send({
      method: 'POST',
      url: `${config.apiUrl}/oauth/v1/token`,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        accept: 'application/json',
        ...apiKeyOf(config),
      },
      body: form.toString(),
    });
    // Without a token nothing was asked for yet: whatever went wrong, nothing was executed.
    if ('kind' in answer) return later(`no token: ${answer.detail}`);
    return readToken(answer, now());
  }

  async function send(request: OutgoingRequest): Promise<OutgoingAnswer | Trouble> {
    try {
      return await http.send(request);
    } catch (error) {
      if (!(error instanceof OutgoingFailure)) throw error;
      return error.isNeverSent ? later(error.message) : { kind: 'unknown', detail: error.message };
    }
  }

  return {
    call: async ({ method, path, query, body, headers = {} }) => {
      const search = query === undefined ? '' : `?${new URLSearchParams(query)}`;
      for (let attempt = 1; ; attempt++) {
        const bearer = await findToken();
        if ('kind' in bearer) return bearer;
        const answer = await send({
          method,
          url: `${config.apiUrl}${path}${search}`,
          headers: {
            ...headers,
            ...apiKeyOf(config),
            authorization: `Bearer ${bearer.text}`,
            'content-type': 'application/json',
            accept: 'application/json',
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
        if ('kind' in answer) return answer;
        if (answer.status !== 401) return judge(answer);
        if (token === bearer) token = null;
        if (attempt > 1) return closed('HTTP 401 with a new token');
      }
    },
  };
}

function apiKeyOf({ xApiKey }: OrangeConfig): Record<string, string> {
  return xApiKey === null ? {} : { 'x-api-key': xApiKey };
}

function readToken({ status, body }: OutgoingAnswer, nowMs: number): Token | Trouble {
  const json = parseJson(body);
  if (status === 429) return { kind: 'later', reason: 'too_many_requests', detail: 'no token: HTTP 429' };
  if (status >= 500) return later(`no token: HTTP ${status}`);
  const text = textOf(fieldOf(json, 'access_token'));
  if (status === 200 && text !== null && /^[\x21-\x7e]+$/.test(text)) {
    const seconds = Number(fieldOf(json, 'expires_in') ?? TOKEN_LIFE_S);
    const lifeMs = (seconds > 0 ? seconds : TOKEN_LIFE_S) * 1000;
    return { text, untilMs: nowMs + Math.max(lifeMs - TOKEN_MARGIN_MS, lifeMs / 2) };
  }
  const error = textOf(fieldOf(json, 'error')) ?? '';
  const known = ['invalid_client', 'unauthorized_client'].find((name) => name === error) ?? 'no token in it';
  return status === 200 ? later('no token in the answer') : closed(`no token: HTTP ${status}, ${known}`);
}

function judge({ status, body }: OutgoingAnswer): OrangeReply {
  // A product that is not approved; a call that the gateway does not take at all.
  if (status === 403 || status === 405 || status === 415) return closed(`HTTP ${status}`);
  if (status >= 300 && status < 400) return { kind: 'unknown', detail: `HTTP ${status}` };
  return { kind: 'answer', status, json: body.trim() === '' ? undefined : parseJson(body) };
}

function later(detail: string): Trouble {
  return { kind: 'later', reason: 'provider_unreachable', detail };
}

function closed(detail: string): Trouble {
  return { kind: 'closed', reason: 'provider_stopped', detail };
}

/** Orange's own code of an error, a text of digits; null: there is none. */
export function codeOf({ json }: OrangeAnswer): string | null {
  const code = fieldOf(json, 'code');
  const text = typeof code === 'number' ? String(code) : (textOf(code) ?? '');
  return /^\d{1,6}$/.test(text) ? text : null;
}

/** For staff and the log: no word of the provider's own, which may hold a phone. */
export function describeAnswer(answer: OrangeAnswer): string {
  const code = codeOf(answer);
  return `HTTP ${answer.status}, ${code === null ? 'no code' : `code ${code}`}`;
}

export function isSuccess({ status }: OrangeAnswer): boolean {
  return status >= 200 && status < 300;
}

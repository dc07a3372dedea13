/**
 * Orange's SMS API (api.orange.com): an OAuth 2 token by client credentials, good for an hour, then one POST a message.
 * docs/sms.md has the shapes and what each answer means.
 */
import type { OrangeSmsConfig } from '../sms-config.ts';
import type { Handover, SmsCarrier } from './carrier.ts';

export interface OrangeSmsOptions {
  readonly timeoutMs?: number;
  readonly now?: () => number;
}

/** A token is renewed this long before it ends. */
const TOKEN_MARGIN_MS = 60_000;
const TIMEOUT_MS = 10_000;
const RETRY_AFTER_MAX_S = 300;

/** A connection that was never made: nothing was handed over. */
const neverConnected = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];

interface Token {
  readonly text: string;
  readonly lifeMs: number;
}

export function openOrangeSms(config: OrangeSmsConfig, options: OrangeSmsOptions = {}): SmsCarrier {
  const { timeoutMs = TIMEOUT_MS, now = () => performance.now() } = options;
  let token: { readonly text: string; readonly untilMs: number } | null = null;
  let asking: Promise<string> | null = null;

  async function renewToken(): Promise<string> {
    const { text, lifeMs } = await askToken(config, timeoutMs);
    token = { text, untilMs: now() + lifeMs - TOKEN_MARGIN_MS };
    return text;
  }

  /** Those who need one at the same time share the question. */
  async function findToken(): Promise<string | Handover> {
    if (token !== null && now() < token.untilMs) return token.text;
    asking ??= renewToken().finally(() => {
      asking = null;
    });
    try {
      return await asking;
    } catch (error) {
      return { kind: 'later', reason: reasonOf(error) };
    }
  }

  async function hand(sms: Message): Promise<Handover> {
    for (let attempt = 1; ; attempt++) {
      const bearer = await findToken();
      if (typeof bearer !== 'string') return bearer;
      try {
        const answer = await post(config, sms, bearer, timeoutMs);
        // The token ended before its time: once more with a new one.
        if (answer.status === 401 && attempt === 1) token = null;
        else return judge(answer);
      } catch (error) {
        const isNeverConnected = neverConnected.includes(codeOf(error));
        return { kind: isNeverConnected ? 'later' : 'unknown', reason: reasonOf(error) };
      }
    }
  }

  return { hand };
}

async function askToken(config: OrangeSmsConfig, timeoutMs: number): Promise<Token> {
  const credentials = Buffer.from(`${config.clientId}:${config.clientSecret}`).toString('base64');
  const response = await fetch(`${config.url}/oauth/v3/token`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${credentials}`,
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
    },
    body: 'grant_type=client_credentials',
    redirect: 'manual',
    signal: AbortSignal.timeout(timeoutMs),
  });
  const body = readJson(await response.text());
  const text = field(body, 'access_token');
  if (response.status !== 200 || typeof text !== 'string' || text === '')
    throw new Error(`no token: ${response.status}`);
  // A number, or a number as text: both are in use.
  const seconds = Number(field(body, 'expires_in'));
  return { text, lifeMs: Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 0 };
}

async function post(
  config: OrangeSmsConfig,
  sms: Message,
  bearer: string,
  timeoutMs: number,
): Promise<Answer> {
  const sender = `tel:${config.sender}`;
  const message = {
    address: `tel:${sms.phone}`,
    senderAddress: sender,
    ...(config.senderName === null ? {} : { senderName: config.senderName }),
    outboundSMSTextMessage: { message: sms.body },
  };
  const path = `/smsmessaging/v1/outbound/${encodeURIComponent(sender)}/requests`;
  const response = await fetch(`${config.url}${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${bearer}`,
      'content-type': 'application/json',
      accept: 'application/json',
    },
    body: JSON.stringify({ outboundSMSMessageRequest: message }),
    redirect: 'manual',
    signal: AbortSignal.timeout(timeoutMs),
  });
  const { status, headers } = response;
  return { status, retryAfter: headers.get('retry-after'), text: await response.text() };
}

interface Message {
  readonly phone: string;
  readonly body: string;
}

interface Answer {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly text: string;
}

function judge(answer: Answer): Handover {
  const { status, retryAfter } = answer;
  const body = readJson(answer.text);
  const reason = `${status} ${errorOf(body)}`.trim();
  if (status === 201) return { kind: 'sent', reference: referenceOf(body) };
  if (status === 429) {
    const seconds = Math.min(Number(retryAfter ?? 0), RETRY_AFTER_MAX_S);
    return { kind: 'later', reason, ...(seconds > 0 ? { afterMs: seconds * 1000 } : {}) };
  }
  // 403: no contract or no credit left, until somebody has paid. 401: the credentials were changed.
  if (status >= 500 || status === 403 || status === 401) return { kind: 'later', reason };
  return status >= 400 ? { kind: 'refused', reason } : { kind: 'unknown', reason };
}

/** The last part of the address that names the message: what Orange's support asks for. */
function referenceOf(body: unknown): string | null {
  const url = field(field(body, 'outboundSMSMessageRequest'), 'resourceURL');
  return typeof url === 'string' ? (url.split('/').at(-1)?.slice(0, 100) ?? null) : null;
}

/** "POL0001", "SVC0004": never the text, which may repeat the message. */
function errorOf(body: unknown): string {
  const problem = field(body, 'requestError');
  const exception = field(problem, 'serviceException') ?? field(problem, 'policyException');
  const id = field(exception, 'messageId') ?? field(body, 'code');
  return typeof id === 'string' || typeof id === 'number' ? String(id).slice(0, 20) : '';
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function codeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  return String(field(cause, 'code') ?? '');
}

function reasonOf(error: unknown): string {
  const code = codeOf(error);
  if (code !== '') return code;
  return error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 100) : 'no answer';
}

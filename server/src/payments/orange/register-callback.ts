/** Where Orange calls us is told to it once for each environment, and read back: it answers with the key in clear. */
import { fieldOf, textOf } from '../json-fields.ts';
import type { Trouble } from '../provider.ts';
import { isSuccess, type OrangeClient } from './client.ts';
import type { OrangeConfig } from './config.ts';
import { judgeDepositError, judgeLookUpError } from './judge-error.ts';

const PATH = '/api/notification/v1/merchantcallback';

type Registering = Pick<OrangeConfig, 'merchantCode' | 'merchantName' | 'callbackApiKey' | 'callbackUrl'>;

export interface RegisteredCallback {
  readonly url: string;
  readonly createdAt: string;
  /** Does Orange hold the key that we expect? The key itself is told to nobody. */
  readonly hasOurKey: boolean;
}

export type Registered = { readonly kind: 'registered' } | Trouble;
export type Shown = { readonly kind: 'shown'; readonly callbacks: readonly RegisteredCallback[] } | Trouble;

/** Orange says yes with an empty body. */
export async function registerCallback(client: OrangeClient, config: Registering): Promise<Registered> {
  const { merchantCode: code, merchantName: name, callbackApiKey: apiKey, callbackUrl } = config;
  const noAddress = 'PUBLIC_URL is no https address that Orange could call';
  if (callbackUrl === null) return { kind: 'closed', reason: 'provider_stopped', detail: noAddress };
  const reply = await client.call({ method: 'POST', path: PATH, body: { code, name, callbackUrl, apiKey } });
  if (reply.kind !== 'answer') return reply;
  if (isSuccess(reply)) return { kind: 'registered' };
  const judged = judgeDepositError(reply);
  return judged.kind === 'refused' ? judgeLookUpError(reply) : judged;
}

export async function showCallbacks(client: OrangeClient, config: Registering): Promise<Shown> {
  const reply = await client.call({ method: 'GET', path: PATH, query: { code: config.merchantCode } });
  if (reply.kind !== 'answer') return reply;
  if (!isSuccess(reply)) return judgeLookUpError(reply);
  if (!Array.isArray(reply.json)) return { kind: 'unknown', detail: 'an answer with no list' };
  const callbacks = reply.json.map((value: unknown) => ({
    url: textOf(fieldOf(value, 'callbackUrl')) ?? '',
    createdAt: textOf(fieldOf(value, 'createdAt')) ?? '',
    hasOurKey: fieldOf(value, 'apiKey') === config.callbackApiKey,
  }));
  return { kind: 'shown', callbacks };
}

/** One call to Wave: authorised, signed when the key must sign, and told apart from everything that is no answer. */
import { parseJson } from '../json-fields.ts';
import { type OutgoingAnswer, OutgoingFailure } from '../outgoing-http.ts';
import type { Trouble } from '../provider.ts';
import type { OpenOptions } from '../provider-module.ts';
import type { WaveConfig } from './config.ts';
import { type Judgement, judgeAnswer } from './judge-answer.ts';
import { signRequest } from './sign-request.ts';

export interface WaveCall {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** The bytes that are sent and signed. */
  readonly body?: string;
  readonly idempotencyKey?: string;
}

/** `body` undefined: it was empty, or no JSON. */
export type WaveReply = { readonly kind: 'done'; readonly body: unknown } | Judgement;

export interface WaveClient {
  call(call: WaveCall): Promise<WaveReply>;
}

export function openWaveClient(
  config: WaveConfig,
  { http, log, now = Date.now }: Pick<OpenOptions, 'http' | 'log' | 'now'>,
): WaveClient {
  function headersOf({ method, body = '', idempotencyKey }: WaveCall): Record<string, string> {
    const seconds = Math.floor(now() / 1000);
    return {
      authorization: `Bearer ${config.apiKey}`,
      accept: 'application/json',
      ...(method === 'POST' ? { 'content-type': 'application/json' } : {}),
      ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
      ...(config.signingSecret === null
        ? {}
        : { 'wave-signature': signRequest(config.signingSecret, seconds, body) }),
    };
  }

  return {
    call: async (call) => {
      const { method, path, body } = call;
      let answer: OutgoingAnswer;
      try {
        answer = await http.send({
          method,
          url: `${config.url}${path}`,
          headers: headersOf(call),
          ...(body === undefined ? {} : { body }),
        });
      } catch (error) {
        if (!(error instanceof OutgoingFailure)) throw error;
        return troubleOf(error);
      }
      if (answer.status >= 200 && answer.status < 300) return { kind: 'done', body: parseJson(answer.body) };
      const judgement = judgeAnswer(answer.status, answer.body);
      if (judgement.kind === 'closed') log.error({ detail: judgement.detail }, 'Wave refuses our access');
      return judgement;
    },
  };
}

function troubleOf({ isNeverSent, message: detail }: OutgoingFailure): Trouble {
  return isNeverSent
    ? { kind: 'later', reason: 'provider_unreachable', detail }
    : { kind: 'unknown', detail };
}

/** The path of a list, without what is not asked for. */
export function pathOf(path: string, query: Readonly<Record<string, string>>): string {
  return `${path}?${new URLSearchParams(query)}`;
}

/** A question is neither refused nor answered with "there is none": then nothing is known. */
export function troubleOfQuestion(reply: Exclude<WaveReply, { readonly kind: 'done' }>): Trouble {
  if (reply.kind === 'missing') return { kind: 'unknown', detail: '404' };
  return reply.kind === 'refused' ? { kind: 'unknown', detail: reply.code } : reply;
}

/**
 * How adapters call their providers: one address given by the operator, no redirect, a bound on time and on what is
 * read, and never a host that turns out to be inside our own network (OWASP ASVS 13.2.4, 15.3.2).
 */
import { lookup as lookUpName } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { Agent, request } from 'undici';

export interface OutgoingRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent byte for byte. */
  readonly body?: string;
  readonly timeoutMs?: number;
}

export interface OutgoingAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** `isNeverSent`: no byte left us, so that nothing was executed. Everything else may have been. */
export class OutgoingFailure extends Error {
  readonly isNeverSent: boolean;
  constructor(message: string, options: { readonly isNeverSent: boolean; readonly cause?: unknown }) {
    super(message, { cause: options.cause });
    this.name = 'OutgoingFailure';
    this.isNeverSent = options.isNeverSent;
  }
}

export interface OutgoingHttp {
  /** Throws `OutgoingFailure` when there is no whole answer. A redirect is an answer like any other: it is not followed. */
  send(request: OutgoingRequest): Promise<OutgoingAnswer>;
  close(): Promise<void>;
}

const TIMEOUT_MS = 10_000;
const CONNECT_TIMEOUT_MS = 3_000;
const ANSWER_BYTES_MAX = 4 * 1024 * 1024;

/** A connection that was never made. */
const neverConnected = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'EFORBIDDENHOST',
]);

/** `allowsPrivateHosts`: the simulators live on our own machine; nothing else may. */
export function openOutgoingHttp({
  allowsPrivateHosts,
}: {
  readonly allowsPrivateHosts: boolean;
}): OutgoingHttp {
  const agent = new Agent({
    connect: {
      timeout: CONNECT_TIMEOUT_MS,
      ...(allowsPrivateHosts ? {} : { lookup: lookUpPublicHost }),
    },
    connections: 16,
    bodyTimeout: TIMEOUT_MS,
    headersTimeout: TIMEOUT_MS,
    maxResponseSize: ANSWER_BYTES_MAX,
  });
  return {
    send: async ({ method, url, headers, body, timeoutMs = TIMEOUT_MS }) => {
      const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
      if (!allowsPrivateHosts && isIP(host) !== 0 && isPrivateAddress(host)) {
        throw new OutgoingFailure(`${host} is an address of our own network`, { isNeverSent: true });
      }
      try {
        const answer = await request(url, {
          method,
          headers,
          body: body ?? null,
          dispatcher: agent,
          signal: AbortSignal.timeout(timeoutMs),
        });
        return { status: answer.statusCode, headers: answer.headers, body: await answer.body.text() };
      } catch (error) {
        const code = codeOf(error);
        throw new OutgoingFailure(`no answer (${code})`, {
          isNeverSent: neverConnected.has(code),
          cause: error,
        });
      }
    },
    close: () => agent.close(),
  };
}

const privateNetworks = new BlockList();
for (const [network, bits, family] of [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
  ['::', 127, 'ipv6'],
  ['64:ff9b::', 96, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
] as const) {
  privateNetworks.addSubnet(network, bits, family);
}

export function isPrivateAddress(address: string): boolean {
  return privateNetworks.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

/** Judged where the connection is made: a name cannot mean one address when it is looked at and another one later. */
const lookUpPublicHost: LookupFunction = (hostname, options, callback) => {
  lookUpName(hostname, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return callback(error, '');
    const isForbidden = addresses.length === 0 || addresses.some(({ address }) => isPrivateAddress(address));
    if (isForbidden) {
      const refusal = Object.assign(new Error(`${hostname} leads into our own network`), {
        code: 'EFORBIDDENHOST',
      });
      return callback(refusal, '');
    }
    callback(null, addresses);
  });
};

function codeOf(error: unknown): string {
  for (let next: unknown = error; next instanceof Error; next = next.cause) {
    if ('code' in next && typeof next.code === 'string') return next.code;
    if (next.name === 'TimeoutError') return 'TIMEOUT';
  }
  return 'UNKNOWN';
}

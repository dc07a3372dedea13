/** Makes a case into a request, sends it over loopback, and shows it as a command line. */
import { Agent, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { type Case, Known, type Value } from './inputs.ts';
import type { Operation } from './operations.ts';
import type { World } from './world.ts';

export interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer | null;
}

export interface Got {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly tookMs: number;
}

const agent = new Agent({ keepAlive: true, maxSockets: 32 });

export async function makeRequest(operation: Operation, input: Case, world: World): Promise<Sent> {
  const values = operation.parameters
    .filter(({ name }) => input.parameters[name] !== undefined)
    .map((parameter) => ({
      ...parameter,
      text: textOf(resolve(input.parameters[parameter.name] ?? null, world)),
    }));
  let body = resolve(input.body, world);
  let raw: string | Buffer | null = null;
  let extraQuery = '';
  const headers: Record<string, string> = { connection: 'keep-alive' };
  const cookie = await world.cookieOf(input.person);
  if (cookie !== undefined) headers['cookie'] = cookie;
  if (operation.method === 'POST') headers['content-type'] = 'application/json';
  for (const fault of input.faults) {
    const parameter = 'at' in fault ? values[fault.at % Math.max(values.length, 1)] : undefined;
    if (fault.kind === 'parameter' && parameter !== undefined) parameter.text = fault.value;
    if (fault.kind === 'query') extraQuery = fault.text;
    if (fault.kind === 'header') headers[fault.name] = fault.value;
    if (fault.kind === 'raw') raw = rawOf(fault.how, JSON.stringify(body));
    body = withFault(body, fault);
  }
  const path = values
    .filter((value) => value.in === 'path')
    .reduce((template, { name, text }) => template.replace(`{${name}}`, () => encode(text)), operation.path);
  const query = values
    .filter((value) => value.in === 'query')
    .map(({ name, text }) => `${name}=${encode(text)}`);
  const search = [...query, ...(extraQuery === '' ? [] : [extraQuery])].join('&');
  const sendsBody = operation.method === 'POST' && (operation.body !== null || raw !== null);
  return {
    method: operation.method,
    url: `${world.bases[operation.site]}${path}${search === '' ? '' : `?${search}`}`,
    headers,
    body: sendsBody ? (raw ?? JSON.stringify(body)) : null,
  };
}

function resolve(value: Value, world: World): unknown {
  if (value instanceof Known) return world.known(value.name, value.pick) ?? resolve(value.otherwise, world);
  if (Array.isArray(value)) return value.map((item: Value) => resolve(item, world));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, resolve(field, world)]));
}

function withFault(body: unknown, fault: Case['faults'][number]): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  const names = Object.keys(body);
  if (fault.kind === 'extra') return Object.fromEntries([...Object.entries(body), [fault.name, fault.value]]);
  const name = 'at' in fault ? names[fault.at % Math.max(names.length, 1)] : undefined;
  if (name === undefined) return body;
  if (fault.kind === 'field') return { ...body, [name]: fault.value };
  return fault.kind === 'missing' ? { ...body, [name]: undefined } : body;
}

type RawFault = Extract<Case['faults'][number], { kind: 'raw' }>['how'];

function rawOf(how: RawFault, text: string): string | Buffer {
  switch (how) {
    case 'cut':
      return text.slice(0, text.length >> 1);
    case 'twice':
      return text.replace(/^\{("[^"]+":(?:"[^"]*"|\d+))/, '{$1,$1');
    case 'deep':
      return `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
    case 'array':
      return `[${text}]`;
    case 'bytes':
      return Buffer.concat([Buffer.from(text), Buffer.from([0xff, 0xfe, 0x00])]);
    case 'empty':
      return '';
    case 'huge':
      return `{"a":"${'x'.repeat(100_000)}"}`;
  }
}

function textOf(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

export function send(sent: Sent): Promise<Got> {
  const startedAt = performance.now();
  return new Promise((done, fail) => {
    const outgoing = httpRequest(
      sent.url,
      { method: sent.method, headers: sent.headers, agent },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', fail);
        incoming.on('end', () =>
          done({
            status: incoming.statusCode ?? 0,
            headers: incoming.headers,
            text: Buffer.concat(chunks).toString('utf8'),
            tookMs: performance.now() - startedAt,
          }),
        );
      },
    );
    outgoing.on('error', fail);
    outgoing.end(sent.body ?? undefined);
  });
}

export function asCurl({ method, url, headers, body }: Sent): string {
  const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
  const parts = [`curl -i -X ${method} ${quote(url)}`];
  for (const [name, value] of Object.entries(headers)) {
    if (name !== 'connection') parts.push(`-H ${quote(`${name}: ${value}`)}`);
  }
  if (body !== null) {
    const text = body.toString('utf8');
    parts.push(`--data-raw ${quote(text.length > 2_000 ? `${text.slice(0, 2_000)}…` : text)}`);
  }
  return parts.join(' ');
}

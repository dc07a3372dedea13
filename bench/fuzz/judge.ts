/** What is wrong with an answer, in a sentence; null when it keeps every promise of the contract. */
import { Compile } from 'typebox/compile';
import { baseHeaders } from '#server/headers.ts';
import type { Operation, Schema } from './operations.ts';
import type { Got } from './send.ts';

export const TIME_MAX_MS = 2_000;

export function judge(operation: Operation, got: Got): string | null {
  const { status, headers, text, tookMs } = got;
  if (status >= 500) return `answers ${status}: ${text.slice(0, 300)}`;
  if (tookMs > TIME_MAX_MS) return `takes ${Math.ceil(tookMs)} ms`;
  const documented = operation.answers.get(status);
  if (documented === undefined) return `answers ${status}, which is not documented: ${text.slice(0, 300)}`;
  for (const [name, value] of Object.entries(baseHeaders)) {
    if (headers[name] !== value) return `answers with ${name}: ${headers[name]}`;
  }
  if (headers['server'] !== undefined || headers['x-powered-by'] !== undefined)
    return 'tells what it runs on';
  if (documented.schema === null)
    return text === '' ? null : `answers ${status} with a body: ${text.slice(0, 300)}`;
  const type = status >= 400 ? 'application/problem+json' : 'application/json';
  if (headers['content-type']?.startsWith(type) !== true)
    return `answers ${status} as ${headers['content-type']}`;
  return judgeBody(status, text, documented.schema, documented.codes);
}

function judgeBody(status: number, text: string, schema: Schema, codes: readonly string[]): string | null {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return `answers ${status} with no JSON: ${text.slice(0, 300)}`;
  }
  if (/\n\s+at |node_modules|SELECT |INSERT |pg_/.test(text))
    return `shows its inside: ${text.slice(0, 300)}`;
  const checker = checkerOf(schema);
  if (!checker.Check(body)) {
    const [error] = checker.Errors(body);
    return `answers ${status} unlike its schema (${error?.instancePath} ${error?.message}): ${text.slice(0, 400)}`;
  }
  const code = typeof body === 'object' && body !== null && 'code' in body ? String(body.code) : '';
  return status >= 400 && !codes.includes(code)
    ? `answers ${status} with the code ${code}, which is not documented`
    : null;
}

const checkers = new WeakMap<Schema, ReturnType<typeof Compile>>();

function checkerOf(schema: Schema): ReturnType<typeof Compile> {
  const known = checkers.get(schema);
  if (known !== undefined) return known;
  const made = Compile(schema);
  checkers.set(schema, made);
  return made;
}

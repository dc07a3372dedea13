/** One JSON request over connections that stay open. Rejects when the connection breaks before the whole answer. */
import { Agent, request as httpRequest } from 'node:http';
import type { Given } from '#server/testing/history.ts';

const agent = new Agent({ keepAlive: true, maxSockets: 200 });
const timeoutMs = 20_000;

export interface Request {
  readonly port: number;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly cookie?: string;
  readonly body?: object;
}

export function request({ port, method, path, cookie, body }: Request): Promise<Given> {
  const payload = body === undefined ? undefined : JSON.stringify(body);
  const headers = {
    ...(cookie === undefined ? {} : { cookie }),
    ...(payload === undefined
      ? {}
      : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) }),
  };
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      { agent, host: '127.0.0.1', port, method, path: `/api/v1${path}`, headers, timeout: timeoutMs },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('error', reject);
        response.on('end', () => {
          if (!response.complete) return reject(new Error('half an answer'));
          resolve({ status: response.statusCode ?? 0, body: text === '' ? {} : JSON.parse(text) });
        });
      },
    );
    sent.on('timeout', () => sent.destroy(new Error('no answer in time')));
    sent.on('error', reject);
    sent.end(payload);
  });
}

/**
 * The headers that every answer carries, pages and JSON, errors and streams alike: the one place for them. A page says
 * more about itself (its policy, how long it keeps); nothing says less.
 *
 * Strict-Transport-Security is not here: the proxy that holds the certificate sends it, once.
 */
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

const closed = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const deniedFeatures = [
  'accelerometer',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'usb',
];

export const baseHeaders = {
  'content-security-policy': closed,
  'x-content-type-options': 'nosniff',
  // Other sites hear nothing. "no-referrer" would make our own forms arrive with the origin "null".
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': deniedFeatures.map((feature) => `${feature}=()`).join(', '),
  'cache-control': 'no-store',
} as const;

/** Sets them before anything else looks at the request, so that every answer there can be has them. */
export function sendBaseHeaders(app: FastifyInstance): void {
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers(baseHeaders);
    done();
  });
}

/** What a page of one of the apps may load: its own files, its own inlined style. */
export function pagePolicy(styleHash: string): string {
  return (
    `default-src 'none'; script-src 'self'; style-src 'sha256-${styleHash}'; img-src 'self'; ` +
    `connect-src 'self'; manifest-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`
  );
}

/** A page that runs nothing and loads nothing. */
export function documentPolicy(styleHash: string): string {
  return `${closed}; style-src 'sha256-${styleHash}'`;
}

interface ClientError extends Error {
  readonly code?: string;
}

/** The last word to a connection whose bytes are not HTTP: the framework never saw a request. */
export function answerBadConnection(error: ClientError, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 }[error.code ?? ''] ?? 400;
  const lines = Object.entries(baseHeaders).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}content-length: 0\r\nconnection: close\r\n\r\n`,
  );
}

/**
 * Logging: JSON lines of pino. Codes, PINs, tokens and full phones never go in. What is logged is made for it: of an
 * error its kind, its sentence and its stack, never the values that a database or a library hangs on it; what still
 * looks like a phone or a token in a sentence is masked.
 */
import { type DestinationStream, type Logger, pino } from 'pino';

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;

const CENSORED = [
  'phone',
  'code',
  'pin',
  'totp',
  'cookie',
  'token',
  'password',
  'secret',
  'body',
  'authorization',
  'logInToken',
  'signUpToken',
] as const;

/** To the standard output unless said. */
export function openLog(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    redact: { paths: CENSORED.flatMap((name) => [name, `*.${name}`]), censor: '…' },
    serializers: { err: describeError, error: describeError },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

interface ErrorLine {
  readonly type: string;
  readonly message: string;
  readonly stack?: string;
  /** Of a database: SQLSTATE, and what was violated. */
  readonly sqlState?: string;
  readonly constraint?: string;
  readonly cause?: ErrorLine;
}

const CAUSES_MAX = 3;

/** PostgreSQL writes the values of a row into `detail`, `where` and `hint`: none of them is taken over. */
export function describeError(error: unknown, depth = 0): ErrorLine {
  if (!(error instanceof Error)) return { type: typeof error, message: maskSecrets(String(error)) };
  const { name, message, stack, cause } = error;
  const text = (key: 'code' | 'constraint') => {
    const value: unknown = key in error ? Reflect.get(error, key) : undefined;
    return typeof value === 'string' ? value : undefined;
  };
  const [sqlState, constraint] = [text('code'), text('constraint')];
  return {
    type: name,
    message: maskSecrets(message),
    ...(stack === undefined ? {} : { stack: maskSecrets(stack) }),
    ...(sqlState === undefined ? {} : { sqlState }),
    ...(constraint === undefined ? {} : { constraint }),
    ...(cause === undefined || depth >= CAUSES_MAX ? {} : { cause: describeError(cause, depth + 1) }),
  };
}

/** Phones keep their last two digits; tokens (40 characters of base64url and more) go altogether. */
export function maskSecrets(text: string): string {
  return text.replace(/\+\d{6,13}(?=\d{2})/g, '…').replace(/\b[\w-]{40,}\b/g, '…');
}

/** Logging: JSON lines of pino. Codes, PINs, tokens and full phones never go in. */
import { type Logger, pino } from 'pino';

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;

export function openLog(level: string): Logger {
  return pino({
    level,
    base: null,
    redact: { paths: ['phone', '*.phone', 'totp', '*.totp', 'cookie', '*.cookie'], censor: '…' },
  });
}

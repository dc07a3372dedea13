import { randomBytes } from 'node:crypto';
import type { Secrets } from '../secret-table.ts';

/** Secrets of a house that lives as long as a test. */
export function drawSecrets(): Secrets {
  const draw = () => randomBytes(32).toString('hex');
  return {
    formKeys: [draw()],
    codeKeys: [draw()],
    pinKeys: [draw()],
    dataKeys: [draw()],
    matchKey: draw(),
    bearerKeys: [draw()],
  };
}

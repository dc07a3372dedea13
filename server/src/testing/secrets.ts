import { randomBytes } from 'node:crypto';
import type { AppSecrets } from '../app.ts';

/** Secrets of a house that lives as long as a test. */
export function drawSecrets(): AppSecrets {
  const draw = () => randomBytes(32).toString('hex');
  return { formKey: draw(), codeKey: draw(), dataKeys: [draw()], matchKey: draw() };
}

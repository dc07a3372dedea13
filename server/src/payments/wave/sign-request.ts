import { createHmac } from 'node:crypto';

/** "Wave-Signature" of a request that must be signed: over the seconds and the body, with nothing between them. */
export function signRequest(secret: string, seconds: number, body: string): string {
  const digest = createHmac('sha256', secret).update(`${seconds}${body}`, 'utf8').digest('hex');
  return `t=${seconds},v1=${digest}`;
}

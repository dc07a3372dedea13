/** Text that this server signed: anybody can read it, nobody can change or make it. */
import { createHmac, timingSafeEqual } from 'node:crypto';

/** `purpose` keeps a text signed for one thing from serving for another. */
export function macOf(key: string, purpose: string, text: string): Buffer {
  return createHmac('sha256', key).update(`mbayar ${purpose}\n${text}`).digest();
}

export function signJson(key: string, purpose: string, value: object): string {
  const text = Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${text}.${macOf(key, purpose, text).toString('base64url')}`;
}

/** The value that was signed, or null when the text is not one of ours. Its shape is ours too: what was signed. */
export function readSignedJson(key: string, purpose: string, signed: string): unknown {
  const [text, mac, more] = signed.split('.');
  if (text === undefined || mac === undefined || more !== undefined) return null;
  return isMac(mac, macOf(key, purpose, text)) ? JSON.parse(Buffer.from(text, 'base64url').toString()) : null;
}

export function isMac(claimed: string, mac: Buffer): boolean {
  const bytes = Buffer.from(claimed, 'base64url');
  return bytes.length === mac.length && timingSafeEqual(bytes, mac);
}

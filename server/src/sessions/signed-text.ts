/** Text that this server signed: anybody can read it, nobody can change or make it. */
import { createHmac, timingSafeEqual } from 'node:crypto';

/** Newest first: it signs, and what an older one signed is still good. */
export type Keys = readonly string[];

/** `purpose` keeps a text signed for one thing from serving for another. */
export function macOf(key: string, purpose: string, text: string): Buffer {
  return createHmac('sha256', key).update(`mbayar ${purpose}\n${text}`).digest();
}

export function newestOf([newest]: Keys): string {
  if (newest === undefined) throw new Error('a list of keys is empty');
  return newest;
}

export function signText(keys: Keys, purpose: string, text: string): string {
  return macOf(newestOf(keys), purpose, text).toString('base64url');
}

/** Did one of our keys sign this text? */
export function isSigned(keys: Keys, purpose: string, text: string, mac: string): boolean {
  const claimed = Buffer.from(mac, 'base64url');
  return keys.some((key) => {
    const right = macOf(key, purpose, text);
    return claimed.length === right.length && timingSafeEqual(claimed, right);
  });
}

export function signJson(keys: Keys, purpose: string, value: object): string {
  const text = Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${text}.${signText(keys, purpose, text)}`;
}

/** The value that was signed, or null when the text is not one of ours. Its shape is ours too: what was signed. */
export function readSignedJson(keys: Keys, purpose: string, signed: string): unknown {
  const [text, mac, more] = signed.split('.');
  if (text === undefined || mac === undefined || more !== undefined) return null;
  return isSigned(keys, purpose, text, mac) ? JSON.parse(Buffer.from(text, 'base64url').toString()) : null;
}

/**
 * The one parser of JSON bodies. What two readers could read differently is refused: a key given twice, bytes that are
 * not UTF-8, half a surrogate pair; and what no field can hold: NUL, keys of the prototype, nesting without end.
 */
import { isUtf8 } from 'node:buffer';
import { fail } from '#core/errors.ts';

const DEPTH_MAX = 32;
const KEYS_MAX = 100;

const forbiddenKeys: readonly string[] = ['__proto__', 'constructor', 'prototype'];

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;

/** The value that these bytes say, or the refusal `request_invalid`. Nothing at all is null. */
export function parseStrictJson(bytes: Buffer): unknown {
  if (bytes.length === 0) return null;
  if (!isUtf8(bytes)) refuse('les octets ne sont pas de l’UTF-8');
  const text = bytes.toString('utf8');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    refuse('ce n’est pas du JSON');
  }
  judge(text);
  return value;
}

function refuse(detail: string): never {
  return fail('request_invalid', { detail });
}

/** One pass over a text that is known to be JSON. The keys of the open objects lie in one list, innermost last. */
function judge(text: string): void {
  const keys: string[] = [];
  const starts: number[] = [];
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case 0x7b: // {
      case 0x5b: // [
        if (starts.push(keys.length) > DEPTH_MAX) refuse('trop de niveaux');
        break;
      case 0x7d: // }
      case 0x5d: // ]
        keys.length = starts.pop() ?? 0;
        break;
      case QUOTE: {
        const end = endOfString(text, at + 1);
        if (isKey(text, end + 1)) addKey(keys, starts.at(-1) ?? 0, text.slice(at + 1, end));
        at = end;
        break;
      }
    }
  }
}

/** Where the closing quote is. The escapes on the way are judged. */
function endOfString(text: string, from: number): number {
  let at = from;
  for (let code = text.charCodeAt(at); code !== QUOTE; code = text.charCodeAt(at)) {
    at += code === BACKSLASH ? lengthOfEscape(text, at) : 1;
  }
  return at;
}

function lengthOfEscape(text: string, at: number): number {
  if (text.charCodeAt(at + 1) !== 0x75) return 2; // no \u
  const unit = Number.parseInt(text.slice(at + 2, at + 6), 16);
  if (unit === 0) refuse('caractère nul');
  if (unit < 0xd800 || unit > 0xdfff) return 6;
  const next = /^\\u(d[c-f][0-9a-f]{2})/i.test(text.slice(at + 6, at + 12));
  if (unit > 0xdbff || !next) refuse('demi-caractère');
  return 12;
}

function isKey(text: string, from: number): boolean {
  let at = from;
  while (text.charCodeAt(at) <= 0x20) at++;
  return text.charCodeAt(at) === COLON;
}

function addKey(keys: string[], start: number, written: string): void {
  // "\u0061" and "a" are the same key.
  const key: string = written.includes('\\') ? JSON.parse(`"${written}"`) : written;
  if (forbiddenKeys.includes(key)) refuse(`champ interdit : ${key}`);
  for (let i = start; i < keys.length; i++) {
    if (keys[i] === key) refuse(`champ en double : ${key.slice(0, 40)}`);
  }
  if (keys.push(key) - start > KEYS_MAX) refuse('trop de champs');
}

/**
 * Whose address counts. IPv6: a household or a phone has a whole /64 to choose from, so the /64 counts. IPv4 inside
 * IPv6 counts as IPv4.
 */
import { isIPv4, isIPv6 } from 'node:net';

/** The subject that requests from this address count for. */
export function subjectOfAddress(address: string): string {
  const [plain = ''] = address.split('%');
  if (!isIPv6(plain)) return plain;
  const mapped = /^::ffff:(.+)$/i.exec(plain)?.[1];
  if (mapped !== undefined && isIPv4(mapped)) return mapped;
  return `${wordsOf(plain).slice(0, 4).join(':')}::/64`;
}

/** The eight words of an IPv6 address, without leading zeros. */
function wordsOf(address: string): string[] {
  const [head = '', tail] = address.split('::');
  const before = split(head);
  const after = tail === undefined ? [] : split(tail);
  const missing = Array.from({ length: 8 - before.length - after.length }, () => '0');
  return [...before, ...missing, ...after].map((word) => Number.parseInt(word, 16).toString(16));
}

function split(part: string): string[] {
  // An IPv4 tail stands for two words; which ones does not matter here: they are never among the first four.
  return part === '' ? [] : part.replace(/\d+\.\d+\.\d+\.\d+$/, '0:0').split(':');
}

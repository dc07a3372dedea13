/** From where a session is used, in words for its list: neither a whole address nor a whole user agent is kept. */
import type { Seen } from '../http.ts';
import { labelDevice } from './label-device.ts';

/** The network of an address: "41.82.17.•", "2001:db8:1::". */
export function placeOf(address: string): string {
  const v4 = /(?:^|:)(\d+\.\d+\.\d+)\.\d+$/.exec(address)?.[1];
  if (v4 !== undefined) return `${v4}.•`;
  const [head = ''] = address.split('::');
  const groups = [...head.split(':'), '0', '0', '0'].map((group) => group || '0');
  return `${groups.slice(0, 3).join(':')}::`;
}

export function wordsOf(seen: Seen): { readonly place: string; readonly agent: string } {
  return { place: placeOf(seen.address), agent: labelDevice(seen.userAgent) };
}

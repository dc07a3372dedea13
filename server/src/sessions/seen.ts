/** From where a session is used, in words for its list: neither a whole address nor a whole user agent is kept. */
import type { Seen } from '../http.ts';

/** The network of an address: "41.82.17.•", "2001:db8:1::". */
export function placeOf(address: string): string {
  const v4 = /(?:^|:)(\d+\.\d+\.\d+)\.\d+$/.exec(address)?.[1];
  if (v4 !== undefined) return `${v4}.•`;
  const [head = ''] = address.split('::');
  const groups = [...head.split(':'), '0', '0', '0'].map((group) => group || '0');
  return `${groups.slice(0, 3).join(':')}::`;
}

const browsers: readonly (readonly [RegExp, string])[] = [
  [/OPR\/|OPiOS\/|Opera Mini/, 'Opera'],
  [/Edg(A|iOS)?\//, 'Edge'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];
const systems: readonly (readonly [RegExp, string])[] = [
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iPhone'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'Mac'],
  [/Linux|CrOS/, 'Linux'],
];

/** "Chrome sur Android"; what no list knows is another device. */
export function agentOf(userAgent: string): string {
  const name = (list: typeof browsers) => list.find(([pattern]) => pattern.test(userAgent))?.[1];
  const [browser, system] = [name(browsers), name(systems)];
  if (browser === undefined && system === undefined) return 'Autre appareil';
  return [browser ?? 'Navigateur', ...(system === undefined ? [] : ['sur', system])].join(' ');
}

export function wordsOf(seen: Seen): { readonly place: string; readonly agent: string } {
  return { place: placeOf(seen.address), agent: agentOf(seen.userAgent) };
}

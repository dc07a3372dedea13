import { foldName } from '#core/name.ts';
import { fingerprint } from '../data-cipher.ts';

/** Name and birth date as one keyed fingerprint: accents, case, spaces and the order of the names do not count. */
export function personPrint(matchKey: string, name: string, birthDate: string): Buffer {
  const names = foldName(name).split(' ').sort().join(' ');
  return fingerprint(matchKey, 'person', `${names}\n${birthDate}`);
}

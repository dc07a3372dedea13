/**
 * Pseudonyms: what other players see instead of a name or a phone. 3 to 20 Latin letters, digits, hyphens and
 * underscores, with at least one letter; nobody passes for the house.
 */
import { foldName, tidyText } from './name.ts';

const FORM = /^[\p{Script=Latin}\p{M}0-9_-]{3,20}$/u;
const RESERVED =
  /mbayar|^(admin|administrateur|support|operateur|moderateur|officiel|systeme|equipe|ancien)\d*$/;

export interface Pseudonym {
  readonly text: string;
  /** Two pseudonyms with the same key look alike: only one of them may exist. */
  readonly key: string;
}

/** The pseudonym as it is stored, or null when the rules refuse it. */
export function readPseudonym(typed: string): Pseudonym | null {
  const text = tidyText(typed);
  const key = foldName(text.replaceAll('_', '-')).replaceAll(' ', '');
  if (!FORM.test(text) || key.length < 3 || !/[a-z]/.test(key) || RESERVED.test(key)) return null;
  return { text, key };
}

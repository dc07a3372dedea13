/**
 * Names: how two spellings are compared, and how a page's address is made from one.
 *
 * Ring names are not unique, so a folded name finds candidates; it is never a key.
 */

/** Letters that Unicode does not decompose, and what people type for them. */
const LETTERS_SPELT_OUT: readonly (readonly [string, string])[] = [
  ['œ', 'oe'],
  ['æ', 'ae'],
  ['ß', 'ss'],
  ['ŋ', 'n'],
  ['ø', 'o'],
  ['ł', 'l'],
  ['đ', 'd'],
];

/**
 * The name without accents, case, hyphens, apostrophes or other signs, its words parted by one space:
 * "L’Homme  au-Serpent" and "l'homme au serpent" fold alike. Empty when nothing is left.
 */
export function foldName(name: string): string {
  let folded = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  for (const [letter, spelt] of LETTERS_SPELT_OUT) folded = folded.replaceAll(letter, spelt);
  // Lower-casing can decompose once more ("İ" gives "i" and a dot).
  return folded
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** The page's address made from a name: "balla-gaye-2". Empty when the name has no Latin letter or digit. */
export function slugOf(name: string): string {
  return foldName(name)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** One way of writing: composed accents, no space around, one space inside. */
export function tidyText(text: string): string {
  return text.normalize('NFC').replace(/\s+/gu, ' ').trim();
}

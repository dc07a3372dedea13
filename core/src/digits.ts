/**
 * A whole number as people type it: digits, with a space of any width between groups of three. Null for anything
 * else: "1e3", "0.5", "1 0" are not numbers here.
 */
export function readDigits(text: string): number | null {
  if (!/^(?:\d{1,12}|\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3}){1,3})$/.test(text)) return null;
  return Number(text.replace(/\D/g, ''));
}

/**
 * The pattern of the phone field, made of libphonenumber's own metadata, so that the browser says at once what the
 * server would. For Senegal it is exact, spaces, dots and dashes anywhere. Of other countries it asks for "+" or "00"
 * and digits: their metadata would weigh more than the page, and `readPhone` judges them.
 */
import { Metadata } from 'libphonenumber-js/max';
import { homeCallingCode } from './read-phone.ts';

/** What people put between digits. */
const BETWEEN = '[ .\\-]*';

/** For the attribute `pattern`, which matches the whole field. */
export const phonePattern = makePattern();

interface Plan {
  type(name: 'MOBILE'): { pattern(): string } | undefined;
}

function makePattern(): string {
  const metadata = new Metadata();
  metadata.selectNumberingPlan('SN');
  // The library's types leave out the patterns by type; a wrong one fails at the start, below.
  const plan = metadata.numberingPlan as unknown as Plan | undefined;
  const mobile = plan?.type('MOBILE')?.pattern();
  if (mobile === undefined) throw new Error('libphonenumber knows no mobile numbers of Senegal');
  const abroad = `(?:\\+|0${BETWEEN}0)${BETWEEN}`;
  const home = spaceOut(homeCallingCode);
  return (
    `${BETWEEN}(?:(?:${abroad}${home}|${home})?${spaceOut(mobile)}` +
    `|${abroad}(?!${home})[1-9]${BETWEEN}(?:[0-9]${BETWEEN}){5,14})`
  );
}

/** Lets a separator follow each digit of a pattern made of digits, classes, groups and counts. */
function spaceOut(pattern: string): string {
  const parts = pattern.match(/(?:\d|\\d|\[[^\]]*\])(?:\{[\d,]+\})?|\(\?:|[()|?]/g) ?? [];
  if (parts.join('') !== pattern) throw new Error(`a pattern with something new in it: ${pattern}`);
  return parts
    .map((part) => {
      const [, digit, count = ''] = /^(\d|\\d|\[[^\]]*\])(\{[\d,]+\})?$/.exec(part) ?? [];
      return digit === undefined ? part : `(?:${digit}${BETWEEN})${count}`;
    })
    .join('');
}

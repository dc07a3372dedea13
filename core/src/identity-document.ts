/**
 * Identity documents: which ones count, how two spellings of a number are found to be the same one, and why one is
 * refused.
 */
export const documentKinds = ['cni', 'passport', 'residence', 'driving'] as const;
export type DocumentKind = (typeof documentKinds)[number];

export const documentSides = ['front', 'back'] as const;
export type DocumentSide = (typeof documentSides)[number];

/** A passport has one page that matters; a card has two sides. */
export function sidesOf(kind: DocumentKind): readonly DocumentSide[] {
  return kind === 'passport' ? ['front'] : documentSides;
}

/** ISO 3166 of the state that issued it: where Mbayar's players come from; `ZZ` is any other. */
export const documentCountries = [
  'SN',
  'GM',
  'ML',
  'MR',
  'GN',
  'GW',
  'CI',
  'BF',
  'TG',
  'BJ',
  'NE',
  'CV',
  'CM',
  'GA',
  'MA',
  'FR',
  'ES',
  'IT',
  'BE',
  'US',
  'CA',
  'ZZ',
] as const;
export type DocumentCountry = (typeof documentCountries)[number];

/**
 * - waiting: for compliance.
 * - approved, refused: by one person of compliance, once.
 * - withdrawn: its player's account was closed before anybody looked.
 */
export const documentStates = ['waiting', 'approved', 'refused', 'withdrawn'] as const;
export type DocumentState = (typeof documentStates)[number];

/** Why a reviewer refuses. Who is too young or may not bet loses his right to bet with it. */
export const refusalReasons = [
  'unreadable',
  'incomplete',
  'not_accepted',
  'expired',
  'data_differ',
  'somebody_else',
  'forged',
  'under_age',
  'other',
] as const;
export type RefusalReason = (typeof refusalReasons)[number];

/** What the house finds by itself when a reviewer approves. */
export const foundReasons = ['same_document', 'barred'] as const;
export type DocumentReason = RefusalReason | (typeof foundReasons)[number];

/** `account_of_minor` alone has no document: a payment provider said so of the mobile account. */
export const alertKinds = [
  'same_document',
  'under_age',
  'birth_date_differs',
  'barred',
  'account_of_minor',
] as const;
export type AlertKind = (typeof alertKinds)[number];

/** Cyrillic and Greek capitals that look like Latin ones, and the two pairs that no eye keeps apart. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  А: 'A',
  В: 'B',
  С: 'C',
  Е: 'E',
  Н: 'H',
  І: '1',
  Ј: 'J',
  К: 'K',
  М: 'M',
  О: '0',
  Р: 'P',
  Ѕ: 'S',
  Т: 'T',
  Х: 'X',
  У: 'Y',
  Α: 'A',
  Β: 'B',
  Ε: 'E',
  Ζ: 'Z',
  Η: 'H',
  Ι: '1',
  Κ: 'K',
  Μ: 'M',
  Ν: 'N',
  Ο: '0',
  Ρ: 'P',
  Τ: 'T',
  Υ: 'Y',
  Χ: 'X',
  I: '1',
  O: '0',
};

/**
 * The number as it is compared: capitals and digits alone, without accents, and with one sign for those that look the
 * same. Null when what is left is no number of a document.
 */
export function normaliseNumber(typed: string): string | null {
  const folded = [...typed.normalize('NFKD').replace(/\p{M}/gu, '').toUpperCase()]
    .map((sign) => LOOKALIKES[sign] ?? sign)
    .join('')
    .replace(/[\s\-./°_]+/g, '');
  return /^[A-Z0-9]{5,24}$/.test(folded) && /[0-9]/.test(folded) ? folded : null;
}

/** What the fingerprint is made of. */
export function documentKey(kind: DocumentKind, country: string, number: string): string {
  return `${country}:${kind}:${number}`;
}

/** Whole years between two days, both `YYYY-MM-DD`. */
export function ageOn(birthDate: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return day.slice(5) < birthDate.slice(5) ? years - 1 : years;
}

/** Is this a day of the calendar, `YYYY-MM-DD`? */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00.000Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

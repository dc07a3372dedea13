/** What the simulated Wave takes in a request, and how it refuses the rest. */
import { invalid, WaveError } from './wave-error.ts';

export type Fields = Readonly<Record<string, unknown>>;

export function readFields(body: Buffer): Fields {
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    throw new WaveError(400, 'request-not-json', 'The request is not JSON.');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new WaveError(400, 'request-parsing-error', 'The request is not an object.');
  return Object.fromEntries(Object.entries(value));
}

/** Whole francs as a string, without a sign, decimals or leading zeros. */
export function readAmountXof(fields: Fields, name: string): number {
  const value = fields[name];
  if (typeof value !== 'string' || !/^[1-9]\d{0,11}$/.test(value))
    throw invalid(`${name}: a positive amount without decimals, as a string`);
  return Number(value);
}

export function readCurrency(fields: Fields): void {
  const value = fields['currency'];
  if (typeof value !== 'string' || !/^[A-Z]{3}$/.test(value)) throw invalid('currency: field required');
  if (value !== 'XOF') throw new WaveError(400, 'currency-mismatch', 'The wallet holds another currency.');
}

export function readMobile(fields: Fields, name: string): string {
  const value = fields[name];
  if (typeof value !== 'string' || !/^\+[1-9]\d{7,14}$/.test(value))
    throw invalid(`${name}: E.164 is required`);
  return value;
}

/** Null when it is null or absent. */
export function readText(fields: Fields, name: string, lengthMax: number): string | null {
  const value = fields[name] ?? null;
  if (value === null) return null;
  if (typeof value !== 'string' || value.length > lengthMax)
    throw invalid(`${name}: at most ${lengthMax} characters`);
  return value;
}

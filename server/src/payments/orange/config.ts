/** What an operator gives to go live with Orange Money Senegal (Sonatel); docs/payments.md says where each comes from. */

export interface OrangeConfig {
  /** The gateway, without a slash at the end. */
  readonly apiUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Six digits: whom players pay. */
  readonly merchantCode: string;
  /** What the payer reads. */
  readonly merchantName: string;
  /** What Orange says of itself in each callback: chosen by us when the callback is registered. */
  readonly callbackApiKey: string;
  /** Issued by Orange; several while one replaces another; none: Orange has given none. */
  readonly callbackSecrets: readonly string[];
  /** Our own address for callbacks; null: the one registered with Orange. */
  readonly callbackUrl: string | null;
  /** Only when the contract gives one. */
  readonly xApiKey: string | null;
  /** Who pays players; null: no distributor contract, and no withdrawals. */
  readonly retailer: OrangeRetailer | null;
}

export interface OrangeRetailer {
  /** Nine digits. */
  readonly msisdn: string;
  readonly pin: string;
}

type Get = (name: string) => string | undefined;
type Complain = (problem: string) => void;

const API_URL = 'https://api.orange-sonatel.com';

const merchantNames = [
  'ORANGE_CLIENT_ID',
  'ORANGE_CLIENT_SECRET',
  'ORANGE_MERCHANT_CODE',
  'ORANGE_MERCHANT_NAME',
  'ORANGE_CALLBACK_API_KEY',
] as const;
const retailerNames = ['ORANGE_RETAILER_MSISDN', 'ORANGE_RETAILER_PIN'] as const;
const optionalNames = ['ORANGE_API_URL', 'ORANGE_CALLBACK_SECRETS', 'ORANGE_X_API_KEY'] as const;

const shapes: Readonly<Record<string, { readonly shape: RegExp; readonly says: string }>> = {
  ORANGE_MERCHANT_CODE: { shape: /^\d{6}$/, says: 'six digits' },
  ORANGE_MERCHANT_NAME: { shape: /^.{1,45}$/, says: 'at most 45 characters' },
  ORANGE_CALLBACK_API_KEY: { shape: /^[\x21-\x7e]{16,}$/, says: 'at least 16 visible characters' },
  ORANGE_RETAILER_MSISDN: { shape: /^7\d{8}$/, says: 'nine digits, the first a 7' },
  ORANGE_RETAILER_PIN: { shape: /^\d{4,8}$/, says: '4 to 8 digits' },
};

/** Null when nothing of it is there. Complains by name; a value is never repeated. */
export function readOrangeConfig(get: Get, complain: Complain): OrangeConfig | null {
  const all = [...merchantNames, ...retailerNames, ...optionalNames];
  const given = new Map(
    all.flatMap((name) => {
      const value = get(name)?.trim() ?? '';
      return value === '' ? [] : [[name, value] as const];
    }),
  );
  if (given.size === 0) return null;
  const problems = [...findMissing(given), ...findMisshapen(given)];
  const apiUrl = readApiUrl(given.get('ORANGE_API_URL') ?? API_URL);
  if (apiUrl === null) problems.push('ORANGE_API_URL must be an https address');
  problems.forEach(complain);
  if (problems.length > 0 || apiUrl === null) return null;
  const value = (name: (typeof all)[number]) => given.get(name) ?? '';
  return {
    apiUrl,
    clientId: value('ORANGE_CLIENT_ID'),
    clientSecret: value('ORANGE_CLIENT_SECRET'),
    merchantCode: value('ORANGE_MERCHANT_CODE'),
    merchantName: value('ORANGE_MERCHANT_NAME'),
    callbackApiKey: value('ORANGE_CALLBACK_API_KEY'),
    callbackSecrets: value('ORANGE_CALLBACK_SECRETS')
      .split(/[\s,]+/)
      .filter((secret) => secret !== ''),
    callbackUrl: callbackUrlOf(get('PUBLIC_URL')),
    xApiKey: given.get('ORANGE_X_API_KEY') ?? null,
    retailer: given.has('ORANGE_RETAILER_MSISDN')
      ? { msisdn: value('ORANGE_RETAILER_MSISDN'), pin: value('ORANGE_RETAILER_PIN') }
      : null,
  };
}

/** The merchant's half is whole or not there; the retailer's, which is a contract of its own, likewise. */
function findMissing(given: ReadonlyMap<string, string>): string[] {
  const isPaying = retailerNames.some((name) => given.has(name));
  return [...merchantNames, ...(isPaying ? retailerNames : [])]
    .filter((name) => !given.has(name))
    .map((name) => `${name} is missing: Orange Money is configured in part`);
}

function findMisshapen(given: ReadonlyMap<string, string>): string[] {
  return Object.entries(shapes)
    .filter(([name, { shape }]) => given.has(name) && !shape.test(given.get(name) ?? ''))
    .map(([name, { says }]) => `${name} must be ${says}`);
}

function readApiUrl(text: string): string | null {
  const url = URL.parse(text);
  const isPlain = url?.protocol === 'https:' && url.username === '' && url.search === '' && url.hash === '';
  return isPlain ? url.href.replace(/\/$/, '') : null;
}

function callbackUrlOf(publicUrl: string | undefined): string | null {
  const url = publicUrl === undefined ? null : URL.parse(publicUrl);
  return url?.protocol === 'https:' ? `${url.origin}/callbacks/orange` : null;
}

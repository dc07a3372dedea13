import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { fail } from '#core/errors.ts';

/**
 * The phone in E.164, as libphonenumber judges what was typed; Senegal's when there is no "+". Mobiles only: codes go
 * by text message. Of a country: satellites and other networks of no country cost a fortune to reach.
 */
export function readPhone(typed: string): string {
  const phone = parsePhoneNumberFromString(typed, { defaultCountry: 'SN', extract: false });
  const type = phone?.getType();
  if (phone === undefined || phone.ext !== undefined || !phone.isValid()) return fail('phone_invalid');
  if (phone.country === undefined) return fail('phone_invalid');
  return type === 'MOBILE' || type === 'FIXED_LINE_OR_MOBILE' ? phone.number : fail('phone_invalid');
}

export const homeCallingCode = '221';

/** "221" of +221771234567: what a country is called by. */
export function callingCodeOf(phone: string): string {
  return parsePhoneNumberFromString(phone)?.countryCallingCode ?? '';
}

/** Only the last two digits are shown. */
export function maskPhone(phone: string): string {
  return `••• ${phone.slice(-2)}`;
}

import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { fail } from '#core/errors.ts';

/** The phone in E.164, as libphonenumber judges what was typed; Senegal's when there is no "+". Mobiles only: codes go by text message. */
export function readPhone(typed: string): string {
  const phone = parsePhoneNumberFromString(typed, { defaultCountry: 'SN', extract: false });
  const type = phone?.getType();
  if (phone === undefined || phone.ext !== undefined || !phone.isValid()) return fail('phone_invalid');
  return type === 'MOBILE' || type === 'FIXED_LINE_OR_MOBILE' ? phone.number : fail('phone_invalid');
}

/** Only the last two digits are shown. */
export function maskPhone(phone: string): string {
  return `••• ${phone.slice(-2)}`;
}

/** A TOTP secret at rest: encrypted, bound to its row. What was kept plain before opens as it is. */
import type { DataCipher } from '../data-cipher.ts';

const plainSecret = /^[A-Z2-7]{16,64}$/;

export function sealTotpSecret(cipher: DataCipher, staffId: string, secret: string): string {
  return cipher.encryptText(secret, placeOf(staffId));
}

export function openTotpSecret(cipher: DataCipher, staffId: string, kept: string): string {
  return isPlain(kept) ? kept : cipher.decryptText(kept, placeOf(staffId));
}

/** Null when he has none: his second factor is to be enrolled anew. */
export function openStaffSecret(
  cipher: DataCipher,
  staff: { readonly staffId: string; readonly totpSecret: string | null },
): string | null {
  return staff.totpSecret === null ? null : openTotpSecret(cipher, staff.staffId, staff.totpSecret);
}

export function isPlain(kept: string): boolean {
  return plainSecret.test(kept);
}

/** `staffId`: of the member, or of the invitation that is still to make him one. */
function placeOf(staffId: string): string {
  return `staff ${staffId} totp_secret`;
}

import type { DataCipher } from '../data-cipher.ts';
import type { Tx } from '../db.ts';
import { recordTotpSecret, type StaffRow } from './queries.ts';
import { isPlain, sealTotpSecret } from './totp-secret.ts';

/** What the command line or an earlier version kept plain is encrypted when it is used. */
export async function sealIfPlain(
  tx: Tx,
  cipher: DataCipher,
  { staffId, totpSecret }: Pick<StaffRow, 'staffId' | 'totpSecret'>,
): Promise<void> {
  if (totpSecret === null || !isPlain(totpSecret)) return;
  await recordTotpSecret(tx, staffId, sealTotpSecret(cipher, staffId, totpSecret));
}

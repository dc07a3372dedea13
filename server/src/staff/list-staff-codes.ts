/** For the sandbox: every member of staff with the TOTP code to type now. */
import type { DataCipher } from '../data-cipher.ts';
import type { Db } from '../db.ts';
import { findAllStaff } from './queries.ts';
import { totpCodeAfter } from './totp.ts';
import { openStaffSecret } from './totp-secret.ts';

export interface CodeDeps {
  readonly db: Db;
  readonly cipher: DataCipher;
}

export async function listStaffWithCodes({ db, cipher }: CodeDeps) {
  const nowMs = Date.now();
  const staff = await findAllStaff(db);
  return staff.flatMap((member) => {
    const { name, phone, role, totpLastStep } = member;
    const secret = openStaffSecret(cipher, member);
    // Who has to enrol anew has no code.
    return secret === null ? [] : [{ name, phone, role, totp: totpCodeAfter(secret, totpLastStep, nowMs) }];
  });
}

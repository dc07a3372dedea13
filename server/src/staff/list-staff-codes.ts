/** For the sandbox: every member of staff with the TOTP code to type now. */
import type { Db } from '../db.ts';
import { findAllStaff } from './queries.ts';
import { totpCodeAfter } from './totp.ts';

export async function listStaffWithCodes(db: Db) {
  const nowMs = Date.now();
  const staff = await findAllStaff(db);
  return staff.map(({ name, phone, role, totpSecret, totpLastStep }) => ({
    name,
    phone,
    role,
    totp: totpCodeAfter(totpSecret, totpLastStep, nowMs),
  }));
}

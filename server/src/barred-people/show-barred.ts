/** The list as compliance sees it: each look is written down. */
import type { Static } from 'typebox';
import type { BarredPersonView } from '#core/api/barred-people.ts';
import { fail } from '#core/errors.ts';
import { recordLook } from '../audit/record-look.ts';
import type { Tx } from '../db.ts';
import type { StaffIdentity } from '../http.ts';
import { maskPhone } from '../sessions/read-phone.ts';
import type { BarredDeps } from './barred-deps.ts';
import { type BarredRow, findBarredPeople, findBarredPerson } from './queries.ts';

export type BarredShown = Static<typeof BarredPersonView>;

export function listBarred({ db }: BarredDeps, staff: StaffIdentity): Promise<BarredShown[]> {
  return db.transaction(async (tx) => {
    await recordLook(tx, staff, { what: 'view-barred-people', target: 'barred-people' });
    return (await findBarredPeople(tx)).map(shownOf);
  });
}

export async function showBarred(tx: Tx, personId: string): Promise<BarredShown> {
  return shownOf((await findBarredPerson(tx, personId)) ?? fail('not_found'));
}

function shownOf({ phone, untilAt, addedAt, ...row }: BarredRow): BarredShown {
  return {
    ...row,
    maskedPhone: phone === null ? null : maskPhone(phone),
    untilAt: untilAt?.toISOString() ?? null,
    addedAt: addedAt.toISOString(),
  };
}

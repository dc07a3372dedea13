import type { StaffRole } from '#core/api/contract.ts';
import { fail } from '#core/errors.ts';
import { recordAudit } from '../audit/record-audit.ts';
import { type Db, violatedConstraint } from '../db.ts';
import { uuidV7 } from '../uuid.ts';
import { insertStaff, type NewStaffRow } from './queries.ts';
import { newTotpSecret } from './totp.ts';

export interface NewStaff {
  /** In E.164, checked. */
  readonly phone: string;
  readonly name: string;
  readonly role: StaffRole;
}

/** Adds a member of staff. His TOTP secret is told here once, and encrypted at its first use: the command line need not have the server's keys. Refused for a phone that someone has already. */
export async function addStaffMember(db: Db, asked: NewStaff): Promise<NewStaffRow> {
  const staff = { ...asked, staffId: uuidV7(Date.now()), totpSecret: newTotpSecret(), totpLastStep: 0 };
  try {
    await db.transaction(async (tx) => {
      await insertStaff(tx, staff);
      await recordAudit(tx, {
        actor: { kind: 'command_line' },
        command: 'add-staff-member',
        target: `staff ${staff.staffId}`,
        input: { name: asked.name, role: asked.role },
        outcome: 'done',
        operationId: null,
        origin: null,
      });
    });
  } catch (error) {
    const constraint = violatedConstraint(error);
    if (constraint === 'staff_and_players_apart' || constraint === 'staff_phone_once') fail('phone_taken');
    throw error;
  }
  return staff;
}

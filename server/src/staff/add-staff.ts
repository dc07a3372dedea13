/**
 * Staff on the command line: `npm run add-staff -- --phone "77 123 45 67" --name "Awa Diop" --role operator`.
 *
 * Prints the otpauth address of the second factor, once: it is for that person's authenticator app and is not shown
 * again. The database is the server's own, running or not. Exit code 0 when done, 1 when refused, 2 on a wrong command.
 */
import { parseArgs } from 'node:util';
import { type StaffRole, staffRoles } from '#core/api/contract.ts';
import { RefusalError, sentenceOf } from '#core/errors.ts';
import { reachDatabase } from '../command-database.ts';
import { readConfig } from '../config.ts';
import { openDb } from '../db.ts';
import { readPhone } from '../sessions/read-phone.ts';
import { StartError } from '../start-error.ts';
import { addStaffMember, type NewStaff } from './add-staff-member.ts';
import { totpUri } from './totp.ts';

const USAGE = `npm run add-staff -- --phone "77 123 45 67" --name "Awa Diop" --role ${staffRoles.join('|')}`;

await main();

async function main(): Promise<void> {
  const asked = readCommand();
  if (asked === null) {
    console.error(USAGE);
    process.exitCode = 2;
    return;
  }
  try {
    console.log((await add(asked)).join('\n'));
  } catch (error) {
    console.error(explain(error));
    process.exitCode = 1;
  }
}

async function add(asked: NewStaff): Promise<string[]> {
  const phone = readPhone(asked.phone);
  const database = await reachDatabase(readConfig(process.env));
  const db = openDb({ connectionString: database.url, poolSize: 1 });
  try {
    const staff = await addStaffMember(db, { ...asked, phone });
    return [
      `${staff.name} (${staff.role}, ${staff.phone}) peut se connecter au bureau.`,
      'Second facteur, à saisir maintenant dans son application de codes ; il ne sera plus montré :',
      totpUri(staff.totpSecret, staff.name),
    ];
  } finally {
    await db.close();
    await database.release();
  }
}

function readCommand(): NewStaff | null {
  try {
    const { values } = parseArgs({
      options: {
        phone: { type: 'string' },
        name: { type: 'string' },
        role: { type: 'string', default: 'operator' },
      },
    });
    const { phone, role } = values;
    const name = values.name?.trim() ?? '';
    if (phone === undefined || name === '' || !isStaffRole(role)) return null;
    return { phone, name, role };
  } catch {
    return null;
  }
}

function isStaffRole(text: string): text is StaffRole {
  return staffRoles.some((role) => role === text);
}

function explain(error: unknown): unknown {
  if (error instanceof RefusalError) return sentenceOf(error.refusal, 'fr');
  return error instanceof StartError ? error.message : error;
}

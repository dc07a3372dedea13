/** Makes the people of the smoke test where there is no sandbox: two test players, two robots, and their sessions. */
import { writeFileSync } from 'node:fs';
import { termsVersion } from '#core/settings.ts';
import { reachDatabase } from '#server/command-database.ts';
import { readConfig } from '#server/config.ts';
import { type Db, openDb, type Tx } from '#server/db.ts';
import { addPlayer } from '#server/players/sign-up.ts';
import { cookieName } from '#server/session-of-request.ts';
import { startSession } from '#server/sessions/start-session.ts';
import { addStaffMember } from '#server/staff/add-staff-member.ts';
import { uuidV7 } from '#server/uuid.ts';
import type { Credentials } from './people.ts';

/** Numbers of a country code that nobody has: no customer's phone is taken, and nobody can log in with them. */
const players = [
  { phone: '+99900000001', pseudonym: 'Essai-Un' },
  { phone: '+99900000002', pseudonym: 'Essai-Deux' },
] as const;
const robots = [
  { phone: '+99900000011', name: 'Robot un' },
  { phone: '+99900000012', name: 'Robot deux' },
] as const;

/** Writes the four sessions into `file`, readable by its owner only. Sessions of robots end after their usual time. */
export async function preparePeople(file: string): Promise<void> {
  const config = readConfig(process.env);
  const database = await reachDatabase(config);
  const db = openDb({ connectionString: database.url, poolSize: 2 });
  try {
    const playerCookie = async (who: (typeof players)[number]) =>
      sessionCookie(db, 'player', await playerIdOf(db, who), config.isProduction);
    const staffCookie = async (who: (typeof robots)[number]) =>
      sessionCookie(db, 'staff', await robotIdOf(db, who), config.isProduction);
    const credentials: Credentials = {
      players: [await playerCookie(players[0]), await playerCookie(players[1])],
      staff: [await staffCookie(robots[0]), await staffCookie(robots[1])],
    };
    writeFileSync(file, JSON.stringify(credentials), { mode: 0o600 });
    console.log(`${file}: two test players and two robots. SMOKE_CREDENTIALS=${file} npm run smoke`);
  } finally {
    await db.close();
    await database.release();
  }
}

async function sessionCookie(
  db: Db,
  kind: 'player' | 'staff',
  personId: string,
  isProduction: boolean,
): Promise<string> {
  const { token } = await db.transaction((tx: Tx) => startSession(tx, { kind, personId, replaces: null }));
  return `${cookieName(kind === 'player' ? 'player' : 'office', isProduction)}=${token}`;
}

async function playerIdOf(db: Db, { phone, pseudonym }: (typeof players)[number]): Promise<string> {
  const known = await db.query<{ id: string }>('SELECT id FROM player WHERE phone = $1 AND is_test', [phone]);
  if (known[0] !== undefined) return known[0].id;
  const playerId = uuidV7(Date.now());
  const birthDate = '1990-01-01';
  const person = { playerId, phone, pseudonym, birthDate, pinHash: null, termsVersion, isTest: true };
  return (await db.transaction((tx) => addPlayer(tx, person))).playerId;
}

async function robotIdOf(db: Db, { phone, name }: (typeof robots)[number]): Promise<string> {
  const known = await db.query<{ id: string }>(`SELECT id FROM staff WHERE phone = $1 AND role = 'robot'`, [
    phone,
  ]);
  return known[0]?.id ?? (await addStaffMember(db, { phone, name, role: 'robot' })).staffId;
}

import type { BarredKind } from '#core/api/barred-people.ts';
import { type Db, first, one, type Tx } from '../db.ts';

export interface BarredRow {
  readonly personId: string;
  readonly kind: BarredKind;
  readonly name: string;
  readonly reason: string;
  readonly phone: string | null;
  readonly hasDocument: boolean;
  readonly hasBirthDate: boolean;
  readonly wrestlerId: number | null;
  readonly untilAt: Date | null;
  readonly addedBy: string;
  readonly addedAt: Date;
  readonly isInForce: boolean;
}

const PERSON = `SELECT b.id AS "personId", b.kind, b.name, b.reason, b.phone,
    b.number_print IS NOT NULL AS "hasDocument", b.person_print IS NOT NULL AS "hasBirthDate",
    b.wrestler_id AS "wrestlerId", b.until_at AS "untilAt", t.name AS "addedBy", b.added_at AS "addedAt",
    b.ended_at IS NULL AND (b.until_at IS NULL OR b.until_at > clock_timestamp()) AS "isInForce"
  FROM barred_person b JOIN staff t ON t.id = b.added_by`;

export async function findBarredPeople(tx: Tx): Promise<BarredRow[]> {
  return tx.query<BarredRow>(`${PERSON} ORDER BY "isInForce" DESC, b.added_at DESC LIMIT 500`);
}

export async function findBarredPerson(db: Db | Tx, personId: string): Promise<BarredRow | null> {
  return first(await db.query<BarredRow>(`${PERSON} WHERE b.id = $1`, [personId]));
}

export async function lockBarredPerson(tx: Tx, personId: string): Promise<BarredRow | null> {
  return first(await tx.query<BarredRow>(`${PERSON} WHERE b.id = $1 FOR NO KEY UPDATE OF b`, [personId]));
}

export interface NewBarred {
  readonly personId: string;
  readonly kind: BarredKind;
  readonly name: string;
  readonly reason: string;
  readonly phone: string | null;
  readonly numberPrint: Buffer | null;
  readonly personPrint: Buffer | null;
  readonly wrestlerId: number | null;
  readonly untilAt: string | null;
  readonly addedBy: string;
}

/** Raises `barred_person_lasts` for an end that has passed, a foreign key for a wrestler who is not there. */
export async function insertBarred(tx: Tx, person: NewBarred): Promise<void> {
  await tx.query(
    `INSERT INTO barred_person (id, kind, name, reason, phone, number_print, person_print, wrestler_id, until_at, added_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      person.personId,
      person.kind,
      person.name,
      person.reason,
      person.phone,
      person.numberPrint,
      person.personPrint,
      person.wrestlerId,
      person.untilAt,
      person.addedBy,
    ],
  );
}

/** The players this person is, as far as phones and approved documents tell. */
export async function findPlayersOf(
  tx: Tx,
  personId: string,
): Promise<{ readonly playerId: string; readonly accountId: number }[]> {
  return tx.query(
    `SELECT p.id AS "playerId", p.available_account_id AS "accountId" FROM player p, barred_person b
     WHERE b.id = $1 AND p.phone = b.phone
     UNION
     SELECT p.id, p.available_account_id FROM barred_person b
     JOIN identity_document d ON d.number_print = b.number_print OR d.person_print = b.person_print
     JOIN player p ON p.id = d.player_id
     WHERE b.id = $1 AND d.state = 'approved'`,
    [personId],
  );
}

export async function recordEnded(tx: Tx, personId: string, staffId: string): Promise<void> {
  one(
    await tx.query(
      'UPDATE barred_person SET ended_by = $2, ended_at = clock_timestamp() WHERE id = $1 RETURNING id',
      [personId, staffId],
    ),
  );
}

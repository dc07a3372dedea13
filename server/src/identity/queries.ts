import type { Tier } from '#core/ceilings.ts';
import type {
  AlertKind,
  DocumentKind,
  DocumentReason,
  DocumentSide,
  DocumentState,
} from '#core/identity-document.ts';
import { type Db, first, one, type Tx } from '../db.ts';

export interface DocumentRow {
  readonly documentId: string;
  readonly playerId: string;
  readonly pseudonym: string;
  readonly kind: DocumentKind;
  readonly country: string;
  readonly sealed: Buffer | null;
  readonly state: DocumentState;
  readonly sentAt: Date;
  readonly decidedAt: Date | null;
  readonly decidedBy: string | null;
  readonly reason: DocumentReason | null;
  readonly remark: string | null;
  readonly signUpBirthDate: string;
}

const DOCUMENT = `SELECT d.id AS "documentId", d.player_id AS "playerId", p.pseudonym, d.kind, d.country, d.sealed, d.state,
    d.sent_at AS "sentAt", d.decided_at AS "decidedAt", s.name AS "decidedBy", d.reason, d.remark,
    to_char(p.birth_date, 'YYYY-MM-DD') AS "signUpBirthDate"
  FROM identity_document d JOIN player p ON p.id = d.player_id LEFT JOIN staff s ON s.id = d.decided_by`;

export async function findTier(db: Db | Tx, playerId: string): Promise<Tier> {
  return one(await db.query<{ tier: Tier }>('SELECT tier FROM player WHERE id = $1', [playerId])).tier;
}

/** The day of today, `YYYY-MM-DD`, by the database's clock. */
export async function findToday(db: Db | Tx): Promise<string> {
  const rows = await db.query<{ today: string }>(`SELECT to_char(clock_timestamp(), 'YYYY-MM-DD') AS today`);
  return one(rows).today;
}

export async function insertDocument(
  tx: Tx,
  document: {
    readonly documentId: string;
    readonly playerId: string;
    readonly kind: DocumentKind;
    readonly country: string;
    readonly numberPrint: Buffer;
    readonly personPrint: Buffer;
    readonly sealed: Buffer;
  },
): Promise<{ readonly sentAt: Date }> {
  const { documentId, playerId, kind, country, numberPrint, personPrint, sealed } = document;
  return one(
    await tx.query<{ sentAt: Date }>(
      `INSERT INTO identity_document (id, player_id, kind, country, number_print, person_print, sealed)
       VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING sent_at AS "sentAt"`,
      [documentId, playerId, kind, country, numberPrint, personPrint, sealed],
    ),
  );
}

export async function insertPicture(
  tx: Tx,
  picture: { readonly documentId: string; readonly side: DocumentSide; readonly sealed: Buffer },
): Promise<void> {
  await tx.query('INSERT INTO identity_picture (document_id, side, sealed) VALUES ($1, $2, $3)', [
    picture.documentId,
    picture.side,
    picture.sealed,
  ]);
}

/** The player's last document. */
export async function findLastDocument(db: Db | Tx, playerId: string): Promise<DocumentRow | null> {
  return first(
    await db.query<DocumentRow>(
      `${DOCUMENT} WHERE d.player_id = $1 ORDER BY d.sent_at DESC, d.id DESC LIMIT 1`,
      [playerId],
    ),
  );
}

/** All of a player's, oldest first. */
export async function findDocumentsOf(db: Db | Tx, playerId: string): Promise<DocumentRow[]> {
  return db.query<DocumentRow>(`${DOCUMENT} WHERE d.player_id = $1 ORDER BY d.sent_at, d.id`, [playerId]);
}

export async function findDocument(db: Db | Tx, documentId: string): Promise<DocumentRow | null> {
  return first(await db.query<DocumentRow>(`${DOCUMENT} WHERE d.id = $1`, [documentId]));
}

export async function lockDocument(tx: Tx, documentId: string): Promise<DocumentRow | null> {
  return first(
    await tx.query<DocumentRow>(`${DOCUMENT} WHERE d.id = $1 FOR NO KEY UPDATE OF d`, [documentId]),
  );
}

/** What is sealed of the document that made him identified; the newest, should there be several. */
export async function findApprovedDocument(
  db: Db,
  playerId: string,
): Promise<{ readonly documentId: string; readonly sealed: Buffer } | null> {
  return first(
    await db.query<{ documentId: string; sealed: Buffer }>(
      `SELECT d.id AS "documentId", d.sealed FROM identity_document d JOIN player p ON p.id = d.player_id
       WHERE d.player_id = $1 AND d.state = 'approved' AND d.sealed IS NOT NULL AND p.tier = 'identified'
       ORDER BY d.decided_at DESC LIMIT 1`,
      [playerId],
    ),
  );
}

/** Those that wait, oldest first. */
export async function findWaitingDocuments(db: Db): Promise<DocumentRow[]> {
  return db.query<DocumentRow>(`${DOCUMENT} WHERE d.state = 'waiting' ORDER BY d.sent_at, d.id LIMIT 200`);
}

export async function findPictureSides(
  db: Db | Tx,
  documentId: string,
): Promise<{ readonly side: DocumentSide }[]> {
  return db.query('SELECT side FROM identity_picture WHERE document_id = $1 ORDER BY side DESC', [
    documentId,
  ]);
}

export async function findPicture(
  db: Db | Tx,
  documentId: string,
  side: DocumentSide,
): Promise<{ readonly sealed: Buffer } | null> {
  return first(
    await db.query<{ sealed: Buffer }>(
      'SELECT sealed FROM identity_picture WHERE document_id = $1 AND side = $2',
      [documentId, side],
    ),
  );
}

/** Raises `identity_document_person_once` when another account has this document. */
export async function recordApproval(tx: Tx, documentId: string, staffId: string): Promise<void> {
  await tx.query(
    `UPDATE identity_document SET state = 'approved', decided_by = $2, decided_at = clock_timestamp()
     WHERE id = $1`,
    [documentId, staffId],
  );
}

/** Is he on the list of those who may not bet: staff, wrestlers, referees, promoters; by phone or by this document? */
export async function isOnBarredList(tx: Tx, playerId: string): Promise<boolean> {
  return (await tx.query('SELECT FROM barred_players(ARRAY[$1::uuid])', [playerId])).length > 0;
}

export async function recordRefusal(
  tx: Tx,
  documentId: string,
  staffId: string,
  why: { readonly reason: DocumentReason; readonly remark: string | null },
): Promise<void> {
  await tx.query(
    `UPDATE identity_document SET state = 'refused', decided_by = $2, decided_at = clock_timestamp(),
       reason = $3, remark = $4 WHERE id = $1`,
    [documentId, staffId, why.reason, why.remark],
  );
}

export async function recordIdentified(tx: Tx, playerId: string, birthDate: string): Promise<void> {
  await tx.query(`UPDATE player SET tier = 'identified', birth_date = $2 WHERE id = $1`, [
    playerId,
    birthDate,
  ]);
}

/** May not bet or deposit from now on; can take his money out. */
export async function recordBarred(tx: Tx, playerId: string): Promise<{ readonly accountId: number }> {
  return one(
    await tx.query<{ accountId: number }>(
      `UPDATE player SET state = CASE WHEN state IN ('closing', 'closed') THEN state ELSE 'barred' END
       WHERE id = $1 RETURNING available_account_id AS "accountId"`,
      [playerId],
    ),
  );
}

/** Whose approved document has the number of this one. */
export async function findApprovedTwin(
  tx: Tx,
  documentId: string,
): Promise<{ readonly playerId: string } | null> {
  return first(
    await tx.query<{ playerId: string }>(
      `SELECT o.player_id AS "playerId" FROM identity_document d
       JOIN identity_document o ON o.number_print = d.number_print AND o.state = 'approved' AND o.id <> d.id
       WHERE d.id = $1`,
      [documentId],
    ),
  );
}

export async function insertAlert(
  tx: Tx,
  alert: {
    readonly kind: AlertKind;
    readonly documentId: string;
    readonly playerId: string;
    readonly otherPlayerId: string | null;
  },
): Promise<void> {
  await tx.query(
    `INSERT INTO identity_alert (kind, document_id, player_id, other_player_id) VALUES ($1, $2, $3, $4)`,
    [alert.kind, alert.documentId, alert.playerId, alert.otherPlayerId],
  );
}

/** Nothing when one of his is open already. */
export async function insertMinorAlert(tx: Tx, playerId: string): Promise<void> {
  await tx.query(
    `INSERT INTO identity_alert (kind, player_id) VALUES ('account_of_minor', $1)
     ON CONFLICT (player_id) WHERE kind = 'account_of_minor' AND closed_at IS NULL DO NOTHING`,
    [playerId],
  );
}

export interface AlertRow {
  readonly alertId: number;
  readonly kind: AlertKind;
  /** Null: no document raised it. */
  readonly documentId: string | null;
  readonly playerId: string;
  readonly pseudonym: string;
  readonly otherPseudonym: string | null;
  readonly raisedAt: Date;
  readonly isClosed: boolean;
}

const ALERT = `SELECT a.id AS "alertId", a.kind, a.document_id AS "documentId", a.player_id AS "playerId", p.pseudonym,
    o.pseudonym AS "otherPseudonym", a.raised_at AS "raisedAt", a.closed_at IS NOT NULL AS "isClosed"
  FROM identity_alert a JOIN player p ON p.id = a.player_id LEFT JOIN player o ON o.id = a.other_player_id`;

export async function findOpenAlerts(db: Db): Promise<AlertRow[]> {
  return db.query<AlertRow>(`${ALERT} WHERE a.closed_at IS NULL ORDER BY a.raised_at, a.id LIMIT 200`);
}

export async function lockAlert(tx: Tx, alertId: number): Promise<AlertRow | null> {
  return first(await tx.query<AlertRow>(`${ALERT} WHERE a.id = $1 FOR NO KEY UPDATE OF a`, [alertId]));
}

export async function recordAlertClosed(tx: Tx, alertId: number, staffId: string): Promise<void> {
  await tx.query('UPDATE identity_alert SET closed_by = $2, closed_at = clock_timestamp() WHERE id = $1', [
    alertId,
    staffId,
  ]);
}

export async function recordWithdrawn(tx: Tx, playerId: string): Promise<void> {
  await tx.query(
    `UPDATE identity_document SET state = 'withdrawn' WHERE player_id = $1 AND state = 'waiting'`,
    [playerId],
  );
}

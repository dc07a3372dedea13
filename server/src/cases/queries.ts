import type { CaseDecision, CaseKind, CaseState } from '#core/account-case.ts';
import { type Db, first, one, type Tx } from '../db.ts';

export interface CaseRow {
  readonly caseId: string;
  readonly kind: CaseKind;
  readonly state: CaseState;
  readonly playerId: string | null;
  readonly phone: string;
  readonly newPhone: string | null;
  readonly statement: string;
  readonly openedAt: Date;
  readonly proposal: CaseDecision | null;
  readonly proposalReason: string | null;
  readonly proposedBy: string | null;
  readonly proposedById: string | null;
  readonly decision: CaseDecision | null;
  readonly decisionReason: string | null;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
}

const SELECT = `SELECT c.id AS "caseId", c.kind, c.state, c.player_id AS "playerId", c.phone, c.new_phone AS "newPhone",
  c.statement, c.opened_at AS "openedAt", c.proposal, c.proposal_reason AS "proposalReason", p.name AS "proposedBy",
  c.proposed_by AS "proposedById",
  c.decision, c.decision_reason AS "decisionReason", d.name AS "decidedBy", c.decided_at AS "decidedAt"
  FROM account_case c LEFT JOIN staff p ON p.id = c.proposed_by LEFT JOIN staff d ON d.id = c.decided_by`;

/** Undecided ones first, oldest first; then the last decided. */
export async function findCases(db: Db): Promise<CaseRow[]> {
  return db.query<CaseRow>(
    `(${SELECT} WHERE c.state <> 'decided' ORDER BY c.opened_at LIMIT 200)
     UNION ALL (${SELECT} WHERE c.state = 'decided' ORDER BY c.decided_at DESC LIMIT 50)`,
  );
}

export async function findCase(db: Db | Tx, caseId: string): Promise<CaseRow | null> {
  return first(await db.query<CaseRow>(`${SELECT} WHERE c.id = $1`, [caseId]));
}

export async function lockCase(tx: Tx, caseId: string): Promise<CaseRow | null> {
  await tx.query('SELECT 1 FROM account_case WHERE id = $1 FOR UPDATE', [caseId]);
  return findCase(tx, caseId);
}

/** The player's cases, newest first. */
export async function findCasesOf(db: Db, playerId: string): Promise<CaseRow[]> {
  return db.query<CaseRow>(
    `${SELECT} WHERE c.player_id = $1 AND c.state <> 'claimed' ORDER BY c.opened_at DESC LIMIT 10`,
    [playerId],
  );
}

/** False when one is open already. */
export async function insertOpenCase(
  tx: Tx,
  opened: {
    readonly caseId: string;
    readonly kind: CaseKind;
    readonly playerId: string;
    readonly phone: string;
    readonly newPhone: string | null;
    readonly statement: string;
  },
): Promise<boolean> {
  const rows = await tx.query(
    `INSERT INTO account_case (id, kind, state, player_id, phone, new_phone, statement)
     VALUES ($1, $2, 'open', $3, $4, $5, $6)
     ON CONFLICT (player_id) WHERE state = 'open' DO NOTHING RETURNING id`,
    [opened.caseId, opened.kind, opened.playerId, opened.phone, opened.newPhone, opened.statement],
  );
  return rows.length > 0;
}

/** One statement, whoever has the number. One claim at a time from one number: a later one about the same account adds to it. */
export async function upsertClaim(
  tx: Tx,
  claim: {
    readonly caseId: string;
    readonly phone: string;
    readonly newPhone: string;
    readonly statement: string;
  },
): Promise<string | null> {
  const rows = await tx.query<{ id: string }>(
    `INSERT INTO account_case (id, kind, state, player_id, phone, new_phone, statement)
     VALUES ($1, 'changed_number', 'claimed', (SELECT id FROM player WHERE phone = $2 ORDER BY phone_released_at IS NULL, joined_at LIMIT 1),
       $2, $3, $4)
     ON CONFLICT (new_phone) WHERE state = 'claimed' DO UPDATE
       SET statement = excluded.statement WHERE account_case.phone = excluded.phone
     RETURNING id`,
    [claim.caseId, claim.phone, claim.newPhone, claim.statement],
  );
  return first(rows)?.id ?? null;
}

/** A claim that is followed: from now on it is an open case. */
export async function recordOpened(tx: Tx, caseId: string): Promise<void> {
  await tx.query(`UPDATE account_case SET state = 'open' WHERE id = $1`, [caseId]);
}

export async function recordProposal(
  tx: Tx,
  caseId: string,
  proposed: { readonly proposal: CaseDecision; readonly reason: string; readonly staffId: string },
): Promise<void> {
  await tx.query(
    `UPDATE account_case SET proposal = $2, proposal_reason = $3, proposed_by = $4, proposed_at = clock_timestamp()
     WHERE id = $1`,
    [caseId, proposed.proposal, proposed.reason, proposed.staffId],
  );
}

export async function recordDecision(
  tx: Tx,
  caseId: string,
  decided: { readonly decision: CaseDecision; readonly reason: string; readonly staffId: string },
): Promise<void> {
  await tx.query(
    `UPDATE account_case SET state = 'decided', decision = $2, decision_reason = $3, decided_by = $4,
       decided_at = clock_timestamp()
     WHERE id = $1`,
    [caseId, decided.decision, decided.reason, decided.staffId],
  );
}

export interface KnownOfPlayer {
  readonly pseudonym: string;
  readonly phone: string;
  readonly birthDate: string;
  readonly state: string;
  readonly joinedAt: Date;
  readonly loggedInAt: Date | null;
  readonly availableXof: number;
  readonly devices: readonly {
    readonly label: string;
    readonly lastUsedAt: string;
    readonly isRemoved: boolean;
  }[];
  readonly caseCount: number;
}

export async function findKnownOfPlayer(db: Db | Tx, playerId: string): Promise<KnownOfPlayer> {
  return one(
    await db.query<KnownOfPlayer>(
      `SELECT p.pseudonym, p.phone, to_char(p.birth_date, 'YYYY-MM-DD') AS "birthDate", p.state,
         p.joined_at AS "joinedAt", p.logged_in_at AS "loggedInAt", b.amount_xof AS "availableXof",
         (SELECT count(*) FROM account_case c WHERE c.player_id = p.id) AS "caseCount",
         coalesce((SELECT jsonb_agg(jsonb_build_object('label', d.label, 'lastUsedAt', to_json(d.last_used_at),
           'isRemoved', d.removed_at IS NOT NULL) ORDER BY d.last_used_at DESC) FROM device d WHERE d.player_id = p.id),
           '[]') AS devices
       FROM player p JOIN ledger.balance b ON b.account_id = p.available_account_id WHERE p.id = $1`,
      [playerId],
    ),
  );
}

import { type Db, first, one, type Tx } from '../db.ts';

export interface DecisionRow {
  readonly staffId: string;
  readonly name: string;
  readonly approves: boolean;
  readonly note: string;
  readonly decidedAt: Date;
}

/** Raises the primary key when this person has spoken already. */
export async function insertDecision(
  tx: Tx,
  decision: {
    readonly withdrawalId: string;
    readonly staffId: string;
    readonly approves: boolean;
    readonly note: string;
  },
): Promise<void> {
  await tx.query(
    'INSERT INTO withdrawal_decision (withdrawal_id, staff_id, approves, note) VALUES ($1, $2, $3, $4)',
    [decision.withdrawalId, decision.staffId, decision.approves, decision.note],
  );
}

export async function findDecisions(db: Db | Tx, withdrawalId: string): Promise<DecisionRow[]> {
  return db.query<DecisionRow>(
    `SELECT d.staff_id AS "staffId", s.name, d.approves, d.note, d.decided_at AS "decidedAt"
     FROM withdrawal_decision d JOIN staff s ON s.id = d.staff_id
     WHERE d.withdrawal_id = $1 ORDER BY d.decided_at LIMIT 10`,
    [withdrawalId],
  );
}

export type Verdict = 'paid' | 'refused' | 'reverse';

export interface VerdictRow {
  readonly id: string;
  readonly withdrawalId: string;
  readonly verdict: Verdict;
  readonly evidence: string;
  readonly state: 'proposed' | 'confirmed' | 'dropped';
  readonly proposedBy: string;
  readonly proposedByName: string;
  readonly proposedAt: Date;
  readonly decidedByName: string | null;
}

const VERDICT = `SELECT v.id, v.withdrawal_id AS "withdrawalId", v.verdict, v.evidence, v.state,
  v.proposed_by AS "proposedBy", p.name AS "proposedByName", v.proposed_at AS "proposedAt", d.name AS "decidedByName"
  FROM withdrawal_verdict v JOIN staff p ON p.id = v.proposed_by LEFT JOIN staff d ON d.id = v.decided_by`;

/** Raises `withdrawal_verdict_one_open` while another one waits. */
export async function insertVerdict(
  tx: Tx,
  verdict: Pick<VerdictRow, 'id' | 'withdrawalId' | 'verdict' | 'evidence' | 'proposedBy'>,
): Promise<void> {
  await tx.query(
    `INSERT INTO withdrawal_verdict (id, withdrawal_id, verdict, evidence, proposed_by) VALUES ($1, $2, $3, $4, $5)`,
    [verdict.id, verdict.withdrawalId, verdict.verdict, verdict.evidence, verdict.proposedBy],
  );
}

export async function findVerdict(tx: Tx, id: string): Promise<VerdictRow | null> {
  return first(await tx.query<VerdictRow>(`${VERDICT} WHERE v.id = $1`, [id]));
}

export async function findVerdicts(db: Db | Tx, withdrawalId: string): Promise<VerdictRow[]> {
  return db.query<VerdictRow>(`${VERDICT} WHERE v.withdrawal_id = $1 ORDER BY v.proposed_at LIMIT 20`, [
    withdrawalId,
  ]);
}

export async function recordVerdictDecided(
  tx: Tx,
  id: string,
  decided: { readonly state: 'confirmed' | 'dropped'; readonly by: string },
): Promise<void> {
  one(
    await tx.query(
      `UPDATE withdrawal_verdict SET state = $2, decided_by = $3, decided_at = clock_timestamp()
       WHERE id = $1 AND state = 'proposed' RETURNING id`,
      [id, decided.state, decided.by],
    ),
  );
}

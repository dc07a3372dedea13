/** What the office sees of cases; each look at one is in the audit log. Numbers are told by their last digits. */
import { caseDecisions, mayDecide } from '#core/account-case.ts';
import type { CaseLine, CaseShown } from '#core/api/case-pages.ts';
import { fail } from '#core/errors.ts';
import { recordLook } from '../audit/record-look.ts';
import type { Db } from '../db.ts';
import type { PlayerIdentity, StaffIdentity } from '../http.ts';
import { maskPhone } from '../sessions/read-phone.ts';
import { type CaseRow, findCase, findCases, findCasesOf, findKnownOfPlayer } from './queries.ts';

export async function listCases(db: Db): Promise<CaseLine[]> {
  return (await findCases(db)).map(lineOf);
}

/** A player's own, newest first. */
export async function listOwnCases(db: Db, player: Pick<PlayerIdentity, 'playerId'>): Promise<CaseLine[]> {
  return (await findCasesOf(db, player.playerId)).map(lineOf);
}

export async function showCase(db: Db, staff: StaffIdentity, caseId: string): Promise<CaseShown> {
  const row = (await findCase(db, caseId)) ?? fail('not_found');
  const known = row.playerId === null ? null : await findKnownOfPlayer(db, row.playerId);
  const target = `case ${caseId}`;
  await db.transaction((tx) => recordLook(tx, staff, { what: 'view-account-case', target }));
  const about = { kind: row.kind, hasPlayer: known !== null, hasNewPhone: row.newPhone !== null };
  return {
    ...lineOf(row),
    maskedPhone: maskPhone(row.phone),
    maskedNewPhone: row.newPhone === null ? null : maskPhone(row.newPhone),
    statement: row.statement,
    proposal: row.proposal,
    proposalReason: row.proposalReason,
    proposedBy: row.proposedBy,
    decisionReason: row.decisionReason,
    decidedBy: row.decidedBy,
    choices: row.state === 'decided' ? [] : caseDecisions.filter((decision) => mayDecide(decision, about)),
    known:
      known === null
        ? null
        : {
            ...known,
            phone: maskPhone(known.phone),
            joinedAt: known.joinedAt.toISOString(),
            loggedInAt: known.loggedInAt?.toISOString() ?? null,
          },
  };
}

function lineOf({ caseId, kind, state, openedAt, decision, decidedAt }: CaseRow): CaseLine {
  return {
    caseId,
    kind,
    state,
    openedAt: openedAt.toISOString(),
    decision,
    decidedAt: decidedAt?.toISOString() ?? null,
  };
}

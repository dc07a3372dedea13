/** One's own passkeys: list, name, remove. */
import { fail } from '#core/errors.ts';
import { type Origin, recordAudit } from '../audit/record-audit.ts';
import type { Db, Tx } from '../db.ts';
import type { PlayerIdentity, StaffIdentity } from '../http.ts';
import { sessionsOf } from '../sessions/list-sessions.ts';
import { actorOf } from './person.ts';
import { findPasskeysOf, type PasskeyRow, removePasskeyRow, renamePasskeyRow } from './queries.ts';

type Person = PlayerIdentity | StaffIdentity;

export function showPasskey({ passkeyId, label, createdAt, lastUsedAt }: PasskeyRow) {
  return {
    passkeyId,
    label,
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
  };
}

export async function listPasskeys(db: Db, person: Person) {
  return (await findPasskeysOf(db, sessionsOf(person))).map(showPasskey);
}

interface Asked {
  readonly passkeyId: string;
  readonly origin: Origin;
}

export function renamePasskey(db: Db, person: Person, asked: Asked & { readonly label: string }) {
  return db.transaction(async (tx) => {
    const row = await renamePasskeyRow(tx, sessionsOf(person), asked.passkeyId, asked.label);
    if (row === null) return fail('not_found');
    await record(tx, 'rename-passkey', person, asked, { label: asked.label });
    return showPasskey(row);
  });
}

/** Removed twice is removed once. */
export function removePasskey(db: Db, person: Person, asked: Asked): Promise<null> {
  return db.transaction(async (tx) => {
    if (!(await removePasskeyRow(tx, sessionsOf(person), asked.passkeyId))) fail('not_found');
    await record(tx, 'remove-passkey', person, asked, {});
    return null;
  });
}

function record(tx: Tx, command: string, person: Person, asked: Asked, input: object): Promise<void> {
  return recordAudit(tx, {
    actor: actorOf(person),
    command,
    target: `passkey ${asked.passkeyId}`,
    input,
    outcome: 'done',
    operationId: null,
    origin: asked.origin,
  });
}

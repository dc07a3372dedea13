/**
 * Compliance bars somebody from betting. Whoever he is among the players cannot place or accept from now on: each bet
 * takes the lock of its player's balance and looks at the list afterwards. His open offers go back by a job; his duels
 * stand, and he can take his money out.
 */
import type { BarredKind } from '#core/api/barred-people.ts';
import { fail } from '#core/errors.ts';
import {
  type DocumentCountry,
  type DocumentKind,
  documentKey,
  normaliseNumber,
} from '#core/identity-document.ts';
import { tidyText } from '#core/name.ts';
import { fingerprint } from '../data-cipher.ts';
import { type Tx, violatedConstraint } from '../db.ts';
import type { StaffIdentity } from '../http.ts';
import { personPrint } from '../identity/person-print.ts';
import { lockBalances } from '../ledger/post.ts';
import { maskPhone, readPhone } from '../sessions/read-phone.ts';
import { runStaffCommand } from '../staff/run-staff-command.ts';
import type { BarredDeps } from './barred-deps.ts';
import { findPlayersOf, insertBarred, type NewBarred } from './queries.ts';
import { type BarredShown, showBarred } from './show-barred.ts';

export interface BarPerson {
  readonly operationId: string;
  readonly kind: BarredKind;
  readonly name: string;
  readonly reason: string;
  /** As typed. */
  readonly phone?: string | undefined;
  readonly document?:
    | { readonly kind: DocumentKind; readonly country: DocumentCountry; readonly number: string }
    | undefined;
  /** `YYYY-MM-DD`; counts together with the name. */
  readonly birthDate?: string | undefined;
  readonly wrestlerId?: number | undefined;
  readonly untilAt?: string | undefined;
}

export function barPerson(deps: BarredDeps, staff: StaffIdentity, asked: BarPerson): Promise<BarredShown> {
  const person = recognise(deps, staff, asked);
  const { personId, phone, numberPrint, personPrint: print, ...input } = person;
  const command = {
    operationId: asked.operationId,
    command: 'bar-person',
    target: `barred-person ${personId}`,
    // No whole phone and no number of a document in the audit log; the prints still tell two commands apart.
    input: {
      ...input,
      phone: phone === null ? null : maskPhone(phone),
      phonePrint: phone === null ? null : fingerprint(deps.secrets.matchKey, 'phone', phone).toString('hex'),
      numberPrint: numberPrint?.toString('hex') ?? null,
      personPrint: print?.toString('hex') ?? null,
    },
  };
  return runStaffCommand(deps.db, staff, command, async (tx) => {
    await insert(tx, person);
    const players = await findPlayersOf(tx, personId);
    // A bet in flight comes before this, or sees the list.
    await lockBalances(
      tx,
      players.map(({ accountId }) => accountId),
    );
    for (const { playerId } of players) await deps.jobs.send(tx, 'cancel-offers', { playerId });
    return showBarred(tx, personId);
  });
}

function recognise({ secrets }: BarredDeps, staff: StaffIdentity, asked: BarPerson): NewBarred {
  const { operationId, kind, reason, phone, document, birthDate, wrestlerId, untilAt } = asked;
  const name = tidyText(asked.name);
  const number = document === undefined ? null : normaliseNumber(document.number);
  if (document !== undefined && number === null) fail('document_number_invalid');
  if (phone === undefined && document === undefined && birthDate === undefined) fail('barred_unrecognisable');
  return {
    personId: operationId,
    kind,
    name,
    reason,
    phone: phone === undefined ? null : readPhone(phone),
    numberPrint:
      document === undefined || number === null
        ? null
        : fingerprint(secrets.matchKey, 'document', documentKey(document.kind, document.country, number)),
    personPrint: birthDate === undefined ? null : personPrint(secrets.matchKey, name, birthDate),
    wrestlerId: wrestlerId ?? null,
    untilAt: untilAt ?? null,
    addedBy: staff.staffId,
  };
}

async function insert(tx: Tx, person: NewBarred): Promise<void> {
  try {
    await insertBarred(tx, person);
  } catch (error) {
    const constraint = violatedConstraint(error);
    if (constraint === 'barred_person_lasts') fail('date_in_past');
    if (constraint === 'barred_person_wrestler_id_fkey') fail('not_found');
    throw error;
  }
}

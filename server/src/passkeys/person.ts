import type { Actor } from '../audit/record-audit.ts';
import type { PlayerIdentity, Site, StaffIdentity } from '../http.ts';

type Person = PlayerIdentity | StaffIdentity;

/** The site that a person's passkeys belong to. */
export function siteOf(person: Person): Site {
  return person.kind === 'player' ? 'player' : 'office';
}

export function actorOf(person: Person): Actor {
  return person.kind === 'player'
    ? { kind: 'player', id: person.playerId }
    : { kind: 'staff', id: person.staffId };
}

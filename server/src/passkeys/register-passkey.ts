/** A new passkey: the browser makes a key pair for this site and this person, and we keep the public half. */
import { generateRegistrationOptions, verifyRegistrationResponse } from '@simplewebauthn/server';
import type { NewCredential } from '#core/api/passkeys.ts';
import { fail } from '#core/errors.ts';
import { type Origin, recordAudit } from '../audit/record-audit.ts';
import type { PlayerIdentity, StaffIdentity } from '../http.ts';
import { sessionsOf } from '../sessions/list-sessions.ts';
import { uuidV7 } from '../uuid.ts';
import { challengeValidityMs } from './challenge.ts';
import type { PasskeyDeps } from './passkey-deps.ts';
import { actorOf, siteOf } from './person.ts';
import { findPasskeysOf, insertPasskey, type PasskeyRow } from './queries.ts';

type Person = PlayerIdentity | StaffIdentity;

/** A person has no more than this: nobody needs a list that he cannot oversee. */
const PASSKEYS_MAX = 10;
/** ES256 and RS256: every authenticator makes one of them. EdDSA first where there is one. */
const algorithms = [-8, -7, -257];

export async function offerRegistration(
  { db, origins }: PasskeyDeps,
  person: Person,
  challenge: Uint8Array<ArrayBuffer>,
): Promise<Record<string, unknown>> {
  const known = await findPasskeysOf(db, sessionsOf(person));
  if (known.length >= PASSKEYS_MAX) fail('passkeys_too_many', { max: String(PASSKEYS_MAX) });
  const name = person.kind === 'player' ? person.pseudonym : person.name;
  const id = person.kind === 'player' ? person.playerId : person.staffId;
  return {
    ...(await generateRegistrationOptions({
      rpName: 'Mbayar',
      rpID: new URL(origins[siteOf(person)]).hostname,
      userName: name,
      userDisplayName: name,
      userID: new Uint8Array(Buffer.from(id.replaceAll('-', ''), 'hex')),
      challenge,
      timeout: challengeValidityMs,
      attestationType: 'none',
      excludeCredentials: known.map(({ credentialId, transports }) => ({
        id: credentialId,
        transports: [...transports],
      })),
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      supportedAlgorithmIDs: algorithms,
    })),
  };
}

export async function registerPasskey(
  { db, origins }: PasskeyDeps,
  person: Person,
  asked: {
    readonly credential: NewCredential;
    readonly label: string;
    readonly challenge: string;
    readonly origin: Origin;
  },
): Promise<PasskeyRow> {
  const origin = origins[siteOf(person)];
  const made = await verifyRegistrationResponse({
    response: { ...asked.credential, clientExtensionResults: {} },
    expectedChallenge: asked.challenge,
    expectedOrigin: origin,
    expectedRPID: new URL(origin).hostname,
    requireUserVerification: true,
    supportedAlgorithmIDs: algorithms,
  }).catch(() => null);
  if (made === null || !made.verified) return fail('passkey_refused');
  const { id, publicKey, counter, transports = [] } = made.registrationInfo.credential;
  return db.transaction(async (tx) => {
    const passkey = await insertPasskey(tx, {
      person: sessionsOf(person),
      passkeyId: uuidV7(Date.now()),
      credentialId: id,
      publicKey,
      counter,
      transports: transports.filter((name) => /^[a-z-]{2,20}$/.test(name)).slice(0, 8),
      label: asked.label,
    });
    // Somebody has this credential already.
    if (passkey === null) return fail('passkey_refused');
    await recordAudit(tx, {
      actor: actorOf(person),
      command: 'register-passkey',
      target: `passkey ${passkey.passkeyId}`,
      input: { label: asked.label },
      outcome: 'done',
      operationId: null,
      origin: asked.origin,
    });
    return passkey;
  });
}

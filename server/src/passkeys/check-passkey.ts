/** Judges a passkey that was shown: made here, by its owner in person, over the challenge that this browser was given. */
import { generateAuthenticationOptions, verifyAuthenticationResponse } from '@simplewebauthn/server';
import type { ShownCredential } from '#core/api/passkeys.ts';
import { fail } from '#core/errors.ts';
import type { Db, Tx } from '../db.ts';
import type { Origins, Site } from '../http.ts';
import type { SessionsOf as Person } from '../sessions/end-sessions.ts';
import { challengeValidityMs } from './challenge.ts';
import { findPasskey, findPasskeysOf, type PasskeyRow, recordPasskeyUse } from './queries.ts';

interface Deps {
  readonly db: Db;
  readonly origins: Origins;
}

/** For whom: one person's passkeys; null: whichever the browser finds for this site. */
export async function offerChallenge(
  { db, origins }: Deps,
  site: Site,
  person: Person | null,
  challenge: Uint8Array<ArrayBuffer>,
): Promise<Record<string, unknown>> {
  const known = person === null ? [] : await findPasskeysOf(db, person);
  return {
    ...(await generateAuthenticationOptions({
      rpID: new URL(origins[site]).hostname,
      challenge,
      timeout: challengeValidityMs,
      userVerification: 'required',
      allowCredentials: known.map(({ credentialId, transports }) => ({
        id: credentialId,
        transports: [...transports],
      })),
    })),
  };
}

export interface CheckedPasskey {
  readonly passkey: PasskeyRow;
  readonly counter: number;
}

/** Before any transaction: reading signatures takes its time. Why it is refused is not told. */
export async function checkPasskey(
  { db, origins }: Deps,
  site: Site,
  shown: { readonly credential: ShownCredential; readonly challenge: string },
): Promise<CheckedPasskey> {
  const passkey = await findPasskey(db, shown.credential.id);
  if (passkey === null) return fail('passkey_refused');
  const origin = origins[site];
  const verified = await verifyAuthenticationResponse({
    response: { ...shown.credential, clientExtensionResults: {} },
    expectedChallenge: shown.challenge,
    expectedOrigin: origin,
    expectedRPID: new URL(origin).hostname,
    credential: {
      id: passkey.credentialId,
      publicKey: new Uint8Array(passkey.publicKey),
      counter: passkey.counter,
      transports: [...passkey.transports],
    },
    requireUserVerification: true,
  }).catch(() => null);
  if (verified === null || !verified.verified) return fail('passkey_refused');
  return { passkey, counter: verified.authenticationInfo.newCounter };
}

/** In the transaction of what the passkey opens: counts its use, and refuses a copy of it. */
export async function usePasskey(
  tx: Tx,
  { passkey, counter }: CheckedPasskey,
  owner?: Person,
): Promise<void> {
  const { playerId, staffId } = passkey;
  const isOwned =
    owner === undefined || ('playerId' in owner ? owner.playerId === playerId : owner.staffId === staffId);
  if (!isOwned || !(await recordPasskeyUse(tx, passkey.passkeyId, counter))) fail('passkey_refused');
}

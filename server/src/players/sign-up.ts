/** Sign-up: makes the player, his account in the ledger, his first device and session, in one transaction. */
import { fail } from '#core/errors.ts';
import { readPseudonym } from '#core/pseudonym.ts';
import { ageMin, termsVersion } from '#core/settings.ts';
import { type Tx, violatedConstraint } from '../db.ts';
import { bindDevice } from '../devices/bind-device.ts';
import { openAccount } from '../ledger/post.ts';
import { hashNewPin } from '../pins/set-pin.ts';
import type { PeopleDeps } from '../sessions/people-deps.ts';
import { startSession } from '../sessions/start-session.ts';
import { uuidV7 } from '../uuid.ts';
import { auditLogIn } from './audit-log-in.ts';
import type { Door, LoggedIn } from './door.ts';
import { phoneOfSignUpToken } from './door-token.ts';
import { insertPlayer, judgeBirthDate, type PlayerRow } from './queries.ts';
import { recordReferral } from './record-referral.ts';

export interface SignUp {
  readonly signUpToken: string;
  readonly pseudonym: string;
  readonly birthDate: string;
  readonly pin: string;
  readonly termsVersion: string;
  /** The pseudonym of who asked him to come. */
  readonly referralCode?: string;
}

export async function signUp(deps: PeopleDeps, asked: SignUp & { readonly door: Door }): Promise<LoggedIn> {
  const { door, birthDate } = asked;
  await deps.limiter.take('logInsFromAddress', door.origin.address);
  const phone = await judge(deps, asked);
  const playerId = uuidV7(Date.now());
  const pinHash = await hashNewPin(deps.secrets.pinKeys, playerId, asked.pin, { birthDate, phone });
  const signedUp = await deps.db.transaction(async (tx) => {
    const player = await addPlayer(tx, { ...asked, playerId, phone, pinHash, isTest: !deps.isProduction });
    if (asked.referralCode !== undefined) await recordReferral(tx, playerId, asked.referralCode);
    const device = await bindDevice(tx, { playerId, token: door.deviceToken, label: door.deviceLabel });
    const session = await startSession(tx, {
      kind: 'player',
      personId: playerId,
      deviceId: device.deviceId,
      replaces: door.replaces,
    });
    await auditLogIn(tx, { playerId, phone, by: 'sign_up', outcome: 'done', origin: door.origin });
    return { player, session, deviceToken: device.token };
  });
  if (door.replaces !== null) deps.sessions.forget(door.replaces);
  return signedUp;
}

/** The phone of who may sign up with this; everything else is refused. */
async function judge(deps: PeopleDeps, asked: SignUp): Promise<string> {
  return deps.db.transaction(async (tx) => {
    const { nowMs, ...age } = await judgeBirthDate(tx, asked.birthDate, ageMin);
    const phone = phoneOfSignUpToken(deps.secrets.formKeys, asked.signUpToken, nowMs);
    if (phone === null) return fail('sign_up_expired');
    if (!age.isPossible) fail('request_invalid', { detail: 'body/birthDate' });
    if (!age.isOldEnough) fail('too_young');
    if (asked.termsVersion !== termsVersion) fail('terms_outdated');
    return phone;
  });
}

export interface NewPlayer {
  readonly playerId: string;
  /** In E.164, checked. */
  readonly phone: string;
  readonly pseudonym: string;
  readonly birthDate: string;
  readonly termsVersion: string;
  /** Null: he chooses his PIN at his first log-in. */
  readonly pinHash: string | null;
  readonly isTest: boolean;
}

/** Makes a player with his account. The demonstration and the smoke test make theirs with it too. */
export async function addPlayer(
  tx: Tx,
  asked: NewPlayer,
): Promise<PlayerRow & { readonly accountId: number }> {
  const pseudonym = readPseudonym(asked.pseudonym) ?? fail('pseudonym_invalid');
  const { playerId } = asked;
  const accountId = await openAccount(tx, 'player_available', playerId, asked.isTest);
  const { phone, isTest } = asked;
  try {
    await insertPlayer(tx, {
      ...asked,
      pseudonym: pseudonym.text,
      pseudonymKey: pseudonym.key,
      accountId,
    });
  } catch (error) {
    switch (violatedConstraint(error)) {
      case 'player_pseudonym_once':
        return fail('pseudonym_taken');
      case 'player_phone_once':
        return fail('sign_up_expired');
      case 'staff_and_players_apart':
        return fail('staff_may_not_bet');
      default:
        throw error;
    }
  }
  return { playerId, phone, pseudonym: pseudonym.text, isTest, accountId };
}

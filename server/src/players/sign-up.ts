/** Sign-up: makes the player, his account in the ledger and his first session, in one transaction. */
import { fail } from '#core/errors.ts';
import { readPseudonym } from '#core/pseudonym.ts';
import { ageMin, termsVersion } from '#core/settings.ts';
import { type Tx, violatedConstraint } from '../db.ts';
import { openAccount } from '../ledger/post.ts';
import type { PeopleDeps } from '../sessions/people-deps.ts';
import { type StartedSession, startSession } from '../sessions/start-session.ts';
import { uuidV7 } from '../uuid.ts';
import { insertPlayer, judgeBirthDate, type PlayerRow } from './queries.ts';
import { phoneOfSignUpToken } from './sign-up-token.ts';

export interface SignUp {
  readonly signUpToken: string;
  readonly pseudonym: string;
  readonly birthDate: string;
  readonly termsVersion: string;
}

export async function signUp(
  deps: PeopleDeps,
  asked: SignUp & { readonly replaces: string | null },
): Promise<{ readonly player: PlayerRow; readonly session: StartedSession }> {
  const signedUp = await deps.db.transaction(async (tx) => {
    const { nowMs, ...age } = await judgeBirthDate(tx, asked.birthDate, ageMin);
    const phone = phoneOfSignUpToken(deps.secrets.formKey, asked.signUpToken, nowMs);
    if (phone === null) return fail('sign_up_expired');
    if (!age.isPossible) fail('request_invalid', { detail: 'body/birthDate' });
    if (!age.isOldEnough) fail('too_young');
    if (asked.termsVersion !== termsVersion) fail('terms_outdated');
    const player = await addPlayer(tx, { ...asked, phone, isTest: !deps.isProduction });
    const session = await startSession(tx, {
      kind: 'player',
      personId: player.playerId,
      replaces: asked.replaces,
    });
    return { player, session };
  });
  if (asked.replaces !== null) deps.sessions.forget(asked.replaces);
  return signedUp;
}

export interface NewPlayer {
  /** In E.164, checked. */
  readonly phone: string;
  readonly pseudonym: string;
  readonly birthDate: string;
  readonly termsVersion: string;
  readonly isTest: boolean;
}

/** Makes a player with his account. The demonstration and the smoke test make theirs with it too. */
export async function addPlayer(
  tx: Tx,
  asked: NewPlayer,
): Promise<PlayerRow & { readonly accountId: number }> {
  const pseudonym = readPseudonym(asked.pseudonym) ?? fail('pseudonym_invalid');
  const playerId = uuidV7(Date.now());
  const accountId = await openAccount(tx, 'player_available', playerId, asked.isTest);
  const { phone, isTest } = asked;
  try {
    await insertPlayer(tx, {
      ...asked,
      playerId,
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

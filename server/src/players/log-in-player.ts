/** A player's log-in: phone and one-time code. A phone that nobody has opens a sign-up instead. */
import { type Refusal, RefusalError, refusal } from '#core/errors.ts';
import { signUpValidityMs } from '#core/settings.ts';
import type { Tx } from '../db.ts';
import { type CodeSent, sendCode, tryCode } from '../sessions/one-time-code.ts';
import type { PeopleDeps } from '../sessions/people-deps.ts';
import { readPhone } from '../sessions/read-phone.ts';
import { type StartedSession, startSession } from '../sessions/start-session.ts';
import { findPlayerByPhone, isStaffPhone, type PlayerRow } from './queries.ts';
import { signUpTokenOf } from './sign-up-token.ts';

export function sendPlayerCode(deps: PeopleDeps, asked: { readonly phone: string }): Promise<CodeSent> {
  return sendCode(deps.db, {
    phone: readPhone(asked.phone),
    purpose: 'player_log_in',
    codeKey: deps.secrets.codeKey,
    host: deps.hosts.player,
    gateway: deps.smsGateway,
  });
}

export type PlayerLogIn =
  | { readonly kind: 'logged_in'; readonly player: PlayerRow; readonly session: StartedSession }
  | { readonly kind: 'sign_up'; readonly signUpToken: string };

export async function logInPlayer(
  deps: PeopleDeps,
  asked: { readonly phone: string; readonly code: string; readonly replaces: string | null },
): Promise<PlayerLogIn> {
  const phone = readPhone(asked.phone);
  const { codeKey } = deps.secrets;
  const outcome = await deps.db.transaction(async (tx): Promise<PlayerLogIn | Refusal> => {
    const attempt = { phone, purpose: 'player_log_in', codeKey, code: asked.code } as const;
    return (await tryCode(tx, attempt)) ?? (await admit(tx, deps, phone, asked.replaces));
  });
  if ('code' in outcome) throw new RefusalError(outcome);
  if (outcome.kind === 'logged_in' && asked.replaces !== null) deps.sessions.forget(asked.replaces);
  return outcome;
}

/** Who showed the code has the phone: only now do the answers differ. */
async function admit(
  tx: Tx,
  deps: PeopleDeps,
  phone: string,
  replaces: string | null,
): Promise<PlayerLogIn | Refusal> {
  const player = await findPlayerByPhone(tx, phone);
  if (player?.isClosed === true) return refusal('not_allowed');
  if (player !== null) {
    const session = await startSession(tx, { kind: 'player', personId: player.playerId, replaces });
    return { kind: 'logged_in', player, session };
  }
  if (await isStaffPhone(tx, phone)) return refusal('staff_may_not_bet');
  return {
    kind: 'sign_up',
    signUpToken: await signUpTokenOf(tx, deps.secrets.formKey, phone, signUpValidityMs),
  };
}

/**
 * A player's log-in. On a bound device: phone and PIN. Elsewhere: a code by text message, then the PIN, and the
 * browser becomes a bound device. A phone that nobody has opens a sign-up; who has no PIN yet chooses one.
 */
import { type Refusal, RefusalError, refusal } from '#core/errors.ts';
import type { Tx } from '../db.ts';
import { findBoundDevice, recordDeviceUse } from '../devices/bind-device.ts';
import type { Log } from '../log.ts';
import { hashChosenPin, storePin } from '../pins/set-pin.ts';
import { tryPin } from '../pins/try-pin.ts';
import { type CodeSent, sendCode, tryCode } from '../sessions/one-time-code.ts';
import type { PeopleDeps } from '../sessions/people-deps.ts';
import { readPhone } from '../sessions/read-phone.ts';
import { startSession } from '../sessions/start-session.ts';
import { admitPlayer } from './admit-player.ts';
import { auditLogIn } from './audit-log-in.ts';
import type { Door, LoggedIn } from './door.ts';
import { type LogInToken, logInTokenOf, readLogInToken, signUpTokenOf } from './door-token.ts';
import { findPlayerByPhone, isStaffPhone, lockForLogIn, type PlayerAtDoor, recordLogIn } from './queries.ts';
import type { GuessWatch } from './watch-guessing.ts';

export interface LogInDeps extends PeopleDeps {
  readonly log: Log;
  readonly guessWatch: GuessWatch;
}

export function sendPlayerCode(
  deps: PeopleDeps,
  asked: { readonly phone: string; readonly address: string },
): Promise<CodeSent> {
  const { address } = asked;
  return sendCode(deps, {
    phone: readPhone(asked.phone),
    purpose: 'player_log_in',
    host: deps.hosts.player,
    address,
  });
}

/** What comes after a right code. */
export type CodeShown =
  | { readonly kind: 'pin_required' | 'pin_unset'; readonly logInToken: string }
  | { readonly kind: 'sign_up'; readonly signUpToken: string };

export async function showCode(
  deps: LogInDeps,
  asked: { readonly phone: string; readonly code: string; readonly door: Door },
): Promise<CodeShown> {
  const phone = readPhone(asked.phone);
  const { origin } = asked.door;
  await deps.limiter.take('logInsFromAddress', origin.address);
  const outcome = await deps.db.transaction(async (tx): Promise<CodeShown | Refusal> => {
    const refused = await tryCode(tx, deps, { phone, purpose: 'player_log_in', code: asked.code });
    // Looked up whether the code is right or not: the work is the same.
    const player = await findPlayerByPhone(tx, phone);
    const shown = refused ?? (await nextStep(tx, deps, phone, player));
    const result = 'code' in shown ? shown.code : shown.kind;
    await auditLogIn(tx, {
      playerId: player?.playerId ?? null,
      phone,
      by: 'code',
      outcome: result,
      origin,
    });
    return shown;
  });
  return settled(deps, outcome);
}

/** Who showed the code has the phone: only now do the answers differ. */
async function nextStep(
  tx: Tx,
  deps: LogInDeps,
  phone: string,
  player: PlayerAtDoor | null,
): Promise<CodeShown | Refusal> {
  const { formKeys } = deps.secrets;
  if (player?.isClosed === true) return refusal('not_allowed');
  if (player !== null) {
    const logInToken = await logInTokenOf(tx, formKeys, { playerId: player.playerId, phone });
    return { kind: player.hasPin ? 'pin_required' : 'pin_unset', logInToken };
  }
  if (await isStaffPhone(tx, phone)) return refusal('staff_may_not_bet');
  const { signUpValidityMs } = deps.settings.current();
  return { kind: 'sign_up', signUpToken: await signUpTokenOf(tx, formKeys, phone, signUpValidityMs) };
}

/** Who showed the code that this token stands for; null when it serves no more. It still serves afterwards. */
export async function findShownPlayer(
  tx: Tx,
  deps: PeopleDeps,
  logInToken: string,
): Promise<PlayerAtDoor | null> {
  const token = readLogInToken(deps.secrets.formKeys, logInToken);
  return token === null ? null : lockForLogIn(tx, token, deps.settings.current().codeValidityMs);
}

/** After a code: the PIN, or for who has none yet the one he chooses. Binds the browser. */
export async function logInWithPin(
  deps: LogInDeps,
  asked: { readonly logInToken: string; readonly pin: string; readonly door: Door },
): Promise<LoggedIn> {
  const { pin, door } = asked;
  await deps.limiter.take('logInsFromAddress', door.origin.address);
  const token = readLogInToken(deps.secrets.formKeys, asked.logInToken);
  if (token === null) throw new RefusalError(refusal('log_in_expired'));
  const known = await findPlayerByPhone(deps.db, token.phone);
  if (known?.playerId !== token.playerId) throw new RefusalError(refusal('log_in_expired'));
  const outcome = known.hasPin
    ? await tryPin(deps, { kind: 'player', playerId: token.playerId }, pin, (tx) =>
        admit(tx, deps, token, door, true),
      )
    : await admitWithNewPin(deps, token, pin, door);
  return entered(deps, outcome, { playerId: token.playerId, phone: token.phone, by: 'pin', door });
}

async function admitWithNewPin(
  deps: LogInDeps,
  token: LogInToken,
  pin: string,
  door: Door,
): Promise<LoggedIn | Refusal> {
  const pinHash = await hashChosenPin(deps, token.playerId, pin);
  return deps.db.transaction(async (tx) => {
    const outcome = await admit(tx, deps, token, door, false);
    if (!('code' in outcome)) await storePin(tx, token.playerId, pinHash);
    return outcome;
  });
}

/** Lets in who has shown a code of his number, and makes his browser a bound device. */
async function admit(
  tx: Tx,
  deps: LogInDeps,
  token: LogInToken,
  door: Door,
  hadPin: boolean,
): Promise<LoggedIn | Refusal> {
  const player = await lockForLogIn(tx, token, deps.settings.current().codeValidityMs);
  if (player === null || player.hasPin !== hadPin) return refusal('log_in_expired');
  if (player.isClosed) return refusal('not_allowed');
  return { player, ...(await admitPlayer(tx, deps, player, door)) };
}

/** On a bound device: phone and PIN. Every other browser gets the same answer, whoever has the number. */
export async function logInOnDevice(
  deps: LogInDeps,
  asked: { readonly phone: string; readonly pin: string; readonly door: Door },
): Promise<LoggedIn> {
  const phone = readPhone(asked.phone);
  const { door } = asked;
  await deps.limiter.take('logInsFromAddress', door.origin.address);
  const bound = await findBoundDevice(deps.db, door.deviceToken, phone);
  if (bound === null) {
    return entered(deps, refusal('device_unknown'), { playerId: null, phone, by: 'device', door });
  }
  const outcome = await tryPin(deps, { kind: 'device', ...bound }, asked.pin, async (tx) => {
    const player = await findPlayerByPhone(tx, phone);
    if (player?.playerId !== bound.playerId) return refusal('device_unknown');
    if (player.isClosed) return refusal('not_allowed');
    await recordDeviceUse(tx, bound.deviceId);
    await recordLogIn(tx, player.playerId);
    const { playerId: personId } = player;
    const { replaces } = door;
    const session = await startSession(tx, { kind: 'player', personId, deviceId: bound.deviceId, replaces });
    return { player, session, deviceToken: null };
  });
  return entered(deps, outcome, { playerId: bound.playerId, phone, by: 'device', door });
}

/** Writes down how a log-in ended; throws its refusal. */
async function entered(
  deps: LogInDeps,
  outcome: LoggedIn | Refusal,
  who: {
    readonly playerId: string | null;
    readonly phone: string;
    readonly by: 'pin' | 'device';
    readonly door: Door;
  },
): Promise<LoggedIn> {
  const { door, ...rest } = who;
  const result = 'code' in outcome ? outcome.code : 'done';
  await deps.db.transaction((tx) => auditLogIn(tx, { ...rest, outcome: result, origin: door.origin }));
  const loggedIn = await settled(deps, outcome);
  if (door.replaces !== null) deps.sessions.forget(door.replaces);
  return loggedIn;
}

const wrongOnes: readonly string[] = ['code_wrong', 'pin_wrong', 'device_unknown'];

async function settled<T extends object>(deps: LogInDeps, outcome: T | Refusal): Promise<T> {
  if (!isRefused(outcome)) return outcome;
  if (wrongOnes.includes(outcome.code)) await deps.guessWatch.sawWrongLogIn();
  throw new RefusalError(outcome);
}

function isRefused(outcome: object): outcome is Refusal {
  return 'code' in outcome;
}

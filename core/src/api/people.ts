/** Players and staff: sign-up, log-in, log-out. */
import { Type } from 'typebox';
import { pinPattern } from '../pin.ts';
import { type Contract, Instant, staffRoles, strict, Uuid } from './contract.ts';

/** As typed; libphonenumber judges it, with Senegal as the country when there is no "+". */
const Phone = Type.String({ minLength: 6, maxLength: 24 });
const Code = Type.String({ pattern: '^[0-9]{6}$' });
export const Pin = Type.String({ pattern: pinPattern });
const LogInToken = Type.String({ minLength: 1, maxLength: 500 });
/** Says the same whether the number is known or not. */
export const CodeSent = strict({
  sent: Type.Literal(true),
  expiresAt: Instant,
  resendAfterS: Type.Integer(),
});

export const PlayerView = strict({
  playerId: Uuid,
  pseudonym: Type.String(),
  /** Only the last two digits are shown. */
  maskedPhone: Type.String(),
  isTest: Type.Boolean(),
});

export const StaffView = strict({
  staffId: Uuid,
  name: Type.String(),
  role: Type.Enum([...staffRoles]),
});

const codeErrors = [
  'phone_invalid',
  'code_too_soon',
  'code_too_many_failures',
  'too_many_requests',
  'sms_unavailable',
] as const;

export const peopleContract = {
  'POST /sessions/code': {
    caller: 'anyone',
    summary: 'Sends a one-time code to a phone.',
    body: strict({ phone: Phone }),
    status: 202,
    reply: CodeSent,
    errors: [...codeErrors],
  },
  'POST /sessions': {
    caller: 'anyone',
    summary: 'Shows the code. What comes next: the PIN, a PIN to choose, or, for a new number, a sign-up.',
    body: strict({ phone: Phone, code: Code }),
    reply: Type.Union([
      strict({ kind: Type.Literal('pin_required'), logInToken: Type.String() }),
      strict({ kind: Type.Literal('pin_unset'), logInToken: Type.String() }),
      strict({ kind: Type.Literal('sign_up'), signUpToken: Type.String() }),
    ]),
    errors: [
      'phone_invalid',
      'code_wrong',
      'code_too_many_failures',
      'too_many_requests',
      'staff_may_not_bet',
    ],
  },
  'POST /sessions/pin': {
    caller: 'anyone',
    summary:
      'Logs in after a code: with the PIN, or with the one that is chosen now. The session is a cookie; another one makes the browser a bound device.',
    body: strict({ logInToken: LogInToken, pin: Pin }),
    reply: PlayerView,
    errors: ['log_in_expired', 'pin_wrong', 'pin_too_many_failures', 'pin_weak', 'too_many_requests'],
  },
  'POST /sessions/device': {
    caller: 'anyone',
    summary: 'Logs in on a bound device: phone and PIN, without a code.',
    body: strict({ phone: Phone, pin: Pin }),
    reply: PlayerView,
    errors: ['phone_invalid', 'device_unknown', 'pin_wrong', 'pin_too_many_failures', 'too_many_requests'],
  },
  'POST /players': {
    caller: 'anyone',
    summary: 'Signs up with the token of a checked phone, and logs in.',
    body: strict({
      signUpToken: Type.String({ minLength: 1, maxLength: 500 }),
      pseudonym: Type.String({ minLength: 1, maxLength: 60 }),
      birthDate: Type.String({ format: 'date' }),
      pin: Pin,
      termsVersion: Type.String({ minLength: 1, maxLength: 20 }),
      /** The pseudonym of who asked him to come. */
      referralCode: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
    }),
    status: 201,
    reply: PlayerView,
    errors: [
      'sign_up_expired',
      'pseudonym_invalid',
      'pseudonym_taken',
      'pin_weak',
      'too_young',
      'terms_outdated',
      'staff_may_not_bet',
      'referral_code_unknown',
    ],
  },
  'GET /me/devices': {
    caller: 'player',
    summary: 'The devices that are bound to me, last used first.',
    reply: strict({
      devices: Type.Array(
        strict({
          deviceId: Uuid,
          label: Type.String(),
          boundAt: Instant,
          lastUsedAt: Instant,
          isThisOne: Type.Boolean(),
        }),
      ),
    }),
    errors: [],
  },
  'POST /me/devices/:deviceId/remove': {
    caller: 'owner',
    summary: 'Takes a device away: its sessions end, and it needs a code again.',
    params: strict({ deviceId: Uuid }),
    status: 204,
    reply: Type.Null(),
    errors: ['not_found'],
  },
  'GET /me': { caller: 'player', summary: 'Who I am.', reply: PlayerView, errors: [] },
  'POST /sessions/end': {
    caller: 'player',
    summary: 'Logs out.',
    status: 204,
    reply: Type.Null(),
    errors: [],
  },
  'POST /staff/sessions/code': {
    caller: 'anyone',
    summary: 'Sends a one-time code to a member of staff.',
    body: strict({ phone: Phone }),
    status: 202,
    reply: CodeSent,
    errors: [...codeErrors],
  },
  'POST /staff/sessions': {
    caller: 'anyone',
    summary: 'Logs a member of staff in: phone, one-time code and TOTP.',
    body: strict({ phone: Phone, code: Code, totp: Code }),
    reply: StaffView,
    errors: ['phone_invalid', 'code_wrong', 'code_too_many_failures'],
  },
  'GET /staff/me': { caller: 'staff', summary: 'Who I am.', reply: StaffView, errors: [] },
  'POST /staff/sessions/end': {
    caller: 'staff',
    summary: 'Logs out.',
    status: 204,
    reply: Type.Null(),
    errors: [],
  },
} as const satisfies Contract;

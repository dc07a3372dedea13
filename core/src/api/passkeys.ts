/** Passkeys (WebAuthn) of players and staff, and the second factor shown again. Credentials are the browser's own JSON. */
import { type Static, Type } from 'typebox';
import { type Contract, Instant, strict, Uuid } from './contract.ts';
import { Pin, PlayerView, StaffView } from './people.ts';

const Base64Url = (maxLength: number) => Type.String({ maxLength, pattern: '^[A-Za-z0-9_-]+$' });

/** Browsers add fields of their own: those are ignored. */
const credential = <const Response extends Record<string, ReturnType<typeof Type.String>>>(
  response: Response,
) =>
  Type.Object({
    id: Base64Url(1_400),
    rawId: Base64Url(1_400),
    type: Type.Literal('public-key'),
    response: Type.Object(response),
  });

/** What `credential.toJSON()` makes of a new passkey. */
export const NewCredential = credential({
  clientDataJSON: Base64Url(4_000),
  attestationObject: Base64Url(16_000),
});
/** What `credential.toJSON()` makes of a passkey that was shown. */
export const ShownCredential = credential({
  clientDataJSON: Base64Url(4_000),
  authenticatorData: Base64Url(4_000),
  signature: Base64Url(2_000),
});
export type NewCredential = Static<typeof NewCredential>;
export type ShownCredential = Static<typeof ShownCredential>;

/** For `PublicKeyCredential.parse…OptionsFromJSON`. Its challenge serves once, for this browser, for five minutes. */
const Options = strict({ options: Type.Record(Type.String(), Type.Unknown()) });
const Label = Type.String({ minLength: 1, maxLength: 40 });

export const PasskeyView = strict({
  passkeyId: Uuid,
  label: Type.String(),
  createdAt: Instant,
  lastUsedAt: Type.Union([Instant, Type.Null()]),
});
export type PasskeyView = Static<typeof PasskeyView>;

const Passkeys = strict({ passkeys: Type.Array(PasskeyView) });
const PasskeyId = strict({ passkeyId: Uuid });
const SteppedUp = strict({ steppedUp: Type.Literal(true) });
const refused = ['passkey_expired', 'passkey_refused'] as const;
const keyErrors = [...refused, 'step_up_required'] as const;

export const passkeysContract = {
  'GET /passkeys': { caller: 'player', summary: 'My passkeys.', reply: Passkeys, errors: [] },
  'POST /passkeys/options': {
    caller: 'player',
    summary: 'What a new passkey has to sign.',
    stepUp: true,
    reply: Options,
    errors: ['step_up_required'],
  },
  'POST /passkeys': {
    caller: 'player',
    summary: 'Adds a passkey.',
    stepUp: true,
    body: strict({ credential: NewCredential, label: Type.Optional(Label) }),
    status: 201,
    reply: PasskeyView,
    errors: keyErrors,
  },
  'POST /passkeys/:passkeyId/rename': {
    caller: 'owner',
    summary: 'Names one of my passkeys.',
    params: PasskeyId,
    body: strict({ label: Label }),
    reply: PasskeyView,
    errors: ['not_found'],
  },
  'POST /passkeys/:passkeyId/remove': {
    caller: 'owner',
    summary: 'Removes one of my passkeys.',
    params: PasskeyId,
    status: 204,
    reply: Type.Null(),
    errors: ['not_found'],
  },
  'POST /sessions/passkey/options': {
    caller: 'anyone',
    summary: 'What a passkey has to sign to log in.',
    reply: Options,
    errors: [],
  },
  'POST /sessions/passkey': {
    caller: 'anyone',
    summary: 'Logs in with a passkey: it is two factors in one.',
    body: strict({ credential: ShownCredential }),
    reply: PlayerView,
    errors: refused,
  },
  'POST /sessions/step-up/options': {
    caller: 'player',
    summary: 'What one of my passkeys has to sign to show it again.',
    reply: Options,
    errors: [],
  },
  'POST /sessions/step-up': {
    caller: 'player',
    summary: 'Shows a second factor again: the session gets a new cookie.',
    body: Type.Union([strict({ pin: Pin }), strict({ credential: ShownCredential })]),
    reply: SteppedUp,
    errors: [...refused, 'pin_wrong', 'pin_too_many_failures', 'log_in_expired'],
  },
  'GET /staff/passkeys': { caller: 'staff', summary: 'My passkeys.', reply: Passkeys, errors: [] },
  'POST /staff/passkeys/options': {
    caller: 'staff',
    summary: 'What a new passkey has to sign.',
    stepUp: true,
    reply: Options,
    errors: ['step_up_required'],
  },
  'POST /staff/passkeys': {
    caller: 'staff',
    summary: 'Adds a passkey.',
    stepUp: true,
    body: strict({ credential: NewCredential, label: Type.Optional(Label) }),
    status: 201,
    reply: PasskeyView,
    errors: keyErrors,
  },
  'POST /staff/passkeys/:passkeyId/rename': {
    caller: 'staff',
    summary: 'Names one of my passkeys.',
    params: PasskeyId,
    body: strict({ label: Label }),
    reply: PasskeyView,
    errors: ['not_found'],
  },
  'POST /staff/passkeys/:passkeyId/remove': {
    caller: 'staff',
    summary: 'Removes one of my passkeys.',
    params: PasskeyId,
    status: 204,
    reply: Type.Null(),
    errors: ['not_found'],
  },
  'POST /staff/sessions/passkey/options': {
    caller: 'anyone',
    summary: 'What a passkey has to sign to log in.',
    reply: Options,
    errors: [],
  },
  'POST /staff/sessions/passkey': {
    caller: 'anyone',
    summary: 'Logs a member of staff in with a passkey: it is two factors in one.',
    body: strict({ credential: ShownCredential }),
    reply: StaffView,
    errors: refused,
  },
  'POST /staff/sessions/step-up/options': {
    caller: 'staff',
    summary: 'What one of my passkeys has to sign to show it again.',
    reply: Options,
    errors: [],
  },
  'POST /staff/sessions/step-up': {
    caller: 'staff',
    summary: 'Shows a second factor again: the session gets a new cookie.',
    body: Type.Union([
      strict({ totp: Type.String({ pattern: '^[0-9]{6}$' }) }),
      strict({ credential: ShownCredential }),
    ]),
    reply: SteppedUp,
    errors: [...refused, 'code_wrong', 'code_too_many_failures'],
  },
} as const satisfies Contract;

/** Pages of the player's app about getting in: log-in, sign-up, PIN, devices, and what he is told of them. */
import { Type } from 'typebox';
import { pinPattern } from '../pin.ts';
import { strict, Uuid } from './contract.ts';
import { BackPath, type PageContract } from './pages.ts';

const Back = Type.Optional(BackPath);
/** The code of who asked him to come. */
const Referrer = Type.Optional(Type.String({ maxLength: 60 }));
const Phone = Type.String({ minLength: 6, maxLength: 24 });
/** Secrets never come back with the form. */
const Code = Type.String({ pattern: '^[0-9]{6}$', writeOnly: true });
const Pin = Type.String({ pattern: pinPattern, writeOnly: true });

export const playerAccessPages = {
  'GET /connexion': {
    caller: 'anyone',
    summary: 'Log-in: the phone. With who invites him, when he comes by a friend’s link.',
    query: strict({ suite: Back, parrain: Referrer }),
  },
  'POST /connexion': {
    caller: 'anyone',
    summary: 'Sends a one-time code.',
    form: strict({ phone: Phone, suite: Back, parrain: Referrer }),
  },
  'GET /connexion/code': { caller: 'anyone', summary: 'Log-in: the code.' },
  'POST /connexion/code': {
    caller: 'anyone',
    summary: 'Shows the code: the PIN comes next, or a sign-up.',
    form: strict({ code: Code }),
  },
  'POST /connexion/code/envoyer': {
    caller: 'anyone',
    summary: 'Sends a code to the phone that was typed: in place of the PIN, or once more.',
    form: strict({}),
  },
  'GET /connexion/pin': { caller: 'anyone', summary: 'Log-in: the PIN.' },
  'POST /connexion/pin': {
    caller: 'anyone',
    summary: 'Logs in with the PIN: after a code, or on a bound device.',
    form: strict({ pin: Pin }),
  },
  'GET /connexion/nouveau-pin': { caller: 'anyone', summary: 'Log-in: a PIN to choose.' },
  'POST /connexion/nouveau-pin': {
    caller: 'anyone',
    summary: 'Chooses a PIN and logs in.',
    form: strict({ pin: Pin, pinAgain: Pin }),
  },
  'GET /inscription': { caller: 'anyone', summary: 'Sign-up: pseudonym, birth date, PIN, terms.' },
  'POST /inscription': {
    caller: 'anyone',
    summary: 'Signs up and logs in.',
    form: strict({
      pseudonym: Type.String({ minLength: 1, maxLength: 60 }),
      birthDay: Type.Integer({ minimum: 1, maximum: 31 }),
      birthMonth: Type.Integer({ minimum: 1, maximum: 12 }),
      birthYear: Type.Integer({ minimum: 1900, maximum: 2100 }),
      pin: Pin,
      pinAgain: Pin,
      referralCode: Referrer,
      terms: Type.Literal(true),
    }),
  },
  'POST /moi/avis/:noticeId/lu': {
    caller: 'player',
    summary: 'I have read what I was told. The page where I read it comes back.',
    params: strict({ noticeId: Uuid }),
    form: strict({ suite: Back }),
  },
  'GET /moi/pin': {
    caller: 'player',
    summary: 'The form of a new PIN.',
    query: strict({ fait: Type.Optional(Type.Enum(['change'])) }),
  },
  'POST /moi/pin': {
    caller: 'player',
    summary: 'Changes the PIN: the one I have is shown with it.',
    form: strict({ pin: Pin, newPin: Pin, pinAgain: Pin }),
  },
  'GET /moi/appareils': {
    caller: 'player',
    summary: 'My devices.',
    query: strict({ fait: Type.Optional(Type.Enum(['retire'])) }),
  },
  'POST /moi/appareils/:deviceId/retirer': {
    caller: 'owner',
    summary: 'Takes a device away.',
    params: strict({ deviceId: Uuid }),
    form: strict({}),
  },
} as const satisfies PageContract;

export interface VisitorNotice {
  readonly noticeId: string;
  readonly kind:
    | 'device_bound'
    | 'pin_changed'
    | 'case_opened'
    | 'case_decided'
    | 'identity_decided'
    | 'bout_postponed'
    | 'bout_unfought'
    | 'leg_postponed'
    | 'leg_unfought';
  /** The device's label, say. */
  readonly detail: string;
  readonly madeAt: string;
}

/** A browser that is bound to the player. */
export interface Device {
  readonly deviceId: string;
  readonly label: string;
  readonly boundAt: string;
  readonly lastUsedAt: string;
  readonly isThisOne: boolean;
}

/** Page name → what it shows. */
export interface PlayerAccessViews {
  readonly phone: {
    readonly back: string | null;
    readonly referralCode: string | null;
    /** What a phone number looks like, for the field. */
    readonly pattern: string;
  };
  readonly code: {
    readonly phone: string;
    /** In the sandbox: the message that would have been sent. */
    readonly message: string | null;
  };
  readonly pin: { readonly phone: string; readonly isAfterCode: boolean };
  readonly newPin: Record<never, never>;
  readonly changePin: { readonly isChanged: boolean };
  readonly devices: { readonly devices: readonly Device[]; readonly isRemoved: boolean };
  readonly signUp: { readonly canSignUp: boolean; readonly referralCode: string | null };
}

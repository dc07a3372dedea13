/** Pages about sessions, passkeys and the second factor shown again, of both sites: each site's contract takes its own in. */
import { type Static, Type } from 'typebox';
import { pinPattern } from '../pin.ts';
import { strict, Uuid } from './contract.ts';
import { BackPath, type PageContract } from './pages.ts';
import type { PasskeyView } from './passkeys.ts';
import type { SessionView } from './sessions.ts';

const SessionId = strict({ sessionId: Uuid });
const News = strict({ fait: Type.Optional(Type.Enum(['fin', 'autres'])) });
const PasskeyId = strict({ passkeyId: Uuid });
const PasskeyNews = strict({ fait: Type.Optional(Type.Enum(['ajout', 'nom', 'retrait'])) });
const Label = strict({ label: Type.String({ minLength: 1, maxLength: 40 }) });
const Back = Type.Optional(BackPath);

export const playerSessionPages = {
  'GET /moi/sessions': { caller: 'player', summary: 'Where I am logged in.', query: News },
  'POST /moi/sessions/:sessionId/fin': {
    caller: 'owner',
    summary: 'Ends one of my sessions.',
    params: SessionId,
    form: strict({}),
  },
  'POST /moi/sessions/fin': {
    caller: 'player',
    summary: 'Ends all my sessions but this one.',
    stepUp: true,
    form: strict({}),
  },
  'GET /moi/cles': { caller: 'player', summary: 'My passkeys.', query: PasskeyNews },
  'POST /moi/cles/:passkeyId/nom': {
    caller: 'owner',
    summary: 'Names one of my passkeys.',
    params: PasskeyId,
    form: Label,
  },
  'POST /moi/cles/:passkeyId/retirer': {
    caller: 'owner',
    summary: 'Removes one of my passkeys.',
    params: PasskeyId,
    form: strict({}),
  },
  'GET /confirmer': {
    caller: 'player',
    summary: 'Shows a second factor again, and goes on.',
    query: strict({ suite: Back }),
  },
  'POST /confirmer': {
    caller: 'player',
    summary: 'Confirms with the PIN.',
    form: strict({ pin: Type.String({ pattern: pinPattern, writeOnly: true }), suite: Back }),
  },
} as const satisfies PageContract;

export const officeSessionPages = {
  'GET /sessions': { caller: 'staff', summary: 'Where I am logged in.', query: News },
  'POST /sessions/:sessionId/fin': {
    caller: 'staff',
    summary: 'Ends one of my sessions.',
    params: SessionId,
    form: strict({}),
  },
  'POST /sessions/fin': {
    caller: 'staff',
    summary: 'Ends all my sessions but this one.',
    stepUp: true,
    form: strict({}),
  },
  'GET /cles': { caller: 'staff', summary: 'My passkeys.', query: PasskeyNews },
  'POST /cles/:passkeyId/nom': {
    caller: 'staff',
    summary: 'Names one of my passkeys.',
    params: PasskeyId,
    form: Label,
  },
  'POST /cles/:passkeyId/retirer': {
    caller: 'staff',
    summary: 'Removes one of my passkeys.',
    params: PasskeyId,
    form: strict({}),
  },
  'GET /confirmer': {
    caller: 'staff',
    summary: 'Shows a second factor again, and goes on.',
    query: strict({ suite: Back }),
  },
  'POST /confirmer': {
    caller: 'staff',
    summary: 'Confirms with the code of the app.',
    form: strict({ totp: Type.String({ pattern: '^[0-9]{6}$', writeOnly: true }), suite: Back }),
  },
} as const satisfies PageContract;

export interface SessionsPageView {
  readonly sessions: readonly Static<typeof SessionView>[];
  readonly news: 'fin' | 'autres' | null;
}

export interface PasskeysPageView {
  readonly passkeys: readonly PasskeyView[];
  readonly news: 'ajout' | 'nom' | 'retrait' | null;
}

export interface ConfirmPageView {
  /** Where to go on. */
  readonly back: string;
  readonly hasPasskey: boolean;
}

export interface PlayerSessionViews {
  readonly sessions: SessionsPageView;
  readonly passkeys: PasskeysPageView;
  readonly confirm: ConfirmPageView;
}

export interface OfficeSessionViews {
  readonly sessions: SessionsPageView;
  readonly passkeys: PasskeysPageView;
  /** In the sandbox: what the app would show. */
  readonly confirm: ConfirmPageView & { readonly totp: string | null };
}

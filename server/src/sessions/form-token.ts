/**
 * Forms: a hidden field proves that the form came from our own page for this very session (a foreign page can post,
 * but cannot read it), and a slip carries the operation's id and the terms shown, signed, until they expire.
 */
import { randomBytes } from 'node:crypto';
import { fail } from '#core/errors.ts';
import { isSigned, type Keys, readSignedJson, signJson, signText } from './signed-text.ts';

/** What a page showed before the tap. `validUntil` is ISO 8601; the other fields are the page's own. */
export interface Slip {
  readonly operationId: string;
  readonly validUntil: string;
  readonly [field: string]: string | number | boolean;
}

export interface Forms {
  /** The hidden field of a form for this session. Each call gives another text, so a page's length tells nothing. */
  formToken(sessionId: string): string;
  /** Refuses with `form_expired` what was not made by `formToken` for this session. */
  checkFormToken(sessionId: string, token: string): void;
  signSlip(slip: Slip): string;
  /** The slip as it was signed. Refuses with `form_expired` what is not one of ours. Whether it has expired is the caller's question to the database clock. */
  readSlip(signed: string): Slip;
  /** A form that waits while its person confirms who he is. */
  signKept(personId: string, kept: KeptForm): string;
  /** Null for what was not signed for this person. */
  readKept(personId: string, signed: string): KeptForm | null;
}

export interface KeptForm {
  /** The form's key in the contract, and the page that holds it. */
  readonly form: string;
  readonly path: string;
  readonly typed: Readonly<Record<string, string>>;
}

/** Forms on pages without a session (log-in, sign-up) use this in place of a session's id. */
export const noSession = 'no session';

export function openForms(formKeys: Keys): Forms {
  const said = (sessionId: string, nonce: string) => `${sessionId}\n${nonce}`;
  return {
    formToken: (sessionId) => {
      const nonce = randomBytes(9).toString('base64url');
      return `${nonce}.${signText(formKeys, 'form', said(sessionId, nonce))}`;
    },
    checkFormToken: (sessionId, token) => {
      const [nonce, mac, more] = token.split('.');
      if (nonce === undefined || mac === undefined || more !== undefined) fail('form_expired');
      if (!isSigned(formKeys, 'form', said(sessionId, nonce), mac)) fail('form_expired');
    },
    signSlip: (slip) => signJson(formKeys, 'slip', slip),
    readSlip: (signed) => {
      const slip = readSignedJson(formKeys, 'slip', signed);
      return isSlip(slip) ? slip : fail('form_expired');
    },
    signKept: (personId, kept) => signJson(formKeys, `kept ${personId}`, kept),
    readKept: (personId, signed) => {
      const kept = readSignedJson(formKeys, `kept ${personId}`, signed);
      return isKept(kept) ? kept : null;
    },
  };
}

function isKept(value: unknown): value is KeptForm {
  return (
    typeof value === 'object' && value !== null && 'form' in value && 'path' in value && 'typed' in value
  );
}

function isSlip(value: unknown): value is Slip {
  return typeof value === 'object' && value !== null && 'operationId' in value && 'validUntil' in value;
}

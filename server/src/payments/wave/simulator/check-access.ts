/** Who may call the simulated Wave: the key, and the signature of keys that must sign. */
import { createHmac } from 'node:crypto';
import type { WaveFaults } from './control.ts';
import { WaveError } from './wave-error.ts';

const PAST_S_MAX = 300;
const FUTURE_S_MAX = 30;

export interface Caller {
  readonly authorization: string | undefined;
  readonly signature: string | undefined;
  readonly body: Buffer;
  readonly isReadingBalance: boolean;
}

export function checkAccess(
  caller: Caller,
  keys: { readonly apiKey: string; readonly signingSecret: string | null },
  { access }: Pick<WaveFaults, 'access'>,
): void {
  const { authorization } = caller;
  if (authorization === undefined) throw denied('missing-auth-header');
  const key = /^Bearer(?: (.*))?$/.exec(authorization);
  if (key === null) throw denied('invalid-auth');
  if (key[1] === undefined || key[1] === '') throw denied('api-key-not-provided');
  if (key[1] !== keys.apiKey) throw denied('no-matching-api-key');
  if (access === 'api-key-revoked') throw denied(access);
  if (keys.signingSecret !== null) checkSignature(caller, keys.signingSecret);
  if (access === 'granted' || (access === 'disabled-wallet' && caller.isReadingBalance)) return;
  throw new WaveError(403, access, 'Access is not allowed.');
}

function checkSignature({ signature, body }: Caller, secret: string): void {
  if (signature === undefined) throw denied('missing-signature');
  const [, t, digest] = /^t=([^,]*),v1=([0-9a-f]{64})$/.exec(signature) ?? [];
  if (t === undefined || digest === undefined) throw denied('invalid-signature-format');
  if (!/^\d{1,12}$/.test(t)) throw denied('invalid-signature-timestamp');
  const ageS = Math.floor(Date.now() / 1000) - Number(t);
  if (ageS > PAST_S_MAX) throw denied('expired-signature-timestamp');
  if (ageS < -FUTURE_S_MAX) throw denied('invalid-signature-timestamp');
  const right = createHmac('sha256', secret)
    .update(Buffer.concat([Buffer.from(t), body]))
    .digest('hex');
  if (digest !== right) throw denied('invalid-signature');
}

function denied(code: string): WaveError {
  return new WaveError(401, code, 'The request is not authorised.');
}

/**
 * The retailer's PIN: encrypted anew for each call under Orange's public key (PKCS#1 v1.5, as Orange wants it), and kept
 * from being tried to death. Three wrong PINs block the account, so that the first word of a wrong one stops everything
 * that needs it until the process is started with another, and never more than two tries are under way.
 */
import { constants, createPublicKey, type KeyObject, publicEncrypt } from 'node:crypto';
import { fieldOf, textOf } from '../json-fields.ts';
import type { Trouble } from '../provider.ts';
import { codeOf, isSuccess, type OrangeClient, type OrangeReply } from './client.ts';
import { judgeLookUpError } from './judge-error.ts';

const KEY_BITS_MIN = 2048;
const KEY_REVOKED = '4003';
/** It must be changed; it was wrong, once, twice, for the last time. */
const PIN_REFUSED: readonly string[] = ['2010', '2011', '2012', '2013'];
const TRIES_AT_ONCE = 2;
/** Who has waited longer is told so: his caller may have given him up already. */
const TURN_WAIT_MS_MAX = 5_000;

export interface RetailerPin {
  /** `call` gets the encrypted PIN; a revoked key is fetched anew, once: nothing was executed. */
  use(call: (encryptedPin: string) => Promise<OrangeReply>): Promise<OrangeReply>;
}

export function openRetailerPin(client: OrangeClient, pin: string, now: () => number): RetailerPin {
  let key: KeyObject | null = null;
  let asking: Promise<KeyObject | Trouble> | null = null;
  let refusedWith: string | null = null;
  // Until Orange has taken the PIN once, tries go one by one.
  let isProven = false;
  let underWay = 0;
  const queue: (() => void)[] = [];

  async function findKey(): Promise<KeyObject | Trouble> {
    if (key !== null) return key;
    asking ??= askKey(client).finally(() => {
      asking = null;
    });
    const answer = await asking;
    if (!('kind' in answer)) key = answer;
    return answer;
  }

  async function attempt(call: (encryptedPin: string) => Promise<OrangeReply>): Promise<OrangeReply> {
    for (let tries = 1; ; tries++) {
      const used = await findKey();
      if ('kind' in used) return used;
      const reply = await call(encrypt(used, pin));
      if (reply.kind !== 'answer') return reply;
      const code = codeOf(reply) ?? '';
      if (PIN_REFUSED.includes(code)) refusedWith = code;
      if (isSuccess(reply)) isProven = true;
      if (code !== KEY_REVOKED || isSuccess(reply)) return reply;
      if (key === used) key = null;
      if (tries > 1) return reply;
    }
  }

  /** False: it took too long, and the turn is not taken. */
  async function takeTurn(): Promise<boolean> {
    const isFull = () => underWay >= (isProven ? TRIES_AT_ONCE : 1);
    if (isFull()) {
      const cameAtMs = now();
      while (isFull()) await new Promise<void>((resolve) => queue.push(resolve));
      if (now() - cameAtMs > TURN_WAIT_MS_MAX) return false;
    }
    underWay += 1;
    return true;
  }

  function giveTurn(): void {
    underWay -= 1;
    for (const next of queue.splice(0)) next();
  }

  return {
    use: async (call) => {
      if (!(await takeTurn())) return waitedTooLong;
      try {
        return refusedWith === null ? await attempt(call) : pinRefused(refusedWith);
      } finally {
        giveTurn();
      }
    },
  };
}

const waitedTooLong: Trouble = {
  kind: 'later',
  reason: 'too_many_requests',
  detail: 'others were using the retailer’s PIN for too long',
};

function pinRefused(code: string): Trouble {
  const detail = `the retailer's PIN was refused (code ${code}) and is not tried again`;
  return { kind: 'closed', reason: 'provider_stopped', detail };
}

/** Fresh padding each time: 344 characters of base64 for a key of 2048 bits. */
function encrypt(key: KeyObject, pin: string): string {
  return publicEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, Buffer.from(pin, 'utf8')).toString(
    'base64',
  );
}

async function askKey(client: OrangeClient): Promise<KeyObject | Trouble> {
  const reply = await client.call({ method: 'GET', path: '/api/account/v1/publicKeys' });
  // Whatever went wrong: nothing was asked for yet.
  if (reply.kind === 'unknown')
    return { kind: 'later', reason: 'provider_unreachable', detail: reply.detail };
  if (reply.kind !== 'answer') return reply;
  if (!isSuccess(reply)) {
    const { detail } = judgeLookUpError(reply);
    return { kind: 'later', reason: 'provider_unreachable', detail: `no public key: ${detail}` };
  }
  const described: unknown = Array.isArray(reply.json) ? reply.json[0] : reply.json;
  const key = readKey(textOf(fieldOf(described, 'key')) ?? '');
  const detail = 'no public key that can be used';
  return key ?? { kind: 'later', reason: 'provider_unreachable', detail };
}

/** Bare base64 as a rule, with PEM's armour in a guide. Null: no RSA key, or one that is too short. */
function readKey(text: string): KeyObject | null {
  try {
    const key = text.includes('BEGIN')
      ? createPublicKey(text)
      : createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' });
    const isRsa = key.asymmetricKeyType === 'rsa';
    return isRsa && (key.asymmetricKeyDetails?.modulusLength ?? 0) >= KEY_BITS_MIN ? key : null;
  } catch {
    return null;
  }
}

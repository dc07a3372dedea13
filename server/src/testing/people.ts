/** People who come in by the front door: codes by text message, sign-up, log-in, TOTP, all through HTTP. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { StaffRole } from '#core/api/contract.ts';
import { termsVersion } from '#core/settings.ts';
import { addStaffMember } from '../staff/add-staff-member.ts';
import type { Answer, House } from './house.ts';

export interface TestPerson {
  readonly phone: string;
  readonly name: string;
  /** The whole header. */
  readonly cookie: string;
  get(path: string): Promise<Answer>;
  post(path: string, body?: object): Promise<Answer>;
}

export interface TestPlayer extends TestPerson {
  readonly playerId: string;
  /** The cookie of his bound device, as a header. */
  readonly device: string;
}

export interface TestStaff extends TestPerson {
  readonly staffId: string;
}

/** Everybody's PIN, unless a test is about PINs. */
export const testPin = '7294';

let phoneCount = 0;

/** A Senegalese mobile number that nobody of this process has. */
export function newPhone(): string {
  phoneCount += 1;
  return `+22177${String(1_000_000 + phoneCount)}`;
}

/** The last code that was sent to this phone, read from the sandbox. */
export async function readCode(house: House, phone: string): Promise<string> {
  const { body } = await house.get(`/sandbox/sms?phone=${encodeURIComponent(phone)}`);
  const code = /#(\d{6})$/.exec(body.messages[0]?.body ?? '')?.[1];
  assert(code !== undefined, `no code for ${phone}`);
  return code;
}

/** Asks for a code and reads it. */
export async function askCode(house: House, phone: string, site: '' | '/staff' = ''): Promise<string> {
  const asked = await house.post(`${site}/sessions/code`, undefined, { phone });
  assert.equal(asked.status, 202, JSON.stringify(asked.body));
  return readCode(house, phone);
}

/** The first cookie that an answer sets, as a header to send back; empty when it sets none or clears it. */
export function cookieOf(answer: Answer): string {
  return cookiesOf(answer)[0] ?? '';
}

/** The cookie that makes a browser a bound device; empty when the answer sets none. */
export function deviceOf(answer: Answer): string {
  return cookiesOf(answer).find((pair) => pair.startsWith('mb_appareil=')) ?? '';
}

function cookiesOf(answer: Answer): string[] {
  return [answer.headers['set-cookie'] ?? []]
    .flat()
    .map((header) => String(header).split(';')[0] ?? '')
    .filter((pair) => !pair.endsWith('='));
}

/** Logs a player in with a code and his PIN; with `device`, on that one. */
export async function logInPlayer(house: House, phone: string, device?: string): Promise<Answer> {
  const shown = await house.post('/sessions', device, { phone, code: await askCode(house, phone) });
  const { logInToken } = shown.body;
  return house.post('/sessions/pin', device, { logInToken, pin: testPin });
}

/** A new player who has signed up, with money when `availableXof` is given (at least a deposit's minimum). */
export async function signUpPlayer(
  house: House,
  asked: {
    readonly phone?: string;
    readonly pseudonym?: string;
    readonly availableXof?: number;
    readonly referralCode?: string;
  } = {},
): Promise<TestPlayer> {
  const phone = asked.phone ?? newPhone();
  const pseudonym = asked.pseudonym ?? `Essai-${phone.slice(-5)}`;
  const code = await askCode(house, phone);
  const checked = await house.post('/sessions', undefined, { phone, code });
  assert.equal(checked.body.kind, 'sign_up', JSON.stringify(checked.body));
  const { signUpToken } = checked.body;
  const { referralCode } = asked;
  const form = {
    ...{ signUpToken, pseudonym, birthDate: '1990-01-31', pin: testPin, termsVersion },
    ...(referralCode === undefined ? {} : { referralCode }),
  };
  const signedUp = await house.post('/players', undefined, form);
  assert.equal(signedUp.status, 201, JSON.stringify(signedUp.body));
  const player = {
    ...personOf(house, { phone, name: pseudonym, cookie: cookieOf(signedUp) }),
    playerId: signedUp.body.playerId,
    device: deviceOf(signedUp),
  };
  if (asked.availableXof !== undefined) await depositFor(player, asked.availableXof);
  return player;
}

export async function depositFor(player: TestPlayer, amountXof: number): Promise<void> {
  const answer = await player.post('/deposits', {
    operationId: randomUUID(),
    provider: 'internal',
    amountXof,
  });
  assert.equal(answer.body.state, 'credited', JSON.stringify(answer.body));
}

/** A new member of staff, logged in with code and TOTP. */
export async function logInNewStaff(house: House, role: StaffRole = 'operator'): Promise<TestStaff> {
  const phone = newPhone();
  const { staffId } = await addStaffMember(house.db, { phone, name: `Essai ${phone.slice(-5)}`, role });
  return { ...(await logInStaff(house, phone)), staffId };
}

/** Logs in a member of staff who exists. */
export async function logInStaff(house: House, phone: string): Promise<TestPerson> {
  const answer = await house.post('/staff/sessions', undefined, {
    phone,
    code: await askCode(house, phone, '/staff'),
    totp: await readTotp(house, phone),
  });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return personOf(house, { phone, name: answer.body.name, cookie: cookieOf(answer) });
}

export async function readTotp(house: House, phone: string): Promise<string> {
  const { body } = await house.get('/sandbox/staff');
  const staff: { phone: string; totp: string }[] = body.staff;
  const totp = staff.find((one) => one.phone === phone)?.totp;
  assert(totp !== undefined, `no staff at ${phone}`);
  return totp;
}

function personOf(
  house: House,
  person: { readonly phone: string; readonly name: string; readonly cookie: string },
): TestPerson {
  return {
    ...person,
    get: (path) => house.get(path, person.cookie),
    post: (path, body) => house.post(path, person.cookie, body ?? {}),
  };
}

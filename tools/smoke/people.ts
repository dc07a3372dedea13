/** The people of the smoke test, each with his session: from a file of credentials, or by the front door and the sandbox. */
import { readFileSync } from 'node:fs';
import { termsVersion } from '#core/settings.ts';
import { expect, type Steps, until } from './steps.ts';

export interface Sites {
  readonly playerUrl: string;
  readonly officeUrl: string;
}

/** What a file of credentials holds: four sessions. */
export interface Credentials {
  readonly players: readonly [string, string];
  readonly staff: readonly [string, string];
}

export interface Reply {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: JSON of any shape, checked by each step
  readonly body: any;
}

/** Someone with a session (or nobody): asks and sends. */
export class Person {
  readonly #origin: string;
  #cookie: string;

  constructor(origin: string, cookie = '') {
    this.#origin = origin;
    this.#cookie = cookie;
  }

  get(path: string): Promise<Reply> {
    return this.#send(path, {});
  }

  post(path: string, body: object): Promise<Reply> {
    return this.#send(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  /** Posts, and says what came back when it is not what a good answer looks like. */
  async mustPost(path: string, body: object): Promise<Reply['body']> {
    return judged(path, await this.post(path, body));
  }

  async mustGet(path: string): Promise<Reply['body']> {
    return judged(path, await this.get(path));
  }

  async #send(path: string, init: RequestInit): Promise<Reply> {
    const headers = { ...init.headers, ...(this.#cookie === '' ? {} : { cookie: this.#cookie }) };
    const response = await fetch(`${this.#origin}/api/v1${path}`, {
      ...init,
      headers,
      signal: AbortSignal.timeout(20_000),
    });
    const [cookie] = response.headers.getSetCookie();
    if (cookie !== undefined) this.#cookie = cookie.split(';')[0] ?? '';
    const text = await response.text();
    return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : text };
  }
}

function judged(path: string, { status, body }: Reply): Reply['body'] {
  if (status >= 200 && status < 300) return body;
  throw new Error(`${path}: ${status} ${body.code ?? ''} ${body.title ?? ''}`);
}

export interface People {
  readonly players: readonly [Person, Person];
  readonly staff: readonly [Person, Person];
}

export async function findPeople(steps: Steps, at: Sites, file: string | undefined): Promise<People> {
  if (file !== undefined) {
    // Written by `--prepare`; a wrong cookie answers 401 at the first step.
    const { players, staff } = JSON.parse(readFileSync(file, 'utf8')) as Credentials;
    return {
      players: [new Person(at.playerUrl, players[0]), new Person(at.playerUrl, players[1])],
      staff: [new Person(at.officeUrl, staff[0]), new Person(at.officeUrl, staff[1])],
    };
  }
  const one = await steps.run('a player logs in', () => logInPlayer(at, smokePlayers[0]));
  const other = await steps.run('another player logs in', () => logInPlayer(at, smokePlayers[1]));
  const staff = await steps.run('two operators log in', () => logInOperators(at));
  return { players: [one, other], staff };
}

/** New ones each time: on a device that is new, a player's withdrawals would wait a day. */
const run = String(Date.now() % 1_000_000).padStart(6, '0');
export const smokePlayers = [
  { phone: `+221701${run}`, pseudonym: `Essai-${run}-un` },
  { phone: `+221700${run}`, pseudonym: `Essai-${run}-deux` },
] as const;
const pin = '7294';

export async function logInPlayer(at: Sites, who: (typeof smokePlayers)[number]): Promise<Person> {
  const { phone, pseudonym } = who;
  const person = new Person(at.playerUrl);
  await person.mustPost('/sessions/code', { phone });
  const outcome = await person.mustPost('/sessions', { phone, code: await readCode(at, phone) });
  if (outcome.kind === 'sign_up') {
    const birthDate = '1990-01-01';
    const { signUpToken } = outcome;
    await person.mustPost('/players', { signUpToken, pseudonym, birthDate, pin, termsVersion });
  } else {
    await person.mustPost('/sessions/pin', { logInToken: outcome.logInToken, pin });
  }
  expect((await person.mustGet('/me')).isTest, true, 'a player of the smoke test is flagged as test');
  return person;
}

async function logInOperators(at: Sites): Promise<[Person, Person]> {
  const { staff } = await new Person(at.playerUrl).mustGet('/sandbox/staff');
  const [one, other] = staff.filter(({ role }: { role: string }) => role === 'operator');
  if (one === undefined || other === undefined) throw new Error('the sandbox has no two operators');
  return [await logInOperator(at, one.phone), await logInOperator(at, other.phone)];
}

async function logInOperator(at: Sites, phone: string): Promise<Person> {
  const person = new Person(at.officeUrl);
  // A TOTP code serves once: the next one may be half a minute away.
  return until('a TOTP code that was not used', 65_000, async () => {
    await person.mustPost('/staff/sessions/code', { phone });
    const { staff } = await new Person(at.playerUrl).mustGet('/sandbox/staff');
    const { totp } = staff.find((member: { phone: string }) => member.phone === phone);
    const answer = await person.post('/staff/sessions', { phone, code: await readCode(at, phone), totp });
    if (answer.status !== 200 && answer.body.code !== 'code_wrong') judged('/staff/sessions', answer);
    return answer.status === 200 ? person : null;
  });
}

async function readCode(at: Sites, phone: string): Promise<string> {
  const path = `/sandbox/sms?phone=${encodeURIComponent(phone)}`;
  const { messages } = await new Person(at.playerUrl).mustGet(path);
  const code = /#(\d{6})$/.exec(messages[0]?.body ?? '')?.[1];
  if (code === undefined) throw new Error(`no code was sent to ${phone}`);
  return code;
}

/** Newest first: each balance is the one before it and the movement. */
export async function statementAddsUp(player: Person): Promise<void> {
  const { availableXof } = await player.mustGet('/wallet');
  const { movements } = await player.mustGet('/wallet/statement');
  let balance: number = availableXof;
  for (const { amountXof, balanceAfterXof } of movements) {
    expect(balanceAfterXof, balance, 'a balance on the statement');
    balance -= amountXof;
  }
}

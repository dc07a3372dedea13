/**
 * Every secret of the server, in one table: a new one is one line here, and it is read, judged and kept like the others.
 * Production takes each from the environment and refuses what is missing, short, a sample or used twice; elsewhere what
 * is not given is made once and kept in DATA_DIR.
 */
import { join } from 'node:path';
import { keepSecret } from './secrets.ts';

interface SecretRow {
  /** The environment's name for it. Its file in DATA_DIR is called the same, in small letters. */
  readonly variable: string;
  /** A list, newest first, parted by commas: what an older one made still opens. */
  readonly rotates: boolean;
}

export const secretTable = {
  /** Signs form tokens and slips. */
  formKeys: { variable: 'FORM_KEY', rotates: true },
  /** Peppers the hashes of one-time codes. */
  codeKeys: { variable: 'CODE_KEY', rotates: true },
  /** Pepper the hashes of PINs. */
  pinKeys: { variable: 'PIN_KEY', rotates: true },
  /** Encrypts documents and other secrets at rest. */
  dataKeys: { variable: 'DATA_KEY', rotates: true },
  /** Compares what is encrypted, such as document numbers. It does not rotate. */
  matchKey: { variable: 'MATCH_KEY', rotates: false },
  /** Signs the bearer tokens of programs. */
  bearerKeys: { variable: 'BEARER_KEY', rotates: true },
} as const satisfies Readonly<Record<string, SecretRow>>;

type SecretName = keyof typeof secretTable;

export type Secrets = {
  readonly [Name in SecretName]: (typeof secretTable)[Name]['rotates'] extends true
    ? readonly string[]
    : string;
};

type Complain = (problem: string) => void;

/** What the environment gives, by variable; an absent one has no values. */
export type GivenSecrets = ReadonlyMap<string, readonly string[]>;

const charsMin = 32;
const passwordCharsMin = 12;

export function readSecrets(get: (variable: string) => string | undefined): GivenSecrets {
  const rows: readonly SecretRow[] = Object.values(secretTable);
  return new Map(
    rows.map(({ variable, rotates }) => {
      const text = get(variable);
      if (text === undefined) return [variable, []];
      return [variable, rotates ? text.split(',').map((part) => part.trim()) : [text]];
    }),
  );
}

/** Complains of each secret that production cannot be safe with. Never repeats one. */
export function judgeSecrets(given: GivenSecrets, complain: Complain): void {
  const seen = new Set<string>();
  for (const [name, values] of given) {
    if (values.length === 0) complain(`${name} is missing: at least ${charsMin} random characters`);
    for (const value of values) {
      if (value.length < charsMin) complain(`${name} is too short: at least ${charsMin} random characters`);
      else if (isSample(value))
        complain(`${name} is a sample, not a secret: draw ${charsMin} random characters`);
      else if (seen.has(value)) complain(`${name} repeats another secret: each one is drawn for itself`);
      seen.add(value);
    }
  }
}

/** The same for the passwords inside addresses. An address without one is let in by other means, or not at all. */
export function judgePasswords(
  addresses: Readonly<Record<string, string | undefined>>,
  complain: Complain,
): void {
  const seen = new Set<string>();
  for (const [name, address = ''] of Object.entries(addresses)) {
    const password = URL.canParse(address) ? decodeURIComponent(new URL(address).password) : '';
    if (password === '') continue;
    if (password.length < passwordCharsMin)
      complain(`${name} has a password that is too short: at least ${passwordCharsMin} random characters`);
    else if (isSample(password, passwordCharsMin / 2))
      complain(`${name} has a sample for a password: draw one`);
    else if (seen.has(password))
      complain(`${name} repeats the password of another address: each one is drawn for itself`);
    seen.add(password);
  }
}

function isSample(value: string, distinctMin = 12): boolean {
  return (
    new Set(value).size < distinctMin ||
    /change|example|sample|secret|password|default|motdepasse|123456|postgres|mbayar/i.test(value)
  );
}

/** What the environment does not give is made once and kept in DATA_DIR. */
export function keepSecrets(given: GivenSecrets, dataDir: string): Secrets {
  const rows: [string, SecretRow][] = Object.entries(secretTable);
  const secrets = rows.map(([name, { variable, rotates }]) => {
    const values = given.get(variable) ?? [];
    const file = variable.toLowerCase().replaceAll('_', '-');
    const kept = values.length > 0 ? values : [keepSecret(join(dataDir, 'secrets'), file)];
    return [name, rotates ? kept : kept[0]] as const;
  });
  // One entry for each row of the table, a list where the row says so.
  return Object.fromEntries(secrets) as unknown as Secrets;
}

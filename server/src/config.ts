/**
 * Every setting that comes from the environment, read and judged once, at start-up. A bad value is refused by name;
 * all of them at once, so that they can be put right at once.
 */
import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { judgePasswords, judgeSecrets, keepSecrets, readSecrets, type Secrets } from './secret-table.ts';
import { type OrangeSmsConfig, readOrangeSms } from './sms-config.ts';
import { StartError } from './start-error.ts';

export interface Config {
  readonly mode: 'sandbox' | 'production';
  readonly isProduction: boolean;
  /** The address both sites listen on. */
  readonly host: string;
  readonly playerPort: number;
  readonly officePort: number;
  /** Where the simulated payment providers listen, in the sandbox. */
  readonly simulatorPort: number;
  /** How people reach the sites from outside; without a slash at the end. */
  readonly publicUrl: string;
  readonly officeUrl: string;
  /** How the simulated payment providers are reached: by the server and by the phones that pay. */
  readonly simulatorUrl: string;
  readonly dataDir: string;
  /** Where the audit log is copied to, one file a day. */
  readonly auditDir: string;
  /** The owner's connection; none: the embedded PostgreSQL. */
  readonly databaseUrl: string | undefined;
  /** The server's own connection; none: a role we make, its password kept in DATA_DIR. */
  readonly appDatabaseUrl: string | undefined;
  readonly logLevel: string;
  /** What nodes share goes through this Redis; none: through PostgreSQL. It may hold a password. */
  readonly redisUrl: string | undefined;
  /** Addresses and networks of the proxies whose X-Forwarded-For is believed; none: nobody's. */
  readonly trustedProxies: readonly string[];
  /** Who carries text messages; none: production sends none. */
  readonly orangeSms: OrangeSmsConfig | null;
  readonly secrets: Secrets;
}

type Environment = Readonly<Record<string, string | undefined>>;
type Complain = (problem: string) => void;
type Get = (name: string) => string | undefined;

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];
const defaultDataDir = join(import.meta.dirname, '..', '..', '.data');

/** `readMore` reads what belongs to one part of the house alone; its complaints are told with the others. */
export function readConfig<More = undefined>(
  environment: Environment,
  readMore?: (get: Get, complain: Complain) => More,
): Config & { readonly more: More | undefined } {
  const problems: string[] = [];
  const complain: Complain = (problem) => problems.push(problem);
  // An empty value is what a deployment file leaves behind for "not set".
  const get: Get = (name) => environment[name]?.trim() || undefined;

  const mode = readChoice(
    'MBAYAR_MODE',
    get('MBAYAR_MODE') ?? 'sandbox',
    ['sandbox', 'production'],
    complain,
  );
  const isProduction = mode === 'production';
  const nodeEnv = get('NODE_ENV');
  // Somebody believes that he runs something else than what he runs.
  if (nodeEnv !== undefined && (nodeEnv === 'production') !== isProduction)
    complain(`NODE_ENV is "${nodeEnv}" while MBAYAR_MODE is ${mode}: leave it out, or say the same in both`);
  const host = get('HOST') ?? '127.0.0.1';
  if (isIP(host) === 0 && host !== 'localhost') complain(`HOST is an IP address to listen on, not "${host}"`);
  const playerPort = readPort(get('PORT') ?? '3000', complain);
  const officePort = playerPort + 1;
  const simulatorPort = playerPort + 2;
  const dataDir = resolve(get('DATA_DIR') ?? defaultDataDir);
  const config = {
    mode: isProduction ? ('production' as const) : ('sandbox' as const),
    isProduction,
    host,
    playerPort,
    officePort,
    simulatorPort,
    publicUrl: readSiteUrl('PUBLIC_URL', get('PUBLIC_URL'), playerPort, isProduction, complain),
    officeUrl: readSiteUrl('OFFICE_URL', get('OFFICE_URL'), officePort, isProduction, complain),
    simulatorUrl: readSiteUrl('SIMULATOR_URL', get('SIMULATOR_URL'), simulatorPort, false, complain),
    dataDir,
    auditDir: resolve(get('AUDIT_DIR') ?? join(dataDir, 'audit')),
    databaseUrl: readDatabaseUrl('DATABASE_URL', get('DATABASE_URL'), isProduction, complain),
    appDatabaseUrl: readDatabaseUrl('APP_DATABASE_URL', get('APP_DATABASE_URL'), isProduction, complain),
    redisUrl: readRedisUrl(get('REDIS_URL'), complain),
    trustedProxies: readProxies(get('TRUSTED_PROXIES'), complain),
    orangeSms: readOrangeSms(get, complain),
    logLevel: readChoice('LOG_LEVEL', get('LOG_LEVEL') ?? 'warn', logLevels, complain),
  };
  if (config.appDatabaseUrl !== undefined && config.databaseUrl === undefined) {
    complain('APP_DATABASE_URL needs DATABASE_URL, the owner’s connection, beside it');
  }
  const more = readMore?.(get, complain);
  const given = readSecrets(get);
  if (isProduction) {
    judgeSecrets(given, complain);
    const { databaseUrl, appDatabaseUrl } = config;
    judgePasswords({ DATABASE_URL: databaseUrl, APP_DATABASE_URL: appDatabaseUrl }, complain);
  }
  if (problems.length > 0)
    throw new StartError(`Mbayar does not start:\n${problems.map((text) => `- ${text}.`).join('\n')}`);
  return { ...config, more, secrets: keepSecrets(given, config.dataDir) };
}

function readChoice(name: string, value: string, choices: readonly string[], complain: Complain): string {
  if (!choices.includes(value)) complain(`${name} is one of ${choices.join(', ')}, not "${value}"`);
  return value;
}

/** The office takes the port after it, the simulators the one after that. */
function readPort(text: string, complain: Complain): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65_533)
    complain(
      `PORT is a number from 1 to 65533 (the office and the simulators take the next two), not "${text}"`,
    );
  return port;
}

function readSiteUrl(
  name: string,
  text: string | undefined,
  port: number,
  isProduction: boolean,
  complain: Complain,
): string {
  if (text === undefined) {
    if (isProduction) complain(`${name} is missing: the address people reach the site at, https://…`);
    return `http://localhost:${port}`;
  }
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isOrigin =
    url !== undefined && url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '';
  if (!isOrigin || !['http:', 'https:'].includes(url.protocol)) {
    complain(`${name} is a site such as https://mbayar.example, without a path, not "${text}"`);
  } else if (isProduction && url.protocol !== 'https:') {
    complain(`${name} must be https in production, not "${text}"`);
  }
  return url?.origin ?? text;
}

function readDatabaseUrl(
  name: string,
  text: string | undefined,
  isProduction: boolean,
  complain: Complain,
): string | undefined {
  if (text === undefined) {
    if (isProduction) complain(`${name} is missing: production uses a PostgreSQL of its own, 15 or later`);
    return undefined;
  }
  // The value holds a password: it is not repeated.
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['postgresql:', 'postgres:'].includes(url.protocol) || url.pathname.length < 2) {
    complain(`${name} looks like postgresql://user:password@host:5432/database`);
  }
  return text;
}

function readRedisUrl(text: string | undefined, complain: Complain): string | undefined {
  if (text === undefined) return undefined;
  // The value holds a password: it is not repeated.
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isRedis = url !== undefined && ['redis:', 'rediss:'].includes(url.protocol) && url.hostname !== '';
  if (!isRedis || !/^(\/\d{0,2})?$/.test(url.pathname)) {
    complain('REDIS_URL looks like redis://user:password@host:6379/0, or rediss:// for TLS');
  }
  return text;
}

/** Single addresses or networks. A network of everybody would let anyone choose the address he is counted by. */
function readProxies(text: string | undefined, complain: Complain): string[] {
  const entries = (text ?? '').split(',').flatMap((entry) => entry.trim() || []);
  for (const entry of entries) {
    const [address = '', bits, ...rest] = entry.split('/');
    const bitsMax = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0;
    const isNetwork =
      bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) >= 8 && Number(bits) <= bitsMax);
    if (bitsMax === 0 || !isNetwork || rest.length > 0) {
      complain(
        `TRUSTED_PROXIES is a list such as 10.0.0.7, 10.1.0.0/16 (at least /8), not "${entry}" in "${text}"`,
      );
    }
  }
  return entries;
}

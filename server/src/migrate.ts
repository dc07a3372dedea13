/**
 * Brings a database to the schema this code expects.
 *
 * Migrations are plain SQL files, server/migrations/NNNN_name.sql, run once, in order, each in a transaction of its
 * own that also records it with its SHA-256. Forward only: a file that changed or vanished after it was applied is an
 * error, and so is one that comes before what is applied already. One node migrates at a time.
 *
 * The server itself never works as the owner: it logs in as a role that has nothing but what the migrations grant to
 * the group role `mbayar_app`.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, DatabaseError, escapeIdentifier, escapeLiteral } from 'pg';
import { StartError } from './start-error.ts';

export interface MigrateOptions {
  /** The owner of the database, who may create roles (or the group and login role exist already). */
  readonly ownerUrl: string;
  /** How the server logs in: a whole connection string, or the password of a role that is named after the database. */
  readonly app: { readonly url: string } | { readonly password: string; readonly role?: string };
  readonly directory?: string;
}

export interface Migrated {
  /** The server's own connection string. */
  readonly appUrl: string;
  readonly applied: readonly string[];
}

interface Migration {
  readonly version: number;
  readonly file: string;
  readonly sql: string;
  readonly sha256: string;
}

const groupRole = 'mbayar_app';
const oldestMajor = 15;
/** Any number, as long as nobody else's: the advisory lock of migrations. */
const migrationLock = 7_265_011;
export const migrationsDirectory = join(import.meta.dirname, '..', 'migrations');

export async function migrate({ ownerUrl, app, directory }: MigrateOptions): Promise<Migrated> {
  const migrations = readMigrations(directory ?? migrationsDirectory);
  const owner = await connect(ownerUrl, 'DATABASE_URL');
  try {
    await checkVersion(owner);
    await owner.query("SET timezone = 'UTC'");
    await owner.query('SET search_path = public');
    await owner.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    await ensureGroupRole(owner);
    const applied = await applyAll(owner, migrations);
    const appUrl = await ensureLogin(owner, ownerUrl, app);
    return { appUrl, applied };
  } finally {
    await owner.end();
  }
}

/** One hash over all files, in order: the name of a schema. */
export function hashMigrations(directory: string = migrationsDirectory): string {
  const hash = createHash('sha256');
  for (const { file, sha256 } of readMigrations(directory)) hash.update(`${file} ${sha256}\n`);
  return hash.digest('hex');
}

export function readMigrations(directory: string): Migration[] {
  const migrations = readdirSync(directory)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => {
      const number = /^(\d{4})_[a-z0-9_]+\.sql$/.exec(file)?.[1];
      if (number === undefined)
        throw new StartError(`migration ${file}: a name looks like 0007_what_it_does.sql`);
      const sql = readFileSync(join(directory, file), 'utf8');
      return { version: Number(number), file, sql, sha256: createHash('sha256').update(sql).digest('hex') };
    });
  const twice = migrations.find(({ version }, index) => migrations[index - 1]?.version === version);
  if (twice !== undefined) throw new StartError(`migration ${twice.file}: its number is used twice`);
  return migrations;
}

async function connect(url: string, setting: string): Promise<Client> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    application_name: 'mbayar-migrate',
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    throw new StartError(
      `${setting} does not lead to a database: ${error instanceof Error ? error.message : error}`,
    );
  }
  return client;
}

async function checkVersion(owner: Client): Promise<void> {
  const { rows } = await owner.query<{ major: number; text: string; encoding: string }>(
    `SELECT current_setting('server_version_num')::int / 10000 AS major, current_setting('server_version') AS text,
            current_setting('server_encoding') AS encoding`,
  );
  const server = rows[0];
  if (server === undefined) throw new Error('the server does not tell its version');
  if (server.major < oldestMajor) {
    throw new StartError(`This is PostgreSQL ${server.text}; Mbayar needs ${oldestMajor} or later.`);
  }
  if (server.encoding !== 'UTF8')
    throw new StartError(`The database is in ${server.encoding}; Mbayar needs UTF8.`);
}

async function applyAll(owner: Client, migrations: readonly Migration[]): Promise<string[]> {
  await owner.query(
    `CREATE TABLE IF NOT EXISTS schema_migration (
       version integer PRIMARY KEY,
       file text NOT NULL,
       sha256 text NOT NULL,
       applied_at timestamptz NOT NULL DEFAULT clock_timestamp()
     )`,
  );
  await owner.query(`GRANT SELECT ON schema_migration TO ${groupRole}`);
  const { rows: done } = await owner.query<{ version: number; file: string; sha256: string }>(
    'SELECT version, file, sha256 FROM schema_migration ORDER BY version',
  );
  for (const { version, file, sha256 } of done) {
    const known = migrations.find((migration) => migration.version === version);
    if (known === undefined) {
      throw new StartError(`The database has migration ${file}, which this version of Mbayar does not know.`);
    }
    if (known.sha256 !== sha256) {
      throw new StartError(
        `Migration ${known.file} was changed after it had been applied: put it back, add a new one.`,
      );
    }
  }
  const last = done.at(-1)?.version ?? 0;
  const pending = migrations.filter(({ version }) => !done.some((row) => row.version === version));
  const late = pending.find(({ version }) => version < last);
  if (late !== undefined)
    throw new StartError(`Migration ${late.file} comes before what is applied (${last}).`);
  for (const migration of pending) await applyOne(owner, migration);
  return pending.map(({ file }) => file);
}

async function applyOne(owner: Client, { version, file, sql, sha256 }: Migration): Promise<void> {
  await owner.query('BEGIN');
  try {
    await owner.query(sql);
    await owner.query('SET LOCAL search_path = public');
    await owner.query('INSERT INTO schema_migration (version, file, sha256) VALUES ($1, $2, $3)', [
      version,
      file,
      sha256,
    ]);
    await owner.query('COMMIT');
  } catch (error) {
    await owner.query('ROLLBACK').catch(() => undefined);
    if (!(error instanceof DatabaseError)) throw error;
    const line =
      error.position === undefined ? '' : `, line ${sql.slice(0, Number(error.position)).split('\n').length}`;
    throw new StartError(`Migration ${file}${line}: ${error.message}`);
  }
}

/** Roles belong to the whole cluster, and another database's migration may be making the same one. */
async function ensureGroupRole(owner: Client): Promise<void> {
  const { rowCount } = await owner.query('SELECT FROM pg_roles WHERE rolname = $1', [groupRole]);
  if (rowCount === 0) await changeRoles(owner, `CREATE ROLE ${groupRole} NOLOGIN`);
}

const raceStates = [
  '42710', // duplicate_object: made by the other one, before
  '23505', // unique_violation: at the same moment
  'XX000', // "tuple concurrently updated"
];

async function changeRoles(owner: Client, statement: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await owner.query(statement);
      return;
    } catch (error) {
      const state = error instanceof DatabaseError ? (error.code ?? '') : '';
      if (state === '42710' && statement.startsWith('CREATE')) return;
      if (!raceStates.includes(state) || attempt >= 20) throw error;
    }
  }
}

async function ensureLogin(owner: Client, ownerUrl: string, app: MigrateOptions['app']): Promise<string> {
  const url = 'url' in app ? new URL(app.url) : serverUrl(ownerUrl, app);
  const { missing } = await inspectLogin(url.href);
  if (missing.length === 0) return url.href;
  const role = decodeURIComponent(url.username);
  const password = decodeURIComponent(url.password);
  if (role === '' || password === '') throw new StartError(`APP_DATABASE_URL: ${missing}`);
  const { rowCount } = await owner.query('SELECT FROM pg_roles WHERE rolname = $1', [role]);
  if (rowCount === 0) await changeRoles(owner, `CREATE ROLE ${escapeIdentifier(role)} NOLOGIN`);
  await changeRoles(owner, `ALTER ROLE ${escapeIdentifier(role)} LOGIN PASSWORD ${escapeLiteral(password)}`);
  await changeRoles(owner, `GRANT ${groupRole} TO ${escapeIdentifier(role)}`);
  const after = await inspectLogin(url.href);
  if (after.missing.length > 0) throw new StartError(`The server's own role ${role}: ${after.missing}`);
  return url.href;
}

/** The server's own connection to a database: with a role named after it, unless another one is given. */
export function serverUrl(ownerUrl: string, { password, role }: { password: string; role?: string }): URL {
  const url = new URL(ownerUrl);
  url.username = role ?? `${decodeURIComponent(url.pathname.slice(1))}_server`;
  url.password = password;
  return url;
}

/** What keeps this login from being the server's own; empty when nothing does. */
async function inspectLogin(url: string): Promise<{ missing: string }> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ is_super: boolean; is_member: boolean; is_owner: boolean }>(
      `SELECT rolsuper AS is_super, pg_has_role(current_user, $1, 'MEMBER') AS is_member,
              pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = 'public.schema_migration'::regclass), 'MEMBER') AS is_owner
       FROM pg_roles WHERE rolname = current_user`,
      [groupRole],
    );
    const role = rows[0];
    if (role?.is_super !== false)
      throw new StartError('The server must not log in as a superuser: see APP_DATABASE_URL.');
    if (role.is_owner)
      throw new StartError('The server must not log in as the owner of the tables: see APP_DATABASE_URL.');
    return { missing: role.is_member ? '' : `it is no member of ${groupRole}` };
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    return { missing: error.message };
  } finally {
    await client.end().catch(() => undefined);
  }
}

/**
 * A database of its own for each test file: a clone of a migrated template, made in some tens of milliseconds.
 *
 * The cluster is the one in TEST_DATABASE_URL (a superuser's connection string), set by `npm test`, or by hand to
 * test another version of PostgreSQL. The template is named after the hash of the migrations and built by the first
 * process that needs it.
 */
import { Client, DatabaseError, escapeIdentifier } from 'pg';
import { hashMigrations, migrate } from '../migrate.ts';

export interface TestDatabase {
  /** The owner's connection string: migrations. */
  readonly ownerUrl: string;
  /** The server's own. */
  readonly appUrl: string;
  /** A superuser's, in the same database: for tests that break things. */
  readonly adminUrl: string;
  readonly name: string;
  drop(): Promise<void>;
}

const ownerRole = 'mbayar_test_owner';
const serverRole = 'mbayar_test_server';
/** Both roles exist in throw-away clusters only, which listen on loopback. */
const password = 'test';
/** Any number of ours: held shared while cloning, exclusively while building the template. */
const templateLock = 7_265_012;

let made = 0;

export async function createTestDatabase(): Promise<TestDatabase> {
  const clusterUrl = process.env.TEST_DATABASE_URL;
  if (clusterUrl === undefined)
    throw new Error('There is no test cluster: run this file with `npm test <file>`.');
  made += 1;
  const name = `mbayar_test_${process.pid}_${made}`;
  await withClient(clusterUrl, async (client) => {
    const template = `mbayar_template_${hashMigrations().slice(0, 12)}`;
    await client.query('SELECT pg_advisory_lock_shared($1)', [templateLock]);
    while (!(await exists(client, template))) {
      await client.query('SELECT pg_advisory_unlock_shared($1)', [templateLock]);
      await client.query('SELECT pg_advisory_lock($1)', [templateLock]);
      if (!(await exists(client, template))) await buildTemplate(client, clusterUrl, template);
      await client.query('SELECT pg_advisory_lock_shared($1)', [templateLock]);
      await client.query('SELECT pg_advisory_unlock($1)', [templateLock]);
    }
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${template} OWNER ${ownerRole}`);
  });
  return {
    name,
    ownerUrl: urlOf(clusterUrl, name, ownerRole),
    appUrl: urlOf(clusterUrl, name, serverRole),
    adminUrl: urlOf(clusterUrl, name),
    drop: () => withClient(clusterUrl, (client) => dropDatabase(client, name)),
  };
}

/** Removes the databases of test processes that were killed before they could. */
export async function sweepTestDatabases(clusterUrl: string): Promise<void> {
  await withClient(clusterUrl, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `SELECT datname AS name FROM pg_database WHERE datname ~ '^mbayar_test_\\d+_\\d+$'`,
    );
    for (const { name } of rows) {
      if (!isRunning(Number(name.split('_')[2]))) await dropDatabase(client, name);
    }
  });
}

async function buildTemplate(client: Client, clusterUrl: string, template: string): Promise<void> {
  const draft = 'mbayar_template_draft';
  const { rows: old } = await client.query<{ name: string }>(
    `SELECT datname AS name FROM pg_database WHERE datname ~ '^mbayar_template_'`,
  );
  for (const { name } of old) await dropDatabase(client, name);
  for (const role of [ownerRole, serverRole]) {
    const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [role]);
    if (rowCount === 0) await client.query(`CREATE ROLE ${role} LOGIN PASSWORD '${password}'`);
  }
  await client.query(`ALTER ROLE ${ownerRole} CREATEROLE`);
  await ensureGroupForOwner(client);
  await client.query(`CREATE DATABASE ${draft} OWNER ${ownerRole} TEMPLATE template0 ENCODING 'UTF8'`);
  await migrate({
    ownerUrl: urlOf(clusterUrl, draft, ownerRole),
    app: { password, role: serverRole },
  });
  await client.query(`ALTER DATABASE ${draft} RENAME TO ${template}`);
}

/** The owner may grant the group it makes; one that is there already, made by somebody else, is handed over to it. */
async function ensureGroupForOwner(client: Client): Promise<void> {
  await client.query(
    `DO $$ BEGIN
       CREATE ROLE mbayar_app NOLOGIN;
     EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
     END $$`,
  );
  await client.query(`GRANT mbayar_app TO ${ownerRole} WITH ADMIN OPTION`);
  await client.query(`GRANT mbayar_app TO ${serverRole}`);
}

async function dropDatabase(client: Client, name: string): Promise<void> {
  await client.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`);
}

async function exists(client: Client, database: string): Promise<boolean> {
  const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [database]);
  return rowCount === 1;
}

function urlOf(clusterUrl: string, database: string, role?: string): string {
  const url = new URL(clusterUrl);
  url.pathname = `/${database}`;
  if (role !== undefined) {
    url.username = role;
    url.password = password;
  }
  return url.href;
}

async function withClient(url: string, work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await work(client);
  } catch (error) {
    if (error instanceof DatabaseError) throw new Error(`test database: ${error.message}`, { cause: error });
    throw error;
  } finally {
    await client.end();
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

import { Client, escapeIdentifier, escapeLiteral } from 'pg';

export const ownerRole = 'mbayar_owner';
const databaseName = 'mbayar';

/**
 * Makes the owner and the database of a new cluster. The owner is no superuser: what a migration may do here it may
 * also do on somebody else's PostgreSQL.
 */
export async function ensureDatabase(adminUrl: string, ownerPassword: string): Promise<void> {
  const ownerUrl = new URL(adminUrl);
  ownerUrl.username = ownerRole;
  ownerUrl.password = ownerPassword;
  ownerUrl.pathname = `/${databaseName}`;
  if (await canConnect(ownerUrl.href)) return;
  const role = escapeIdentifier(ownerRole);
  await withClient(adminUrl, async (admin) => {
    const { rows } = await admin.query<{ role: boolean; database: boolean }>(
      `SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1) AS role,
              EXISTS (SELECT FROM pg_database WHERE datname = $2) AS database`,
      [ownerRole, databaseName],
    );
    if (rows[0]?.role !== true) await admin.query(`CREATE ROLE ${role} NOLOGIN CREATEROLE CREATEDB`);
    if (rows[0]?.database !== true) {
      await admin.query(`CREATE DATABASE ${escapeIdentifier(databaseName)} OWNER ${role}`);
    }
  });
  const inside = new URL(adminUrl);
  inside.pathname = `/${databaseName}`;
  await withClient(inside.href, async (client) => {
    await client.query('CREATE EXTENSION IF NOT EXISTS pg_stat_statements');
    // Last, so that an owner who can log in means that all of this is done.
    await client.query(`ALTER ROLE ${role} LOGIN PASSWORD ${escapeLiteral(ownerPassword)}`);
  });
}

async function withClient(url: string, work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

async function canConnect(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url });
  try {
    await client.connect();
    return true;
  } catch (error) {
    // No such role, wrong password, no such database.
    if (error instanceof Error && 'code' in error && ['28P01', '28000', '3D000'].includes(String(error.code)))
      return false;
    throw error;
  } finally {
    await client.end().catch(() => {});
  }
}

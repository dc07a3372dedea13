/**
 * The database handle: a pool, transactions, and what their failures mean.
 *
 * `Db` reads and opens transactions; `Tx` is inside one. Money takes a `Tx`. A transaction that meets a deadlock or a
 * serialisation failure is run again from its start, so its work must not do anything but talk to the database.
 */
import pg from 'pg';

/** INT8 is read once, here: every amount and id of the house is a safe integer. */
function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`int8 out of range: ${text}`);
  return value;
}

const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.INT8, parseInt8);

export interface Statement {
  readonly text: string;
  readonly values?: readonly unknown[];
  /** A name makes the server keep the plan: for the hot path. */
  readonly name?: string;
}

interface Queries {
  query<Row extends object>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  run<Row extends object>(statement: Statement): Promise<Row[]>;
}

export interface Tx extends Queries {
  readonly isTransaction: true;
  /** Runs `work`; when it throws, what it wrote is undone and the transaction goes on. */
  attempt<T>(work: () => Promise<T>): Promise<T>;
}

export interface Db extends Queries {
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** The connection was lost, or time ran out, at COMMIT: the effect may stand. Never reported as failed. */
export class OutcomeUnknown extends Error {
  constructor(cause: unknown) {
    super('the outcome of the transaction is unknown', { cause });
    this.name = 'OutcomeUnknown';
  }
}

/** The database does not answer; nothing was committed. */
export class DatabaseUnavailable extends Error {
  constructor(cause: unknown) {
    super('the database does not answer', { cause });
    this.name = 'DatabaseUnavailable';
  }
}

export interface DbOptions {
  readonly connectionString: string;
  readonly poolSize?: number;
  readonly onIdleError?: (error: Error) => void;
}

const RETRIES_MAX = 5;
const DEADLOCK = '40P01';
const SERIALIZATION = '40001';

export function openDb(options: DbOptions): Db {
  const pool = new pg.Pool({
    connectionString: options.connectionString,
    max: options.poolSize ?? 16,
    connectionTimeoutMillis: 5_000,
    query_timeout: 15_000,
    statement_timeout: 12_000,
    lock_timeout: 8_000,
    idle_in_transaction_session_timeout: 20_000,
    keepAlive: true,
    application_name: 'mbayar',
    options: '-c timezone=UTC',
    // Statements that do not wait for each other's answers go out together: BEGIN with the first of its transaction.
    pipeline: true,
    types,
  });
  // An idle connection that breaks must not end the process: the pool replaces it.
  pool.on('error', (error) => options.onIdleError?.(error));
  return {
    query: (text, values) => runOn(pool, { text, values: values ?? [] }),
    run: (statement) => runOn(pool, statement),
    transaction: (work) => transact(pool, work),
    close: () => pool.end(),
  };
}

async function transact<T>(pool: pg.Pool, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await transactOnce(pool, work);
    } catch (error) {
      const state = sqlState(error);
      if (attempt >= RETRIES_MAX || (state !== DEADLOCK && state !== SERIALIZATION)) throw error;
    }
  }
}

async function transactOnce<T>(pool: pg.Pool, work: (tx: Tx) => Promise<T>): Promise<T> {
  const client = await pool.connect().catch((error: unknown) => {
    throw new DatabaseUnavailable(error);
  });
  // While it is checked out a client reports a lost connection here as well as on its query.
  const ignore = () => undefined;
  client.on('error', ignore);
  const finish = (broken: boolean) => {
    client.removeListener('error', ignore);
    client.release(broken);
  };
  let result: T;
  try {
    const begun = runOn(client, { text: 'BEGIN' });
    begun.catch(ignore);
    result = await work(txOn(client));
    await begun;
  } catch (error) {
    const rolledBack = await client.query('ROLLBACK').then(
      () => true,
      () => false,
    );
    finish(!rolledBack);
    throw error;
  }
  try {
    await client.query('COMMIT');
  } catch (error) {
    finish(true);
    // A refusal by the server's own word (a deferred constraint, a serialisation failure) is certain.
    if (sqlState(error) !== null && !isConnectionLoss(error)) throw error;
    throw new OutcomeUnknown(error);
  }
  finish(false);
  return result;
}

function txOn(client: pg.PoolClient): Tx {
  return {
    isTransaction: true,
    query: (text, values) => runOn(client, { text, values: values ?? [] }),
    run: (statement) => runOn(client, statement),
    attempt: async (work) => {
      await client.query('SAVEPOINT attempt');
      try {
        const result = await work();
        await client.query('RELEASE SAVEPOINT attempt');
        return result;
      } catch (error) {
        if (isConnectionLoss(error)) throw error;
        // Rolled back to, it is still there: an attempt around this one would find it in place of its own.
        await client.query('ROLLBACK TO SAVEPOINT attempt; RELEASE SAVEPOINT attempt');
        throw error;
      }
    },
  };
}

async function runOn<Row extends object>(
  client: pg.Pool | pg.PoolClient,
  statement: Statement,
): Promise<Row[]> {
  try {
    const result = await client.query<Row>({ ...statement, values: [...(statement.values ?? [])] });
    return result.rows;
  } catch (error) {
    if (isConnectionLoss(error)) throw new DatabaseUnavailable(error);
    throw error;
  }
}

/** The SQLSTATE of a database error, or null when the error is not the database's. */
export function sqlState(error: unknown): string | null {
  return error instanceof pg.DatabaseError ? (error.code ?? null) : null;
}

/** The constraint that a database error names, or null. */
export function violatedConstraint(error: unknown): string | null {
  return error instanceof pg.DatabaseError && error.code?.startsWith('23')
    ? (error.constraint ?? null)
    : null;
}

/** Lost, refused or timed-out connections; the server shutting down (57P0x); a read-only primary (25006). */
function isConnectionLoss(error: unknown): boolean {
  if (error instanceof DatabaseUnavailable) return true;
  const state = sqlState(error);
  if (state !== null)
    return state.startsWith('57P') || state.startsWith('08') || state === '25006' || state === '53300';
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return (
    ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOENT', 'ETIMEDOUT'].includes(code) ||
    /Connection terminated|Query read timeout|timeout exceeded when trying to connect|not queryable/.test(
      error.message,
    )
  );
}

/** The only row of a result. */
export function one<Row>(rows: readonly Row[]): Row {
  const [row] = rows;
  if (row === undefined || rows.length > 1) throw new Error(`expected one row, got ${rows.length}`);
  return row;
}

/** The first row of a result, or null. */
export function first<Row>(rows: readonly Row[]): Row | null {
  return rows[0] ?? null;
}

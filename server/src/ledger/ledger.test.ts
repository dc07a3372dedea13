import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import { type Db, openDb, type Tx } from '../db.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { findLedgerFaults } from './check-ledger.ts';

const refused = { code: '42501' };

interface PostArguments {
  readonly transfers: readonly (string | null)[];
  readonly of: readonly (string | null)[];
  readonly debits: readonly (number | null)[];
  readonly credits: readonly (number | null)[];
  readonly amounts: readonly (number | string | null)[];
}

describe('the ledger in the database', () => {
  let database: TestDatabase;
  /** The server's own role. */
  let app: Db;
  let owner: Db;
  let superuser: Db;
  let player: number;
  let realPlayer: number;
  let clearing: number;
  let realClearing: number;

  before(async () => {
    database = await createTestDatabase();
    app = openDb({ connectionString: database.appUrl });
    owner = openDb({ connectionString: database.ownerUrl, poolSize: 2 });
    superuser = openDb({ connectionString: database.adminUrl, poolSize: 1 });
    clearing = await open('provider_clearing', 'internal', true);
    realClearing = await open('provider_clearing', 'internal', false);
  });
  beforeEach(async () => {
    player = await open('player_available', randomUUID(), true);
    realPlayer = await open('player_available', randomUUID(), false);
    await post({ debits: [clearing], credits: [player], amounts: [10_000] });
    await post({ debits: [realClearing], credits: [realPlayer], amounts: [10_000] });
  });
  after(async () => {
    assert.deepEqual(await findLedgerFaults(owner), []);
    await Promise.all([app.close(), owner.close(), superuser.close()]);
    await database.drop();
  });

  async function open(kind: string, subject: string, isTest: boolean): Promise<number> {
    const rows = await app.query<{ id: number }>('SELECT ledger.open_account($1, $2, $3) AS id', [
      kind,
      subject,
      isTest,
    ]);
    return rows[0]?.id ?? 0;
  }

  /** Calls `ledger.post` as the server's role. By default: one transfer with all the postings. */
  async function post(
    asked: Pick<PostArguments, 'debits' | 'credits' | 'amounts'> & Partial<PostArguments>,
    as: Db | Tx = app,
  ): Promise<string | null> {
    const transfers = asked.transfers ?? [randomUUID()];
    const of = asked.of ?? asked.amounts.map(() => transfers[0] ?? null);
    await as.query('SELECT ledger.post($1, $2, $3, $4, $5, $6, $7, $8)', [
      transfers,
      transfers.map(() => 'deposit_credited'),
      transfers.map(() => randomBytes(32)),
      of,
      of.map((_, seq) => seq),
      asked.debits,
      asked.credits,
      asked.amounts,
    ]);
    return transfers[0] ?? null;
  }

  async function balanceOf(account: number): Promise<number | undefined> {
    const rows = await app.query<{ amount: number }>(
      'SELECT amount_xof AS amount FROM ledger.balance WHERE account_id = $1',
      [account],
    );
    return rows[0]?.amount;
  }

  async function fingerprint(): Promise<object | undefined> {
    const rows = await owner.query(
      `SELECT (SELECT count(*) FROM ledger.account) AS accounts, (SELECT count(*) FROM ledger.transfer) AS transfers,
              (SELECT count(*) FROM ledger.posting) AS postings,
              (SELECT md5(string_agg(b::text, ',' ORDER BY account_id)) FROM ledger.balance b) AS balances`,
    );
    return rows[0];
  }

  async function refusesAndKeeps(work: () => Promise<unknown>, error: object, what: string): Promise<void> {
    const before = await fingerprint();
    await assert.rejects(work, error, what);
    assert.deepEqual(await fingerprint(), before, `${what}: something changed`);
  }

  const writes = [
    "INSERT INTO ledger.account (kind, subject, is_test) VALUES ('commission', 'mine', true)",
    'UPDATE ledger.account SET is_test = false',
    'DELETE FROM ledger.account',
    'TRUNCATE ledger.account CASCADE',
    'INSERT INTO ledger.balance VALUES (999999, 5)',
    'UPDATE ledger.balance SET amount_xof = amount_xof + 1',
    'DELETE FROM ledger.balance',
    'TRUNCATE ledger.balance',
    `INSERT INTO ledger.transfer VALUES (gen_random_uuid(), 'deposit_credited', sha256('x'), now())`,
    `UPDATE ledger.transfer SET kind = 'duel_settled'`,
    'DELETE FROM ledger.transfer',
    'TRUNCATE ledger.transfer CASCADE',
    'INSERT INTO ledger.posting SELECT transfer_id, 9::smallint, debit_account_id, credit_account_id, 1, now() FROM ledger.posting LIMIT 1',
    'UPDATE ledger.posting SET amount_xof = 1',
    'DELETE FROM ledger.posting',
    'TRUNCATE ledger.posting',
    'SELECT * FROM ledger.balance FOR UPDATE',
    'ALTER TABLE ledger.posting DISABLE TRIGGER ALL',
    'DROP TRIGGER posting_append_only ON ledger.posting',
    'ALTER TABLE ledger.balance DROP CONSTRAINT balance_not_negative',
    'DROP TABLE ledger.posting',
    'CREATE TABLE ledger.mine (id int)',
    `CREATE OR REPLACE FUNCTION ledger.find_faults() RETURNS TABLE (fault text, detail text) LANGUAGE sql AS 'SELECT NULL, NULL WHERE false'`,
    'SET session_replication_role = replica',
    'SET ROLE mbayar_test_owner',
    "UPDATE operation SET answer = '{}'",
    'DELETE FROM operation',
    'TRUNCATE operation',
  ];
  for (const sql of writes) {
    it(`refuses the server’s role: ${sql}`, () => refusesAndKeeps(() => app.query(sql), refused, sql));
  }

  for (const sql of writes.filter((write) =>
    /^(UPDATE|DELETE FROM|TRUNCATE) ledger\.(account|transfer|posting)/.test(write),
  )) {
    it(`refuses the owner of the tables: ${sql}`, () =>
      refusesAndKeeps(() => owner.query(sql), refused, sql));
  }

  it('moves money with its postings', async () => {
    const transfer = await post({ debits: [player], credits: [clearing], amounts: [4_000] });
    assert.equal(await balanceOf(player), 6_000);
    const rows = await app.query('SELECT amount_xof FROM ledger.posting WHERE transfer_id = $1', [transfer]);
    assert.deepEqual(rows, [{ amount_xof: 4_000 }]);
  });

  it('refuses an amount that is not a positive whole number', async () => {
    for (const amount of [0, -1, -10_000]) {
      const work = () => post({ debits: [clearing], credits: [player], amounts: [amount] });
      await refusesAndKeeps(work, { constraint: 'posting_amount_positive' }, String(amount));
    }
    for (const amount of ['0.5', '1e3', 'NaN', '99999999999999999999']) {
      const work = () => post({ debits: [clearing], credits: [player], amounts: [amount] });
      await refusesAndKeeps(work, { code: /^22/ }, amount);
    }
  });

  it('refuses test money that meets real money, either way round', async () => {
    for (const [debit, credit] of [
      [clearing, realPlayer],
      [player, realPlayer],
      [realPlayer, player],
      [realClearing, player],
    ] as const) {
      const work = () => post({ debits: [debit], credits: [credit], amounts: [100] });
      await refusesAndKeeps(work, { constraint: 'posting_test_boundary' }, `${debit} to ${credit}`);
    }
    const second = () =>
      post({ debits: [clearing, player], credits: [player, realPlayer], amounts: [100, 100] });
    await refusesAndKeeps(second, { constraint: 'posting_test_boundary' }, 'hidden behind a good posting');
  });

  it('refuses a transfer without postings, and postings without their transfer', async () => {
    const good = { debits: [clearing], credits: [player], amounts: [100] };
    await refusesAndKeeps(
      () => post({ ...good, transfers: [randomUUID(), randomUUID()] }),
      { constraint: 'transfer_has_postings' },
      'an empty second transfer',
    );
    await refusesAndKeeps(
      () => post({ transfers: [randomUUID()], of: [], debits: [], credits: [], amounts: [] }),
      { constraint: 'transfer_has_postings' },
      'an empty transfer',
    );
    await refusesAndKeeps(
      () => post({ ...good, transfers: [], of: [randomUUID()] }),
      { constraint: 'posting_has_transfer' },
      'a posting of no transfer',
    );
    const older = await post(good);
    const [mine] = [randomUUID()];
    const work = () =>
      post({
        transfers: [mine],
        of: [mine, older],
        debits: [clearing, clearing],
        credits: [player, player],
        amounts: [100, 100],
      });
    await refusesAndKeeps(work, { constraint: 'posting_has_transfer' }, 'a posting on an older transfer');
  });

  it('refuses a transfer’s id a second time', async () => {
    const good = { debits: [clearing], credits: [player], amounts: [100] };
    const id = await post(good);
    await refusesAndKeeps(() => post({ ...good, transfers: [id] }), { code: '23505' }, 'later');
    const twice = randomUUID();
    await refusesAndKeeps(
      () => post({ ...good, transfers: [twice, twice], of: [twice] }),
      { code: '23505' },
      'in one set',
    );
  });

  it('refuses to take more than there is, and the rest of the set with it', async () => {
    const work = () =>
      post({ debits: [clearing, player], credits: [player, clearing], amounts: [1, 10_002] });
    await refusesAndKeeps(work, { constraint: 'balance_not_negative' }, 'one franc too much');
    await post({ debits: [clearing, player], credits: [player, clearing], amounts: [1, 10_001] });
    assert.equal(await balanceOf(player), 0);
  });

  it('refuses nonsense: the same account twice, unknown accounts, missing parts', async () => {
    const cases: readonly (readonly [string, object, Parameters<typeof post>[0]])[] = [
      [
        'itself',
        { constraint: 'posting_two_accounts' },
        { debits: [player], credits: [player], amounts: [5] },
      ],
      ['nobody', { code: '23503' }, { debits: [clearing], credits: [99_999_999], amounts: [5] }],
      ['no credit', { code: '23502' }, { debits: [clearing], credits: [null], amounts: [5] }],
      ['no amount', { code: '23502' }, { debits: [clearing], credits: [player], amounts: [null] }],
      ['short', { code: '23502' }, { debits: [clearing, clearing], credits: [player], amounts: [5, 5] }],
      [
        'no transfer',
        { code: '23502' },
        { transfers: [null], of: [null], debits: [clearing], credits: [player], amounts: [5] },
      ],
      [
        'a transfer hidden by a null',
        { code: '23502' },
        {
          transfers: [randomUUID()],
          of: [null],
          debits: [clearing],
          credits: [player],
          amounts: [5],
        },
      ],
    ];
    for (const [what, error, asked] of cases) await refusesAndKeeps(() => post(asked), error, what);
  });

  it('gives exactly one of two hundred who take the whole balance at once', async () => {
    const takes = Array.from({ length: 200 }, () =>
      post({ debits: [player], credits: [clearing], amounts: [10_000] }).then(
        () => 'taken',
        (error: { constraint?: string }) => error.constraint,
      ),
    );
    const outcomes = await Promise.all(takes);
    assert.equal(outcomes.filter((outcome) => outcome === 'taken').length, 1);
    assert.equal(outcomes.filter((outcome) => outcome === 'balance_not_negative').length, 199);
    assert.equal(await balanceOf(player), 0);
  });

  it('cannot be misled by temporary tables of the same names', async () => {
    await app.transaction(async (tx) => {
      for (const table of ['account', 'balance', 'transfer', 'posting']) {
        await tx.query(`CREATE TEMP TABLE ${table} ON COMMIT DROP AS SELECT * FROM ledger.${table}`);
      }
      await post({ debits: [player], credits: [clearing], amounts: [1_000] }, tx);
    });
    assert.equal(await balanceOf(player), 9_000);
  });

  it('opens an account of a name once, of a known kind only', async () => {
    const subject = randomUUID();
    const ids = await Promise.all(Array.from({ length: 20 }, () => open('player_available', subject, true)));
    assert.equal(new Set(ids).size, 1);
    assert.equal(await balanceOf(ids[0] ?? 0), 0);
    assert.notEqual(await open('player_available', subject, false), ids[0]);
    await refusesAndKeeps(
      () => open('my_own_kind', subject, true),
      { constraint: 'account_kind_known' },
      'an unknown kind',
    );
  });

  const planted: readonly (readonly [string, string])[] = [
    ['balance_differs', 'UPDATE ledger.balance SET amount_xof = amount_xof + 1 WHERE account_id = $1'],
    ['balance_differs', 'UPDATE ledger.posting SET amount_xof = amount_xof + 1 WHERE credit_account_id = $1'],
    ['balance_missing', 'DELETE FROM ledger.balance WHERE account_id = $1'],
    [
      'transfer_empty',
      'DELETE FROM ledger.posting WHERE transfer_id = (SELECT transfer_id FROM ledger.posting WHERE credit_account_id = $1)',
    ],
    ['test_boundary_crossed', 'UPDATE ledger.account SET is_test = false WHERE id = $1'],
  ];
  for (const [fault, sql] of planted) {
    it(`finds what a superuser planted: ${fault}`, async () => {
      const undo = new Error('undo');
      const work = superuser.transaction(async (tx) => {
        await tx.query('SET LOCAL session_replication_role = replica');
        await tx.query(sql, [player]);
        const faults = await tx.query<{ fault: string }>('SELECT fault FROM ledger.find_faults()');
        assert(
          faults.some((found) => found.fault === fault),
          JSON.stringify(faults),
        );
        throw undo;
      });
      await assert.rejects(work, undo);
    });
  }
});

/** What the audit log promises: all that matters is in it, and nobody changes it unseen. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { type Db, openDb } from '../db.ts';
import { place } from '../testing/bets.ts';
import { type House, openHouse } from '../testing/house.ts';
import { logInNewStaff } from '../testing/people.ts';
import { seedMarkets, seedPlayers, seedStaff } from '../testing/seed.ts';
import { openAuditFiles } from './audit-files.ts';
import { recordAudit } from './record-audit.ts';
import { type AuditStream, type SealedLine, sealAudit } from './seal-audit.ts';
import { verifyAudit } from './verify-audit.ts';

const noStream = async () => undefined;

const event = (target: string) =>
  ({
    actor: { kind: 'system' },
    command: 'try-audit',
    target,
    input: { b: 1, a: 'é "x"' },
    outcome: 'done',
    operationId: null,
    origin: { address: '127.0.0.1', requestId: 'r' },
  }) as const;

/**
 * Seals until nothing waits; how many that were. The line of what is complete is the whole cluster's: a transaction in
 * another database of it holds the seal back for a turn.
 */
async function sealAll(db: Db, stream: AuditStream = noStream): Promise<number> {
  let total = 0;
  do total += await sealAudit(db, stream);
  while ((await verifyAudit(db)).waitingCount > 0);
  return total;
}

async function record(db: Db, count: number): Promise<void> {
  await db.transaction(async (tx) => {
    for (let i = 0; i < count; i++) await recordAudit(tx, event(`thing ${i}`));
  });
}

describe('the audit chain', () => {
  let house: House;
  let admin: Db;
  before(async () => {
    house = await openHouse();
    admin = openDb({ connectionString: house.database.adminUrl, poolSize: 1 });
  });
  after(async () => {
    await admin.close();
    await house.close();
  });

  /** What only the owner of the machine can do; the rows are put back afterwards by undoing it all. */
  async function tampered(sql: string): Promise<string | null> {
    await admin.query('BEGIN');
    try {
      await admin.query("SET LOCAL session_replication_role = 'replica'");
      await admin.query(sql);
      return (await verifyAudit(admin)).fault;
    } finally {
      await admin.query('ROLLBACK');
    }
  }

  it('seals what was written, once, in order, and is whole', async () => {
    await record(house.db, 5);
    const lines: SealedLine[] = [];
    const stream = async (sealed: readonly SealedLine[]) => {
      lines.push(...sealed);
    };
    const sealedCount = await sealAll(house.db, stream);
    assert(sealedCount >= 5);
    assert.equal(await sealAudit(house.db, stream), 0);
    assert.deepEqual(
      lines.map(({ seq }) => seq),
      lines.map((_, index) => index + 1),
    );
    const report = await verifyAudit(house.db);
    assert.deepEqual(report, {
      sealedCount,
      headSeq: sealedCount,
      headHash: lines.at(-1)?.hash,
      waitingCount: 0,
      fault: null,
    });
    assert.equal((await verifyAudit(house.db, lines[1]?.hash ?? '')).fault, null);
    assert.match((await verifyAudit(house.db, 'ab'.repeat(32))).fault ?? '', /is not in the chain/);
  });

  it('leaves out what a transaction still holds, and takes it up when that ends', async () => {
    let isHeld = false;
    const held = Promise.withResolvers<void>();
    const holding = house.db.transaction(async (tx) => {
      await recordAudit(tx, event('held'));
      isHeld = true;
      await held.promise;
    });
    while (!isHeld) await house.owner.query('SELECT 1');
    await record(house.db, 3);
    assert.equal(await sealAudit(house.db, noStream), 0);
    assert.equal((await verifyAudit(house.db)).fault, null);
    held.resolve();
    await holding;
    assert.equal(await sealAll(house.db), 4);
    assert.equal((await verifyAudit(house.db)).fault, null);
  });

  it('is sealed by one worker at a time, however many come', async () => {
    await record(house.db, 1_500);
    const counts = await Promise.all(Array.from({ length: 6 }, () => sealAudit(house.db, noStream)));
    // Who finds another at it leaves it to him.
    const rest = await sealAll(house.db);
    assert.equal(
      counts.reduce((sum, count) => sum + count, rest),
      1_500,
    );
    const { fault, waitingCount } = await verifyAudit(house.db);
    assert.deepEqual({ fault, waitingCount }, { fault: null, waitingCount: 0 });
  });

  it('L19 names the first broken row when one is changed, removed, swapped or slipped in, or the end is cut off', async () => {
    const [row] = await house.owner.query<{ seq: number; id: number }>(
      'SELECT seq, entry_id AS id FROM audit_seal WHERE seq = 3',
    );
    assert(row !== undefined);
    const { id } = row;
    const next = `(SELECT entry_id FROM audit_seal WHERE seq = 4)`;
    const cases: [sql: string, fault: RegExp][] = [
      [
        `UPDATE audit_entry SET outcome = 'x' WHERE id = ${id}`,
        new RegExp(`^entry ${id} .*not what was sealed`),
      ],
      [
        `UPDATE audit_entry SET at = at + interval '1 microsecond' WHERE id = ${id}`,
        new RegExp(`^entry ${id} `),
      ],
      [`UPDATE audit_entry SET input = '{}' WHERE id = ${id}`, new RegExp(`^entry ${id} `)],
      [`UPDATE audit_entry SET address = NULL WHERE id = ${id}`, new RegExp(`^entry ${id} `)],
      [`DELETE FROM audit_entry WHERE id = ${id}`, new RegExp(`^entry ${id} .*missing`)],
      [`DELETE FROM audit_seal WHERE seq = 3`, /^seal 3 is missing/],
      [`DELETE FROM audit_seal WHERE seq = (SELECT max(seq) FROM audit_seal)`, /^seal \d+ is missing/],
      [
        `UPDATE audit_seal SET entry_id = CASE entry_id WHEN ${id} THEN -1 ELSE entry_id END WHERE seq = 3`,
        /^entry -1 .*missing/,
      ],
      [
        `UPDATE audit_seal SET seq = -3 WHERE seq = 3; UPDATE audit_seal SET seq = 3 WHERE seq = 4;
         UPDATE audit_seal SET seq = 4 WHERE seq = -3`,
        /not what was sealed/,
      ],
      [
        `INSERT INTO audit_entry (command, target, input, outcome, written_by) VALUES ('x', 'y', '{}', 'done', '1')`,
        /was slipped in/,
      ],
      [
        `UPDATE audit_entry SET command = 'x' WHERE id = ${next}; UPDATE audit_entry SET command = 'x' WHERE id = ${id}`,
        new RegExp(`^entry ${id} `),
      ],
    ];
    for (const [sql, fault] of cases) assert.match((await tampered(sql)) ?? 'nothing', fault, sql);
    assert.equal((await verifyAudit(house.db)).fault, null);
  });

  it('cannot be changed by the server’s own role', async () => {
    for (const sql of [
      'DELETE FROM audit_seal',
      `UPDATE audit_seal SET hash = hash`,
      'DELETE FROM audit_entry',
      'DELETE FROM audit_head',
    ]) {
      await assert.rejects(house.db.query(sql), { code: '42501' }, sql);
    }
  });

  it('is copied off the database, a line an entry, readable by us alone', async () => {
    const directory = join(mkdtempSync(join(tmpdir(), 'mbayar-audit-')), 'audit');
    await record(house.db, 2);
    await sealAll(house.db, openAuditFiles(directory));
    const [file = ''] = readdirSync(directory);
    assert.match(file, /^\d{4}-\d{2}-\d{2}\.jsonl$/);
    assert.equal(statSync(join(directory, file)).mode & 0o777, 0o600);
    const lines = readFileSync(join(directory, file), 'utf8').trim().split('\n');
    assert.equal(lines.length, 2);
    assert.equal(JSON.parse(lines.at(-1) ?? '').hash, (await verifyAudit(house.db)).headHash);
    rmSync(directory, { recursive: true });
  });

  it('is verified on the command line: the head when it is whole, the first broken row and exit code 1 when not', async () => {
    const run = (...args: string[]) =>
      promisify(execFile)(process.execPath, [join(import.meta.dirname, 'verify.ts'), ...args], {
        env: {
          ...process.env,
          DATABASE_URL: house.database.ownerUrl,
          APP_DATABASE_URL: house.database.appUrl,
        },
      });
    const { headHash } = await verifyAudit(house.db);
    assert.match((await run()).stdout, new RegExp(`Tête : n° \\d+, ${headHash}\nLa chaîne est entière`));
    await run('--expect', headHash);
    await assert.rejects(run('--expect', 'ab'.repeat(32)), { code: 1 });
    await assert.rejects(run('--expect', 'x'), { code: 2 });
    await admin.query('ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_append_only');
    await admin.query(
      `UPDATE audit_entry SET target = 'other' WHERE id = (SELECT entry_id FROM audit_seal WHERE seq = 2)`,
    );
    await assert.rejects(run(), { code: 1, stderr: /La chaîne est rompue : entry \d+ \(seal 2\)/ });
  });
});

describe('the audit log', () => {
  let house: House;
  before(async () => {
    house = await openHouse();
  });
  after(async () => {
    await house.assertSound();
    await house.close();
  });

  const entriesOf = (actorId: string) =>
    // The house sends each request from an address of its own.
    house.owner.query<{ command: string; target: string; outcome: string; place: boolean; input: object }>(
      `SELECT command, target, outcome, address LIKE '10.%' AS place, input FROM audit_entry
       WHERE actor_id = $1 ORDER BY id`,
      [actorId],
    );

  it('X02 keeps a trace of who asks for somebody else’s bet, and of where from', async () => {
    const [market] = await seedMarkets(house.owner, { count: 1 });
    const [owner, stranger] = await seedPlayers(house.owner, { count: 2, availableXof: 10_000 });
    assert(market && owner && stranger);
    const { offerId } = (await place(house, owner, market.marketId, { side: 'A', stakeXof: 1_000 })).body;
    assert.equal((await house.get(`/offers/${offerId}`, owner.cookie)).status, 200);
    assert.equal((await house.get(`/offers/${offerId}`, stranger.cookie)).status, 404);
    assert.deepEqual(await entriesOf(owner.playerId), []);
    assert.deepEqual(await entriesOf(stranger.playerId), [
      {
        command: 'refuse-access',
        target: 'route GET /offers/:offerId',
        outcome: 'not_found',
        place: true,
        input: { path: `/api/v1/offers/${offerId}` },
      },
    ]);
  });

  it('T08 holds log-ins, refusals and commands of staff with who, what, when and where, at log level silent', async () => {
    const operator = await logInNewStaff(house);
    const support = await logInNewStaff(house, 'support');
    const gala = {
      operationId: randomUUID(),
      name: 'Gala',
      venue: 'Arène',
      authority: 'FSL',
      startsAt: new Date(Date.now() + 3_600_000).toISOString(),
      visibility: 'public',
      isTest: true,
    };
    assert.equal((await operator.post('/staff/galas', gala)).status, 201);
    assert.equal((await support.post('/staff/galas', { ...gala, operationId: randomUUID() })).status, 403);
    const wrong = { phone: operator.phone, code: '000000', totp: '000000' };
    assert.equal((await house.post('/staff/sessions', undefined, wrong)).status, 401);
    const told = async (staffId: string) =>
      (await entriesOf(staffId)).map(({ command, outcome, place }) => [command, outcome, place]);
    assert.deepEqual(await told(operator.staffId), [
      ['log-in-staff', 'done', true],
      ['create-gala', 'done', true],
      ['log-in-staff', 'code_wrong', true],
    ]);
    assert.deepEqual(await told(support.staffId), [
      ['log-in-staff', 'done', true],
      ['refuse-access', 'not_allowed', true],
    ]);
  });

  it('holds a page that the role forbids', async () => {
    const [finance] = await seedStaff(house.owner, 1, 'finance');
    assert(finance);
    const answer = await house.post('/staff/markets/1/whistle', finance.cookie, {
      operationId: randomUUID(),
    });
    assert.equal(answer.status, 403);
    const [entry] = await entriesOf(finance.staffId);
    assert.equal(entry?.target, 'route POST /staff/markets/:marketId/whistle');
  });
});

/**
 * What the proof is for: after the close somebody with the whole database in his hands, triggers off, adds a bet, takes
 * one out, changes one. Each time the proof fails, the public page says so, and the house notices by itself.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { findLedgerFaults } from '../ledger/check-ledger.ts';
import { sealMarket } from '../settlement/seal-market.ts';
import { place, whistle } from '../testing/bets.ts';
import { type House, openHouse } from '../testing/house.ts';
import { downloadFiles, type ProofFiles, runScript } from '../testing/proof-files.ts';
import { type SeededPlayer, seedMarkets, seedPlayers, seedStaff } from '../testing/seed.ts';
import { unlimitedRates } from '../testing/seed-settings.ts';
import { findRootFaults } from './find-root-faults.ts';

let house: House;
let a: SeededPlayer;
let b: SeededPlayer;
before(async () => {
  house = await openHouse({ settings: unlimitedRates });
  [a, b] = (await seedPlayers(house.owner, { count: 2, availableXof: 1_000_000 })) as [
    SeededPlayer,
    SeededPlayer,
  ];
});
after(() => house.close());

interface Sealed {
  readonly marketId: number;
  readonly betIds: readonly string[];
  /** What each better has on his phone since the close. */
  readonly files: readonly ProofFiles[];
}

/** A closed market with five bets. */
async function sealed(): Promise<Sealed> {
  const [market] = await seedMarkets(house.owner, { count: 1 });
  const [staff] = await seedStaff(house.owner, 1);
  assert.ok(market !== undefined && staff !== undefined);
  const { marketId } = market;
  const betIds: string[] = [];
  for (let i = 0; i < 5; i++) {
    await place(house, a, marketId, { side: 'A', stakeXof: 1_000 });
    const taken = await place(house, b, marketId, { side: 'B', stakeXof: 1_000 });
    betIds.push(taken.body.bets[0].betId);
  }
  await whistle(house, staff, marketId);
  await sealMarket(house.db, marketId);
  const files = await Promise.all(betIds.map((betId) => downloadFiles(house, a, betId)));
  for (const one of files) assert.ok(runScript(one).isGood);
  assert.equal(await isRootFaulty(marketId), false);
  return { marketId, betIds, files };
}

/** What was done to earlier markets stays done: this one alone. */
async function isRootFaulty(marketId: number): Promise<boolean> {
  const { faults } = await findRootFaults(house.db, 0, 1_000_000);
  return faults.some(({ detail }) => detail.startsWith(`market ${marketId} `));
}

/** With everything off that could stop him; back on afterwards. */
async function tamper(change: string, values: readonly unknown[]): Promise<void> {
  await house.owner.transaction(async (tx) => {
    for (const table of ['duel', 'offer', 'market'])
      await tx.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
    await tx.query(change, values);
    for (const table of ['duel', 'offer', 'market'])
      await tx.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
  });
}

/** The public page, the house's own check and the command all see it; returns the codes of the house's check. */
async function noticed({ marketId }: Sealed): Promise<string[]> {
  const { body } = await house.get(`/markets/${marketId}/proof`);
  assert.equal(body.recomputed.holds, false);
  assert.notEqual(body.recomputed.root, body.root.root);
  assert.equal(await isRootFaulty(marketId), true);
  const told = await verifyAll();
  assert.equal(told.code, 1);
  assert.match(told.stderr, new RegExp(`root_differs: market ${marketId} `));
  return (await findLedgerFaults(house.owner)).map(({ fault }) => fault);
}

/** What a bettor gets from the house now, judged by the script. */
async function proofNow(betId: string): Promise<{ readonly holds: boolean; readonly isGood: boolean }> {
  const files = await downloadFiles(house, a, betId);
  return { holds: files.proof.holds, isGood: runScript(files).isGood };
}

async function verifyAll(): Promise<{ readonly code: number; readonly stderr: string }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'mbayar-verify-'));
  const env = {
    ...process.env,
    DATA_DIR: dataDir,
    DATABASE_URL: house.database.ownerUrl,
    APP_DATABASE_URL: house.database.appUrl,
  };
  try {
    const file = join(import.meta.dirname, 'verify-roots.ts');
    const { stderr } = await promisify(execFile)(process.execPath, [file], { env });
    return { code: 0, stderr };
  } catch (error) {
    // What execFile throws for an exit code that is not 0.
    return error as { code: number; stderr: string };
  } finally {
    rmSync(dataDir, { recursive: true });
  }
}

const failed = { holds: false, isGood: false };

test('untouched, everything holds', async () => {
  const { betIds } = await sealed();
  assert.deepEqual((await verifyAll()).code, 0);
  for (const betId of betIds) assert.deepEqual(await proofNow(betId), { holds: true, isGood: true });
});

test('a bet that is added after the close has no proof, and breaks those of the others', async () => {
  const market = await sealed();
  const [added = ''] = (await house.owner.query<{ id: string }>('SELECT gen_random_uuid()::text AS id')).map(
    ({ id }) => id,
  );
  await tamper(
    `INSERT INTO duel (id, market_id, seq, maker_side, maker_offer_id, taker_operation_id, player_a_id, player_b_id,
       stake_a_xof, stake_b_xof, made_at, salt)
     SELECT $2, market_id, seq + 1000, maker_side, maker_offer_id, taker_operation_id, player_a_id, player_b_id,
       500000, 1000, made_at, salt FROM duel WHERE id = $1`,
    [market.betIds[4], added],
  );
  const faults = await noticed(market);
  assert.ok(faults.includes('root_count_differs'), faults.join(', '));
  assert.deepEqual(await proofNow(added), failed);
  assert.deepEqual(await proofNow(market.betIds[0] ?? ''), failed);
  for (const one of market.files) assert.ok(runScript(one).isGood, 'what was downloaded before stays true');
});

test('a bet that is taken out after the close is missed by its owner, and breaks those of the others', async () => {
  const market = await sealed();
  await tamper('DELETE FROM duel WHERE id = $1', [market.betIds[2]]);
  const faults = await noticed(market);
  assert.ok(faults.includes('root_count_differs'), faults.join(', '));
  const gone = await house.get(`/bets/${market.betIds[2]}/proof`, a.cookie);
  assert.equal(gone.status, 404);
  assert.ok(runScript(market.files[2] ?? assert.fail()).isGood, 'he can show that it was there');
  for (const betId of [market.betIds[0], market.betIds[3]])
    assert.deepEqual(await proofNow(betId ?? ''), failed);
});

test('a bet that is changed after the close fails, whatever is changed of it', async () => {
  const changes = [
    'stake_a_xof = 2000',
    'stake_b_xof = 1100',
    `made_at = made_at - interval '1 second'`,
    `maker_side = 'B'`,
    'seq = seq + 1000',
    `salt = decode(repeat('00', 16), 'hex')`,
  ];
  for (const change of changes) {
    const market = await sealed();
    await tamper(`UPDATE duel SET ${change} WHERE id = $1`, [market.betIds[1]]);
    await noticed(market);
    assert.deepEqual(await proofNow(market.betIds[1] ?? ''), failed, change);
    assert.deepEqual(await proofNow(market.betIds[0] ?? ''), failed, change);
    assert.ok(runScript(market.files[1] ?? assert.fail()).isGood);
  }
});

test('whoever publishes a new root for what he changed breaks the chain that others have', async () => {
  const market = await sealed();
  const later = await sealed();
  await tamper('UPDATE duel SET stake_a_xof = 2000 WHERE id = $1', [market.betIds[1]]);
  const made = (await house.get(`/markets/${market.marketId}/proof`)).body.recomputed.root;
  await house.owner.transaction(async (tx) => {
    for (const table of ['root_chain', 'market']) await tx.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
    await tx.query(`UPDATE market SET root = decode($2, 'hex') WHERE id = $1`, [market.marketId, made]);
    await tx.query(
      `UPDATE root_chain SET root = decode($2, 'hex') WHERE kind = 'market' AND subject_id = $1`,
      [market.marketId, made],
    );
    for (const table of ['root_chain', 'market']) await tx.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
  });
  const faults = (await findLedgerFaults(house.owner)).map(({ fault }) => fault);
  assert.ok(faults.includes('chain_broken'), faults.join(', '));
  const files = await downloadFiles(house, a, market.betIds[1] ?? '');
  assert.deepEqual(runScript(files).bad, ['chain']);
  // The receipt from before the change is not about this bet any more.
  assert.deepEqual(runScript({ ...files, receipt: market.files[1]?.receipt }).bad, ['bet', 'chain']);
  assert.ok(runScript(later.files[0] ?? assert.fail()).isGood);
});

/** The chain of roots: every root gets one place, in order, and what is changed afterwards is found. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { findLedgerFaults } from '../ledger/check-ledger.ts';
import { sealMarket } from '../settlement/seal-market.ts';
import { place, whistle } from '../testing/bets.ts';
import { type House, openHouse } from '../testing/house.ts';
import { type SeededStaff, seedMarkets, seedPlayers, seedStaff } from '../testing/seed.ts';
import { publishRoot } from './publish-root.ts';

let house: House;
let staff: SeededStaff;
before(async () => {
  house = await openHouse();
  [staff] = (await seedStaff(house.owner, 1)) as [SeededStaff];
});
after(() => house.close());

interface Link {
  readonly number: number;
  readonly kind: string;
  readonly subject: number;
  readonly leaves: number;
  readonly root: Buffer;
  readonly atMs: number;
  readonly value: Buffer;
}

const readChain = () =>
  house.owner.query<Link>(
    `SELECT number, kind, subject_id AS subject, leaf_count AS leaves, root,
       floor(extract(epoch FROM published_at) * 1000)::bigint AS "atMs", value FROM root_chain ORDER BY number`,
  );

/** The bytes of a link as docs/proofs.md lists them. */
function linkValue(previous: Buffer, link: Link): Buffer {
  const head = Buffer.alloc(26);
  head.writeBigUInt64BE(BigInt(link.number), 0);
  head.write(link.kind === 'pool' ? 'P' : 'M', 8);
  head.writeUInt32BE(link.subject, 9);
  head.writeUInt32BE(link.leaves, 13);
  head.writeBigUInt64BE(BigInt(link.atMs), 17);
  const bytes = Buffer.concat([Buffer.of(2), previous, head.subarray(0, 25), link.root]);
  return createHash('sha256').update(bytes).digest();
}

/** Markets with so many duels each, closed and sealed, all at once. */
async function sealed(duelCounts: readonly number[]): Promise<number[]> {
  const markets = await seedMarkets(house.owner, { count: duelCounts.length });
  const [a, b] = await seedPlayers(house.owner, { count: 2, availableXof: 100_000 });
  assert.ok(a !== undefined && b !== undefined);
  for (const [i, { marketId }] of markets.entries()) {
    for (let n = 0; n < (duelCounts[i] ?? 0); n++) {
      await place(house, a, marketId, { side: 'A', stakeXof: 1_000 });
      await place(house, b, marketId, { side: 'B', stakeXof: 1_000 });
    }
    await whistle(house, staff, marketId);
  }
  await Promise.all(markets.map(({ marketId }) => sealMarket(house.db, marketId)));
  return markets.map(({ marketId }) => marketId);
}

/** The faults found after something that nobody may do, triggers off; it is put back. */
async function faultsAfter(change: string): Promise<string[]> {
  const found: string[] = [];
  const undone = house.owner.transaction(async (tx) => {
    await tx.query('ALTER TABLE root_chain DISABLE TRIGGER USER');
    await tx.query('ALTER TABLE market DISABLE TRIGGER USER');
    await tx.query(change);
    for (const { fault } of await findLedgerFaults(tx)) found.push(fault);
    throw new Error('put back');
  });
  await assert.rejects(undone, /put back/);
  return found;
}

test('roots published at once get one number each, and each value holds all before it', async () => {
  const markets = await sealed([2, 0, 1, 3]);
  // Twice is once.
  await Promise.all(markets.map((marketId) => sealMarket(house.db, marketId)));
  const chain = await readChain();
  assert.deepEqual(
    chain.map(({ number }) => number),
    chain.map((_, index) => index + 1),
  );
  assert.deepEqual(chain.map(({ subject }) => subject).sort(), [...markets].sort());
  let previous: Buffer = Buffer.alloc(32);
  for (const link of chain) {
    assert.equal(link.value.toString('hex'), linkValue(previous, link).toString('hex'));
    previous = link.value;
  }
  const rows = await house.owner.query<{ id: number; root: Buffer; count: number; isSame: boolean }>(
    `SELECT m.id, m.root, m.root_duel_count AS count, m.root_published_at = c.published_at AS "isSame"
     FROM market m JOIN root_chain c ON c.subject_id = m.id AND c.root = m.root AND c.leaf_count = m.root_duel_count`,
  );
  assert.deepEqual(rows.filter(({ isSame }) => isSame).length, 4);
  await house.assertSound();
});

test('pools are in the same chain, and a second root of the same is refused', async () => {
  const root = Buffer.alloc(32, 7);
  const publish = () =>
    house.db.transaction((tx) => publishRoot(tx, { kind: 'pool', subjectId: 1, leafCount: 5, root }));
  const before = (await readChain()).length;
  const published = await publish();
  assert.equal(published.number, before + 1);
  await assert.rejects(publish(), /root_chain_subject_once/);
  const chain = await readChain();
  assert.deepEqual([chain.length, chain.at(-1)?.kind], [before + 1, 'pool']);
  const previous = chain.at(-2)?.value ?? assert.fail();
  assert.ok(chain.at(-1)?.value.equals(linkValue(previous, chain.at(-1) ?? assert.fail())));
  await house.assertSound();
});

test('a link is written once: neither the server nor the owner changes it', async () => {
  for (const db of [house.db, house.owner]) {
    await assert.rejects(db.query('UPDATE root_chain SET leaf_count = 9 WHERE number = 1'));
    await assert.rejects(db.query('DELETE FROM root_chain'));
    await assert.rejects(db.query('TRUNCATE root_chain'));
  }
  await house.assertSound();
});

test('what was changed behind the triggers is found by the ledger’s own check', async () => {
  const changes: readonly [change: string, faults: string[]][] = [
    [
      "UPDATE root_chain SET published_at = published_at - interval '1 second' WHERE number = 2",
      ['chain_broken', 'root_not_chained'],
    ],
    [
      'UPDATE root_chain SET leaf_count = leaf_count + 1 WHERE number = 2',
      ['chain_broken', 'root_not_chained'],
    ],
    [`UPDATE root_chain SET root = sha256('other') WHERE number = 3`, ['chain_broken', 'root_not_chained']],
    [
      `UPDATE root_chain SET kind = 'pool', subject_id = 9 WHERE number = 1`,
      ['chain_broken', 'root_not_chained'],
    ],
    ['DELETE FROM root_chain WHERE number = 2', ['chain_broken', 'root_not_chained']],
    ['DELETE FROM root_chain WHERE number = (SELECT max(number) FROM root_chain)', ['chain_cut']],
    [`UPDATE root_chain_head SET value = sha256('')`, ['chain_cut']],
    [
      'UPDATE market SET root_duel_count = 77 WHERE root IS NOT NULL',
      ['root_count_differs', 'root_not_chained'],
    ],
    [`UPDATE market SET root = sha256('x') WHERE root IS NOT NULL`, ['root_not_chained']],
    ['UPDATE market SET root_published_at = NULL WHERE root IS NOT NULL', ['root_not_chained']],
  ];
  for (const [change, expected] of changes) {
    const found = await faultsAfter(change);
    for (const fault of expected) assert.ok(found.includes(fault), `${change}: ${found.join(', ')}`);
  }
  await house.assertSound();
});

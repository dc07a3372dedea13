/** A bet's proof and its receipt, from the house to somebody who does not believe it. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { canonicalJson } from '#core/rule-card.ts';
import { sealMarket } from '../settlement/seal-market.ts';
import { command, place, whistle } from '../testing/bets.ts';
import { type Answer, type House, openHouse } from '../testing/house.ts';
import { witnessRoot } from '../testing/merkle-witness.ts';
import { downloadFiles, type ProofFiles, runScript } from '../testing/proof-files.ts';
import { type SeededPlayer, type SeededStaff, seedMarkets, seedPlayers, seedStaff } from '../testing/seed.ts';
import { unlimitedRates } from '../testing/seed-settings.ts';
import { findRootFaults } from './find-root-faults.ts';
import { keepReceiptKey } from './receipt-keys.ts';
import { sha256 } from './sha256.ts';

let house: House;
let one: SeededStaff;
let two: SeededStaff;
let a: SeededPlayer;
let b: SeededPlayer;
before(async () => {
  house = await openHouse({ settings: unlimitedRates });
  [one, two] = (await seedStaff(house.owner, 2)) as [SeededStaff, SeededStaff];
  [a, b] = (await seedPlayers(house.owner, { count: 2, availableXof: 10_000_000 })) as [
    SeededPlayer,
    SeededPlayer,
  ];
});
after(async () => {
  await house.assertSound();
  assert.deepEqual((await findRootFaults(house.db, 0, 1_000_000)).faults, []);
  await house.close();
});

interface Betting {
  readonly marketId: number;
  readonly boutId: number;
  readonly betIds: readonly string[];
}

/** An open market with so many duels between the two players. */
async function betting(duelCount: number): Promise<Betting> {
  const [market] = await seedMarkets(house.owner, { count: 1 });
  assert.ok(market !== undefined);
  const betIds: string[] = [];
  for (let i = 0; i < duelCount; i++) {
    await place(house, a, market.marketId, { side: 'A', stakeXof: 1_000 });
    const taken = await place(house, b, market.marketId, { side: 'B', stakeXof: 1_000 });
    betIds.push(taken.body.bets[0].betId);
  }
  return { ...market, betIds };
}

async function closed(duelCount: number): Promise<Betting> {
  const made = await betting(duelCount);
  await whistle(house, one, made.marketId);
  await sealMarket(house.db, made.marketId);
  return made;
}

function assertRefused(answer: Answer, status: number, code: string): void {
  assert.deepEqual([answer.status, answer.body.code], [status, code], JSON.stringify(answer.body));
}

test('each bet of each market leads to its root, for both who made it', async () => {
  for (const duelCount of [1, 2, 3, 7]) {
    const { marketId, betIds } = await closed(duelCount);
    const { root } = await witnessRoot(house.owner, marketId);
    for (const [index, betId] of betIds.entries()) {
      const files = await downloadFiles(house, index % 2 === 0 ? a : b, betId);
      assert.deepEqual([files.proof.index, files.proof.holds], [index, true]);
      assert.deepEqual([files.proof.chain.at(-1).root, files.proof.chain.at(-1).subjectId], [root, marketId]);
      const { isGood, text } = runScript(files);
      assert.ok(isGood, text);
      assert.ok(text.includes(files.proof.chain.at(-1).value), text);
    }
    const shown = await house.get(`/markets/${marketId}/proof`);
    assert.deepEqual(shown.body.recomputed, { root, leafCount: duelCount, holds: true });
    assert.deepEqual([shown.body.root.root, shown.body.root.leafCount], [root, duelCount]);
    assert.deepEqual([shown.body.late, shown.body.trueWhistle], [{ count: 0, stakesXof: 0 }, null]);
    assert.ok(shown.body.closedAt <= shown.body.root.publishedAt);
  }
});

test('a market that nobody bet on has a root too', async () => {
  const { marketId } = await closed(0);
  const { body } = await house.get(`/markets/${marketId}/proof`);
  assert.equal(body.root.root, Buffer.from(sha256(new Uint8Array())).toString('hex'));
  assert.deepEqual([body.root.leafCount, body.recomputed.holds], [0, true]);
});

test('no proof before the root, nor of what is not there or not his', async () => {
  const { marketId, betIds } = await betting(1);
  const [betId = ''] = betIds;
  const market = () => house.get(`/markets/${marketId}/proof`);
  const bet = (player: SeededPlayer) => house.get(`/bets/${betId}/proof`, player.cookie);
  assertRefused(await market(), 409, 'proof_not_yet');
  assertRefused(await bet(a), 409, 'proof_not_yet');
  await whistle(house, one, marketId);
  assertRefused(await market(), 409, 'proof_not_yet');
  assertRefused(await bet(b), 409, 'proof_not_yet');
  await sealMarket(house.db, marketId);
  assert.equal((await bet(b)).status, 200);

  const [stranger] = await seedPlayers(house.owner, { count: 1, availableXof: 0 });
  assert.ok(stranger !== undefined);
  for (const what of ['proof', 'receipt']) {
    assertRefused(await house.get(`/bets/${betId}/${what}`, stranger.cookie), 404, 'not_found');
    assertRefused(await house.get(`/bets/${betId}/${what}`), 401, 'log_in_required');
    assertRefused(await house.get(`/bets/${randomUUID()}/${what}`, a.cookie), 404, 'not_found');
    for (const id of ['1', 'x', '%00', `${betId}0`, betId.toUpperCase()])
      assertRefused(await house.get(`/bets/${id}/${what}`, a.cookie), 400, 'request_invalid');
  }
  for (const id of ['0', '-1', '1.5', 'x', '9999999999', '%00'])
    assertRefused(await house.get(`/markets/${id}/proof`), 400, 'request_invalid');
  assertRefused(await house.get('/markets/999999999/proof'), 404, 'not_found');

  const [draft] = await seedMarkets(house.owner, { count: 1, state: 'draft' });
  assertRefused(await house.get(`/markets/${draft?.marketId}/proof`), 409, 'proof_not_yet');
  const [hidden] = await seedMarkets(house.owner, { count: 1, visibility: 'hidden' });
  assertRefused(await house.get(`/markets/${hidden?.marketId}/proof`), 404, 'not_found');
  assertRefused(await house.get(`/markets/${hidden?.marketId}/proof`, a.cookie), 409, 'proof_not_yet');
});

test('a receipt says what was agreed, from the moment the bet is made', async () => {
  const { marketId, betIds } = await betting(1);
  const [betId = ''] = betIds;
  const [head] = (await house.get('/roots')).body.roots;
  const { body: bet } = await house.get(`/bets/${betId}`, b.cookie);
  const { body } = await house.get(`/bets/${betId}/receipt`, b.cookie);
  const [{ card, names } = { card: {}, names: [] }] = await house.owner.query<{
    card: object;
    names: string[];
  }>(
    `SELECT m.rule_card AS card, ARRAY[wa.ring_name, wb.ring_name] AS names FROM market m JOIN bout b ON b.id = m.bout_id
     JOIN wrestler wa ON wa.id = b.wrestler_a_id JOIN wrestler wb ON wb.id = b.wrestler_b_id WHERE m.id = $1`,
    [marketId],
  );
  assert.deepEqual(body.receipt, {
    format: 'mbayar-receipt-1',
    betId,
    marketId,
    boutName: names.join(' – '),
    question: { kind: 'winner' },
    sides: { A: names[0], B: names[1] },
    side: 'B',
    stakeXof: 1_000,
    opponentStakeXof: 1_000,
    netXof: 1_520,
    madeAt: bet.madeAt,
    ruleCard: { version: 2, hash: Buffer.from(sha256(Buffer.from(canonicalJson(card)))).toString('hex') },
    chain: { number: head.number, value: head.value },
    keyId: body.receipt.keyId,
  });
  assert.equal(bet.netXof, 1_520);
  // The same again, whatever happens to the market.
  await whistle(house, one, marketId);
  await sealMarket(house.db, marketId);
  assert.deepEqual((await house.get(`/bets/${betId}/receipt`, b.cookie)).body, body);
  assert.equal((await house.get(`/bets/${betId}/receipt`, a.cookie)).body.receipt.side, 'A');
});

test('a proof holds every root since the bet was made, and the script wants all of them', async () => {
  const early = await betting(2);
  await closed(1);
  await closed(2);
  await whistle(house, one, early.marketId);
  await sealMarket(house.db, early.marketId);
  const files = await downloadFiles(house, a, early.betIds[1] ?? '');
  const { chain } = files.proof;
  assert.equal(chain.length, 3);
  assert.equal(chain[0].number, files.receipt.receipt.chain.number + 1);
  assert.ok(runScript(files).isGood);
  const withChain = (links: object[]) => ({ ...files, proof: { ...files.proof, chain: links } });
  assert.deepEqual(runScript(withChain([chain[0], chain[2]])).bad, ['chain']);
  assert.deepEqual(runScript(withChain([chain[1], chain[0], chain[2]])).bad, ['chain']);
  assert.deepEqual(runScript(withChain(chain.slice(0, 2))).bad, ['root']);
});

test('whatever is changed in a receipt or a proof, the script says so', async () => {
  const { betIds } = await closed(5);
  const files = await downloadFiles(house, a, betIds[2] ?? '');
  const { receipt } = files.receipt;
  const { leaf, chain, path } = files.proof;
  const market = chain.at(-1);
  const other = 'ab'.repeat(32);
  const changes: readonly [what: string, change: Partial<ProofFiles>, bad: string[]][] = [
    ...Object.keys(receipt).map((name): [string, Partial<ProofFiles>, string[]] => {
      const changed = typeof receipt[name] === 'object' ? { ...receipt[name], number: 99, hash: other } : 99;
      const signed = { ...files.receipt, receipt: { ...receipt, [name]: changed } };
      return [`receipt.${name}`, { receipt: signed }, ['signature']];
    }),
    ['signature', { receipt: { ...files.receipt, signature: '00'.repeat(64) } }, ['signature']],
    ['no such key', { keys: { keys: [] } }, ['signature']],
    [
      'another key under the same name',
      { keys: { keys: [{ ...files.keys.keys[0], publicKey: other }] } },
      ['signature'],
    ],
    ['leaf.seq', { proof: { ...files.proof, leaf: { ...leaf, seq: leaf.seq + 1 } } }, ['root']],
    ['leaf.salt', { proof: { ...files.proof, leaf: { ...leaf, salt: '00'.repeat(16) } } }, ['root']],
    ['leaf.makerSide', { proof: { ...files.proof, leaf: { ...leaf, makerSide: 'B' } } }, ['root']],
    ['leaf.stakeAXof', { proof: { ...files.proof, leaf: { ...leaf, stakeAXof: 2_000 } } }, ['bet', 'root']],
    ['leaf.stakeBXof', { proof: { ...files.proof, leaf: { ...leaf, stakeBXof: 2_000 } } }, ['bet', 'root']],
    ['leaf.betId', { proof: { ...files.proof, leaf: { ...leaf, betId: randomUUID() } } }, ['bet', 'root']],
    [
      'leaf.madeAt',
      { proof: { ...files.proof, leaf: { ...leaf, madeAt: market.publishedAt } } },
      ['bet', 'root'],
    ],
    ['leaf.marketId', { proof: { ...files.proof, leaf: { ...leaf, marketId: 1 } } }, ['bet', 'root']],
    ['index', { proof: { ...files.proof, index: 1 } }, ['root']],
    ['path', { proof: { ...files.proof, path: [other, ...path.slice(1)] } }, ['root']],
    ['shorter path', { proof: { ...files.proof, path: path.slice(1) } }, ['root']],
    ['longer path', { proof: { ...files.proof, path: [...path, other] } }, ['root']],
    ...(['root', 'value'] as const).map((name): [string, Partial<ProofFiles>, string[]] => [
      `chain.${name}`,
      { proof: { ...files.proof, chain: [{ ...market, [name]: other }] } },
      name === 'root' ? ['root', 'chain'] : ['chain'],
    ]),
    [
      'chain.leafCount',
      { proof: { ...files.proof, chain: [{ ...market, leafCount: 3 }] } },
      ['root', 'chain'],
    ],
    [
      'chain.publishedAt',
      { proof: { ...files.proof, chain: [{ ...market, publishedAt: leaf.madeAt }] } },
      ['chain'],
    ],
    ['chain.kind', { proof: { ...files.proof, chain: [{ ...market, kind: 'pool' }] } }, ['root', 'chain']],
  ];
  for (const [what, change, bad] of changes) {
    const verdict = runScript({ ...files, ...change });
    assert.ok(!verdict.isGood, what);
    for (const name of bad) assert.ok(verdict.bad.includes(name), `${what}: ${verdict.text}`);
  }
  assert.ok(runScript(files).isGood);
});

test('a bet after the true whistle is told as voided', async () => {
  const { marketId, boutId, betIds } = await betting(3);
  const { body: second } = await house.get(`/bets/${betIds[1]}`, a.cookie);
  await whistle(house, one, marketId);
  await sealMarket(house.db, marketId);
  // Told to the millisecond: the second bet was made at or after it, the third after.
  const at = second.madeAt;
  const path = `/bouts/${boutId}/true-whistle`;
  assert.equal((await command(house, one, path, { at })).status, 200);
  const shown = async () => (await house.get(`/markets/${marketId}/proof`)).body;
  assert.deepEqual([(await shown()).trueWhistle, (await shown()).late.count], [null, 0]);
  assert.equal((await command(house, two, `${path}/confirm`, { at })).status, 200);
  const { trueWhistle, late, recomputed } = await shown();
  const [{ count } = { count: 0 }] = await house.owner.query<{ count: number }>(
    'SELECT count(*) FROM duel WHERE market_id = $1 AND made_at > $2',
    [marketId, at],
  );
  assert.ok(count >= 1 && count <= 2);
  assert.deepEqual([trueWhistle.at, late], [at, { count, stakesXof: count * 2_000 }]);
  // The bets are all in the root: it is of what was bet, not of what is paid.
  assert.deepEqual([recomputed.leafCount, recomputed.holds], [3, true]);
});

test('the list of roots is the chain, newest first, a page at a time', async () => {
  const { body } = await house.get('/roots');
  const numbers = body.roots.map(({ number }: { number: number }) => number);
  assert.deepEqual(
    numbers,
    numbers.map((_: number, i: number) => numbers[0] - i),
  );
  assert.equal(numbers.at(-1), 1);
  assert.equal(body.next, null);
  const older = (await house.get(`/roots?before=${numbers[2]}`)).body.roots;
  assert.deepEqual(older, body.roots.slice(3));
  assert.deepEqual((await house.get('/roots?before=1')).body, { roots: [], next: null });
  assertRefused(await house.get('/roots?before=0'), 400, 'request_invalid');
  assertRefused(await house.get('/roots?before=x'), 400, 'request_invalid');
});

test('another key signs from its day on; what the old one signed stays good, and its private part is gone', async () => {
  const { betIds } = await closed(1);
  const [betId = ''] = betIds;
  const old = await downloadFiles(house, a, betId);
  const dataDir = mkdtempSync(join(tmpdir(), 'mbayar-key-'));
  const run = (...args: string[]) =>
    promisify(execFile)(process.execPath, [join(import.meta.dirname, 'receipt-key.ts'), ...args], {
      env: {
        ...process.env,
        DATA_DIR: dataDir,
        DATABASE_URL: house.database.ownerUrl,
        APP_DATABASE_URL: house.database.appUrl,
        DATA_KEY: house.deps.secrets.dataKeys.join(','),
      },
    });
  for (const args of [
    [],
    ['replace'],
    ['replace', '--reason', ' '],
    ['show', 'x'],
    ['show', '--reason', 'xyz'],
    ['x'],
  ])
    await assert.rejects(run(...args), { code: 2 }, args.join(' '));
  const { stdout } = await run('replace', '--reason', 'poste perdu');
  const fresh = await downloadFiles(house, a, betId);
  const [oldId, freshId] = [old.receipt.receipt.keyId, fresh.receipt.receipt.keyId];
  assert.notEqual(freshId, oldId);
  assert.ok(stdout.includes(freshId) && stdout.includes(oldId), stdout);
  assert.match((await run('show')).stdout, new RegExp(`${freshId} signe depuis.*\n${oldId} a signé`));
  rmSync(dataDir, { recursive: true });

  assert.deepEqual(
    fresh.keys.keys.map(({ keyId }: { keyId: string }) => keyId),
    [freshId, oldId],
  );
  assert.ok(runScript({ ...old, keys: fresh.keys }).isGood, 'the old receipt, with today’s list');
  assert.ok(runScript(fresh).isGood);
  assert.deepEqual(runScript({ ...fresh, keys: old.keys }).bad, ['signature']);
  const rows = await house.owner.query<{ id: string; sealed: boolean; retired: boolean }>(
    `SELECT id, sealed_private_key IS NOT NULL AS sealed, retired_at IS NOT NULL AS retired FROM receipt_key ORDER BY made_at`,
  );
  assert.deepEqual(rows, [
    { id: oldId, sealed: false, retired: true },
    { id: freshId, sealed: true, retired: false },
  ]);
  const audited = await house.owner.query<{ target: string; input: object }>(
    `SELECT target, input FROM audit_entry WHERE command = 'replace-receipt-key'`,
  );
  assert.deepEqual(audited, [
    { target: `receipt key ${oldId}`, input: { reason: 'poste perdu', keyId: freshId } },
  ]);
  for (const sql of [
    'DELETE FROM receipt_key',
    `UPDATE receipt_key SET public_key = sha256('x')`,
    'UPDATE receipt_key SET retired_at = NULL',
  ])
    for (const db of [house.db, house.owner]) await assert.rejects(db.query(sql), sql);
});

test('nodes that start at once make one key', async () => {
  const other = await openHouse();
  try {
    await other.owner.query('ALTER TABLE receipt_key DISABLE TRIGGER USER');
    await other.owner.query('DELETE FROM receipt_key');
    await Promise.all(Array.from({ length: 8 }, () => keepReceiptKey(other.deps)));
    assert.equal((await other.get('/receipt-keys')).body.keys.length, 1);
  } finally {
    await other.close();
  }
});

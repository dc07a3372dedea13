/** The published file of a settled pool, and the script that recomputes it without our code. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { loadPageBundles } from '../page-bundle.ts';
import { type House, openHouse } from '../testing/house.ts';
import { buy, openTestPool } from '../testing/pools.ts';
import { type SeededStaff, seedMarkets, seedPlayers, seedStaff } from '../testing/seed.ts';
import { unlimitedRates } from '../testing/seed-settings.ts';
import { settlePool } from './settle-pool.ts';

const script = join(import.meta.dirname, '../../../docs/verify/recompute-pool.mjs');

let house: House;
let operator: SeededStaff;
let folder: string;

before(async () => {
  house = await openHouse({ pages: await loadPageBundles(), settings: unlimitedRates });
  [operator] = (await seedStaff(house.owner, 1)) as [SeededStaff];
  folder = mkdtempSync(join(tmpdir(), 'mbayar-pool-'));
});
after(async () => {
  rmSync(folder, { recursive: true });
  await house.assertSound();
  await house.close();
});

/** A settled pool of two questions: what was right, and whether a minute's tickets came after the true whistle. */
async function settled(
  right: readonly (readonly [string, string | null])[],
  isLate = false,
): Promise<string> {
  const bouts = await seedMarkets(house.owner, { count: 2 });
  const [first] = bouts;
  assert(first !== undefined);
  const legs = bouts.map(({ boutId }, index) => ({ boutId, kind: index === 0 ? 'winner' : 'method' }));
  const poolId = await openTestPool(house, operator.cookie, first.galaId, legs);
  const players = await seedPlayers(house.owner, { count: 12, availableXof: 100_000 });
  const groups = ['fall', 'ko', 'stoppage', 'decision'];
  for (const [index, player] of players.entries()) {
    const picks = [index % 3 === 0 ? 'B' : 'A', groups[index % 4] ?? ''];
    const bought = await buy(house, player, poolId, picks, 1_000 + 777 * index);
    assert.equal(bought.status, 201);
  }
  await house.owner.query(
    `UPDATE pool SET state = 'closed', closed_at = clock_timestamp(), close_cause = 'whistle' WHERE id = $1`,
    [poolId],
  );
  if (isLate) {
    await house.owner.query(
      `INSERT INTO true_whistle (bout_id, at, proposed_by, confirmed_by, confirmed_at)
       SELECT $1, t.made_at, $3, s.id, clock_timestamp() FROM pool_ticket t, staff s
       WHERE t.pool_id = $2 AND t.seq = 9 AND s.id <> $3 LIMIT 1`,
      [first.boutId, poolId, operator.staffId],
    );
  }
  for (const [index, [ending, side]] of right.entries()) {
    await house.owner.query(
      `INSERT INTO result (id, bout_id, version, ending, winner_side, source, proposed_by, confirmed_by, confirmed_at)
       SELECT gen_random_uuid(), $1, 1, $2, $3, 'Feuille', $4, s.id, clock_timestamp() FROM staff s WHERE s.id <> $4 LIMIT 1`,
      [bouts[index]?.boutId, ending, side, operator.staffId],
    );
  }
  await settlePool({ db: house.db, jobs: house.jobs }, poolId);
  return download(`/mutuels/${poolId}/fichier`);
}

/** As anybody gets it: no session. */
async function download(url: string): Promise<string> {
  const { statusCode, headers, body } = await house.app.player.inject({ method: 'GET', url });
  assert.equal(statusCode, 200, body);
  assert.match(String(headers['content-disposition']), /^attachment; filename="[a-z0-9.-]+"$/);
  return body;
}

function recompute(body: string): { status: number | null; said: string } {
  const file = join(folder, 'pool.json');
  writeFileSync(file, body);
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, file], { encoding: 'utf8' });
  return { status, said: stdout + stderr };
}

test('the script that is published is short, and uses nothing of ours', async () => {
  assert.equal(await download('/mutuels/recalculer'), readFileSync(script, 'utf8'));
  const lines = readFileSync(script, 'utf8').trimEnd().split('\n');
  assert.ok(lines.length <= 40, `${lines.length} lines`);
  const imports = lines.filter((line) => /\bimport\b/.test(line));
  assert.deepEqual(imports, ["import { readFileSync } from 'node:fs';"]);
});

for (const [name, right, isLate, refund] of [
  [
    'shared',
    [
      ['fall', 'A'],
      ['ko', 'B'],
    ],
    false,
    null,
  ],
  [
    'with a void leg',
    [
      ['draw', null],
      ['fall', 'A'],
    ],
    false,
    null,
  ],
  [
    'with late tickets',
    [
      ['fall', 'A'],
      ['draw', null],
    ],
    true,
    null,
  ],
  [
    'all void',
    [
      ['draw', null],
      ['cancelled', null],
    ],
    false,
    'all_void',
  ],
] as const) {
  test(`the file of a pool that is settled, ${name}, is right to the franc`, async () => {
    const body = await settled(right, isLate);
    const file = JSON.parse(body);
    assert.equal(file.paid.refund, refund);
    assert.equal(file.tickets.length, 12);
    assert.ok(!body.includes('player'), 'nobody is named');
    const { status, said } = recompute(body);
    assert.equal(status, 0, said);
    assert.match(said, /^right to the franc: 12 tickets/);
  });
}

test('a file that was changed is found wrong: a payment, a ticket, the take-out, what was right', async () => {
  const body = await settled([
    ['fall', 'A'],
    ['draw', null],
  ]);
  const changes: readonly ((file: Published) => void)[] = [
    (file) => {
      const won = file.tickets.find(([, , , , paid]) => paid > 0);
      if (won !== undefined) won[4] += 1;
    },
    (file) => file.tickets.pop(),
    (file) => {
      file.paid['takeOut'] = (file.paid['takeOut'] ?? 0) + 1;
    },
    (file) => {
      file.right[0] = 'B';
    },
  ];
  for (const change of changes) {
    const file: Published = JSON.parse(body);
    change(file);
    const { status, said } = recompute(JSON.stringify(file));
    assert.equal(status, 1, said);
  }
});

interface Published {
  readonly right: string[];
  readonly paid: Record<string, number>;
  readonly tickets: [number: number, picks: string, stake: number, isLate: number, paid: number][];
}

test('there is no file before a pool is settled', async () => {
  const [market] = await seedMarkets(house.owner, { count: 1 });
  assert(market !== undefined);
  const poolId = await openTestPool(house, operator.cookie, market.galaId, [{ boutId: market.boutId }]);
  for (const id of [poolId, 999_999]) {
    const { statusCode } = await house.app.player.inject({ method: 'GET', url: `/mutuels/${id}/fichier` });
    assert.equal(statusCode, 404);
  }
});

test('a file is published once and never changes', async () => {
  const refused = /append-only|permission denied/;
  await assert.rejects(house.db.query(`UPDATE pool_file SET body = ''`), refused);
  await assert.rejects(house.db.query('DELETE FROM pool_file'), refused);
});

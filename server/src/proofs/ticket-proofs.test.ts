/**
 * A ticket of a pool is a bet like any other: its signed receipt at once, its way to the root after the close; and with
 * the whole database in his hands nobody adds, takes out or changes one afterwards without being seen.
 */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { findLedgerFaults } from '../ledger/check-ledger.ts';
import { loadPageBundles } from '../page-bundle.ts';
import { sealPool } from '../pools/seal-pool.ts';
import { whistle } from '../testing/bets.ts';
import { type House, openHouse } from '../testing/house.ts';
import { buy, openTestPool } from '../testing/pools.ts';
import { downloadFiles, type ProofFiles, runScript } from '../testing/proof-files.ts';
import { Reader } from '../testing/reader.ts';
import { type SeededPlayer, type SeededStaff, seedMarkets, seedPlayers, seedStaff } from '../testing/seed.ts';
import { unlimitedRates } from '../testing/seed-settings.ts';
import { findRootFaults } from './find-root-faults.ts';

let house: House;
let operator: SeededStaff;
let ada: SeededPlayer;
let binta: SeededPlayer;
before(async () => {
  house = await openHouse({ pages: await loadPageBundles(), settings: unlimitedRates });
  [operator] = (await seedStaff(house.owner, 1)) as [SeededStaff];
  [ada, binta] = (await seedPlayers(house.owner, { count: 2, availableXof: 1_000_000 })) as [
    SeededPlayer,
    SeededPlayer,
  ];
});
after(() => house.close());

interface Sold {
  readonly poolId: number;
  readonly marketId: number;
  readonly ticketIds: readonly string[];
}

/** A pool over who wins two bouts, with five tickets of the first player. */
async function sold(): Promise<Sold> {
  const markets = await seedMarkets(house.owner, { count: 2 });
  const [market] = markets;
  assert(market !== undefined);
  const legs = markets.map(({ boutId }) => ({ boutId }));
  const poolId = await openTestPool(house, operator.cookie, market.galaId, legs);
  const ticketIds: string[] = [];
  for (const picks of ['A-A', 'A-B', 'B-A', 'B-B', 'A-A'])
    ticketIds.push((await buy(house, ada, poolId, picks.split('-'), 1_500)).body.ticketId);
  return { poolId, marketId: market.marketId, ticketIds };
}

async function sealed(): Promise<Sold & { readonly files: readonly ProofFiles[] }> {
  const pool = await sold();
  await whistle(house, operator, pool.marketId);
  await sealPool(house.db, pool.poolId);
  const files = await Promise.all(pool.ticketIds.map((id) => downloadFiles(house, ada, id, 'tickets')));
  return { ...pool, files };
}

test('the receipt is there at once, the proof after the close; both are their owner’s alone', async () => {
  const { poolId, marketId, ticketIds } = await sold();
  const [ticketId = ''] = ticketIds;
  const { body } = await house.get(`/tickets/${ticketId}/receipt`, ada.cookie);
  const { betId, picks, picksText, stakeXof } = body.receipt;
  assert.deepEqual([betId, body.receipt.poolId, picks, stakeXof], [ticketId, poolId, 'A-A', 1_500]);
  assert.match(picksText, / · /);
  const early = await house.get(`/tickets/${ticketId}/proof`, ada.cookie);
  assert.deepEqual([early.status, early.body.code], [409, 'proof_not_yet']);
  assert.equal((await house.get(`/pools/${poolId}/proof`)).body.code, 'proof_not_yet');
  await whistle(house, operator, marketId);
  await sealPool(house.db, poolId);
  for (const file of ['receipt', 'proof'])
    assert.equal((await house.get(`/tickets/${ticketId}/${file}`, binta.cookie)).status, 404);
  const after = await house.get(`/tickets/${ticketId}/receipt`, ada.cookie);
  assert.deepEqual(after.body, body, 'the same later');

  const reader = new Reader(house.app.player, ada.cookie);
  const page = await reader.open(`/tickets/${ticketId}`);
  assert.match(page.text, /Empreinte des paris publiée/);
  for (const file of ['recu', 'preuve']) {
    assert.match(page.html, new RegExp(`href="/tickets/${ticketId}/${file}"`));
    assert.match(
      String((await reader.ask(`/tickets/${ticketId}/${file}`)).headers['content-disposition']),
      /\.json/,
    );
  }
  const proof = await new Reader(house.app.player).open(`/preuves/mutuels/${poolId}`);
  assert.match(proof.text, /donnent bien cette empreinte.*Paris comptés 5/);
  const list = await reader.open('/preuves');
  assert.match(list.html, new RegExp(`href="/preuves/mutuels/${poolId}"`));
});

test('every ticket leads to the root, and whatever is changed in its files, the script says so', async () => {
  const { files } = await sealed();
  for (const one of files) {
    assert.equal(one.proof.holds, true);
    assert.ok(runScript(one).isGood, runScript(one).text);
  }
  const [first, second] = files;
  assert(first !== undefined && second !== undefined);
  const changes: Readonly<Record<string, (files: ProofFiles) => void>> = {
    stake: ({ receipt, proof }) => {
      receipt.receipt.stakeXof = 15_000;
      proof.leaf.stakeXof = 15_000;
    },
    picks: ({ receipt }) => {
      receipt.receipt.picks = 'B-B';
    },
    words: ({ receipt }) => {
      receipt.receipt.picksText = 'autre chose';
    },
    leaf: ({ proof }) => {
      proof.leaf.picks = 'B-B';
    },
    salt: ({ proof }) => {
      proof.leaf.salt = '0'.repeat(32);
    },
    another: ({ proof }) => Object.assign(proof, second.proof),
    place: ({ proof }) => {
      proof.index += 1;
    },
    market: ({ proof }) => {
      proof.chain.at(-1).kind = 'market';
    },
    link: ({ proof }) => {
      proof.chain.at(-1).leafCount += 1;
    },
  };
  for (const [name, change] of Object.entries(changes)) {
    const changed: ProofFiles = structuredClone(first);
    change(changed);
    assert.equal(runScript(changed).isGood, false, name);
  }
});

/** Everything off that could stop him. */
async function tamper(change: string, values: readonly unknown[]): Promise<void> {
  await house.owner.transaction(async (tx) => {
    await tx.query('ALTER TABLE pool_ticket DISABLE TRIGGER USER');
    await tx.query(change, values);
    await tx.query('ALTER TABLE pool_ticket ENABLE TRIGGER USER');
  });
}

const ADD = `INSERT INTO pool_ticket (id, pool_id, player_id, seq, picks, stake_xof, made_at, salt)
  SELECT $2::uuid, pool_id, player_id, seq + 100, picks, stake_xof, made_at, salt FROM pool_ticket WHERE id = $1`;
const tamperings: readonly (readonly [name: string, change: string, counts: boolean, ...more: unknown[]])[] =
  [
    ['added', ADD, true, randomUUID()],
    ['taken out', 'DELETE FROM pool_ticket WHERE id = $1', true],
    ['given other picks', `UPDATE pool_ticket SET picks = 'B-B' WHERE id = $1`, false],
    ['made bigger', 'UPDATE pool_ticket SET stake_xof = stake_xof + 1 WHERE id = $1', false],
    ['made older', `UPDATE pool_ticket SET made_at = made_at - interval '1 ms' WHERE id = $1`, false],
  ];
for (const [name, change, isCounted, ...more] of tamperings) {
  test(`a ticket that is ${name} after the close breaks the proof, and is found`, async () => {
    const { poolId, ticketIds, files } = await sealed();
    const [kept] = files;
    assert(kept !== undefined);
    await tamper(change, [ticketIds[2], ...more]);
    const now = await downloadFiles(house, ada, ticketIds[0] ?? '', 'tickets');
    assert.equal(now.proof.holds, false);
    assert.ok(runScript(now).bad.includes('root'));
    assert.ok(runScript(kept).isGood, 'what a bettor kept says what was published');
    const { body } = await house.get(`/pools/${poolId}/proof`);
    assert.equal(body.recomputed.holds, false);
    const page = await new Reader(house.app.player).open(`/preuves/mutuels/${poolId}`);
    assert.match(page.text, /ne donnent plus l’empreinte publiée/);
    const { faults } = await findRootFaults(house.db, 0, 1_000_000);
    assert.ok(faults.some(({ detail }) => detail.startsWith(`pool ${poolId} `)));
    const told = (await findLedgerFaults(house.owner)).filter(({ detail }) =>
      detail.startsWith(`pool ${poolId} `),
    );
    assert.equal(
      told.some(({ fault }) => fault === 'root_count_differs'),
      isCounted,
    );
  });
}

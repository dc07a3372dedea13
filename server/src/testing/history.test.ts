/** The checker finds what it is there for: each fault is planted once, in what a client wrote or in the database. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { openDb } from '../db.ts';
import { sealMarket } from '../settlement/seal-market.ts';
import { settleMarket } from '../settlement/settle-market.ts';
import { command, whistle } from './bets.ts';
import { type Entry, findHistoryFaults, History } from './history.ts';
import { type House, openHouse } from './house.ts';
import { type SeededPlayer, seedMarkets, seedPlayers, seedStaff } from './seed.ts';

let house: House;
let history: History;
let [placed, accepted, cancelled, refused]: Entry[] = [];

before(async () => {
  house = await openHouse();
  history = new History();
  const [ada, bigue] = (await seedPlayers(house.owner, { count: 2, availableXof: 20_000 })) as [
    SeededPlayer,
    SeededPlayer,
  ];
  const [market] = await seedMarkets(house.owner, { count: 1 });
  const [one, two] = await seedStaff(house.owner, 2);
  assert(market !== undefined && one !== undefined && two !== undefined);
  const { marketId, boutId } = market;
  const send = async (kind: Entry['kind'], player: SeededPlayer, input: Record<string, unknown>) => {
    const entry = history.begin({ id: randomUUID(), kind, player, marketId, input });
    const { offerId, ...body } = input;
    const path = `/markets/${marketId}/offers${kind === 'place' ? '' : `/${offerId}/${kind}`}`;
    history.note(entry, await house.post(path, player.cookie, { operationId: entry.id, ...body }));
    return entry;
  };
  placed = await send('place', ada, { side: 'A', stakeXof: 5_000, askXof: 5_000 });
  accepted = await send('accept', bigue, { offerId: placed.id, stakeXof: 3_000 });
  cancelled = await send('cancel', ada, { offerId: placed.id });
  refused = await send('place', ada, { side: 'A', stakeXof: 50_000, askXof: 50_000 });
  await send('place', bigue, { side: 'B', stakeXof: 2_000, askXof: 2_000 });
  await whistle(house, one, marketId);
  await sealMarket(house.db, marketId);
  const verdict = { ending: 'fall', winnerSide: 'B', source: 'Feuille' };
  const { resultId } = (await command(house, one, `/bouts/${boutId}/result`, verdict)).body;
  await command(house, two, `/bouts/${boutId}/result/confirm`, { resultId });
  await settleMarket({ db: house.db, jobs: house.jobs, onProgress: () => undefined }, marketId);
});
after(() => house.close());

/** The history with one entry written otherwise. */
function rewritten(entry: Entry | undefined, change: Partial<Entry>): History {
  const copy = new History();
  for (const [id, known] of history.entries)
    copy.entries.set(id, known === entry ? { ...known, ...change } : known);
  return copy;
}

test('a history that agrees has no fault', async () => {
  assert.deepEqual(await findHistoryFaults(house.owner, history), []);
});

test('what a client wrote and the database denies', async () => {
  assert(placed && accepted && cancelled && refused);
  const done = placed.answers[0]?.body ?? {};
  const lost = { ...placed, id: randomUUID() };
  const withLost = rewritten(undefined, {});
  withLost.entries.set(lost.id, lost);
  const withStranger = rewritten(undefined, {});
  withStranger.entries.delete(accepted.id);
  const refusal = { status: 409, body: { code: 'insufficient_funds', params: {} } };
  const cases: [string, History, RegExp][] = [
    ['acknowledged and lost', withLost, /is not there/],
    ['done and never sent', withStranger, /was never sent/],
    ['refused and done', rewritten(placed, { answers: [refusal] }), /409 answered, 200 stored/],
    ['refused for now and done', rewritten(cancelled, { answers: [], busyCount: 1 }), /has been done/],
    [
      'done and stored as refused',
      rewritten(refused, { answers: [{ status: 201, body: done }] }),
      /201 answered/,
    ],
    ['answered in two ways', rewritten(placed, { answers: [...placed.answers, refusal] }), /two ways/],
    [
      'another answer',
      rewritten(placed, { answers: [{ status: 201, body: { ...done, openXof: 1 } }] }),
      /another answer/,
    ],
    ['another input', rewritten(placed, { input: { ...placed.input, stakeXof: 4_000 } }), /asked/],
    [
      'another kind of refusal',
      rewritten(refused, { answers: [{ ...refusal, body: { code: 'market_closed' } }] }),
      /refused as/,
    ],
  ];
  for (const [name, written, fault] of cases) {
    const faults = await findHistoryFaults(house.owner, written);
    assert.ok(
      faults.some((text) => fault.test(text)),
      `${name}: ${JSON.stringify(faults)}`,
    );
  }
  // An unknown outcome may be either.
  assert.deepEqual(
    await findHistoryFaults(house.owner, rewritten(placed, { answers: [], unknownCount: 1 })),
    [],
  );
});

test('what the database holds wrongly', async () => {
  const plants: [string, string, RegExp][] = [
    [
      'paid too much',
      'UPDATE duel SET payout_b_xof = payout_b_xof + 100, commission_xof = commission_xof - 100',
      /owed/,
    ],
    [
      'paid to the wrong side',
      'UPDATE duel SET payout_a_xof = payout_b_xof, payout_b_xof = payout_a_xof',
      /owed/,
    ],
    [
      'a bet made twice',
      `INSERT INTO duel SELECT (jsonb_populate_record(d, jsonb_build_object('id', gen_random_uuid(), 'seq', 99))).* FROM duel d LIMIT 1`,
      /duels/,
    ],
    ['a balance changed', 'UPDATE ledger.balance SET amount_xof = amount_xof + 1', /holds/],
    [
      'a transfer lost',
      `DELETE FROM ledger.posting WHERE transfer_id = '${placed?.id}'; DELETE FROM ledger.transfer WHERE id = '${placed?.id}'`,
      /moved no money/,
    ],
    [
      'paid by two transfers',
      `INSERT INTO ledger.transfer SELECT gen_random_uuid(), kind, input_hash, recorded_at FROM ledger.transfer WHERE kind = 'duel_settled' LIMIT 1`,
      /settled by/,
    ],
    ['an operation lost', `DELETE FROM operation WHERE id = '${accepted?.id}'`, /is not there/],
  ];
  const admin = openDb({ connectionString: house.database.adminUrl, poolSize: 1 });
  const undone = new Error('undone');
  for (const [name, sql, fault] of plants) {
    const planting = admin.transaction(async (tx) => {
      // Constraints and triggers stand in the way of each of these.
      await tx.query('SET LOCAL session_replication_role = replica');
      for (const statement of sql.split(';')) await tx.query(statement);
      const faults = await findHistoryFaults(tx, history);
      assert.ok(
        faults.some((text) => fault.test(text)),
        `${name}: ${JSON.stringify(faults)}`,
      );
      throw undone;
    });
    await assert.rejects(planting, undone);
  }
  await admin.close();
  assert.deepEqual(await findHistoryFaults(house.owner, history), []);
});

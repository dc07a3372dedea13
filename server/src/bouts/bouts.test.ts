/** Galas, bouts and their markets through HTTP: who may run them, their states, and how they close. */
import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { canonicalJson, usualBoutRules } from '#core/rule-card.ts';
import { startBackground } from '../background.ts';
import { openDataCipher } from '../data-cipher.ts';
import { openLog } from '../log.ts';
import { internalProviders } from '../payments/providers.ts';
import { sealMarket } from '../settlement/seal-market.ts';
import { availableXof, command, place, whistle } from '../testing/bets.ts';
import { type Answer, type House, openHouse } from '../testing/house.ts';
import {
  type SeededMarket,
  type SeededPlayer,
  type SeededStaff,
  seedMarkets,
  seedPlayers,
  seedStaff,
} from '../testing/seed.ts';
import { closePastHardStops } from './close-market.ts';

let house: House;
let operator: SeededStaff;
let colleague: SeededStaff;
let robot: SeededStaff;

before(async () => {
  house = await openHouse();
  [operator, colleague] = (await seedStaff(house.owner, 2)) as [SeededStaff, SeededStaff];
  [robot] = (await seedStaff(house.owner, 1, 'robot')) as [SeededStaff];
});
after(async () => {
  await house.assertSound();
  await house.close();
});

async function market(seed: Omit<Parameters<typeof seedMarkets>[1], 'count'> = {}): Promise<SeededMarket> {
  const [made] = await seedMarkets(house.owner, { count: 1, ...seed });
  assert(made !== undefined);
  return made;
}

const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
const newGala = (over: object = {}) => ({
  name: 'Grand gala',
  venue: 'Arène nationale',
  authority: 'FSL',
  startsAt: inHours(24),
  visibility: 'public',
  isTest: true,
  ...over,
});

async function wrestlers(): Promise<{ wrestlerAId: number; wrestlerBId: number }> {
  await market();
  const rows = await house.owner.query<{ id: number }>('SELECT id FROM wrestler ORDER BY id LIMIT 2');
  return { wrestlerAId: rows[0]?.id ?? 0, wrestlerBId: rows[1]?.id ?? 0 };
}

function assertRefused(answer: Answer, status: number, code: string): void {
  assert.deepEqual([answer.status, answer.body.code], [status, code], JSON.stringify(answer.body));
}

test('a gala is made, gets its bouts in order, and each market opens with its rule card', async () => {
  const gala = await command(house, operator, '/galas', newGala());
  assert.equal(gala.status, 201);
  const { galaId } = gala.body;
  const pair = await wrestlers();
  const first = await command(house, operator, `/galas/${galaId}/bouts`, {
    ...pair,
    scheduledAt: inHours(25),
  });
  const second = await command(house, operator, `/galas/${galaId}/bouts`, {
    ...pair,
    scheduledAt: inHours(26),
  });
  assert.deepEqual([first.status, second.status], [201, 201]);
  const shown = await house.get(`/galas/${galaId}`);
  assert.deepEqual(
    shown.body.bouts.map((bout: { id: number; position: number; marketState: string }) => [
      bout.id,
      bout.position,
      bout.marketState,
    ]),
    [
      [first.body.boutId, 1, 'draft'],
      [second.body.boutId, 2, 'draft'],
    ],
  );
  const opened = await command(house, operator, `/markets/${first.body.marketId}/open`);
  assert.equal(opened.body.state, 'open');
  const bout = (await house.get(`/bouts/${first.body.boutId}`)).body;
  assert.deepEqual([bout.market.state, bout.market.ruleCard.rates.commissionBps], ['open', 500]);
  // The hard stop: four hours after the scheduled time.
  assert.equal(Date.parse(bout.market.hardStopAt) - Date.parse(bout.bout.scheduledAt), 4 * 3_600_000);
});

test('a rule card that is changed after the opening is refused; what the gala says later reaches new markets only', async () => {
  const [opener] = (await seedStaff(house.owner, 1)) as [SeededStaff];
  const [made, later] = [await market({ state: 'draft' }), await market({ state: 'draft' })];
  await command(house, opener, `/markets/${made.marketId}/open`);
  const shown = async () => (await house.get(`/bouts/${made.boutId}`)).body.market;
  const { ruleCard, ruleCardHash } = await shown();
  const canonical = createHash('sha256').update(canonicalJson(ruleCard)).digest('hex');
  assert.equal(ruleCardHash, canonical, 'the hash can be made again from the card');
  const players = await seedPlayers(house.owner, { count: 2, availableXof: 10_000 });
  const [a, b] = players as [SeededPlayer, SeededPlayer];
  await place(house, a, made.marketId, { side: 'A', stakeXof: 2_000 });

  for (const change of [
    `rule_card = jsonb_set(rule_card, '{rates,commissionBps}', '900')`,
    `rule_card = jsonb_set(rule_card, '{texts,fr,wins,0}', '"Tout le monde perd."')`,
    `rule_card_hash = sha256('another')`,
    `rule_card = NULL, rule_card_hash = NULL, state = 'draft'`,
    `payout_policy = 'homologation'`,
  ]) {
    const changing = house.owner.query(`UPDATE market SET ${change} WHERE id = $1`, [made.marketId]);
    await assert.rejects(changing, /frozen/, change);
  }
  const reopened = await command(house, opener, `/markets/${made.marketId}/open`, {
    payoutPolicy: 'homologation',
  });
  assertRefused(reopened, 409, 'market_state_forbids');
  await house.owner.query(
    `UPDATE gala SET round_minutes = 7, warnings_limit = 2, authority = 'Ligue' WHERE id = ANY ($1)`,
    [[made.galaId, later.galaId]],
  );
  await command(house, opener, `/markets/${later.marketId}/open`);
  const after = await shown();
  assert.deepEqual([after.ruleCard, after.ruleCardHash], [ruleCard, ruleCardHash]);
  const fresh = (await house.get(`/bouts/${later.boutId}`)).body.market.ruleCard;
  assert.deepEqual(
    [fresh.boutRules.roundMinutes, fresh.boutRules.warningsLimit, fresh.authority],
    [7, 2, 'Ligue'],
  );
  // Who bets now bets on the card of the opening, and his receipt says so.
  const taken = await place(house, b, made.marketId, { side: 'B', stakeXof: 2_000 });
  const [bet] = taken.body.bets;
  const { receipt } = (await house.get(`/bets/${bet.betId}/receipt`, b.cookie)).body;
  assert.equal(receipt.ruleCard.hash, ruleCardHash);
});

test('a gala has its own durations, shown with it, and frozen in the card of what is opened on it', async () => {
  const [planner] = (await seedStaff(house.owner, 1)) as [SeededStaff];
  const boutRules = {
    roundCount: 1,
    roundMinutes: 15,
    breakMinutes: 0,
    extensionMinutes: 5,
    warningsLimit: 4,
  };
  const { galaId } = (await command(house, planner, '/galas', newGala({ boutRules, authority: 'CNG' }))).body;
  const pair = await wrestlers();
  const { marketId, boutId } = (
    await command(house, planner, `/galas/${galaId}/bouts`, { ...pair, scheduledAt: inHours(25) })
  ).body;
  assert.deepEqual((await house.get(`/galas/${galaId}`)).body.boutRules, boutRules);
  await command(house, planner, `/markets/${marketId}/open`);
  const { ruleCard } = (await house.get(`/bouts/${boutId}`)).body.market;
  assert.deepEqual([ruleCard.boutRules, ruleCard.authority], [boutRules, 'CNG']);

  const usual = (await command(house, planner, '/galas', newGala())).body.galaId;
  assert.deepEqual((await house.get(`/galas/${usual}`)).body.boutRules, usualBoutRules);
  for (const wrong of [
    { roundCount: 0 },
    { roundMinutes: 61 },
    { breakMinutes: -1 },
    { extensionMinutes: 1.5 },
    { warningsLimit: '5' },
    { warningsLimit: undefined },
  ]) {
    const answer = await command(
      house,
      operator,
      '/galas',
      newGala({ boutRules: { ...boutRules, ...wrong } }),
    );
    assertRefused(answer, 400, 'request_invalid');
  }
});

test('a gala of the past, a man against himself and an unknown wrestler are refused', async () => {
  assertRefused(
    await command(house, operator, '/galas', newGala({ startsAt: inHours(-1) })),
    422,
    'date_in_past',
  );
  const { galaId } = (await command(house, operator, '/galas', newGala())).body;
  const { wrestlerAId, wrestlerBId } = await wrestlers();
  const add = (bout: object) =>
    command(house, operator, `/galas/${galaId}/bouts`, { scheduledAt: inHours(25), ...bout });
  assertRefused(await add({ wrestlerAId, wrestlerBId: wrestlerAId }), 400, 'request_invalid');
  assertRefused(await add({ wrestlerAId, wrestlerBId: 999_999 }), 400, 'request_invalid');
  assertRefused(await add({ wrestlerAId, wrestlerBId, scheduledAt: inHours(-1) }), 422, 'date_in_past');
  assertRefused(
    await command(house, operator, '/galas/999999/bouts', {
      wrestlerAId,
      wrestlerBId,
      scheduledAt: inHours(1),
    }),
    404,
    'not_found',
  );
});

test('the same staff command twice is one; with another input it is refused', async () => {
  const operationId = randomUUID();
  const body = newGala();
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => command(house, operator, '/galas', body, operationId)),
  );
  for (const answer of answers) assert.deepEqual([answer.status, answer.body], [201, answers[0]?.body]);
  const other = await command(house, operator, '/galas', { ...body, name: 'Autre' }, operationId);
  assertRefused(other, 422, 'operation_id_reused');
  assertRefused(await command(house, colleague, '/galas', body, operationId), 422, 'operation_id_reused');
});

test('a market goes from draft to open, to suspended and back, to closed, and never elsewhere', async () => {
  const tries = async (marketId: number, verb: string) => {
    const { status, body } = await command(house, operator, `/markets/${marketId}/${verb}`);
    return status === 200 ? body.state : body.code;
  };
  const forbids = 'market_state_forbids';
  const expected = {
    draft: { open: 'open', suspend: forbids, resume: forbids, whistle: forbids },
    open: { open: forbids, suspend: 'suspended', resume: forbids, whistle: 'closed' },
    suspended: { open: forbids, suspend: forbids, resume: 'open', whistle: 'closed' },
  } as const;
  for (const [state, verbs] of Object.entries(expected)) {
    for (const [verb, outcome] of Object.entries(verbs)) {
      const { marketId } = await market({ state: state as keyof typeof expected });
      assert.equal(await tries(marketId, verb), outcome, `${verb} on ${state}`);
    }
  }
  const { marketId } = await market();
  await whistle(house, operator, marketId);
  for (const verb of ['open', 'suspend', 'resume']) assert.equal(await tries(marketId, verb), forbids, verb);
  for (const verb of ['open', 'suspend', 'resume', 'whistle'])
    assert.equal(await tries(999_999, verb), 'not_found');
});

test('the whistle pressed twice, and by two at once, is one whistle at one instant', async () => {
  for (let round = 0; round < 20; round++) {
    const { marketId, boutId } = await market();
    const answers = await Promise.all(
      [operator, colleague, operator, colleague].map((staff) => whistle(house, staff, marketId)),
    );
    for (const { status, body } of answers) {
      assert.deepEqual([status, body.state, body.at], [200, 'closed', answers[0]?.body.at]);
    }
    assert.equal((await whistle(house, colleague, marketId)).body.at, answers[0]?.body.at);
    const shown = (await house.get(`/bouts/${boutId}`)).body;
    assert.deepEqual([shown.bout.state, shown.market.closedAt], ['whistled', answers[0]?.body.at]);
  }
});

test('the hard stop moves until it has passed, then closes by itself', async () => {
  const { marketId } = await market();
  const move = (hardStopAt: string, id = marketId) =>
    command(house, operator, `/markets/${id}/hard-stop`, { hardStopAt });
  assert.equal((await move(inHours(1))).status, 200);
  assertRefused(await move(inHours(-1)), 422, 'date_in_past');
  assert.deepEqual(await closePastHardStops(house), []);

  const soon = new Date(Date.now() + 300).toISOString();
  assert.equal((await move(soon)).status, 200);
  const [ada] = await seedPlayers(house.owner, { count: 1, availableXof: 10_000 });
  assert(ada !== undefined);
  const rests = await place(house, ada, marketId, { side: 'A', stakeXof: 4_000 });
  assert.equal(rests.status, 201);
  await house.owner.query(
    'SELECT pg_sleep(greatest(0, extract(epoch FROM $1::timestamptz - clock_timestamp())))',
    [soon],
  );
  assertRefused(await move(inHours(1)), 409, 'hard_stop_passed');
  assertRefused(await place(house, ada, marketId, { side: 'A', stakeXof: 1_000 }), 409, 'market_closed');
  for (const verb of ['suspend', 'open']) {
    assert.equal((await command(house, operator, `/markets/${marketId}/${verb}`)).status, 409, verb);
  }

  // By itself: the background of a node that runs.
  const background = await startBackground({
    ...house,
    providers: internalProviders,
    origins: house.deps.origins,
    log: openLog('silent'),
    auditStream: async () => undefined,
    onBoutChanged: () => undefined,
    sessions: house.app.sessions,
    cipher: openDataCipher(house.deps.secrets.dataKeys),
  });
  const isSealed = async () => {
    const [row] = await house.owner.query<{ cause: string; sealed: boolean }>(
      'SELECT close_cause AS cause, root IS NOT NULL AS sealed FROM market WHERE id = $1',
      [marketId],
    );
    return row?.cause === 'hard_stop' && row.sealed && (await availableXof(house, ada)) === 10_000;
  };
  for (let waited = 0; !(await isSealed()); waited += 50) {
    assert.ok(waited < 10_000, 'closed and sealed within ten seconds');
    await house.owner.query('SELECT pg_sleep(0.05)');
  }
  await background.stop();
  assertRefused(await move(inHours(1)), 409, 'market_state_forbids');
});

test('two nodes that close the same hard stops close each once', async () => {
  const due = await seedMarkets(house.owner, { count: 20, hardStopAfterMs: -1_000 });
  const closed = await Promise.all([closePastHardStops(house), closePastHardStops(house)]);
  assert.deepEqual(
    closed.flat().sort((x, y) => x - y),
    due.map(({ boutId }) => boutId).sort((x, y) => x - y),
  );
});

test('a hidden gala is there for test accounts alone; play money does not show to real accounts', async () => {
  const hidden = await market({ visibility: 'hidden' });
  const shown = await market();
  const [test, real] = [
    (await seedPlayers(house.owner, { count: 1, availableXof: 0 }))[0],
    (await seedPlayers(house.owner, { count: 1, availableXof: 0, isTest: false }))[0],
  ];
  const seen = async (path: string) =>
    Promise.all(
      [undefined, test?.cookie, real?.cookie].map(async (cookie) => (await house.get(path, cookie)).status),
    );
  assert.deepEqual(await seen(`/galas/${hidden.galaId}`), [404, 200, 404]);
  assert.deepEqual(await seen(`/bouts/${hidden.boutId}`), [404, 200, 404]);
  assert.deepEqual(await seen(`/bouts/${shown.boutId}`), [200, 200, 404]);
  const listed = async (cookie?: string) =>
    (await house.get('/galas', cookie)).body.galas.map((gala: { id: number }) => gala.id);
  for (const cookie of [undefined, test?.cookie, real?.cookie]) {
    assert.ok(!(await listed(cookie)).includes(hidden.galaId));
  }
  assert.ok((await listed()).includes(shown.galaId));
});

test('a robot runs hidden test galas and nothing else', async () => {
  assertRefused(await command(house, robot, '/galas', newGala()), 403, 'not_allowed');
  assertRefused(
    await command(house, robot, '/galas', newGala({ visibility: 'hidden', isTest: false })),
    403,
    'not_allowed',
  );
  const own = await command(house, robot, '/galas', newGala({ visibility: 'hidden' }));
  assert.equal(own.status, 201);
  const pair = await wrestlers();
  const bout = await command(house, robot, `/galas/${own.body.galaId}/bouts`, {
    ...pair,
    scheduledAt: inHours(25),
  });
  assert.equal(bout.status, 201);
  const { marketId, boutId } = bout.body;
  assert.equal((await command(house, robot, `/markets/${marketId}/open`)).body.state, 'open');

  const others = [
    await market(),
    await market({ visibility: 'hidden', isTest: false }),
    await market({ isTest: false }),
  ];
  const hardStopAt = inHours(1);
  for (const other of others) {
    const paths: [string, object][] = [
      [`/galas/${other.galaId}/bouts`, { ...pair, scheduledAt: inHours(25) }],
      ...['open', 'suspend', 'resume', 'whistle'].map((verb): [string, object] => [
        `/markets/${other.marketId}/${verb}`,
        {},
      ]),
      [`/markets/${other.marketId}/hard-stop`, { hardStopAt }],
      [`/bouts/${other.boutId}/true-whistle`, { at: hardStopAt }],
      [`/bouts/${other.boutId}/true-whistle/confirm`, { at: hardStopAt }],
      [`/bouts/${other.boutId}/result`, { ending: 'draw', source: 'robot' }],
      [`/bouts/${other.boutId}/result/withdraw`, { resultId: randomUUID() }],
      [`/bouts/${other.boutId}/result/confirm`, { resultId: randomUUID() }],
    ];
    for (const [path, input] of paths)
      assertRefused(await command(house, robot, path, input), 404, 'not_found');
    assertRefused(await house.get(`/staff/bouts/${other.boutId}`, robot.cookie), 404, 'not_found');
    assertRefused(
      await house.get(`/staff/markets/${other.marketId}/settlement`, robot.cookie),
      404,
      'not_found',
    );
  }
  const galas = (await house.get('/staff/galas', robot.cookie)).body.galas;
  assert.ok(
    galas.every(
      (gala: { visibility: string; isTest: boolean }) => gala.visibility === 'hidden' && gala.isTest,
    ),
  );
  assert.ok(galas.some((gala: { id: number }) => gala.id === own.body.galaId));
  assert.equal((await house.get(`/staff/bouts/${boutId}`, robot.cookie)).status, 200);
});

test('every staff command leaves its row in the audit log, refusals included', async () => {
  const { marketId } = await market({ state: 'draft' });
  await command(house, colleague, `/markets/${marketId}/suspend`);
  await command(house, colleague, `/markets/${marketId}/open`);
  await whistle(house, colleague, marketId);
  await sealMarket(house.db, marketId);
  const { entries } = (await house.get('/staff/audit', operator.cookie)).body;
  const mine = entries.filter((entry: { target: string }) => entry.target === `market ${marketId}`).reverse();
  assert.deepEqual(
    mine.map((entry: { command: string; outcome: string; staff: string }) => [
      entry.command,
      entry.outcome,
      entry.staff,
    ]),
    [
      ['suspend-market', 'market_state_forbids', colleague.name],
      ['open-market', 'done', colleague.name],
      ['close-market', 'done', colleague.name],
    ],
  );
});

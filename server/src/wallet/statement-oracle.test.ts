/**
 * The statement against a plain reading of all postings, over random histories: many kinds, many movements of one
 * instant, day and year borders, every filter, every page.
 */
import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { PlayerTransferKind } from '#core/ledger.ts';
import { type StatementKind, statementKinds } from '#core/statement.ts';
import { type Dice, diceOf } from '#core/testing/command-stream.ts';
import { type House, openHouse } from '../testing/house.ts';
import { type SeededPlayer, seedPlayers } from '../testing/seed.ts';

interface Filter {
  readonly kind?: StatementKind;
  readonly from?: string;
  readonly to?: string;
}

/** A movement as the oracle sees it: nothing but sums over postings. */
interface Plain {
  readonly transferId: string;
  readonly group: StatementKind;
  readonly at: string;
  readonly amountXof: number;
  readonly commissionXof: number;
  readonly taxXof: number;
}

const plainGroups: Readonly<Partial<Record<PlayerTransferKind, StatementKind>>> = {
  deposit_credited: 'deposits',
  suspense_credited: 'deposits',
  withdrawal_requested: 'withdrawals',
  withdrawal_refused: 'withdrawals',
  withdrawal_reversed: 'withdrawals',
  offer_placed: 'stakes',
  offer_accepted: 'stakes',
  offer_cancelled: 'returns',
  offer_returned: 'returns',
};

let house: House;
let accounts: Readonly<Record<'clearing' | 'commission' | 'tax', number>>;

before(async () => {
  house = await openHouse({ settings: { rateAccountMinute: 1_000_000, rateAddressMinute: 1_000_000 } });
  const open = async (kind: string, subject: string) => {
    const [row] = await house.owner.query<{ id: number }>('SELECT ledger.open_account($1, $2, true) AS id', [
      kind,
      subject,
    ]);
    return row?.id ?? 0;
  };
  accounts = {
    clearing: await open('provider_clearing', 'internal'),
    commission: await open('commission', 'house'),
    tax: await open('tax_payable', 'house'),
  };
});
after(async () => {
  await house.assertSound();
  await house.close();
});

type Line = readonly [debit: number, credit: number, amountXof: number];

/** One transfer of a random kind that the balance allows. */
function draw(dice: Dice, own: number, other: number, balance: number): [PlayerTransferKind, Line[]] {
  const { clearing, commission, tax } = accounts;
  const inwards = [
    'deposit_credited',
    'suspense_credited',
    'withdrawal_refused',
    'withdrawal_reversed',
  ] as const;
  const amount = 1 + dice(5_000);
  if (balance > 10_000 && dice(2) === 0) {
    const outwards = ['offer_placed', 'offer_accepted', 'withdrawal_requested'] as const;
    const kind = outwards[dice(3)] ?? 'offer_placed';
    // Dust comes straight back in the same transfer.
    const dust: Line[] = kind === 'offer_placed' && dice(3) === 0 ? [[clearing, own, 1]] : [];
    return [kind, [[own, clearing, amount + 1], ...dust]];
  }
  switch (dice(4)) {
    case 0:
      return [
        'duel_settled',
        [
          [clearing, own, amount],
          [clearing, commission, 1 + dice(300)],
          [clearing, tax, 1 + dice(900)],
        ],
      ];
    case 1:
      return [
        'duel_settled',
        [
          [clearing, own, amount],
          [clearing, other, amount],
        ],
      ];
    case 2:
      return [dice(2) === 0 ? 'offer_cancelled' : 'offer_returned', [[clearing, own, amount]]];
    default:
      return [inwards[dice(4)] ?? 'deposit_credited', [[clearing, own, amount]]];
  }
}

/** Writes a history as the ledger would have, at instants of its own. */
async function write(dice: Dice, player: SeededPlayer, other: SeededPlayer, count: number): Promise<void> {
  let at = Date.parse('2025-11-20T00:00:00.000Z');
  let balance = 0;
  for (let made = 0; made < count; ) {
    // Some land on the last and the first microsecond of a day.
    at += dice(4) === 0 ? 86_400_000 - (at % 86_400_000) : dice(60 * 3_600_000);
    const instant =
      dice(5) === 0 ? `${new Date(at - 1).toISOString().slice(0, -1)}999Z` : new Date(at).toISOString();
    for (let left = dice(6) === 0 ? 1 + dice(12) : 1; left > 0; left--) {
      const [kind, lines] = draw(dice, player.accountId, other.accountId, balance);
      balance += lines.reduce(
        (sum, [debit, credit, amount]) =>
          sum + (credit === player.accountId ? amount : 0) - (debit === player.accountId ? amount : 0),
        0,
      );
      await insert(kind, lines, instant);
      made += 1;
    }
  }
}

async function insert(kind: PlayerTransferKind, lines: readonly Line[], at: string): Promise<void> {
  const id = randomUUID();
  await house.owner.transaction(async (tx) => {
    await tx.query('INSERT INTO ledger.transfer VALUES ($1, $2, $3, $4)', [id, kind, randomBytes(32), at]);
    for (const [seq, [debit, credit, amount]] of lines.entries()) {
      await tx.query('INSERT INTO ledger.posting VALUES ($1, $2, $3, $4, $5, $6)', [
        id,
        seq,
        debit,
        credit,
        amount,
        at,
      ]);
      await tx.query(
        `UPDATE ledger.balance SET amount_xof = amount_xof
           + CASE account_id WHEN $2 THEN $3::bigint ELSE -$3::bigint END WHERE account_id IN ($1, $2)`,
        [debit, credit, amount],
      );
    }
  });
}

/** Everything that moved on an account, oldest first, from its postings alone. */
async function readPlainly(accountId: number): Promise<Plain[]> {
  const postings = await house.owner.query<{
    id: string;
    kind: PlayerTransferKind;
    at: string;
    debit: number;
    credit: number;
    creditKind: string;
    amount: number;
  }>(
    `SELECT t.id, t.kind, to_char(t.recorded_at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at, p.debit_account_id AS debit,
       p.credit_account_id AS credit, a.kind AS "creditKind", p.amount_xof AS amount
     FROM ledger.posting p JOIN ledger.transfer t ON t.id = p.transfer_id
     JOIN ledger.account a ON a.id = p.credit_account_id`,
  );
  const byTransfer = Map.groupBy(postings, ({ id }) => id);
  const plain = [...byTransfer].flatMap(([transferId, parts]): Plain[] => {
    const [first] = parts;
    const sum = (isIn: (part: (typeof parts)[number]) => boolean) =>
      parts.filter(isIn).reduce((total, { amount }) => total + amount, 0);
    const amountXof = sum(({ credit }) => credit === accountId) - sum(({ debit }) => debit === accountId);
    if (first === undefined || amountXof === 0) return [];
    const isVoid = parts.filter(({ creditKind }) => creditKind === 'player_available').length === 2;
    const group = first.kind === 'duel_settled' ? (isVoid ? 'returns' : 'gains') : plainGroups[first.kind];
    assert(group !== undefined, first.kind);
    return [
      {
        transferId,
        group,
        at: first.at,
        amountXof,
        commissionXof: sum(({ creditKind }) => creditKind === 'commission'),
        taxXof: sum(({ creditKind }) => creditKind === 'tax_payable'),
      },
    ];
  });
  return plain.sort(
    (a, b) =>
      (a.at < b.at ? -1 : a.at > b.at ? 1 : Math.sign(b.amountXof) - Math.sign(a.amountXof)) ||
      (a.transferId < b.transferId ? -1 : 1),
  );
}

function isIn({ from = '0', to = '9' }: Filter, { at }: Plain): boolean {
  return at.slice(0, 10) >= from && at.slice(0, 10) <= to;
}

async function assertLikePlain(player: SeededPlayer, filter: Filter, hint: string): Promise<void> {
  const plain = await readPlainly(player.accountId);
  let running = 0;
  const all = plain.map((movement) => {
    running += movement.amountXof;
    return { ...movement, balance: running };
  });
  const expected = all
    .filter((movement) => isIn(filter, movement) && (filter.kind ?? movement.group) === movement.group)
    .reverse();
  const seen = await readPages(player, filter);
  assert.deepEqual(
    seen.map(({ transferId, group, amountXof, balanceAfterXof, commissionXof, taxXof }) => [
      transferId,
      group,
      amountXof,
      balanceAfterXof,
      commissionXof,
      taxXof,
    ]),
    expected.map(({ transferId, group, amountXof, balance: after, commissionXof, taxXof }) => [
      transferId,
      group,
      amountXof,
      after,
      commissionXof,
      taxXof,
    ]),
    hint,
  );
  const { kind: _, ...period } = filter;
  const { body: totals } = await house.get(
    `/wallet/statement/totals?${new URLSearchParams({ ...period })}`,
    player.cookie,
  );
  const inside = all.filter((movement) => isIn(filter, movement));
  const of = (group: StatementKind) =>
    inside.filter((m) => m.group === group).reduce((sum, { amountXof }) => sum + amountXof, 0);
  const before = all.filter(({ at }) => at.slice(0, 10) < (filter.from ?? '0')).at(-1)?.balance ?? 0;
  assert.deepEqual(
    { ...totals, years: [] },
    {
      openingXof: before,
      closingXof: inside.at(-1)?.balance ?? before,
      movementCount: inside.length,
      depositsXof: of('deposits'),
      withdrawalsXof: 0 - of('withdrawals'),
      netDepositsXof: of('deposits') + of('withdrawals'),
      stakesXof: 0 - of('stakes'),
      gainsXof: of('gains'),
      returnsXof: of('returns'),
      commissionXof: inside.reduce((sum, m) => sum + m.commissionXof, 0),
      taxXof: inside.reduce((sum, m) => sum + m.taxXof, 0),
      years: [],
    },
    hint,
  );
  for (const { year, taxXof, netDepositsXof } of totals.years) {
    const ofYear = all.filter(({ at }) => at.startsWith(`${year}-`));
    const sum = (pick: (m: Plain) => number) => ofYear.reduce((total, m) => total + pick(m), 0);
    assert.equal(
      taxXof,
      sum((m) => m.taxXof),
      hint,
    );
    assert.equal(
      netDepositsXof,
      sum((m) => (/^(deposits|withdrawals)$/.test(m.group) ? m.amountXof : 0)),
      hint,
    );
  }
}

async function readPages(player: SeededPlayer, filter: Filter) {
  const seen = [];
  for (let before: string | null | undefined; before !== null; ) {
    const query = new URLSearchParams({ ...filter, ...(before === undefined ? {} : { before }) });
    const { status, body } = await house.get(`/wallet/statement?${query}`, player.cookie);
    assert.equal(status, 200, JSON.stringify(body));
    seen.push(...body.movements);
    assert(body.next === null || body.movements.length > 25, 'a page that is not the last is full');
    before = body.next;
  }
  return seen;
}

async function newPlayers(): Promise<[SeededPlayer, SeededPlayer]> {
  return (await seedPlayers(house.owner, { count: 2, availableXof: 0 })) as [SeededPlayer, SeededPlayer];
}

describe('the statement, against all postings', () => {
  for (const seed of [1, 2, 3]) {
    it(`is what they say, whatever is asked for (seed ${seed})`, async () => {
      const dice = diceOf(seed);
      const [player, other] = await newPlayers();
      await write(dice, player, other, 260);
      const days = [...new Set((await readPlainly(player.accountId)).map(({ at }) => at.slice(0, 10)))];
      const filters: Filter[] = [{}, ...statementKinds.map((kind) => ({ kind }))];
      for (let i = 0; i < 8; i++) {
        const [from = '', to = ''] = [days[dice(days.length)] ?? '', days[dice(days.length)] ?? ''].sort();
        const kind = statementKinds[dice(8)];
        filters.push({ from }, { to }, { from, to, ...(kind === undefined ? {} : { kind }) });
      }
      for (const filter of filters)
        await assertLikePlain(player, filter, `seed ${seed}, ${JSON.stringify(filter)}`);
      await assertLikePlain(other, {}, `the other of seed ${seed}`);
    });
  }

  it('is empty for who has nothing, and for a period in which nothing moved', async () => {
    const [player, other] = await newPlayers();
    await assertLikePlain(player, {}, 'nothing at all');
    await write(diceOf(9), player, other, 20);
    for (const filter of [
      { to: '2024-01-01' },
      { from: '2099-01-01' },
      { from: '2024-01-01', to: '2024-01-31' },
    ])
      await assertLikePlain(player, filter, JSON.stringify(filter));
  });

  it('cuts no instant when a filter leaves most of it out', async () => {
    const [player] = await newPlayers();
    const { clearing } = accounts;
    const own = player.accountId;
    await insert('deposit_credited', [[clearing, own, 100_000]], '2026-01-01T00:00:00Z');
    for (let i = 0; i < 70; i++) {
      await insert('offer_placed', [[own, clearing, 10]], '2026-02-01T00:00:00.123456Z');
      await insert('deposit_credited', [[clearing, own, 7]], '2026-02-01T00:00:00.123456Z');
    }
    for (const kind of statementKinds) await assertLikePlain(player, { kind }, kind);
  });
});

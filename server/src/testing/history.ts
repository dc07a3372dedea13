/**
 * The history checker: clients write down each command by its id, as sent, answered or unknown; after any accident the
 * database is held against what they wrote. What was acknowledged is there exactly once with that answer, what was
 * refused has no effect, what stayed unknown is there once or not at all, and nothing is there that nobody sent.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Side } from '#core/market.ts';
import type { RuleCard } from '#core/rule-card.ts';
import type { Db, Tx } from '../db.ts';
import { findLedgerFaults } from '../ledger/check-ledger.ts';
import type { SeededPlayer } from './seed.ts';

export type BetKind = 'place' | 'accept' | 'cancel';

export interface Given {
  readonly status: number;
  readonly body: { readonly [field: string]: unknown };
}

/** One command as its client knows it. */
export interface Entry {
  readonly id: string;
  readonly kind: BetKind;
  readonly player: SeededPlayer;
  readonly marketId: number;
  readonly input: { readonly [field: string]: unknown };
  /** Every definite answer that came, to the first try, to a later one, or from the status of the operation. */
  readonly answers: Given[];
  /** Tries that were refused for now (503): each says that it had no effect. */
  busyCount: number;
  /** Tries whose answer never came. */
  unknownCount: number;
}

export class History {
  readonly entries = new Map<string, Entry>();
  /** Operations that were there before the first command of this history. */
  readonly earlier: ReadonlySet<string>;

  constructor(earlier: ReadonlySet<string> = new Set()) {
    this.earlier = earlier;
  }

  begin(entry: Pick<Entry, 'id' | 'kind' | 'player' | 'marketId' | 'input'>): Entry {
    const begun = { ...entry, answers: [], busyCount: 0, unknownCount: 0 };
    this.entries.set(entry.id, begun);
    return begun;
  }

  /** Writes down what a try got: null when the connection was lost before any answer. */
  note(entry: Entry, given: Given | null): void {
    if (given === null || given.status === 202) entry.unknownCount += 1;
    else if (given.status === 503) entry.busyCount += 1;
    else entry.answers.push(given);
  }

  /** Commands whose client does not know what became of them. */
  unresolved(): Entry[] {
    return [...this.entries.values()].filter((entry) => entry.answers.length === 0 && entry.unknownCount > 0);
  }
}

interface OperationRow {
  readonly id: string;
  readonly kind: string;
  readonly actorId: string;
  readonly status: number;
  readonly answer: { readonly [field: string]: unknown };
}

interface OfferRow {
  readonly id: string;
  readonly playerId: string;
  readonly marketId: number;
  readonly side: Side;
  readonly stakeXof: number;
  readonly askXof: number;
  readonly filledXof: number;
  readonly returnedXof: number;
}

interface DuelRow {
  readonly id: string;
  readonly marketId: number;
  readonly makerSide: Side;
  readonly takerOperationId: string;
  readonly playerA: string;
  readonly playerB: string;
  readonly a: number;
  readonly b: number;
  readonly outcome: 'A' | 'B' | 'void' | null;
  readonly payoutA: number | null;
  readonly payoutB: number | null;
  readonly expected: 'A' | 'B' | 'void' | null;
  readonly isLate: boolean;
}

interface Stored {
  readonly operations: ReadonlyMap<string, OperationRow>;
  readonly transfers: ReadonlyMap<string, string>;
  readonly offers: ReadonlyMap<string, OfferRow>;
  readonly duels: readonly DuelRow[];
  readonly duelsOfTaker: ReadonlyMap<string, readonly DuelRow[]>;
}

/** What the database says otherwise than the clients; empty when all agrees. */
export async function findHistoryFaults(owner: Db | Tx, history: History): Promise<string[]> {
  const stored = await readStored(owner);
  const faults: string[] = [];
  for (const entry of history.entries.values()) faults.push(...entryFaults(entry, stored));
  faults.push(...strangers(history, stored));
  faults.push(...(await payoutFaults(owner, stored)));
  faults.push(...(await balanceFaults(owner, stored)));
  for (const { fault, detail } of await findLedgerFaults(owner)) faults.push(`ledger: ${fault}: ${detail}`);
  return faults;
}

async function readStored(owner: Db | Tx): Promise<Stored> {
  const operations = await owner.query<OperationRow>(
    `SELECT id, kind, actor_id AS "actorId", status, answer FROM operation
     WHERE kind IN ('place-offer', 'accept-offer', 'cancel-offer')`,
  );
  const transfers = await owner.query<{ id: string; kind: string }>(
    `SELECT id, kind FROM ledger.transfer WHERE kind IN ('offer_placed', 'offer_accepted', 'offer_cancelled')`,
  );
  const offers = await owner.query<OfferRow>(
    `SELECT id, player_id AS "playerId", market_id AS "marketId", side, stake_xof AS "stakeXof", ask_xof AS "askXof",
       filled_xof AS "filledXof", returned_xof AS "returnedXof" FROM offer`,
  );
  const duels = await owner.query<DuelRow>(
    `SELECT d.id, d.market_id AS "marketId", d.maker_side AS "makerSide", d.taker_operation_id AS "takerOperationId",
       d.player_a_id AS "playerA", d.player_b_id AS "playerB", d.stake_a_xof AS a, d.stake_b_xof AS b, d.outcome,
       d.payout_a_xof AS "payoutA", d.payout_b_xof AS "payoutB", s.outcome AS expected,
       coalesce(d.made_at > w.at, false) AS "isLate"
     FROM duel d JOIN market m ON m.id = d.market_id LEFT JOIN settlement s ON s.market_id = d.market_id
     LEFT JOIN true_whistle w ON w.bout_id = m.bout_id AND w.confirmed_at IS NOT NULL`,
  );
  const duelsOfTaker = Map.groupBy(duels, (duel) => duel.takerOperationId);
  return {
    operations: new Map(operations.map((row) => [row.id, row])),
    transfers: new Map(transfers.map((row) => [row.id, row.kind])),
    offers: new Map(offers.map((row) => [row.id, row])),
    duels,
    duelsOfTaker,
  };
}

const TRANSFER_KINDS = {
  place: 'offer_placed',
  accept: 'offer_accepted',
  cancel: 'offer_cancelled',
} as const;

function entryFaults(entry: Entry, stored: Stored): string[] {
  const { id, kind, answers } = entry;
  const name = `${kind} ${id}`;
  const [first] = answers;
  if (answers.some((answer) => !sameAnswer(answer, first))) {
    return [`${name} was answered in two ways: ${JSON.stringify(answers)}`];
  }
  const operation = stored.operations.get(id);
  if (first === undefined) {
    if (entry.unknownCount > 0 || operation === undefined) return effectFaults(entry, operation, stored);
    return [`${name} was refused for now, and has been done`];
  }
  if (operation === undefined) return [`${name} was answered ${first.status} and is not there`];
  const faults = effectFaults(entry, operation, stored);
  const isDone = first.status < 300;
  if (isDone !== (operation.status === 200))
    faults.push(`${name}: ${first.status} answered, ${operation.status} stored`);
  if (isDone && !isDeepStrictEqual(operation.answer, first.body)) {
    faults.push(`${name}: another answer is stored: ${JSON.stringify([first.body, operation.answer])}`);
  }
  if (!isDone && operation.answer['code'] !== first.body['code']) {
    faults.push(`${name}: refused as ${first.body['code']}, stored as ${operation.answer['code']}`);
  }
  return faults;
}

/** Two answers to one id: the same body, or the same refusal. Problems carry the id of their request besides. */
function sameAnswer(one: Given, other: Given | undefined): boolean {
  if (other === undefined) return true;
  if (one.status !== other.status) return false;
  return one.status < 300
    ? isDeepStrictEqual(one.body, other.body)
    : one.body['code'] === other.body['code'] && isDeepStrictEqual(one.body['params'], other.body['params']);
}

/** A stored operation has its whole effect, a refused or absent one has none. */
function effectFaults(entry: Entry, operation: OperationRow | undefined, stored: Stored): string[] {
  const { id, kind, player, marketId, input } = entry;
  const name = `${kind} ${id}`;
  const transfer = stored.transfers.get(id);
  const offer = stored.offers.get(id);
  const duels = stored.duelsOfTaker.get(id) ?? [];
  if (operation === undefined || operation.status !== 200) {
    const what = operation === undefined ? 'is not there' : 'was refused';
    return transfer !== undefined || offer !== undefined || duels.length > 0
      ? [`${name} ${what}, and has an effect`]
      : [];
  }
  const faults: string[] = [];
  if (operation.actorId !== player.playerId) faults.push(`${name} belongs to somebody else`);
  if (transfer !== TRANSFER_KINDS[kind]) faults.push(`${name} has moved no money`);
  const bets =
    kind === 'place' ? operation.answer['bets'] : kind === 'accept' ? [operation.answer['bet']] : [];
  if (!sameBets(bets as { betId: string; stakeXof: number }[], duels)) {
    faults.push(`${name}: the bets of its answer are not its duels`);
  }
  if (kind !== 'place') return faults;
  const { side, stakeXof, askXof } = input;
  const asked = { playerId: player.playerId, marketId, side, stakeXof, askXof };
  const { filledXof: _filled, returnedXof: _returned, id: _id, ...made } = offer ?? ({} as Partial<OfferRow>);
  if (!isDeepStrictEqual(made, asked))
    faults.push(`${name}: asked ${JSON.stringify(asked)}, made ${JSON.stringify(made)}`);
  return faults;
}

function sameBets(bets: readonly { betId: string; stakeXof: number }[], duels: readonly DuelRow[]): boolean {
  const stakes = new Map(duels.map((duel) => [duel.id, duel.makerSide === 'A' ? duel.b : duel.a]));
  return bets.length === duels.length && bets.every((bet) => stakes.get(bet.betId) === bet.stakeXof);
}

/** What is in the database and nobody has sent. */
function strangers({ entries, earlier }: History, stored: Stored): string[] {
  const places = {
    operation: stored.operations,
    transfer: stored.transfers,
    offer: stored.offers,
    'duel of': stored.duelsOfTaker,
  };
  return Object.entries(places).flatMap(([what, rows]) =>
    [...rows.keys()]
      .filter((id) => !entries.has(id) && !earlier.has(id))
      .map((id) => `${what} ${id} was never sent`),
  );
}

/** Every settled duel pays what the arithmetic of the rule card says, by its own transfer, once. */
async function payoutFaults(owner: Db | Tx, stored: Stored): Promise<string[]> {
  const cards = new Map(
    (await owner.query<{ id: number; card: RuleCard }>('SELECT id, rule_card AS card FROM market')).map(
      (row) => [row.id, row.card],
    ),
  );
  const faults: string[] = [];
  const owed = new Map<string, number>();
  const owe = (playerId: string, amount: number) => owed.set(playerId, (owed.get(playerId) ?? 0) + amount);
  let settled = 0;
  for (const duel of stored.duels) {
    if (duel.outcome === null) continue;
    settled += 1;
    const rates = cards.get(duel.marketId)?.rates;
    const outcome = duel.isLate ? 'void' : duel.expected;
    if (rates === undefined || outcome === null) return [`duel ${duel.id} is paid without a settlement`];
    const [a, b] = outcome === 'void' ? [duel.a, duel.b] : winnerTakes(duel, outcome, rates);
    if (duel.outcome !== outcome || duel.payoutA !== a || duel.payoutB !== b) {
      faults.push(`duel ${duel.id} paid ${duel.payoutA} and ${duel.payoutB}, owed ${a} and ${b}`);
    }
    owe(duel.playerA, a);
    owe(duel.playerB, b);
  }
  const paid = await owner.query<{ player: string; amount: number }>(
    `SELECT pl.id AS player, sum(p.amount_xof)::bigint AS amount
     FROM ledger.transfer t JOIN ledger.posting p ON p.transfer_id = t.id
     JOIN player pl ON pl.available_account_id = p.credit_account_id
     WHERE t.kind = 'duel_settled' GROUP BY pl.id`,
  );
  const paidTo = new Map(paid.map((row) => [row.player, row.amount]));
  for (const [player, amount] of owed) {
    if ((paidTo.get(player) ?? 0) !== amount)
      faults.push(`player ${player} is owed ${amount}, was paid ${paidTo.get(player)}`);
  }
  const [count] = await owner.query<{ count: number }>(
    `SELECT count(*) FROM ledger.transfer WHERE kind = 'duel_settled'`,
  );
  if (count?.count !== settled) faults.push(`${settled} duels are settled by ${count?.count} transfers`);
  return faults;
}

/** The arithmetic once more, apart from core: multiply first, divide once, floor. */
function winnerTakes(duel: DuelRow, winner: Side, rates: RuleCard['rates']): [number, number] {
  const floor = (amount: number, bps: number) => Number((BigInt(amount) * BigInt(bps)) / 10_000n);
  const [mine, other] = winner === 'A' ? [duel.a, duel.b] : [duel.b, duel.a];
  const pot = mine + other;
  const payout = pot - floor(rates.commissionBase === 'pot' ? pot : other, rates.commissionBps);
  const base = { payout, winnings: Math.max(0, payout - mine), none: 0 }[rates.taxBase];
  const net = payout - floor(base, rates.taxBps);
  return winner === 'A' ? [net, 0] : [0, net];
}

/** Every player has what he began with, less his stakes, plus what came back. */
async function balanceFaults(owner: Db | Tx, stored: Stored): Promise<string[]> {
  const rows = await owner.query<{ player: string; held: number; deposited: number }>(
    `SELECT pl.id AS player, b.amount_xof AS held, coalesce((
       SELECT sum(p.amount_xof) FROM ledger.posting p JOIN ledger.transfer t ON t.id = p.transfer_id
       WHERE p.credit_account_id = pl.available_account_id AND t.kind = 'deposit_credited'), 0)::bigint AS deposited
     FROM player pl JOIN ledger.balance b ON b.account_id = pl.available_account_id`,
  );
  const expected = new Map(rows.map((row) => [row.player, row.deposited]));
  const add = (player: string, amount: number) => expected.set(player, (expected.get(player) ?? 0) + amount);
  for (const offer of stored.offers.values()) add(offer.playerId, offer.returnedXof - offer.stakeXof);
  for (const duel of stored.duels) {
    const taker = stored.operations.get(duel.takerOperationId);
    // A placement's stake has left with its offer; an acceptance's leaves with the duel.
    if (taker?.kind === 'accept-offer') add(taker.actorId, duel.makerSide === 'A' ? -duel.b : -duel.a);
    add(duel.playerA, duel.payoutA ?? 0);
    add(duel.playerB, duel.payoutB ?? 0);
  }
  return rows
    .filter((row) => expected.get(row.player) !== row.held)
    .map((row) => `player ${row.player} holds ${row.held} F, his history says ${expected.get(row.player)} F`);
}

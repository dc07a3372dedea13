/** Reads a pool for a batch: one round trip to `lock_and_read_pool`, turned into core's view. */
import type { MarketState } from '#core/market.ts';
import { type Xof, xof } from '#core/money.ts';
import { picksText } from '#core/pool.ts';
import type { PoolCard } from '#core/pool-card.ts';
import type { PoolView } from '#core/ticket-batch.ts';
import { first, type Tx } from '../db.ts';
import {
  allowancesOf,
  type BarredRow,
  barredOf,
  type HouseLimits,
  type LimitRow,
  type StakedRow,
  type StakedTotals,
  totalsOf,
} from '../offers/read-market.ts';
import type { TicketAnswer, TicketCommand } from './ticket-command.ts';

export interface PoolReading {
  readonly view: PoolView;
  readonly escrowAccountId: number;
  /** The instant of the batch, to the microsecond, as the database writes it. */
  readonly nowAt: string;
  /** The bonus accounts of the players of the batch who have one. */
  readonly bonusAccounts: ReadonlyMap<string, number>;
  readonly operations: ReadonlyMap<string, { readonly inputHash: string; readonly answer: TicketAnswer }>;
}

interface PoolRow {
  readonly state: MarketState;
  readonly rule_card: PoolCard | null;
  readonly hard_stop_ms: number;
  readonly now_at: string;
  readonly now_ms: number;
  readonly last_seq: number;
  readonly staked_xof: Xof;
  readonly escrow_account_id: number;
  readonly operations: [id: string, inputHash: string, answer: TicketAnswer][] | null;
  readonly totals: Record<string, number> | null;
  readonly wallets: Record<string, number> | null;
  readonly bonuses: [playerId: string, accountId: number][] | null;
  readonly barred: BarredRow[] | null;
  readonly staked: StakedRow[] | null;
  readonly limits: LimitRow[] | null;
  readonly staked_totals: StakedTotals;
}

/** Null when the pool does not exist. */
export async function lockAndReadPool(
  tx: Tx,
  poolId: number,
  commands: readonly TicketCommand[],
  house: HouseLimits,
): Promise<PoolReading | null> {
  const accountOf = new Map(commands.map((command) => [command.playerId, command.accountId]));
  const row = first(
    await tx.run<PoolRow>({
      name: 'lock_and_read_pool',
      text: 'SELECT * FROM lock_and_read_pool($1, $2, $3, $4, $5, $6, $7)',
      values: [
        poolId,
        commands.map((command) => command.operationId),
        [...accountOf.keys()],
        [...accountOf.values()],
        [...new Set(commands.map(({ command }) => picksText(command.picks)))],
        house.totalGalaMaxXof > 0,
        house.totalHouseMaxXof > 0,
      ],
    }),
  );
  return row === null ? null : readingOf(row, accountOf, house);
}

function readingOf(row: PoolRow, accountOf: ReadonlyMap<string, number>, house: HouseLimits): PoolReading {
  const held = (account: number) => xof(row.wallets?.[account] ?? 0);
  const bonusAccounts = new Map(row.bonuses ?? []);
  return {
    view: {
      state: row.state,
      card: row.rule_card,
      hardStopMs: row.hard_stop_ms,
      nowMs: row.now_ms,
      lastSeq: row.last_seq,
      stakedXof: row.staked_xof,
      totals: new Map(Object.entries(row.totals ?? {}).map(([picks, amount]) => [picks, xof(amount)])),
      wallets: new Map([...accountOf].map(([player, account]) => [player, held(account)])),
      bonuses: new Map([...bonusAccounts].map(([player, account]) => [player, held(account)])),
      barred: barredOf(row.barred ?? []),
      allowances: allowancesOf(row, house),
      stakedTotals: totalsOf(row.staked_totals, row.hard_stop_ms, house),
    },
    escrowAccountId: row.escrow_account_id,
    nowAt: row.now_at,
    bonusAccounts,
    operations: new Map((row.operations ?? []).map(([id, inputHash, answer]) => [id, { inputHash, answer }])),
  };
}

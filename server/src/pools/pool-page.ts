/** What the pages of a pool show: its outcomes with what they would bring, and the slip of a ticket. */
import {
  type OutcomeLine,
  type PickFields,
  type PoolPageView,
  pickField,
  type TicketChoice,
  type TicketSlipPageView,
} from '#core/api/pool-pages.ts';
import { RefusalError, spokenOf } from '#core/errors.ts';
import { type Xof, xof } from '#core/money.ts';
import { leftByLimit } from '#core/stake-allowance.ts';
import type { Db } from '../db.ts';
import type { PlayerIdentity } from '../http.ts';
import { findUsable } from '../ledger/find-usable.ts';
import { findTicketsOfPool } from './queries.ts';
import { quoteTicketOf } from './quote-ticket.ts';
import { EXAMPLE_STAKE, type Pool, showPool } from './show-pools.ts';

export interface PickedFields extends PickFields {
  readonly stakeXof?: number | undefined;
  readonly otherStakeXof?: number | undefined;
}

export async function showPoolPage(
  db: Db,
  player: PlayerIdentity | null,
  poolId: number,
  fields: PickedFields,
): Promise<PoolPageView> {
  const pool = await showPool(db, player, poolId);
  return {
    pool,
    exampleXof: EXAMPLE_STAKE,
    lines: linesOf(pool),
    choice: choiceOf(pool, fields),
    ownTickets: player === null ? [] : await findTicketsOfPool(db, player.playerId, poolId),
  };
}

/** A pool on one question names every outcome, also those that nobody has. */
function linesOf({ legs, totals }: Pool): OutcomeLine[] {
  const [leg] = legs;
  if (leg === undefined || legs.length > 1) return totals;
  return leg.outcomes.map(
    ({ outcome, text }) =>
      totals.find(({ picks }) => picks === outcome) ?? {
        picks: outcome,
        text,
        stakedXof: 0,
        indicativeNetXof: null,
        isBelowStake: false,
      },
  );
}

/** An outcome that the leg does not have counts as none. */
export function choiceOf({ legs }: Pool, fields: PickedFields): TicketChoice {
  return {
    picks: legs.map(({ outcomes }, leg) => {
      const picked = fields[pickField(leg)];
      return outcomes.some(({ outcome }) => outcome === picked) ? (picked ?? null) : null;
    }),
    stakeXof: fields.stakeXof ?? null,
    otherStakeXof: fields.otherStakeXof ?? null,
  };
}

export interface TicketSlipRequest {
  readonly player: PlayerIdentity | null;
  readonly depositMinXof: number;
  newSlip(): string;
}

export async function showTicketSlip(
  db: Db,
  { player, depositMinXof, newSlip }: TicketSlipRequest,
  pool: Pool,
  picked: {
    readonly picks: readonly string[];
    readonly stakeXof: Xof;
    /** What a limit has just left of this stake. */
    readonly leftXof: number | null;
  },
): Promise<TicketSlipPageView> {
  const { picks, stakeXof } = picked;
  const quoted = await quoteOrRefusal(db, pool, picks, stakeXof);
  const leftXof = picked.leftXof ?? quoted.leftXof;
  const isPossible = leftXof !== null && leftXof >= (pool.ruleCard?.limits.stakeMinXof ?? leftXof + 1);
  const usableXof = player === null ? null : await findUsable(db, player.playerId);
  const missingXof = usableXof === null ? 0 : Math.max(0, stakeXof - usableXof);
  return {
    pool,
    picks,
    texts: pool.legs.map(
      ({ outcomes }, leg) => outcomes.find(({ outcome }) => outcome === picks[leg])?.text ?? '',
    ),
    stakeXof,
    sums: leftXof === null ? quoted.sums : null,
    refusal: quoted.refusal,
    lessXof: isPossible ? leftXof : null,
    missingXof,
    depositXof: Math.max(missingXof, depositMinXof),
    slip: newSlip(),
  };
}

async function quoteOrRefusal(
  db: Db,
  pool: Pool,
  picks: readonly string[],
  stakeXof: Xof,
): Promise<Pick<TicketSlipPageView, 'sums' | 'refusal'> & { readonly leftXof: number | null }> {
  try {
    return { sums: await quoteTicketOf(db, pool, picks, xof(stakeXof)), refusal: null, leftXof: null };
  } catch (error) {
    if (!(error instanceof RefusalError)) throw error;
    const { refusal } = error;
    return { sums: null, refusal: spokenOf(refusal), leftXof: leftByLimit(refusal) };
  }
}

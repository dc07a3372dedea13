/**
 * How much a player may put in or take out now. Every limit on a movement is collected here, whoever sets it, and the
 * strictest one refuses. Asked inside the transaction that writes the movement down, under the lock of the player's
 * balance: two at once do not both pass. Money that has come is never judged: it is credited.
 */
import {
  type Allowance,
  balanceAllowance,
  type Ceilings,
  ceilingsOf,
  depositsAllowance,
  refuseBeyond,
  strictestOf,
  type Tier,
  withdrawalsAllowance,
} from '#core/ceilings.ts';
import type { Refusal } from '#core/errors.ts';
import { type Xof, ZERO_XOF } from '#core/money.ts';
import type { Db, Tx } from '../db.ts';
import { lockBalances } from '../ledger/post.ts';
import { ownDepositAllowances, refuseDepositor } from '../responsible-play/refuse-deposit.ts';
import { readSettings } from '../settings/open-settings.ts';
import { findDepositsUse, findHeld, findTier, findWithdrawalsUse } from './queries.ts';

export interface Owner {
  readonly playerId: string;
  readonly accountId: number;
}

/** What the wallet's pages say of the limits. */
export interface Room {
  readonly tier: Tier;
  readonly mayDeposit: boolean;
  readonly balanceMaxXof: Xof;
  /** The most that a deposit may be now, by the strictest limit. */
  readonly depositLeftXof: Xof;
  readonly depositRefusal: Refusal;
  /** Null: no ceiling. */
  readonly withdrawalLeftXof: Xof | null;
}

/** Why this deposit may not be asked for; null when it may. Locks the player's balance. */
export async function refuseDeposit(tx: Tx, owner: Owner, amountXof: Xof): Promise<Refusal | null> {
  await lockBalances(tx, [owner.accountId]);
  const refused = await refuseDepositor(tx, owner.playerId);
  if (refused !== null) return refused;
  const tier = await findTier(tx, owner.playerId);
  return refuseBeyond(await depositAllowances(tx, owner, await ceilingsNow(tx, tier)), amountXof);
}

/** Why this withdrawal may not be asked for; null when it may. The player's balance is locked already. */
export async function refuseWithdrawal(tx: Tx, owner: Owner, amountXof: Xof): Promise<Refusal | null> {
  const tier = await findTier(tx, owner.playerId);
  return refuseBeyond(await withdrawalAllowances(tx, owner, await ceilingsNow(tx, tier)), amountXof);
}

/** The same for the eye, without a lock. */
export async function showRoom(db: Db, owner: Owner): Promise<Room> {
  const tier = await findTier(db, owner.playerId);
  const refused = await refuseDepositor(db, owner.playerId);
  const ceilings = await ceilingsNow(db, tier);
  const deposit = strictestOf(await depositAllowances(db, owner, ceilings));
  if (deposit === null) throw new Error('deposits have a ceiling');
  return {
    tier,
    mayDeposit: refused === null,
    balanceMaxXof: ceilings.balanceMaxXof,
    depositLeftXof: refused === null ? deposit.leftXof : ZERO_XOF,
    depositRefusal: refused ?? deposit.refusal,
    withdrawalLeftXof: strictestOf(await withdrawalAllowances(db, owner, ceilings))?.leftXof ?? null,
  };
}

/** Why not even the smallest withdrawal may be asked for now, by the ceilings; null when it may. */
export async function whyNoWithdrawal(db: Db, owner: Owner, minXof: Xof): Promise<Refusal | null> {
  const tier = await findTier(db, owner.playerId);
  return refuseBeyond(await withdrawalAllowances(db, owner, await ceilingsNow(db, tier)), minXof);
}

async function ceilingsNow(db: Db | Tx, tier: Tier): Promise<Ceilings> {
  return ceilingsOf(await readSettings(db), tier);
}

async function depositAllowances(db: Db | Tx, owner: Owner, ceilings: Ceilings): Promise<Allowance[]> {
  return [
    balanceAllowance(ceilings, await findHeld(db, owner)),
    depositsAllowance(ceilings, await findDepositsUse(db, owner.playerId)),
    ...(await ownDepositAllowances(db, owner.playerId)),
  ];
}

async function withdrawalAllowances(db: Db | Tx, owner: Owner, ceilings: Ceilings): Promise<Allowance[]> {
  const own = withdrawalsAllowance(ceilings, await findWithdrawalsUse(db, owner.playerId));
  return own === null ? [] : [own];
}

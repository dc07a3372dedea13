/**
 * Bonuses: what the house gives after a market or a pool is settled. To both sides of a referral, with the new
 * player's first bet that counts; and back to a player who lost the first bet he had money of his own in.
 *
 * Each is decided once, for ever: its id follows from the reason and the player, and is its transfer's. A correction
 * takes nothing back and gives nothing twice. What the house's budget of the day does not hold waits.
 */
import { bonusGranted } from '#core/ledger.ts';
import { type Xof, xof } from '#core/money.ts';
import type { SettingValues } from '#core/settings.ts';
import type { Db, Tx } from '../db.ts';
import type { Jobs } from '../jobs.ts';
import { openAccount, postTransfers } from '../ledger/post.ts';
import { firstLostBetBackId, inputHashOf, referralBonusId } from '../ledger/transfer-ids.ts';
import { readSettings } from '../settings/open-settings.ts';
import {
  areLinked,
  type Candidate,
  countPaidReferrals,
  findFirstLosses,
  findReferredToDecide,
  type GrantReason,
  type GrantRefusal,
  hasGrant,
  insertFirstBets,
  insertGrant,
  lockCandidates,
  lockGivenInDay,
  lockReferral,
  recordReferralDecided,
  type Settled,
  setBonusAccount,
} from './queries.ts';

export interface BonusDeps {
  readonly db: Db;
  readonly jobs: Pick<Jobs, 'send'>;
}

const PLAYERS_A_ROUND = 200;
const BUDGET_RETRY_MS = 60 * 60_000;

/** Gives what follows from this settlement. Safe to run any number of times. */
export async function grantBonuses(deps: BonusDeps, settled: Settled): Promise<void> {
  const { db, jobs } = deps;
  await db.transaction((tx) => insertFirstBets(tx, settled));
  try {
    await repeat(
      () => findReferredToDecide(db, settled, PLAYERS_A_ROUND),
      (playerId) => db.transaction((tx) => decideReferral(tx, playerId)),
    );
    // Without an amount nothing is decided, and a round would find the same players again.
    if ((await readSettings(db)).firstLostBetBackMaxXof === 0) return;
    await repeat(
      () => findFirstLosses(db, settled, PLAYERS_A_ROUND),
      ({ playerId, lossXof }) => db.transaction((tx) => giveFirstLostBetBack(tx, playerId, xof(lossXof))),
    );
  } catch (error) {
    if (!(error instanceof BudgetSpent)) throw error;
    await db.transaction((tx) => jobs.send(tx, 'grant-bonuses', settled, { afterMs: BUDGET_RETRY_MS }));
  }
}

/** The house has given today what it may: whoever is left waits. */
class BudgetSpent extends Error {}

async function repeat<T>(
  find: () => Promise<readonly T[]>,
  decide: (found: T) => Promise<void>,
): Promise<void> {
  for (;;) {
    const round = await find();
    for (const found of round) await decide(found);
    if (round.length < PLAYERS_A_ROUND) return;
  }
}

async function decideReferral(tx: Tx, playerId: string): Promise<void> {
  const referral = await lockReferral(tx, playerId);
  if (referral === null) return;
  const { referrerId } = referral;
  await recordReferralDecided(tx, playerId);
  const settings = await readSettings(tx);
  const amountXof = settings.referralBonusXof;
  if (amountXof === 0) return;
  const people = await lockCandidates(tx, [playerId, referrerId]);
  const isLinked = await areLinked(tx, playerId, referrerId);
  const paid = await countPaidReferrals(tx, referrerId);
  for (const reason of ['referred', 'referrer'] as const) {
    const player = people.get(reason === 'referred' ? playerId : referrerId);
    if (player === undefined) throw new Error(`no player for the referral of ${playerId}`);
    const hasEnough = reason === 'referrer' && paid >= settings.referralsPlayerMax;
    const refusal = isLinked ? 'linked' : refusalOf(player, hasEnough);
    const id = referralBonusId(playerId, reason);
    await grant(tx, settings, { id, player, reason, referredId: playerId, amountXof, refusal });
  }
}

async function giveFirstLostBetBack(tx: Tx, playerId: string, lossXof: Xof): Promise<void> {
  const player = (await lockCandidates(tx, [playerId])).get(playerId);
  if (player === undefined) throw new Error(`no player ${playerId}`);
  const id = firstLostBetBackId(playerId);
  if (await hasGrant(tx, id)) return;
  const settings = await readSettings(tx);
  const amountXof = xof(Math.min(lossXof, settings.firstLostBetBackMaxXof));
  const refusal = refusalOf(player, false);
  const reason = 'first_lost_bet';
  await grant(tx, settings, { id, player, reason, referredId: null, amountXof, refusal });
}

function refusalOf({ mayPlay }: Candidate, hasEnough: boolean): GrantRefusal | null {
  if (!mayPlay) return 'may_not_play';
  return hasEnough ? 'enough' : null;
}

async function grant(
  tx: Tx,
  settings: SettingValues,
  asked: {
    readonly id: string;
    readonly player: Candidate;
    readonly reason: GrantReason;
    readonly referredId: string | null;
    readonly amountXof: Xof;
    readonly refusal: GrantRefusal | null;
  },
): Promise<void> {
  const { id, player, amountXof, refusal } = asked;
  const { playerId, isTest } = player;
  if (refusal === null && settings.bonusHouseDayMaxXof > 0) {
    const givenXof = await lockGivenInDay(tx, isTest);
    if (givenXof + amountXof > settings.bonusHouseDayMaxXof) throw new BudgetSpent();
  }
  await insertGrant(tx, { ...asked, playerId });
  if (refusal !== null) return;
  const bonus = await openAccount(tx, 'player_bonus', playerId, isTest);
  if (player.bonusAccountId === null) await setBonusAccount(tx, playerId, bonus);
  const expense = await openAccount(tx, 'bonus_expense', 'house', isTest);
  const postings = bonusGranted({ expense, bonus, amountXof });
  await postTransfers(tx, [{ id, kind: 'bonus_granted', inputHash: inputHashOf(id, amountXof), postings }]);
}

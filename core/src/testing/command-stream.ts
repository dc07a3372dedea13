/**
 * Random commands of one market from a seed: the same seed gives the same commands on every machine.
 *
 * The plain rules answer each command as it is drawn, so that the next ones can name offers that are open and amounts
 * that may fit. Players are few, so that they meet their own offers; some are poor, so that money runs out; offers
 * named are mostly recent ones, so that commands of one batch name each other's. The market is suspended, closed,
 * past its hard stop or a draft for spells, and some players are barred or limited for spells.
 */
import type { Command, NewChallenge } from '../book.ts';
import type { MarketState, Side } from '../market.ts';
import { type Xof, xof } from '../money.ts';
import type { RuleCard } from '../rule-card.ts';
import {
  answerPlainly,
  type Circumstances,
  type NaiveMarket,
  type NaiveOffer,
  naiveMarket,
  type PlainAnswer,
  stakedBy,
  stakedByAll,
} from './naive-market.ts';

/** Commands that meet the same circumstances. A batch is cut from one spell. */
export interface Spell {
  readonly around: Circumstances;
  readonly commands: readonly Command[];
  /** What the plain rules answer to each command. */
  readonly answers: readonly PlainAnswer[];
}

export interface CommandStream {
  readonly wallets: ReadonlyMap<string, Xof>;
  readonly bonuses: ReadonlyMap<string, Xof>;
  readonly spells: readonly Spell[];
}

/** The next whole number from 0 to `below` - 1. */
export type Dice = (below: number) => number;

/** Numbers from a seed (mulberry32). */
export function diceOf(seed: number): Dice {
  let state = seed | 0;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const START_MS = 1_800_000_000_000;
const HARD_STOP_MS = START_MS + 14_400_000;

const RICH_XOF = xof(1_000_000_000);
const MIDDLING_XOF = xof(400_000);
/** A franc short of whole units. */
const POOR_XOF = xof(11_999);

/** Ratios that people choose, and how many tickets each has in the draw. */
const usualRatios: readonly (readonly [tickets: number, stake: number, ask: number])[] = [
  [8, 1, 1],
  [3, 2, 1],
  [3, 1, 2],
  [2, 3, 2],
  [2, 2, 3],
  [1, 3, 1],
  [1, 1, 3],
  [2, 5, 4],
  [2, 4, 5],
  [1, 7, 10],
  [1, 10, 7],
  [1, 19, 20],
  [1, 20, 19],
  [1, 13, 17],
  [1, 11, 9],
];

export function commandStream(seed: number, length: number, ruleCard: RuleCard): CommandStream {
  const dice = diceOf(seed);
  const wallets = new Map<string, Xof>();
  for (let at = 0; at < 12; at++) {
    wallets.set(`player-${at}`, [RICH_XOF, MIDDLING_XOF, RICH_XOF, POOR_XOF][at % 4] ?? POOR_XOF);
  }
  const players = [...wallets.keys()];
  // One in three has bonus money, some of it no whole units.
  const bonuses = new Map(
    players.filter((_, at) => at % 3 === 0).map((player, at) => [player, xof(150_000 * at + 2_550)]),
  );
  const market = naiveMarket(ruleCard.rates, ruleCard.limits, wallets, bonuses);
  const spells: Spell[] = [];
  for (let drawn = 0; drawn < length; ) {
    const around = circumstances(dice, players, market);
    const commands: Command[] = [];
    const answers: PlainAnswer[] = [];
    for (let left = Math.min(length - drawn, 20 + dice(300)); left > 0; left--) {
      const command = nextCommand(dice, players, market, around.nowMs, `offer-${drawn}`);
      commands.push(command);
      answers.push(answerPlainly(market, command, around));
      drawn += 1;
    }
    spells.push({ around, commands, answers });
  }
  return { wallets, bonuses, spells };
}

function circumstances(dice: Dice, players: readonly string[], market: NaiveMarket): Circumstances {
  const states: readonly MarketState[] = ['suspended', 'closed', 'draft', 'settling', 'settled'];
  const draw = dice(24);
  return {
    state: states[draw] ?? 'open',
    nowMs: draw === 5 ? HARD_STOP_MS + dice(2) : START_MS + dice(HARD_STOP_MS - START_MS),
    hardStopMs: HARD_STOP_MS,
    barred: new Set(dice(3) === 0 ? [pick(dice, players)] : []),
    caps: drawCaps(dice, players, market),
    linked: new Set(dice(3) === 0 ? [pick(dice, players), pick(dice, players), pick(dice, players)] : []),
    totalCap: dice(6) === 0 ? stakedByAll(market) + dice(200_000) : null,
  };
}

/** For some players a limit that is near: a little above, or below, what they have staked. */
function drawCaps(dice: Dice, players: readonly string[], market: NaiveMarket): Map<string, number> {
  const caps = new Map<string, number>();
  for (let left = dice(4); left > 0; left--) {
    const player = pick(dice, players);
    caps.set(player, Math.max(0, stakedBy(market, player) + dice(60_000) - 10_000));
  }
  return caps;
}

function nextCommand(
  dice: Dice,
  players: readonly string[],
  market: NaiveMarket,
  nowMs: number,
  newId: string,
): Command {
  const playerId = pick(dice, players);
  const draw = dice(100);
  const validUntilMs = [nowMs + dice(60_000), nowMs - 1 - dice(1_000)][dice(30)] ?? null;
  const target = drawTarget(dice, market);
  if (draw < 50 || target === undefined) {
    const side: Side = dice(2) === 0 ? 'A' : 'B';
    const expiresAtMs = [nowMs + dice(60_000), nowMs - dice(1_000), nowMs + 3_600_000][dice(20)] ?? null;
    const terms = { challenge: drawChallenge(dice, players, market, playerId), expiresAtMs };
    return { kind: 'place', playerId, offerId: newId, side, ...drawAmounts(dice), validUntilMs, ...terms };
  }
  const offerId = dice(40) === 0 ? 'offer-of-nobody' : target.id;
  if (draw < 80) {
    const stakeXof = drawTake(dice, target);
    const hasLink = dice(3) === 0;
    const cancelsOfferId = dice(8) === 0 ? (drawOwn(dice, market, playerId)?.id ?? 'offer-of-nobody') : null;
    const taker =
      typeof target.audience === 'object' && dice(3) > 0 ? (target.audience.only ?? playerId) : playerId;
    const take = { stakeXof, partial: dice(2) === 0, validUntilMs, hasLink, cancelsOfferId };
    return { kind: 'accept', playerId: taker, offerId, ...take };
  }
  // Mostly the offer's own player cancels; now and then somebody else tries.
  return { kind: 'cancel', playerId: dice(10) === 0 ? playerId : target.playerId, offerId };
}

/** Most offers are for everybody. */
function drawChallenge(
  dice: Dice,
  players: readonly string[],
  { offers }: NaiveMarket,
  playerId: string,
): NewChallenge | null {
  const draw = dice(12);
  if (draw === 0) return { by: 'link' };
  if (draw === 1)
    return { by: 'phone', phone: '+221770000000', playerId: dice(5) === 0 ? null : pick(dice, players) };
  const answered = offers.at(-1 - dice(10));
  if (draw > 2 || answered === undefined || answered.playerId === playerId) return null;
  return { by: 'answer', offerId: answered.id, playerId: answered.playerId };
}

/** An offer of his own, mostly one that is open. */
function drawOwn(dice: Dice, { offers }: NaiveMarket, playerId: string): NaiveOffer | undefined {
  const own = offers
    .slice(-40)
    .filter((offer) => offer.playerId === playerId && (offer.open > 0 || dice(5) === 0));
  return own[dice(Math.max(1, own.length))];
}

/** An offer to name: half are among the last few, the rest anywhere; mostly, but not always, one that is open. */
function drawTarget(dice: Dice, { offers }: NaiveMarket): NaiveOffer | undefined {
  let target: NaiveOffer | undefined;
  for (let tries = 1 + dice(6); tries > 0 && !(target && target.open > 0); tries--) {
    const back = dice(2) === 0 ? dice(Math.min(12, offers.length)) : dice(offers.length);
    target = offers[offers.length - 1 - back];
  }
  return target;
}

function drawAmounts(dice: Dice): { stakeXof: Xof; askXof: Xof } {
  const draw = dice(20);
  if (draw === 0) return { stakeXof: xof(dice(9_000)), askXof: xof(dice(9_000)) };
  if (draw === 1) return { stakeXof: xof(dice(600_000)), askXof: xof(dice(600_000)) };
  if (draw === 2) return { stakeXof: xof(100 * dice(80)), askXof: xof(100 * dice(80)) };
  const [stake, ask] = draw < 5 ? [1 + dice(20), 1 + dice(20)] : drawUsualRatio(dice);
  const leastUnits = Math.ceil(10 / Math.min(stake, ask));
  const units = leastUnits + (dice(8) === 0 ? dice(200) : dice(15));
  return { stakeXof: xof(units * stake * 100), askXof: xof(units * ask * 100) };
}

function drawUsualRatio(dice: Dice): readonly [number, number] {
  let ticket = dice(usualRatios.reduce((all, [tickets]) => all + tickets, 0));
  for (const [tickets, stake, ask] of usualRatios) {
    ticket -= tickets;
    if (ticket < 0) return [stake, ask];
  }
  return [1, 1];
}

/** What a taker of this offer puts: all that is left, a part of it, more than it, or something that does not fit. */
function drawTake(dice: Dice, { open, unit, otherUnit }: NaiveOffer): Xof {
  const units = open / unit;
  const draw = dice(10);
  if (draw < 2) return xof(units * otherUnit);
  if (draw === 2) return xof(dice(20_000));
  if (draw === 3) return xof((units + dice(3)) * otherUnit);
  return xof((1 + dice(Math.max(1, units))) * otherUnit);
}

function pick(dice: Dice, from: readonly string[]): string {
  const picked = from[dice(from.length)];
  if (picked === undefined) throw new Error('nothing to pick from');
  return picked;
}

/**
 * The engine against the rules written a second time (testing/naive-market.ts), on long random sequences and on
 * short ones that shrink, with the promises of matching checked by a witness after every batch.
 *
 * BOOK_SEEDS=7,8,9 tries other seeds; a failure names its seed.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Command, Decision } from './book.ts';
import type { Rates } from './market.ts';
import { xof } from './money.ts';
import type { RuleCard } from './rule-card.ts';
import { defaultRates } from './settings.ts';
import { seeDecision, seeStored, type Witness, witnessOf } from './testing/book-witness.ts';
import { type CommandStream, commandStream, diceOf, type Spell } from './testing/command-stream.ts';
import { answerPlainly, type Circumstances, naiveMarket, type PlainAnswer } from './testing/naive-market.ts';
import { testRuleCard } from './testing/rule-card.ts';
import { type StoredMarket, storeBatch, storedMarket } from './testing/stored-market.ts';

const seeds = process.env.BOOK_SEEDS?.split(',').map(Number) ?? Array.from({ length: 16 }, (_, at) => at + 1);
const commandCount = 10_000;

const rateCards: readonly Rates[] = [
  defaultRates,
  { commissionBps: 500, commissionBase: 'winnings', taxBps: 0, taxBase: 'none' },
  { commissionBps: 1_000, commissionBase: 'pot', taxBps: 1_000, taxBase: 'winnings' },
];

for (const seed of seeds) {
  test(`10 000 commands of seed ${seed} are decided as the plain rules say, however they are cut`, () => {
    const dice = diceOf(-seed);
    const ruleCard = ruleCardOf(seed);
    const stream = commandStream(seed, commandCount, ruleCard);
    const cut = play(stream, ruleCard, `seed ${seed}`, {
      size: () => 1 + dice(50),
      depth: () => [0, 1, 2, 3, 5, 8, 1_000_000][dice(7)] ?? 0,
    });
    assert.ok(cut.market.rereads > 50, `the book was too short ${cut.market.rereads} times`);

    const single = storedMarket(ruleCard, stream.wallets, stream.bonuses);
    const decisions = stream.spells.flatMap(({ around, commands }) =>
      commands.flatMap((command) => storeBatch(single, [command], around, 1_000_000)),
    );
    assert.deepEqual(cut.decisions, decisions, `seed ${seed}: cut and depth change nothing`);
    assert.equal(single.rereads, 0, 'a book that was read whole is never too short');
  });
}

test('the sequences reach every answer, so that a dull generator does not pass for a right engine', () => {
  const counts = new Map<string, number>();
  for (const seed of seeds) {
    const { spells } = commandStream(seed, commandCount, ruleCardOf(seed));
    for (const { answers, commands } of spells)
      answers.forEach((answer, at) => {
        count(counts, answer, commands[at]);
      });
  }
  for (const [name, perSequence] of [
    ['placed', 1_000],
    ['placed, met nobody', 300],
    ['placed, met one', 150],
    ['placed, met several', 100],
    ['placed, some came back', 100],
    ['placed, spent wholly', 100],
    ['accepted', 100],
    ['cancelled', 200],
    ['player_may_not_bet', 100],
    ['market_closed', 300],
    ['market_suspended', 50],
    ['market_not_open', 50],
    ['slip_expired', 50],
    ['stake_below_min', 10],
    ['stake_above_max', 10],
    ['ask_below_min', 10],
    ['ask_above_max', 10],
    ['amount_off_ladder', 100],
    ['net_below_stake', 20],
    ['insufficient_funds', 100],
    ['limit_market', 100],
    ['limit_total_market', 20],
    ['accounts_linked', 1],
    ['offer_expired', 5],
    ['expiry_passed', 20],
    ['placed, in private', 200],
    ['placed, with bonus', 50],
    ['accepted, one taken back', 5],
    ['offer_not_found', 50],
    ['offer_own', 50],
    ['offer_taken', 20],
    ['offer_gone', 100],
    ['offer_whole_only', 20],
    ['fill_below_min', 10],
    ['rest_below_min', 10],
    ['offer_nothing_open', 100],
  ] as const) {
    const found = counts.get(name) ?? 0;
    const needed = perSequence * seeds.length;
    assert.ok(found >= needed, `${found} of "${name}", fewer than ${needed}: ${JSON.stringify([...counts])}`);
  }
});

function count(counts: Map<string, number>, answer: PlainAnswer, command: Command | undefined): void {
  const names: string[] = [];
  if ('code' in answer) names.push(answer.code);
  else names.push(answer.kind);
  if ('kind' in answer && answer.kind === 'placed') {
    names.push(`placed, met ${['nobody', 'one'][answer.duels.length] ?? 'several'}`);
    if (answer.returnedXof > 0) names.push('placed, some came back');
    if (answer.bonusXof > 0) names.push('placed, with bonus');
    if (answer.openXof === 0 && answer.returnedXof === 0) names.push('placed, spent wholly');
  }
  if ('kind' in answer && command?.kind === 'place' && command.challenge !== null)
    names.push('placed, in private');
  if ('kind' in answer && answer.kind === 'accepted' && answer.cancelled !== null)
    names.push('accepted, one taken back');
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
}

const players = ['awa', 'binta', 'cheikh'] as const;
const amounts = [
  [1_000, 1_000],
  [2_000, 1_000],
  [1_000, 2_000],
  [1_500, 1_000],
  [1_000, 1_500],
  [5_000, 4_000],
  [4_000, 5_000],
  [3_000, 3_000],
  [9_900, 9_900],
  [1_100, 1_100],
  [1_900, 2_000],
  [3_500, 5_000],
  [30_000, 10_000],
  [1_000, 999],
  [2_150, 1_000],
  [6_000, 1_000],
] as const;

const shortCommand = fc.record({
  kind: fc.constantFrom('place', 'place', 'accept', 'cancel'),
  player: fc.nat(players.length - 1),
  side: fc.constantFrom('A', 'B'),
  amounts: fc.constantFrom(...amounts),
  /** The offer of that command. */
  target: fc.nat(25),
  takes: fc.constantFrom(1_000, 1_500, 2_000, 100, 900, 4_000, 9_900, 1_200, 50, 30_000),
  partial: fc.boolean(),
});

test('short sequences are decided as the plain rules say, however they are cut', () => {
  fc.assert(
    fc.property(
      fc.array(shortCommand, { maxLength: 25, size: 'max' }),
      fc.record({
        caps: fc.array(fc.tuple(fc.constantFrom(...players), fc.nat(40_000)), { maxLength: 2 }),
        balances: fc.tuple(fc.nat(30_000), fc.constant(1_000_000), fc.nat(200_000)),
        rates: fc.constantFrom(...rateCards),
        bonus: fc.nat(12_000),
        cuts: fc.infiniteStream(fc.integer({ min: 1, max: 8 })),
        depths: fc.infiniteStream(fc.integer({ min: 0, max: 4 })),
      }),
      (drawn, { balances, rates, cuts, depths, bonus, caps: capped }) => {
        const wallets = new Map(players.map((player, at) => [player as string, xof(balances[at] ?? 0)]));
        const around: Circumstances = {
          state: 'open',
          nowMs: 1,
          hardStopMs: 2,
          barred: new Set(),
          caps: new Map(capped),
          linked: new Set(),
          totalCap: null,
        };
        const bonuses = new Map([['awa', xof(bonus)]]);
        const ruleCard = cardOf(rates);
        const naive = naiveMarket(ruleCard.rates, ruleCard.limits, wallets, bonuses);
        const commands = drawn.map(commandOf);
        const answers = commands.map((command) => answerPlainly(naive, command, around));
        play({ wallets, bonuses, spells: [{ around, commands, answers }] }, ruleCard, 'short sequence', {
          size: () => cuts.next().value ?? 1,
          depth: () => depths.next().value ?? 0,
        });
      },
    ),
    { numRuns: 2_000 },
  );
});

function commandOf(
  drawn: typeof shortCommand extends fc.Arbitrary<infer T> ? T : never,
  at: number,
): Command {
  const playerId = players[drawn.player] ?? 'awa';
  const [stake, ask] = drawn.amounts;
  switch (drawn.kind) {
    case 'place': {
      const { side } = drawn;
      const amountsXof = { stakeXof: xof(stake), askXof: xof(ask) };
      return {
        kind: 'place',
        playerId,
        offerId: `offer-${at}`,
        side,
        ...amountsXof,
        validUntilMs: null,
        challenge: null,
        expiresAtMs: null,
      };
    }
    case 'accept': {
      const [offerId, stakeXof] = [`offer-${drawn.target}`, xof(drawn.takes)];
      const plain = { validUntilMs: null, hasLink: false, cancelsOfferId: null };
      return { kind: 'accept', playerId, offerId, stakeXof, partial: drawn.partial, ...plain };
    }
    case 'cancel':
      return { kind: 'cancel', playerId, offerId: `offer-${drawn.target}` };
  }
}

interface Cut {
  readonly size: () => number;
  readonly depth: () => number;
}

interface Play {
  readonly name: string;
  readonly market: StoredMarket;
  readonly witness: Witness;
  readonly decisions: Decision[];
}

/** Plays a stream through the engine batch by batch and holds each decision against the plain answer. */
function play(stream: CommandStream, ruleCard: RuleCard, name: string, cut: Cut): Play {
  const game: Play = {
    name,
    market: storedMarket(ruleCard, stream.wallets, stream.bonuses),
    witness: witnessOf(ruleCard.limits, stream.wallets, stream.bonuses),
    decisions: [],
  };
  for (const { around, commands, answers } of stream.spells) {
    for (let from = 0; from < commands.length; ) {
      const until = Math.min(from + cut.size(), commands.length);
      const batch = { around, commands: commands.slice(from, until), answers: answers.slice(from, until) };
      playBatch(game, batch, cut.depth());
      from = until;
    }
  }
  return game;
}

function playBatch(game: Play, { around, commands, answers }: Spell, depth: number): void {
  const first = game.decisions.length;
  const cut = `${commands.length} commands from ${first} on, the book read ${depth} deep`;
  let at = `a batch of ${cut}`;
  try {
    const decisions = storeBatch(game.market, commands, around, depth);
    assert.equal(decisions.length, commands.length);
    commands.forEach((command, index) => {
      at = `command ${first + index} of ${cut}`;
      const [decision, answer] = [decisions[index], answers[index]];
      assert.ok(decision !== undefined && answer !== undefined);
      assert.deepEqual(plainOf(decision), offLadderWithoutNearest(answer), JSON.stringify(command));
      seeDecision(game.witness, command, decision, around.nowMs);
      game.decisions.push(decision);
    });
    at = `what is stored after ${cut}`;
    seeStored(game.witness, game.market);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Error(`${game.name}, ${at}: ${message}`, { cause: error });
  }
}

/** A decision in the words of the plain rules: without sequence numbers and ratio, which the witness checks. */
function plainOf(decision: Decision): PlainAnswer | { code: string; params: object } {
  if (!('kind' in decision)) return offLadderWithoutNearest(decision);
  switch (decision.kind) {
    case 'placed': {
      const { kind, filledXof, openXof, returnedXof, bonusXof, returnedBonusXof } = decision;
      return {
        kind,
        filledXof,
        openXof,
        returnedXof,
        bonusXof,
        returnedBonusXof,
        duels: decision.duels.map(({ seq: _, ...duel }) => duel),
      };
    }
    case 'accepted': {
      const { seq: _, ...duel } = decision.duel;
      return { kind: 'accepted', duel, cancelled: decision.cancelled };
    }
    case 'cancelled':
      return decision;
  }
}

/** Which amounts are nearest is the business of offer.test.ts. */
function offLadderWithoutNearest<Answer extends object>(answer: Answer): Answer {
  return 'code' in answer && answer.code === 'amount_off_ladder' ? { ...answer, params: {} } : answer;
}

function ruleCardOf(seed: number): RuleCard {
  return cardOf(rateCards[seed % rateCards.length] ?? defaultRates);
}

function cardOf(rates: Rates): RuleCard {
  return testRuleCard({ rates });
}

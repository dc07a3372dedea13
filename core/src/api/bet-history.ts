/** A player's bets over months: duels and tickets in one list, with what they add up to. */
import { Type } from 'typebox';
import { historyKinds, historyStates } from '../bet-history.ts';
import { boutEndings } from '../bout.ts';
import { type Contract, IdText, Instant, strict, Uuid, XofOrZero } from './contract.ts';
import { statementPeriod } from './wallet.ts';

const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);

export const historyFilter = {
  ...statementPeriod,
  state: Type.Optional(Type.Enum([...historyStates])),
  kind: Type.Optional(Type.Enum([...historyKinds])),
  galaId: Type.Optional(IdText),
};

export const HistoryEntryView = strict({
  id: Uuid,
  form: Type.Enum(['duel', 'ticket']),
  kind: Type.Enum([...historyKinds]),
  name: Type.String({ description: 'The two wrestlers, or the pool.' }),
  galaName: Type.String(),
  pick: Type.String({ description: 'What it was on.' }),
  opponent: Nullable(Type.String({ description: 'Pseudonym; null for a ticket.' })),
  stakeXof: XofOrZero,
  /** The part of the stake that was bonus money. */
  bonusXof: XofOrZero,
  opponentStakeXof: Nullable(XofOrZero),
  state: Type.Enum([...historyStates]),
  /** What was paid, stake included; null while engaged. As the newest result has it. */
  payoutXof: Nullable(XofOrZero),
  /** Kept from what this bet won; zero for any other. */
  commissionXof: XofOrZero,
  taxXof: XofOrZero,
  isCorrected: Type.Boolean(),
  madeAt: Instant,
});

/** net = won + returned − (staked − engaged). */
export const HistoryTotalsView = strict({
  betCount: Type.Integer({ minimum: 0 }),
  stakedXof: XofOrZero,
  /** Bonus money among the stakes. */
  bonusXof: XofOrZero,
  /** Stakes of bets that are not decided yet. */
  engagedXof: XofOrZero,
  /** Stakes that came back from void bets. */
  returnedXof: XofOrZero,
  /** Paid for bets that were won, stakes included, after commission and tax. */
  wonXof: XofOrZero,
  netXof: Type.Integer(),
  commissionXof: XofOrZero,
  taxXof: XofOrZero,
});

const at = { at: Instant };
const Outcome = Type.Enum(['won', 'lost', 'void']);

/** What happened to a bet, oldest first; a correction is one more payment, the earlier one stays. */
export const BetStepView = Type.Union([
  strict({ kind: Type.Literal('placed'), ...at, stakeXof: XofOrZero, askXof: XofOrZero }),
  /** Of a ticket: its number in the pool. */
  strict({ kind: Type.Literal('bought'), ...at, stakeXof: XofOrZero, number: Type.Integer() }),
  strict({
    kind: Type.Literal('matched'),
    ...at,
    stakeXof: XofOrZero,
    opponentStakeXof: XofOrZero,
    opponent: Type.String(),
  }),
  /** Its bout was moved after the bet was made. */
  strict({
    kind: Type.Literal('moved'),
    ...at,
    boutName: Type.String(),
    /** Null: no date was known yet. */
    to: Nullable(Instant),
    reason: Type.String(),
  }),
  strict({ kind: Type.Literal('closed'), ...at, cause: Type.Enum(['whistle', 'hard_stop', 'cancelled']) }),
  /** Two people have said when the whistle was; a bet made after it is void. */
  strict({ kind: Type.Literal('true_whistle'), ...at, whistleAt: Instant, isLate: Type.Boolean() }),
  strict({ kind: Type.Literal('root'), ...at, number: Type.Integer() }),
  strict({
    kind: Type.Literal('result'),
    ...at,
    version: Type.Integer(),
    /** The two wrestlers: a ticket may be on several bouts. */
    boutName: Type.String(),
    ending: Type.Enum([...boutEndings]),
    winner: Nullable(Type.String()),
    /** Breaks excluded; null when nobody measured it. */
    wrestledSeconds: Nullable(Type.Integer()),
    source: Type.String(),
    /** Why it replaces the one before. */
    reason: Nullable(Type.String()),
  }),
  strict({ kind: Type.Literal('homologated'), ...at, source: Type.String() }),
  strict({
    kind: Type.Literal('paid'),
    ...at,
    version: Type.Integer(),
    outcome: Outcome,
    payoutXof: XofOrZero,
    /** Kept from what was won; zero otherwise. */
    commissionXof: XofOrZero,
    taxXof: XofOrZero,
    /** A correction moves the difference once for all his bets of the market or pool: what came, and what went back. */
    givenXof: XofOrZero,
    takenXof: XofOrZero,
    /** What he was not due any more and could not be taken back: it stays his, the house bears it. */
    keptXof: XofOrZero,
  }),
  strict({ kind: Type.Literal('objected'), ...at, reference: Type.String(), dueAt: Instant }),
  strict({
    kind: Type.Literal('answered'),
    ...at,
    reference: Type.String(),
    isUpheld: Type.Boolean(),
    answer: Type.String(),
  }),
]);

export const betHistoryContract = {
  'GET /bets/:betId/story': {
    caller: 'owner',
    summary: 'What happened to one of my bets or tickets, step by step, every version of what was corrected.',
    params: strict({ betId: Uuid }),
    reply: strict({ steps: Type.Array(BetStepView) }),
    errors: ['not_found'],
  },
  'GET /bet-history': {
    caller: 'player',
    summary: 'My bets and tickets, newest first, 50 a page; the last three months unless a period is named.',
    query: strict({ ...historyFilter, before: Type.Optional(Uuid) }),
    reply: strict({
      entries: Type.Array(HistoryEntryView),
      /** `before` of the next page; null when there is none. */
      next: Nullable(Uuid),
    }),
    errors: ['period_reversed'],
  },
  'GET /bet-history/totals': {
    caller: 'player',
    summary: 'What the same bets add up to.',
    query: strict(historyFilter),
    reply: HistoryTotalsView,
    errors: ['period_reversed'],
  },
} as const satisfies Contract;

/** Proofs: the published roots, the way from a bet to its root, and signed receipts. All of it can be checked offline. */
import { Type } from 'typebox';
import { PROOF_FORMAT } from '../proof.ts';
import { RECEIPT_FORMAT, TICKET_RECEIPT_FORMAT } from '../receipt.ts';
import { QuestionSchema } from './bouts.ts';
import { type Contract, IdText, Instant, SideSchema, strict, Uuid, XofOrZero } from './contract.ts';

const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);

const Hash = Type.String({ pattern: '^[0-9a-f]{64}$', description: 'SHA-256 in hex.' });

/** A published root and its place in the chain. */
export const RootView = strict({
  number: Type.Integer({ description: 'Counted from 1 over all roots.' }),
  kind: Type.Enum(['market', 'pool']),
  subjectId: Type.Integer({ description: 'The market or the pool.' }),
  leafCount: Type.Integer({ description: 'Bets in the tree.' }),
  root: Hash,
  publishedAt: Instant,
  value: Type.String({ pattern: '^[0-9a-f]{64}$', description: 'The chain’s value from this root on.' }),
});

/** The root made again from the bets as they are stored, a short while ago at most. */
const Recomputed = strict({ root: Hash, leafCount: Type.Integer(), holds: Type.Boolean() });

export const MarketProofView = strict({
  marketId: Type.Integer(),
  boutId: Type.Integer(),
  boutName: Type.String(),
  question: QuestionSchema,
  closedAt: Instant,
  closeCause: Type.Enum(['whistle', 'hard_stop', 'cancelled']),
  root: RootView,
  previousValue: Hash,
  /** Confirmed by two people; null when the press was the whistle. */
  trueWhistle: Nullable(strict({ at: Instant, confirmedAt: Instant })),
  /** Bets with a database time after the true whistle: voided, every stake given back. */
  late: strict({ count: Type.Integer(), stakesXof: XofOrZero }),
  recomputed: Recomputed,
});

export const PoolProofView = strict({
  poolId: Type.Integer(),
  name: Type.String(),
  closedAt: Instant,
  root: RootView,
  previousValue: Hash,
  /** Tickets with a database time after the first true whistle: every stake given back. Null before the settlement, or when no whistle was set. */
  late: Nullable(strict({ after: Instant, stakesXof: XofOrZero })),
  recomputed: Recomputed,
});

const Salt = Type.String({ pattern: '^[0-9a-f]{32}$' });

/** From a leaf to its root. */
const way = {
  index: Type.Integer({ description: 'The leaf’s place, counted from 0.' }),
  path: Type.Array(Hash, { description: 'RFC 6962 audit path, from the bottom.' }),
  /** The roots published since the bet was made, up to the one of its market or pool: the last. */
  chain: Type.Array(RootView),
  holds: Type.Boolean({
    description: 'Whether the path leads to the root, as the server finds. Check it yourself.',
  }),
};

export const TicketProofView = strict({
  format: Type.Enum([PROOF_FORMAT]),
  leaf: strict({
    version: Type.Integer(),
    poolId: Type.Integer(),
    seq: Type.Integer(),
    betId: Uuid,
    stakeXof: XofOrZero,
    madeAt: Instant,
    salt: Salt,
    picks: Type.String(),
  }),
  ...way,
});

export const BetProofView = strict({
  format: Type.Enum([PROOF_FORMAT]),
  leaf: strict({
    version: Type.Integer(),
    marketId: Type.Integer(),
    seq: Type.Integer(),
    betId: Uuid,
    makerSide: SideSchema,
    stakeAXof: XofOrZero,
    stakeBXof: XofOrZero,
    madeAt: Instant,
    salt: Salt,
  }),
  ...way,
});

const Signature = Type.String({
  pattern: '^[0-9a-f]{128}$',
  description: 'Ed25519 in hex, over the receipt’s bytes.',
});

export const ReceiptView = strict({
  receipt: strict({
    format: Type.Enum([RECEIPT_FORMAT]),
    betId: Uuid,
    marketId: Type.Integer(),
    boutName: Type.String(),
    question: QuestionSchema,
    sides: strict({ A: Type.String(), B: Type.String() }),
    side: SideSchema,
    stakeXof: XofOrZero,
    opponentStakeXof: XofOrZero,
    netXof: XofOrZero,
    madeAt: Instant,
    ruleCard: strict({ version: Type.Integer(), hash: Hash }),
    chain: strict({ number: Type.Integer(), value: Hash }),
    keyId: Type.String(),
  }),
  signature: Signature,
});

export const TicketReceiptView = strict({
  receipt: strict({
    format: Type.Enum([TICKET_RECEIPT_FORMAT]),
    betId: Uuid,
    poolId: Type.Integer(),
    poolName: Type.String(),
    picks: Type.String(),
    picksText: Type.String(),
    stakeXof: XofOrZero,
    madeAt: Instant,
    ruleCard: strict({ version: Type.Integer(), hash: Hash }),
    chain: strict({ number: Type.Integer(), value: Hash }),
    keyId: Type.String(),
  }),
  signature: Signature,
});

export const ReceiptKeyView = strict({
  keyId: Type.String({ pattern: '^[0-9a-f]{16}$' }),
  publicKey: Type.String({ pattern: '^[0-9a-f]{64}$', description: 'Ed25519, 32 bytes in hex.' }),
  madeAt: Instant,
  /** From then on it signs nothing; what it signed stays good. */
  retiredAt: Nullable(Instant),
});

export const proofsContract = {
  'GET /roots': {
    caller: 'anyone',
    summary: 'The chain of published roots, newest first, 50 a page: those before the number named.',
    query: strict({ before: Type.Optional(IdText) }),
    reply: strict({ roots: Type.Array(RootView), next: Nullable(Type.Integer()) }),
    errors: [],
  },
  'GET /markets/:marketId/proof': {
    caller: 'anyone',
    summary: 'The root of a closed market, when it was published, and what was voided as late.',
    params: strict({ marketId: IdText }),
    reply: MarketProofView,
    errors: ['not_found', 'proof_not_yet'],
  },
  'GET /bets/:betId/proof': {
    caller: 'owner',
    summary: 'The way from one of my bets to the published root of its market.',
    params: strict({ betId: Uuid }),
    reply: BetProofView,
    errors: ['not_found', 'proof_not_yet'],
  },
  'GET /bets/:betId/receipt': {
    caller: 'owner',
    summary: 'The signed receipt of one of my bets.',
    params: strict({ betId: Uuid }),
    reply: ReceiptView,
    errors: ['not_found'],
  },
  'GET /pools/:poolId/proof': {
    caller: 'anyone',
    summary: 'The root of the tickets of a closed pool, when it was published, and what went back as late.',
    params: strict({ poolId: IdText }),
    reply: PoolProofView,
    errors: ['not_found', 'proof_not_yet'],
  },
  'GET /tickets/:ticketId/proof': {
    caller: 'owner',
    summary: 'The way from one of my tickets to the published root of its pool.',
    params: strict({ ticketId: Uuid }),
    reply: TicketProofView,
    errors: ['not_found', 'proof_not_yet'],
  },
  'GET /tickets/:ticketId/receipt': {
    caller: 'owner',
    summary: 'The signed receipt of one of my tickets.',
    params: strict({ ticketId: Uuid }),
    reply: TicketReceiptView,
    errors: ['not_found'],
  },
  'GET /receipt-keys': {
    caller: 'anyone',
    summary: 'Every key that has signed receipts, newest first: a receipt names its own.',
    reply: strict({ keys: Type.Array(ReceiptKeyView) }),
    errors: [],
  },
} as const satisfies Contract;

/** Data rights: a copy of one's data, the end of an account, erasure. */
import { type Static, Type } from 'typebox';
import { type Contract, Instant, OperationId, strict, Uuid, XofOrZero } from './contract.ts';

const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);

/**
 * - waiting: for duels that are not settled, or for money on its way.
 * - paying: the balance is on its way to the player's own number.
 * - closed: done; the data are replaced by a pseudonym at `eraseAt`.
 */
export const closureStates = ['waiting', 'paying', 'closed'] as const;
export type ClosureState = (typeof closureStates)[number];

export const ClosureView = strict({
  state: Type.Enum([...closureStates]),
  askedAt: Instant,
  closedAt: Nullable(Instant),
  waitsForDuels: Type.Integer(),
  withdrawingXof: XofOrZero,
  /** What no provider can pay out: it stays the player's. */
  remainderXof: Nullable(XofOrZero),
  eraseAt: Nullable(Instant),
  erasedAt: Nullable(Instant),
  isHeld: Type.Boolean(),
});

export const ExportView = strict({
  exportId: Uuid,
  askedAt: Instant,
  readyAt: Nullable(Instant),
  /** Afterwards the file is taken out. */
  expiresAt: Nullable(Instant),
  isReady: Type.Boolean(),
});

export const RequestView = strict({
  playerId: Uuid,
  pseudonym: Type.String(),
  heldBy: Nullable(Type.String()),
  holdReason: Nullable(Type.String()),
  closure: ClosureView,
});

export const HoldReason = Type.String({ minLength: 3, maxLength: 300, pattern: '\\S' });

const compliance = ['compliance'] as const;
const Player = strict({ playerId: Uuid });

export const dataRightsContract = {
  'GET /data': {
    caller: 'player',
    summary: 'My requests about my data. Files are fetched from /moi/donnees.',
    reply: strict({ exports: Type.Array(ExportView), closure: Nullable(ClosureView) }),
    errors: [],
  },
  'POST /data/exports': {
    caller: 'player',
    stepUp: true,
    summary: 'Asks for a copy of all my data.',
    body: strict({ operationId: OperationId }),
    status: 202,
    reply: ExportView,
    errors: ['operation_id_reused'],
  },
  'POST /data/closure': {
    caller: 'player',
    stepUp: true,
    summary:
      'Closes my account: open offers come back, duels are settled first, the balance goes to my own number.',
    body: strict({ operationId: OperationId }),
    status: 202,
    reply: ClosureView,
    errors: ['operation_id_reused', 'closure_already_asked'],
  },
  'GET /staff/data-requests': {
    caller: compliance,
    summary: 'Accounts that are being closed, that wait for their erasure, or were erased of late.',
    reply: strict({ requests: Type.Array(RequestView) }),
    errors: [],
  },
  'POST /staff/data-requests/:playerId/hold': {
    caller: compliance,
    summary: 'Keeps the data of a closed account longer, with the reason.',
    params: Player,
    body: strict({ operationId: OperationId, reason: HoldReason }),
    reply: ClosureView,
    errors: ['not_found', 'operation_id_reused', 'already_erased'],
  },
  'POST /staff/data-requests/:playerId/release': {
    caller: compliance,
    summary: 'Lets the data go at their time again.',
    params: Player,
    body: strict({ operationId: OperationId }),
    reply: ClosureView,
    errors: ['not_found', 'operation_id_reused', 'already_erased'],
  },
} as const satisfies Contract;

export type ClosureShown = Static<typeof ClosureView>;
export type ExportShown = Static<typeof ExportView>;
export type RequestShown = Static<typeof RequestView>;

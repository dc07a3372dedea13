/** Results of bouts: proposed, confirmed, homologated and corrected, each by two people, and what they pay. */
import { Type } from 'typebox';
import { enteredEndings } from '../bout.ts';
import { type Contract, IdText, Instant, OperationId, SideSchema, strict, Uuid } from './contract.ts';

/** Time wrestled, breaks excluded. */
const WrestledSeconds = Type.Integer({ minimum: 0, maximum: 7_200 });

export const SettlementView = strict({
  marketId: Type.Integer(),
  outcome: Type.Enum(['A', 'B', 'void']),
  state: Type.Enum(['paying', 'done']),
  /** Of the result it follows: 1, or that of a correction. */
  version: Type.Integer(),
  /** The phase of a correction that moves the difference; null when nothing was paid before, or nothing changes. */
  correction: Type.Union([Type.Enum(['computing', 'collecting', 'house', 'paying', 'done']), Type.Null()]),
  duelCount: Type.Integer(),
  paidCount: Type.Integer(),
  startedAt: Instant,
  finishedAt: Type.Union([Instant, Type.Null()]),
});

const operation = ['operation_id_reused', 'not_found', 'not_allowed'] as const;
const MarketId = strict({ marketId: IdText });
const BoutId = strict({ boutId: IdText });
const VoidMarketIds = Type.Array(Type.Integer({ minimum: 1, maximum: 999_999_999 }), {
  maxItems: 50,
  description: 'Markets of the bout that are annulled with it, whatever the ending.',
});
const Source = Type.String({ minLength: 3, maxLength: 500, pattern: '\\S' });
const HomologationNamed = strict({ operationId: Uuid, homologationId: Uuid });
const verdict = [
  'request_invalid',
  'winner_missing',
  'winner_not_expected',
  'wrestled_time_missing',
] as const;

export const resultsContract = {
  'POST /staff/bouts/:boutId/result': {
    caller: 'operator',
    summary: 'Proposes the result.',
    params: BoutId,
    body: strict({
      operationId: OperationId,
      ending: Type.Enum(enteredEndings),
      winnerSide: Type.Optional(SideSchema),
      wrestledSeconds: Type.Optional(WrestledSeconds),
      voidMarketIds: Type.Optional(VoidMarketIds),
      source: Source,
    }),
    status: 201,
    reply: strict({ operationId: Uuid, resultId: Uuid }),
    errors: [
      ...operation,
      ...verdict,
      'bout_state_forbids',
      'root_not_published',
      'result_already_proposed',
      'result_already_confirmed',
    ],
  },
  'POST /staff/bouts/:boutId/correction': {
    caller: 'operator',
    summary:
      'Proposes a result in the place of the confirmed one. It is confirmed or taken back like the first; every market then pays the difference.',
    params: BoutId,
    body: strict({
      operationId: OperationId,
      ending: Type.Enum(enteredEndings),
      winnerSide: Type.Optional(SideSchema),
      wrestledSeconds: Type.Optional(WrestledSeconds),
      voidMarketIds: Type.Optional(VoidMarketIds),
      source: Source,
      reason: Source,
    }),
    status: 201,
    reply: strict({ operationId: Uuid, resultId: Uuid }),
    errors: [...operation, ...verdict, 'bout_state_forbids', 'result_already_proposed'],
  },
  'POST /staff/bouts/:boutId/homologation': {
    caller: 'operator',
    summary: 'Proposes the homologation of the confirmed result, for the markets that wait for it.',
    params: BoutId,
    body: strict({ operationId: OperationId, source: Source }),
    status: 201,
    reply: HomologationNamed,
    errors: [...operation, 'homologation_not_expected', 'homologation_already_proposed'],
  },
  'POST /staff/bouts/:boutId/homologation/withdraw': {
    caller: 'operator',
    summary: 'Takes a proposed homologation back.',
    params: BoutId,
    body: strict({ operationId: OperationId, homologationId: Uuid }),
    reply: HomologationNamed,
    errors: [...operation, 'homologation_not_expected', 'homologation_absent'],
  },
  'POST /staff/bouts/:boutId/homologation/confirm': {
    caller: 'operator',
    stepUp: true,
    summary: 'Confirms the homologation, by another person: the markets that waited for it are paid.',
    params: BoutId,
    body: strict({ operationId: OperationId, homologationId: Uuid }),
    reply: HomologationNamed,
    errors: [
      'step_up_required',
      ...operation,
      'homologation_not_expected',
      'homologation_absent',
      'same_person',
    ],
  },
  'POST /staff/bouts/:boutId/result/withdraw': {
    caller: 'operator',
    summary: 'Takes a proposed result back before it is confirmed.',
    params: BoutId,
    body: strict({ operationId: OperationId, resultId: Uuid }),
    reply: strict({ operationId: Uuid, resultId: Uuid }),
    errors: [...operation, 'result_absent', 'result_already_confirmed'],
  },
  'POST /staff/bouts/:boutId/result/confirm': {
    caller: 'operator',
    stepUp: true,
    summary:
      'Confirms the proposed result or correction, by another person: settlement starts in every market of the bout.',
    params: BoutId,
    body: strict({ operationId: OperationId, resultId: Uuid }),
    reply: strict({ operationId: Uuid, resultId: Uuid, settlements: Type.Array(SettlementView) }),
    errors: [
      'step_up_required',
      ...operation,
      'result_absent',
      'result_already_confirmed',
      'same_person',
      'true_whistle_unconfirmed',
      'root_not_published',
      'settlement_running',
    ],
  },
  'GET /staff/markets/:marketId/settlement': {
    caller: 'staff',
    summary: 'How far the payment of a market is.',
    params: MarketId,
    reply: SettlementView,
    errors: ['not_found'],
  },
} as const satisfies Contract;

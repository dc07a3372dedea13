/** Pages about pools, of the office. */
import { Type } from 'typebox';
import { type LegKind, legKinds } from '../pool-leg.ts';
import { IdText, strict } from './contract.ts';
import { type PageContract, SlipText } from './pages.ts';
import type { Pool, PoolLine, PoolSettlement } from './pool-pages.ts';
import { PoolName } from './pools.ts';

const PoolId = strict({ poolId: IdText });
const GalaId = strict({ galaId: IdText });
const Command = strict({ slip: SlipText });
const poolDone = ['cree', 'ouvert', 'suspendu', 'repris'] as const;
export type PoolDone = (typeof poolDone)[number];

/** "12 winner": a question of a bout. */
const QuestionText = Type.Optional(Type.String({ pattern: `^[1-9][0-9]{0,8} (${legKinds.join('|')})$` }));

/** One list a question, in the order of a ticket's picks. */
const legFields = {
  jambe1: QuestionText,
  jambe2: QuestionText,
  jambe3: QuestionText,
  jambe4: QuestionText,
  jambe5: QuestionText,
  jambe6: QuestionText,
  jambe7: QuestionText,
  jambe8: QuestionText,
  jambe9: QuestionText,
  jambe10: QuestionText,
} as const;
export const legFieldNames = Object.keys(legFields);

export const officePoolPages = {
  'GET /galas/:galaId/mutuels': {
    caller: 'staff',
    summary: 'The pools of a gala, drafts included.',
    params: GalaId,
  },
  'GET /galas/:galaId/mutuels/nouveau': {
    caller: 'operator',
    summary: 'The form of a new pool.',
    params: GalaId,
  },
  'POST /galas/:galaId/mutuels': {
    caller: 'operator',
    summary: 'Creates a pool in draft.',
    params: GalaId,
    form: strict({
      name: PoolName,
      ...legFields,
      lineMinutes: Type.Optional(Type.Integer({ minimum: 1, maximum: 120 })),
      slip: SlipText,
    }),
  },
  'GET /mutuels/:poolId': {
    caller: 'staff',
    summary: 'The desk of a pool: its state, and the commands that state allows.',
    params: PoolId,
    query: strict({ fait: Type.Optional(Type.Enum([...poolDone])) }),
  },
  'POST /mutuels/:poolId/ouvrir': {
    caller: 'operator',
    summary: 'Opens a pool: freezes its rule card.',
    params: PoolId,
    form: Command,
  },
  'POST /mutuels/:poolId/suspendre': {
    caller: 'operator',
    summary: 'Takes no tickets for a while.',
    params: PoolId,
    form: Command,
  },
  'POST /mutuels/:poolId/reprendre': {
    caller: 'operator',
    summary: 'Takes tickets again.',
    params: PoolId,
    form: Command,
  },
} as const satisfies PageContract;

/** A bout that a pool can ask about. */
export interface BoutOfPool {
  readonly boutId: number;
  readonly boutName: string;
}

export interface OfficePoolViews {
  readonly pools: {
    readonly galaId: number;
    readonly galaName: string;
    readonly pools: readonly PoolLine[];
  };
  readonly newPool: {
    readonly galaId: number;
    readonly galaName: string;
    /** Those that have not been whistled. */
    readonly bouts: readonly BoutOfPool[];
    readonly kinds: readonly LegKind[];
    readonly slip: string;
  };
  readonly pool: {
    readonly pool: Pool;
    readonly settlement: PoolSettlement | null;
    readonly done: PoolDone | null;
    /** Of the one command that each state allows. */
    readonly slip: string;
  };
}

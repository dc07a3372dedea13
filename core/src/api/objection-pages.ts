/** The pages of objections: raised from a bet, answered in the office. */
import { type Static, Type } from 'typebox';
import { objectionVerdicts } from '../objection.ts';
import { strict, Uuid } from './contract.ts';
import { type BetObjectionView, ObjectionReason, type StaffObjectionView } from './objections.ts';
import { type PageContract, SlipText } from './pages.ts';

const readers = ['support', 'operator', 'compliance'] as const;
const BetId = strict({ betId: Uuid });

export const playerObjectionPages = {
  'GET /paris/:betId/reclamation': {
    caller: 'owner',
    summary: 'My objection to a bet: its form, or its state and answer.',
    params: BetId,
  },
  'POST /paris/:betId/reclamation': {
    caller: 'owner',
    summary: 'Objects.',
    params: BetId,
    form: strict({ reason: ObjectionReason, slip: SlipText }),
  },
} as const satisfies PageContract;

export const officeObjectionPages = {
  'GET /reclamations': {
    caller: readers,
    summary: 'Objections, by what is left of their clock.',
    query: strict({ fait: Type.Optional(Type.Enum(['repondu'])) }),
  },
  'POST /reclamations/:objectionId/repondre': {
    caller: ['support'],
    summary: 'Answers one.',
    params: strict({ objectionId: Uuid }),
    form: strict({ verdict: Type.Enum([...objectionVerdicts]), answer: ObjectionReason, slip: SlipText }),
  },
} as const satisfies PageContract;

export type BetObjection = Static<typeof BetObjectionView>;
export type StaffObjection = Static<typeof StaffObjectionView>;

export interface PlayerObjectionViews {
  readonly objection: {
    readonly betId: string;
    readonly bet: { readonly boutName: string; readonly pick: string };
    readonly about: BetObjection;
    readonly slip: string;
  };
}

export interface OfficeObjectionViews {
  readonly objections: {
    readonly objections: readonly (StaffObjection & { readonly slip: string })[];
    readonly mayAnswer: boolean;
    readonly hasAnswered: boolean;
  };
}

/** The pages of data rights: the player's own, and the requests as compliance sees them. */
import { Type } from 'typebox';
import { strict, Uuid } from './contract.ts';
import { type ClosureShown, type ExportShown, HoldReason, type RequestShown } from './data-rights.ts';
import { type PageContract, SlipText } from './pages.ts';

const Command = strict({ slip: SlipText });
const Player = strict({ playerId: Uuid });
const compliance = ['compliance'] as const;

export const playerDataPages = {
  'GET /moi/donnees': {
    caller: 'player',
    summary: 'My data: a copy, and the end of my account.',
    query: strict({ fait: Type.Optional(Type.Enum(['copie', 'fermeture'])) }),
  },
  'POST /moi/donnees/copie': {
    caller: 'player',
    stepUp: true,
    summary: 'Asks for a copy of all my data.',
    form: Command,
  },
  'GET /moi/donnees/copies/:exportId': {
    caller: 'owner',
    stepUp: true,
    summary: 'The file of one copy (ZIP).',
    params: strict({ exportId: Uuid }),
  },
  'GET /moi/donnees/fermer': {
    caller: 'player',
    stepUp: true,
    summary: 'What closing my account does, before the tap that does it.',
  },
  'POST /moi/donnees/fermer': {
    caller: 'player',
    stepUp: true,
    summary: 'Closes my account.',
    form: Command,
  },
  'GET /compte-ferme': { caller: 'anyone', summary: 'An account has been closed.' },
} as const satisfies PageContract;

export interface PlayerDataViews {
  readonly data: {
    readonly exports: readonly ExportShown[];
    readonly closure: ClosureShown | null;
    readonly done: 'copie' | 'fermeture' | null;
    readonly slip: string;
  };
  readonly closing: {
    readonly closure: ClosureShown | null;
    readonly openOfferCount: number;
    readonly duelCount: number;
    readonly payoutXof: number;
    readonly remainderXof: number;
    readonly maskedPhone: string;
    readonly slip: string;
  };
  readonly closed: Record<never, never>;
}

const requestsDone = ['retenue', 'rendue'] as const;

export const officeDataPages = {
  'GET /donnees': {
    caller: compliance,
    summary: 'Accounts that end, and their erasure.',
    query: strict({ fait: Type.Optional(Type.Enum([...requestsDone])) }),
  },
  'POST /donnees/:playerId/retenir': {
    caller: compliance,
    summary: 'Keeps the data of a closed account longer, with the reason.',
    params: Player,
    form: strict({ reason: HoldReason, slip: SlipText }),
  },
  'POST /donnees/:playerId/liberer': {
    caller: compliance,
    summary: 'Lets the data go at their time again.',
    params: Player,
    form: Command,
  },
} as const satisfies PageContract;

export interface OfficeDataViews {
  readonly dataRequests: {
    readonly requests: readonly RequestShown[];
    /** For the command of each request, in order. */
    readonly slips: readonly string[];
    readonly done: (typeof requestsDone)[number] | null;
  };
}

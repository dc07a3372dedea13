/** The audit log as staff read it. */
import { type Static, Type } from 'typebox';
import { type Contract, IdText, Instant, strict } from './contract.ts';

/** What a reader narrows it down to. Fields of an address: all optional, all text. */
export const journalFilter = {
  /** The id of a player or of a member of staff, or a part of a colleague's name. */
  person: Type.Optional(Type.String({ minLength: 1, maxLength: 80 })),
  /** As it is written: "close-market". */
  command: Type.Optional(Type.String({ maxLength: 60, pattern: '^[a-z][a-z-]*$' })),
  /** As it is written: "market 12". */
  target: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  /** Of Dakar, which is UTC's. */
  day: Type.Optional(Type.String({ format: 'date' })),
} as const;

export const JournalEntry = strict({
  id: Type.Integer(),
  at: Instant,
  /** The name of a member of staff, or what kind of actor it was. */
  staff: Type.String(),
  command: Type.String(),
  target: Type.String(),
  outcome: Type.String(),
  /** What somebody said who was asked for his yes or no; null where nobody was. */
  saidYes: Type.Union([Type.Boolean(), Type.Null()]),
  /** A refusal in words; null for what was done, and for a step on the way. */
  sentence: Type.Union([Type.String(), Type.Null()]),
  /** Where it came from; null for what no request did. */
  address: Type.Union([Type.String(), Type.Null()]),
});

export const auditContract = {
  'GET /staff/audit': {
    caller: 'staff',
    summary:
      'The audit log, newest first, 50 at a time. Compliance and administrators see all of it, operators what concerns galas and their own, others their own.',
    query: strict({
      ...journalFilter,
      /** The last entry of the page before. */
      before: Type.Optional(IdText),
    }),
    reply: strict({ entries: Type.Array(JournalEntry), next: Type.Union([Type.Integer(), Type.Null()]) }),
    errors: [],
  },
} as const satisfies Contract;

export type JournalEntryShown = Static<typeof JournalEntry>;

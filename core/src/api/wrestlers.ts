/** The published catalogue: wrestlers, their stated record, and the past bouts known here. */
import { Type } from 'typebox';
import { type Contract, IdText, strict } from './contract.ts';

const NullableText = Type.Union([Type.String(), Type.Null()]);
const NullableCount = Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]);
/** An empty field is unknown, never a guess. */
const PartialDateText = Type.Union([
  Type.String({
    pattern: '^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$',
    description: 'YYYY, YYYY-MM or YYYY-MM-DD: as much as is known.',
  }),
  Type.Null(),
]);
const Status = Type.Union([Type.Enum(['active', 'retired', 'deceased']), Type.Null()]);

export const WrestlerSummary = strict({
  id: Type.Integer(),
  /** Last part of the page's address. */
  slug: Type.String(),
  name: Type.String(),
  stable: NullableText,
  status: Status,
});

/** A record as a source states it on a date: not a count of the bouts listed here. */
export const StatedRecord = strict({
  wins: Type.Integer({ minimum: 0 }),
  losses: Type.Integer({ minimum: 0 }),
  draws: NullableCount,
  noVerdicts: NullableCount,
  asOf: Type.String(),
});

/** A past bout, seen from one of the two. */
export const PastBout = strict({
  id: Type.Integer(),
  heldOn: PartialDateText,
  arena: NullableText,
  /** `wrestlerId` is null for a name without a page. */
  opponent: strict({ wrestlerId: Type.Union([Type.Integer(), Type.Null()]), name: Type.String() }),
  /** `planned`: announced; what came of it is not known here. */
  outcome: Type.Enum(['won', 'lost', 'draw', 'no_verdict', 'double_disqualification', 'planned']),
  method: Type.Union([
    Type.Enum([
      'fall',
      'four_supports',
      'ko',
      'medical_stop',
      'abandon',
      'decision',
      'warnings',
      'draw',
      'no_verdict',
      'double_disqualification',
    ]),
    Type.Null(),
  ]),
  durationSeconds: NullableCount,
  title: NullableText,
  promoter: NullableText,
  /** The verdict of the day, when it was changed later. */
  initialVerdict: NullableText,
  notes: NullableText,
  sources: Type.Array(Type.String()),
});

export const WrestlerView = strict({
  ...WrestlerSummary.properties,
  legalName: NullableText,
  aliases: Type.Array(Type.String()),
  stables: Type.Array(
    strict({
      name: Type.String(),
      joinedOn: PartialDateText,
      leftOn: PartialDateText,
      hasLeft: Type.Boolean(),
    }),
  ),
  bornOn: PartialDateText,
  birthPlace: NullableText,
  heightCm: NullableCount,
  weightKg: NullableCount,
  debutYear: NullableCount,
  titles: Type.Array(Type.String()),
  record: Type.Union([StatedRecord, Type.Null()]),
  sources: Type.Array(Type.String()),
  /** Latest first, those without a date last; 200 at most. */
  bouts: Type.Array(PastBout),
});

export const wrestlersContract = {
  'GET /wrestlers': {
    caller: 'anyone',
    summary:
      'Published wrestlers. `search` compares names and aliases without accents, case or hyphens: exact names first, then beginnings, then words, then parts. 100 at most.',
    query: strict({ search: Type.Optional(Type.String({ maxLength: 80 })) }),
    reply: strict({ wrestlers: Type.Array(WrestlerSummary) }),
    errors: [],
  },
  'GET /wrestlers/:wrestlerId': {
    caller: 'anyone',
    summary: 'One published wrestler, with the record his sources state and the bouts known here.',
    params: strict({ wrestlerId: IdText }),
    reply: WrestlerView,
    errors: ['not_found'],
  },
} as const satisfies Contract;

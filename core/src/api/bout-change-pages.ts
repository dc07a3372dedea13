/** The office's pages that move a bout or say that it is not fought: a form, what it does to every bet, one button. */
import { type Static, Type } from 'typebox';
import { type BoutChangeEffect, type UnfoughtEnding, unfoughtEndings } from './bout-changes.ts';
import { IdText, strict } from './contract.ts';
import type { DeskSubject } from './desk-views.ts';
import { type PageContract, SlipText } from './pages.ts';

const BoutId = strict({ boutId: IdText });
const Said = Type.String({ minLength: 3, maxLength: 500, pattern: '\\S' });
const Digest = Type.String({ pattern: '^[0-9a-f]{64}$' });
/** As a field of the kind `datetime-local` writes it; Dakar's time is UTC. */
const LocalMinute = Type.String({ pattern: '^20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?$' });

/** No date: it is not known yet. */
const moveFields = { scheduledAt: Type.Optional(LocalMinute), reason: Said, source: Said };
const endFields = { ending: Type.Enum([...unfoughtEndings]), source: Said };

export const officeBoutChangePages = {
  'GET /combats/:boutId/report': {
    caller: 'operator',
    summary: 'The form that moves a bout.',
    params: BoutId,
    query: Type.Partial(strict(moveFields)),
  },
  'POST /combats/:boutId/report/apercu': {
    caller: 'operator',
    summary: 'Goes on to what the move does to every bet.',
    params: BoutId,
    form: strict(moveFields),
  },
  'GET /combats/:boutId/report/apercu': {
    caller: 'operator',
    summary: 'What the move does to every bet, and the button that confirms it.',
    params: BoutId,
    query: Type.Partial(strict(moveFields)),
  },
  'POST /combats/:boutId/report': {
    caller: 'operator',
    summary: 'Moves the bout, as it was read.',
    params: BoutId,
    form: strict({ ...moveFields, previewed: Digest, slip: SlipText }),
  },
  'GET /combats/:boutId/annulation': {
    caller: 'operator',
    summary: 'The form for a bout that is not fought: called off, an opponent replaced, a forfeit.',
    params: BoutId,
    query: Type.Partial(strict(endFields)),
  },
  'POST /combats/:boutId/annulation/apercu': {
    caller: 'operator',
    summary: 'Goes on to what the end without a fight does to every bet.',
    params: BoutId,
    form: strict(endFields),
  },
  'GET /combats/:boutId/annulation/apercu': {
    caller: 'operator',
    summary: 'What the end without a fight does to every bet, and the button that proposes it.',
    params: BoutId,
    query: Type.Partial(strict(endFields)),
  },
  'POST /combats/:boutId/annulation': {
    caller: 'operator',
    summary: 'Stops betting and proposes that the bout is not fought, as it was read; a colleague confirms.',
    params: BoutId,
    form: strict({ ...endFields, previewed: Digest, slip: SlipText }),
  },
} as const satisfies PageContract;

/** What was said in the form of a move; the date as its field writes it, empty when there is none. */
export interface MoveSaid {
  readonly scheduledAt: string;
  readonly reason: string;
  readonly source: string;
}

export interface EndSaid {
  readonly ending: UnfoughtEnding | null;
  readonly source: string;
}

/** A preview of a change, and the command that confirms it. */
export interface ChangePreview {
  readonly subject: DeskSubject;
  readonly effect: Static<typeof BoutChangeEffect>;
  /** What players are told after the names of the two: for ui/src/bout-notice.ts. */
  readonly told: string;
  readonly slip: string;
}

export interface OfficeBoutChangeViews {
  readonly move: { readonly subject: DeskSubject; readonly said: MoveSaid };
  readonly movePreview: ChangePreview & { readonly said: MoveSaid };
  readonly callOff: { readonly subject: DeskSubject; readonly said: EndSaid };
  readonly callOffPreview: ChangePreview & {
    readonly said: EndSaid & { readonly ending: UnfoughtEnding };
  };
}

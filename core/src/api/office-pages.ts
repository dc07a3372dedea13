/** The pages of the office, and what each of them shows. */
import { type Static, Type } from 'typebox';
import type { Side } from '../market.ts';
import { type OfficeBarredViews, officeBarredPages } from './barred-pages.ts';
import { type OfficeBoutChangeViews, officeBoutChangePages } from './bout-change-pages.ts';
import { BoutRulesSchema, PayoutPolicySchema } from './bouts.ts';
import { type OfficeCaseViews, officeCasePages } from './case-pages.ts';
import { IdText, Instant, strict, Uuid } from './contract.ts';
import { type OfficeDataViews, officeDataPages } from './data-rights-pages.ts';
import { type OfficeDepositViews, officeDepositPages } from './deposit-pages.ts';
import type { DeskSlips, DeskSubject, GalaBout, GalaHead, GalaLine, LiveDesk } from './desk-views.ts';
import { type OfficeEngagementViews, officeEngagementPages } from './engagement-pages.ts';
import { type OfficeIdentityViews, officeIdentityPages } from './identity-pages.ts';
import { type OfficeJournalViews, officeJournalPages } from './journal-pages.ts';
import { type OfficeMarketViews, officeMarketPages } from './market-pages.ts';
import { type OfficeObjectionViews, officeObjectionPages } from './objection-pages.ts';
import { BackPath, type CheckingView, type ErrorView, type PageContract, SlipText } from './pages.ts';
import { type OfficePayoutViews, officePayoutPages } from './payout-office-pages.ts';
import type { StaffView } from './people.ts';
import { type OfficePlayAlertViews, officePlayAlertPages } from './play-alerts.ts';
import { type OfficePlayViews, officePlayPages } from './play-pages.ts';
import { type OfficePoolViews, officePoolPages } from './pool-office-pages.ts';
import { type OfficeReconciliationViews, officeReconciliationPages } from './reconciliation-pages.ts';
import {
  type OfficeResultViews,
  officeResultPages,
  type ResultMarket,
  verdictFields,
} from './result-pages.ts';
import { type OfficeSessionViews, officeSessionPages } from './session-pages.ts';
import { type OfficeSettingsViews, officeSettingsPages } from './settings-pages.ts';
import { type OfficeSimulatorViews, officeSimulatorPages } from './simulator-pages.ts';
import { type OfficeStaffViews, officeLogInPages, officeStaffPages } from './staff-pages.ts';
import { type OfficeTaxViews, officeTaxPages } from './tax-pages.ts';
import type { WrestlerSummary } from './wrestlers.ts';

const BoutId = strict({ boutId: IdText });
const GalaId = strict({ galaId: IdText });
const Back = Type.Optional(BackPath);
const Name = Type.String({ minLength: 1, maxLength: 120 });
/** As a field of the kind `datetime-local` writes it; Dakar's time is UTC. */
const LocalMinute = Type.String({ pattern: '^20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?$' });
/** As a field of the kind `time` writes it. */
const TimeOfDay = Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$' });
/** A command without anything to say but itself: sent twice, it has one effect. */
const Command = strict({ slip: SlipText });

/** What a bout's desk tells after a command that worked. */
const boutDone = [
  'ouvert',
  'suspendu',
  'repris',
  'sifflet',
  'heure-limite',
  'vrai-sifflet',
  'vrai-sifflet-confirme',
  'resultat',
  'resultat-retire',
  'resultat-confirme',
  'report',
  'annulation',
] as const;
export type BoutDone = (typeof boutDone)[number];

export const officePages = {
  'GET /': { caller: 'staff', summary: 'The galas: tonight’s first.' },
  'GET /galas/nouveau': { caller: 'operator', summary: 'The form of a new gala.' },
  'POST /galas': {
    caller: 'operator',
    summary: 'Creates a gala.',
    form: strict({
      name: Name,
      venue: Name,
      promoter: Type.Optional(Name),
      authority: Name,
      startsAt: LocalMinute,
      visibility: Type.Enum(['public', 'hidden']),
      isTest: Type.Boolean(),
      ...BoutRulesSchema.properties,
      slip: SlipText,
    }),
  },
  'GET /galas/:galaId': {
    caller: 'staff',
    summary: 'The desk of a gala: its bouts, and what is held on each.',
    params: GalaId,
    query: strict({ fait: Type.Optional(Type.Enum(['gala', 'combat'])) }),
  },
  'GET /galas/:galaId/combats/nouveau': {
    caller: 'operator',
    summary: 'A new bout: the two wrestlers are looked for, one after the other.',
    params: GalaId,
    query: strict({
      a: Type.Optional(IdText),
      b: Type.Optional(IdText),
      q: Type.Optional(Type.String({ maxLength: 80 })),
    }),
  },
  'POST /galas/:galaId/combats': {
    caller: 'operator',
    summary: 'Adds a bout to a gala, with its winner market in draft.',
    params: GalaId,
    form: strict({
      wrestlerAId: Type.Integer({ minimum: 1, maximum: 999_999_999 }),
      wrestlerBId: Type.Integer({ minimum: 1, maximum: 999_999_999 }),
      title: Type.Optional(Name),
      scheduledAt: LocalMinute,
      slip: SlipText,
    }),
  },
  'GET /combats/:boutId': {
    caller: 'staff',
    summary: 'The desk of a bout: its state, and the commands that state allows.',
    params: BoutId,
    query: strict({
      fait: Type.Optional(Type.Enum([...boutDone])),
      fige: Type.Optional(Type.Enum(['1'])),
    }),
  },
  'GET /live/combats/:boutId': {
    caller: 'staff',
    summary: 'Live state of a bout’s desk (SSE).',
    params: BoutId,
  },
  'POST /combats/:boutId/ouvrir': {
    caller: 'operator',
    summary: 'Opens betting on who wins: freezes the rule card, with the payout policy that was picked.',
    params: BoutId,
    form: strict({ payoutPolicy: PayoutPolicySchema, slip: SlipText }),
  },
  'POST /combats/:boutId/suspendre': {
    caller: 'operator',
    summary: 'Stops taking bets for a while, in every market of the bout.',
    params: BoutId,
    form: Command,
  },
  'POST /combats/:boutId/reprendre': {
    caller: 'operator',
    summary: 'Takes bets again, in every market of the bout.',
    params: BoutId,
    form: Command,
  },
  'POST /combats/:boutId/sifflet': {
    caller: 'operator',
    summary: 'The whistle: closes betting for ever.',
    params: BoutId,
    form: Command,
  },
  'GET /combats/:boutId/heure-limite': {
    caller: 'operator',
    summary: 'The form that moves the hard stop.',
    params: BoutId,
  },
  'POST /combats/:boutId/heure-limite': {
    caller: 'operator',
    summary: 'Moves the hard stop, until it has passed.',
    params: BoutId,
    form: strict({ hardStopAt: LocalMinute, slip: SlipText }),
  },
  'GET /combats/:boutId/vrai-sifflet': {
    caller: 'operator',
    summary: 'The form of the true instant of the whistle.',
    params: BoutId,
  },
  'POST /combats/:boutId/vrai-sifflet': {
    caller: 'operator',
    summary: 'Proposes the true instant of the whistle: at or before the close, within a day of it.',
    params: BoutId,
    form: strict({ time: TimeOfDay, slip: SlipText }),
  },
  'POST /combats/:boutId/vrai-sifflet/confirmer': {
    caller: 'operator',
    stepUp: true,
    summary: 'Confirms the instant that was read: another person than the one who proposed it.',
    params: BoutId,
    form: strict({ at: Instant, slip: SlipText }),
  },
  'GET /combats/:boutId/resultat': {
    caller: 'operator',
    summary: 'The form of a result.',
    params: BoutId,
  },
  'POST /combats/:boutId/resultat': {
    caller: 'operator',
    summary: 'Proposes the result.',
    params: BoutId,
    form: strict(verdictFields),
  },
  'POST /combats/:boutId/resultat/retirer': {
    caller: 'operator',
    summary: 'Takes a proposed result back before it is confirmed.',
    params: BoutId,
    form: strict({ resultId: Uuid, slip: SlipText }),
  },
  'POST /combats/:boutId/resultat/confirmer': {
    caller: 'operator',
    stepUp: true,
    summary: 'Confirms the result that was read, by another person: settlement starts.',
    params: BoutId,
    form: strict({ resultId: Uuid, slip: SlipText }),
  },
  ...officeBoutChangePages,
  ...officeMarketPages,
  ...officeResultPages,
  ...officePoolPages,
  ...officeSessionPages,
  ...officeCasePages,
  ...officeObjectionPages,
  ...officePlayAlertPages,
  ...officeIdentityPages,
  ...officeBarredPages,
  ...officePlayPages,
  ...officeDepositPages,
  ...officeDataPages,
  ...officeStaffPages,
  ...officeLogInPages,
  ...officeReconciliationPages,
  ...officePayoutPages,
  ...officeTaxPages,
  ...officeSimulatorPages,
  ...officeEngagementPages,
  ...officeSettingsPages,
  ...officeJournalPages,
  'GET /verification/:operationId': {
    caller: 'staff',
    summary: 'Asks what became of a command whose outcome is not known yet.',
    params: strict({ operationId: Uuid }),
    query: strict({ essai: Type.Optional(Type.Integer({ minimum: 1, maximum: 99 })), suite: Back }),
  },
} as const satisfies PageContract;

export type OfficePageKey = keyof typeof officePages;

/** Who looks at a page of the office. */
export type OfficeVisitor = Static<typeof StaffView>;

export type WrestlerLine = Static<typeof WrestlerSummary>;

/** Page name → what it shows. */
export interface OfficeViews
  extends OfficeBarredViews,
    OfficeBoutChangeViews,
    OfficeCaseViews,
    OfficeObjectionViews,
    OfficePlayAlertViews,
    OfficeIdentityViews,
    OfficeMarketViews,
    OfficeResultViews,
    OfficeSessionViews,
    OfficeDataViews,
    OfficePlayViews,
    OfficeDepositViews,
    OfficeStaffViews,
    OfficeReconciliationViews,
    OfficePayoutViews,
    OfficePoolViews,
    OfficeTaxViews,
    OfficeSimulatorViews,
    OfficeEngagementViews,
    OfficeSettingsViews,
    OfficeJournalViews {
  readonly error: ErrorView;
  readonly home: {
    readonly tonight: readonly GalaLine[];
    readonly coming: readonly GalaLine[];
    readonly past: readonly GalaLine[];
  };
  readonly newGala: { readonly startsAt: string; readonly isTest: boolean; readonly slip: string };
  readonly gala: {
    readonly gala: GalaHead;
    readonly bouts: readonly GalaBout[];
    readonly done: 'gala' | 'combat' | null;
  };
  readonly newBout: {
    readonly gala: GalaHead;
    readonly a: WrestlerLine | null;
    readonly b: WrestlerLine | null;
    /** Whom the next search is for; null when both are there. */
    readonly side: Side | null;
    readonly search: string;
    readonly found: readonly WrestlerLine[];
    readonly scheduledAt: string;
    readonly slip: string;
  };
  readonly bout: {
    readonly subject: DeskSubject;
    readonly live: LiveDesk;
    readonly slips: DeskSlips;
    readonly done: BoutDone | null;
    /** The page does not load itself again where there is no JavaScript. */
    readonly isStill: boolean;
  };
  readonly hardStop: { readonly subject: DeskSubject; readonly hardStopAt: string; readonly slip: string };
  readonly trueWhistle: {
    readonly subject: DeskSubject;
    readonly closedAt: string | null;
    readonly slip: string;
  };
  readonly result: {
    readonly subject: DeskSubject;
    readonly markets: readonly ResultMarket[];
    readonly slip: string;
  };
  readonly checking: CheckingView;
  readonly phone: { readonly back: string | null };
  readonly code: {
    readonly phone: string;
    /** In the sandbox: what the message says and what the app would show. */
    readonly hint: { readonly message: string | null; readonly totp: string | null } | null;
  };
}

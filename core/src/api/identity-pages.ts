/** The pages of identity: the player's own, and the review by compliance. */
import { Type } from 'typebox';
import { documentCountries, documentKinds, documentSides, refusalReasons } from '../identity-document.ts';
import { IdText, strict, Uuid } from './contract.ts';
import {
  type AlertShown,
  type DocumentLineShown,
  type DocumentShown,
  type IdentityShown,
  Remark,
} from './identity.ts';
import { type PageContract, SlipText } from './pages.ts';

/** As a field of the kind `date` writes it. */
const Day = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' });
const DocumentId = strict({ documentId: Uuid });
const compliance = ['compliance'] as const;

export const playerIdentityPages = {
  'GET /moi/identite': {
    caller: 'player',
    summary: 'My identity: how my document stands, and the form to send one.',
    query: strict({ fait: Type.Optional(Type.Enum(['envoi'])) }),
  },
  'POST /moi/identite': {
    caller: 'player',
    summary: 'Sends a document with its pictures.',
    form: strict({
      kind: Type.Enum([...documentKinds]),
      country: Type.Enum([...documentCountries]),
      number: Type.String({ minLength: 1, maxLength: 60 }),
      name: Type.String({ minLength: 2, maxLength: 120 }),
      birthDate: Day,
      expiresOn: Day,
      slip: SlipText,
    }),
    files: documentSides,
  },
} as const satisfies PageContract;

export interface PlayerIdentityViews {
  readonly identity: {
    readonly identity: IdentityShown;
    readonly ceilings: { readonly now: CeilingLine; readonly identified: CeilingLine };
    readonly isNew: boolean;
    readonly slip: string;
  };
}

export interface CeilingLine {
  readonly balanceMaxXof: number;
  readonly depositsDayMaxXof: number;
  readonly withdrawalsDayMaxXof: number | null;
}

const identityDone = ['approuve', 'refuse', 'meme-piece', 'interdit', 'alerte', 'ferme'] as const;
export type IdentityDone = (typeof identityDone)[number];

export const officeIdentityPages = {
  'GET /identites': {
    caller: compliance,
    summary: 'Documents that wait, oldest first, and open alerts.',
    query: strict({ fait: Type.Optional(Type.Enum([...identityDone])) }),
  },
  'GET /identites/:documentId': {
    caller: compliance,
    stepUp: true,
    summary: 'One document: an audited look.',
    params: DocumentId,
  },
  'GET /identites/:documentId/photos/:side': {
    caller: compliance,
    stepUp: true,
    summary: 'One picture of a document (JPEG): an audited look.',
    params: strict({ documentId: Uuid, side: Type.Enum([...documentSides]) }),
  },
  'POST /identites/:documentId/approuver': {
    caller: compliance,
    stepUp: true,
    summary: 'Approves a document.',
    params: DocumentId,
    form: strict({ correctsBirthDate: Type.Boolean(), slip: SlipText }),
  },
  'POST /identites/:documentId/refuser': {
    caller: compliance,
    stepUp: true,
    summary: 'Refuses a document, with the reason its player reads.',
    params: DocumentId,
    form: strict({
      reason: Type.Enum([...refusalReasons]),
      remark: Type.Optional(Remark),
      slip: SlipText,
    }),
  },
  'POST /identites/alertes/:alertId/fermer': {
    caller: compliance,
    stepUp: true,
    summary: 'The provider says that the account is a minor’s: no bets and no deposits from now on.',
    params: strict({ alertId: IdText }),
    form: strict({ slip: SlipText }),
  },
  'POST /identites/alertes/:alertId/traiter': {
    caller: compliance,
    summary: 'An alert is dealt with.',
    params: strict({ alertId: IdText }),
    form: strict({ slip: SlipText }),
  },
} as const satisfies PageContract;

export interface OfficeIdentityViews {
  readonly identities: {
    readonly documents: readonly DocumentLineShown[];
    readonly alerts: readonly AlertShown[];
    /** For closing each alert, in order. */
    readonly slips: readonly string[];
    readonly done: IdentityDone | null;
  };
  readonly identityDocument: {
    readonly document: DocumentShown;
    readonly approveSlip: string;
    readonly refuseSlip: string;
  };
}

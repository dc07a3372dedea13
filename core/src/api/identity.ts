/** Identity: a player's tier, his documents, and their review by compliance. */
import { type Static, Type } from 'typebox';
import { tiers } from '../ceilings.ts';
import {
  alertKinds,
  documentKinds,
  documentSides,
  documentStates,
  foundReasons,
  refusalReasons,
} from '../identity-document.ts';
import { type Contract, IdText, Instant, OperationId, strict, Uuid } from './contract.ts';

const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);

const Kind = Type.Enum([...documentKinds]);
const State = Type.Enum([...documentStates]);
const Reason = Type.Enum([...refusalReasons, ...foundReasons]);
const DocumentId = strict({ documentId: Uuid });

export const IdentityView = strict({
  tier: Type.Enum([...tiers]),
  /** The last one that was sent. */
  document: Nullable(
    strict({
      documentId: Uuid,
      kind: Kind,
      state: State,
      sentAt: Instant,
      reason: Nullable(Reason),
      /** What the reviewer adds to the reason. */
      remark: Nullable(Type.String()),
    }),
  ),
});

export const DocumentLine = strict({
  documentId: Uuid,
  pseudonym: Type.String(),
  kind: Kind,
  country: Type.String(),
  sentAt: Instant,
});

export const DocumentView = strict({
  ...DocumentLine.properties,
  playerId: Uuid,
  state: State,
  decidedAt: Nullable(Instant),
  decidedBy: Nullable(Type.String()),
  reason: Nullable(Reason),
  remark: Nullable(Type.String()),
  /** As the player typed it; null when it was erased. */
  details: Nullable(
    strict({
      number: Type.String(),
      name: Type.String(),
      birthDate: Type.String({ format: 'date' }),
      expiresOn: Type.String({ format: 'date' }),
      ageYears: Type.Integer(),
      isExpired: Type.Boolean(),
      birthDateDiffers: Type.Boolean(),
      signUpBirthDate: Type.String({ format: 'date' }),
    }),
  ),
  sides: Type.Array(Type.Enum([...documentSides])),
});

export const AlertView = strict({
  alertId: Type.Integer(),
  kind: Type.Enum([...alertKinds]),
  /** Null: no document raised it. */
  documentId: Nullable(Uuid),
  pseudonym: Type.String(),
  /** Who has the same document. */
  otherPseudonym: Nullable(Type.String()),
  raisedAt: Instant,
});

const Decided = strict({
  documentId: Uuid,
  state: Type.Enum(['approved', 'refused']),
  reason: Nullable(Reason),
});

export const Remark = Type.String({ maxLength: 300 });

const decisionErrors = ['not_found', 'operation_id_reused', 'document_already_decided'] as const;
const compliance = ['compliance'] as const;

export const identityContract = {
  'GET /identity': {
    caller: 'player',
    summary: 'My tier, and how my last document stands. Documents are sent with the form of /moi/identite.',
    reply: IdentityView,
    errors: [],
  },
  'GET /staff/identity/documents': {
    caller: compliance,
    summary: 'Documents that wait, oldest first.',
    reply: strict({ documents: Type.Array(DocumentLine) }),
    errors: [],
  },
  'GET /staff/identity/documents/:documentId': {
    caller: compliance,
    stepUp: true,
    summary: 'One document: an audited look.',
    params: DocumentId,
    reply: DocumentView,
    errors: ['not_found'],
  },
  'POST /staff/identity/documents/:documentId/approve': {
    caller: compliance,
    stepUp: true,
    summary:
      'Approves a document: its player is identified. The same document on another account, or a person who may not bet, makes it refused, with an alert.',
    params: DocumentId,
    body: strict({ operationId: OperationId, correctsBirthDate: Type.Boolean() }),
    reply: Decided,
    errors: [...decisionErrors, 'document_under_age', 'document_expired', 'document_birth_date_differs'],
  },
  'POST /staff/identity/documents/:documentId/refuse': {
    caller: compliance,
    stepUp: true,
    summary: 'Refuses a document, with the reason its player reads.',
    params: DocumentId,
    body: strict({
      operationId: OperationId,
      reason: Type.Enum([...refusalReasons]),
      remark: Type.Optional(Remark),
    }),
    reply: Decided,
    errors: [...decisionErrors, 'remark_missing'],
  },
  'GET /staff/identity/alerts': {
    caller: compliance,
    summary: 'What documents and payment providers brought to light and nobody has dealt with yet.',
    reply: strict({ alerts: Type.Array(AlertView) }),
    errors: [],
  },
  'POST /staff/identity/alerts/:alertId/close': {
    caller: compliance,
    summary: 'An alert is dealt with.',
    params: strict({ alertId: IdText }),
    body: strict({ operationId: OperationId }),
    reply: strict({ alertId: Type.Integer() }),
    errors: ['not_found', 'operation_id_reused', 'alert_already_closed'],
  },
} as const satisfies Contract;

export type IdentityShown = Static<typeof IdentityView>;
export type DocumentShown = Static<typeof DocumentView>;
export type DocumentLineShown = Static<typeof DocumentLine>;
export type AlertShown = Static<typeof AlertView>;

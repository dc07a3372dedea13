/** The list of those who may not bet: wrestlers, referees, promoters and those close to the house. */
import { Type } from 'typebox';
import { documentCountries, documentKinds } from '../identity-document.ts';
import { type Contract, Instant, OperationId, strict, Uuid } from './contract.ts';

const compliance = ['compliance'] as const;
export const barredKinds = ['wrestler', 'referee', 'promoter', 'close_to_staff', 'other'] as const;
export type BarredKind = (typeof barredKinds)[number];
const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);

export const BarredPersonView = strict({
  personId: Uuid,
  kind: Type.Enum([...barredKinds]),
  name: Type.String(),
  reason: Type.String(),
  maskedPhone: Nullable(Type.String()),
  /** By what else he is recognised. */
  hasDocument: Type.Boolean(),
  hasBirthDate: Type.Boolean(),
  wrestlerId: Nullable(Type.Integer()),
  untilAt: Nullable(Instant),
  addedBy: Type.String(),
  addedAt: Instant,
  isInForce: Type.Boolean(),
});

const Document = strict({
  kind: Type.Enum([...documentKinds]),
  country: Type.Enum([...documentCountries]),
  number: Type.String({ minLength: 1, maxLength: 60 }),
});
const Text = Type.String({ minLength: 2, maxLength: 300, pattern: '\\S' });

export const barredPeopleContract = {
  'GET /staff/barred-people': {
    caller: compliance,
    summary: 'Those who may not bet: in force first, the last 500. The look is audited.',
    reply: strict({ people: Type.Array(BarredPersonView) }),
    errors: [],
  },
  'POST /staff/barred-people': {
    caller: compliance,
    summary:
      'Bars somebody, by a phone, a document, or a name with a birth date. Open offers go back; duels stand.',
    body: strict({
      operationId: OperationId,
      kind: Type.Enum([...barredKinds]),
      name: Text,
      reason: Text,
      phone: Type.Optional(Type.String({ minLength: 6, maxLength: 24 })),
      document: Type.Optional(Document),
      birthDate: Type.Optional(Type.String({ format: 'date' })),
      wrestlerId: Type.Optional(Type.Integer({ minimum: 1, maximum: 999_999_999 })),
      untilAt: Type.Optional(Instant),
    }),
    status: 201,
    reply: BarredPersonView,
    errors: [
      'operation_id_reused',
      'phone_invalid',
      'document_number_invalid',
      'barred_unrecognisable',
      'date_in_past',
      'not_found',
    ],
  },
  'POST /staff/barred-people/:personId/end': {
    caller: compliance,
    summary: 'He may bet again.',
    params: strict({ personId: Uuid }),
    body: strict({ operationId: OperationId, reason: Text }),
    reply: BarredPersonView,
    errors: ['operation_id_reused', 'not_found', 'barred_ended'],
  },
} as const satisfies Contract;

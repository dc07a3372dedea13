/** The page of those who may not bet. */
import { type Static, Type } from 'typebox';
import { documentCountries, documentKinds } from '../identity-document.ts';
import { type BarredPersonView, barredKinds } from './barred-people.ts';
import { IdText, strict, Uuid } from './contract.ts';
import { type PageContract, SlipText } from './pages.ts';

const compliance = ['compliance'] as const;
const done = ['ajoute', 'leve'] as const;
const Day = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' });

export type BarredDone = (typeof done)[number];

export const officeBarredPages = {
  'GET /personnes-interdites': {
    caller: compliance,
    summary: 'Those who may not bet, and the form to add one.',
    query: strict({ fait: Type.Optional(Type.Enum([...done])), lutteur: Type.Optional(IdText) }),
  },
  'POST /personnes-interdites': {
    caller: compliance,
    summary: 'Bars somebody.',
    form: strict({
      kind: Type.Enum([...barredKinds]),
      name: Type.String({ minLength: 2, maxLength: 300 }),
      reason: Type.String({ minLength: 2, maxLength: 300 }),
      phone: Type.Optional(Type.String({ minLength: 6, maxLength: 24 })),
      documentKind: Type.Optional(Type.Enum([...documentKinds])),
      documentCountry: Type.Optional(Type.Enum([...documentCountries])),
      documentNumber: Type.Optional(Type.String({ maxLength: 60 })),
      birthDate: Type.Optional(Day),
      wrestlerId: Type.Optional(Type.Integer({ minimum: 1, maximum: 999_999_999 })),
      slip: SlipText,
    }),
  },
  'POST /personnes-interdites/:personId/lever': {
    caller: compliance,
    summary: 'He may bet again.',
    params: strict({ personId: Uuid }),
    form: strict({ reason: Type.String({ minLength: 2, maxLength: 300 }), slip: SlipText }),
  },
} as const satisfies PageContract;

export interface OfficeBarredViews {
  readonly barredPeople: {
    readonly people: readonly (Static<typeof BarredPersonView> & { readonly slip: string })[];
    readonly wrestlerId: number | null;
    readonly done: BarredDone | null;
    readonly slip: string;
  };
}

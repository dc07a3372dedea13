/**
 * The shape of a route in the contract: who may call it, what goes in, what comes out, how it can be refused.
 * One file per feature lists its routes; `index.ts` joins them. The server registers nothing that is not listed.
 */
import { type Static, type TSchema, Type } from 'typebox';
import type { ErrorCode } from '../errors.ts';
import type { Xof } from '../money.ts';

/**
 * Who may call a route. Default deny: a route names exactly one caller.
 *
 * - anyone: no session needed.
 * - player: a logged-in player.
 * - owner: a logged-in player, for what is his own; what is not his answers 404.
 * - staff: any logged-in member of staff.
 * - operator: staff with the role operator; the role robot too, on hidden test galas only.
 * - a list of roles: staff with one of them.
 * - sandbox: anyone, but the route exists only outside production mode.
 */
export type Caller = 'anyone' | 'player' | 'owner' | 'staff' | 'operator' | 'sandbox' | readonly StaffRole[];

/**
 * What a member of staff may do: one role each, least privilege. An operator runs galas; support helps players and
 * proposes; finance and compliance decide on money and on people; an administrator has staff and settings. A robot is
 * the smoke test.
 */
export const staffRoles = ['operator', 'support', 'finance', 'compliance', 'administrator', 'robot'] as const;
export type StaffRole = (typeof staffRoles)[number];

export interface Route {
  readonly caller: Caller;
  readonly summary: string;
  /** Needs a second factor shown a short while ago (setting `stepUpValidityMs`), or `step_up_required`. */
  readonly stepUp?: true;
  readonly params?: TSchema;
  readonly query?: TSchema;
  readonly body?: TSchema;
  /** Status of the answer when all goes well: 200 unless said. */
  readonly status?: 200 | 201 | 202 | 204;
  readonly reply: TSchema;
  /** Refusals of its own; those every route can give (request_invalid, busy, …) are not listed. */
  readonly errors: readonly ErrorCode[];
}

export type Contract = Readonly<Record<`${'GET' | 'POST'} /${string}`, Route>>;

export type ParamsOf<R extends Route> = R['params'] extends TSchema ? Static<R['params']> : undefined;
export type QueryOf<R extends Route> = R['query'] extends TSchema ? Static<R['query']> : undefined;
export type BodyOf<R extends Route> = R['body'] extends TSchema ? Static<R['body']> : undefined;
export type ReplyOf<R extends Route> = Static<R['reply']>;

/** A strict object: an unknown field is refused. */
export function strict<const Properties extends Record<string, TSchema>>(properties: Properties) {
  return Type.Object(properties, { additionalProperties: false });
}

/** Whole francs, from 1. The rule card's own minimum and maximum are business refusals. */
export const AmountXof = Type.Unsafe<Xof>(
  Type.Integer({ minimum: 1, maximum: 1_000_000_000, description: 'Whole XOF francs.' }),
);
/** Whole francs, zero allowed. */
export const XofOrZero = Type.Unsafe<Xof>(Type.Integer({ minimum: 0, description: 'Whole XOF francs.' }));
/** A limit that somebody sets: whole francs, zero for nothing at all. */
export const LimitXof = Type.Unsafe<Xof>(
  Type.Integer({ minimum: 0, maximum: 1_000_000_000, description: 'Whole XOF francs.' }),
);

export const Uuid = Type.String({
  pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$',
  description: 'UUID in lower case.',
});
/**
 * Made by the client before sending, kept for every retry: the same id has one effect, for ever. Version 5 is the
 * server's own, for transfers that follow from something known: a client that could guess and take such an id would
 * keep a market from being paid.
 */
export const OperationId = Type.String({
  pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-(?!5)[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$',
  description: 'UUID in lower case, of any version but 5.',
});

/** Of this century or the next: the database knows no year 0, and nobody means one. */
export const Instant = Type.String({ format: 'date-time', pattern: '^2[01]', description: 'UTC, ISO 8601.' });

/** Of a payment provider: one that is not there, or not for this account, is refused. */
export const ProviderName = Type.String({ pattern: '^[a-z][a-z_]{1,29}$', maxLength: 30 });

export const SideSchema = Type.Enum(['A', 'B']);

/** A small integer id in a path or query, as its decimal text. */
export const IdText = Type.String({ pattern: '^[1-9][0-9]{0,8}$' });

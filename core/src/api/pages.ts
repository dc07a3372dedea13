/**
 * The shape of the page contract: pages people read and forms they send. Same callers as the JSON interface, default
 * deny. `player-pages.ts` and `office-pages.ts` list the pages of the two apps.
 */
import { type Static, type TObject, Type } from 'typebox';
import type { ErrorCode } from '../errors.ts';
import type { Caller } from './contract.ts';

export interface PageRoute {
  readonly caller: Caller;
  readonly summary: string;
  /** Needs a second factor shown a short while ago: who has none is sent to show it, and comes back. */
  readonly stepUp?: true;
  readonly params?: TObject;
  /** Fields of the address. An unknown one is ignored (links get shared and decorated), a bad one is a problem. */
  readonly query?: TObject;
  /** Fields of the form, for POST: strict. The token against foreign pages is checked apart. */
  readonly form?: TObject;
  /** Names of the form's fields that are files: the form is sent as multipart, and read once its sender is known. */
  readonly files?: readonly string[];
}

export type PageContract = Readonly<Record<`${'GET' | 'POST'} /${string}`, PageRoute>>;

export type PageParams<R extends PageRoute> = R['params'] extends TObject ? Static<R['params']> : undefined;
export type PageQuery<R extends PageRoute> = R['query'] extends TObject ? Static<R['query']> : undefined;
export type PageForm<R extends PageRoute> = R['form'] extends TObject ? Static<R['form']> : undefined;

/**
 * The operation id of a form, made and signed by the server, with the instant its amounts stop being valid. A form
 * that has this field is one command: sent twice, it has one effect.
 */
export const SlipText = Type.String({ minLength: 36, maxLength: 400 });

/** Where to go after a log-in or a deposit: a path of this site. */
export const BackPath = Type.String({ maxLength: 500, pattern: '^/(?![/\\\\])[\\x21-\\x7e]*$' });

/** Why a form comes back. */
export interface FormProblem {
  /** Which form: its key in the contract. */
  readonly form: string;
  readonly code: ErrorCode;
  /** What a person reads; players read it in Wolof too. */
  readonly sentence: string;
  readonly sentenceWo: string | null;
  /** The field it is about, or null for the whole form. */
  readonly field: string | null;
  readonly params: Readonly<Record<string, string | number>>;
  /** What was typed, as it was typed. */
  readonly typed: Readonly<Record<string, string>>;
}

/** What a page knows beside its own view. */
export interface Frame<Visitor> {
  readonly visitor: Visitor | null;
  readonly path: string;
  /** Goes into every form as the field `jeton`. */
  readonly formToken: string;
  /** The server's time, ISO 8601: what "in two hours" counts from. */
  readonly now: string;
  readonly isSandbox: boolean;
}

/** What every page component is given. */
export interface PageProps<View, Visitor> {
  readonly view: View;
  readonly frame: Frame<Visitor>;
  readonly problem: FormProblem | null;
}

/** What the error page shows. */
export interface ErrorView {
  readonly status: number;
  readonly sentence: string;
  readonly requestId: string;
}

/** What became of an operation: asked again and again until it is known. */
export interface CheckingView {
  readonly operationId: string;
  readonly attempt: number;
  /** Found: why it was refused. Not found after the last attempt: it was not received. */
  readonly state: 'asking' | 'refused' | 'not_received';
  readonly sentence: string | null;
  readonly back: string;
}

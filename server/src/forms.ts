/**
 * Forms: the one parser of urlencoded bodies. Text goes in, what the schema says comes out, or the field that is wrong.
 * Strict: a field given twice, a field nobody knows, "1e3" or "0.5" where a whole number goes are refused.
 */
import type { TObject, TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import type { FormProblem } from '#core/api/pages.ts';
import { readDigits } from '#core/digits.ts';
import { type ErrorCode, type Refusal, RefusalError, refusal, spokenOf } from '#core/errors.ts';

export type Fields = Readonly<Record<string, string>>;

/** What is wrong with a form, and in which field; null when it is the whole form. */
export interface FieldProblem {
  readonly refusal: Refusal;
  readonly field: string | null;
}

/** As the form called `form` says it. */
export function problemOf({ refusal, field }: FieldProblem, form: string, typed: Fields): FormProblem {
  const { fr: sentence, wo: sentenceWo } = spokenOf(refusal);
  return { form, ...refusal, field, sentence, sentenceWo, typed };
}

export interface TypedForm {
  readonly value: Readonly<Record<string, unknown>>;
  readonly problem: FieldProblem | null;
}

const FIELDS_MAX = 40;

/** Splits a urlencoded body. A field given twice is a problem, never "the last one wins". */
export function readFields(body: string): { fields: Fields; problem: FieldProblem | null } {
  const fields: Record<string, string> = Object.create(null);
  const pairs = [...new URLSearchParams(body)];
  if (pairs.length > FIELDS_MAX) return { fields, problem: unreadable('trop de champs') };
  for (const [name, text] of pairs) {
    if (name in fields) return { fields, problem: unreadable(`champ en double : ${name.slice(0, 40)}`) };
    fields[name] = text;
  }
  return { fields, problem: null };
}

/**
 * Gives each field the type its schema names. An empty field is an absent one; an unchecked box is false.
 * `isStrict` refuses unknown fields: forms are strict, addresses are not.
 */
export function typeFields(schema: TObject, fields: Fields, isStrict: boolean): TypedForm {
  const value: Record<string, unknown> = {};
  const required = new Set<string>(schema.required ?? []);
  let problem: FieldProblem | null = null;
  for (const [name, expected] of Object.entries(schema.properties)) {
    const read = readField(expected, fields[name]);
    if (read === 'absent') {
      if (required.has(name)) problem ??= { refusal: refusal('field_missing'), field: name };
    } else if (read === 'bad' || !checkerOf(expected).Check(read.value)) {
      // A box that has to be ticked and is not.
      const code = (fields[name] ?? '') === '' ? 'field_missing' : badCode(name, expected);
      problem ??= { refusal: refusal(code), field: name };
    } else {
      value[name] = read.value;
    }
  }
  if (isStrict) {
    const unknown = Object.keys(fields).find((name) => !Object.hasOwn(schema.properties, name));
    if (unknown !== undefined) problem ??= unreadable(`champ inconnu : ${unknown.slice(0, 40)}`);
  }
  return { value, problem };
}

/** What may come back with a form: a code or a PIN never does. */
export function withoutSecrets(schema: TObject, typed: Fields): Fields {
  return Object.fromEntries(
    Object.entries(typed).filter(([name]) => {
      const field = schema.properties[name];
      return field === undefined || !('writeOnly' in field);
    }),
  );
}

export function unreadable(detail: string): FieldProblem {
  return { refusal: refusal('request_invalid', { detail }), field: null };
}

function badCode(name: string, schema: TSchema): 'amount_not_whole' | 'date_invalid' | 'field_invalid' {
  if ('format' in schema && schema.format === 'date') return 'date_invalid';
  return name.endsWith('Xof') && typeOf(schema) === 'integer' ? 'amount_not_whole' : 'field_invalid';
}

function readField(schema: TSchema, text: string | undefined): { value: unknown } | 'absent' | 'bad' {
  const type = typeOf(schema);
  if (type === 'boolean') {
    if (text === undefined || text === '') return { value: false };
    return text === 'oui' ? { value: true } : 'bad';
  }
  const trimmed = text?.trim() ?? '';
  if (trimmed === '') return 'absent';
  if (type !== 'integer') return { value: trimmed };
  const digits = readDigits(trimmed);
  return digits === null ? 'bad' : { value: digits };
}

function typeOf(schema: TSchema): unknown {
  return 'type' in schema ? schema.type : undefined;
}

const checkers = new WeakMap<TSchema, ReturnType<typeof Compile>>();

function checkerOf(schema: TSchema): ReturnType<typeof Compile> {
  const known = checkers.get(schema);
  if (known !== undefined) return known;
  const made = Compile(schema);
  checkers.set(schema, made);
  return made;
}

/** Which field a refusal of an operation is about: the first of these that the form has. */
const fieldsOfCode: Partial<Record<ErrorCode, readonly string[]>> = {
  stake_below_min: ['otherStakeXof', 'stakeXof'],
  stake_above_max: ['otherStakeXof', 'stakeXof'],
  ask_below_min: ['otherAskXof'],
  ask_above_max: ['otherAskXof'],
  amount_off_ladder: ['otherAskXof', 'stakeXof'],
  net_below_stake: ['otherAskXof'],
  fill_below_min: ['stakeXof'],
  rest_below_min: ['stakeXof'],
  offer_whole_only: ['stakeXof'],
  deposit_below_min: ['amountXof'],
  deposit_above_max: ['amountXof'],
  balance_over_ceiling: ['amountXof'],
  deposit_over_ceiling: ['amountXof'],
  deposit_over_whole_ceiling: ['amountXof'],
  limit_deposit: ['amountXof'],
  limit_unchanged: ['limitXof'],
  withdrawal_below_min: ['amountXof'],
  withdrawal_not_multiple: ['amountXof'],
  withdrawal_insufficient_funds: ['amountXof'],
  withdrawal_over_ceiling: ['amountXof'],
  withdrawal_over_whole_ceiling: ['amountXof'],
  phone_invalid: ['phone', 'invitedPhone'],
  offer_own: ['invitedPhone'],
  barred_unrecognisable: ['phone'],
  code_wrong: ['code'],
  code_too_many_failures: ['code', 'phone'],
  code_too_soon: ['phone'],
  pin_weak: ['newPin', 'pin'],
  pin_wrong: ['pin'],
  pin_too_many_failures: ['pin'],
  pseudonym_invalid: ['pseudonym'],
  pseudonym_taken: ['pseudonym'],
  referral_code_unknown: ['referralCode'],
  too_young: ['birthYear'],
  terms_outdated: ['terms'],
  document_number_invalid: ['number'],
  document_expired: ['expiresOn'],
  document_birth_date_differs: ['correctsBirthDate'],
  remark_missing: ['remark'],
  setting_out_of_bounds: ['value'],
  setting_value_invalid: ['value'],
  setting_unchanged: ['value'],
  settings_out_of_order: ['value'],
  settings_not_multiple: ['value'],
  winner_missing: ['winnerSide'],
  winner_not_expected: ['winnerSide'],
  wrestled_time_missing: ['wrestledMinutes'],
  date_unchanged: ['scheduledAt'],
  date_in_past: ['startsAt', 'scheduledAt', 'hardStopAt', 'effectiveAt'],
};

export function fieldOf(error: RefusalError, form: TObject): string | null {
  if (error instanceof FieldRefusalError) return error.field;
  const { code } = error.refusal;
  return fieldsOfCode[code]?.find((name) => Object.hasOwn(form.properties, name)) ?? null;
}

/** A refusal that names its field: what a form's own handler finds wrong with one of its answers. */
export class FieldRefusalError extends RefusalError {
  readonly field: string;
  constructor(field: string, refused: Refusal) {
    super(refused);
    this.field = field;
  }
}

/** Inputs of an operation: what its schema allows, and the same with something wrong in it. */
import fc from 'fast-check';
import { testPin } from '#server/testing/people.ts';
import type { Operation, Schema } from './operations.ts';

/** Who asks; `nobody` has no session. */
export const people = [
  'nobody',
  'player',
  'stranger',
  'operator',
  'support',
  'finance',
  'compliance',
  'administrator',
  'robot',
] as const;
export type PersonName = (typeof people)[number];

/** Stands for something that exists when the request is sent: an id out of an earlier answer, say. */
export class Known {
  readonly name: string;
  readonly pick: number;
  /** What is sent while nothing of this name is known. */
  readonly otherwise: Value;
  constructor(name: string, pick: number, otherwise: Value) {
    this.name = name;
    this.pick = pick;
    this.otherwise = otherwise;
  }
}

export type Value =
  | null
  | boolean
  | number
  | string
  | Known
  | readonly Value[]
  | { readonly [name: string]: Value };

export interface Case {
  readonly person: PersonName;
  readonly parameters: Readonly<Record<string, Value>>;
  readonly body: Value;
  readonly faults: readonly Fault[];
}

export type Fault =
  | { readonly kind: 'field'; readonly at: number; readonly value: Value }
  | { readonly kind: 'extra'; readonly name: string; readonly value: Value }
  | { readonly kind: 'missing'; readonly at: number }
  | { readonly kind: 'parameter'; readonly at: number; readonly value: string }
  | { readonly kind: 'query'; readonly text: string }
  | { readonly kind: 'raw'; readonly how: 'cut' | 'twice' | 'deep' | 'array' | 'bytes' | 'empty' | 'huge' }
  | { readonly kind: 'header'; readonly name: string; readonly value: string };

const hostile = [
  '',
  ' ',
  "' OR 1=1 --",
  "'; DROP TABLE player; --",
  '<script>alert(1)</script>',
  '{{7*7}}',
  '../../../../etc/passwd',
  'a\r\nset-cookie: x=1',
  '\u001b[31mred\u001b[0m',
  '\u0000',
  '\ud800',
  '😀'.repeat(50),
  'x'.repeat(5_000),
  '0000-00-00',
  '0000-01-01T00:00:00Z',
  '9999-12-31T23:59:60Z',
  '2026-02-30',
  '2026-11-25T10:00:00+99:00',
  '+221770000000',
  '+1 900 555 0199',
  '-1',
  '1e400',
  'NaN',
  'null',
  '__proto__',
  '\u202eevil',
  '%00',
  '%',
];
const numbers = [
  0,
  -0,
  -1,
  1,
  0.5,
  1e21,
  Number.MAX_SAFE_INTEGER,
  Number.MIN_SAFE_INTEGER,
  2 ** 31,
  2 ** 63,
  5e-324,
];

const anything: fc.Arbitrary<Value> = fc.oneof(
  fc.constantFrom<Value[]>(...hostile, ...numbers, null, true, false, [], {}),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.dictionary(fc.string({ maxLength: 8 }), fc.integer(), { maxKeys: 3 }),
);

export function casesOf(operation: Operation): fc.Arbitrary<Case> {
  const parameters = fc.record(
    Object.fromEntries(operation.parameters.map(({ name, schema }) => [name, valuesOf(schema, name)])),
    { requiredKeys: operation.parameters.filter((parameter) => parameter.required).map(({ name }) => name) },
  );
  return fc.record({
    person: fc.oneof(
      { weight: 1, arbitrary: fc.constantFrom(...people) },
      { weight: 3, arbitrary: fc.constantFrom(...insiders(operation)) },
    ),
    parameters,
    body: operation.body === null ? fc.constant(null) : valuesOf(operation.body, ''),
    faults: fc.oneof(
      { weight: 3, arbitrary: fc.constant([]) },
      { weight: 2, arbitrary: fc.array(faults, { minLength: 1, maxLength: 2 }) },
    ),
  });
}

/** Most requests come from people of the site: the others stop at the door. */
function insiders(operation: Operation): readonly PersonName[] {
  return operation.site === 'office'
    ? [...people.slice(3), 'operator', 'operator']
    : ['player', 'player', 'stranger'];
}

const at = fc.nat({ max: 20 });
const faults: fc.Arbitrary<Fault> = fc.oneof(
  fc.record({ kind: fc.constant('field' as const), at, value: anything }),
  fc.record({
    kind: fc.constant('extra' as const),
    name: fc.constantFrom('role', 'isTest', 'balance', '__proto__', 'constructor', 'status', 'playerId', ''),
    value: anything,
  }),
  fc.record({ kind: fc.constant('missing' as const), at }),
  fc.record({ kind: fc.constant('parameter' as const), at, value: fc.constantFrom(...hostile) }),
  fc.record({
    kind: fc.constant('query' as const),
    text: fc.constantFrom(
      'x=1',
      'limit=1000000000',
      'search=a&search=b',
      'before=%00',
      'before[]=1',
      '%',
      'a=%ff',
      '&&&=',
      'before=',
    ),
  }),
  fc.record({
    kind: fc.constant('raw' as const),
    how: fc.constantFrom('cut', 'twice', 'deep', 'array', 'bytes', 'empty', 'huge'),
  }),
  fc
    .constantFrom(
      ['content-type', 'text/plain'],
      ['content-type', 'application/x-www-form-urlencoded'],
      ['content-type', 'multipart/form-data; boundary=x'],
      ['content-type', 'application/json; charset=utf-16'],
      ['content-type', 'nonsense'],
      ['content-encoding', 'gzip'],
      ['origin', 'null'],
      ['origin', 'https://elsewhere.example'],
      ['sec-fetch-site', 'cross-site'],
      ['user-agent', '\u00ff<script>"\\ %00 ; DROP TABLE session'],
      ['accept-language', 'wo'],
      ['accept', 'image/png'],
      ['cookie', 'mb_player=%00; mb_office=%ff'],
      ['authorization', 'Bearer x.y.z'],
      ['x-forwarded-for', '1.2.3.4, not an address'],
      ['x-http-method-override', 'DELETE'],
    )
    .map(([name = '', value = '']) => ({ kind: 'header' as const, name, value })),
);

/** What a schema allows; where the name says so, things that are there. */
function valuesOf(schema: Schema, name: string): fc.Arbitrary<Value> {
  const allowed = /Xof$/.test(name) ? amounts(schema) : allowedBy(schema);
  if (name === 'pin') return fc.oneof({ weight: 4, arbitrary: fc.constant(testPin) }, allowed);
  if (!/(Id|Token)$|^(phone|code|totp)$/.test(name)) return allowed;
  const isFresh = name === 'operationId' && schema.pattern?.includes('?!5') === true;
  // Mostly an id that nobody has used, now and then one that somebody has.
  const known = fc
    .tuple(at, allowed)
    .map(([pick, otherwise]) => new Known(isFresh && pick > 2 ? 'new' : name, pick, otherwise));
  return fc.oneof({ weight: 6, arbitrary: known }, { weight: 1, arbitrary: allowed });
}

function allowedBy(schema: Schema): fc.Arbitrary<Value> {
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum.filter(isPlain));
  if (isPlain(schema.const)) return fc.constant(schema.const);
  if (schema.anyOf !== undefined) return fc.oneof(...schema.anyOf.map(allowedBy));
  switch ([schema.type].flat()[0]) {
    case 'object':
      return objects(schema);
    case 'array':
      return fc.array(allowedBy(schema.items ?? {}), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 5, 5),
      });
    case 'integer':
      return integers(schema);
    case 'number':
      return fc.double({ noNaN: true, min: schema.minimum ?? 0, max: schema.maximum ?? 1e9 });
    case 'boolean':
      return fc.boolean();
    case 'string':
      return strings(schema);
    case 'null':
      return fc.constant(null);
    default:
      return anything;
  }
}

function isPlain(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

function objects(schema: Schema): fc.Arbitrary<Value> {
  const model: Record<string, fc.Arbitrary<Value>> = {};
  for (const [name, field] of Object.entries(schema.properties ?? {})) model[name] = valuesOf(field, name);
  return fc.record(model, { requiredKeys: [...(schema.required ?? [])] });
}

function integers({ minimum = 0, maximum = 1_000_000_000 }: Schema): fc.Arbitrary<Value> {
  return fc.integer({ min: minimum, max: maximum });
}

/** Mostly francs that people bet; as digits where the schema wants a text. */
function amounts(schema: Schema): fc.Arbitrary<Value> {
  const usual = fc.constantFrom(500, 1_000, 2_000, 5_000, 10_000);
  const written = schema.type === 'string' ? usual.map(String) : usual;
  return fc.oneof({ weight: 4, arbitrary: written }, allowedBy(schema));
}

function strings(schema: Schema): fc.Arbitrary<Value> {
  if (schema.format === 'date-time') {
    return fc.oneof(
      fc
        .integer({ min: -2, max: 200_000 })
        .map((minutes) => new Date(Date.now() + minutes * 60_000).toISOString()),
      fc
        .date({ noInvalidDate: true, min: new Date('0001-01-01'), max: new Date('9999-12-31') })
        .map((date) => date.toISOString()),
    );
  }
  if (schema.format === 'date') {
    return fc
      .date({ noInvalidDate: true, min: new Date('0001-01-01'), max: new Date('9999-12-31') })
      .map((date) => date.toISOString().slice(0, 10));
  }
  if (schema.pattern !== undefined) return matching(schema.pattern);
  const { minLength = 0, maxLength = 200 } = schema;
  const odd = hostile.filter((text) => text.length >= minLength && text.length <= maxLength);
  const free = fc.string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength, 60) });
  return odd.length === 0 ? free : fc.oneof(free, fc.constantFrom(...odd));
}

/** fast-check knows no look-ahead: it is left out, and what it forbids is left out afterwards. */
function matching(pattern: string): fc.Arbitrary<Value> {
  const whole = new RegExp(pattern, 'u');
  return fc
    .stringMatching(new RegExp(pattern.replace(/\(\?[!=][^()]*\)/g, ''), 'u'))
    .filter((text) => whole.test(text));
}

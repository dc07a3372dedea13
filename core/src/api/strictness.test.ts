/** What the contract lets in and out, at every depth: nothing unnamed, nothing without a bound. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Route } from './contract.ts';
import { contract } from './index.ts';
import { officePages } from './office-pages.ts';
import type { PageRoute } from './pages.ts';
import { playerPages } from './player-pages.ts';

interface Shape {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly additionalProperties?: unknown;
  readonly items?: Shape;
  readonly anyOf?: readonly Shape[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly pattern?: string;
  readonly format?: string;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** Everything inside a shape, with its path. */
function* within(shape: Shape, path: string): Generator<[Shape, string]> {
  yield [shape, path];
  for (const [name, field] of Object.entries(shape.properties ?? {})) yield* within(field, `${path}.${name}`);
  if (shape.items !== undefined) yield* within(shape.items, `${path}[]`);
  for (const one of shape.anyOf ?? []) yield* within(one, path);
}

function looseObjects(shape: Shape, name: string): string[] {
  return [...within(shape, name)]
    .filter(([{ type, additionalProperties }]) => type === 'object' && additionalProperties !== false)
    .filter(([, path]) => !webAuthn.test(path))
    .map(([, path]) => path);
}

/** Texts without an end, numbers and lists without a limit. */
function unbounded(shape: Shape, name: string): string[] {
  return [...within(shape, name)].filter(([one]) => !isBounded(one)).map(([, path]) => path);
}

function isBounded(one: Shape): boolean {
  if (one.enum !== undefined || one.const !== undefined || one.anyOf !== undefined) return true;
  switch (one.type) {
    case 'string':
      // A pattern may allow any length; one that is anchored and counts, or names a class once, may not.
      return (
        one.maxLength !== undefined ||
        one.format !== undefined ||
        /^\^[^*+]*\$$/.test((one.pattern ?? '').replace(/\\./g, ''))
      );
    case 'integer':
    case 'number':
      return one.minimum !== undefined && one.maximum !== undefined;
    case 'array':
      return one.maxItems !== undefined;
    default:
      return one.type !== undefined;
  }
}

/** What a browser makes of a passkey and what it is asked for it: WebAuthn's own shapes, which grow. */
const webAuthn = /(\.credential|\.credential\.response|\/options reply\.options)$/;
/** The stored answer of an operation, whatever it was; it went out once through its own route's reply. */
const openReplies = ['GET /operations/:operationId reply.answer'];

describe('the contract', () => {
  const routes = Object.entries<Route>(contract);
  const pages = [...Object.entries<PageRoute>(playerPages), ...Object.entries<PageRoute>(officePages)];
  const inputs: [name: string, shape: Shape][] = [
    ...routes.flatMap(([key, { params, query, body }]) => named(key, { params, query, body })),
    ...pages.flatMap(([key, { params, form }]) => named(key, { params, form })),
  ];

  function named(key: string, shapes: Readonly<Record<string, Shape | undefined>>): [string, Shape][] {
    return Object.entries(shapes).flatMap(([name, shape]) =>
      shape === undefined ? [] : [[`${key} ${name}`, shape] as [string, Shape]],
    );
  }

  it('X03 takes no field that is not named, at any depth', () => {
    assert.deepEqual(
      inputs.flatMap(([name, shape]) => looseObjects(shape, name)),
      [],
    );
  });

  it('X04 gives no field that is not named, at any depth', () => {
    const loose = routes.flatMap(([key, { reply }]) => looseObjects(reply, `${key} reply`));
    assert.deepEqual(loose, openReplies);
  });

  it('X06 takes no text, number or list without a bound', () => {
    assert.deepEqual(
      inputs.flatMap(([name, shape]) => unbounded(shape, name)),
      [],
    );
  });

  it('X11 lets nobody choose how much a list answers', () => {
    const sizes = inputs.flatMap(([name, shape]) =>
      [...within(shape, name)]
        .map(([, path]) => path)
        .filter((path) => /\.(limit|count|size|pageSize|perPage)$/i.test(path)),
    );
    assert.deepEqual(sizes, []);
  });
});

/** The repository as the tidy rules see it: texts by path, and what the parser says about the TypeScript among them. */
import { parseSync } from 'vite';

export interface Problem {
  readonly path: string;
  readonly line: number;
  readonly says: string;
}

/** A syntax node, ESTree with TypeScript's additions; only what the rules look at is read. */
export type Node = { readonly type: string; readonly start: number; readonly end: number } & Readonly<
  Record<string, unknown>
>;

export interface Import {
  readonly specifier: string;
  /** The file of ours it leads to, or none. */
  readonly target: string | undefined;
  readonly line: number;
}

export interface Source {
  readonly path: string;
  readonly text: string;
  readonly isTest: boolean;
  readonly imports: readonly Import[];
  readonly nodes: readonly Node[];
  lineOf(offset: number): number;
}

export interface House {
  readonly files: ReadonlyMap<string, string>;
  readonly sources: readonly Source[];
}

const aliases: readonly [prefix: string, folder: string][] = [
  ['#core/', 'core/src/'],
  ['#server/', 'server/src/'],
  ['#ui/', 'ui/src/'],
];

export function readHouse(files: ReadonlyMap<string, string>): House {
  const sources = [...files.entries()]
    .filter(([path]) => /\.(ts|tsx|mjs)$/.test(path))
    .map(([path, text]) => readSource(path, text));
  return { files, sources };
}

function readSource(path: string, text: string): Source {
  const { program, module, errors } = parseSync(path, text);
  const [error] = errors;
  if (error !== undefined) throw new Error(`${path}: ${error.message}`);
  const lineStarts = [...text.matchAll(/\n/g)].map(({ index }) => index);
  const lineOf = (offset: number) => lineStarts.filter((start) => start < offset).length + 1;
  const requests: { value: string; start: number }[] = [
    ...module.staticImports.map(({ moduleRequest: { value, start } }) => ({ value, start })),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest }) =>
        moduleRequest ? [{ value: moduleRequest.value, start: moduleRequest.start }] : [],
      ),
    ),
    ...module.dynamicImports.map(({ moduleRequest: { start, end } }) => ({
      value: literal(text.slice(start, end)),
      start,
    })),
  ];
  const imports = requests
    .filter(({ value }) => value !== '')
    .map(({ value, start }) => ({
      specifier: value,
      target: resolveImport(path, value),
      line: lineOf(start),
    }));
  return { path, text, isTest: isTestPath(path), imports, nodes: collectNodes(program), lineOf };
}

/** What is run by tests only. */
export function isTestPath(path: string): boolean {
  return /\.(test|redis)\.tsx?$/.test(path) || path.includes('/testing/') || path.startsWith('e2e/');
}

/** The text of a string literal; nothing for a computed import. */
function literal(code: string): string {
  return /^(['"])(.*)\1$/s.exec(code)?.[2] ?? '';
}

function resolveImport(from: string, specifier: string): string | undefined {
  const bare = specifier.replace(/\?.*$/, '');
  for (const [prefix, folder] of aliases) {
    if (bare.startsWith(prefix)) return folder + bare.slice(prefix.length);
  }
  if (!bare.startsWith('.')) return undefined;
  const parts = from.split('/').slice(0, -1);
  for (const part of bare.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}

function collectNodes(program: unknown): Node[] {
  const found: Node[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) {
      for (const item of value) visit(item);
      return;
    }
    if (typeof value !== 'object' || value === null) return;
    if (isNode(value)) found.push(value);
    for (const child of Object.values(value)) visit(child);
  };
  visit(program);
  return found;
}

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value && 'end' in value;
}

/** The name behind `x.name`, `name` or a key. */
export function nameOf(value: unknown): string {
  if (!isNode(value)) return '';
  if (value.type === 'MemberExpression') return nameOf(value.property);
  return typeof value.name === 'string' ? value.name : '';
}

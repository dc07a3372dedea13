import type { House, Problem } from './house.ts';

const linesMax = 400;
/** Tests are lists of examples. */
const testLinesMax = 600;
/** One table each, read by looking a row up. */
const tables = ['core/src/errors.ts'];

/** Everything at the top of the repository; a new room is a decision. */
const topLevel = [
  '.ci',
  '.gitattributes',
  '.gitignore',
  '.npmrc',
  'CHANGELOG.md',
  'README.md',
  'SECURITY.md',
  'bench',
  'biome.json',
  'core',
  'deploy',
  'docs',
  'e2e',
  'office',
  'package-lock.json',
  'package.json',
  'player',
  'server',
  'tools',
  'tsconfig.json',
  'ui',
];

const emptyNames = [
  'util',
  'utils',
  'helper',
  'helpers',
  'service',
  'services',
  'manager',
  'managers',
  'common',
];

export function checkTopLevel({ files }: House): Problem[] {
  return [...files.keys()]
    .filter((path) => !topLevel.includes(path.split('/')[0] ?? ''))
    .map((path) => ({ path, line: 1, says: 'no room at the top of the repository has this name' }));
}

/** A name says what is inside. */
export function checkNames({ files }: House): Problem[] {
  const problems: Problem[] = [];
  for (const path of files.keys()) {
    const words = path.toLowerCase().split(/[/.\-_]/);
    const empty = emptyNames.find((name) => words.includes(name));
    if (empty !== undefined) problems.push({ path, line: 1, says: `"${empty}" does not say what is inside` });
    const name = path.split('/').at(-1) ?? '';
    if (
      /\.(ts|tsx|mjs|css)$/.test(name) &&
      !/^[a-z0-9]+(-[a-z0-9]+)*(\.(test|property|redis|e2e|config|d))*\.[a-z]+$/.test(name)
    ) {
      problems.push({ path, line: 1, says: 'a file name is words in small letters with hyphens' });
    }
  }
  return problems;
}

export function checkFileLength({ sources }: House): Problem[] {
  return sources.flatMap(({ path, text, isTest }) => {
    const lines = text.split('\n').length - 1;
    const max = isTest ? testLinesMax : linesMax;
    if (lines <= max || tables.includes(path)) return [];
    return [{ path, line: max, says: `${lines} lines: look for the second thing inside` }];
  });
}

/** The printed schema names the migrations it is the result of. */
export function checkSchemaIsPrinted({ files }: House): Problem[] {
  const schema = files.get('server/schema.sql') ?? '';
  return [...files.keys()]
    .filter((path) => /^server\/migrations\/.*\.sql$/.test(path))
    .filter((path) => !schema.includes(`-- ${path.split('/').at(-1)}\n`))
    .map((path) => ({ path, line: 1, says: 'server/schema.sql is older: npm run schema' }));
}

const leaks: readonly [pattern: RegExp, says: string][] = [
  [/(?<![\w.~-])\/(?:work|home|Users|tmp\/mb)\//, 'a path of somebody’s machine'],
  [/\bregistry\.[a-z0-9-]+\.[a-z]+/i, 'the host of a package registry'],
  [/^\s*"resolved":\s*"https?:/, 'the host of a package registry'],
  [/\b(?:TODO|FIXME|XXX)\b/, 'a note to oneself: do it, or write it down where it is planned'],
];

export function checkLeaks({ files }: House): Problem[] {
  const problems: Problem[] = [];
  for (const [path, text] of files) {
    if (path.startsWith('tools/tidy')) continue;
    for (const [index, line] of text.split('\n').entries()) {
      const leak = leaks.find(([pattern]) => pattern.test(line));
      if (leak !== undefined) problems.push({ path, line: index + 1, says: leak[1] });
    }
  }
  return problems;
}

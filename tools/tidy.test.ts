/** The rules of docs/architecture.md that a machine can check, on every file of the repository. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import {
  checkAssertions,
  checkExports,
  checkFloats,
  checkFunctionLength,
  checkSkippedTests,
} from './tidy/code.ts';
import { type House, type Problem, readHouse } from './tidy/house.ts';
import { checkCycles, checkDirections, checkMissing, checkReachable } from './tidy/imports.ts';
import {
  checkFileLength,
  checkLeaks,
  checkNames,
  checkSchemaIsPrinted,
  checkTopLevel,
} from './tidy/layout.ts';
import { checkDependencies, checkLockFile } from './tidy/packages.ts';

const root = join(import.meta.dirname, '..');
const textFiles = /\.(ts|tsx|mjs|cjs|js|json|sql|css|html|md|yml|yaml|sh|conf|svg)$|^[^.]+$|(^|\/)\.[a-z]+$/;

const entries = [
  ...[...readFileSync(join(root, 'tools/commands.mjs'), 'utf8').matchAll(/entry: '([^']+)'/g)].map(
    ([, entry = '']) => entry,
  ),
  'tools/run.mjs',
  ...['player', 'office'].flatMap((app) => [
    `${app}/src/render.tsx`,
    ...listFolder(`${app}/src/client`).map((name) => `${app}/src/client/${name}`),
  ]),
];

const checkDeadFiles = (house: House) => checkReachable(house, entries);

const rules: readonly [name: string, check: (house: House) => Problem[], planted: Record<string, string>][] =
  [
    ['rooms at the top', checkTopLevel, { 'src/main.ts': '' }],
    ['names', checkNames, { 'core/src/money-utils.ts': '' }],
    ['small letters', checkNames, { 'core/src/placeOffer.ts': '' }],
    ['file length', checkFileLength, { 'core/src/long.ts': '\n'.repeat(601) }],
    [
      'function length',
      checkFunctionLength,
      { 'core/src/long.ts': `export function long() {${'\n'.repeat(81)}}` },
    ],
    [
      'schema',
      checkSchemaIsPrinted,
      { 'server/migrations/0099_new.sql': 'SELECT 1;', 'server/schema.sql': '' },
    ],
    ['paths', checkLeaks, { 'docs/a.md': 'see /home/someone/notes' }],
    ['registries', checkLeaks, { 'docs/a.md': 'https://registry.example.com/x' }],
    ['notes', checkLeaks, { 'core/src/a.ts': '// TODO later' }],
    ['core alone', checkDirections, { 'core/src/a.ts': "import { readFileSync } from 'node:fs';" }],
    ['core below', checkDirections, { 'core/src/a.ts': "import { openDb } from '#server/db.ts';" }],
    ['schemas in the contract', checkDirections, { 'core/src/a.ts': "import { Type } from 'typebox';" }],
    [
      'other queries',
      checkDirections,
      { 'server/src/offers/a.ts': "import { find } from '../players/queries.ts';" },
    ],
    [
      'shared below',
      checkDirections,
      { 'server/src/db.ts': "import { place } from './offers/place-offer.ts';" },
    ],
    [
      'adapters alone',
      checkDirections,
      { 'server/src/payments/wave/a.ts': "import { s } from '../../players/sign-up.ts';" },
    ],
    [
      'no pages in the server',
      checkDirections,
      { 'server/src/a.ts': "import { page } from '../../player/src/page.tsx';" },
    ],
    [
      'no server in the apps',
      checkDirections,
      { 'player/src/a.ts': "import { openDb } from '#server/db.ts';" },
    ],
    [
      'no app in the other',
      checkDirections,
      { 'office/src/a.ts': "import { a } from '../../player/src/a.ts';" },
    ],
    ['no app in ui', checkDirections, { 'ui/src/a.ts': "export * from '../../player/src/a.ts';" }],
    [
      'no tests in the product',
      checkDirections,
      { 'server/src/a.ts': "import { x } from './testing/x.ts';" },
    ],
    [
      'no circles',
      checkCycles,
      {
        'server/src/a/one.ts': "import { two } from '../b/two.ts';",
        'server/src/b/two.ts': "import { three } from '../c/three.ts';",
        'server/src/c/three.ts': "import { one } from '../a/one.ts';",
      },
    ],
    ['dead files', checkDeadFiles, { 'core/src/dead.ts': 'export const a = 1;' }],
    ['missing files', checkMissing, { 'tools/run.mjs': "import './gone.mjs';" }],
    ['unused packages', checkDependencies, { 'package.json': '{"dependencies":{"left-pad":"1.0.0"}}' }],
    ['unlisted packages', checkDependencies, { 'core/src/a.ts': "import leftPad from 'left-pad';" }],
    [
      'loose versions',
      checkDependencies,
      { 'package.json': '{"dependencies":{"pg":"^8.0.0"}}', 'a.ts': "import 'pg';" },
    ],
    [
      'lock file',
      checkLockFile,
      {
        'package-lock.json':
          '{"packages":{"":{"dependencies":{"a":"1.0.0"}},"node_modules/a":{"optionalDependencies":{"b":"1"}}}}',
      },
    ],
    ['floats', checkFloats, { 'core/src/a.ts': 'export const a = Math.round(1.5);' }],
    ['cents', checkFloats, { 'ui/src/a.ts': 'export const a = (1.5).toFixed(2);' }],
    ['assertions', checkAssertions, { 'core/src/a.ts': 'export const a = 1 as unknown;' }],
    ['not null', checkAssertions, { 'core/src/a.ts': 'export const a = (x: string | null) => x!;' }],
    ['default exports', checkExports, { 'core/src/a.ts': 'export default 1;' }],
    ['enums', checkExports, { 'core/src/a.ts': 'enum A { B }' }],
    ['tests left out', checkSkippedTests, { 'core/src/a.test.ts': "it.skip('x', () => {});" }],
    ['tests alone', checkSkippedTests, { 'core/src/a.test.ts': "describe.only('x', () => {});" }],
    [
      'tests left out by option',
      checkSkippedTests,
      { 'core/src/a.test.ts': "it('x', { skip: true }, () => {});" },
    ],
  ];

describe('the house is tidy', () => {
  const house = readHouse(readRepository());

  for (const check of new Set(rules.map(([, rule]) => rule))) {
    const names = rules.filter(([, rule]) => rule === check).map(([name]) => name);
    it(names.join(', '), () => {
      const problems = check(house).map(({ path, line, says }) => `${path}:${line} ${says}`);
      assert.ok(problems.length === 0, `\n${problems.join('\n')}`);
    });
  }
});

describe('each rule finds what it forbids', () => {
  for (const [name, check, planted] of rules) {
    it(name, () => assert.notDeepEqual(check(readHouse(new Map(Object.entries(planted)))), []));
  }

  it('and lets good code pass', () => {
    const good = {
      'package.json': '{"dependencies":{"pg":"8.0.0"}}',
      'core/src/money.ts': 'export const toXof = (n: number) => Math.floor(n);',
      'core/src/offer.ts': '// The type has no other member.\nexport const a = (x: unknown) => x as string;',
      'core/src/offer.test.ts': "it('x', { timeout: 5 }, () => { take({ skip: 1 }); });",
      'server/src/db.ts':
        "import pg from 'pg';\nimport { toXof } from '#core/money.ts';\nexport const db = { pg, toXof } as const;",
      'server/src/offers/place-offer.ts':
        "import { post } from '#server/ledger/post.ts';\nexport const placeOffer = post;",
      'server/src/ledger/post.ts': 'export const post = 1;',
    };
    const found = readHouse(new Map(Object.entries(good)));
    for (const check of [
      checkDirections,
      checkCycles,
      checkDependencies,
      checkFloats,
      checkAssertions,
      checkNames,
    ]) {
      assert.deepEqual(check(found), []);
    }
  });
});

/** What git tracks or would track, with what is in the working tree. */
function readRepository(): Map<string, string> {
  const { stdout, status } = spawnSync(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
    {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 50_000_000,
    },
  );
  assert.equal(status, 0, 'git lists the files');
  const paths = [...new Set(stdout.split('\0'))].filter(
    (path) => path !== '' && isFile(path) && textFiles.test(path),
  );
  return new Map(paths.sort().map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}

function isFile(path: string): boolean {
  return statSync(join(root, path), { throwIfNoEntry: false })?.isFile() ?? false;
}

function listFolder(path: string): string[] {
  return statSync(join(root, path), { throwIfNoEntry: false })?.isDirectory()
    ? readdirSync(join(root, path))
    : [];
}

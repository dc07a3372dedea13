import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { errorCatalogue } from '#core/errors.ts';
import { errorsPage, printErrors } from './print-errors.ts';

function read(paths: string[]): string {
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', ...paths], {
    encoding: 'utf8',
  });
  return files
    .split('\n')
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
}

test('docs/errors.md says what the catalogue says', () => {
  assert.equal(readFileSync(errorsPage, 'utf8'), printErrors(), 'run: npm run print-errors');
});

test('every code of the catalogue is given somewhere, and a test expects it', () => {
  const sources = read(['core/src', 'server/src', ':!*.test.ts', ':!core/src/errors.ts', ':!core/src/api']);
  const tests = read(['*.test.ts', '*.e2e.ts', 'core/src/testing', 'server/src/testing', 'bench']);
  const codes = Object.keys(errorCatalogue);
  assert.deepEqual(
    codes.filter((code) => !sources.includes(`'${code}'`)),
    [],
    'codes that nothing gives',
  );
  assert.deepEqual(
    codes.filter((code) => !new RegExp(`\\b${code}\\b`).test(tests)),
    [],
    'codes that no test expects',
  );
});

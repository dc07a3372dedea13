/** docs/security/checks.md names tests: each of them is there. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';

const root = join(import.meta.dirname, '..');
const table = readFileSync(join(root, 'docs/security/checks.md'), 'utf8');
const rows = [...table.matchAll(/^\| ([A-Z]\d\d) [^|]* \| `([^`]+)` \| `(.+)` \|$/gm)];

const range = (letter: string, from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => `${letter}${String(from + i).padStart(2, '0')}`);

describe('the table of attacks', () => {
  for (const [, item = '', file = '', name = ''] of rows) {
    it(`${item} is tried by a test of ${file}: ${name}`, () => {
      assert.ok(existsSync(join(root, file)), `${file} is not there`);
      assert.ok(readFileSync(join(root, file), 'utf8').includes(name), `${file} has no test of that name`);
    });
  }

  it('leaves none out but those it names', () => {
    const tried = new Set(rows.map(([, item]) => item));
    const wanted = [
      ...range('L', 1, 24),
      ...range('S', 1, 16),
      ...range('X', 1, 14),
      ...range('T', 4, 10),
      ...range('W', 1, 17),
      ...range('F', 8, 9),
    ];
    const missing = wanted.filter((item) => !tried.has(item));
    assert.deepEqual(missing, ['X12', 'T07']);
    for (const item of missing) assert.match(table, new RegExp(`Not tried yet:[^]*${item}`));
    assert.equal(rows.length, table.match(/^\| [A-Z]\d\d /gm)?.length, 'a row is not read');
  });
});

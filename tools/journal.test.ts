/** Whatever the audit log can hold has a name in the office's journal: nobody reads "set-limit" there. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { journalTexts } from '../office/src/journal-texts.ts';

const root = join(import.meta.dirname, '..');

const sources = globSync('server/src/**/*.ts', { cwd: root })
  .filter((file) => !file.endsWith('.test.ts'))
  .map((file) => readFileSync(join(root, file), 'utf8'));

test('every kind of target of the audit log has a name in the journal', () => {
  const audited = sources.filter((source) =>
    /recordAudit|recordLook|recordEnding|runStaffCommand/.test(source),
  );
  const kinds = audited.flatMap((source) =>
    [...source.matchAll(/\btarget(?: =|:)[^,;]*?['`]([a-z][a-z -]*?)(?: \$\{|['`])/g)].map(
      ([, kind = '']) => kind,
    ),
  );
  assert(new Set(kinds).size > 20, 'they are found');
  const nameless = new Set(kinds.filter((kind) => !Object.hasOwn(journalTexts.targets, kind)));
  assert.deepEqual([...nameless], []);
});

test('every command of the audit log has a name in the journal', () => {
  const commands = sources.flatMap((source) =>
    [...source.matchAll(/\b(?:command|what): '([a-z]+(?:-[a-z]+)+)'/g)].map(([, command = '']) => command),
  );
  assert(commands.length > 40, 'they are found');
  const nameless = new Set(commands.filter((command) => !Object.hasOwn(journalTexts.commands, command)));
  assert.deepEqual([...nameless], []);
});

/**
 * docs/settlement-rules.md against the code: every example in it is checked here, or by the test that is named.
 *
 * To add examples: a section in the document, `<!-- example: name -->` before each table, and an entry of that name in
 * a file of core/src/testing/ that is listed below. What needs a database reads its table with `readRuleTable(name)`
 * and is listed in `checkedElsewhere`.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { boutChangeExamples } from './testing/bout-change-examples.ts';
import { correctionExamples } from './testing/correction-examples.ts';
import { duelExamples } from './testing/duel-examples.ts';
import { marketExamples } from './testing/market-examples.ts';
import { offerExamples } from './testing/offer-examples.ts';
import { poolExamples } from './testing/pool-examples.ts';
import { checkRuleTable, type RuleExample, readRuleTables, rulesPath } from './testing/rule-tables.ts';

const examples = new Map<string, RuleExample>(
  Object.entries({
    ...marketExamples,
    ...duelExamples,
    ...offerExamples,
    ...correctionExamples,
    ...poolExamples,
    ...boutChangeExamples,
  }),
);

/** Examples that a test of the server plays over HTTP: their names, and its path from the top of the repository. */
const checkedElsewhere = new Map<string, string>([
  ['rates-dated', 'server/src/bouts/rates.test.ts'],
  ['correction-stories', 'server/src/settlement/correction-stories.test.ts'],
]);

describe('docs/settlement-rules.md', () => {
  const tables = readRuleTables(readFileSync(rulesPath, 'utf8'));

  for (const table of tables) {
    const elsewhere = checkedElsewhere.get(table.name);
    if (elsewhere === undefined) {
      it(`${table.name}: ${table.rows.length} rows`, () => {
        const example = examples.get(table.name);
        assert.ok(example, `nothing checks the example "${table.name}"`);
        checkRuleTable(table, example);
      });
    } else {
      it(`${table.name}: by ${elsewhere}`, () => {
        const test = readFileSync(join(rulesPath, '../..', elsewhere), 'utf8');
        assert.ok(test.includes(`readRuleTable('${table.name}')`), `${elsewhere} does not read it`);
      });
    }
  }

  it('has each example once, and every one that the code knows', () => {
    const names = tables.map(({ name }) => name);
    assert.deepEqual(
      [...names].sort(),
      [...new Set([...examples.keys(), ...checkedElsewhere.keys()])].sort(),
    );
  });

  it('marks every table that has numbers in it as an example', () => {
    const lines = readFileSync(rulesPath, 'utf8').split('\n');
    const starts = lines.flatMap((line, index) =>
      line.startsWith('|') && !lines[index - 1]?.startsWith('|') ? [index + 1] : [],
    );
    const unmarked = starts.filter((start) => !tables.some(({ line }) => line === start));
    const numbers = unmarked.filter((start) => /\d/.test(tableFrom(lines, start)));
    assert.deepEqual(numbers, [], 'lines of tables with numbers that no code checks');
  });
});

function tableFrom(lines: readonly string[], start: number): string {
  const end = lines.findIndex((line, index) => index >= start && !line.startsWith('|'));
  return lines.slice(start - 1, end).join('\n');
}

describe('a table of examples', () => {
  const document = (...rows: string[]) =>
    ['<!-- example: sum -->', '', '| a | b | sum |', '|--:|--:|---|', ...rows, '', 'after'].join('\n');
  const sum: RuleExample = {
    given: ['a', 'b'],
    answer: (row) => ({ sum: row.number('a') + row.number('b') }),
  };
  const check = (text: string, example = sum) => {
    const [table] = readRuleTables(text);
    assert.ok(table);
    checkRuleTable(table, example);
  };

  it('stands when the code says the same', () => check(document('| 1 000 | 2 | 1 002 |', '| -5 | 5 | 0 |')));

  it('falls with one wrong cell, and says which line', () => {
    assert.throws(
      () => check(document('| 1 | 2 | 3 |', '| 1 | 2 | 4 |')),
      /sum, line 6, sum: the code says 3/,
    );
  });

  for (const [name, text, example] of [
    ['a number with a fraction', document('| 1 | 2.5 | 3 |'), sum],
    ['a number that is not grouped', document('| 1000 | 2 | 1 002 |'), sum],
    ['a cell too few', document('| 1 | 2 |'), sum],
    ['no rows', document(), sum],
    ['a column that nothing answers', document('| 1 | 2 | 3 |'), { ...sum, given: ['a'] }],
    ['a given column that is not there', document('| 1 | 2 | 3 |'), { ...sum, given: ['a', 'b', 'c'] }],
    ['nothing to answer', document('| 1 | 2 | 3 |'), { given: ['a', 'b', 'sum'], answer: () => ({}) }],
  ] as const) {
    it(`falls with ${name}`, () => assert.throws(() => check(text, example), assert.AssertionError));
  }
});

/**
 * The worked examples of docs/settlement-rules.md, read out of the document, so that it and the code cannot differ.
 *
 * A table is an example when the comment before it names it: `<!-- example: duel-net -->`. Its columns are either given
 * (what the example starts from) or answered by the code; a row stands when every answered cell is what the code says.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface RuleTable {
  readonly name: string;
  /** Of the table's first line, for messages. */
  readonly line: number;
  readonly columns: readonly string[];
  readonly rows: readonly RuleRow[];
}

/** Cells of one row, by the name of their column. */
export interface RuleRow {
  readonly text: (column: string) => string;
  /** "15 200" is 15200; "-5 200" is less than nothing. */
  readonly number: (column: string) => number;
}

export interface RuleExample {
  /** The columns that are given; all others are answered. */
  readonly given: readonly string[];
  /** What the code says of a row: an entry for each column that is not given. Numbers are compared as numbers. */
  readonly answer: (row: RuleRow) => Readonly<Record<string, number | string>>;
}

export const rulesPath = join(import.meta.dirname, '../../../docs/settlement-rules.md');

/** The table of this name, for a test that checks its rows in its own way (over HTTP, for instance). */
export function readRuleTable(name: string): RuleTable {
  const found = readRuleTables(readFileSync(rulesPath, 'utf8')).find((table) => table.name === name);
  assert.ok(found, `docs/settlement-rules.md has no example "${name}"`);
  return found;
}

export function readRuleTables(document: string): RuleTable[] {
  const lines = document.split('\n');
  const tables: RuleTable[] = [];
  for (const [index, line] of lines.entries()) {
    const name = /^<!-- example: ([a-z0-9-]+) -->$/.exec(line)?.[1];
    if (name === undefined) continue;
    const start = lines.findIndex((text, at) => at > index && text !== '');
    const end = lines.findIndex((text, at) => at > start && !text.startsWith('|'));
    const [head, rule, ...body] = lines.slice(start, end === -1 ? undefined : end).map(cellsOf);
    assert.ok(
      head !== undefined && rule?.every((cell) => /^:?-+:?$/.test(cell)),
      `${name}: no table follows`,
    );
    assert.ok(body.length > 0, `${name}: a table without rows shows nothing`);
    assert.equal(new Set(head).size, head.length, `${name}: each column has its own name`);
    tables.push({
      name,
      line: start + 1,
      columns: head,
      rows: body.map((cells) => rowOf(name, head, cells)),
    });
  }
  return tables;
}

/** Checks every row. */
export function checkRuleTable(table: RuleTable, example: RuleExample): void {
  const answered = table.columns.filter((column) => !example.given.includes(column));
  for (const column of example.given)
    assert.ok(table.columns.includes(column), `${table.name}: no column "${column}"`);
  assert.ok(answered.length > 0, `${table.name}: a table that only gives shows nothing`);
  for (const [index, row] of table.rows.entries()) {
    const answer = example.answer(row);
    assert.deepEqual(
      Object.keys(answer).sort(),
      [...answered].sort(),
      `${table.name}: the code answers other columns`,
    );
    for (const column of answered) {
      const says = answer[column];
      const written = typeof says === 'number' ? row.number(column) : row.text(column);
      assert.equal(
        written,
        says,
        `${table.name}, line ${table.line + 2 + index}, ${column}: the code says ${says}`,
      );
    }
  }
}

/** 15200 as the document writes it: "15 200". */
export function groupsOf(amount: number): string {
  return String(amount).replace(/\B(?=(\d{3})+$)/g, ' ');
}

function cellsOf(line: string): string[] {
  return line
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => cell.trim());
}

function rowOf(name: string, columns: readonly string[], cells: readonly string[]): RuleRow {
  assert.equal(cells.length, columns.length, `${name}: ${cells.join(' | ')}: a cell for each column`);
  const text = (column: string): string => {
    const cell = cells[columns.indexOf(column)];
    assert.ok(cell !== undefined, `${name}: no column "${column}"`);
    return cell;
  };
  const number = (column: string): number => {
    const cell = text(column);
    assert.match(cell, /^-?\d{1,3}( \d{3})*$/, `${name}, ${column}: "${cell}" is no whole number`);
    return Number(cell.replaceAll(' ', ''));
  };
  return { text, number };
}

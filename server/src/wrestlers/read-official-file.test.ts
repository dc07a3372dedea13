import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ReasonCode } from '#core/official-reasons.ts';
import { FILE_BYTES_MAX, ImportRefused, readOfficialFile } from './read-official-file.ts';

const COLUMNS = ['id', 'name'];

describe('readOfficialFile', () => {
  const good: readonly (readonly [string, string, readonly (readonly [number, string])[]])[] = [
    [
      'LF',
      'id,name\n1,Lô\n2,Sène\n',
      [
        [2, 'Lô'],
        [3, 'Sène'],
      ],
    ],
    [
      'CRLF and a byte order mark',
      '\uFEFFid,name\r\n1,Lô\r\n2,Sène\r\n',
      [
        [2, 'Lô'],
        [3, 'Sène'],
      ],
    ],
    [
      'CR alone',
      'id,name\r1,Lô\r2,Sène',
      [
        [2, 'Lô'],
        [3, 'Sène'],
      ],
    ],
    [
      'line ends of several kinds',
      'id,name\r\n1,Lô\n2,Sène\r',
      [
        [2, 'Lô'],
        [3, 'Sène'],
      ],
    ],
    ['no end of line at the end', 'id,name\n1,Lô', [[2, 'Lô']]],
    ['columns in another order, with spaces', ' name ,id\nLô,1\n', [[2, 'Lô']]],
    ['commas and quotes inside quotes', 'id,name\n1,"Lô, dit ""XLO"""\n', [[2, 'Lô, dit "XLO"']]],
    [
      'empty lines',
      'id,name\n\n1,Lô\n\n\n2,Sène\n\n',
      [
        [3, 'Lô'],
        [6, 'Sène'],
      ],
    ],
    [
      'a line break inside quotes',
      'id,name\n1,"a\nb"\n2,Sène\n',
      [
        [2, 'a\nb'],
        [4, 'Sène'],
      ],
    ],
    ['no data row', 'id,name\n', []],
  ];
  for (const [title, text, rows] of good) {
    it(`reads ${title}`, () => {
      const read = readOfficialFile('f.csv', Buffer.from(text), COLUMNS);
      assert.deepEqual(
        read.map((row) => [row.line, row.cells.name, row.problem]),
        rows.map(([line, name]) => [line, name, null]),
      );
    });
  }

  it('notes a row with another number of cells, and reads the next', () => {
    const read = readOfficialFile('f.csv', Buffer.from('id,name\n1\n2,Sène,x\n3,Lô\n'), COLUMNS);
    assert.deepEqual(
      read.map((row) => row.problem),
      [
        { code: 'cell_count', params: { found: 1, expected: 2 } },
        { code: 'cell_count', params: { found: 3, expected: 2 } },
        null,
      ],
    );
  });

  const bad: readonly (readonly [string, Uint8Array, readonly ReasonCode[]])[] = [
    ['an empty file', Buffer.from(''), ['file_empty']],
    ['nothing but line ends', Buffer.from('\n\r\n\n'), ['file_empty']],
    ['nothing but a byte order mark', Buffer.from('\uFEFF'), ['file_empty']],
    ['10 MB', Buffer.alloc(10 * 1024 * 1024, 'a'), ['file_too_large']],
    ['one byte more than allowed', Buffer.alloc(FILE_BYTES_MAX + 1, 'a'), ['file_too_large']],
    ['as much as allowed, in one cell', Buffer.alloc(FILE_BYTES_MAX, 'a'), ['file_csv_broken']],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), ['file_not_text']],
    ['UTF-16', Buffer.from('id,name\n', 'utf16le'), ['file_not_text']],
    ['Latin-1', Buffer.from('id,name\n1,Lô\n', 'latin1'), ['file_not_text']],
    [
      'another table',
      Buffer.from('nom,ville\nLô,Dakar\n'),
      ['header_column_missing', 'header_column_missing', 'header_column_unknown', 'header_column_unknown'],
    ],
    [
      'no header',
      Buffer.from('1,Lô\n'),
      ['header_column_missing', 'header_column_missing', 'header_column_unknown', 'header_column_unknown'],
    ],
    ['a missing column', Buffer.from('id\n1\n'), ['header_column_missing']],
    ['a column too many', Buffer.from('id,name,x\n1,Lô,y\n'), ['header_column_unknown']],
    ['a column twice', Buffer.from('id,name,id\n1,Lô,2\n'), ['header_column_twice']],
    [
      'semicolons',
      Buffer.from('id;name\n1;Lô\n'),
      ['header_column_missing', 'header_column_missing', 'header_column_unknown'],
    ],
    ['a quote never closed', Buffer.from('id,name\n1,"Lô\n2,Sène\n'), ['file_csv_broken']],
    ['a quote in the middle', Buffer.from('id,name\n1,Lô "XLO"\n'), ['file_csv_broken']],
    ['text after a quote', Buffer.from('id,name\n1,"Lô" XLO\n'), ['file_csv_broken']],
    ['too many rows', Buffer.from(`id,name\n${'1,Lô\n'.repeat(20_001)}`), ['file_rows_too_many']],
  ];
  for (const [title, bytes, codes] of bad) {
    it(`refuses ${title}`, () => {
      assert.throws(
        () => readOfficialFile('f.csv', bytes, COLUMNS),
        (error) => {
          assert.ok(error instanceof ImportRefused);
          assert.equal(error.file, 'f.csv');
          assert.deepEqual(
            error.reasons.map((why) => why.code),
            codes,
          );
          return true;
        },
      );
    });
  }

  it('says where the text stops being UTF-8, and on which line the CSV breaks', () => {
    const latin1 = Buffer.from('id,name\n1,Lô\n', 'latin1');
    assert.throws(() => readOfficialFile('f.csv', latin1, COLUMNS), /ligne 2 /);
    assert.throws(() => readOfficialFile('f.csv', Buffer.from('id,name\n1,Lô\n2,"S\n'), COLUMNS), /ligne 3/);
  });
});

/** The statement of one UTC day, oldest first, page by page. */
import type { WaveState } from './state.ts';
import { invalid } from './wave-error.ts';
import { wireTime, wireTransaction } from './wire.ts';

export function readTransactions(state: WaveState, query: Readonly<Record<string, string>>): object {
  const date = query['date'] ?? wireTime(state.nowMs()).slice(0, 10);
  if (!/^\d{4}-\d\d-\d\d$/.test(date) || Number.isNaN(Date.parse(date))) throw invalid('date: YYYY-MM-DD');
  const { faults } = state;
  const lines = faults.statement(state.transactions).filter(({ atMs }) => wireTime(atMs).startsWith(date));
  const from = readCursor(query['after']);
  const size = Math.min(readCount(query['first']) ?? faults.statementPageSize, faults.statementPageSize);
  const page = lines.slice(from, from + size);
  return {
    page_info: {
      start_cursor: query['after'] ?? null,
      end_cursor: page.length === 0 ? null : writeCursor(from + page.length),
      has_next_page: from + page.length < lines.length,
    },
    date,
    items: page.map((line) => wireTransaction(line, faults)),
  };
}

function writeCursor(offset: number): string {
  return Buffer.from(`after ${offset}`).toString('base64url');
}

function readCursor(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  const offset = /^after (\d+)$/.exec(Buffer.from(cursor, 'base64url').toString('utf8'))?.[1];
  if (offset === undefined) throw invalid('after: not a cursor');
  return Number(offset);
}

function readCount(first: string | undefined): number | null {
  if (first === undefined) return null;
  if (!/^[1-9]\d{0,3}$/.test(first)) throw invalid('first: 1 to 9999');
  return Number(first);
}

/** Rows of the official files for tests: a good row, and whatever the test changes in it. */
import type { Cells } from '../official-cells.ts';
import type { CatalogueState, FileRow, ImportPlan } from '../official-import.ts';
import { BOUT_COLUMNS, WRESTLER_COLUMNS } from '../official-record.ts';

type CellsOf<Column extends string> = Partial<Readonly<Record<Column, string>>>;

const EMPTY_STATE: CatalogueState = { wrestlers: [], officeWrestlers: [], stubs: [], bouts: [] };

export function wrestlerCells(changes: CellsOf<(typeof WRESTLER_COLUMNS)[number]> = {}): Cells {
  const good = { id: 'L001', nom_arene: 'Modou Lô', source: 'https://example.sn/a', confidence: 'high' };
  return { ...emptyCells(WRESTLER_COLUMNS), ...good, ...changes };
}

export function boutCells(changes: CellsOf<(typeof BOUT_COLUMNS)[number]> = {}): Cells {
  const good = {
    id: 'C001',
    date: '2024-01-01',
    lutteur_a: 'Modou Lô',
    lutteur_b: 'Siteu',
    resultat: 'victoire',
    vainqueur: 'Siteu',
    source: 'https://example.sn/b',
    confidence: 'high',
  };
  return { ...emptyCells(BOUT_COLUMNS), ...good, ...changes };
}

/** Rows as a file would give them: the first data row is on line 2. */
export function fileRows(rows: readonly Cells[]): FileRow[] {
  return rows.map((cells, index) => ({ line: index + 2, cells, problem: null }));
}

/** The catalogue after the plan, as if everything had been written and nobody had corrected anything. */
export function stateAfter(plan: ImportPlan, before: CatalogueState = EMPTY_STATE): CatalogueState {
  const wrestlers = plan.wrestlers.flatMap(({ value, cells }) => (value ? [{ value, cells }] : []));
  const bouts = plan.bouts.flatMap(({ value, cells }) => (value ? [{ value, cells }] : []));
  const written = new Set([...wrestlers, ...bouts].map((row) => row.value.officialId));
  return {
    ...before,
    wrestlers: [...before.wrestlers.filter((row) => !written.has(row.value.officialId)), ...wrestlers],
    bouts: [...before.bouts.filter((row) => !written.has(row.value.officialId)), ...bouts],
  };
}

export { EMPTY_STATE };

function emptyCells(columns: readonly string[]): Record<string, string> {
  return Object.fromEntries(columns.map((column) => [column, '']));
}

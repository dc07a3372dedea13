import type { LineShown } from '#core/api/reconciliation-pages.ts';
import { csvText } from '../csv.ts';

const COLUMNS = [
  ['date', (line: LineShown) => line.at],
  ['transaction', (line: LineShown) => line.transaction],
  ['mouvement', (line: LineShown) => line.kind],
  ['libelle_operateur', (line: LineShown) => line.rawKind],
  ['etat', (line: LineShown) => line.state],
  ['net_xof', (line: LineShown) => line.netXof],
  ['frais_xof', (line: LineShown) => line.feeXof],
  ['taxe_xof', (line: LineShown) => line.taxXof],
  ['taxe_payee_par_operateur', (line: LineShown) => (line.isTaxPaidByProvider ? 'oui' : 'non')],
  ['chez_nous_xof', (line: LineShown) => line.oursXof],
  ['chez_operateur_xof', (line: LineShown) => line.theirsXof],
  ['solde_apres_xof', (line: LineShown) => line.balanceXof],
  ['reference', (line: LineShown) => line.reference],
] as const;

export function writeCsv(lines: readonly LineShown[]): string {
  return csvText([
    COLUMNS.map(([name]) => name),
    ...lines.map((line) => COLUMNS.map(([, read]) => read(line))),
  ]);
}

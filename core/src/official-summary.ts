/**
 * An import in figures, and in lines for the person who reads it.
 */
import { countVerdicts, type ImportPlan, type JudgedRow } from './official-import.ts';
import { type Reason, reasonText } from './official-reasons.ts';
import type { Confidence } from './official-record.ts';

export interface ImportSummary {
  /** Rows that stand, by the confidence of their sources. */
  readonly wrestlersByConfidence: Readonly<Record<Confidence, number>>;
  readonly boutsByConfidence: Readonly<Record<Confidence, number>>;
  /** Names that no row of the wrestlers' file bears. */
  readonly stubCount: number;
  /** Bouts of high confidence that name one of them. */
  readonly highBoutsWithStub: number;
  /** Bouts of high confidence that name one of them, or a wrestler whose own row is not of high confidence. */
  readonly highBoutsWithoutPage: number;
}

export interface FileNames {
  readonly wrestlers: string;
  readonly bouts: string;
}

export function summarise(plan: ImportPlan): ImportSummary {
  const highWrestlers = new Set(
    plan.wrestlers.flatMap((row) => (row.value?.confidence === 'high' ? [row.value.officialId] : [])),
  );
  const highBouts = plan.bouts.flatMap((row) => (row.value?.confidence === 'high' ? [row.value] : []));
  return {
    wrestlersByConfidence: countConfidence(plan.wrestlers),
    boutsByConfidence: countConfidence(plan.bouts),
    stubCount: plan.stubNames.size,
    highBoutsWithStub: highBouts.filter(({ a, b }) => a.startsWith('~') || b.startsWith('~')).length,
    highBoutsWithoutPage: highBouts.filter(({ a, b }) => !highWrestlers.has(a) || !highWrestlers.has(b))
      .length,
  };
}

/** The whole report in French, one line each. `runId` is null for a preview. */
export function reportLines(plan: ImportPlan, names: FileNames, runId: number | null): string[] {
  const summary = summarise(plan);
  return [
    runId === null
      ? 'Import officiel : aperçu, rien n’est écrit'
      : `Import officiel : appliqué (n° ${runId})`,
    countLine(names.wrestlers, plan.wrestlers),
    confidenceLine(summary.wrestlersByConfidence),
    countLine(names.bouts, plan.bouts),
    confidenceLine(summary.boutsByConfidence),
    `noms sans fiche : ${summary.stubCount} ; parmi les ${summary.boutsByConfidence.high} combats de confiance haute, ` +
      `${summary.highBoutsWithStub} en citent un et ${summary.highBoutsWithoutPage} citent quelqu’un sans fiche de confiance haute`,
    ...(plan.absentIds.length > 0 ? [`absents des fichiers, gardés : ${plan.absentIds.join(', ')}`] : []),
    ...plan.wrestlers.flatMap((row) => rowLines(names.wrestlers, row)),
    ...plan.bouts.flatMap((row) => rowLines(names.bouts, row)),
  ];
}

function countLine(name: string, rows: readonly JudgedRow<unknown>[]): string {
  const { total, new: added, changed, unchanged, conflicting, rejected } = countVerdicts(rows);
  return (
    `${name} : ${total} lignes = ${added} nouvelles + ${changed} modifiées + ${unchanged} inchangées ` +
    `+ ${conflicting} en conflit + ${rejected} rejetées`
  );
}

function confidenceLine({ high, medium, low }: Readonly<Record<Confidence, number>>): string {
  return `  confiance : ${high} haute (publiées), ${medium} moyenne (à relire), ${low} basse (retenues)`;
}

/** What a person has to know about a row; nothing for a row that is simply new or unchanged. */
function rowLines(name: string, row: JudgedRow<unknown>): string[] {
  const where = `${name} ligne ${row.line}${row.officialId === null ? '' : ` (${row.officialId})`}`;
  const say = (kind: string) => (why: Reason) => `${where} ${kind} : ${reasonText(why)}`;
  return [
    ...row.reasons.map(say(row.verdict === 'rejected' ? 'rejetée' : 'en conflit')),
    ...row.differences.map(
      ({ field, before, after }) => `${where} modifiée : ${field} ${before ?? '∅'} → ${after ?? '∅'}`,
    ),
    ...row.remarks.map(say('remarque')),
  ];
}

function countConfidence(
  rows: readonly JudgedRow<{ readonly confidence: Confidence }>[],
): Record<Confidence, number> {
  const counts = { high: 0, medium: 0, low: 0 };
  for (const row of rows) if (row.value) counts[row.value.confidence] += 1;
  return counts;
}

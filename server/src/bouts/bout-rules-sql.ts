/** The durations and warnings of a gala as core/rule-card.ts reads them: `gala` is its alias in the statement. */
export function boutRulesOf(gala: string): string {
  return `jsonb_build_object('roundCount', ${gala}.round_count, 'roundMinutes', ${gala}.round_minutes,
    'breakMinutes', ${gala}.break_minutes, 'extensionMinutes', ${gala}.extension_minutes,
    'warningsLimit', ${gala}.warnings_limit)`;
}

/** A rule card of the default settings, for tests. */
import { winnerQuestion } from '../question.ts';
import { makeRuleCard, type RuleCard, type RuleTerms } from '../rule-card.ts';
import { defaultBetLimits, defaultRates, defaultSettings } from '../settings.ts';

export function testRuleCard(given: Partial<RuleTerms> = {}): RuleCard {
  return makeRuleCard({
    question: winnerQuestion,
    rates: defaultRates,
    limits: defaultBetLimits,
    authority: 'FSL',
    boutRules: { roundCount: 2, roundMinutes: 10, breakMinutes: 5, extensionMinutes: 0, warningsLimit: 5 },
    payoutPolicy: 'verdict',
    postponementMs: defaultSettings.postponementMs,
    ...given,
  });
}

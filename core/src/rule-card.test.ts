import assert from 'node:assert/strict';
import { test } from 'node:test';
import { methodGroups, type Question, questionText, sideText, winnerQuestion } from './question.ts';
import { canonicalJson, RULE_CARD_VERSION } from './rule-card.ts';
import { defaultBetLimits, defaultRates } from './settings.ts';
import { testRuleCard } from './testing/rule-card.ts';

const questions: readonly Question[] = [
  winnerQuestion,
  { kind: 'over_under', lineSeconds: 450 },
  ...methodGroups.map((group) => ({ kind: 'method', group }) as const),
];

test('a rule card carries the terms it was made with', () => {
  const { texts: _, ...card } = testRuleCard();
  assert.deepEqual(card, {
    version: RULE_CARD_VERSION,
    question: winnerQuestion,
    rates: defaultRates,
    limits: defaultBetLimits,
    authority: 'FSL',
    boutRules: { roundCount: 2, roundMinutes: 10, breakMinutes: 5, extensionMinutes: 0, warningsLimit: 5 },
    payoutPolicy: 'verdict',
    postponementMs: 7 * 24 * 3_600_000,
  });
});

test('the card of a winner market says in French what wins and what gives the stakes back', () => {
  const { wins, voids } = testRuleCard().texts.fr;
  const text = [...wins, ...voids].join(' ').toLowerCase();
  const words = ['chute', 'appuis', 'ko', 'arrêt', 'abandon', 'avertissements', 'décision', 'nul', 'verdict'];
  for (const word of [...words, 'disqualification', 'forfait', 'remplacé', 'annulé', 'reporté', '7 jours'])
    assert.ok(text.includes(word), `the rule card speaks of: ${word}`);
});

for (const question of questions) {
  test(`${questionText(question)}: as many sentences in Wolof as in French, under either policy`, () => {
    for (const payoutPolicy of ['verdict', 'homologation'] as const) {
      const { fr, wo } = testRuleCard({ question, payoutPolicy }).texts;
      assert.equal(wo.wins.length, fr.wins.length);
      assert.equal(wo.voids.length, fr.voids.length);
      assert.equal(fr.wins.at(-1)?.includes('homologué'), payoutPolicy === 'homologation');
    }
  });
}

test('sides are called by what they bet on', () => {
  const names = { a: 'Modou Lô', b: 'Sa Thiès' };
  const [winner, line, fall] = questions;
  assert.deepEqual(
    [winner, line, fall].flatMap((question) =>
      (['A', 'B'] as const).map((side) => sideText(question ?? winnerQuestion, side, names)),
    ),
    [
      'Modou Lô',
      'Sa Thiès',
      'Plus de 7\u00a0min\u00a030\u00a0s',
      'Moins de 7\u00a0min\u00a030\u00a0s',
      'Oui, par chute',
      'Non, par chute',
    ],
  );
});

test('canonical JSON does not depend on the order of the fields, and tells every value', () => {
  assert.equal(canonicalJson({ b: 1, a: [{ d: null, c: 'é"' }] }), '{"a":[{"c":"é\\"","d":null}],"b":1}');
  const card = testRuleCard();
  const shuffled = Object.fromEntries(Object.entries(card).reverse());
  assert.equal(canonicalJson(shuffled), canonicalJson(JSON.parse(JSON.stringify(card))));
  assert.notEqual(canonicalJson({ ...card, authority: 'CNG' }), canonicalJson(card));
});

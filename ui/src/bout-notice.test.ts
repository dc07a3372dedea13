/** What players are told of a bout that is moved or not fought, word by word. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { boutNotice } from './bout-notice.ts';

const two = 'Modou Lô – Siteu';

for (const [kind, detail, fr] of [
  [
    'bout_postponed',
    '2026-11-29T17:00:00.000Z|2026-12-02T00:00:00.000Z|open',
    'combat reporté au dimanche 29 novembre à 17\u00a0h. Vos paris tiennent si les deux mêmes lutteurs se rencontrent au plus tard le mardi 1er décembre ; sinon chaque mise vous est rendue. Un défi pas encore pris peut se retirer.',
  ],
  [
    'bout_postponed',
    'undated|2026-12-02T00:00:00.000Z|closed',
    'combat reporté, la nouvelle date n’est pas connue. Vos paris tiennent si les deux mêmes lutteurs se rencontrent au plus tard le mardi 1er décembre ; sinon chaque mise vous est rendue.',
  ],
  ['bout_postponed', 'void', 'le combat n’a pas lieu dans les temps. Chaque mise vous est rendue en entier.'],
  [
    'leg_postponed',
    'undated||open',
    'combat reporté, la nouvelle date n’est pas connue. Dans vos paris mutuels, il compte si son résultat vient avant l’heure de leur règle ; sinon il est juste pour tous, et la mise est rendue s’il est le seul combat.',
  ],
  [
    'bout_unfought',
    'forfeit',
    'forfait avant le combat. Les paris sont arrêtés. Chaque mise vous est rendue en entier, sans frais, dès qu’une deuxième personne de la maison l’a confirmé.',
  ],
  [
    'leg_unfought',
    'opponent_replaced',
    'un lutteur est remplacé, ce combat n’a pas lieu. Dans vos paris mutuels, il compte comme juste pour tous ; s’il est le seul combat, la mise est rendue.',
  ],
] as const) {
  it(`${kind}: ${detail}`, () => {
    const notice = boutNotice(kind, `${two}|${detail}`);
    assert.equal(notice.fr, `${two} : ${fr}`);
    assert.match(notice.wo, /^Modou Lô – Siteu : \S.*\.$/);
    assert.notEqual(notice.wo, notice.fr);
  });
}

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { foldName, slugOf, tidyText } from './name.ts';

describe('foldName', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['Modou Lô', 'modou lo'],
    ['Lo\u0302', 'lo'],
    ['Gouy-Gui', 'gouy gui'],
    ['l’Homme  au Serpent', 'l homme au serpent'],
    ["l'Homme au serpent ", 'l homme au serpent'],
    ['Saloum‑Saloum', 'saloum saloum'],
    ['Ŋas Œuf İ', 'nas oeuf i'],
    ['3e Tigre de Fass', '3e tigre de fass'],
    ['%_\\', ''],
    ['', ''],
  ];
  for (const [name, folded] of cases) {
    it(`${JSON.stringify(name)} → ${JSON.stringify(folded)}`, () => assert.equal(foldName(name), folded));
  }

  it('folding twice is folding once, and only letters, digits and single spaces are left', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const folded = foldName(name);
        assert.equal(foldName(folded), folded);
        assert.match(folded, /^(?:[\p{L}\p{N}]+(?: [\p{L}\p{N}]+)*)?$/u);
      }),
    );
  });
});

describe('slugOf', () => {
  it('is an address', () => {
    assert.equal(slugOf('Thiatou Daouda Fall'), 'thiatou-daouda-fall');
    assert.equal(slugOf('Boîte Vocale'), 'boite-vocale');
    assert.equal(slugOf('لامب'), '');
  });
});

describe('tidyText', () => {
  it('composes accents and folds spaces', () => assert.equal(tidyText(' Se\u0300ne \u00a0 Jr '), 'Sène Jr'));
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Cells } from './official-cells.ts';
import { type CatalogueState, countVerdicts, type JudgedRow, planImport } from './official-import.ts';
import { officialReasons, reason, reasonText } from './official-reasons.ts';
import { boutCells, EMPTY_STATE, fileRows, stateAfter, wrestlerCells } from './testing/official-rows.ts';

const modou = wrestlerCells({ annee_debut_frappe: '2006' });
const siteu = wrestlerCells({ id: 'L002', nom_arene: 'Siteu', surnoms: 'Yalmine' });

describe('planImport', () => {
  it('finds both wrestlers without accents or case, and makes a stub of an unknown name', () => {
    const { bouts, stubNames } = plan(
      [modou, siteu],
      [
        boutCells({ lutteur_a: 'MODOU LO', vainqueur: 'SITEU', lutteur_b: 'Sitéu' }),
        boutCells({ id: 'C002', lutteur_b: 'Tigre', vainqueur: 'Tigre' }),
        boutCells({ id: 'C003', lutteur_b: 'TIGRE', vainqueur: 'Tigre', date: '' }),
      ],
    );
    assert.deepEqual(
      bouts.map((row) => [row.verdict, row.value?.a, row.value?.b]),
      [
        ['new', 'L001', 'L002'],
        ['new', 'L001', '~tigre'],
        ['new', 'L001', '~tigre'],
      ],
    );
    assert.deepEqual([...stubNames], [['~tigre', 'Tigre']]);
  });

  it('takes a nickname that one wrestler bears, and says so', () => {
    const { bouts } = plan([modou, siteu], [boutCells({ lutteur_b: 'Yalmine', vainqueur: 'Yalmine' })]);
    assert.equal(bouts[0]?.value?.b, 'L002');
    assert.deepEqual(codes(bouts[0]), ['matched_by_alias']);
  });

  it('leaves a nickname alone when the bout is older than its bearer’s first season', () => {
    const young = wrestlerCells({
      id: 'L013',
      nom_arene: 'Boy Niang 2',
      surnoms: 'Baye Fall',
      annee_debut_frappe: '2008',
    });
    const bout = boutCells({ lutteur_a: 'Baye Fall', date: '2001-05-24' });
    const { bouts } = plan([siteu, young], [bout]);
    assert.deepEqual(
      bouts.map((row) => row.value?.a),
      ['~baye fall'],
    );
    assert.deepEqual(codes(bouts[0]), ['alias_excluded']);
  });

  it('never chooses between two', () => {
    const twins = [modou, siteu, wrestlerCells({ id: 'L003', nom_arene: 'SITEU' })];
    const twoYalmine = [modou, siteu, wrestlerCells({ id: 'L003', nom_arene: 'Zoss', surnoms: 'yalmine' })];
    const byName = plan(twins, [boutCells()]).bouts[0];
    const byAlias = plan(twoYalmine, [boutCells({ lutteur_b: 'Yalmine', vainqueur: 'Yalmine' })]).bouts[0];
    for (const row of [byName, byAlias]) {
      assert.equal(row?.verdict, 'conflicting');
      assert.deepEqual(codes(row), ['name_ambiguous']);
      assert.equal(row?.value, null);
    }
    assert.deepEqual(byName?.reasons[0]?.params, { name: 'Siteu', candidates: 'L002, L003' });
  });

  it('does not make a stub of a wrestler whose own row is refused', () => {
    const { wrestlers, bouts, stubNames } = plan(
      [modou, wrestlerCells({ id: 'L002', nom_arene: 'Siteu', poids_kg: 'x' })],
      [boutCells()],
    );
    assert.equal(wrestlers[1]?.verdict, 'rejected');
    assert.deepEqual(codes(bouts[0]), ['name_of_rejected_row']);
    assert.equal(stubNames.size, 0);
  });

  it('keeps the earlier row of a wrestler whose new row is refused', () => {
    const before = stateAfter(plan([modou, siteu], []));
    const broken = wrestlerCells({ id: 'L002', nom_arene: 'Siteu', poids_kg: 'x' });
    const { bouts } = plan([modou, broken], [boutCells()], before);
    assert.equal(bouts[0]?.value?.b, 'L002');
  });

  it('asks a person about a bout before the first season of whom it names', () => {
    const { bouts } = plan([modou, siteu], [boutCells({ date: '2005' })]);
    assert.deepEqual(codes(bouts[0]), ['bout_before_debut']);
    assert.equal(plan([modou, siteu], [boutCells({ date: '' })]).bouts[0]?.verdict, 'new');
  });

  it('refuses every row of an id given twice', () => {
    const { wrestlers, bouts } = plan(
      [modou, { ...siteu, id: 'L001' }],
      [boutCells(), boutCells({ date: '2020' })],
    );
    assert.deepEqual(
      [...wrestlers, ...bouts].map((row) => [row.verdict, codes(row)]),
      [
        ['rejected', ['id_twice']],
        ['rejected', ['id_twice']],
        ['rejected', ['id_twice']],
        ['rejected', ['id_twice']],
      ],
    );
    assert.deepEqual(wrestlers[1]?.reasons[0]?.params, { id: 'L001', lines: '2' });
  });

  it('holds one evening told twice, whichever way round', () => {
    const again = boutCells({ id: 'C002', lutteur_a: 'Siteu', lutteur_b: 'Modou Lô' });
    assert.deepEqual(plan([modou, siteu], [boutCells(), again]).bouts.map(codes), [
      ['same_bout_twice'],
      ['same_bout_twice'],
    ]);
    const known = stateAfter(plan([modou, siteu], [boutCells()]));
    assert.deepEqual(plan([modou, siteu], [again], known).bouts.map(codes), [['same_bout_twice']]);
    const sameYear = [boutCells({ date: '2024' }), boutCells({ id: 'C002', date: '2024' })];
    assert.deepEqual(
      plan([modou, siteu], sameYear).bouts.map((row) => row.verdict),
      ['new', 'new'],
    );
  });

  it('lists what the catalogue has and the files have not', () => {
    const known = stateAfter(plan([modou, siteu], [boutCells()]));
    assert.deepEqual(plan([modou], [], known).absentIds, ['L002', 'C001']);
  });
});

describe('planImport, again', () => {
  const first = plan([modou, siteu], [boutCells()]);
  const known = stateAfter(first);

  it('changes nothing the second time', () => {
    const again = plan([modou, siteu], [boutCells()], known);
    assert.equal(countVerdicts(again.wrestlers).unchanged, 2);
    assert.equal(countVerdicts(again.bouts).unchanged, 1);
  });

  it('names each field that the file changes', () => {
    const { wrestlers } = plan([{ ...modou, poids_kg: '95', surnoms: 'XLO' }, siteu], [], known);
    assert.equal(wrestlers[0]?.verdict, 'changed');
    assert.deepEqual(wrestlers[0]?.differences, [
      { field: 'weightKg', before: null, after: '95' },
      { field: 'aliases', before: '[]', after: '["XLO"]' },
    ]);
  });

  it('keeps a correction made here, and moves the fields the file changes', () => {
    const corrected = correct(known, { weightKg: 96 });
    assert.equal(plan([modou, siteu], [], corrected).wrestlers[0]?.verdict, 'unchanged');
    const row = plan([{ ...modou, taille_m: '1.80' }, siteu], [], corrected).wrestlers[0];
    assert.equal(row?.verdict, 'changed');
    assert.equal(row?.value?.weightKg, 96);
    assert.equal(row?.value?.heightCm, 180);
  });

  it('asks a person when a field changed here and in the file', () => {
    const row = plan([{ ...modou, poids_kg: '95' }, siteu], [], correct(known, { weightKg: 96 }))
      .wrestlers[0];
    assert.equal(row?.verdict, 'conflicting');
    assert.deepEqual(row?.reasons[0]?.params, { field: 'weightKg', mine: '96', theirs: '95' });
    // The file comes to the same value: nothing to ask.
    const agreed = plan([{ ...modou, poids_kg: '96' }, siteu], [], correct(known, { weightKg: 96 }))
      .wrestlers[0];
    assert.equal(agreed?.verdict, 'changed');
    assert.deepEqual(agreed?.differences, [{ field: 'poids_kg', before: '', after: '96' }]);
  });

  it('moves a bout from a stub to the wrestler who takes the name', () => {
    const withStub = stateAfter(plan([modou], [boutCells()]));
    const stubs = [{ name: 'Siteu', firstBoutYear: 2024 }];
    const { wrestlers, bouts } = plan([modou, siteu], [boutCells()], { ...withStub, stubs });
    assert.deepEqual(codes(wrestlers[1]), ['stub_becomes_wrestler']);
    assert.deepEqual(
      bouts[0]?.differences.map((difference) => [difference.field, difference.after]),
      [['b', 'L002']],
    );
    const older = { ...withStub, stubs: [{ name: 'Siteu', firstBoutYear: 1990 }] };
    assert.deepEqual(
      codes(plan([modou, { ...siteu, annee_debut_frappe: '2009' }], [], older).wrestlers[1]),
      [],
    );
  });
});

describe('every row gets one verdict', () => {
  const names = fc.constantFrom('Modou Lô', 'modou lo', 'Siteu', 'Yalmine', 'Tigre', '', 'x\u0000');
  const wrestler = fc.record({
    id: fc.constantFrom('L001', 'L002', 'L003', 'bad', ''),
    nom_arene: names,
    poids_kg: fc.constantFrom('', '95', 'x'),
    surnoms: names,
  });
  const bout = fc.record({
    id: fc.constantFrom('C001', 'C002', 'C003', ''),
    date: fc.constantFrom('', '2024', '2024-01-01', '1990', 'x'),
    lutteur_a: names,
    lutteur_b: names,
    resultat: fc.constantFrom('victoire', 'nul', '?'),
    vainqueur: names,
  });

  it('and the counts add up, and a second run has nothing new or changed', () => {
    fc.assert(
      fc.property(
        fc.array(wrestler, { maxLength: 6 }),
        fc.array(bout, { maxLength: 6 }),
        (wrestlers, bouts) => {
          const files = {
            wrestlers: fileRows(wrestlers.map(wrestlerCells)),
            bouts: fileRows(bouts.map(boutCells)),
          };
          const once = planImport(files, EMPTY_STATE);
          const twice = planImport(files, stateAfter(once));
          for (const [rows, again] of [
            [once.wrestlers, twice.wrestlers],
            [once.bouts, twice.bouts],
          ] as const) {
            const { total, ...verdicts } = countVerdicts(rows);
            assert.equal(
              Object.values(verdicts).reduce((sum, count) => sum + count, 0),
              total,
            );
            for (const row of rows) assert.equal(row.value !== null, row.verdict === 'new');
            const counts = countVerdicts(again);
            assert.deepEqual([counts.new, counts.changed], [0, 0]);
            assert.equal(counts.unchanged, verdicts.new);
          }
        },
      ),
    );
  });
});

describe('officialReasons', () => {
  it('a sentence has no parameter left open when they are given', () => {
    assert.equal(reasonText(reason('cell_count', { found: 3, expected: 15 })), '3 cellules au lieu de 15');
    for (const [code, text] of Object.entries(officialReasons)) assert.ok(text.length > 10, code);
  });
});

function plan(wrestlers: readonly Cells[], bouts: readonly Cells[], state: CatalogueState = EMPTY_STATE) {
  return planImport({ wrestlers: fileRows(wrestlers), bouts: fileRows(bouts) }, state);
}

function codes(row: JudgedRow<unknown> | undefined) {
  return [...(row?.reasons ?? []), ...(row?.remarks ?? [])].map((why) => why.code);
}

/** The same catalogue after a person has corrected the first wrestler. */
function correct(state: CatalogueState, change: { readonly weightKg: number }): CatalogueState {
  const wrestlers = state.wrestlers.map((row, index) =>
    index === 0 ? { ...row, value: { ...row.value, ...change } } : row,
  );
  return { ...state, wrestlers };
}

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ReasonCode } from './official-reasons.ts';
import { readBout, readWrestler } from './official-record.ts';
import { boutCells, wrestlerCells } from './testing/official-rows.ts';

describe('readWrestler', () => {
  it('reads every column, and leaves the empty ones unknown', () => {
    const reading = readWrestler(
      wrestlerCells({
        nom_arene: ' Papa  Sow ',
        date_naissance: '1985-12-28',
        annee_naissance: '1985',
        taille_m: '1.78',
        ecurie: 'Jambaar Wrestling Academy (ex-Fass)',
        surnoms: 'Puma de Fass; ;PAPA SOW; Puma de Fass',
        statut: 'retraité',
        victoires: '23',
        defaites: '3',
        nuls: '0',
        bilan_au: '2001',
        titres: 'CLAF 2007-2008; Roi',
        source: 'https://a.sn/x | http://b.sn/y',
      }),
    );
    assert.deepEqual(reading, {
      row: {
        officialId: 'L001',
        ringName: 'Papa Sow',
        legalName: null,
        bornOn: '1985-12-28',
        birthPlace: null,
        heightCm: 178,
        weightKg: null,
        stables: [
          { name: 'Jambaar Wrestling Academy', hasLeft: false },
          { name: 'Fass', hasLeft: true },
        ],
        aliases: ['Puma de Fass'],
        status: 'retired',
        debutYear: null,
        record: { wins: 23, losses: 3, draws: 0, noVerdicts: null, asOf: '2001' },
        titles: ['CLAF 2007-2008', 'Roi'],
        notes: null,
        sources: ['https://a.sn/x', 'http://b.sn/y'],
        confidence: 'high',
      },
    });
  });

  const bad: readonly (readonly [Parameters<typeof wrestlerCells>[0], readonly ReasonCode[]])[] = [
    [{ id: '' }, ['cell_missing']],
    [{ id: 'C001' }, ['id_bad']],
    [{ id: 'L1' }, ['id_bad']],
    [{ id: 'L001; DROP TABLE wrestler' }, ['id_bad']],
    [{ nom_arene: '' }, ['cell_missing']],
    [{ nom_arene: ' - ' }, ['name_bad']],
    [{ nom_arene: 'x'.repeat(81) }, ['cell_too_long']],
    [{ nom_arene: 'Modou\u202eLô' }, ['cell_bad_character']],
    [{ nom_arene: 'Modou\nLô' }, ['cell_bad_character']],
    [{ notes: 'é'.repeat(2001) }, ['cell_too_long']],
    [{ date_naissance: '28/12/1985' }, ['day_bad']],
    [{ date_naissance: '1985-12' }, ['day_bad']],
    [{ date_naissance: '1985-02-30' }, ['day_bad']],
    [{ date_naissance: '1985-12-28', annee_naissance: '1986' }, ['birth_year_differs']],
    [{ annee_naissance: 'vers 1980' }, ['number_bad']],
    [{ taille_m: '1,78' }, ['number_bad']],
    [{ taille_m: '178' }, ['number_bad']],
    [{ taille_m: '9.99' }, ['number_bad']],
    [{ poids_kg: '105.5' }, ['number_bad']],
    [{ poids_kg: '-105' }, ['number_bad']],
    [{ poids_kg: '1e2' }, ['number_bad']],
    [{ statut: 'en forme' }, ['choice_unknown']],
    [{ statut: 'constructor' }, ['choice_unknown']],
    [{ victoires: '23' }, ['record_incomplete']],
    [{ nuls: '2' }, ['record_incomplete']],
    [{ victoires: '23', defaites: '3' }, ['record_incomplete']],
    [{ source: '' }, ['cell_missing']],
    [{ source: 'javascript:alert(1)' }, ['source_bad']],
    [{ source: 'http://' }, ['source_bad']],
    [{ confidence: '' }, ['cell_missing']],
    [{ confidence: 'High' }, ['choice_unknown']],
    [{ id: 'L', poids_kg: 'x', confidence: 'y' }, ['id_bad', 'number_bad', 'choice_unknown']],
  ];
  for (const [changes, codes] of bad) {
    it(`refuses ${JSON.stringify(changes).slice(0, 90)}`, () => {
      const reading = readWrestler(wrestlerCells(changes));
      assert.ok('reasons' in reading);
      assert.deepEqual(
        reading.reasons.map((why) => why.code),
        codes,
      );
    });
  }
});

describe('readBout', () => {
  it('reads every column', () => {
    const reading = readBout(
      boutCells({ date: '2018-01', methode: 'quatre appuis', duree: '40:00', vainqueur: 'modou LO' }),
    );
    assert.ok('row' in reading);
    assert.equal(reading.row.winner, 'A');
    assert.equal(reading.row.method, 'four_supports');
    assert.equal(reading.row.durationSeconds, 2400);
    assert.deepEqual(reading.row.heldOn, { text: '2018-01', first: '2018-01-01', last: '2018-01-31' });
    assert.equal(reading.row.arena, null);
  });

  it('reads a bout without a date, and one without a winner', () => {
    const reading = readBout(
      boutCells({ date: '', resultat: 'sans_verdict', vainqueur: '', methode: 'sans verdict' }),
    );
    assert.ok('row' in reading);
    assert.equal(reading.row.heldOn, null);
    assert.equal(reading.row.winner, null);
  });

  const bad: readonly (readonly [Parameters<typeof boutCells>[0], readonly ReasonCode[]])[] = [
    [{ id: 'L001' }, ['id_bad']],
    [{ date: '2024-13-01' }, ['date_bad']],
    [{ date: 'hier' }, ['date_bad']],
    [{ resultat: '' }, ['cell_missing']],
    [{ resultat: 'gagné' }, ['choice_unknown']],
    [{ vainqueur: '' }, ['winner_missing']],
    [{ vainqueur: 'Tyson' }, ['winner_not_in_bout']],
    [{ resultat: 'nul' }, ['winner_unexpected']],
    [{ resultat: 'prevu', vainqueur: 'Siteu' }, ['winner_unexpected']],
    [{ lutteur_b: 'MODOU LO', vainqueur: 'Modou Lô' }, ['same_wrestler']],
    [{ lutteur_b: '' }, ['cell_missing', 'winner_not_in_bout']],
    [{ methode: 'nul' }, ['method_contradicts_result']],
    [{ methode: 'prise secrète' }, ['choice_unknown']],
    [{ duree: '12' }, ['duration_bad']],
    [{ duree: '0:00' }, ['duration_bad']],
    [{ duree: '1:60' }, ['duration_bad']],
    [{ duree: '999:00' }, ['duration_bad']],
  ];
  for (const [changes, codes] of bad) {
    it(`refuses ${JSON.stringify(changes)}`, () => {
      const reading = readBout(boutCells(changes));
      assert.ok('reasons' in reading);
      assert.deepEqual(
        reading.reasons.map((why) => why.code),
        codes,
      );
    });
  }
});

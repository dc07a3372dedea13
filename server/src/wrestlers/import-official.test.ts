import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { Verdict } from '#core/official-import.ts';
import { boutCells, wrestlerCells } from '#core/testing/official-rows.ts';
import { type Db, one, openDb } from '#server/db.ts';
import { countRows, filesOf, NOTHING_NEW } from '#server/testing/official-files.ts';
import { createTestDatabase, type TestDatabase } from '#server/testing/test-database.ts';
import { applyImport, type ImportReport, previewImport } from './import-official.ts';
import { findWrestlerById } from './queries.ts';
import { ImportRefused } from './read-official-file.ts';
import { reviewOfficialBout, reviewWrestler } from './review-official.ts';

const ACTOR = { actor: 'Awa' };

describe('applyImport', () => {
  let database: TestDatabase;
  let db: Db;

  beforeEach(async () => {
    database = await createTestDatabase();
    db = openDb({ connectionString: database.appUrl });
  });
  afterEach(async () => {
    await db.close();
    await database.drop();
  });

  const modou = wrestlerCells({ surnoms: 'XLO', ecurie: 'Rock Énergie' });
  const siteu = wrestlerCells({ id: 'L002', nom_arene: 'Siteu', confidence: 'medium' });

  it('writes the good rows and notes the bad ones with their line, reason and text', async () => {
    const files = filesOf(
      [modou, wrestlerCells({ id: 'L002', nom_arene: 'Siteu', date_naissance: 'hier' })],
      [
        boutCells(),
        boutCells({ id: 'C002', lutteur_b: 'Tigre', vainqueur: 'Lion' }),
        boutCells({ id: 'C003', lutteur_b: 'Tigre', vainqueur: 'Tigre' }),
      ],
    );
    const report = await applyImport(db, files, ACTOR);
    assert.deepEqual(verdicts(report), {
      wrestlers: ['new', 'rejected'],
      bouts: ['conflicting', 'rejected', 'new'],
    });
    assert.deepEqual(await countRows(db), { wrestlers: 2, bouts: 1, runs: 1, rows: 5 });
    const rows = await db.query(
      `SELECT file, line, official_id, verdict, reasons->0->>'code' AS code, source_row->>'id' AS id
         FROM import_row WHERE verdict IN ('conflicting', 'rejected') ORDER BY file, line`,
    );
    assert.deepEqual(rows, [
      {
        file: 'bouts',
        line: 2,
        official_id: 'C001',
        verdict: 'conflicting',
        code: 'name_of_rejected_row',
        id: 'C001',
      },
      {
        file: 'bouts',
        line: 3,
        official_id: 'C002',
        verdict: 'rejected',
        code: 'winner_not_in_bout',
        id: 'C002',
      },
      { file: 'wrestlers', line: 3, official_id: 'L002', verdict: 'rejected', code: 'day_bad', id: 'L002' },
    ]);
  });

  it('refuses a broken file whole: nothing of the other one is written', async () => {
    const files = {
      ...filesOf([modou], []),
      bouts: { name: 'combats.csv', bytes: Buffer.from('id,date\n') },
    };
    await assert.rejects(applyImport(db, files, ACTOR), ImportRefused);
    await assert.rejects(previewImport(db, files), ImportRefused);
    assert.deepEqual(await countRows(db), { wrestlers: 0, bouts: 0, runs: 0, rows: 0 });
  });

  it('undoes everything when the database refuses in the middle', async () => {
    const owner = openDb({ connectionString: database.ownerUrl });
    await owner.query(`ALTER TABLE official_bout ADD CONSTRAINT planted CHECK (title IS NULL)`);
    await owner.close();
    const files = filesOf([modou, siteu], [boutCells({ titre_en_jeu: 'Roi des arènes' })]);
    await assert.rejects(applyImport(db, files, ACTOR), /planted/);
    assert.deepEqual(await countRows(db), { wrestlers: 0, bouts: 0, runs: 0, rows: 0 });
  });

  it('writes once when five apply at the same time', async () => {
    const files = filesOf(
      [modou, siteu],
      [boutCells(), boutCells({ id: 'C002', lutteur_b: 'Tigre', vainqueur: 'Tigre' })],
    );
    const reports = await Promise.all(Array.from({ length: 5 }, () => applyImport(db, files, ACTOR)));
    const added = reports.map((report) => report.counts.wrestlers.new + report.counts.bouts.new);
    assert.deepEqual(
      added.toSorted((a, b) => a - b),
      [0, 0, 0, 0, 4],
    );
    assert.deepEqual(await countRows(db), { wrestlers: 3, bouts: 2, runs: 5, rows: 4 });
  });

  it('shows the differences of a changed row and writes them, aliases and stable included', async () => {
    await applyImport(db, filesOf([modou, siteu], [boutCells()]), ACTOR);
    const changed = filesOf(
      [
        { ...modou, surnoms: 'Xaragne Lô; XLO', ecurie: 'Walo', poids_kg: '95', nom_arene: 'Modou Lo' },
        siteu,
      ],
      [boutCells({ vainqueur: 'Modou Lô', methode: 'KO' })],
    );
    const preview = await previewImport(db, changed);
    const report = await applyImport(db, changed, ACTOR);
    assert.deepEqual(verdicts(report), { wrestlers: ['changed', 'unchanged'], bouts: ['changed'] });
    assert.deepEqual(preview.plan, report.plan);
    assert.deepEqual(
      report.plan.wrestlers[0]?.differences.map((difference) => difference.field),
      ['ringName', 'weightKg', 'stables', 'aliases'],
    );
    const wrestler = await findWrestlerById(db, await idOf(db, 'L001'));
    assert.equal(wrestler?.name, 'Modou Lo');
    assert.equal(wrestler.slug, 'modou-lo');
    assert.equal(wrestler.weightKg, 95);
    assert.deepEqual(wrestler.aliases, ['Xaragne Lô', 'XLO']);
    assert.deepEqual(
      wrestler.stables.map((stable) => stable.name),
      ['Walo'],
    );
    assert.deepEqual(
      one(await db.query<object>(`SELECT winner_id = wrestler_a_id AS won, method FROM official_bout`)),
      {
        won: true,
        method: 'ko',
      },
    );
    assert.deepEqual((await applyImport(db, changed, ACTOR)).counts.wrestlers, {
      ...NOTHING_NEW,
      unchanged: 2,
      total: 2,
    });
  });

  it('leaves a reviewer’s decision alone, whatever the file says next', async () => {
    await applyImport(db, filesOf([modou, siteu], [boutCells({ confidence: 'low' })]), ACTOR);
    const siteuId = await idOf(db, 'L002');
    assert.equal(await findWrestlerById(db, siteuId), null);
    await db.transaction(async (tx) => {
      assert.equal(await reviewWrestler(tx, siteuId, { publication: 'published', actor: 'Awa' }), true);
      assert.equal(await reviewOfficialBout(tx, 1, { publication: 'published', actor: 'Awa' }), true);
      assert.equal(await reviewWrestler(tx, 999, { publication: 'published', actor: 'Awa' }), false);
    });
    const next = filesOf(
      [
        { ...modou, confidence: 'low' },
        { ...siteu, confidence: 'low', poids_kg: '120' },
      ],
      [boutCells({ confidence: 'medium' })],
    );
    assert.deepEqual(verdicts(await applyImport(db, next, ACTOR)), {
      wrestlers: ['changed', 'changed'],
      bouts: ['changed'],
    });
    assert.equal((await findWrestlerById(db, siteuId))?.weightKg, 120);
    assert.equal(await findWrestlerById(db, await idOf(db, 'L001')), null);
    assert.deepEqual(await db.query('SELECT publication, confidence FROM official_bout'), [
      { publication: 'published', confidence: 'medium' },
    ]);
  });

  it('keeps a correction made in the office, and asks when the file changes the same field', async () => {
    await applyImport(db, filesOf([modou, siteu], [boutCells()]), ACTOR);
    await db.query(`UPDATE wrestler SET weight_kg = 96 WHERE official_id = 'L001'`);
    await db.query(
      `INSERT INTO wrestler_alias (wrestler_id, name, search_name, position, origin)
       SELECT id, 'Le Roc', 'le roc', 9, 'office' FROM wrestler WHERE official_id = 'L001'`,
    );
    const other = await applyImport(
      db,
      filesOf([{ ...modou, taille_m: '1.78', surnoms: 'XLO; Le roc' }, siteu], [boutCells()]),
      ACTOR,
    );
    assert.deepEqual(verdicts(other).wrestlers, ['changed', 'unchanged']);
    const wrestler = await findWrestlerById(db, await idOf(db, 'L001'));
    assert.deepEqual(
      [wrestler?.weightKg, wrestler?.heightCm, wrestler?.aliases],
      [96, 178, ['XLO', 'Le Roc']],
    );
    const same = await applyImport(
      db,
      filesOf([{ ...modou, taille_m: '1.78', surnoms: 'XLO; Le roc' }, siteu], [boutCells()]),
      ACTOR,
    );
    assert.deepEqual(verdicts(same).wrestlers, ['unchanged', 'unchanged']);
    const both = await applyImport(db, filesOf([{ ...modou, poids_kg: '95' }, siteu], [boutCells()]), ACTOR);
    assert.deepEqual(verdicts(both).wrestlers, ['conflicting', 'unchanged']);
    assert.equal((await findWrestlerById(db, await idOf(db, 'L001')))?.weightKg, 96);
  });

  it('gives a name-only wrestler his page under the same id when the file comes to know him', async () => {
    await applyImport(db, filesOf([modou], [boutCells()]), ACTOR);
    const before = one(await db.query<{ id: number }>('SELECT id FROM wrestler WHERE is_stub'));
    assert.equal(await findWrestlerById(db, before.id), null);
    const report = await applyImport(
      db,
      filesOf([modou, { ...siteu, confidence: 'high' }], [boutCells()]),
      ACTOR,
    );
    assert.deepEqual(verdicts(report), { wrestlers: ['unchanged', 'new'], bouts: ['changed'] });
    assert.equal((await findWrestlerById(db, before.id))?.name, 'Siteu');
    const again = await applyImport(
      db,
      filesOf([modou, { ...siteu, confidence: 'high' }], [boutCells()]),
      ACTOR,
    );
    assert.deepEqual(verdicts(again), { wrestlers: ['unchanged', 'unchanged'], bouts: ['unchanged'] });
    assert.deepEqual(await countRows(db), { wrestlers: 2, bouts: 1, runs: 3, rows: 4 });
  });

  it('takes text for text: quotes, SQL, HTML and letters of every script', async () => {
    const odd = `O'Brien"; DROP TABLE wrestler; -- <b>\\ ${'ŋ'} لامب`;
    await applyImport(
      db,
      filesOf([{ ...modou, notes: odd, ecurie: odd, lieu_naissance: '{a,b}' }], []),
      ACTOR,
    );
    const row = one(await db.query<object>('SELECT notes, birth_place FROM wrestler'));
    assert.deepEqual(row, { notes: odd, birth_place: '{a,b}' });
  });

  it('gives two wrestlers of one name two addresses', async () => {
    await applyImport(
      db,
      filesOf([modou, { ...modou, id: 'L002' }, { ...modou, id: 'L003', nom_arene: 'لامب' }], []),
      ACTOR,
    );
    assert.deepEqual(await db.query('SELECT slug FROM wrestler ORDER BY official_id'), [
      { slug: 'modou-lo' },
      { slug: 'modou-lo-l002' },
      { slug: 'l003' },
    ]);
  });

  it('the server’s role may add to the catalogue, and neither remove nor rewrite the trace', async () => {
    await applyImport(db, filesOf([modou, siteu], [boutCells()]), ACTOR);
    for (const sql of [
      'DELETE FROM wrestler',
      'DELETE FROM official_bout',
      'TRUNCATE official_bout',
      'UPDATE wrestler SET id = DEFAULT',
      'DELETE FROM import_row',
      `UPDATE import_run SET actor = 'x'`,
      `UPDATE stable SET name = 'x'`,
    ]) {
      await assert.rejects(db.query(sql), /permission denied|append-only/, sql);
    }
  });
});

function verdicts({ plan }: ImportReport): { wrestlers: Verdict[]; bouts: Verdict[] } {
  return { wrestlers: plan.wrestlers.map((row) => row.verdict), bouts: plan.bouts.map((row) => row.verdict) };
}

async function idOf(db: Db, officialId: string): Promise<number> {
  return one(await db.query<{ id: number }>('SELECT id FROM wrestler WHERE official_id = $1', [officialId]))
    .id;
}

import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { Verdict } from '#core/official-import.ts';
import { reasonText } from '#core/official-reasons.ts';
import { BOUT_COLUMNS, WRESTLER_COLUMNS } from '#core/official-record.ts';
import { reportLines, summarise } from '#core/official-summary.ts';
import { boutCells, wrestlerCells } from '#core/testing/official-rows.ts';
import { type Db, one, openDb } from '#server/db.ts';
import { createTestDatabase, type TestDatabase } from '#server/testing/test-database.ts';
import {
  applyImport,
  applyImportOnce,
  type ImportReport,
  type OfficialFiles,
  previewImport,
  readBundledFiles,
} from './import-official.ts';
import { findWrestlerById } from './queries.ts';
import { ImportRefused } from './read-official-file.ts';
import { reviewOfficialBout, reviewWrestler } from './review-official.ts';

const ACTOR = { actor: 'Awa' };
const NOTHING_NEW = { new: 0, changed: 0, conflicting: 0, rejected: 0 };

describe('the official files that come with the program', () => {
  let database: TestDatabase;
  let db: Db;
  let files: OfficialFiles;
  let preview: ImportReport;
  let applied: ImportReport;

  before(async () => {
    database = await createTestDatabase();
    db = openDb({ connectionString: database.appUrl });
    files = await readBundledFiles();
    preview = await previewImport(db, files);
    assert.deepEqual(await countRows(db), { wrestlers: 0, bouts: 0, runs: 0, rows: 0 });
    applied = await applyImport(db, files, ACTOR);
  });
  after(async () => {
    await db.close();
    await database.drop();
  });

  it('are read whole: 114 wrestlers and 259 bouts, as the preview said', () => {
    assert.deepEqual(applied.counts, {
      wrestlers: { ...NOTHING_NEW, new: 114, unchanged: 0, total: 114 },
      bouts: { ...NOTHING_NEW, new: 259, unchanged: 0, total: 259 },
    });
    assert.deepEqual(preview.counts, applied.counts);
    assert.equal(preview.runId, null);
  });

  it('name 73 people who have no row; 40 of the 113 bouts of high confidence name somebody without a page', () => {
    assert.deepEqual(summarise(applied.plan), {
      wrestlersByConfidence: { high: 30, medium: 54, low: 30 },
      boutsByConfidence: { high: 113, medium: 129, low: 17 },
      stubCount: 73,
      highBoutsWithStub: 11,
      highBoutsWithoutPage: 40,
    });
  });

  it('keep the Baye Fall of 2001 apart from the wrestler of that nickname who starts in 2008', () => {
    const remarks = applied.plan.bouts.flatMap((row) =>
      row.remarks.map((why) => `${row.officialId} ${reasonText(why)}`),
    );
    assert.deepEqual(remarks, [
      'C038 « Baye Fall » est aussi un surnom de L013, qui débute après ce combat : nom seul',
    ]);
  });

  it('are published by the confidence of their sources', async () => {
    const count = (table: string) =>
      db.query(`SELECT publication, count(*) FROM ${table} GROUP BY publication ORDER BY publication`);
    assert.deepEqual(await count('wrestler WHERE NOT is_stub'), [
      { publication: 'held', count: 30 },
      { publication: 'pending_review', count: 54 },
      { publication: 'published', count: 30 },
    ]);
    assert.deepEqual(await count('official_bout'), [
      { publication: 'held', count: 17 },
      { publication: 'pending_review', count: 129 },
      { publication: 'published', count: 113 },
    ]);
  });

  it('invent nothing: an empty cell is NULL, and every row keeps its text', async () => {
    const wrestlers = one(
      await db.query<object>(
        `SELECT count(legal_name) AS legal, count(*) FILTER (WHERE length(born_on) = 10) AS days, count(born_on) AS births,
                count(height_cm) AS heights, count(weight_kg) AS weights, count(record_as_of) AS records,
                count(*) FILTER (WHERE status IS NULL) AS unknown_status, count(source_row) AS texts
           FROM wrestler WHERE NOT is_stub`,
      ),
    );
    assert.deepEqual(wrestlers, {
      legal: 22,
      days: 6,
      births: 11,
      heights: 8,
      weights: 9,
      records: 24,
      unknown_status: 66,
      texts: 114,
    });
    const bouts = one(
      await db.query<object>(
        `SELECT count(*) FILTER (WHERE held_on IS NULL) AS undated, count(*) FILTER (WHERE method IS NULL) AS no_method,
                count(initial_verdict) AS changed_verdicts, count(winner_id) AS wins,
                count(*) FILTER (WHERE result = 'planned') AS planned
           FROM official_bout`,
      ),
    );
    assert.deepEqual(bouts, { undated: 6, no_method: 201, changed_verdicts: 5, wins: 245, planned: 4 });
    assert.deepEqual(
      one(
        await db.query<object>(
          `SELECT source_row->>'date' AS date FROM official_bout WHERE official_id = 'C182'`,
        ),
      ),
      { date: '2018-01' },
    );
  });

  it('change nothing the second time, and the run says who and when', async () => {
    const again = await applyImport(db, files, { actor: 'Ibou' });
    assert.deepEqual(again.counts, {
      wrestlers: { ...NOTHING_NEW, unchanged: 114, total: 114 },
      bouts: { ...NOTHING_NEW, unchanged: 259, total: 259 },
    });
    assert.deepEqual(await countRows(db), { wrestlers: 187, bouts: 259, runs: 2, rows: 373 });
    const runs = await db.query<{ actor: string; age_s: number }>(
      `SELECT actor, EXTRACT(EPOCH FROM clock_timestamp() - applied_at)::float8 AS age_s FROM import_run ORDER BY id`,
    );
    assert.deepEqual(
      runs.map((run) => run.actor),
      ['Awa', 'Ibou'],
    );
    for (const run of runs) assert.ok(run.age_s >= 0 && run.age_s < 60);
  });

  it('are skipped at the next start when the bytes are the same', async () => {
    assert.equal(await applyImportOnce(db, files, ACTOR), null);
  });

  it('are reported line by line, in figures that add up', () => {
    const lines = reportLines(applied.plan, { wrestlers: 'lutteurs.csv', bouts: 'combats.csv' }, 1);
    assert.deepEqual(lines.slice(0, 4), [
      'Import officiel : appliqué (n° 1)',
      'lutteurs.csv : 114 lignes = 114 nouvelles + 0 modifiées + 0 inchangées + 0 en conflit + 0 rejetées',
      '  confiance : 30 haute (publiées), 54 moyenne (à relire), 30 basse (retenues)',
      'combats.csv : 259 lignes = 259 nouvelles + 0 modifiées + 0 inchangées + 0 en conflit + 0 rejetées',
    ]);
  });
});

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

function filesOf(wrestlers: readonly object[], bouts: readonly object[]): OfficialFiles {
  return {
    wrestlers: { name: 'lutteurs.csv', bytes: Buffer.from(csvOf(WRESTLER_COLUMNS, wrestlers)) },
    bouts: { name: 'combats.csv', bytes: Buffer.from(csvOf(BOUT_COLUMNS, bouts)) },
  };
}

function csvOf(columns: readonly string[], rows: readonly object[]): string {
  const line = (values: readonly string[]) =>
    values.map((value) => `"${value.replaceAll('"', '""')}"`).join(',');
  const cells = (row: object) =>
    columns.map((column) => String(Object.entries(row).find(([key]) => key === column)?.[1] ?? ''));
  return [columns.join(','), ...rows.map((row) => line(cells(row)))].join('\r\n');
}

function verdicts({ plan }: ImportReport): { wrestlers: Verdict[]; bouts: Verdict[] } {
  return { wrestlers: plan.wrestlers.map((row) => row.verdict), bouts: plan.bouts.map((row) => row.verdict) };
}

async function idOf(db: Db, officialId: string): Promise<number> {
  return one(await db.query<{ id: number }>('SELECT id FROM wrestler WHERE official_id = $1', [officialId]))
    .id;
}

async function countRows(db: Db): Promise<object> {
  return one(
    await db.query<object>(
      `SELECT (SELECT count(*) FROM wrestler) AS wrestlers, (SELECT count(*) FROM official_bout) AS bouts,
              (SELECT count(*) FROM import_run) AS runs, (SELECT count(*) FROM import_row) AS rows`,
    ),
  );
}

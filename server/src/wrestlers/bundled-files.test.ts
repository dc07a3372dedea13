import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { reasonText } from '#core/official-reasons.ts';
import { reportLines, summarise } from '#core/official-summary.ts';
import { type Db, one, openDb } from '#server/db.ts';
import { countRows, NOTHING_NEW } from '#server/testing/official-files.ts';
import { createTestDatabase, type TestDatabase } from '#server/testing/test-database.ts';
import {
  applyImport,
  applyImportOnce,
  type ImportReport,
  type OfficialFiles,
  previewImport,
  readBundledFiles,
} from './import-official.ts';

const ACTOR = { actor: 'Awa' };

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

  it('do not come back over newer ones at the next start', async () => {
    const newer = Buffer.from(files.bouts.bytes).toString('utf8').replace('C259,,', 'C259,1996-12,');
    const applied = await applyImport(
      db,
      { ...files, bouts: { name: 'b.csv', bytes: Buffer.from(newer) } },
      ACTOR,
    );
    assert.equal(applied.counts.bouts.changed, 1);
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

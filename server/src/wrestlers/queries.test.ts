import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Db, one, openDb } from '#server/db.ts';
import { createTestDatabase, type TestDatabase } from '#server/testing/test-database.ts';
import { applyImport, readBundledFiles } from './import-official.ts';
import { findAllOfficialBoutsByWrestler, findWrestlerById, searchWrestlers } from './queries.ts';
import { reviewWrestler } from './review-official.ts';

describe('public reads of the catalogue', () => {
  let database: TestDatabase;
  let db: Db;

  before(async () => {
    database = await createTestDatabase();
    db = openDb({ connectionString: database.appUrl });
    await applyImport(db, await readBundledFiles(), { actor: 'test' });
  });
  after(async () => {
    await db.close();
    await database.drop();
  });

  const names = async (search: string, limit?: number) =>
    (await searchWrestlers(db, search, limit)).map((wrestler) => wrestler.name);

  const firstFound: readonly (readonly [string, string])[] = [
    ['modou lo', 'Modou Lô'],
    ['Lô', 'Modou Lô'],
    ['lo', 'Modou Lô'],
    ['LÔ MODOU', 'Modou Lô'],
    ['gouye gui', 'Gouye Gui'],
    ['Gouy-Gui', 'Gouye Gui'],
    ['gouyegui', 'Gouye Gui'],
    ['sene', 'Eumeu Sène'],
    ['Séne', 'Eumeu Sène'],
    ['BALLA gaye', 'Balla Gaye 2'],
    ['sa thies', 'Sa Thiès'],
    ['lac 2', 'Lac de Guiers 2'],
    ['baboye', 'Balla Bèye 2'],
    ['l’empereur', 'Yékini'],
    ["l'empereur", 'Yékini'],
    ['b52', 'Bombardier'],
    ['oumar kane', 'Reug Reug'],
    ['tyson', 'Tyson'],
    ['%', 'none'],
    ['_', 'none'],
    ["'; DROP TABLE wrestler; --", 'none'],
    ['xyz', 'none'],
  ];
  for (const [search, name] of firstFound) {
    it(`${JSON.stringify(search)} → ${name}`, async () =>
      assert.equal((await names(search))[0] ?? 'none', name));
  }

  it('exact comes before a beginning, a beginning before a word, a word before a part', async () => {
    await db.transaction(async (tx) => {
      const rows = await tx.query<{ id: number }>(
        `SELECT id FROM wrestler WHERE ring_name IN ('Tyson Jr', 'Tyson 2', 'Tyson Nguinguinéo', 'Lo Bou Ndaw', 'Pape Mor Lô')`,
      );
      for (const { id } of rows) await reviewWrestler(tx, id, { publication: 'published', actor: 'test' });
    });
    assert.deepEqual(await names('tyson'), ['Tyson', 'Tyson 2', 'Tyson Jr', 'Tyson Nguinguinéo']);
    assert.deepEqual((await names('lo')).slice(0, 3), ['Lo Bou Ndaw', 'Modou Lô', 'Pape Mor Lô']);
    assert.deepEqual(await names('lo', 1), ['Lo Bou Ndaw']);
  });

  it('lists everybody who is published when nothing is searched', async () => {
    const all = await names('  ');
    assert.equal(all.length, 35);
    assert.equal(all[0], 'Ada Fass');
  });

  it('shows neither a stub nor a wrestler who waits for a reviewer', async () => {
    const hidden = await db.query<{ id: number; ring_name: string }>(
      `SELECT id, ring_name FROM wrestler WHERE publication <> 'published'`,
    );
    assert.equal(hidden.length, 73 + 84 - 5);
    for (const { id } of hidden) assert.equal(await findWrestlerById(db, id), null);
    assert.equal(await findWrestlerById(db, 999_999), null);
    assert.deepEqual(await names('tigre de fass'), ['Gris Bordeaux', 'Moustapha Guèye']);
  });

  it('shows the stated record apart from the bouts known here', async () => {
    const id = one(await db.query<{ id: number }>(`SELECT id FROM wrestler WHERE slug = 'modou-lo'`)).id;
    const wrestler = await findWrestlerById(db, id);
    assert.deepEqual(wrestler?.record, { wins: 23, losses: 3, draws: 1, noVerdicts: 0, asOf: '2026-03-06' });
    assert.deepEqual([wrestler.heightCm, wrestler.weightKg], [178, null]);
    const bouts = await findAllOfficialBoutsByWrestler(db, id);
    assert.deepEqual([bouts[0]?.heldOn, bouts[0]?.outcome], ['2026-04-05', 'planned']);
    assert.deepEqual(bouts.find((bout) => bout.heldOn === '2010-03-21')?.outcome, 'lost');
    const unknown = one(
      await db.query<{ count: number }>(
        `SELECT count(*) FROM official_bout WHERE publication = 'published' AND $1 IN (wrestler_a_id, wrestler_b_id)`,
        [id],
      ),
    );
    assert.equal(bouts.length, unknown.count);
    const stub = bouts.find((bout) => bout.opponent.name === 'Pape Sène 2');
    assert.deepEqual([stub?.opponent.wrestlerId, stub?.outcome], [null, 'won']);
  });

  it('sorts partial dates by the last day they can mean, and no date last', async () => {
    const owner = openDb({ connectionString: database.ownerUrl });
    await owner.query(`UPDATE official_bout SET publication = 'published'`);
    await owner.close();
    const id = one(await db.query<{ id: number }>(`SELECT id FROM wrestler WHERE slug = 'balla-beye-2'`)).id;
    const dates = (await findAllOfficialBoutsByWrestler(db, id)).map((bout) => bout.heldOn);
    assert.deepEqual(dates.slice(-2), [null, null]);
    assert.ok(dates.indexOf('2006') < dates.indexOf('2002-01-01'));
  });
});

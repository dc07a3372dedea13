import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import sharp from 'sharp';
import { openDataCipher } from '../data-cipher.ts';
import { openLog } from '../log.ts';
import { loadPageBundles } from '../page-bundle.ts';
import { accept, place } from '../testing/bets.ts';
import { sendGoodDocument } from '../testing/documents.ts';
import { type House, openHouse } from '../testing/house.ts';
import { depositFor, signUpPlayer, type TestPlayer } from '../testing/people.ts';
import { Reader } from '../testing/reader.ts';
import { seedMarkets, seedPlayers } from '../testing/seed.ts';
import { unzip } from '../testing/unzip.ts';
import { dropExpired } from './erase-player.ts';
import { buildExport } from './export-data.ts';

describe('a copy of one’s data', () => {
  let house: House;
  let awa: TestPlayer;
  let exportId: string;
  before(async () => {
    house = await openHouse({ pages: await loadPageBundles() });
    awa = await signUpPlayer(house, { pseudonym: 'Awa-Exporte', availableXof: 20_000 });
  });
  after(async () => {
    await house.assertSound();
    await house.close();
  });

  const fetchFile = async (cookie: string, id = exportId) =>
    house.app.player.inject({ url: `/moi/donnees/copies/${id}`, headers: { cookie, host: 'localhost' } });

  it('holds all that is his, to read and for programs, and of others their pseudonym only', async () => {
    const [other] = await seedPlayers(house.owner, { count: 1, availableXof: 50_000 });
    const [market] = await seedMarkets(house.owner, { count: 1 });
    assert(other !== undefined && market !== undefined);
    const owner = { ...awa, accountId: 0, pseudonym: awa.name };
    const { offerId } = (await place(house, owner, market.marketId, { side: 'A', stakeXof: 8_000 })).body;
    await accept(house, other, market.marketId, offerId, { stakeXof: 3_000 });
    await depositFor(awa, 7_000);
    await awa.post('/withdrawals', { operationId: randomUUID(), provider: 'internal', amountXof: 1_000 });
    await sendGoodDocument(house, awa, { number: 'A 1234567', name: '=HYPERLINK("http://x")' });

    const reader = new Reader(house.app.player, awa.cookie);
    const page = await reader.open('/moi/donnees');
    const done = await reader.follow(await reader.submit(page, '/moi/donnees/copie'));
    assert.match(done.text, /Votre copie est prête/);
    exportId = (await awa.get('/data')).body.exports[0].exportId;
    const answer = await fetchFile(awa.cookie);
    assert.equal(answer.statusCode, 200);
    assert.match(String(answer.headers['content-disposition']), /^attachment; filename="mes-donnees/);
    assert.match(String(answer.headers['cache-control']), /no-store/);

    const files = unzip(answer.rawPayload);
    const read = (name: string) => files.get(name)?.toString() ?? assert.fail(`${name} is missing`);
    const { data } = JSON.parse(read('mes-donnees.json'));
    const [profile] = data.profil;
    assert.deepEqual(
      [profile.phone, profile.pseudonym, profile.birth_date],
      [awa.phone, 'Awa-Exporte', '1990-01-31'],
    );
    const [bet] = data.paris;
    assert.deepEqual([bet.side, bet.stake_xof, bet.opponent], ['A', 3_000, other.pseudonym]);
    assert.equal(data.defis[0].open_xof, 5_000);
    assert.deepEqual(
      data.depots.map((row: { amount_xof: number }) => row.amount_xof),
      [20_000, 7_000],
    );
    assert.equal(data.retraits[0].amount_xof, 1_000);
    const sum = data.mouvements.reduce((all: number, row: { amount_xof: number }) => all + row.amount_xof, 0);
    assert.equal(sum, (await awa.get('/wallet')).body.availableXof, 'the statement adds up to the balance');
    const [document] = data['pieces-d-identite'];
    assert.deepEqual([document.number, document.birth_date], ['A 1234567', '1990-01-01']);
    assert(data.sessions.length >= 1);
    assert(
      data.journal.some(
        (row: { command: string; who: string }) => row.command === 'export-data' && row.who === 'moi',
      ),
    );

    const picture = files.get(`pieces/${document.id}-front.jpg`);
    assert(picture !== undefined);
    assert.equal((await sharp(picture).metadata()).format, 'jpeg');
    assert.match(read('mes-donnees.html'), /<h2>Mes paris<\/h2><table>/);
    assert.match(read('mes-donnees.html'), /=HYPERLINK\(&quot;/);
    assert.match(read('csv/paris.csv'), /^\ufeff"Reçu";"Quand"/);
    assert.match(read('csv/pieces-d-identite.csv'), /"'=HYPERLINK/, 'no formula for a spreadsheet');
    const all = [...files.values()].map(String).join('\n');
    const [stranger] = await house.owner.query<{ phone: string }>('SELECT phone FROM player WHERE id = $1', [
      other.playerId,
    ]);
    for (const secret of [other.playerId, stranger?.phone ?? '', 'token_hash'])
      assert(!all.includes(secret), secret);
  });

  it('is his alone, behind a fresh second factor, and each fetch is in the audit log', async () => {
    const [other] = await seedPlayers(house.owner, { count: 1, availableXof: 0 });
    assert(other !== undefined);
    assert.equal((await fetchFile(other.cookie)).statusCode, 404);
    assert.equal((await fetchFile('')).statusCode, 303);
    assert.equal((await fetchFile(awa.cookie, randomUUID())).statusCode, 404);
    const [stale] = await seedPlayers(house.owner, { count: 1, availableXof: 0 });
    assert(stale !== undefined);
    await house.owner.query(
      `UPDATE session SET stepped_up_at = stepped_up_at - interval '1 hour' WHERE player_id = $1`,
      [stale.playerId],
    );
    const asked = await house.post('/data/exports', stale.cookie, { operationId: randomUUID() });
    assert.equal(asked.body.code, 'step_up_required');
    assert.match(String((await fetchFile(stale.cookie)).headers['location']), /^\/confirmer/);
    const looks = await house.owner.query(
      `SELECT FROM audit_entry WHERE command = 'fetch-export' AND actor_id = $1`,
      [awa.playerId],
    );
    assert.equal(looks.length, 1);
  });

  it('lies encrypted, expires, and is then taken out', async () => {
    const [row] = await house.owner.query<{ sealed: Buffer }>(
      'SELECT sealed FROM data_export WHERE id = $1',
      [exportId],
    );
    assert(row !== undefined && !row.sealed.includes('mes-donnees'));
    await house.owner.query(
      `UPDATE data_export SET expires_at = clock_timestamp() - interval '1 second' WHERE id = $1`,
      [exportId],
    );
    assert.equal((await fetchFile(awa.cookie)).statusCode, 404);
    await dropExpired(house.db);
    const [after] = await house.owner.query<{ sealed: Buffer | null }>(
      'SELECT sealed FROM data_export WHERE id = $1',
      [exportId],
    );
    assert.equal(after?.sealed, null);
    assert.match((await new Reader(house.app.player, awa.cookie).open('/moi/donnees')).text, /Expirée/);
  });

  it('is built by the job when its request died, once', async () => {
    const id = randomUUID();
    await house.owner.query('INSERT INTO data_export (id, player_id) VALUES ($1, $2)', [id, awa.playerId]);
    const deps = {
      db: house.db,
      log: openLog('silent'),
      cipher: openDataCipher(house.deps.secrets.dataKeys),
    };
    assert.equal((await awa.get('/data')).body.exports[0].isReady, false);
    await Promise.all([buildExport(deps, id), buildExport(deps, id)]);
    assert.equal((await awa.get('/data')).body.exports[0].isReady, true);
    assert.equal((await fetchFile(awa.cookie, id)).statusCode, 200);
  });

  it('cannot be asked for all day long', async () => {
    const [one] = await seedPlayers(house.owner, { count: 1, availableXof: 0 });
    const answers: number[] = [];
    for (let i = 0; i < 7; i++) {
      answers.push((await house.post('/data/exports', one?.cookie, { operationId: randomUUID() })).status);
    }
    assert.deepEqual(answers, [202, 202, 202, 202, 202, 429, 429]);
  });
});

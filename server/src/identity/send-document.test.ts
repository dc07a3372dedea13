import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import sharp from 'sharp';
import type { ErrorCode } from '#core/errors.ts';
import { errorCatalogue, fillSentence } from '#core/errors.ts';
import { openDataCipher } from '../data-cipher.ts';
import { loadPageBundles } from '../page-bundle.ts';
import { newNumber, onDocument, sendForm, sendGoodDocument } from '../testing/documents.ts';
import { type House, openHouse } from '../testing/house.ts';
import { drawBomb, drawPhoto } from '../testing/pictures.ts';
import { formOf, Reader, type ReadPage } from '../testing/reader.ts';
import { type SeededPlayer, seedPlayers } from '../testing/seed.ts';
import { openDetails, picturePlace } from './sealed-document.ts';

describe('sending a document', () => {
  let house: House;
  before(async () => {
    house = await openHouse({ pages: await loadPageBundles() });
  });
  after(async () => {
    await house.assertSound();
    await house.close();
  });

  const player = async (): Promise<SeededPlayer & { reader: Reader }> => {
    const [one] = await seedPlayers(house.owner, { count: 1, availableXof: 0 });
    assert(one !== undefined);
    return { ...one, reader: new Reader(house.app.player, one.cookie) };
  };
  const says = (page: ReadPage, code: ErrorCode, params: Record<string, string> = {}) => {
    assert.equal(page.status, errorCatalogue[code].status, page.text);
    const sentence = fillSentence(errorCatalogue[code].fr, params).replace(/[\s\u00a0\u202f]+/g, ' ');
    assert(page.text.includes(sentence), `${sentence}\n${page.text}`);
  };
  const count = async (table: string, of: SeededPlayer) => {
    const where =
      table === 'identity_document'
        ? 'player_id = $1'
        : 'document_id IN (SELECT id FROM identity_document WHERE player_id = $1)';
    const [row] = await house.owner.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM ${table} WHERE ${where}`,
      [of.playerId],
    );
    return row?.n;
  };

  it('is taken once, waits, and is shown by its state alone', async () => {
    const one = await player();
    assert.match((await one.reader.open('/moi/identite')).text, /Numéro vérifié.*Envoyer une pièce/);
    const documentId = await sendGoodDocument(house, one);
    const page = await one.reader.open('/moi/identite?fait=envoi');
    assert.match(page.text, /Pièce reçue.*en cours de vérification/);
    assert.doesNotMatch(page.html, /1 987 1990|Awa Ndiaye|name="front"/);
    const { document, tier } = (await house.get('/identity', one.cookie)).body;
    assert.deepEqual([tier, document.documentId, document.state], ['phone', documentId, 'waiting']);
  });

  it('keeps nothing that can be read in the database', async () => {
    const one = await player();
    const documentId = await sendGoodDocument(house, one, { number: 'A 7654321', name: 'Bineta Zürich' });
    const [row] = await house.owner.query<{ sealed: Buffer; text: string }>(
      'SELECT sealed, d::text AS text FROM identity_document d WHERE id = $1',
      [documentId],
    );
    assert(row !== undefined);
    for (const secret of ['7654321', 'Bineta', '1990-01-01']) {
      assert(!row.text.includes(secret) && !row.text.includes(Buffer.from(secret).toString('hex')), secret);
    }
    const cipher = openDataCipher(house.deps.secrets.dataKeys);
    assert.equal(openDetails(cipher, documentId, row.sealed).name, 'Bineta Zürich');
    const [answer] = await house.owner.query<{ answer: object }>(
      'SELECT answer FROM operation WHERE id = $1',
      [documentId],
    );
    assert.doesNotMatch(JSON.stringify(answer), /7654321|Bineta/);
  });

  it('writes pictures anew: no metadata, no second file behind the first, 2 000 pixels at most', async () => {
    const one = await player();
    const large = await drawPhoto('webp', { width: 2_600, height: 1_000 });
    const photo = await drawPhoto('jpeg');
    assert(photo.includes('SECRET-OF-THE-PHONE'), 'the photo carries what is to go');
    const polyglot = Buffer.concat([photo, Buffer.from('PK\x03\x04<script>alert(1)</script>')]);
    const answer = await sendForm(one.reader, { number: newNumber() }, { front: polyglot, back: large });
    assert.equal(answer.status, 303, answer.text);
    const { document } = (await house.get('/identity', one.cookie)).body;
    const rows = await house.owner.query<{ side: 'front' | 'back'; sealed: Buffer }>(
      'SELECT side, sealed FROM identity_picture WHERE document_id = $1 ORDER BY side',
      [document.documentId],
    );
    assert.deepEqual(
      rows.map(({ side }) => side),
      ['back', 'front'],
    );
    const cipher = openDataCipher(house.deps.secrets.dataKeys);
    for (const { side, sealed } of rows) {
      const kept = cipher.decrypt(sealed, picturePlace(document.documentId, side));
      const { format, exif, width } = await sharp(kept).metadata();
      assert.deepEqual([format, exif, width], ['jpeg', undefined, side === 'back' ? 2_000 : 800]);
      for (const leak of ['SECRET-OF-THE-PHONE', '<script>', 'PK\x03\x04'])
        assert(!kept.includes(leak), leak);
    }
  });

  it('takes JPEG, PNG and WebP, whatever their name says', async () => {
    for (const format of ['jpeg', 'png', 'webp'] as const) {
      const one = await player();
      const photo = await drawPhoto(format);
      const answer = await sendForm(one.reader, { number: newNumber() }, { front: photo, back: photo });
      assert.equal(answer.status, 303, `${format}: ${answer.text}`);
    }
  });

  it('refuses what is no picture, with the reason, and keeps nothing of it', async () => {
    const photo = await drawPhoto();
    const heic = Buffer.concat([Buffer.from('\x00\x00\x00\x18ftypheic\x00\x00\x00\x00', 'latin1'), photo]);
    const cases: readonly (readonly [string, Buffer, ErrorCode, Record<string, string>?])[] = [
      ['a PDF', Buffer.from('%PDF-1.7\n%âãÏÓ'), 'picture_kind_refused', { found: 'PDF' }],
      ['a HEIC', heic, 'picture_kind_refused', { found: 'HEIC' }],
      ['a GIF', Buffer.from('GIF89a/*<script>*/'), 'picture_kind_refused', { found: 'GIF' }],
      ['a script', Buffer.from('<?php system($_GET[0]); ?>'), 'picture_kind_refused', { found: 'inconnu' }],
      [
        'an SVG',
        Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
        'picture_kind_refused',
        { found: 'inconnu' },
      ],
      ['one byte', Buffer.from('x'), 'picture_kind_refused', { found: 'inconnu' }],
      ['the head of a JPEG alone', photo.subarray(0, 12), 'picture_unreadable'],
      ['a JPEG cut in the middle', photo.subarray(0, photo.length / 2), 'picture_unreadable'],
      [
        'a script with the head of a JPEG',
        Buffer.concat([photo.subarray(0, 4), Buffer.from('<script>')]),
        'picture_unreadable',
      ],
      ['a bomb', await drawBomb(), 'picture_too_big', { maxMegapixels: '50' }],
      [
        'a stamp',
        await drawPhoto('png', { width: 120, height: 900 }),
        'picture_too_small',
        { minPixels: '300' },
      ],
      [
        'six megabytes',
        Buffer.concat([photo, Buffer.alloc(6 * 1024 * 1024)]),
        'file_too_large',
        { maxMegabytes: '5' },
      ],
    ];
    for (const [name, bytes, code, params] of cases) {
      const other = await player();
      const answer = await sendForm(other.reader, {}, { front: bytes });
      says(answer, code, params);
      assert.match(answer.html, /id="front-problem"/, `${name}: said at its field`);
      assert.match(answer.html, /value="1 987 1990 01234"/, 'what was typed is kept');
      assert.equal(await count('identity_document', other), 0, name);
    }
  });

  it('refuses a side that is missing, for a card; a passport needs one', async () => {
    const one = await player();
    says(await sendForm(one.reader, {}, { back: null }), 'field_missing');
    says(await sendForm(one.reader, {}, { front: null }), 'field_missing');
    const passport = await sendForm(one.reader, { kind: 'passport', number: newNumber() }, { back: null });
    assert.equal(passport.status, 303, passport.text);
    assert.equal(await count('identity_picture', one), 1);
  });

  it('refuses answers that cannot be', async () => {
    for (const [typed, code] of [
      [{ number: '123' }, 'document_number_invalid'],
      [{ number: 'ABCDEFGH' }, 'document_number_invalid'],
      [{ number: '123456😀' }, 'document_number_invalid'],
      [{ birthDate: '1990-02-30' }, 'date_invalid'],
      [{ birthDate: '2999-01-01' }, 'field_invalid'],
      [{ birthDate: 'hier' }, 'field_invalid'],
      [{ expiresOn: '2020-01-01' }, 'document_expired'],
      [{ kind: 'library' }, 'field_invalid'],
      [{ country: 'XX' }, 'field_invalid'],
      [{ name: '' }, 'field_missing'],
      [{ name: 'a'.repeat(121) }, 'field_invalid'],
    ] as const) {
      const one = await player();
      says(await sendForm(one.reader, typed), code);
      assert.equal(await count('identity_document', one), 0, JSON.stringify(typed));
    }
  });

  it('has one effect when its form is sent twice, and one document waits at a time', async () => {
    const one = await player();
    const page = await one.reader.open('/moi/identite');
    const photo = { name: 'x.jpg', bytes: await drawPhoto() };
    const send = () =>
      one.reader.submitFiles(
        page,
        '/moi/identite',
        { ...onDocument, number: newNumber() },
        { front: photo, back: photo },
      );
    const number = newNumber();
    const same = () =>
      one.reader.submitFiles(page, '/moi/identite', { ...onDocument, number }, { front: photo, back: photo });
    const answers = await Promise.all([same(), same(), same()]);
    assert.deepEqual(
      answers.map(({ status }) => status),
      [303, 303, 303],
    );
    assert.equal(await count('identity_document', one), 1);
    says(await send(), 'operation_id_reused');
    // The page has no form while one waits: a tab that stayed open has.
    const [other] = await Promise.all([player()]);
    const [a, b] = [await other.reader.open('/moi/identite'), await other.reader.open('/moi/identite')];
    const both = await Promise.all(
      [a, b].map((tab) =>
        other.reader.submitFiles(
          tab,
          '/moi/identite',
          { ...onDocument, number: newNumber() },
          { front: photo, back: photo },
        ),
      ),
    );
    assert.deepEqual(both.map(({ status }) => status).sort(), [303, 409]);
    assert(both.some(({ text }) => text.includes(errorCatalogue.document_waiting.fr)));
    assert.equal(await count('identity_document', other), 1);
  });

  it('a hundred in a row are stopped, with the time to wait', async () => {
    const one = await player();
    const page = await one.reader.open('/moi/identite');
    const junk = { name: 'x.jpg', bytes: Buffer.from('%PDF-1.7') };
    const statuses: number[] = [];
    for (let i = 0; i < 100; i++) {
      const { status } = await one.reader.submitFiles(page, '/moi/identite', onDocument, {
        front: junk,
        back: junk,
      });
      statuses.push(status);
    }
    assert.equal(statuses.filter((status) => status === 415).length, 10);
    assert.equal(statuses.filter((status) => status === 429).length, 90);
    assert.equal(await count('identity_document', one), 0);
  });

  it('reads nothing from who is not logged in, and takes no foreign form', async () => {
    const one = await player();
    const nobody = new Reader(house.app.player);
    const page = await one.reader.open('/moi/identite');
    const photo = { name: 'x.jpg', bytes: await drawPhoto() };
    const away = await nobody.submitFiles(page, '/moi/identite', onDocument, { front: photo });
    assert.deepEqual([away.status, away.headers['location']], [303, '/connexion?suite=%2Fmoi%2Fidentite']);
    const foreign = await one.reader.submitFiles(
      page,
      '/moi/identite',
      { ...onDocument, jeton: 'x' },
      { front: photo },
    );
    assert.equal(foreign.status, 403);
    assert.equal(await count('identity_document', one), 0);
  });

  it('refuses bodies that are no form with files', async () => {
    const { reader } = await player();
    const fields = formOf(await reader.open('/moi/identite'), '/moi/identite');
    const urlencoded = await reader.post('/moi/identite', new URLSearchParams(fields).toString());
    assert.equal(urlencoded.status, 415);
    const multipart = (body: string, type = 'multipart/form-data; boundary=x') =>
      reader.post('/moi/identite', body, { 'content-type': type });
    assert.equal((await multipart('--x\r\n', 'multipart/form-data')).status, 415, 'no boundary');
    assert.equal(
      (await multipart('--x\r\ncontent-disposition: form-data; name="a"\r\n\r\n1')).status,
      400,
      'cut',
    );
    assert.equal((await multipart('nothing of the kind')).status, 400);
    const part = (name: string, value: string) =>
      `--x\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
    const whole = Object.entries({ ...onDocument, ...fields }).map(([name, value]) => part(name, value));
    for (const [name, more] of [
      ['twice', part('kind', 'cni')],
      ['unknown', part('isAdmin', 'oui')],
      ['a file nobody asked for', part('x"; filename="x.jpg', 'x')],
      ['too many', Array.from({ length: 60 }, (_, i) => part(`f${i}`, 'x')).join('')],
      ['too long', part('name2', 'a'.repeat(5_000))],
    ] as const) {
      const answer = await multipart(`${whole.join('')}${more}--x--\r\n`);
      assert.equal(answer.status, 400, `${name}: ${answer.text}`);
    }
    const elsewhere = await reader.post('/portefeuille/depot', 'x', {
      'content-type': 'multipart/form-data; boundary=x',
    });
    assert.equal(elsewhere.status, 415, 'other forms take no files');
  });
});

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { loadPageBundles } from '../page-bundle.ts';
import { newNumber, onDocument, sendGoodDocument } from '../testing/documents.ts';
import { type House, openHouse } from '../testing/house.ts';
import { drawPhoto } from '../testing/pictures.ts';
import { locationOf, Reader } from '../testing/reader.ts';
import { type SeededPlayer, type SeededStaff, seedMarkets, seedPlayers, seedStaff } from '../testing/seed.ts';

describe('the review of documents', () => {
  let house: House;
  let awa: SeededStaff;
  let cheikh: SeededStaff;
  let support: SeededStaff;
  before(async () => {
    house = await openHouse({ pages: await loadPageBundles() });
    const [one, two] = await seedStaff(house.owner, 2, 'compliance');
    const [three] = await seedStaff(house.owner, 1, 'support');
    assert(one !== undefined && two !== undefined && three !== undefined);
    [awa, cheikh, support] = [one, two, three];
  });
  after(async () => {
    await house.assertSound();
    await house.close();
  });

  const player = async (availableXof = 0): Promise<SeededPlayer> => {
    const [one] = await seedPlayers(house.owner, { count: 1, availableXof });
    assert(one !== undefined);
    return one;
  };
  const decide = (
    by: SeededStaff,
    documentId: string,
    what: 'approve' | 'refuse',
    body: object = {},
    operationId: string = randomUUID(),
  ) =>
    house.post(`/staff/identity/documents/${documentId}/${what}`, by.cookie, {
      operationId,
      ...(what === 'approve' ? { correctsBirthDate: false } : {}),
      ...body,
    });
  const look = (by: SeededStaff, documentId: string) =>
    house.get(`/staff/identity/documents/${documentId}`, by.cookie);
  const identity = async (of: SeededPlayer) => (await house.get('/identity', of.cookie)).body;
  const looks = (documentId: string) =>
    house.owner.query<{ actorId: string; what: string }>(
      `SELECT actor_id AS "actorId", input->>'what' AS what FROM audit_entry
       WHERE command = 'view-document' AND target = $1 ORDER BY id`,
      [`document ${documentId}`],
    );

  it('shows the queue, oldest first, and a document with what was typed', async () => {
    const [first, second] = [await player(), await player()];
    const number = newNumber();
    const ids = [
      await sendGoodDocument(house, first, { number, name: 'Awa  Ndiaye' }),
      await sendGoodDocument(house, second),
    ];
    const { documents } = (await house.get('/staff/identity/documents', awa.cookie)).body;
    const lines = documents.filter(({ documentId }: { documentId: string }) => ids.includes(documentId));
    assert.deepEqual(
      lines.map(({ documentId }: { documentId: string }) => documentId),
      ids,
    );
    assert.doesNotMatch(JSON.stringify(documents), /Ndiaye|1 987/);
    const { details, sides, signUpBirthDate } = (await look(awa, ids[0] ?? '')).body;
    assert.equal(signUpBirthDate, undefined);
    assert.deepEqual(sides, ['front', 'back']);
    const { ageYears, ...rest } = details;
    assert(ageYears >= 36);
    assert.deepEqual(rest, {
      number,
      name: 'Awa Ndiaye',
      birthDate: '1990-01-01',
      expiresOn: '2035-12-31',
      isExpired: false,
      birthDateDiffers: false,
      signUpBirthDate: '1990-01-01',
    });
  });

  it('is compliance’s alone, with a fresh second factor, and every look is in the audit log', async () => {
    const one = await player();
    const documentId = await sendGoodDocument(house, one);
    const photo = `/identites/${documentId}/photos/front`;
    const desk = new Reader(house.app.office, awa.cookie);
    const page = await desk.open(`/identites/${documentId}`);
    assert.match(page.html, /photos\/front.*photos\/back/s);
    const picture = await desk.ask(photo);
    assert.equal(picture.status, 200);
    assert.equal(picture.headers['content-type'], 'image/jpeg');
    assert.match(String(picture.headers['cache-control']), /no-store/);
    assert.match(String(picture.headers['content-security-policy']), /sandbox/);
    assert.equal(picture.headers['content-disposition'], 'inline; filename="front.jpg"');
    assert.equal(picture.headers['x-content-type-options'], 'nosniff');
    assert.deepEqual(await looks(documentId), [
      { actorId: awa.staffId, what: 'details' },
      { actorId: awa.staffId, what: 'front' },
    ]);

    for (const reader of [new Reader(house.app.office, support.cookie), new Reader(house.app.office)]) {
      for (const path of ['/identites', `/identites/${documentId}`, photo]) {
        assert([303, 403].includes((await reader.ask(path)).status), path);
      }
    }
    for (const path of [`/identites/${documentId}`, photo]) {
      assert.equal((await new Reader(house.app.player, one.cookie).ask(path)).status, 404, path);
    }
    const [stale] = await seedStaff(house.owner, 1, 'compliance');
    assert(stale !== undefined);
    await house.owner.query(
      `UPDATE session SET stepped_up_at = stepped_up_at - interval '1 hour' WHERE staff_id = $1`,
      [stale.staffId],
    );
    assert.equal((await look(stale, documentId)).body.code, 'step_up_required');
    assert.equal((await new Reader(house.app.office, stale.cookie).ask(photo)).status, 303);
    assert.equal((await decide(stale, documentId, 'approve')).body.code, 'step_up_required');
    assert.equal((await looks(documentId)).length, 2, 'who was refused saw nothing');
    assert.equal((await desk.ask(`/identites/${randomUUID()}/photos/front`)).status, 404);
  });

  it('approves: the player is identified and his ceilings rise', async () => {
    const one = await player();
    const reader = new Reader(house.app.player, one.cookie);
    const tab = await reader.open('/moi/identite');
    const documentId = await sendGoodDocument(house, one);
    const operationId = randomUUID();
    const approved = await decide(awa, documentId, 'approve', {}, operationId);
    assert.deepEqual(approved.body, { documentId, state: 'approved', reason: null });
    assert.deepEqual((await decide(awa, documentId, 'approve', {}, operationId)).body, approved.body);
    const { tier, document } = await identity(one);
    assert.deepEqual([tier, document.state], ['identified', 'approved']);
    const { room } = (await house.get('/wallet', one.cookie)).body;
    assert.deepEqual([room.balanceMaxXof, room.withdrawalLeftXof], [2_000_000, null]);
    assert.match((await reader.open('/moi/identite')).text, /Votre identité est vérifiée/);
    const [row] = await house.owner.query<{ outcome: string }>(
      `SELECT outcome FROM audit_entry WHERE command = 'approve-document' AND target = $1`,
      [`document ${documentId}`],
    );
    assert.equal(row?.outcome, 'done');
    const late = await reader.submitFiles(
      tab,
      '/moi/identite',
      { ...onDocument, kind: 'passport' },
      { front: { name: 'x.jpg', bytes: await drawPhoto() } },
    );
    assert.equal(late.status, 409);
    assert.match(late.text, /Votre identité est déjà vérifiée/);
    assert.equal(
      (await identity(one)).document.documentId,
      documentId,
      'nothing is taken: document_already_approved',
    );
  });

  it('refuses with a reason that the player reads, and he can send again', async () => {
    const one = await player();
    const documentId = await sendGoodDocument(house, one);
    assert.equal((await decide(awa, documentId, 'refuse', { reason: 'other' })).body.code, 'remark_missing');
    const remark = 'Le coin <b>gauche</b> manque.';
    const refused = await decide(awa, documentId, 'refuse', { reason: 'incomplete', remark });
    assert.deepEqual(refused.body, { documentId, state: 'refused', reason: 'incomplete' });
    const reader = new Reader(house.app.player, one.cookie);
    const page = await reader.open('/moi/identite');
    assert.match(page.text, /n’a pas été acceptée\. Il manque un côté, ou un bord\./);
    assert(page.html.includes('Le coin &lt;b>gauche&lt;/b> manque.'), 'as text, not as markup');
    assert.match(
      page.text,
      /Votre pièce n’a pas été acceptée, .*Voyez pourquoi.*C’est lu/,
      'told on any page',
    );
    assert.equal((await identity(one)).tier, 'phone');
    const next = await sendGoodDocument(house, one);
    assert.equal((await decide(awa, next, 'approve')).body.state, 'approved');
  });

  it('makes one decision when two press at once, whatever they press', async () => {
    for (let i = 0; i < 4; i++) {
      const one = await player();
      const documentId = await sendGoodDocument(house, one);
      const answers = await Promise.all([
        decide(awa, documentId, 'approve'),
        decide(cheikh, documentId, 'refuse', { reason: 'unreadable' }),
        decide(cheikh, documentId, 'approve'),
        decide(awa, documentId, 'refuse', { reason: 'forged' }),
      ]);
      assert.equal(answers.filter(({ status }) => status === 200).length, 1);
      assert.equal(answers.filter(({ body }) => body.code === 'document_already_decided').length, 3);
      const { tier, document } = await identity(one);
      const decided = answers.find(({ status }) => status === 200)?.body;
      assert.deepEqual([document.state, document.reason], [decided.state, decided.reason]);
      assert.equal(tier, decided.state === 'approved' ? 'identified' : 'phone');
    }
  });

  it('one person, one account: the same document, however it is written, is refused at approval with an alert', async () => {
    const [first, second, third] = [await player(), await player(), await player()];
    const one = await sendGoodDocument(house, first, { number: '1 765 2001 OI234 O' });
    const two = await sendGoodDocument(house, second, { number: '1765-2001 01234/0' });
    const other = await sendGoodDocument(house, third, { number: '1765-2001 01234/0', country: 'GM' });
    assert.equal((await decide(awa, one, 'approve')).body.state, 'approved');
    const refused = await decide(cheikh, two, 'approve');
    assert.deepEqual(refused.body, { documentId: two, state: 'refused', reason: 'same_document' });
    assert.equal(
      (await decide(awa, other, 'approve')).body.state,
      'approved',
      'another country’s is another',
    );
    assert.equal((await identity(second)).tier, 'phone');
    const page = await new Reader(house.app.player, second.cookie).open('/moi/identite');
    assert.match(page.text, /déjà celle d’un autre compte/);
    assert.doesNotMatch(page.text, new RegExp(first.pseudonym));

    const { alerts } = (await house.get('/staff/identity/alerts', awa.cookie)).body;
    const alert = alerts.find(({ documentId }: { documentId: string }) => documentId === two);
    assert.deepEqual(
      [alert.kind, alert.pseudonym, alert.otherPseudonym],
      ['same_document', second.pseudonym, first.pseudonym],
    );
    const close = () =>
      house.post(`/staff/identity/alerts/${alert.alertId}/close`, awa.cookie, { operationId: randomUUID() });
    const closed = await Promise.all([close(), close()]);
    assert.deepEqual(closed.map(({ status }) => status).sort(), [200, 409]);
    assert(closed.some(({ body }) => body.code === 'alert_already_closed'));
  });

  it('one person, one account: two of the same approved at once make one', async () => {
    const people = [await player(), await player(), await player()];
    const number = newNumber();
    const ids: string[] = [];
    for (const one of people) ids.push(await sendGoodDocument(house, one, { number }));
    const answers = await Promise.all(ids.map((id) => decide(awa, id, 'approve')));
    assert.deepEqual(answers.map(({ body }) => body.state).sort(), ['approved', 'refused', 'refused']);
    const tiers = await Promise.all(people.map(async (one) => (await identity(one)).tier));
    assert.deepEqual(tiers.sort(), ['identified', 'phone', 'phone']);
  });

  it('wants a word on a birth date that is not the sign-up’s, then the document’s counts', async () => {
    const one = await player();
    const documentId = await sendGoodDocument(house, one, { birthDate: '1991-05-05' });
    assert.equal((await look(awa, documentId)).body.details.birthDateDiffers, true);
    assert.equal((await decide(awa, documentId, 'approve')).body.code, 'document_birth_date_differs');
    const desk = new Reader(house.app.office, awa.cookie);
    const page = await desk.open(`/identites/${documentId}`);
    const action = `/identites/${documentId}/approuver`;
    const back = await desk.submit(page, action);
    assert.equal(back.status, 409);
    assert.match(back.html, /id="correctsBirthDate-problem"/);
    const done = await desk.submit(back, action, { correctsBirthDate: 'oui' });
    assert.equal(locationOf(done), '/identites?fait=approuve');
    const [row] = await house.owner.query<{ day: string }>(
      `SELECT to_char(birth_date, 'YYYY-MM-DD') AS day FROM player WHERE id = $1`,
      [one.playerId],
    );
    assert.equal(row?.day, '1991-05-05');
    assert.match((await desk.follow(done)).text, /Date de naissance corrigée/);
  });

  it('closes betting and deposits to who is under 18, and lets him take his money out', async () => {
    const one = await player(10_000);
    const [early] = await seedMarkets(house.owner, { count: 1 });
    const open = { operationId: randomUUID(), side: 'A', stakeXof: 5_000, askXof: 5_000 };
    assert.equal((await house.post(`/markets/${early?.marketId}/offers`, one.cookie, open)).status, 201);
    const birthDate = `${new Date().getUTCFullYear() - 17}-01-01`;
    const documentId = await sendGoodDocument(house, one, { birthDate });
    const approval = await decide(awa, documentId, 'approve', { correctsBirthDate: true });
    assert.equal(approval.body.code, 'document_under_age');
    assert.equal((await decide(awa, documentId, 'refuse', { reason: 'under_age' })).status, 200);
    const [job] = await house.owner.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM pgboss.job WHERE name = 'cancel-offers' AND data->>'playerId' = $1`,
      [one.playerId],
    );
    assert.equal(job?.n, 1, 'his offer comes back by a job');
    const [market] = await seedMarkets(house.owner, { count: 1 });
    const bet = await house.post(`/markets/${market?.marketId}/offers`, one.cookie, {
      operationId: randomUUID(),
      side: 'A',
      stakeXof: 5_000,
      askXof: 5_000,
    });
    assert.equal(bet.body.code, 'player_may_not_bet');
    const money = { provider: 'internal', amountXof: 5_000 };
    const put = await house.post('/deposits', one.cookie, { operationId: randomUUID(), ...money });
    assert.equal(put.body.code, 'deposit_not_for_you');
    const take = await house.post('/withdrawals', one.cookie, { operationId: randomUUID(), ...money });
    assert.equal(take.status, 202);
    const { alerts } = (await house.get('/staff/identity/alerts', awa.cookie)).body;
    assert(alerts.some((alert: { kind: string; documentId: string }) => alert.documentId === documentId));
  });

  it('finds at approval who is on the list of those who may not bet', async () => {
    const one = await player(10_000);
    const documentId = await sendGoodDocument(house, one);
    const list = (sql: string) =>
      house.owner.query(
        `CREATE OR REPLACE FUNCTION barred_players(p_players uuid[]) RETURNS SETOF uuid LANGUAGE sql STABLE AS $$ ${sql} $$`,
      );
    // What the list says is the list's own tests; here it names this player once his document is approved.
    await list(`SELECT d.player_id FROM identity_document d
      WHERE d.player_id = ANY (p_players) AND d.id = '${documentId}' AND d.state = 'approved'`);
    const decided = await decide(awa, documentId, 'approve');
    await list('SELECT id FROM unnest(p_players) AS x (id) WHERE false');
    assert.deepEqual(decided.body, { documentId, state: 'refused', reason: 'barred' });
    assert.equal((await identity(one)).tier, 'phone');
    const put = { operationId: randomUUID(), provider: 'internal', amountXof: 1_000 };
    assert.equal((await house.post('/deposits', one.cookie, put)).body.code, 'deposit_not_for_you');
    const take = { operationId: randomUUID(), provider: 'internal', amountXof: 10_000 };
    assert.equal((await house.post('/withdrawals', one.cookie, take)).status, 202);
    const { alerts } = (await house.get('/staff/identity/alerts', awa.cookie)).body;
    const alert = alerts.find((found: { documentId: string }) => found.documentId === documentId);
    assert.equal(alert.kind, 'barred');
  });

  it('works from the office’s pages', async () => {
    const one = await player();
    const documentId = await sendGoodDocument(house, one);
    const desk = new Reader(house.app.office, awa.cookie);
    assert((await desk.open('/identites')).html.includes(`/identites/${documentId}`));
    const action = `/identites/${documentId}/refuser`;
    const page = await desk.open(`/identites/${documentId}`);
    assert.match((await desk.submit(page, action)).text, /Il manque une réponse/);
    const wordless = await desk.submit(page, action, { reason: 'other' });
    assert.match(wordless.html, /id="remark-problem"/);
    // The refusal stands for its id: the page that came back has a new one.
    const done = await desk.submit(wordless, action, { reason: 'other', remark: 'Photo d’un écran.' });
    assert.equal(locationOf(done), '/identites?fait=refuse');
    const after = await desk.open(`/identites/${documentId}`);
    assert.match(after.text, /Refusée : Autre.*Photo d’un écran/);
    assert.doesNotMatch(after.html, /approuver/);
  });

  it('cannot be opened with the database alone: another key, another row', async () => {
    const [first, second] = [await player(), await player()];
    const a = await sendGoodDocument(house, first);
    const b = await sendGoodDocument(house, second);
    await house.owner.query(
      'UPDATE identity_document SET sealed = (SELECT sealed FROM identity_document WHERE id = $1) WHERE id = $2',
      [a, b],
    );
    const answer = await look(awa, b);
    assert.equal(answer.status, 500);
    assert.doesNotMatch(JSON.stringify(answer.body), /Ndiaye/);
  });
});

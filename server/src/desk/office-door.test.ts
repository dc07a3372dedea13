/** Who may be in the office, and what its forms refuse: through the pages, on a real database. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { officePages } from '#core/api/office-pages.ts';
import { sealMarket } from '../settlement/seal-market.ts';
import { addStaffMember } from '../staff/add-staff-member.ts';
import type { House } from '../testing/house.ts';
import { fallOfB, fieldsAt, type Office, openOffice, press, propose, send } from '../testing/office.ts';
import { newPhone, readCode, readTotp } from '../testing/people.ts';
import { formOf, locationOf, Reader } from '../testing/reader.ts';
import type { SeededStaff } from '../testing/seed.ts';

let office: Office;
let house: House;
let awa: SeededStaff;
let one: Reader;
let two: Reader;
let machine: Reader;
let newBout: Office['newBout'];
let openBout: Office['openBout'];
let closedBout: Office['closedBout'];

before(async () => {
  office = await openOffice();
  ({ house, awa, one, two, machine, newBout, openBout, closedBout } = office);
});
after(() => office.close());

describe('a form of the office', () => {
  it('without its token, or with the token of another session, does nothing', async () => {
    const bout = await openBout();
    const action = `${bout.desk}/sifflet`;
    const { jeton: _, ...fields } = await fieldsAt(one, bout.desk, action);
    const foreign = (await fieldsAt(two, bout.desk, action))['jeton'] ?? '';
    const anonymous =
      (await fieldsAt(new Reader(house.app.office), '/connexion', '/connexion'))['jeton'] ?? '';
    for (const jeton of ['', 'x', 'a.b', foreign, anonymous]) {
      const answer = await send(one, action, { ...fields, ...(jeton === '' ? {} : { jeton }) });
      assert.deepEqual([answer.status, /expiré/.test(answer.text)], [403, true], jeton);
    }
    assert.match((await one.ask(bout.desk)).text, /Paris ouverts/);
  });

  it('from another site does nothing, whatever it carries', async () => {
    const bout = await openBout();
    const action = `${bout.desk}/sifflet`;
    const fields = await fieldsAt(one, bout.desk, action);
    for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { origin: 'https://ailleurs.example' }]) {
      assert.equal((await send(one, action, fields, headers)).status, 403);
    }
    assert.match((await one.ask(bout.desk)).text, /Paris ouverts/);
  });

  it('with a slip of our own making or of somebody else’s command does nothing', async () => {
    const bout = await openBout();
    const action = `${bout.desk}/sifflet`;
    const fields = await fieldsAt(one, bout.desk, action);
    const made = Buffer.from(JSON.stringify({ operationId: randomUUID(), validUntil: '2030-01-01' }));
    const forged = await send(one, action, {
      ...fields,
      slip: `${made.toString('base64url')}.${'a'.repeat(43)}`,
    });
    assert.equal(forged.status, 403);
    // The same id again, for another command: the first one's answer is not given for it.
    await press(one, bout.desk, 'suspendre');
    const used = await fieldsAt(one, bout.desk, action);
    const other = await newBout();
    await send(one, `${bout.desk}/reprendre`, used);
    const reused = await send(one, `${other.desk}/sifflet`, used);
    assert.deepEqual([reused.status, /déjà servi/.test(reused.text)], [422, true]);
    const stolen = await fieldsAt(two, other.desk, `${other.desk}/sifflet`);
    await send(two, `${other.desk}/suspendre`, stolen);
    const asSomebody = await send(one, `${other.desk}/sifflet`, {
      ...used,
      slip: stolen['slip'] ?? '',
    });
    assert.equal(asSomebody.status, 422);
    assert.match((await one.ask(other.desk)).text, /Paris suspendus/);
  });

  it('with fields that are wrong comes back with a sentence beside each', async () => {
    const bout = await closedBout();
    const cases: [over: Record<string, string>, status: number, says: RegExp][] = [
      [{ ending: 'fall', winnerSide: '', source: 'Micro' }, 422, /désigne un vainqueur/],
      [{ ending: 'draw', winnerSide: 'A', source: 'Micro' }, 422, /n’a pas de vainqueur/],
      [{ ending: 'fall', winnerSide: 'C', source: 'Micro' }, 400, /n’est pas valable/],
      [{ ending: 'volcan', winnerSide: 'A', source: 'Micro' }, 400, /n’est pas valable/],
      [{ ending: '', winnerSide: 'A', source: 'Micro' }, 400, /Il manque une réponse/],
      [{ ...fallOfB, source: '   ' }, 400, /Il manque une réponse/],
      [{ ...fallOfB, source: 'x'.repeat(501) }, 400, /n’est pas valable/],
      [{ ...fallOfB, paye: 'tout' }, 400, /champ inconnu/],
    ];
    for (const [over, status, says] of cases) {
      const answer = await propose(one, bout, over);
      assert.deepEqual(
        [answer.status, says.test(answer.text)],
        [status, true],
        `${JSON.stringify(over)} ${answer.text}`,
      );
    }
    const typed = await propose(one, bout, { ending: 'draw', winnerSide: 'A', source: 'Micro "A" & <B' });
    const kept = formOf(typed, `${bout.desk}/resultat`);
    assert.deepEqual([kept['source'], kept['ending']], ['Micro "A" & <B', 'draw']);
    for (const time of ['25:00', '12:60', 'midi', '']) {
      const form = await one.ask(`${bout.desk}/vrai-sifflet`);
      assert.equal((await one.submit(form, `${bout.desk}/vrai-sifflet`, { time })).status, 400, time);
    }
    const { jeton = '', slip = '' } = await fieldsAt(one, `${bout.desk}/resultat`, `${bout.desk}/resultat`);
    const start = new URLSearchParams({ jeton, slip }).toString();
    const twice = await one.post(
      `${bout.desk}/resultat`,
      `${start}&source=Micro&winnerSide=A&winnerSide=B&ending=ko`,
    );
    assert.deepEqual([twice.status, /champ en double/.test(twice.text)], [400, true]);
    const json = await one.post(`${bout.desk}/resultat`, '{}', { 'content-type': 'application/json' });
    assert.equal(json.status, 415);
  });

  it('about a result of another bout, or one that was withdrawn, is refused', async () => {
    const [bout, other] = [await closedBout(), await closedBout()];
    await propose(one, bout);
    await propose(one, other);
    const page = await two.ask(bout.desk);
    const { resultId = '' } = await fieldsAt(two, other.desk, `${other.desk}/resultat/confirmer`);
    for (const id of [resultId, randomUUID()]) {
      const fresh = await two.ask(bout.desk);
      const answer = await two.submit(fresh, `${bout.desk}/resultat/confirmer`, { resultId: id });
      assert.deepEqual([answer.status, /Aucun résultat à confirmer/.test(answer.text)], [409, true]);
    }
    await press(one, bout.desk, 'resultat/retirer');
    const late = await two.submit(page, `${bout.desk}/resultat/confirmer`);
    assert.deepEqual([late.status, /Aucun résultat/.test(late.text)], [409, true]);
    const bad = await two.submit(await two.ask(other.desk), `${other.desk}/resultat/confirmer`, {
      resultId: '7',
    });
    assert.equal(bad.status, 400);
  });

  it('for a result before the root is published says to try again, and then works', async () => {
    const bout = await openBout();
    await press(one, bout.desk, 'sifflet');
    const early = await propose(one, bout);
    assert.deepEqual([early.status, /Réessayez dans quelques secondes/.test(early.text)], [409, true]);
    await sealMarket(house.db, bout.marketId);
    const again = await one.submit(early, `${bout.desk}/resultat`);
    assert.equal(again.status, 303, 'what was typed is still in the form, with a fresh slip');
  });

  it('for a bout with two of the same wrestler, an unknown one, or a past hour, is refused', async () => {
    const bout = await newBout();
    const [pair] = await house.owner.query<{ a: number; b: number }>(
      'SELECT wrestler_a_id AS a, wrestler_b_id AS b FROM bout WHERE id = $1',
      [bout.boutId],
    );
    const action = `/galas/${bout.galaId}/combats`;
    const fields = {
      wrestlerAId: String(pair?.a),
      wrestlerBId: String(pair?.b),
      scheduledAt: `${new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)}T17:00`,
    };
    const add = async (over: Record<string, string>) => {
      const { jeton = '', slip = '' } = await fieldsAt(one, '/galas/nouveau', '/galas');
      return send(one, action, { ...fields, jeton, slip, ...over });
    };
    assert.equal((await add({ wrestlerBId: fields.wrestlerAId })).status, 400);
    assert.equal((await add({ wrestlerBId: '999999999' })).status, 400);
    for (const bad of ['0', '-1', '1e3', '12345678901', 'x']) {
      assert.equal((await add({ wrestlerAId: bad })).status, 400, bad);
    }
    assert.equal((await add({ scheduledAt: '2020-01-01T17:00' })).status, 422);
    assert.equal((await add({ scheduledAt: 'demain' })).status, 400);
    assert.equal((await add({})).status, 303);
  });
});

describe('who may be in the office', () => {
  const paths = async (): Promise<string[]> => {
    const { galaId, boutId } = await newBout();
    const replaced = (path: string) =>
      path
        .replace(':galaId', String(galaId))
        .replace(':boutId', String(boutId))
        .replace(':alertId', '1')
        .replace(':poolId', '1')
        .replace(':marketId', '1')
        .replace(':name', 'taxBps')
        .replace(':provider', 'internal')
        .replace(':account', 'internal')
        .replace(':day', '2026-11-25')
        .replace(':month', '2026-10')
        .replace(/:\w+Id/g, () => randomUUID());
    return Object.entries(officePages)
      .filter(([, route]) => route.caller !== 'anyone')
      .map(([key]) => replaced(key));
  };

  it('nobody without a session, and no player: every page sends to the log-in', async () => {
    const { a } = await newBout();
    const staffToken = a.cookie.replace('mb_player=', 'mb_office=');
    for (const cookie of ['', a.cookie, staffToken, 'mb_office=made-up']) {
      const browser = new Reader(house.app.office, cookie);
      for (const key of await paths()) {
        const [method, path = ''] = key.split(' ');
        const answer = method === 'GET' ? await browser.ask(path) : await send(browser, path, {});
        assert.equal(answer.status, 303, `${key} as ${cookie}`);
        assert.match(locationOf(answer), /^\/connexion\?suite=%2F/, key);
      }
    }
  });

  it('the robot sees and runs hidden test galas only', async () => {
    const [shown, hidden] = [await newBout(), await newBout({ visibility: 'hidden' })];
    const home = await machine.ask('/');
    assert.match(home.html, new RegExp(`/galas/${hidden.galaId}"`));
    assert.doesNotMatch(home.html, new RegExp(`/galas/${shown.galaId}"`));
    const operator = await one.ask('/');
    assert.match(operator.html, new RegExp(`/galas/${shown.galaId}"`));
    assert.match(operator.text, /Caché/);
    const fields = await fieldsAt(machine, hidden.desk, `${hidden.desk}/sifflet`);
    for (const path of [
      `/galas/${shown.galaId}`,
      shown.desk,
      `${shown.desk}/resultat`,
      `/live${shown.desk}`,
    ]) {
      assert.equal((await machine.ask(path)).status, 404, path);
    }
    for (const action of ['sifflet', 'suspendre']) {
      assert.equal((await send(machine, `${shown.desk}/${action}`, fields)).status, 404, action);
    }
    assert.match((await one.ask(shown.desk)).text, /Paris ouverts/);
    assert.match((await press(machine, hidden.desk, 'sifflet')).text, /Paris fermés/);
    const form = await machine.ask('/galas/nouveau');
    const open = await machine.submit(form, '/galas', { name: 'Robot', venue: 'Ici', visibility: 'public' });
    assert.deepEqual([open.status, /ne pouvez pas/.test(open.text)], [403, true]);
    const made = await machine.submit(await machine.ask('/galas/nouveau'), '/galas', {
      name: 'Robot',
      venue: 'Ici',
    });
    assert.equal(made.status, 303, made.text);
    const journal = await machine.ask('/journal');
    assert.doesNotMatch(journal.text, new RegExp(awa.name));
  });

  it('finds nothing under an id that nobody has', async () => {
    for (const path of [
      '/galas/999999',
      '/combats/999999',
      '/combats/0',
      '/combats/x',
      '/combats/1e3',
      '/galas/-1',
      '/nulle-part',
    ]) {
      const page = await one.ask(path);
      assert.deepEqual([page.status, /Il n’y a rien ici/.test(page.text)], [404, true], path);
    }
    const { jeton = '', slip = '' } = await fieldsAt(one, '/galas/nouveau', '/galas');
    assert.equal((await send(one, '/combats/999999/sifflet', { jeton, slip })).status, 404);
    assert.equal(
      (
        await send(one, '/galas/999999/combats', {
          jeton,
          slip,
          wrestlerAId: '1',
          wrestlerBId: '2',
          scheduledAt: '2030-01-01T10:00',
        })
      ).status,
      404,
    );
  });

  it('comes in with phone, code and TOTP, and back to where he was going; and goes out', async () => {
    const { phone } = await addStaffMember(house.db, {
      phone: newPhone(),
      name: 'Ndèye Fall',
      role: 'operator',
    });
    const browser = new Reader(house.app.office);
    const away = await browser.ask('/journal');
    const door = await browser.follow(away);
    const asked = await browser.follow(await browser.submit(door, '/connexion', { phone: phone.slice(4) }));
    const totp = await readTotp(house, phone);
    assert.match(asked.text, new RegExp(`L’application montrerait : ${totp}`));
    const wrong = await browser.submit(asked, '/connexion/code', { code: '000000', totp });
    assert.deepEqual([wrong.status, /n’est pas le bon/.test(wrong.text)], [401, true]);
    const code = await readCode(house, phone);
    const inside = await browser.submit(wrong, '/connexion/code', { code, totp });
    assert.equal(locationOf(inside), '/journal');
    const journal = await browser.follow(inside);
    assert.match(journal.text, /Connexion.*Ndèye Fall.*fait/);
    const out = await browser.submit(journal, '/deconnexion');
    assert.equal(locationOf(out), '/connexion');
    assert.match(locationOf(await browser.ask('/journal')), /^\/connexion/);
  });

  it('goes back only to a page of this site', async () => {
    for (const suite of [
      'https://ailleurs.example',
      '//ailleurs.example',
      '/\\ailleurs.example',
      'javascript:1',
    ]) {
      const page = await new Reader(house.app.office).ask(`/connexion?suite=${encodeURIComponent(suite)}`);
      assert.equal(formOf(page, '/connexion')['suite'], undefined, suite);
    }
  });

  it('gets the same answer for the phone of a stranger', async () => {
    const browser = new Reader(house.app.office);
    const asked = await browser.submit(await browser.ask('/connexion'), '/connexion', {
      phone: newPhone(),
    });
    assert.equal(locationOf(asked), '/connexion/code');
    const bad = await browser.submit(await browser.ask('/connexion'), '/connexion', { phone: '12' });
    assert.equal(bad.status, 400);
    assert.equal(locationOf(await new Reader(house.app.office).ask('/connexion/code')), '/connexion');
  });
});

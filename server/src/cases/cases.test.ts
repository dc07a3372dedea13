/** Account cases as people live them: opened by players, decided in the office, read page by page. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { errorCatalogue } from '#core/errors.ts';
import { loadPageBundles } from '../page-bundle.ts';
import { type House, openHouse } from '../testing/house.ts';
import {
  askCode,
  cookieOf,
  logInPlayer,
  newPhone,
  readCode,
  signUpPlayer,
  type TestPlayer,
  testPin,
} from '../testing/people.ts';
import { locationOf, Reader, type ReadPage } from '../testing/reader.ts';
import { seedStaff } from '../testing/seed.ts';
import { sendWithdrawal } from '../withdrawals/send-withdrawal.ts';

let house: House;
let support: Reader;
let compliance: Reader;
before(async () => {
  house = await openHouse({ pages: await loadPageBundles() });
  const [helper] = await seedStaff(house.owner, 1, 'support');
  const [judge] = await seedStaff(house.owner, 1, 'compliance');
  support = new Reader(house.app.office, helper?.cookie);
  compliance = new Reader(house.app.office, judge?.cookie);
});
after(async () => {
  await house.assertSound();
  await house.close();
});

const reader = (cookie?: string) => new Reader(house.app.player, cookie);
const withdraw = (cookie: string) =>
  house.post('/withdrawals', cookie, { operationId: randomUUID(), provider: 'internal', amountXof: 1_000 });

/** From the phone to the page that follows a right code, on a browser nobody knows. */
async function showCode(phone: string): Promise<{ browser: Reader; shown: ReadPage }> {
  const browser = reader();
  const asked = await browser.submit(await browser.open('/connexion'), '/connexion', { phone });
  const page = await browser.follow(asked);
  const shown = await browser.submit(page, '/connexion/code', { code: await readCode(house, phone) });
  return { browser, shown };
}

async function openAtDoor(phone: string, kind: string, statement = ''): Promise<Reader> {
  const { browser } = await showCode(phone);
  const page = await browser.open('/connexion/dossier');
  const sent = await browser.submit(page, '/connexion/dossier', { kind, statement });
  assert.equal(locationOf(sent), '/connexion/dossier');
  return browser;
}

async function caseOf(player: TestPlayer): Promise<string> {
  const [row] = await house.owner.query<{ id: string }>(
    'SELECT id FROM account_case WHERE player_id = $1 ORDER BY opened_at DESC LIMIT 1',
    [player.playerId],
  );
  assert(row !== undefined);
  return row.id;
}

async function propose(by: Reader, caseId: string, decision: string): Promise<ReadPage> {
  const page = await by.open(`/dossiers/${caseId}`);
  return by.submit(page, `/dossiers/${caseId}/proposer`, { decision, reason: 'Reconnu' });
}

/** What hands an account over is proposed by support and decided by compliance. */
async function decide(caseId: string, decision: string): Promise<ReadPage> {
  if (decision !== 'refuse') await propose(support, caseId, decision);
  const page = await compliance.open(`/dossiers/${caseId}`);
  return compliance.submit(page, `/dossiers/${caseId}/decider`, { decision, reason: 'Vérifié au téléphone' });
}

describe('a forgotten PIN', () => {
  it('freezes money out at once, is proposed by support, decided by compliance, and a new PIN is chosen', async () => {
    const player = await signUpPlayer(house, { availableXof: 10_000 });
    const browser = await openAtDoor(player.phone, 'forgotten_pin', 'Je suis Essai');
    assert.match((await browser.open('/connexion/dossier')).text, /PIN oublié En cours/);
    assert.equal((await withdraw(player.cookie)).body.code, 'account_frozen');
    assert.match((await reader(player.cookie).open('/')).text, /Un dossier est ouvert sur votre compte/);
    assert.match((await reader(player.cookie).open('/moi/dossier')).text, /PIN oublié En cours/);

    const caseId = await caseOf(player);
    assert.match((await support.open('/dossiers')).text, /PIN oublié/);
    const seen = await support.open(`/dossiers/${caseId}`);
    assert.match(seen.text, new RegExp(`${player.name}.*Je suis Essai|Je suis Essai.*${player.name}`, 's'));
    assert(!seen.html.includes(player.phone.slice(4)), 'no whole number');
    assert(!seen.html.includes(`/dossiers/${caseId}/decider`), 'support does not decide');
    const proposed = await support.submit(seen, `/dossiers/${caseId}/proposer`, {
      decision: 'reset_pin',
      reason: 'Il connaît ses derniers paris',
    });
    assert.equal(locationOf(proposed), `/dossiers/${caseId}`);
    assert.equal((await support.post(`/dossiers/${caseId}/decider`, 'jeton=x')).status, 403);

    assert.equal(locationOf(await decide(caseId, 'reset_pin')), `/dossiers/${caseId}`);
    assert.equal((await house.get('/me', player.cookie)).status, 401, 'its sessions ended');
    const onDevice = { phone: player.phone, pin: testPin };
    assert.equal((await house.post('/sessions/device', player.device, onDevice)).body.code, 'device_unknown');
    const { shown } = await showCode(player.phone);
    assert.equal(locationOf(shown), '/connexion/nouveau-pin');
    const code = await askCode(house, player.phone);
    const { logInToken } = (await house.post('/sessions', undefined, { phone: player.phone, code })).body;
    const inside = await house.post('/sessions/pin', undefined, { logInToken, pin: '740218' });
    assert.equal(inside.status, 200);
    assert.match((await withdraw(cookieOf(inside))).body.code, /^withdrawal_/, 'money out waits');
    assert.match(
      (await reader(cookieOf(inside)).open('/moi/dossier')).text,
      /vous choisissez un nouveau PIN/,
    );
  });

  it('one case at a time; refused, everything is as before', async () => {
    const player = await signUpPlayer(house, { availableXof: 10_000 });
    const browser = await openAtDoor(player.phone, 'lost_phone');
    const again = await browser.post('/connexion/dossier', 'jeton=x&kind=lost_phone');
    assert.equal(again.status, 403, 'not one of our forms');
    const { logInToken } = (
      await house.post('/sessions', undefined, {
        phone: player.phone,
        code: await askCode(house, player.phone),
      })
    ).body;
    assert(logInToken !== undefined);
    const number = await reader(player.cookie);
    const sent = await number.submit(await number.open('/moi/numero'), '/moi/numero', {
      phone: newPhone(),
      pin: testPin,
    });
    assert.equal(locationOf(sent), '/moi/numero/code');
    const codePage = await number.follow(sent);
    const [, code = ''] = /votre code est (\d{6})/.exec(codePage.text) ?? [];
    const refused = await number.submit(codePage, '/moi/numero/code', { code });
    assert(refused.text.includes(errorCatalogue.case_already_open.fr));

    const caseId = await caseOf(player);
    const page = await compliance.open(`/dossiers/${caseId}`);
    const fields = { decision: 'change_phone', reason: 'Non' };
    const unfit = await compliance.submit(page, `/dossiers/${caseId}/decider`, fields);
    assert(unfit.text.includes(errorCatalogue.decision_does_not_fit.fr));
    const open = await compliance.open(`/dossiers/${caseId}`);
    assert.equal((await decide(caseId, 'refuse')).status, 303);
    const late = await compliance.submit(open, `/dossiers/${caseId}/decider`, {
      ...fields,
      decision: 'refuse',
    });
    assert(late.text.includes(errorCatalogue.case_decided.fr));
    assert.equal((await withdraw(player.cookie)).status, 202);
    assert.equal((await logInPlayer(house, player.phone, player.device)).status, 200);
  });

  it('a withdrawal that was on its way waits until the case is decided', async () => {
    const player = await signUpPlayer(house, { availableXof: 10_000 });
    const asked = await withdraw(player.cookie);
    await openAtDoor(player.phone, 'lost_phone');
    const { operationId } = asked.body;
    await sendWithdrawal(house.deps, operationId);
    const state = async () => (await player.get(`/withdrawals/${operationId}`)).body.state;
    assert.equal(await state(), 'requested');
    await decide(await caseOf(player), 'refuse');
    await sendWithdrawal(house.deps, operationId);
    assert.equal(await state(), 'paid');
  });
});

describe('a changed number', () => {
  it('W15: PIN, a code to the new number, a person; then money out waits, and the old number opens nothing', async () => {
    const player = await signUpPlayer(house, { availableXof: 10_000 });
    const phone = newPhone();
    const browser = reader(player.cookie);
    const form = await browser.open('/moi/numero');
    const wrong = await browser.submit(form, '/moi/numero', { phone, pin: '8305' });
    assert.match(wrong.text, /Ce PIN n’est pas le bon/);
    const page = await browser.follow(await browser.submit(form, '/moi/numero', { phone, pin: testPin }));
    const code = await readCode(house, phone);
    const opened = await browser.submit(page, '/moi/numero/code', { code });
    assert.equal(locationOf(opened), '/moi/dossier');
    assert.equal((await withdraw(player.cookie)).body.code, 'account_frozen');
    assert.equal((await decide(await caseOf(player), 'change_phone')).status, 303);

    assert.equal((await house.get('/me', player.cookie)).status, 401);
    const inside = await logInPlayer(house, phone);
    assert.equal(inside.body.playerId, player.playerId);
    const held = await withdraw(cookieOf(inside));
    assert.match(held.body.code, /^withdrawal_/);
    assert(Date.parse(held.body.params.untilAt) > Date.now() + 23 * 3_600_000);
    for (const told of [player.phone, phone]) {
      const { messages } = (await house.get(`/sandbox/sms?phone=${encodeURIComponent(told)}`)).body;
      assert(
        messages.some(({ body }: { body: string }) => body.includes('finit maintenant par')),
        told,
      );
    }
    const old = await house.post('/sessions', undefined, {
      phone: player.phone,
      code: await askCode(house, player.phone),
    });
    assert.equal(old.body.kind, 'sign_up', 'the old number is free');
  });

  it('W15: what was asked for before never goes to the old number, and is back on the balance', async () => {
    const player = await signUpPlayer(house, { availableXof: 10_000 });
    const { operationId } = (await withdraw(player.cookie)).body;
    const phone = newPhone();
    const browser = reader(player.cookie);
    const fields = { phone, pin: testPin };
    const form = await browser.open('/moi/numero');
    const page = await browser.follow(await browser.submit(form, '/moi/numero', fields));
    await browser.submit(page, '/moi/numero/code', { code: await readCode(house, phone) });
    await sendWithdrawal(house.deps, operationId);
    assert.equal((await player.get(`/withdrawals/${operationId}`)).body.state, 'requested', 'held meanwhile');
    assert.equal((await decide(await caseOf(player), 'change_phone')).status, 303);
    await house.owner.query(
      'UPDATE player SET payout_held_until = NULL, payout_held_for = NULL WHERE id = $1',
      [player.playerId],
    );
    await Promise.all([sendWithdrawal(house.deps, operationId), sendWithdrawal(house.deps, operationId)]);
    const cookie = cookieOf(await logInPlayer(house, phone));
    const shown = (await house.get(`/withdrawals/${operationId}`, cookie)).body;
    assert.deepEqual([shown.state, shown.reason], ['refused', 'number_changed']);
    assert.equal((await house.get('/wallet', cookie)).body.availableXof, 10_000);
  });

  it('a number that somebody has is refused, and the case stays open', async () => {
    const [player, other] = [await signUpPlayer(house), await signUpPlayer(house)];
    const browser = reader(player.cookie);
    const form = await browser.open('/moi/numero');
    const fields = { phone: other.phone, pin: testPin };
    const page = await browser.follow(await browser.submit(form, '/moi/numero', fields));
    await browser.submit(page, '/moi/numero/code', { code: await readCode(house, other.phone) });
    const caseId = await caseOf(player);
    const taken = await decide(caseId, 'change_phone');
    assert(taken.text.includes(errorCatalogue.phone_taken.fr), taken.text);
    assert.match((await compliance.open(`/dossiers/${caseId}`)).text, /Retraits gelés/);
  });
});

describe('a case that hands an account over', () => {
  it('takes two people: nobody decides what he proposed, or what nobody proposed', async () => {
    const player = await signUpPlayer(house, { availableXof: 10_000 });
    await openAtDoor(player.phone, 'forgotten_pin', 'Je suis Essai');
    const caseId = await caseOf(player);
    const alone = async () => {
      const page = await compliance.open(`/dossiers/${caseId}`);
      const fields = { decision: 'reset_pin', reason: 'Seul' };
      return (await compliance.submit(page, `/dossiers/${caseId}/decider`, fields)).text;
    };
    assert((await alone()).includes(errorCatalogue.case_not_proposed.fr));
    await propose(compliance, caseId, 'reset_pin');
    assert((await alone()).includes(errorCatalogue.same_person.fr));
    assert.equal((await house.get('/me', player.cookie)).status, 200, 'nothing has happened');
    assert.equal((await decide(caseId, 'reset_pin')).status, 303);
    assert.equal((await house.get('/me', player.cookie)).status, 401);
  });
});

describe('a number that somebody lost', () => {
  async function claim(oldPhone: string): Promise<{ phone: string; page: ReadPage }> {
    const phone = newPhone();
    const browser = reader();
    const asked = await browser.submit(await browser.open('/connexion/numero'), '/connexion/numero', {
      phone,
    });
    const fields = { code: await readCode(house, phone), oldPhone, statement: 'Je suis né en 1990' };
    const sent = await browser.submit(await browser.follow(asked), '/connexion/numero/code', fields);
    return { phone, page: await browser.follow(sent) };
  }

  it('S03: a claim changes nothing and answers all alike', async () => {
    const player = await signUpPlayer(house, { availableXof: 10_000 });
    const known = await claim(player.phone);
    const unknown = await claim(newPhone());
    assert.deepEqual([known.page.status, known.page.text], [unknown.page.status, unknown.page.text]);
    assert.match(known.page.text, /Demande reçue/);
    assert.equal((await withdraw(player.cookie)).status, 202);
    assert.equal((await player.get('/me')).status, 200);
  });

  it('freezes once a person proposes to follow it, and moves to the number that was proved', async () => {
    const player = await signUpPlayer(house, { availableXof: 10_000 });
    const { phone } = await claim(player.phone);
    const caseId = await caseOf(player);
    const page = await support.open(`/dossiers/${caseId}`);
    await support.submit(page, `/dossiers/${caseId}/proposer`, {
      decision: 'change_phone',
      reason: 'Reconnu',
    });
    assert.equal((await withdraw(player.cookie)).body.code, 'account_frozen');
    await decide(caseId, 'change_phone');
    assert.equal((await logInPlayer(house, phone)).body.playerId, player.playerId);
  });
});

describe('a recycled number', () => {
  it('is given up by the old account, which is kept, and its new holder signs up', async () => {
    const old = await signUpPlayer(house, { availableXof: 10_000 });
    const { browser, shown } = await showCode(old.phone);
    assert.equal(locationOf(shown), '/connexion/pin', 'the new holder meets somebody else’s account');
    const page = await browser.open('/connexion/dossier');
    await browser.submit(page, '/connexion/dossier', { kind: 'recycled_number' });
    await decide(await caseOf(old), 'release_phone');

    const holder = await signUpPlayer(house, { phone: old.phone, pseudonym: 'Nouveau-Porteur' });
    assert.notEqual(holder.playerId, old.playerId);
    assert.equal((await old.get('/wallet')).body.availableXof, 10_000, 'the old account keeps its money');
    assert.equal((await withdraw(old.cookie)).body.code, 'account_frozen', 'which goes nowhere');
    const onDevice = { phone: old.phone, pin: testPin };
    assert.equal((await house.post('/sessions/device', old.device, onDevice)).body.code, 'device_unknown');
  });
});

/** The pages of deposits, read as a browser without JavaScript does. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { xof } from '#core/money.ts';
import { loadPageBundles } from '../page-bundle.ts';
import type { DepositAnswer, PaymentProvider } from '../payments/provider.ts';
import { type FakeProvider, openFakeProvider, paidBy } from '../testing/fake-provider.ts';
import { type House, openHouse } from '../testing/house.ts';
import { signUpPlayer, type TestPlayer } from '../testing/people.ts';
import { locationOf, Reader } from '../testing/reader.ts';

describe('pages of deposits', () => {
  let house: House;
  let fake: FakeProvider;
  let player: TestPlayer;
  let reader: Reader;
  let isSilent = false;
  const expired: string[] = [];
  before(async () => {
    fake = openFakeProvider({ repeatsSafely: false });
    const wave: PaymentProvider = {
      ...fake,
      name: 'wave',
      refusesOtherPayers: true,
      label: 'Wave',
      isOffered: true,
      isSilent: () => isSilent,
      expireDeposit: async (session) => {
        expired.push(session);
      },
    };
    const orange = { ...openFakeProvider(), name: 'orange', label: 'Orange Money', isOffered: true };
    house = await openHouse({
      pages: await loadPageBundles(),
      providers: { internal: openFakeProvider(), orange, wave },
      settings: { rateAccountMinute: 1_000_000, depositLooksAccountHour: 20 },
    });
  });
  beforeEach(async () => {
    fake.reset();
    isSilent = false;
    expired.length = 0;
    fake.behaviour.depositAnswer = (reference) => sessionOf(reference);
    player = await signUpPlayer(house);
    reader = new Reader(house.app.player, player.cookie);
  });
  after(async () => {
    await house.assertSound();
    await house.close();
  });

  const sessionOf = (reference: string): DepositAnswer => ({
    kind: 'waiting',
    session: `S-${reference}`,
    launch: {
      links: [{ label: 'Wave', url: `https://pay.example/${reference}` }],
      qr: { text: `https://pay.example/${reference}` },
    },
    expiresAt: new Date(Date.now() + 1_800_000),
  });
  const paid = (reference: string) => paidBy({ transaction: `T-${reference}`, amountXof: xof(2_000) });
  const form = '/portefeuille/depot';
  const available = async () => (await player.get('/wallet')).body.availableXof;

  /** Asks for 2 000 F by Wave; where it is paid. */
  async function ask(fields: Record<string, string> = {}, query = ''): Promise<string> {
    const sent = await reader.submit(await reader.open(`${form}${query}`), form, {
      amountXof: '2000',
      provider: 'wave',
      ...fields,
    });
    assert.equal(sent.status, 303, sent.text);
    return locationOf(sent);
  }

  it('the form offers who serves him, play money last, and who he used last first', async () => {
    const buttons = ({ html }: { html: string }) =>
      [...html.matchAll(/name="provider" value="(\w+)"/g)].map(([, name]) => name);
    assert.deepEqual(buttons(await reader.open(form)), ['orange', 'wave', 'internal']);
    await ask();
    const page = await reader.open(form);
    assert.deepEqual(buttons(page), ['wave', 'orange', 'internal']);
    assert.match(page.text, /Avec Wave, seul le compte de votre propre numéro peut payer\./);
    assert.match(page.text, /Avec Orange Money, .*l’argent d’un autre numéro est vérifié à la main\./);
    assert.doesNotMatch(page.text, /Avec Argent d’essai/);
  });

  it('a picked amount is taken, a typed one goes before it, and none is asked for', async () => {
    assert.match(
      (await reader.open(await ask({ amountXof: '', pickedXof: '5000' }))).text,
      /Dépôt de 5 000 F/,
    );
    assert.match((await reader.open(await ask({ pickedXof: '5000' }))).text, /Dépôt de 2 000 F/);
    const none = await reader.submit(await reader.open(form), form, { provider: 'wave' });
    assert.equal(none.status, 400);
    assert.match(none.text, /Il manque une réponse ici/);
    const stranger = await reader.submit(await reader.open(form), form, {
      amountXof: '2000',
      provider: 'nobody',
    });
    assert.match(stranger.text, /Ce moyen de paiement n’est pas ouvert/);
  });

  it('what a slip lacks is filled in, raised to the smallest deposit with a word', async () => {
    const exactly = await reader.open(`${form}?manque=3000&suite=%2Fcombats`);
    assert.match(exactly.text, /Il vous manque 3 000 F/);
    assert.match(exactly.html, /name="amountXof"[^>]*value="3000"/);
    assert.doesNotMatch(exactly.text, /Le plus petit dépôt/);
    const raised = await reader.open(`${form}?manque=120`);
    assert.match(raised.text, /Il vous manque 120 F.*Le plus petit dépôt est de 500 F/);
    assert.match(raised.html, /name="amountXof"[^>]*value="500"/);
  });

  it('a deposit is paid on a page of its own: a link for this phone, a code for another one', async () => {
    const path = await ask();
    const page = await reader.open(path);
    assert.match(page.text, /Dépôt de 2 000 F Wave À payer/);
    assert.match(page.text, /À payer (aujourd’hui|demain) avant \d/);
    assert.match(page.html, /href="https:\/\/pay\.example\/[^"]+"/);
    assert.match(
      page.html,
      new RegExp(`<noscript><meta http-equiv="refresh" content="5;url=${path}"/></noscript>`),
    );
    assert.doesNotMatch(page.html, /<iframe/);
    const code = await reader.ask(`${path}/code.png`);
    assert.deepEqual([code.status, code.headers['content-type']], [200, 'image/png']);
    assert.match(code.html, /PNG/);
  });

  it('the money shows when it has come, whoever sees it first, and leads back to the slip', async () => {
    const path = await ask({}, '?suite=%2Fcombats%2F1%2Fbulletin%3Fside%3DA%26stakeXof%3D2000');
    const version = JSON.parse((await reader.ask(`${path}/etat`)).html).version;
    assert.equal(JSON.parse((await reader.ask(`${path}/etat`)).html).version, version, 'nothing new');
    fake.behaviour.foundDeposit = paid;
    await player.post(`/deposits/${path.split('/').at(-1)}/look`, {});
    assert.notEqual(JSON.parse((await reader.ask(`${path}/etat`)).html).version, version);
    const page = await reader.open(path);
    assert.match(page.text, /Argent reçu L’argent est sur votre solde\. Continuer mon pari/);
    assert.match(page.html, /href="\/combats\/1\/bulletin\?side=A&(amp;)?stakeXof=2000"/);
    assert.doesNotMatch(page.html, /http-equiv="refresh"|pay\.example/);
    assert.equal((await reader.ask(`${path}/code.png`)).status, 404);
  });

  it('coming back from the provider proves nothing: the provider is asked', async () => {
    const path = await ask();
    assert.match((await reader.open(`${path}?status=success&paid=1`)).text, /À payer/);
    assert.equal(await available(), 0);
    const checked = await reader.submit(await reader.open(path), `${path}/verifier`);
    assert.match((await reader.follow(checked)).text, /À payer/);
    fake.behaviour.foundDeposit = paid;
    await reader.submit(await reader.open(path), `${path}/verifier`);
    assert.equal(await available(), 2_000);
  });

  it('a fresh session is another link; when both were paid both are credited', async () => {
    const path = await ask();
    const first = await reader.open(path);
    await reader.submit(first, `${path}/nouveau`);
    const second = await reader.open(path);
    const linkOf = ({ html }: { html: string }) => /href="(https:\/\/pay\.example\/[^"]+)"/.exec(html)?.[1];
    assert.notEqual(linkOf(first), linkOf(second));
    fake.behaviour.foundDeposit = paid;
    await reader.submit(second, `${path}/verifier`);
    assert.equal(await available(), 4_000);
    const both = await reader.open(path);
    assert.match(both.text, /Argent reçu L’argent est sur votre solde\. Reçu en tout : 4 000 F\./);
    assert.match(both.text, /Montant 2 000 F Reçu en tout 4 000 F/);
  });

  it('what was received is told when it is not what was asked for, and only then', async () => {
    const path = await ask();
    assert.doesNotMatch((await reader.open(path)).text, /Reçu en tout/);
    fake.behaviour.foundDeposit = (reference) =>
      paidBy({ transaction: `T-${reference}`, amountXof: xof(2_500) });
    const checked = await reader.follow(await reader.submit(await reader.open(path), `${path}/verifier`));
    assert.match(checked.text, /En vérification .*Reçu en tout : 2 500 F\./);
    assert.match(checked.text, /Deux personnes de nos finances vérifient à qui il est/);
    assert.match(checked.text, /Le montant reçu n’est pas celui demandé/);
    assert.doesNotMatch(checked.text, /On vient de demander/);
    const list = await reader.open('/portefeuille/depots');
    assert.ok(
      list.html.includes(path) && !list.html.includes(`${path}/verifier`),
      'the provider knows no more',
    );
    const other = await ask();
    fake.behaviour.foundDeposit = paid;
    await reader.submit(await reader.open(other), `${other}/verifier`);
    assert.doesNotMatch((await reader.open(other)).text, /Reçu en tout/);
  });

  it('a button says what came of it: asked, asked in vain, a new link', async () => {
    const path = await ask();
    const press = async (verb: string) =>
      (await reader.follow(await reader.submit(await reader.open(path), `${path}/${verb}`))).text;
    fake.behaviour.foundDeposit = () => ({ kind: 'waiting', session: null, launch: null, expiresAt: null });
    assert.match(await press('verifier'), /On vient de demander : pas encore payé\./);
    assert.match(await press('nouveau'), /Voici un nouveau lien\./);
    fake.behaviour.depositAnswer = () => ({ kind: 'unknown', detail: 'silence' });
    assert.doesNotMatch(await press('nouveau'), /Voici un nouveau lien/);
    fake.behaviour.foundDeposit = () => ({ kind: 'unknown', detail: 'silence' });
    assert.match(await press('verifier'), /On vient de demander : l’opérateur ne répond pas\./);
    for (const word of ['autre', '<b>', '']) {
      const page = await reader.open(`${path}?fait=${encodeURIComponent(word)}`);
      assert.equal(page.status, 200, word);
      assert.doesNotMatch(page.text, /On vient de demander|Voici/, word);
    }
    fake.behaviour.foundDeposit = paid;
    assert.doesNotMatch(await press('verifier'), /On vient de demander|pas encore payé/);
    assert.doesNotMatch((await reader.open(`${path}?fait=verifie`)).text, /pas encore payé/, 'it has come');
  });

  it('why a try failed is told until there is a new link, and not again by the old one', async () => {
    const path = await ask();
    const id = path.split('/').at(-1);
    fake.behaviour.foundDeposit = (reference) => ({
      kind: 'waiting',
      session: null,
      launch: null,
      expiresAt: null,
      ...(reference === id ? { reason: 'payer_insufficient_funds' } : {}),
    });
    const failure = /pas assez d’argent sur ce compte mobile/;
    const main = ({ text }: { text: string }) => text.split('Ce qui s’est passé')[0] ?? '';
    const failed = await reader.follow(await reader.submit(await reader.open(path), `${path}/verifier`));
    assert.match(main(failed), failure);
    const renewed = await reader.follow(await reader.submit(failed, `${path}/nouveau`));
    assert.doesNotMatch(main(renewed), failure);
    const again = await reader.follow(await reader.submit(renewed, `${path}/verifier`));
    assert.doesNotMatch(main(again), failure);
    assert.match(again.text, failure, 'the history keeps it');
  });

  it('given up, it can be paid again in its limits, and late money of either session is credited', async () => {
    const path = await ask();
    const id = path.split('/').at(-1);
    await reader.submit(await reader.open(path), `${path}/annuler`);
    assert.deepEqual(expired, [`S-${id}`], 'the provider was told');
    const cancelled = await reader.open(path);
    assert.match(cancelled.text, /Non payé .*Vous avez annulé ce dépôt.*Payer à nouveau/);
    // Nothing of it counts any more, so that others fit.
    const other = await player.post('/deposits', {
      operationId: crypto.randomUUID(),
      provider: 'wave',
      amountXof: 99_000,
    });
    assert.equal(other.status, 201);
    const tooMuch = await reader.submit(cancelled, `${path}/nouveau`);
    assert.equal(tooMuch.status, 409);
    assert.match(tooMuch.text, /100 000 F/);
    await house.owner.query(`UPDATE deposit SET state = 'refused' WHERE id = $1`, [other.body.operationId]);
    assert.match((await reader.follow(await reader.submit(cancelled, `${path}/nouveau`))).text, /À payer/);
    fake.behaviour.foundDeposit = (reference) => (reference === id ? paid(reference) : { kind: 'absent' });
    await reader.submit(await reader.open(path), `${path}/verifier`);
    assert.equal(await available(), 2_000);
    const again = await reader.post(`${path}/nouveau`, `jeton=${tokenIn(cancelled.html)}`);
    assert.deepEqual([again.status, /déjà arrivé/.test(again.text)], [409, true]);
  });

  it('a provider that the house has stopped is not called a bad one', async () => {
    isSilent = false;
    await house.owner.query(
      `INSERT INTO provider_state (provider, deposits_stopped_at) VALUES ('wave', clock_timestamp())`,
    );
    const page = await reader.open(form);
    const sent = await reader.submit(page, form, { amountXof: '2000', provider: 'wave' });
    await house.owner.query('DELETE FROM provider_state');
    assert.match(page.text, /Les dépôts par Wave sont arrêtés pour le moment\. Vos paris continuent\./);
    assert.doesNotMatch(page.html, /value="wave"/);
    assert.match(sent.text, /Les dépôts par Wave sont arrêtés/);
    for (const { text } of [page, sent]) assert.doesNotMatch(text, /ne répond pas/);
  });

  it('F08 a provider that does not answer is said, its button is gone, and bets go on', async () => {
    isSilent = true;
    const page = await reader.open(form);
    assert.match(page.text, /Wave ne répond pas bien en ce moment\. Vos paris continuent\./);
    assert.doesNotMatch(page.html, /value="wave"/);
    const sent = await reader.submit(page, form, { amountXof: '2000', provider: 'wave' });
    assert.deepEqual([sent.status, sent.headers['retry-after']], [503, '2']);
    assert.match(sent.text, /ne répond pas bien/);
    assert.deepEqual(
      await house.owner.query('SELECT id FROM deposit WHERE player_id = $1', [player.playerId]),
      [],
    );
  });

  it('who paid and sees nothing has the provider asked, within a limit', async () => {
    const path = await ask();
    const list = await reader.open('/portefeuille/depots');
    assert.match(list.text, /2 000 F À payer Wave/);
    fake.behaviour.foundDeposit = paid;
    await reader.submit(list, `${path}/verifier`);
    assert.match((await reader.open('/portefeuille/depots')).text, /2 000 F Argent reçu/);
    let status = 303;
    for (let i = 0; i < 25 && status === 303; i++) {
      status = (await reader.post(`${path}/verifier`, `jeton=${tokenIn(list.html)}`)).status;
    }
    assert.equal(status, 429);
  });

  it('a number of a payment finds his own deposit, and says the same of everything else', async () => {
    const path = await ask();
    const id = path.split('/').at(-1) ?? '';
    const other = await signUpPlayer(house);
    const list = await reader.open('/portefeuille/depots');
    const find = (by: Reader, page: typeof list, transaction: string) =>
      by.submit(page, '/portefeuille/depots/retrouver', { provider: 'wave', transaction });
    fake.behaviour.foundDeposit = (_, transaction) =>
      transaction === 'T_MINE'
        ? {
            kind: 'paid',
            payments: [
              { transaction: 'T_MINE', amountXof: xof(2_000), payerPhone: null, reference: id, paidAt: null },
            ],
          }
        : { kind: 'absent' };
    const stranger = new Reader(house.app.player, other.cookie);
    const foreign = await find(stranger, await stranger.open('/portefeuille/depots'), 'T_MINE');
    const nothing = await find(reader, list, 'T_NOTHING');
    const said = (page: { text: string }) => /Aucun de vos dépôts[^.]*\./.exec(page.text)?.[0];
    assert.deepEqual([foreign.status, said(foreign)], [nothing.status, said(nothing)]);
    assert.ok(said(nothing));
    const answer = nothing.text.indexOf('Aucun de vos dépôts');
    assert.ok(answer < nothing.text.indexOf('Mes dépôts des 7 derniers jours'), 'on top of the page');
    assert.ok(list.text.indexOf('Avec le numéro') > list.text.indexOf('Mes dépôts des 7 derniers jours'));
    assert.equal(locationOf(await find(reader, list, 'T_MINE')), path);
    assert.equal(await available(), 2_000);
  });

  it('nobody sees, asks for or ends what is somebody else’s', async () => {
    const path = await ask();
    const other = await signUpPlayer(house);
    const stranger = new Reader(house.app.player, other.cookie);
    const token = tokenIn((await stranger.open(form)).html);
    for (const end of ['', '/etat', '/code.png'])
      assert.equal((await stranger.ask(`${path}${end}`)).status, 404, end);
    for (const verb of ['verifier', 'nouveau', 'annuler']) {
      assert.equal((await stranger.post(`${path}/${verb}`, `jeton=${token}`)).status, 404, verb);
    }
    assert.match((await reader.open(path)).text, /À payer/);
  });
});

function tokenIn(html: string): string {
  return encodeURIComponent(/name="jeton" value="([^"]+)"/.exec(html)?.[1] ?? '');
}

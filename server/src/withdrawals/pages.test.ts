/** Money out as a player without JavaScript reads it: why not, where to, how far. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import { loadPageBundles } from '../page-bundle.ts';
import type { Providers } from '../payments/provider.ts';
import { type FakeProvider, openFakeProvider } from '../testing/fake-provider.ts';
import { type House, openHouse } from '../testing/house.ts';
import { signUpPlayer, type TestPlayer, testPin } from '../testing/people.ts';
import { formOf, locationOf, Reader } from '../testing/reader.ts';
import { seedPlayers, seedStaff } from '../testing/seed.ts';
import { sendWithdrawal } from './send-withdrawal.ts';

const FORM = '/portefeuille/retrait';

describe('pages of withdrawals', () => {
  let house: House;
  let internal: FakeProvider;
  let wave: FakeProvider & { isSilentNow: boolean };
  let player: TestPlayer;
  let reader: Reader;
  before(async () => {
    internal = openFakeProvider();
    wave = Object.assign(openFakeProvider(), { isSilentNow: false });
    Object.assign(wave, { name: 'wave', label: 'Wave', isOffered: true, isSilent: () => wave.isSilentNow });
    const providers: Providers = { internal, wave };
    house = await openHouse({
      pages: await loadPageBundles(),
      providers,
      settings: { withdrawalsAccountHour: 1_000 },
    });
  });
  beforeEach(async () => {
    internal.reset();
    wave.reset();
    player = await signUpPlayer(house, { availableXof: 10_000 });
    reader = new Reader(house.app.player, player.cookie);
  });
  after(async () => {
    await house.assertSound();
    await house.close();
  });

  /** The id of what he has just asked for. */
  const ask = async (amountXof: string, provider?: string) => {
    const asked = await reader.submit(await reader.open(FORM), FORM, {
      amountXof,
      ...(provider === undefined ? {} : { provider }),
    });
    const id = /^\/portefeuille\/retraits\/([0-9a-f-]{36})\?nouveau=1$/.exec(locationOf(asked))?.[1];
    assert(id !== undefined, asked.text);
    return id;
  };
  const letStepUpPass = async () => {
    await house.owner.query(
      `UPDATE session SET stepped_up_at = stepped_up_at - interval '1 hour', rotated_at = rotated_at - interval '1 hour'
       WHERE player_id = $1`,
      [player.playerId],
    );
    await house.memory.publish('sessions-changed', { playerId: player.playerId });
  };
  const hasForm = (html: string) => html.includes(`action="${FORM}"`);

  it('says first, without a form and before any PIN, that a new device makes him wait and until when', async () => {
    await house.owner.query(
      `UPDATE player SET payout_held_until = '2099-03-04T05:06:00Z', payout_held_for = 'device' WHERE id = $1`,
      [player.playerId],
    );
    await letStepUpPass();
    const page = await reader.open(FORM);
    assert.match(page.text, /Votre appareil est nouveau : les retraits reprennent le 04\/03, 05:06/);
    assert.equal(hasForm(page.html), false);
    assert.doesNotMatch(page.text, /Vous pouvez encore retirer/);
  });

  it('says first that a case freezes the account, that a ceiling is reached, that there is too little', async () => {
    await house.owner.query('UPDATE player SET payout_frozen_at = clock_timestamp() WHERE id = $1', [
      player.playerId,
    ]);
    const frozen = await reader.open(FORM);
    assert.match(frozen.text, /une personne examine votre dossier/);
    assert.equal(hasForm(frozen.html), false);

    const rich = await signUpPlayer(house, { availableXof: 60_000 });
    const richReader = new Reader(house.app.player, rich.cookie);
    await richReader.submit(await richReader.open(FORM), FORM, { amountXof: '50000' });
    const full = await richReader.open(FORM);
    assert.match(full.text, /Vos retraits sont limités à 50 000 F en 24 heures/);
    assert.equal(hasForm(full.html), false);

    const poor = await signUpPlayer(house);
    const none = await new Reader(house.app.player, poor.cookie).open(FORM);
    assert.match(none.text, /Le retrait est d’au moins 500 F/);
    assert.equal(hasForm(none.html), false);
  });

  it('offers where the money can go, the one of last time marked, and all of it in one tap', async () => {
    const first = await reader.open(FORM);
    assert.equal(formOf(first, FORM)['provider'], 'internal', 'where his money came from');
    assert.match(first.text, /Wave.*Argent d’essai/);
    assert.match(first.text, /Tout retirer : 10 000 F/);
    assert.doesNotMatch(first.html, /\d \d{3} F/, 'amounts are not broken at the end of a line');
    await ask('1000', 'wave');
    assert.equal(formOf(await reader.open(FORM), FORM)['provider'], 'wave');
    const prefilled = await reader.open(`${FORM}?amountXof=9000&provider=internal`);
    assert.deepEqual(
      [formOf(prefilled, FORM)['amountXof'], formOf(prefilled, FORM)['provider']],
      ['9000', 'internal'],
    );
    const unknown = await reader.open(`${FORM}?provider=nobody`);
    assert.equal(formOf(unknown, FORM)['provider'], 'wave');
  });

  it('says that a provider is stopped or silent, and lets the money wait for it', async () => {
    await house.owner.query(
      `INSERT INTO provider_state (provider, payouts_stopped_at) VALUES ('wave', clock_timestamp())`,
    );
    assert.match((await reader.open(FORM)).text, /Wave – Retraits arrêtés pour le moment/);
    const id = await ask('1000', 'wave');
    await house.owner.query('DELETE FROM provider_state');
    wave.isSilentNow = true;
    assert.match((await reader.open(FORM)).text, /Wave – Ne répond pas en ce moment/);
    wave.isSilentNow = false;
    await sendWithdrawal(house.deps, id);
    assert.match(
      (await reader.open(`/portefeuille/retraits/${id}`)).text,
      /L’argent est sur votre compte Wave/,
    );
  });

  it('keeps what was typed and chosen when it refuses', async () => {
    const refused = await reader.submit(await reader.open(FORM), FORM, {
      amountXof: '1003',
      provider: 'wave',
    });
    assert.equal(refused.status, 422);
    const fields = formOf(refused, FORM);
    assert.deepEqual([fields['amountXof'], fields['provider']], ['1003', 'wave']);
    assert.match(refused.text, /Le plus proche : 1 000 F/);
    const page = await reader.open(FORM);
    const nowhere = await reader.submit(page, FORM, { amountXof: '1000', provider: 'nobody' });
    assert.equal(nowhere.status, 403);
  });

  it('asks for the PIN and comes back to the amount and the provider', async () => {
    await letStepUpPass();
    assert.equal(locationOf(await reader.ask(FORM)), '/confirmer?suite=%2Fportefeuille%2Fretrait');
    const away = await reader.post(FORM, 'amountXof=2+000&provider=wave&slip=x');
    const back = encodeURIComponent(`${FORM}?amountXof=2000&provider=wave`);
    assert.equal(locationOf(away), `/confirmer?suite=${back}`);
    const odd = await reader.post(FORM, 'amountXof=2+000&provider=%2F%2Fevil.example&slip=x');
    assert.equal(locationOf(odd), `/confirmer?suite=${encodeURIComponent(`${FORM}?amountXof=2000`)}`);
  });

  it('shows one withdrawal: each state with its time and reason in words, what comes next, and the wallet leads to it', async () => {
    const id = await ask('2000', 'wave');
    const path = `/portefeuille/retraits/${id}`;
    const wallet = await reader.open('/portefeuille');
    assert(wallet.html.includes(`href="${path}"`), 'on its way');
    assert.match(wallet.text, /Retraits en cours/);
    const fresh = await reader.open(`${path}?nouveau=1`);
    assert.match(fresh.text, /Demandé .* Il part dans un instant/);
    assert(fresh.html.includes(`content="0;url=${path}?nouveau=1&amp;essai=2"`), 'asks again by itself');
    assert((await reader.open(path)).html.includes(`content="15;url=${path}"`), 'later on in its own time');

    wave.behaviour.beforeAnswer = () => Promise.reject(new Error('ETIMEDOUT'));
    await sendWithdrawal(house.deps, id);
    const unknown = await reader.open(path);
    assert.match(unknown.text, /L’opérateur n’a pas encore dit si c’est payé/);
    assert.match(unknown.text, /Sans réponse après 24 heures, une personne de la maison/);
    wave.reset();
    await sendWithdrawal(house.deps, id);
    const paid = await reader.open(`${path}?nouveau=1&essai=2`);
    assert.match(paid.text, /Payé .* L’argent est sur votre compte Wave/);
    assert.match(paid.text, /Demandé .* Envoyé à l’opérateur .* Réponse attendue .* Payé/);
    assert.equal(paid.html.includes('http-equiv="refresh"'), false, 'nothing more is expected');
    assert.doesNotMatch((await reader.open('/portefeuille')).text, /Retraits en cours/, 'it has ended');
  });

  it('that waits for people says who, why and how long, looks again by itself, and tells its way once', async () => {
    const [rich] = await seedPlayers(house.owner, { count: 1, availableXof: 600_000, tier: 'identified' });
    await house.owner.query('UPDATE session SET stepped_up_at = clock_timestamp()');
    reader = new Reader(house.app.player, rich?.cookie);
    await ask('60000', 'wave');
    const id = await ask('440000', 'wave');
    await house.owner.query('UPDATE withdrawal SET is_automatic = true WHERE id = $1', [id]);
    const path = `/portefeuille/retraits/${id}`;
    const [one, two] = await seedStaff(house.owner, 2, 'finance');
    await house.owner.query('UPDATE session SET stepped_up_at = clock_timestamp()');
    const agree = (cookie = '') =>
      house.post(`/staff/withdrawals/${id}/decide`, cookie, {
        operationId: randomUUID(),
        approves: true,
        note: 'Relevé vu',
      });
    const waiting = await reader.open(path);
    assert.match(
      waiting.text,
      /Avec ce gain payé tout seul, cela fait 500 000 F demandés en 24 heures : à partir de 500 000 F/,
    );
    assert.match(waiting.text, /deux personnes du service financier .*aucun accord/);
    assert.match(waiting.text, /le jour même, au plus tard le lendemain/);
    assert(waiting.html.includes(`content="15;url=${path}"`), 'looks again by itself');
    const version = async () => JSON.parse((await reader.ask(`${path}/etat`)).html).version;
    const drawn = await version();
    assert(waiting.html.includes(`data-version="${drawn}"`), 'its script finds nothing new');
    await agree(one?.cookie);
    assert.notEqual(await version(), drawn);
    assert.match((await reader.open(path)).text, /un accord est donné, il en manque un/);
    await agree(two?.cookie);
    assert.match((await reader.open(path)).text, /À envoyer .*Il part dans un instant/);
    await sendWithdrawal(house.deps, id);
    const steps = [...(await reader.open(path)).html.matchAll(/<li class="line"><b>([^<]+)/g)];
    assert.deepEqual(
      steps.map(([, step]) => step),
      ['Demandé', 'En vérification', 'Accord donné', 'À envoyer', 'Envoyé à l’opérateur', 'Payé'],
    );
  });

  it('refused by the house says once that the money is back', async () => {
    const id = await ask('2000');
    await house.owner.query(
      `UPDATE withdrawal SET state = 'approval', approvals_required = 1 WHERE id = $1`,
      [id],
    );
    const [member] = await seedStaff(house.owner, 1, 'finance');
    await house.owner.query('UPDATE session SET stepped_up_at = clock_timestamp()');
    const decision = { operationId: randomUUID(), approves: false, note: 'Relevé vu' };
    const decided = await house.post(`/staff/withdrawals/${id}/decide`, member?.cookie ?? '', decision);
    assert.equal(decided.body.state, 'refused', JSON.stringify(decided.body));
    const { text } = await reader.open(`/portefeuille/retraits/${id}`);
    assert.match(text, /La maison a refusé ce retrait\./);
    assert.equal(text.match(/revenu sur votre solde/g)?.length, 1);
  });

  it('explains a full mobile account, gives the money back and offers another try', async () => {
    const id = await ask('2000', 'wave');
    wave.behaviour.withdrawalAnswer = () => ({ kind: 'refused', reason: 'recipient_limit' });
    await sendWithdrawal(house.deps, id);
    const page = await reader.open(`/portefeuille/retraits/${id}`);
    assert.match(page.text, /a atteint son plafond.* L’argent est revenu sur votre solde/);
    assert(page.html.includes(`href="${FORM}"`));
  });

  it('is nobody else’s to see', async () => {
    const id = await ask('1000');
    const stranger = await signUpPlayer(house);
    for (const end of ['', '/etat']) {
      const path = `/portefeuille/retraits/${id}${end}`;
      assert.equal((await new Reader(house.app.player, stranger.cookie).ask(path)).status, 404, path);
    }
  });

  it('has winnings paid out by themselves after the PIN, and stops it', async () => {
    const GAINS = '/portefeuille/gains';
    const chosen = () => reader.open(GAINS).then((page) => formOf(page, GAINS)['provider']);
    assert.equal(await chosen(), '', 'nobody asked');
    await letStepUpPass();
    const away = await reader.submit(await reader.open(GAINS), GAINS, { provider: 'wave' });
    assert.equal(locationOf(away), `/confirmer?suite=${encodeURIComponent(GAINS)}`);
    await reader.submit(await reader.follow(away), '/confirmer', { pin: testPin });
    const done = await reader.submit(await reader.open(GAINS), GAINS, { provider: 'wave' });
    assert.match((await reader.follow(done)).text, /C’est enregistré/);
    assert.equal(await chosen(), 'wave');
    assert.match((await reader.open('/portefeuille')).text, /Vos gains partent tout seuls/);
    const odd = await reader.submit(await reader.open(GAINS), GAINS, { provider: 'nobody' });
    assert.equal(odd.status, 403);
    await reader.submit(await reader.open(GAINS), GAINS, { provider: '' });
    assert.equal(await chosen(), '');
  });
});

/** Deposits that nobody paid in time: what they count against, how they show, and how they are asked for again. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import { xof } from '#core/money.ts';
import { loadPageBundles } from '../page-bundle.ts';
import type { DepositAnswer } from '../payments/provider.ts';
import { type FakeProvider, openFakeProvider, paidBy } from '../testing/fake-provider.ts';
import { type House, openHouse } from '../testing/house.ts';
import { signUpPlayer, type TestPlayer } from '../testing/people.ts';
import { Reader } from '../testing/reader.ts';

describe('deposits past their time', () => {
  let house: House;
  let fake: FakeProvider;
  let player: TestPlayer;
  let reader: Reader;
  before(async () => {
    fake = openFakeProvider({ repeatsSafely: false });
    const wave = { ...fake, name: 'wave', label: 'Wave', isOffered: true };
    house = await openHouse({ pages: await loadPageBundles(), providers: { wave } });
  });
  beforeEach(async () => {
    fake.reset();
    fake.behaviour.depositAnswer = sessionOf;
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
    launch: { links: [{ label: 'Wave', url: `https://pay.example/${reference}` }], qr: null },
    expiresAt: new Date(Date.now() + 1_800_000),
  });
  const put = (amountXof: number, operationId: string = randomUUID()) =>
    player.post('/deposits', { operationId, provider: 'wave', amountXof });
  const ask = async (amountXof: number) => {
    const operationId = randomUUID();
    const asked = await put(amountXof, operationId);
    assert.deepEqual([asked.status, asked.body.state], [201, 'requested'], JSON.stringify(asked.body));
    return operationId;
  };
  const room = async () => (await player.get('/wallet')).body.room.depositLeftXof;
  const attempt = (id: string) => player.post(`/deposits/${id}/attempts`, {});
  const letPass = (id: string) =>
    house.owner.query(
      `WITH attempt AS (
         UPDATE deposit_attempt SET requested_at = requested_at - interval '1 hour', expires_at = expires_at - interval '1 hour'
         WHERE deposit_id = $1
       )
       UPDATE deposit SET requested_at = requested_at - interval '1 hour', expires_at = expires_at - interval '1 hour'
       WHERE id = $1`,
      [id],
    );
  const limitDay = (limitXof: number) =>
    player.post('/play/limits', { operationId: randomUUID(), kind: 'deposit', period: 'day', limitXof });

  it('count against no ceiling and no limit of his own, until their money comes all the same', async () => {
    const id = await ask(100_000);
    assert.equal(await room(), 0);
    assert.equal((await put(500)).body.code, 'deposit_over_ceiling');
    await letPass(id);
    assert.equal(await room(), 100_000, 'the ceilings');
    await limitDay(60_000);
    assert.equal(await room(), 60_000, 'his own limit');
    fake.behaviour.foundDeposit = (reference) =>
      paidBy({ transaction: `T-${reference}`, amountXof: xof(100_000) });
    await player.post(`/deposits/${id}/look`, {});
    assert.deepEqual([(await player.get('/wallet')).body.availableXof, await room()], [100_000, 0]);
  });

  it('still count while they can be paid, or nobody knows until when', async () => {
    await limitDay(60_000);
    await ask(20_000);
    assert.equal(await room(), 40_000);
    fake.behaviour.depositAnswer = () => ({ kind: 'unknown', detail: 'silence' });
    await ask(30_000);
    assert.equal(await room(), 10_000);
  });

  it('are judged like new ones when they are asked for again, also many at once', async () => {
    await limitDay(60_000);
    const old: string[] = [];
    for (let i = 0; i < 4; i++) {
      const id = await ask(40_000);
      await letPass(id);
      old.push(id);
    }
    const answers = await Promise.all(old.map(attempt));
    assert.deepEqual(answers.map(({ status, body }) => body.code ?? status).sort(), [
      200,
      'limit_deposit',
      'limit_deposit',
      'limit_deposit',
    ]);
    assert.equal(await room(), 20_000);
  });

  it('are not asked for again by who has excluded himself, nor is one that counts nowhere until its session is known', async () => {
    await limitDay(60_000);
    const id = await ask(40_000);
    await letPass(id);
    fake.behaviour.depositAnswer = () => ({ kind: 'unknown', detail: 'silence' });
    assert.equal((await attempt(id)).status, 200);
    assert.equal(await room(), 20_000, 'its new session may exist');
    const other = await ask(20_000);
    await house.owner.query(`UPDATE deposit SET expires_at = now() - interval '1 minute' WHERE id = $1`, [
      other,
    ]);
    const excluded = await player.post('/play/exclusions', {
      operationId: randomUUID(),
      kind: 'cool_off',
      days: 7,
    });
    assert.ok(excluded.status < 300, JSON.stringify(excluded.body));
    assert.equal((await attempt(other)).body.code, 'player_cooling_off');
  });

  it('show as past, ask for a new one, and can still be asked about', async () => {
    const id = await ask(2_000);
    const path = `/portefeuille/depots/${id}`;
    const version = async () => JSON.parse((await reader.ask(`${path}/etat`)).html).version;
    const waiting = await version();
    await letPass(id);
    assert.notEqual(await version(), waiting, 'the page is drawn again by its script');
    const page = await reader.open(path);
    assert.match(page.text, /Dépôt de 2 000 F Wave Temps passé Rien n’est arrivé/);
    assert.match(page.html, /href="\/portefeuille\/depot\?amountXof=2000"/);
    assert.match(page.text, /Payer à nouveau .*vérifier maintenant/);
    assert.doesNotMatch(page.text, /On demande un lien|À payer [^.]* avant|Annuler ce dépôt/);
    assert.doesNotMatch(page.html, /http-equiv="refresh"|pay\.example/);
    assert.match(page.html, /data-etat=/, 'its script goes on asking');
    assert.match((await reader.open('/portefeuille/depots')).text, /2 000 F Temps passé Wave/);
    fake.behaviour.foundDeposit = (reference) =>
      paidBy({ transaction: `T-${reference}`, amountXof: xof(2_000) });
    await reader.submit(page, `${path}/verifier`);
    assert.match((await reader.open(path)).text, /Argent reçu/);
  });

  it('lead back to the slip they came from', async () => {
    const id = await ask(2_000);
    await letPass(id);
    await house.owner.query(`UPDATE deposit SET back_path = '/combats/1/bulletin?side=A' WHERE id = $1`, [
      id,
    ]);
    assert.match(
      (await reader.open(`/portefeuille/depots/${id}`)).html,
      /href="\/portefeuille\/depot\?amountXof=2000&(amp;)?suite=%2Fcombats%2F1%2Fbulletin%3Fside%3DA"/,
    );
  });

  it('are not proposed above what he may put in', async () => {
    const chips = async () =>
      [...(await reader.open('/portefeuille/depot')).html.matchAll(/name="pickedXof" value="(\d+)"/g)].map(
        ([, amount]) => Number(amount),
      );
    assert.deepEqual(await chips(), [1_000, 2_000, 5_000, 10_000]);
    await limitDay(5_000);
    assert.deepEqual(await chips(), [1_000, 2_000, 5_000]);
    await limitDay(700);
    assert.deepEqual(await chips(), []);
    assert.doesNotMatch((await reader.open('/portefeuille/depot')).text, /Choisissez|Ou un autre montant/);
  });
});

/** Responsible play as a browser without JavaScript sees it: limits, pauses, the reality check; and the office's list. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { loadPageBundles } from '../page-bundle.ts';
import { place } from '../testing/bets.ts';
import { type House, openHouse } from '../testing/house.ts';
import { locationOf, Reader, type ReadPage } from '../testing/reader.ts';
import { type SeededPlayer, seedMarkets, seedPlayers, seedStaff } from '../testing/seed.ts';
import { unlimitedRates } from '../testing/seed-settings.ts';

const HOME = '/jouer-responsable';

describe('the pages of responsible play', () => {
  let house: House;
  before(async () => {
    house = await openHouse({ pages: await loadPageBundles(), settings: unlimitedRates });
  });
  after(async () => {
    await house.assertSound();
    await house.close();
  });

  async function someone(availableXof = 50_000): Promise<{ player: SeededPlayer; reader: Reader }> {
    const [player] = await seedPlayers(house.owner, { count: 1, availableXof });
    assert(player !== undefined);
    return { player, reader: new Reader(house.app.player, player.cookie) };
  }

  async function setLimit(reader: Reader, kind: string, period: string, limitXof: string): Promise<ReadPage> {
    const form = await reader.open(`${HOME}/limite?kind=${kind}&period=${period}`);
    return reader.submit(form, `${HOME}/limite`, { limitXof });
  }

  it('are open to anyone, and two taps from every page', async () => {
    const { reader } = await someone();
    for (const path of ['/', '/portefeuille', '/paris', '/moi', '/regles']) {
      assert.ok((await reader.open(path)).html.includes(`href="${HOME}"`), path);
    }
    const seen = await new Reader(house.app.player).open(HOME);
    assert.match(seen.text, /CEPIAD/);
    assert.match(seen.text, /Entrer pour fixer mes limites/);
  });

  it('set a limit, show what is used of it, and say at once or in a day', async () => {
    const { player, reader } = await someone();
    const [market] = await seedMarkets(house.owner, { count: 1 });
    assert(market !== undefined);
    const set = await setLimit(reader, 'stake', 'day', '10 000');
    assert.equal(locationOf(set), `${HOME}?fait=limite`);
    await place(house, player, market.marketId, { side: 'A', stakeXof: 4_000 });
    const seen = await reader.open(HOME);
    assert.match(seen.text, /24 heures 4 000 F sur 10 000 F · reste 6 000 F/);
    assert.match(seen.html, /<progress class="used" max="10000" value="4000"/);

    const loosened = await reader.follow(await setLimit(reader, 'stake', 'day', '90000'));
    assert.match(loosened.text, /Rien ne change pendant 24 heures/);
    assert.match(loosened.text, /Limite de mise sur 24 heures : passer à 90 000 F/);
    assert.ok(!loosened.html.includes('/confirmer"'), 'nothing to confirm yet');
    await house.owner.query(
      `UPDATE play_limit SET asked_at = asked_at - interval '25 hours', confirm_from = confirm_from - interval '25 hours'
       WHERE player_id = $1 AND state = 'pending'`,
      [player.playerId],
    );
    const ripe = await reader.open(HOME);
    const [, confirm = ''] = /action="([^"]+\/confirmer)"/.exec(ripe.html) ?? [];
    const confirmed = await reader.follow(await reader.submit(ripe, confirm));
    assert.match(confirmed.text, /4 000 F sur 90 000 F/);

    const removing = await reader.open(`${HOME}/limite?kind=stake&period=day`);
    const [, removeForm = ''] = removing.html.split('name="sans"');
    assert.match(removeForm, /Enlever cette limite/);
    const asked = await reader.post(
      `${HOME}/limite`,
      new URLSearchParams({ ...lastForm(removing), kind: 'stake', period: 'day', sans: 'oui' }).toString(),
    );
    const waiting = await reader.follow(asked);
    const [, drop = ''] = /action="([^"]+\/abandonner)"/.exec(waiting.html) ?? [];
    assert.match(
      (await reader.follow(await reader.submit(waiting, drop))).text,
      /Votre limite reste la même/,
    );
  });

  it('give a bad amount back with its sentence', async () => {
    const { reader } = await someone();
    for (const [typed, sentence] of [
      ['12,5', /en francs entiers/],
      ['', /Il manque une réponse/],
    ] as const) {
      const answer = await setLimit(reader, 'loss', 'week', typed);
      assert.equal(answer.status, 400);
      assert.match(answer.text, sentence);
      assert.match(answer.text, /Limite de perte sur 7 jours/);
    }
    await setLimit(reader, 'loss', 'week', '5000');
    const again = await setLimit(reader, 'loss', 'week', '5000');
    assert.equal(again.status, 409);
    assert.match(again.text, /Cette limite est déjà en place/);
  });

  it('pause in three taps, with equal buttons, and take the offers back', async () => {
    const { player, reader } = await someone();
    const [market] = await seedMarkets(house.owner, { count: 1 });
    assert(market !== undefined);
    await place(house, player, market.marketId, { side: 'A', stakeXof: 4_000 });
    const overview = await reader.open(HOME);
    assert.match(overview.html, /name="duree" value="toujours"/);
    const last = await reader.open(`${HOME}/pause?duree=6m`);
    assert.match(last.text, /Votre défi en attente est retiré/);
    assert.match(last.text, /À la fin, rien ne reprend seul/);
    const buttons = [...last.html.matchAll(/class="btn"[^>]*>(Oui, m’arrêter|Non, revenir)/g)];
    assert.equal(buttons.length, 2, 'neither stands out');
    const done = await reader.follow(await reader.submit(last, `${HOME}/pause`));
    assert.match(done.text, /Vous vous êtes exclu du jeu. Fin :/);
    assert.match(done.text, /Solde 50 000 F|Argent d’essai 50 000 F/);
    assert.ok(done.html.includes('href="/portefeuille/retrait"'));
    assert.equal((await reader.open('/portefeuille/retrait')).status, 200);
    assert.match((await reader.open('/portefeuille/depot')).text, /Vous vous êtes exclu du jeu/);
    assert.ok(!done.html.includes('/retour"'), 'nothing to ask for before its end');
    const early = await reader.post(
      `${HOME}/retour`,
      new URLSearchParams({ ...formFields(done), slip: formFields(last)['slip'] ?? '' }).toString(),
    );
    assert.ok(early.status >= 400, String(early.status));
  });

  it('show the reality check before the next page, and a slip comes back whole', async () => {
    const { player, reader } = await someone();
    const [market] = await seedMarkets(house.owner, { count: 1 });
    assert(market !== undefined);
    const overview = await reader.open(HOME);
    await reader.submit(overview, `${HOME}/rappel`, { minutes: '30' });
    const slipPath = `/combats/${market.boutId}/bulletin?side=A&otherStakeXof=2000&otherAskXof=2000`;
    const slip = await reader.open(slipPath);
    assert.ok(!slip.text.includes('Vous êtes là depuis'), 'nothing said before half an hour');
    await house.owner.query(
      `UPDATE reality_check SET due_at = due_at - interval '65 minutes' WHERE player_id = $1`,
      [player.playerId],
    );
    await house.owner.query(
      `UPDATE session SET started_at = started_at - interval '65 minutes' WHERE player_id = $1`,
      [player.playerId],
    );
    // The slip was open before: its tap is not a bet, and leads to the check.
    const tapped = await reader.submit(slip, `/combats/${market.boutId}/defis`);
    assert.equal(tapped.status, 303);
    assert.match(locationOf(tapped), /^\/rappel\?suite=/);
    const check = await reader.follow(tapped);
    assert.match(check.text, /Vous êtes là depuis 1 h 05/);
    assert.match(check.text, /ne vous ont rien rapporté et rien coûté/);
    for (const path of ['/', '/portefeuille', '/paris', slipPath]) {
      assert.match(locationOf(await reader.ask(path)), /^\/rappel/, path);
    }
    for (const path of [HOME, '/portefeuille/retrait'])
      assert.equal((await reader.ask(path)).status, 200, path);
    const seen = await reader.submit(check, '/rappel');
    const back = await reader.follow(seen);
    assert.match(back.text, /Votre mise 2 000 F/);
    assert.match(back.text, /Vous êtes là depuis 1 h 05/, 'every page says it from half an hour on');
    assert.equal((await reader.submit(back, `/combats/${market.boutId}/defis`)).status, 303);
    assert.equal((await house.get('/offers', player.cookie)).body.offers.length, 1);
  });

  it('propose a limit before the first deposit, and show the week on the wallet', async () => {
    const { reader } = await someone(0);
    assert.match(
      (await reader.open('/portefeuille')).text,
      /Perdu sur 7 jours, mises en jeu comprises : 0 F/,
    );
    const first = await reader.open('/portefeuille/depot');
    assert.match(first.text, /Voulez-vous d’abord une limite/);
    const form = await reader.open(`${HOME}/limite?kind=deposit&period=week&suite=%2Fportefeuille%2Fdepot`);
    const set = await reader.submit(form, `${HOME}/limite`, { limitXof: '20000' });
    assert.equal(locationOf(set), '/portefeuille/depot');
    const back = await reader.follow(set);
    assert.ok(!back.text.includes('Voulez-vous d’abord une limite'));
    assert.match(back.text, /20 000 F/);
    const tooMuch = await reader.submit(back, '/portefeuille/depot', { amountXof: '20500' });
    assert.equal(tooMuch.status, 409);
    assert.match(tooMuch.text, /Votre limite de dépôt est de 20 000 F sur 7 jours/);
  });

  it('of the office show compliance what players decided, and nobody else', async () => {
    const { player } = await someone();
    await house.post('/play/exclusions', player.cookie, {
      operationId: randomUUID(),
      kind: 'cool_off',
      days: 7,
    });
    const [compliance] = await seedStaff(house.owner, 1, 'compliance');
    const [finance] = await seedStaff(house.owner, 1, 'finance');
    const seen = await new Reader(house.app.office, compliance?.cookie).open('/jeu-responsable');
    assert.equal(seen.status, 200);
    assert.ok(seen.text.includes(`${player.pseudonym} · pause`), seen.text);
    assert.equal((await new Reader(house.app.office, finance?.cookie).ask('/jeu-responsable')).status, 403);
  });
});

/** What the first form of a page holds. */
function formFields(page: ReadPage): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [, name = '', value = ''] of page.html.matchAll(
    /<input type="hidden" name="([^"]+)" value="([^"]*)"/g,
  )) {
    fields[name] ??= value;
  }
  return { jeton: fields['jeton'] ?? '', slip: fields['slip'] ?? '' };
}

/** Token and slip of the last form of a page. */
function lastForm(page: ReadPage): Record<string, string> {
  const [inside = ''] = page.html.split('<form').slice(-1);
  return formFields({ ...page, html: inside });
}

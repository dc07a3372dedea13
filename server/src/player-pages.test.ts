/** The player's pages as a browser without JavaScript sees them, on the real bundle and a real database. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { type PlayerPageKey, playerPages } from '#core/api/player-pages.ts';
import { loadPageBundles } from './page-bundle.ts';
import { type FaultProxy, startFaultProxy } from './testing/fault-proxy.ts';
import { type House, openHouse } from './testing/house.ts';
import { newPhone } from './testing/people.ts';
import { formOf, locationOf, Reader, type ReadPage } from './testing/reader.ts';
import { type SeededMarket, type SeededPlayer, seedMarkets, seedPlayers, seedStaff } from './testing/seed.ts';

let house: House;
before(async () => {
  house = await openHouse({ pages: await loadPageBundles() });
});
after(async () => {
  await house.assertSound();
  await house.close();
});

const reader = (player?: SeededPlayer) => new Reader(house.app.player, player?.cookie);
async function twoPlayers(availableXof = 20_000): Promise<[SeededPlayer, SeededPlayer]> {
  const [one, two] = await seedPlayers(house.owner, { count: 2, availableXof });
  assert(one !== undefined && two !== undefined);
  return [one, two];
}
async function oneMarket(): Promise<SeededMarket> {
  const [market] = await seedMarkets(house.owner, { count: 1 });
  assert(market !== undefined);
  return market;
}

const slipOf = (boutId: number, side: string, stakeXof: number, askXof = stakeXof) =>
  `/combats/${boutId}/bulletin?side=${side}&otherStakeXof=${stakeXof}&otherAskXof=${askXof}`;

describe('a bet without JavaScript', () => {
  it('is chosen, confirmed, accepted by another, and each has a receipt', async () => {
    const [maker, taker] = await twoPlayers();
    const { boutId } = await oneMarket();
    const one = reader(maker);
    const bout = await one.open(`/combats/${boutId}`);
    assert.match(bout.text, /Lancer un défi/);
    const slip = await one.open(
      `/combats/${boutId}/bulletin?side=A&stakeXof=2000&otherStakeXof=&ratio=1%3A1&otherAskXof=`,
    );
    assert.match(
      slip.text,
      /Votre mise 2 000 F Mise de l’autre 2 000 F Pot 4 000 F Commission −200 F Impôt retenu −760 F/,
    );
    assert.match(slip.text, /au moins 3 040 F/);
    const placed = await one.submit(slip, `/combats/${boutId}/defis`);
    assert.equal(placed.status, 303);
    const receipt = await one.follow(placed);
    assert.match(receipt.text, /Défi lancé !/);

    const two = reader(taker);
    const open = await two.open(`/combats/${boutId}`);
    const offerPath = locationOf(placed)
      .replace('?nouveau=1', '')
      .replace('/defis/', `/combats/${boutId}/defis/`);
    assert(open.html.includes(`href="${offerPath}"`));
    const acceptance = await two.open(offerPath);
    const accepted = await two.follow(await two.submit(acceptance, `${offerPath}/accepter`));
    assert.match(accepted.text, /Pari engagé ! .* Net en main .* 3 040 F/);
    assert.match((await one.open('/paris')).text, /Paris engagés 2 000 F/);
    assert.match((await one.open('/portefeuille')).text, /18 000 F Dans mes paris 2 000 F/);
  });

  it('moves the stake to where the ratio falls exactly, and says so', async () => {
    const [player] = await twoPlayers();
    const { boutId } = await oneMarket();
    const slip = await reader(player).open(`/combats/${boutId}/bulletin?side=B&stakeXof=1000&ratio=3%3A2`);
    assert.match(slip.text, /la mise passe de 1 000 F à 1 500 F/);
    assert.deepEqual([formOf(slip, `/combats/${boutId}/defis`).stakeXof], ['1500']);
  });

  it('sent twice is one bet', async () => {
    const [player] = await twoPlayers();
    const { boutId } = await oneMarket();
    const one = reader(player);
    const slip = await one.open(slipOf(boutId, 'A', 3_000));
    const [first, second] = await Promise.all([
      one.submit(slip, `/combats/${boutId}/defis`),
      one.submit(slip, `/combats/${boutId}/defis`),
    ]);
    assert.deepEqual([first.status, locationOf(first)], [303, locationOf(second)]);
    assert.match((await one.open('/portefeuille')).text, /17 000 F Dans mes défis 3 000 F/);
  });

  it('coming back with the same id and another amount shows the first bet and a fresh form', async () => {
    const [player] = await twoPlayers();
    const { boutId } = await oneMarket();
    const one = reader(player);
    const slip = await one.open(slipOf(boutId, 'A', 1_000));
    await one.submit(slip, `/combats/${boutId}/defis`);
    const again = await one.submit(slip, `/combats/${boutId}/defis`, { stakeXof: '5000', askXof: '5000' });
    assert.equal(again.status, 422);
    assert.match(again.text, /Ce bulletin a déjà servi : votre défi de 1 000 F .* est enregistré/);
    const fresh = formOf(again, `/combats/${boutId}/defis`);
    assert.equal(fresh['stakeXof'], '5000');
    assert.notEqual(fresh['slip'], formOf(slip, `/combats/${boutId}/defis`)['slip']);
    assert.match((await one.open('/portefeuille')).text, /19 000 F Dans mes défis 1 000 F/);
  });

  it('taken back is rendered, once', async () => {
    const [player] = await twoPlayers();
    const { boutId } = await oneMarket();
    const one = reader(player);
    const placed = await one.submit(await one.open(slipOf(boutId, 'A', 1_000)), `/combats/${boutId}/defis`);
    const receipt = await one.follow(placed);
    const action = `/combats/${boutId}/defis/${locationOf(placed).split(/[/?]/)[2]}/retirer`;
    assert.match((await one.follow(await one.submit(receipt, action))).text, /Rendu 1 000 F/);
    const late = await one.submit(receipt, action, {
      slip: formOf(await one.open(slipOf(boutId, 'A', 1_000)), `/combats/${boutId}/defis`)['slip'] ?? '',
    });
    assert.equal(late.status, 409);
    assert.match(late.text, /Rien à retirer/);
  });
});

describe('what is refused', () => {
  for (const [stakeXof, askXof, status, sentence] of [
    ['500', '1000', 422, 'La mise est d’au moins 1 000 F.'],
    ['1001', '1001', 422, 'Ces montants ne tombent pas juste. Le plus proche : 1 000 F contre 1 000 F.'],
    ['10000', '1000', 422, 'À ce rapport, le gagnant toucherait 8 360 F pour 10 000 F misés'],
    ['30000', '30000', 409, 'Il vous manque 10 000 F pour cette mise.'],
    ['1e3', '1000', 400, 'Écrivez le montant en francs entiers'],
    ['0.5', '1000', 400, 'Écrivez le montant en francs entiers'],
    ['', '1000', 400, 'Il manque une réponse ici.'],
  ] as const) {
    it(`${stakeXof} against ${askXof}: ${status}, the slip with the sentence`, async () => {
      const [player] = await twoPlayers();
      const { boutId } = await oneMarket();
      const one = reader(player);
      const slip = await one.open(slipOf(boutId, 'A', 1_000));
      const answer = await one.submit(slip, `/combats/${boutId}/defis`, { stakeXof, askXof });
      assert.equal(answer.status, status);
      assert(answer.text.includes(sentence), answer.text);
      assert.match((await one.open('/portefeuille')).text, /20 000 F Déposer/);
    });
  }

  it('a stake that the balance lacks leads to a deposit of exactly that, and back to the slip', async () => {
    const [player] = await twoPlayers(1_000);
    const { boutId } = await oneMarket();
    const one = reader(player);
    const slip = await one.open(slipOf(boutId, 'B', 4_000));
    assert.match(slip.text, /Il vous manque 3 000 F\. Déposer 3 000 F/);
    const [, href = ''] = /href="(\/portefeuille\/depot[^"]*)"/.exec(slip.html) ?? [];
    const deposit = await one.open(href.replaceAll('&amp;', '&'));
    const back = await one.follow(await one.submit(deposit, '/portefeuille/depot'));
    assert.equal(back.path, slipOf(boutId, 'B', 4_000));
    assert.match(back.text, /Lancer le défi · 4 000 F/);
  });

  it('a form without its token, with another session’s, or with a made-up slip', async () => {
    const [player, other] = await twoPlayers();
    const { boutId } = await oneMarket();
    const one = reader(player);
    const slip = await one.open(slipOf(boutId, 'A', 1_000));
    const others = await reader(other).open(slipOf(boutId, 'A', 1_000));
    const foreign = formOf(others, `/combats/${boutId}/defis`)['jeton'] ?? '';
    const signed = formOf(slip, `/combats/${boutId}/defis`)['slip'] ?? '';
    const forged = `${Buffer.from(JSON.stringify({ operationId: randomUUID(), validUntil: '2099-01-01T00:00:00Z' })).toString('base64url')}.${signed.split('.')[1]}`;
    for (const fields of [
      { jeton: '' },
      { jeton: foreign },
      { slip: forged },
      { slip: `${signed}x`.slice(1) },
    ]) {
      const answer = await one.submit(slip, `/combats/${boutId}/defis`, fields);
      assert.equal(answer.status, 403);
      assert.match(answer.text, /Cette page a expiré/);
    }
    assert.match((await one.open('/portefeuille')).text, /20 000 F Déposer/);
  });

  it('a form sent from another site', async () => {
    const [player] = await twoPlayers();
    const { boutId } = await oneMarket();
    const one = reader(player);
    const form = formOf(await one.open(slipOf(boutId, 'A', 1_000)), `/combats/${boutId}/defis`);
    const body = new URLSearchParams(form).toString();
    const foreign: Record<string, string>[] = [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
    ];
    for (const headers of foreign) {
      assert.equal((await one.post(`/combats/${boutId}/defis`, body, headers)).status, 403);
    }
    assert.match((await one.open('/portefeuille')).text, /20 000 F Déposer/);
  });

  it('JSON, a field given twice, a body that is too long', async () => {
    const [player] = await twoPlayers();
    const one = reader(player);
    const form = formOf(await one.open('/portefeuille/depot'), '/portefeuille/depot');
    const body = new URLSearchParams({ ...form, amountXof: '1000' }).toString();
    const json = await one.post('/portefeuille/depot', '{}', { 'content-type': 'application/json' });
    const twice = await one.post('/portefeuille/depot', `${body}&amountXof=500000`);
    const long = await one.post('/portefeuille/depot', `${body}&x=${'a'.repeat(20_000)}`);
    assert.deepEqual([json.status, twice.status, long.status], [415, 400, 413]);
    assert.match((await one.open('/portefeuille')).text, /20 000 F Déposer/);
  });

  it('a slip that waited too long: a fresh one, same amounts', async () => {
    const [player] = await twoPlayers();
    const { boutId, marketId } = await oneMarket();
    const late = {
      operationId: randomUUID(),
      side: 'A',
      stakeXof: 1_000,
      askXof: 1_000,
      validUntil: '2020-01-01T00:00:00Z',
    };
    const api = await house.post(`/markets/${marketId}/offers`, player.cookie, late);
    assert.equal(api.body.code, 'slip_expired');
    const asked = await reader(player).open(
      `/verification/${late.operationId}?suite=${encodeURIComponent(slipOf(boutId, 'A', 1_000))}`,
    );
    assert.match(asked.text, /Pas fait Ce bulletin a expiré : rien n’a été débité\./);
  });
});

describe('an outcome that is not known', () => {
  it('is looked for, and found: the bet is there once', async () => {
    let proxy: FaultProxy | undefined;
    const broken = await openHouse({
      pages: await loadPageBundles(),
      reroute: async (appUrl) => {
        proxy = await startFaultProxy(appUrl);
        return proxy.through(appUrl);
      },
    });
    try {
      const [player] = await seedPlayers(broken.owner, { count: 1, availableXof: 20_000 });
      const [market] = await seedMarkets(broken.owner, { count: 1 });
      const one = new Reader(broken.app.player, player?.cookie);
      const path = `/combats/${market?.boutId}`;
      const slip = await one.open(slipOf(market?.boutId ?? 0, 'A', 1_000));
      const cut = proxy?.cutCommit('after');
      const placed = await one.submit(slip, `${path}/defis`);
      await cut;
      assert.match(locationOf(placed), /^\/verification\/[0-9a-f-]{36}\?suite=/);
      const found = await one.follow(placed);
      assert.match(found.text, /Défi lancé !/);
      assert.match((await one.open('/portefeuille')).text, /19 000 F Dans mes défis 1 000 F/);
      await broken.assertSound();
    } finally {
      await broken.close();
      await proxy?.close();
    }
  });
});

describe('what came of an operation', () => {
  it('is asked again by itself, found, or not received', async () => {
    const [player, other] = await twoPlayers();
    const { boutId } = await oneMarket();
    const one = reader(player);
    const placed = await one.submit(await one.open(slipOf(boutId, 'A', 1_000)), `/combats/${boutId}/defis`);
    const [, , offerId = ''] = locationOf(placed).split(/[/?]/);
    assert.equal(locationOf(await one.ask(`/verification/${offerId}`)), `/defis/${offerId}?nouveau=1`);
    const unknown = await one.open(`/verification/${randomUUID()}?suite=%2Fcombats%2F${boutId}`);
    assert.match(unknown.html, /<meta http-equiv="refresh" content="0;url=\/verification\/[^"]+essai=2/);
    const last = await one.open(`/verification/${randomUUID()}?essai=99`);
    assert.match(last.text, /Pas reçu .* rien n’a été débité/);
    // Someone else's operation is as unknown as one that never came.
    assert.match((await reader(other).open(`/verification/${offerId}`)).text, /On vérifie…/);
  });
});

describe('log-in and sign-up', () => {
  it('lead a new phone to an account, back to where it came from, and out again', async () => {
    const { boutId } = await oneMarket();
    const visitor = reader();
    const slip = await visitor.open(slipOf(boutId, 'A', 1_000));
    const [, logIn = ''] = /href="(\/connexion\?suite=%2Fcombats[^"]*bulletin[^"]*)"/.exec(slip.html) ?? [];
    const phonePage = await visitor.open(logIn.replaceAll('&amp;', '&'));
    const wrong = await visitor.submit(phonePage, '/connexion', { phone: '12 34 56' });
    assert.deepEqual([wrong.status, formOf(wrong, '/connexion')['phone']], [400, '12 34 56']);
    for (const { path, html } of [phonePage, wrong])
      assert.doesNotMatch(html, /href="\/connexion\?suite/, `who comes in is not asked to come in: ${path}`);
    assert.match(wrong.text, /Ce numéro de téléphone n’est pas valide/);
    const codePage = await visitor.follow(
      await visitor.submit(phonePage, '/connexion', { phone: newPhone() }),
    );
    const [, code = ''] = /votre code est (\d{6})/.exec(codePage.text) ?? [];
    const bad = await visitor.submit(codePage, '/connexion/code', {
      code: code === '000000' ? '000001' : '000000',
    });
    assert.match(bad.text, /Ce code n’est pas le bon/);
    const form = await visitor.follow(await visitor.submit(codePage, '/connexion/code', { code }));
    assert.match(form.text, /Bienvenue/);
    const person = {
      pseudonym: `Lu-${randomUUID().slice(0, 8)}`,
      birthDay: '4',
      birthMonth: '4',
      birthYear: '1995',
      pin: '740218',
      pinAgain: '740218',
      terms: 'oui',
    };
    for (const [fields, sentence] of [
      [{ ...person, birthYear: '2020' }, 'réservé aux personnes de 18 ans'],
      [{ ...person, pseudonym: 'a' }, 'Choisissez un pseudo de 3 à 20'],
      [{ ...person, birthDay: '31', birthMonth: '2' }, 'Cette date n’existe pas'],
      [{ ...person, terms: '' }, 'Il manque une réponse ici.'],
    ] as const) {
      const refused = await visitor.submit(form, '/inscription', fields);
      assert(refused.status >= 400 && refused.status < 500, `${refused.status}`);
      assert(refused.text.includes(sentence), `${sentence}: ${refused.text}`);
    }
    const joined = await visitor.submit(form, '/inscription', person);
    assert.equal(locationOf(joined), slipOf(boutId, 'A', 1_000));
    const me = await visitor.open('/moi');
    assert.match(me.text, /Mes clés Entrer avec le doigt ou le visage, sans code\./);
    assert(me.text.includes(person.pseudonym));
    await visitor.submit(me, '/deconnexion');
    assert.equal(locationOf(await visitor.ask('/moi')), '/connexion?suite=%2Fmoi');
  });

  for (const suite of [
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    '/%0d%0aSet-Cookie:a=b',
    'javascript:alert(1)',
  ]) {
    it(`never go back to ${suite}`, async () => {
      const page = await reader().open(`/connexion?suite=${encodeURIComponent(suite)}`);
      const kept = formOf(page, '/connexion')['suite'];
      assert(
        kept === undefined || (kept.startsWith('/') && !/^\/[/\\]/.test(kept) && !/[\r\n]/.test(kept)),
        kept,
      );
    });
  }
});

describe('who may open which page', () => {
  const filled = (key: PlayerPageKey, ids: Readonly<Record<string, string>>) =>
    (key.split(' ')[1] ?? '').replace(/:(\w+)/g, (_, name: string) => ids[name] ?? '1');

  it('anyone, a player, an owner: and nobody else', async () => {
    const [owner, other] = await twoPlayers();
    const { boutId, galaId } = await oneMarket();
    const [staff] = await seedStaff(house.owner, 1);
    const one = reader(owner);
    const placed = await one.submit(await one.open(slipOf(boutId, 'A', 1_000)), `/combats/${boutId}/defis`);
    const [, , offerId = ''] = locationOf(placed).split(/[/?]/);
    const ids = {
      boutId: String(boutId),
      galaId: String(galaId),
      offerId,
      betId: randomUUID(),
      pastId: offerId,
      operationId: offerId,
      sessionId: offerId,
      passkeyId: offerId,
      changeId: offerId,
      noticeId: offerId,
      deviceId: offerId,
      depositId: offerId,
      wrestlerId: '1',
    };
    const nobody = reader();
    const office = new Reader(house.app.player, staff?.cookie);
    for (const [key, { caller }] of Object.entries(playerPages) as [PlayerPageKey, { caller: string }][]) {
      const [method] = key.split(' ');
      const path = filled(key, ids);
      if (path.startsWith('/live/')) continue;
      for (const stranger of [nobody, office]) {
        const answer: ReadPage =
          method === 'GET' ? await stranger.ask(path) : await stranger.post(path, 'jeton=x');
        const isSentToLogIn = answer.status === 303 && locationOf(answer).startsWith('/connexion?suite=');
        assert.equal(isSentToLogIn, caller !== 'anyone', `${key}: ${answer.status}`);
      }
    }
    // Somebody else's is there to take while it is for everybody; his bets are not there at all.
    const taking = locationOf(await reader(other).ask(`/defis/${offerId}`));
    assert.equal(taking, `/combats/${boutId}/defis/${offerId}`);
    assert.equal((await reader(other).ask(`/paris/${randomUUID()}`)).status, 404);
  });

  it('hides a hidden gala from visitors', async () => {
    const [hidden] = await seedMarkets(house.owner, { count: 1, visibility: 'hidden' });
    for (const path of [
      `/combats/${hidden?.boutId}`,
      `/galas/${hidden?.galaId}`,
      `/live/bouts/${hidden?.boutId}`,
    ]) {
      assert.equal((await reader().ask(path)).status, 404, path);
    }
    const home = await reader().open('/');
    assert(!home.html.includes(`/combats/${hidden?.boutId}"`));
  });
});

describe('every page', () => {
  it('carries the headers that keep it safe, and is compressed', async () => {
    const [player] = await twoPlayers();
    const open = await reader().ask('/', { 'accept-encoding': 'gzip, br' });
    assert.equal(open.headers['content-encoding'], 'br');
    assert.equal(open.headers['cache-control'], 'no-cache');
    const own = await reader(player).ask('/');
    assert.equal(own.headers['cache-control'], 'private, no-store');
    const policy = String(own.headers['content-security-policy']);
    for (const part of [
      "script-src 'self'",
      "object-src 'none'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
      "form-action 'self'",
    ]) {
      assert(policy.includes(part), part);
    }
    assert(!policy.includes('unsafe'), policy);
    assert(!/ style="| on[a-z]+="/.test(own.html));
    assert.equal(own.headers['x-content-type-options'], 'nosniff');
  });

  it('that does not exist is a page too', async () => {
    for (const path of [
      '/rien',
      '/combats/0',
      '/combats/abc',
      '/combats/999999',
      '/lutteurs/999999',
      '/assets/none.js',
    ]) {
      const page = await reader().ask(path);
      assert.deepEqual([page.status, page.headers['content-type']], [404, 'text/html; charset=utf-8'], path);
      assert.match(page.text, /Il n’y a rien ici/);
    }
  });

  it('writes what people typed as text', async () => {
    const page = await reader().open(`/lutteurs?q=${encodeURIComponent('"><script>alert(1)</script>')}`);
    assert(!page.html.includes('<script>alert'));
    const bout = await oneMarket();
    const choice = await reader().open(
      `/combats/${bout.boutId}/bulletin?side=A&otherStakeXof=${encodeURIComponent('</script><b>')}`,
    );
    assert(!choice.html.includes('</script><b>'));
    assert.equal(choice.status, 400);
    assert.match(choice.text, /Écrivez le montant en francs entiers/);
  });

  it('loads files that never change, compressed', async () => {
    const { boutId } = await oneMarket();
    const bout = await reader().open(`/combats/${boutId}`);
    const [, script = ''] = /src="(\/assets\/bout-[\w-]+\.js)"/.exec(bout.html) ?? [];
    const file = await reader().ask(script, { 'accept-encoding': 'br' });
    assert.deepEqual(
      [file.status, file.headers['content-encoding'], file.headers['cache-control']],
      [200, 'br', 'public, max-age=31536000, immutable'],
    );
  });
});

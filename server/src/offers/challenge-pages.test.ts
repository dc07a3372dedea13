/** Private challenges on the player's pages: by link, for a number, answered, refused; without JavaScript. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { errorCatalogue } from '#core/errors.ts';
import { loadPageBundles } from '../page-bundle.ts';
import { availableXof, place, whistle } from '../testing/bets.ts';
import { type House, openHouse } from '../testing/house.ts';
import { formOf, locationOf, Reader, type ReadPage } from '../testing/reader.ts';
import { close, decide, duel, settle } from '../testing/results.ts';
import { type SeededPlayer, type SeededStaff, seedMarkets, seedPlayers, seedStaff } from '../testing/seed.ts';
import { expireOffers } from './expire-offers.ts';

let house: House;
before(async () => {
  house = await openHouse({ pages: await loadPageBundles() });
});
after(async () => {
  await house.assertSound();
  await house.close();
});

type Three = [SeededPlayer, SeededPlayer, SeededPlayer];

async function table() {
  const [market] = await seedMarkets(house.owner, { count: 1 });
  assert(market !== undefined);
  const players = await seedPlayers(house.owner, { count: 3, availableXof: 20_000 });
  return { ...market, players: players as Three };
}

const reader = (player?: SeededPlayer) => new Reader(house.app.player, player?.cookie);

async function phoneOf({ playerId }: SeededPlayer): Promise<string> {
  const rows = await house.owner.query<{ phone: string }>('SELECT phone FROM player WHERE id = $1', [
    playerId,
  ]);
  return rows[0]?.phone ?? '';
}

/** Places through the slip; the receipt. */
async function placeOnPages(
  player: SeededPlayer,
  boutId: number,
  query: string,
  typed = {},
): Promise<ReadPage> {
  const one = reader(player);
  const slip = await one.open(`/combats/${boutId}/bulletin?side=A&stakeXof=2000&ratio=1%3A1${query}`);
  return one.follow(await one.submit(slip, `/combats/${boutId}/defis`, typed));
}

/** The path of the link on an offer's page. */
function linkOf(page: ReadPage): string {
  const text = (/<input [^>]*value="(https?:[^"]+)"/.exec(page.html)?.[1] ?? '').replaceAll('&amp;', '&');
  assert.notEqual(text, '', page.text);
  return text.replace(/^https?:\/\/[^/]+/, '');
}

test('a challenge by link: its page is for anybody who has the link, and leads through the log-in back to itself', async () => {
  const { boutId, players } = await table();
  const [ada, bouba] = players;
  const receipt = await placeOnPages(ada, boutId, '&audience=link');
  assert.match(receipt.text, /Défi lancé ! Envoyez le lien/);
  const message = /https:\/\/wa\.me\/\?text=([^"]+)/.exec(receipt.html)?.[1] ?? '';
  const link = linkOf(receipt);
  assert.ok(decodeURIComponent(message).includes(link), message);
  assert.match(decodeURIComponent(message), /Je te défie sur .* 2.000.F.* au moins 3.040.F net/);
  assert.match(link, /^\/defis\/[0-9a-f-]{36}\?cle=[\w-]{43}$/);

  const visitor = await reader().ask(link);
  assert.equal(visitor.status, 200);
  assert.match(visitor.text, new RegExp(`${ada.pseudonym} vous défie`));
  assert.match(visitor.text, /Net en main .* au moins 3 040 F .* La règle : Qui gagne/);
  assert.ok(visitor.html.includes(`href="/connexion?suite=${encodeURIComponent(link)}"`));

  const two = reader(bouba);
  const page = await two.open(link);
  const action = /action="([^"]+\/accepter)"/.exec(page.html)?.[1] ?? '';
  const bet = await two.follow(await two.submit(page, action));
  assert.match(bet.text, /Pari engagé !/);
  assert.match((await two.open(link)).text, /Vous avez pris ce défi/);
});

test('without its key a challenge is nobody’s: who is logged in finds nothing, who is not is asked in', async () => {
  const { boutId, players } = await table();
  const link = linkOf(await placeOnPages(players[0], boutId, '&audience=link'));
  const bare = link.replace(/\?.*/, '');
  const wrong = `${bare}?cle=${'A'.repeat(43)}`;
  for (const path of [bare, wrong, `${bare}?cle=abc`]) {
    assert.equal((await reader(players[1]).ask(path)).status, 404, path);
    assert.match(locationOf(await reader().ask(path)), /^\/connexion\?suite=%2Fdefis/);
  }
  const id = bare.replace('/defis/', '');
  assert.equal((await reader(players[1]).ask(`/combats/${boutId}/defis/${id}`)).status, 404);
  assert.equal((await reader(players[1]).ask(`/combats/${boutId}`)).html.includes(id), false);
});

test('a challenge for a number: asked where the form posts, found by its owner alone, on his bets page and in a notice', async () => {
  const { boutId, players } = await table();
  const [ada, bouba, coumba] = players;
  const invitedPhone = await phoneOf(bouba);
  const one = reader(ada);
  const path = `/combats/${boutId}/bulletin?side=A&stakeXof=2000&ratio=1%3A1&audience=phone`;
  const action = `/combats/${boutId}/defis`;
  const missing = await one.submit(await one.open(path), action);
  assert.equal(missing.status, errorCatalogue.field_missing.status);
  assert.match(missing.html, /id="invitedPhone-problem"/);
  const wrong = await one.submit(missing, action, { invitedPhone: '33 821' });
  assert.match(wrong.text, /Ce numéro de téléphone n’est pas valide/);
  const own = await one.submit(wrong, action, { invitedPhone: await phoneOf(ada) });
  assert.equal(own.status, errorCatalogue.offer_own.status);
  const receipt = await one.follow(await one.submit(own, action, { invitedPhone }));
  assert.match(receipt.text, new RegExp(`Pour le ••• ${invitedPhone.slice(-2)} seulement`));
  assert.equal(receipt.html.includes(invitedPhone), false);

  const two = reader(bouba);
  assert.match((await two.open('/')).text, /1 défi pour vous/);
  const bets = await two.open('/paris');
  assert.match(bets.text, new RegExp(`Défis pour moi ${ada.pseudonym} vous défie`));
  const challenge = linkOf(receipt);
  assert.ok(bets.html.includes(`href="${challenge}"`));
  const page = await two.open(challenge);
  const accepting = /action="([^"]+\/accepter)"/.exec(page.html)?.[1] ?? '';
  assert.equal((await reader(coumba).ask(challenge)).status, 404);
  assert.doesNotMatch((await reader(coumba).open('/paris')).text, /Défis pour moi/);
  assert.match((await two.follow(await two.submit(page, accepting))).text, /Pari engagé !/);
  assert.doesNotMatch((await two.open('/')).text, /défi pour vous/);
});

test('a counter-offer: proposed from the challenge, seen by its maker on his offer, accepted in one tap', async () => {
  const { boutId, players } = await table();
  const [ada, bouba, coumba] = players;
  const receipt = await placeOnPages(ada, boutId, '&audience=link');
  const link = linkOf(receipt);
  const two = reader(bouba);
  const page = await two.open(link);
  const asked = formOf(page, `/combats/${boutId}/bulletin`);
  const query = new URLSearchParams({ ...asked, otherStakeXof: '3000', otherAskXof: '4500' });
  const slip = await two.open(`/combats/${boutId}/bulletin?${query}`);
  assert.match(slip.text, new RegExp(`Votre proposition .* Seul ${ada.pseudonym} verra`));
  const sent = await two.follow(await two.submit(slip, `/combats/${boutId}/defis`));
  assert.match(sent.text, /Votre proposition est partie/);
  assert.doesNotMatch(sent.text, /Envoyez votre défi/);

  const one = reader(ada);
  assert.match((await one.open('/paris')).text, new RegExp(`${bouba.pseudonym} propose autre chose`));
  const own = await one.open(locationOf(await one.ask(sent.path.replace('?nouveau=1', ''))));
  assert.match(own.text, /Propositions reçues .* propose : 3 000 F , vous mettez 4 500 F/);
  const action = /action="([^"]+\/accepter)"/.exec(own.html)?.[1] ?? '';
  assert.equal((await reader(coumba).ask(sent.path)).status, 404);
  const bet = await one.follow(await one.submit(own, action));
  assert.match(bet.text, /Pari engagé ! .* 4 500 F/);
  assert.equal(await availableXof(house, ada), 15_500, 'the 2 000 F of the first offer came back');
});

test('an answer with amounts that cannot be read comes back to the challenge, never to the form for everybody', async () => {
  const { boutId, players } = await table();
  const link = linkOf(await placeOnPages(players[0], boutId, '&audience=link'));
  const two = reader(players[1]);
  const asked = formOf(await two.open(link), `/combats/${boutId}/bulletin`);
  const query = new URLSearchParams({ ...asked, otherStakeXof: '1e3' });
  const back = await two.ask(`/combats/${boutId}/bulletin?${query}`);
  assert.equal(back.status, 400);
  assert.match(back.text, /vous défie/);
  assert.match(back.html, /id="otherStakeXof-problem"/);
  const stranger = new URLSearchParams({ ...asked, cle: 'A'.repeat(43) });
  assert.equal((await two.ask(`/combats/${boutId}/bulletin?${stranger}`)).status, 404);
});

test('linked accounts are refused on the challenge’s page, in words, and nothing is held', async () => {
  const { boutId, players, marketId } = await table();
  const [ada, bouba] = players;
  await house.owner.query(
    `INSERT INTO device (player_id, token_hash, label, removed_at)
     SELECT p.id, sha256(convert_to('a phone of two ' || $3::text, 'UTF8')), 'Chrome sur Android', p.gone
     FROM (VALUES ($1::uuid, NULL::timestamptz), ($2::uuid, clock_timestamp())) AS p (id, gone)`,
    [ada.playerId, bouba.playerId, marketId],
  );
  const link = linkOf(await placeOnPages(ada, boutId, '&audience=link'));
  const two = reader(bouba);
  const page = await two.open(link);
  const action = /action="([^"]+\/accepter)"/.exec(page.html)?.[1] ?? '';
  const refused = await two.submit(page, action);
  assert.equal(refused.status, errorCatalogue.accounts_linked.status);
  assert.ok(refused.text.includes(errorCatalogue.accounts_linked.fr), refused.text);
  assert.match(refused.text, /vous défie/);
  assert.equal(await availableXof(house, bouba), 20_000);
});

test('an offer ends when its player said; its page and the other’s say until when', async () => {
  const { boutId, players } = await table();
  const receipt = await placeOnPages(players[0], boutId, '&audience=link&endsIn=3');
  assert.match(receipt.text, /Privé : pour qui a le lien\. Jusqu’à/);
  const link = linkOf(receipt);
  assert.match(
    (await reader(players[1]).open(link)).text,
    /À prendre jusqu’à la fermeture des paris, au plus tard/,
  );
  await house.owner.query(
    `UPDATE offer SET placed_at = placed_at - interval '1 day', expires_at = clock_timestamp() - interval '1 second'
     WHERE player_id = $1`,
    [players[0].playerId],
  );
  const late = await reader(players[1]).open(link);
  assert.match(late.text, /Ce défi a pris fin/);
  assert.doesNotMatch(late.html, /\/accepter"/);
});

test('a slip sent again is the same offer with the same end; an unknown audience or end is refused', async () => {
  const { boutId, players } = await table();
  const one = reader(players[0]);
  const slip = await one.open(`/combats/${boutId}/bulletin?side=A&stakeXof=2000&audience=link&endsIn=1`);
  const action = `/combats/${boutId}/defis`;
  const first = await one.submit(slip, action);
  assert.equal(locationOf(await one.submit(slip, action)), locationOf(first));
  for (const typed of [{ audience: 'tous' }, { endsIn: '2' }, { cle: 'abc' }, { answers: 'x' }])
    assert.equal((await one.submit(slip, action, typed)).status, 400, JSON.stringify(typed));
  assert.equal(await availableXof(house, players[0]), 18_000);
});

test('a public offer’s link leads to its acceptance, where another amount can be proposed', async () => {
  const { boutId, marketId, players } = await table();
  const [ada, bouba] = players;
  const offer = await place(house, ada, marketId, { side: 'A', stakeXof: 5_000 });
  const id = offer.body.offerId;
  const own = await reader(ada).open(`/defis/${id}`);
  assert.equal(linkOf(own), `/combats/${boutId}/defis/${id}`);
  const two = reader(bouba);
  const page = await two.open(`/defis/${id}`);
  assert.match(page.text, /Accepter le défi .* Proposer autre chose/);
  const query = new URLSearchParams({
    ...formOf(page, `/combats/${boutId}/bulletin`),
    otherStakeXof: '2000',
    otherAskXof: '4000',
  });
  const slip = await two.open(`/combats/${boutId}/bulletin?${query}`);
  assert.match((await two.follow(await two.submit(slip, `/combats/${boutId}/defis`))).text, /est partie/);
  assert.match((await reader(ada).open(`/defis/${id}`)).text, /Propositions reçues/);
});

const acceptanceOf = (page: ReadPage) => /action="([^"]+\/accepter)"/.exec(page.html)?.[1] ?? '';

test('a link that two open at the same instant: one has the bet, the other is told so, and each finds it so later', async () => {
  const { boutId, players } = await table();
  const [ada, bouba, coumba] = players;
  for (const isPublic of [false, true]) {
    const link = linkOf(await placeOnPages(ada, boutId, isPublic ? '' : '&audience=link'));
    const takers = await Promise.all(
      [bouba, coumba].map(async (player) => {
        const one = reader(player);
        return { one, player, page: await one.open(link), before: await availableXof(house, player) };
      }),
    );
    const tapped = await Promise.all(
      takers.map(async ({ one, page, ...taker }) => ({
        ...taker,
        one,
        answer: await one.submit(page, acceptanceOf(page)),
      })),
    );
    const winner = tapped.find(({ answer }) => answer.status === 303);
    const loser = tapped.find(({ answer }) => answer.status === errorCatalogue.offer_gone.status);
    assert(winner !== undefined && loser !== undefined, tapped.map(({ answer }) => answer.status).join());
    assert.match(loser.answer.text, /Ce défi vient d’être pris ou retiré\. Rien n’a été débité/);
    assert.equal(await availableXof(house, loser.player), loser.before);
    assert.equal(await availableXof(house, winner.player), winner.before - 2_000);
    const own = await winner.one.open(link);
    assert.match(own.text, /Vous avez pris ce défi\. Voir mon pari/);
    assert.ok(own.html.includes(`href="${locationOf(winner.answer).replace('?nouveau=1', '')}"`));
    const { html, text } = await reader().open(link);
    assert.match(text, /Ce défi est déjà pris/);
    assert.doesNotMatch(html, /\/accepter"/);
    const later = await loser.one.open(link);
    for (const page of [own, later])
      assert.equal(sideOf(page), sideOf(takers[0]?.page), 'the side to take stays the other one');
  }
});

/** The side that the page says is the reader's. */
function sideOf(page: ReadPage | undefined): string | undefined {
  return (
    /(?:Votre côté : \w\w|Accepter le défi \w\w|Votre côté :) (lutteur \w+)/.exec(page?.text ?? '')?.[1] ??
    page?.text
  );
}

test('a link after its end says which: withdrawn, ended with the money back, or betting closed', async () => {
  const { boutId, marketId, players } = await table();
  const [ada, bouba] = players;
  const [operator] = await seedStaff(house.owner, 1);
  assert(operator !== undefined);
  const one = reader(ada);
  for (const isPublic of [false, true]) {
    const audience = isPublic ? '' : '&audience=link';
    const withdrawn = await placeOnPages(ada, boutId, audience);
    const gone = linkOf(withdrawn);
    await one.submit(withdrawn, /action="([^"]+\/retirer)"/.exec(withdrawn.html)?.[1] ?? '');
    assert.match((await reader(bouba).open(gone)).text, /Ce défi a été retiré/);

    const ended = linkOf(await placeOnPages(ada, boutId, `${audience}&endsIn=1`));
    await house.owner.query(
      `UPDATE offer SET placed_at = placed_at - interval '1 day', expires_at = clock_timestamp() - interval '1 second'
       WHERE player_id = $1 AND expires_at IS NOT NULL`,
      [ada.playerId],
    );
    assert.match((await reader(bouba).open(ended)).text, /Ce défi a pris fin/);
    await expireOffers({ db: house.db, onBoutChanged: () => undefined });
    assert.match((await reader(bouba).open(ended)).text, /Ce défi a pris fin/);
  }
  const links = [
    linkOf(await placeOnPages(ada, boutId, '&audience=link')),
    linkOf(await placeOnPages(ada, boutId, '')),
  ];
  assert.equal((await whistle(house, operator, marketId)).status, 200);
  for (const link of links) {
    const late = await reader(bouba).open(link);
    assert.match(late.text, /Les paris sont fermés sur ce combat/);
    assert.doesNotMatch(late.html, /\/accepter"/);
  }
});

test('a challenge for another number: who opens its link is told so, logged in or at the door, whatever there is', async () => {
  const { boutId, players } = await table();
  const invitedPhone = await phoneOf(players[1]);
  const link = linkOf(await placeOnPages(players[0], boutId, '&audience=phone', { invitedPhone }));
  const unknown = `/defis/${randomUUID()}`;
  for (const path of [link, unknown]) {
    const wrong = await reader(players[2]).ask(path);
    assert.equal(wrong.status, 404);
    assert.match(wrong.text, /Ce défi n’existe pas, ou il n’est pas pour vous/);
    assert.match((await reader().open(path)).text, /S’il est pour votre numéro, entrez avec ce numéro-là/);
  }
});

test('who may not play is refused on the challenge’s page, in words, and nothing is held', async () => {
  const { boutId, players } = await table();
  const [ada, bouba] = players;
  const link = linkOf(await placeOnPages(ada, boutId, '&audience=link'));
  const two = reader(bouba);
  const page = await two.open(link);
  const pause = { operationId: randomUUID(), kind: 'cool_off', days: 1 };
  assert.equal((await house.post('/play/exclusions', bouba.cookie, pause)).status, 201);
  const refused = await two.submit(page, acceptanceOf(page));
  assert.equal(refused.status, errorCatalogue.player_cooling_off.status);
  assert.match(refused.text, /Vous faites une pause/);
  assert.match(refused.text, /vous défie/);
  assert.equal(await availableXof(house, bouba), 20_000);
});

test('accepting what one has answered takes the answer back in the same tap, with its money', async () => {
  const { boutId, marketId, players } = await table();
  const [ada, bouba] = players;
  const link = linkOf(await placeOnPages(ada, boutId, '&audience=link'));
  const id = /[0-9a-f-]{36}/.exec(link)?.[0] ?? '';
  const cle = /cle=([\w-]{43})/.exec(link)?.[1] ?? '';
  const answer = { side: 'B', stakeXof: 20_000, answersOfferId: id, answersKey: cle } as const;
  assert.equal((await place(house, bouba, marketId, answer)).status, 201);
  const two = reader(bouba);
  const page = await two.open(link);
  assert.match(page.text, /Votre proposition est retirée dans le même geste/);
  assert.doesNotMatch(page.text, /Il vous manque/);
  assert.match((await two.follow(await two.submit(page, acceptanceOf(page)))).text, /Pari engagé !/);
  assert.equal(await availableXof(house, bouba), 18_000);
});

/** The messages for WhatsApp on a page, spaces made plain. */
function messagesOf({ html }: ReadPage): string[] {
  return [...html.matchAll(/https:\/\/wa\.me\/\?text=([^"]+)"/g)].map(([, text = '']) =>
    decodeURIComponent(text).replace(/[\s\u00a0\u202f]+/g, ' '),
  );
}

test('what is handed on says the offer in the player’s language and in the other, and never a number', async () => {
  const { boutId, players } = await table();
  const [ada, bouba] = players;
  const invitedPhone = await phoneOf(bouba);
  const offers = [
    { query: '', typed: {}, fr: /^Qui relève mon défi sur .* Je mets 2 000 F/, wo: /^Kan mooy nangu/ },
    { query: '&audience=link', typed: {}, fr: /^Je te défie sur .* je mets 2 000 F/, wo: /^Dama lay dëkk/ },
    { query: '&audience=phone', typed: { invitedPhone }, fr: /^Je te défie sur/, wo: /^Dama lay dëkk/ },
  ];
  for (const { query, typed, fr, wo } of offers) {
    const receipt = await placeOnPages(ada, boutId, query, typed);
    const link = linkOf(receipt);
    const [first = '', second = ''] = messagesOf(receipt);
    assert.match(first, fr);
    assert.match(second, wo);
    for (const message of [first, second]) {
      assert.ok(message.includes(link), message);
      assert.match(message, /3 040 F/);
      assert.equal(message.includes(invitedPhone.slice(-7)), false);
    }
    const [own = ''] = messagesOf(
      await reader(ada).ask(receipt.path, { 'accept-language': 'wo-SN, fr;q=0.8' }),
    );
    assert.match(own, wo);
  }
});

test('a bet that was won is told without its amount, unless that is wanted; one that was lost is not', async () => {
  const { boutId, marketId, players } = await table();
  const [ada, bouba] = players;
  const staff = (await seedStaff(house.owner, 2)) as [SeededStaff, SeededStaff];
  const { betId } = await duel(house, marketId, [ada, bouba], 2_000);
  assert.deepEqual(messagesOf(await reader(ada).open(`/paris/${betId}`)), []);
  await close(house, staff[0], [marketId]);
  await decide(house, staff, boutId, { ending: 'fall', winnerSide: 'A' });
  await settle(house, marketId);
  const [fr = '', wo = '', withAmount = ''] = messagesOf(await reader(ada).open(`/paris/${betId}`));
  assert.match(fr, /^J’ai gagné mon pari sur Mbayar/);
  assert.match(wo, /^Gañe naa sama paari/);
  assert.match(withAmount, /^J’ai gagné 3 040 F net sur Mbayar/);
  for (const message of [fr, wo, withAmount]) {
    assert.ok(message.includes(`/combats/${boutId} `), message);
    assert.equal(message.includes(bouba.pseudonym), false);
  }
  for (const message of [fr, wo]) assert.doesNotMatch(message, /\d F\b/);
  assert.deepEqual(messagesOf(await reader(bouba).open(`/paris/${betId}`)), []);
});

/** Bonus money as a player sees it, without JavaScript: wallet, slip, its own statement, the friend who comes by a link. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { errorCatalogue } from '#core/errors.ts';
import { loadPageBundles } from '../page-bundle.ts';
import { place } from '../testing/bets.ts';
import { type House, openHouse } from '../testing/house.ts';
import { newPhone, readCode, signUpPlayer, testPin } from '../testing/people.ts';
import { formOf, Reader, type ReadPage } from '../testing/reader.ts';
import { close, decide, duel, settle } from '../testing/results.ts';
import {
  type SeededMarket,
  type SeededPlayer,
  type SeededStaff,
  seedBonus,
  seedMarkets,
  seedPlayers,
  seedStaff,
} from '../testing/seed.ts';
import { grantBonuses } from './grant-bonuses.ts';

let house: House;

before(async () => {
  house = await openHouse({ pages: await loadPageBundles() });
});
after(async () => {
  await house.assertSound();
  await house.close();
});

const read = (cookie: string, path: string): Promise<ReadPage> =>
  new Reader(house.app.player, cookie).open(path);

async function seed(bonusXof: number): Promise<{ player: SeededPlayer; market: SeededMarket }> {
  const [player] = await seedPlayers(house.owner, { count: 1, availableXof: 1_000 });
  const [market] = await seedMarkets(house.owner, { count: 1 });
  assert(player !== undefined && market !== undefined);
  if (bonusXof > 0) await seedBonus(house.owner, player.playerId, bonusXof);
  return { player, market };
}

describe('bonus money on the pages', () => {
  it('stands on a line of its own in the wallet, apart from what can be withdrawn', async () => {
    const { player } = await seed(2_500);
    const page = await read(player.cookie, '/portefeuille');
    assert.match(page.text, /Mon argent 1 000 F/);
    assert.match(page.text, /Bonus Se joue d’abord, ne se retire pas\. 2 500 F/);
    assert.match((await read(player.cookie, '/portefeuille/retrait')).text, /1 000 F/);
    assert.doesNotMatch((await read(player.cookie, '/portefeuille/retrait')).text, /3 500 F/);
    const { body } = await house.get('/wallet', player.cookie);
    assert.deepEqual([body.availableXof, body.bonusXof], [1_000, 2_500]);
  });

  it('is told on the slip, and what is missing counts it', async () => {
    const { player, market } = await seed(2_500);
    const slip = `/combats/${market.boutId}/bulletin?side=A&otherStakeXof=3000&otherAskXof=3000`;
    const page = await read(player.cookie, slip);
    assert.match(page.text, /Dont 2 500 F de bonus, joués d’abord/);
    assert.doesNotMatch(page.text, /Il vous manque/);
    const more = await read(player.cookie, slip.replaceAll('3000', '4000'));
    assert.match(more.text, /Il vous manque 500 F/);
    const { player: other } = await seed(0);
    const offer = await place(house, other, market.marketId, { side: 'B', stakeXof: 1_000 });
    const accepting = await read(player.cookie, `/combats/${market.boutId}/defis/${offer.body.offerId}`);
    assert.match(accepting.text, /Dont 1 000 F de bonus/);
    assert.doesNotMatch((await read(other.cookie, slip)).text, /de bonus/);
  });

  it('has a statement of its own, with the balance after each movement', async () => {
    const { player, market } = await seed(2_500);
    await place(house, player, market.marketId, { side: 'A', stakeXof: 3_000 });
    const page = await read(player.cookie, '/portefeuille/bonus');
    assert.match(page.text, /Défi lancé .* −2 500 F solde 0 F Bonus reçu .* \+2 500 F solde 2 500 F/);
    const { body } = await house.get('/bonuses/statement', player.cookie);
    assert.deepEqual(
      body.movements.map(({ kind, amountXof }: { kind: string; amountXof: number }) => [kind, amountXof]),
      [
        ['offer_placed', -2_500],
        ['bonus_granted', 2_500],
      ],
    );
    const own = await read(player.cookie, '/portefeuille/releve');
    assert.match(own.text, /Mises −500 F/);
  });
});

describe('a friend who comes by a link', () => {
  async function signUpBy(link: string, code?: string): Promise<{ page: ReadPage; browser: Reader }> {
    const browser = new Reader(house.app.player);
    const phone = newPhone();
    const door = await browser.open(link);
    const asked = await browser.submit(door, '/connexion', { phone });
    const shown = await browser.submit(await browser.follow(asked), '/connexion/code', {
      code: await readCode(house, phone),
    });
    const form = await browser.follow(shown);
    const fields = {
      pseudonym: `Venu-${phone.slice(-6)}`,
      birthDay: '4',
      birthMonth: '4',
      birthYear: '1995',
      terms: 'oui',
      pin: testPin,
      pinAgain: testPin,
      ...(code === undefined ? {} : { referralCode: code }),
    };
    return { page: await browser.submit(form, '/inscription', fields), browser };
  }

  it('is welcomed by name, finds the code filled in, and is on the list of who invited him', async () => {
    const phone = newPhone();
    const host = await signUpPlayer(house, { phone, pseudonym: `Hôte-${phone.slice(-6)}` });
    const invitation = await read(host.cookie, '/parrainer');
    const text = /<textarea[^>]*>([^<]*)</.exec(invitation.html)?.[1] ?? '';
    const link = /http:\/\/localhost:3000(\/\S+)/.exec(text)?.[1] ?? '';
    assert.match(link, /^\/connexion\?parrain=/);
    assert.match(invitation.html, /href="https:\/\/wa\.me\/\?text=/);
    assert.match((await new Reader(house.app.player).open(link)).text, /vous invite\. Bienvenue/);
    const { page, browser } = await signUpBy(link);
    assert.equal(page.status, 303, page.text);
    assert.match((await browser.follow(page)).text, /Mbayar/);
    assert.match((await read(host.cookie, '/parrainer')).text, /Venu-\d+ .* attend son premier pari réglé/);
  });

  it('may leave the code out; one that is nobody’s is said beside the field', async () => {
    assert.equal((await signUpBy('/connexion', '')).page.status, 303);
    const { page } = await signUpBy('/connexion?parrain=Personne-du-tout');
    assert.equal(page.status, 409);
    assert(page.text.includes(errorCatalogue.referral_code_unknown.fr));
    assert.equal(formOf(page, '/inscription')['referralCode'], 'Personne-du-tout');
  });

  it('is not looked for by who is in a pause; what was decided is told in words', async () => {
    const host = await signUpPlayer(house);
    const friend = await signUpPlayer(house, { referralCode: host.name, availableXof: 5_000 });
    const staff = (await seedStaff(house.owner, 2)) as [SeededStaff, SeededStaff];
    const { player, market } = await seed(0);
    await duel(house, market.marketId, [{ ...player, cookie: friend.cookie }, player], 1_000);
    const pause = { operationId: randomUUID(), kind: 'cool_off', days: 7 };
    assert.equal((await host.post('/play/exclusions', pause)).status, 201);
    const invitation = await read(host.cookie, '/parrainer');
    assert.doesNotMatch(invitation.html, /wa\.me/);
    assert.match(invitation.text, /Votre jeu est en pause/);
    await close(house, staff[0], [market.marketId]);
    await decide(house, staff, market.boutId, { ending: 'fall', winnerSide: 'B' });
    await settle(house, market.marketId);
    await grantBonuses(house, { marketId: market.marketId });
    assert.match((await read(host.cookie, '/parrainer')).text, /Non versé : le jeu était en pause/);
    const given = await read(friend.cookie, '/portefeuille/bonus');
    assert.match(given.text, /Premier pari perdu, rendu en bonus .* \+1 000 F/);
    assert.match(given.text, /Bienvenue, parrainé par un ami .* \+500 F/);
  });
});

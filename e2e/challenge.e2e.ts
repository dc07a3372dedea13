/** A private challenge from a link to a bet, by somebody who had no account; and an answer to one. Both ways of reading. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { type Product, startProduct } from '#server/testing/product.ts';
import { Operators, type Ring } from './operators.ts';
import { openBrowser, openPhone, type Phone, signUp, signUpHere } from './phone.ts';

let product: Product;
let browser: Browser;
let operators: Operators;
before(async () => {
  product = await startProduct();
  browser = await openBrowser();
  operators = await Operators.logIn(product);
});
after(async () => {
  await browser.close();
  await product.stop();
});

/** Side A, 2 000 F, by link, for three hours. Ends on the receipt; the path of the link. */
async function placeByLink(phone: Phone, { boutId }: Ring, hasScript: boolean): Promise<string> {
  const { page } = phone;
  await phone.open(`/combats/${boutId}`);
  await page.locator('label.pick-A').tap();
  await page.locator('label.chip', { hasText: '2 000' }).tap();
  await page.locator('summary', { hasText: 'Pour qui' }).tap();
  await page.locator('label.chip', { hasText: 'Par lien' }).tap();
  await page.locator('label.chip', { hasText: '3 heures' }).tap();

  if (!hasScript) {
    await page.getByRole('button', { name: 'Voir le bulletin' }).tap();
    await phone.look('slip-by-link');
  }
  assert.match(await phone.words(), /Sans réponse après 3 heures, votre mise revient\./);
  await page.getByRole('button', { name: /^Lancer le défi/ }).tap();
  await page.waitForURL(/\/defis\/.*nouveau=1/);
  const link = new URL(await page.getByLabel('Le lien du défi').inputValue());
  assert.equal(link.origin, new URL(product.playerUrl).origin);
  return `${link.pathname}${link.search}`;
}

for (const hasScript of [true, false]) {
  describe(`a private challenge ${hasScript ? 'with' : 'without'} JavaScript`, () => {
    let ring: Ring;
    let maker: Phone;
    let taker: Phone;
    let makerName: string;
    let link: string;
    before(async () => {
      ring = await operators.openBout();
      maker = await openPhone(browser, product.playerUrl, { hasScript });
      taker = await openPhone(browser, product.playerUrl, { hasScript, theme: 'light' });
      makerName = await signUp(maker, 10_000);
    });
    after(async () => {
      await maker.close();
      await taker.close();
    });

    it('is placed by link, with a message for WhatsApp', async () => {
      link = await placeByLink(maker, ring, hasScript);
      assert.match(await maker.words(), /Défi lancé ! Envoyez le lien/);
      const share = await maker.page.getByRole('link', { name: 'Envoyer par WhatsApp' }).getAttribute('href');
      assert.ok(decodeURIComponent(share ?? '').includes(link), share ?? '');
      await maker.look('challenge-placed');
      if (hasScript) assert.deepEqual(await maker.findBarriers(), []);
    });

    it('opens for who has no account, and is there again after he has made one', async () => {
      await taker.open(link);
      assert.match(await taker.words(), new RegExp(`${makerName} vous défie`));
      await taker.look('challenge');
      if (hasScript) assert.deepEqual(await taker.findBarriers(), []);
      await taker.page.getByRole('link', { name: 'Entrer pour continuer' }).tap();
      await signUpHere(taker);
      await taker.page.waitForURL(`**${link}`);
      assert.match(await taker.words(), /Il vous manque 2 000 F/);
    });

    it('is paid for and accepted', async () => {
      const { page } = taker;
      await page.getByRole('link', { name: /^Déposer/ }).tap();
      await page.getByRole('button', { name: /^(Déposer|Payer avec Argent d’essai)$/ }).tap();
      // The deposit leads back to the challenge that it was for.
      await page.waitForURL(`**${link}`);
      await page.getByRole('button', { name: /Accepter · 2 000 F/ }).tap();
      await page.waitForURL(/\/paris\/.*nouveau=1/);
      assert.match(await taker.words(), /Pari engagé !/);
      await taker.look('challenge-accepted');
    });

    it('is answered with other amounts, and the answer accepted in one tap', async () => {
      const second = await placeByLink(maker, ring, hasScript);
      const { page } = taker;
      await deposit(taker);
      await taker.open(second);
      await page.locator('summary', { hasText: 'Proposer autre chose' }).tap();
      await page.locator('#otherStakeXof').fill('1 000');
      await page.locator('#otherAskXof').fill('1 500');
      await taker.look('counter-form');
      await page.getByRole('button', { name: 'Voir ma proposition' }).tap();
      await taker.look('counter-slip');
      await page.getByRole('button', { name: /^Proposer · 1 000 F/ }).tap();
      await page.waitForURL(/nouveau=1/);
      assert.match(await taker.words(), /Votre proposition est partie/);

      await maker.open('/');
      assert.match(await maker.words(), /1 défi pour vous/);
      await maker.look('notice');
      await maker.open('/paris');
      await maker.look('challenges-for-me');
      await maker.page.getByRole('link', { name: /propose autre chose/ }).tap();
      await maker.page.waitForURL((url) => url.pathname !== '/paris');
      await maker.look('counters');
      if (hasScript) assert.deepEqual(await maker.findBarriers(), []);
      await maker.page.getByRole('button', { name: /Accepter · 1 500 F/ }).tap();
      await maker.page.waitForURL(/\/paris\/.*nouveau=1/);
      assert.match(await maker.words(), /Pari engagé !/);
    });

    it('is bet again in one tap when it came back, by a new link', async () => {
      const { page } = maker;
      await maker.open('/paris');
      assert.match(await maker.words(), /Défis revenus 2 000 F sur/);
      await maker.look('bets-that-came-back');
      await page
        .getByRole('link', { name: /^Rejouer sur/ })
        .first()
        .tap();
      await page.waitForURL(/\/rejouer\//);
      assert.match(await maker.words(), /Par un nouveau lien à envoyer .* au moins 3 040 F/);
      await maker.look('rebet');
      if (hasScript) assert.deepEqual(await maker.findBarriers(), []);
      await page.getByRole('button', { name: /Relancer le défi · 2 000 F/ }).tap();
      await page.waitForURL(/\/defis\/.*nouveau=1/);
      const again = new URL(await page.getByLabel('Le lien du défi').inputValue());
      await taker.open(`${again.pathname}${again.search}`);
      assert.match(await taker.words(), new RegExp(`${makerName} vous défie`));
    });
  });
}

async function deposit(phone: Phone): Promise<void> {
  await phone.open('/portefeuille/depot');
  await phone.page.getByLabel('Montant').fill('5000');
  await phone.page.getByRole('button', { name: /^(Déposer|Payer avec Argent d’essai)$/ }).click();
}

/** One franc from a deposit to a withdrawal, by two players on two phones, with JavaScript and without. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { type Product, startProduct } from '#server/testing/product.ts';
import { Operators, type Ring } from './operators.ts';
import { openBrowser, openPhone, type Phone, signUp, wordsOf } from './phone.ts';

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

const balance = async (phone: Phone) => {
  await phone.open('/portefeuille');
  return (await wordsOf(phone.page, '.purse')).replace(/\D/g, '');
};

/** Picks side A and 2 000 F, and confirms. Ends on the receipt. */
async function place(phone: Phone, { boutId }: Ring, hasScript: boolean): Promise<void> {
  const { page } = phone;
  await phone.open(`/combats/${boutId}`);
  await page.locator('label.pick-A').tap();
  await page.locator('label.chip', { hasText: '2 000' }).tap();
  if (!hasScript) {
    await page.getByRole('button', { name: 'Voir le bulletin' }).tap();
    await phone.look('slip');
  }
  const words = await phone.words();
  assert.match(words, /Net en main/);
  assert.match(words, /au moins 3 040 F/);
  await page.getByRole('button', { name: 'Lancer le défi' }).tap();
  await page.waitForURL(/\/defis\/.*nouveau=1/);
}

for (const hasScript of [true, false]) {
  describe(`a bet ${hasScript ? 'with' : 'without'} JavaScript`, () => {
    let ring: Ring;
    let maker: Phone;
    let taker: Phone;
    before(async () => {
      ring = await operators.openBout();
      maker = await openPhone(browser, product.playerUrl, { hasScript });
      taker = await openPhone(browser, product.playerUrl, { hasScript, theme: 'light' });
    });
    after(async () => {
      await maker.close();
      await taker.close();
    });

    it('two players sign up and deposit', async () => {
      await signUp(maker, 10_000);
      await signUp(taker, 10_000);
      assert.equal(await balance(maker), '10000');
    });

    it('one places an offer', async () => {
      await place(maker, ring, hasScript);
      assert.match(await maker.words(), /Défi lancé ! .* 2 000 F/s);
      await maker.look('placed');
      assert.equal(await balance(maker), '8000');
    });

    it('the other asks for more than there is, and is shown the best there is', async () => {
      const { page } = taker;
      await taker.open(`/combats/${ring.boutId}`);
      await page.locator('label.pick-B').tap();
      await page.locator('label.chip', { hasText: '2 000' }).tap();
      await page.getByText('Le rapport : 1 contre 1').tap();
      await page.locator('#otherAskXof').fill('3000');
      if (!hasScript) await page.getByRole('button', { name: 'Voir le bulletin' }).tap();
      const instead = page.getByRole('button', { name: 'Plutôt 2 000 F contre 2 000 F' });
      await instead.waitFor();
      assert.match(await taker.words(), /Personne en face à ce rapport : votre défi attendra/);
      await taker.look('best');
      if (!hasScript) return;
      await instead.tap();
      await instead.waitFor({ state: 'detached' });
      assert.match(await taker.words(), /au moins 3 040 F Lancer le défi · 2 000 F/);
    });

    it('the other accepts it', async () => {
      await taker.open(`/combats/${ring.boutId}`);
      await taker.page.getByText('Tous les rapports').tap();
      await taker.page.getByRole('row', { name: /2000 francs 1$/ }).waitFor();
      await taker.look('book');
      await taker.page.getByRole('link', { name: /^1 contre 1, / }).tap();
      await taker.page.waitForURL(/\/bulletin\?/);
      assert.match(await taker.words(), /Votre mise 1 000 F Mise de l’autre 1 000 F/);
      await taker.look('slip-of-the-book');
      await taker.open(`/combats/${ring.boutId}`);
      await taker.page.getByRole('link', { name: /Accepter : mettre 2 000 F/ }).tap();
      await taker.page.getByRole('button', { name: /Accepter · 2 000 F/ }).tap();
      await taker.page.waitForURL(/\/paris\/.*nouveau=1/);
      assert.match(await taker.words(), /Pari engagé !/);
      await taker.look('accepted');
    });

    it('the whistle closes betting, two operators decide, the winner is paid', async () => {
      await operators.whistle(ring);
      await taker.open(`/combats/${ring.boutId}`);
      assert.match(await taker.words(), /Paris fermés à/);
      await operators.decide(ring, 'fall', 'A');
      await maker.open('/paris');
      assert.match(await maker.words(), /Gagné \+3 040 F/);
      await maker.page
        .getByRole('link', { name: /2000 francs/ })
        .first()
        .tap();
      assert.match(await maker.words(), /Vous avez reçu 3 040 F\. .* gagne par chute\./);
      await maker.look('won');
      await taker.open('/paris');
      assert.match(await taker.words(), /Perdu/);
      assert.deepEqual([await balance(maker), await balance(taker)], ['11040', '8000']);
    });

    it('and withdraws', async () => {
      await maker.page.getByRole('link', { name: 'Retirer' }).tap();
      await maker.page.getByLabel('Montant').fill('11 040');
      await maker.page.getByRole('button', { name: 'Retirer vers mon numéro' }).tap();
      await maker.page.waitForURL(/\/portefeuille\/retraits\//);
      assert.match(await maker.words(), /Demandé/);
      assert.equal(await balance(maker), '0');
      await maker.look('withdrawn');
    });
  });
}

describe('a draw', () => {
  it('gives every stake back in full', async () => {
    const ring = await operators.openBout();
    const phone = await openPhone(browser, product.playerUrl);
    await signUp(phone, 5_000);
    await place(phone, ring, true);
    const other = await openPhone(browser, product.playerUrl);
    await signUp(other, 5_000);
    await other.open(`/combats/${ring.boutId}`);
    await other.page.getByRole('link', { name: /Accepter : mettre 2 000 F/ }).tap();
    await other.page.getByRole('button', { name: /Accepter · 2 000 F/ }).tap();
    await other.page.waitForURL(/\/paris\//);
    await operators.whistle(ring);
    await operators.decide(ring, 'draw');
    assert.deepEqual([await balance(phone), await balance(other)], ['5000', '5000']);
    await phone.open('/paris');
    assert.match(await phone.words(), /Rendu \+2 000 F/);
    await phone.open(`/combats/${ring.boutId}`);
    assert.match(await phone.words(), /Match nul\. Chaque mise est rendue en entier\./);
    await phone.look('draw');
    await phone.close();
    await other.close();
  });
});

/** From a slip with too little money, by the pages of Wave and Orange Money as they are simulated, back to the slip. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { type Product, startProduct } from '#server/testing/product.ts';
import { Operators } from './operators.ts';
import { openBrowser, openPhone, type Phone, signUp, signUpWithNumber } from './phone.ts';

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

const providers = [
  { name: 'Wave', pay: 'Payer' },
  { name: 'Orange Money', pay: /^Payer 3.000/ },
] as const;

for (const { name, pay } of providers) {
  for (const hasScript of [true, false]) {
    describe(`a deposit by ${name} ${hasScript ? 'with' : 'without'} JavaScript`, () => {
      let phone: Phone;
      let number: string;
      const look = (page: string) => phone.look(`deposit-${name.split(' ')[0]?.toLowerCase()}-${page}`);
      before(async () => {
        phone = await openPhone(browser, product.playerUrl, { hasScript });
        number = (await signUpWithNumber(phone, 1_000)).number;
      });
      after(() => phone.close());

      it('brings what the slip lacks, and the bet goes on', async () => {
        const { boutId } = await operators.openBout();
        const { page } = phone;
        await phone.open(`/combats/${boutId}/bulletin?side=A&otherStakeXof=4000&otherAskXof=4000`);
        assert.match(await phone.words(), /Il vous manque 3 000 F/);
        await page.getByRole('link', { name: 'Déposer 3 000 F' }).tap();
        assert.match(await phone.words(), /Il vous manque 3 000 F pour ce pari/);
        await look('form');
        await page.getByRole('button', { name: `Payer avec ${name}` }).tap();
        await page.waitForURL(/\/portefeuille\/depots\//);
        const paying = page.url();
        assert.match(await phone.words(), /Dépôt de 3 000 F .*À payer/);
        await look('paying');
        const link = page.getByRole('link', { name: /^Payer avec/ }).first();
        // As the system opens it: away from our page.
        const pays = (await link.getAttribute('href')) ?? '';
        await page.goto(pays);
        if (name === 'Wave') {
          await page.getByRole('button', { name: 'Abandonner' }).tap();
          assert.match(await phone.words(), /Vous n’avez pas payé/);
          await look('given-up');
          // By itself.
          await page.waitForURL((url) => url.href.startsWith(paying));
          assert.match(await phone.words(), /À payer/);
          await page.goto(pays);
        }
        const payer = page.locator('input[name="number"]');
        if ((await payer.count()) > 0) await payer.fill(number);
        await page.getByRole('button', { name: pay }).first().tap();
        assert.match(await phone.words(), /Numéro de la transaction : \S{6,}/);
        await look('paid');
        // The provider leads back, and that proves nothing yet.
        await page.getByRole('link', { name: /^Revenir/ }).tap();
        await page.waitForURL((url) => url.href.startsWith(paying));
        await page.getByText('Argent reçu').first().waitFor();
        await look('received');
        await page.getByRole('link', { name: 'Continuer mon pari' }).tap();
        await page.getByRole('button', { name: 'Lancer le défi · 4 000 F' }).tap();
        await page.waitForURL(/\/defis\/.*nouveau=1/);
      });

      it('can be given up, asked for anew, and found again', async () => {
        const { page } = phone;
        await phone.open('/portefeuille/depot');
        await look('amounts');
        const chip = page.locator('label.chip', { hasText: '2 000' });
        const fill = () => chip.locator('span').evaluate((span) => getComputedStyle(span).backgroundColor);
        const unpicked = await fill();
        const typed = page.getByLabel('Ou un autre montant');
        await chip.tap();
        assert.notEqual(await fill(), unpicked);
        await typed.fill('750');
        assert.equal(await fill(), unpicked, 'what is typed goes before it');
        if (hasScript) {
          await chip.tap();
          assert.equal(await typed.inputValue(), '');
        } else {
          await typed.fill('');
        }
        assert.notEqual(await fill(), unpicked);
        await page.getByRole('button', { name: `Payer avec ${name}` }).tap();
        await page.waitForURL(/\/portefeuille\/depots\//);
        await page.getByRole('button', { name: 'Annuler ce dépôt' }).tap();
        await page.getByText('Vous avez annulé ce dépôt').first().waitFor();
        await look('cancelled');
        await page.getByRole('button', { name: 'Payer à nouveau' }).tap();
        await page
          .getByRole('link', { name: /^Payer avec/ })
          .first()
          .waitFor();
        await page.getByText(`Mon compte ${name} est sur un autre téléphone`).tap();
        await page.locator('.scan img').waitFor();
        await look('scan');
        await page.getByRole('link', { name: 'J’ai payé et je ne vois rien' }).tap();
        assert.match(await phone.words(), /2 000 F À payer/);
        await look('find');
        await page.getByLabel('Numéro de la transaction').fill('T_NOTHING');
        await page.getByRole('button', { name: 'Chercher' }).tap();
        assert.match(await phone.words(), /Aucun de vos dépôts ne porte ce numéro/);
      });
    });
  }
}

describe('the page on which a deposit is paid', () => {
  it('says that the network is gone, and follows again by itself', async () => {
    const phone = await openPhone(browser, product.playerUrl);
    await signUp(phone, 1_000);
    await phone.open('/portefeuille/depot?amountXof=2000');
    await phone.page.getByRole('button', { name: 'Payer avec Wave' }).tap();
    await phone.page.waitForURL(/\/portefeuille\/depots\//);
    const link = await phone.page
      .getByRole('link', { name: /^Payer avec/ })
      .first()
      .getAttribute('href');
    await phone.context.setOffline(true);
    await phone.page.getByText('Pas de réseau.').waitFor();
    await phone.context.setOffline(false);
    const wave = await phone.context.newPage();
    await wave.goto(link ?? '');
    await wave.getByRole('button', { name: 'Payer', exact: true }).tap();
    await phone.page.bringToFront();
    // Nobody touches our page.
    await phone.page.getByText('Argent reçu').first().waitFor();
    await phone.close();
  });

  it('has no barriers at 360 px', async () => {
    const phone = await openPhone(browser, product.playerUrl, { theme: 'light' });
    await signUp(phone, 1_000);
    await phone.open('/portefeuille/depot');
    assert.deepEqual(await phone.findBarriers(), []);
    await phone.page.getByLabel('Ou un autre montant').fill('2000');
    await phone.page.getByRole('button', { name: 'Payer avec Orange Money' }).tap();
    await phone.page.waitForURL(/\/portefeuille\/depots\//);
    for (const path of [new URL(phone.page.url()).pathname, '/portefeuille/depots']) {
      await phone.open(path);
      assert.deepEqual(await phone.findBarriers(), [], path);
      const width = await phone.page.evaluate(() => document.documentElement.scrollWidth);
      assert.equal(width, 360, path);
    }
    await phone.close();
  });
});

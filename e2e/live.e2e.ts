/** A bout's page while others bet: it follows, keeps still when asked, and loses no tap. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { type Product, startProduct } from '#server/testing/product.ts';
import { Operators, type Ring } from './operators.ts';
import { openBrowser, openPhone, type Phone, signUp, wordsOf } from './phone.ts';

let product: Product;
let browser: Browser;
let operators: Operators;
let ring: Ring;
let player: Phone;
before(async () => {
  product = await startProduct();
  browser = await openBrowser();
  operators = await Operators.logIn(product);
  ring = await operators.openBout();
  player = await openPhone(browser, product.playerUrl);
  await signUp(player, 50_000);
});
after(async () => {
  await player.close();
  await browser.close();
  await product.stop();
});

async function placeOne(amount: string): Promise<void> {
  await player.open(`/combats/${ring.boutId}`);
  await player.page.locator('label.pick-B').tap();
  await player.page.locator('#otherStakeXof').fill(amount);
  await player.page.getByRole('button', { name: /Lancer le défi/ }).tap();
  await player.page.waitForURL(/\/defis\//);
}

describe('a live page', () => {
  it('shows an offer that somebody else has just placed, and keeps still when asked', async () => {
    const visitor = await openPhone(browser, product.playerUrl);
    await visitor.open(`/combats/${ring.boutId}`);
    await visitor.page.getByText('0 défi à prendre').waitFor();
    await visitor.page.getByText('Tous les rapports').tap();
    await placeOne('3000');
    await visitor.page.getByRole('row', { name: /3000 francs 1$/ }).waitFor();
    await visitor.page.getByText('1 défi à prendre').waitFor();
    await visitor.page.getByRole('link', { name: /mettre 3 000 F/ }).waitFor();
    await visitor.page.getByRole('button', { name: 'Figer' }).tap();
    await placeOne('4000');
    await player.page.waitForTimeout(2_500);
    assert.equal(await visitor.page.getByRole('link', { name: /mettre 4 000 F/ }).count(), 0);
    await visitor.page.getByRole('button', { name: 'Reprendre' }).tap();
    await visitor.page.getByRole('link', { name: /mettre 4 000 F/ }).waitFor();
    await visitor.page.getByRole('row', { name: /7000 francs 2$/ }).waitFor();
    await visitor.look('live');
    await visitor.close();
  });

  it('keeps what was picked while it changes', async () => {
    const visitor = await openPhone(browser, product.playerUrl);
    await visitor.open(`/combats/${ring.boutId}`);
    await visitor.page.locator('label.pick-A').tap();
    await visitor.page.locator('#otherStakeXof').fill('2500');
    await placeOne('6000');
    await visitor.page.getByRole('link', { name: /mettre 6 000 F/ }).waitFor();
    assert.equal(await visitor.page.locator('#otherStakeXof').inputValue(), '2500');
    assert.match(await wordsOf(visitor.page, '.panel'), /3 800 F/);
    await visitor.close();
  });

  it('loses no tap made before the script has come', async () => {
    const visitor = await openPhone(browser, product.playerUrl);
    const { promise: held, resolve: release } = Promise.withResolvers<void>();
    await visitor.page.route('**/assets/*.js', async (route) => {
      await held;
      await route.continue();
    });
    await visitor.page.goto(`/combats/${ring.boutId}`, { waitUntil: 'commit' });
    await visitor.page.locator('label.pick-B').tap();
    await visitor.page.locator('label.chip', { hasText: '5 000' }).tap();
    assert.equal(await visitor.page.locator('.panel').count(), 0);
    release();
    await visitor.page.locator('.panel').waitFor();
    assert.match(await wordsOf(visitor.page, '.panel'), /7 600 F/);
    await visitor.close();
  });

  it('says when betting is suspended, and when it is over', async () => {
    const visitor = await openPhone(browser, product.playerUrl);
    await visitor.open(`/combats/${ring.boutId}`);
    await operators.suspend(ring);
    await visitor.page.getByText('Les paris sont suspendus un moment.').waitFor();
    assert.equal(await visitor.page.locator('#defier').count(), 0);
    await operators.whistle(ring);
    await visitor.page.getByText(/Paris fermés à/).waitFor();
    await visitor.close();
  });

  it('shows the slip whole on a small screen, without scrolling', async () => {
    const next = await operators.openBout();
    const small = await openPhone(browser, product.playerUrl, { height: 640 });
    await small.open(`/combats/${next.boutId}`);
    await small.page.locator('label.pick-A').tap();
    await small.page.locator('label.chip', { hasText: '1 000' }).tap();
    const panel = small.page.locator('.panel');
    await panel.waitFor();
    const box = await panel.boundingBox();
    const tabs = await small.page.locator('.tabs').boundingBox();
    assert(box !== null && tabs !== null);
    assert(box.y >= 0 && box.y + box.height <= tabs.y, JSON.stringify({ box, tabs }));
    for (const word of ['Votre mise', 'Pot', 'Commission', 'impôt', 'Net en main', 'au moins']) {
      assert((await panel.innerText()).includes(word), word);
    }
    await small.close();
  });
});
